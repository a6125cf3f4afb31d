//! The role that stands after a name.
//!
//! ```text
//! Choe | , | yang menjabat | menteri luar negeri Korea Utara | , mengatakan
//! ```

use super::phrase::{HEADS, LONGEST, closing, dangles, first_office, head, inside, joins_fields};
use super::{Head, RoleCandidate, Tie};
use crate::entity::Field;
use crate::entity::gazetteer::Classes;
use crate::entity::reading::{Reading, Span};
use crate::entity::token::{Case, Gap};

/// Offers the role after the mention.
pub(super) fn after(
    reading: &Reading<'_>,
    people: &[bool],
    mention: Span,
    each: &mut impl FnMut(RoleCandidate),
) {
    let mut at = mention.end;
    // "Budi (31)", "Andi Saguni (Direktur Jenderal ...)"
    if reading.text(at) == "("
        && reading.gap(at) != Gap::Line
        && let Some(close) = closing(reading, at)
    {
        if let Some(found) = phrase_after(reading, people, at + 1, close, (Tie::After, false)) {
            each(found);
        }
        at = close + 1;
    }
    while reading.text(at) == "," && reading.is(at + 1, Classes::DEGREE) {
        at += 2;
    }
    let comma = matches!(reading.text(at), "," | "-" | "–" | "—") && reading.gap(at) != Gap::Line;
    if comma {
        at += 1;
    }
    if reading.gap(at) == Gap::Line {
        return;
    }
    let main_clause = comma && begins_main_clause(reading, mention.first);
    let (start, tie, told) = lead(reading, at, comma);
    // "Tiar Dani Peneliti Riset Antariksa BRIN menjelaskan": an office right behind the name.
    let behind = start == mention.end
        && reading.case(start) == Case::Title
        && reading.field(start) != Field::Title
        && reading.is(start, Classes::OFFICE.with(Classes::OCCUPATION))
        && reading.case(start + 1).is_capital();
    let Some(tie) = tie.or(behind.then_some(Tie::AfterVerb)) else {
        return;
    };
    let end = reading.len();
    if let Some(found) = phrase_after(reading, people, start, end, (tie, told)) {
        let closed = reading.text(found.span.end) == ",";
        if closed || !main_clause {
            each(found);
        }
    }
}

/// Whether a comma behind the name that begins here ends the opening of a sentence: "Menurut Rina,
/// petani sulit mendapat pupuk" does not say that Rina is a farmer.
fn begins_main_clause(reading: &Reading<'_>, name: usize) -> bool {
    let first = super::before::skip_titles(reading, name, true);
    first > 0
        && matches!(
            reading.text(first - 1),
            "Menurut" | "menurut" | "Bagi" | "Kata" | "Selain" | "Tanpa" | "Bersama" | "Seperti"
        )
}

/// Steps over the words that lead to a role, and says how they tie it to the name, and whether
/// they tell that a role follows, whatever its first word.
fn lead(reading: &Reading<'_>, from: usize, comma: bool) -> (usize, Option<Tie>, bool) {
    let mut tie = comma.then_some(Tie::After);
    let mut told = false;
    let mut at = from;
    for _ in 0..8 {
        if reading.gap(at) == Gap::Line {
            break;
        }
        match reading.text(at) {
            "selaku" => {
                tie = Some(Tie::After);
                told = true;
            }
            "seorang" | "sang" if comma || tie.is_some() => {}
            "sebagai" | "merupakan" | "adalah" | "menjabat" | "menjadi" | "ialah" => {
                tie = Some(tie.unwrap_or(Tie::AfterVerb));
                told |= reading.text(at) == "merupakan";
            }
            "yang" | "juga" | "kini" | "saat" | "ini" | "tak" | "lain" | "dikenal" | "resmi"
            | "ditunjuk" | "dilantik" | "diangkat" | "itu" | "pernah" | "dulu" | "bertindak"
            | "bekerja" | "berprofesi" | "duduk" | "tetap" | "terpilih" | "sekarang"
            | "sendiri" | "dipercaya" | "mengisi" | "menduduki" | "mengemban" | "memegang"
            | "posisi" | "jabatan" | "kursi" | "peran" | "direkrut" | "didapuk" | "dianggap"
            | "berperan" | "bertugas" | "kembali" | "masih" | "diketahui" | "secara" | "luas" => {}
            _ => break,
        }
        at += 1;
    }
    (at, tie, told)
}

fn phrase_after(
    reading: &Reading<'_>,
    people: &[bool],
    first: usize,
    limit: usize,
    (tie, told): (Tie, bool),
) -> Option<RoleCandidate> {
    let heads = match head(reading, first) {
        Some(found) => found,
        // "Consumer Product Manager": the word that heads it comes a little later.
        None if tie == Tie::After
            && (first + 1..first + 3)
                .any(|at| reading.is(at, Classes::OFFICE) && capitals(reading, first, at)) =>
        {
            Head::Office
        }
        None if told && inside(reading, first) => Head::Occupation,
        None => return None,
    };
    if people.get(first).copied().unwrap_or(true)
        || reading.is(first, Classes::GIVEN_NAME) && !reading.is(first, HEADS)
    {
        return None;
    }
    let kin = reading.is(first, Classes::KIN);
    let mut end = first + 1;
    let limit = limit.min(first + LONGEST).min(reading.len());
    while end < limit && reading.gap(end) != Gap::Line {
        if people[end] {
            if kin {
                end += 1;
                continue;
            }
            // The office is that of the next name: "Prabowo, Menteri Luar Negeri Sugiono, dan".
            return None;
        }
        match reading.case(end) {
            Case::Mark => match reading.text(end) {
                "(" => match closing(reading, end) {
                    Some(close) if close < limit => end = close,
                    _ => break,
                },
                "/" | "-" | "–" | "&" | "'" | "’" => {}
                "," if joins_fields(reading, people, end) => {}
                _ => break,
            },
            _ if !inside(reading, end) => break,
            _ => {}
        }
        end += 1;
    }
    if reading.text(end) == ":" {
        return None;
    }
    // A comma right before a name: the office is that of the next one.
    if !told
        && reading.text(end) == ","
        && people.get(end + 1).copied().unwrap_or(false)
        && tie == Tie::After
        && reading.case(first) != Case::Lower
    {
        return None;
    }
    while end > first + 1
        && (dangles(reading.text(end - 1))
            || matches!(reading.text(end - 1), "(" | "-" | "–" | "/" | "&"))
    {
        end -= 1;
    }
    Some(RoleCandidate {
        span: first_office(reading, Span { first, end }),
        tie,
        head: heads,
    })
}

/// Whether all tokens between the two have capitals.
fn capitals(reading: &Reading<'_>, first: usize, end: usize) -> bool {
    (first..end).all(|at| reading.case(at).is_capital())
}
