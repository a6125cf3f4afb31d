//! What can stand in a role's phrase and what ends it.

use super::Head;
use crate::entity::gazetteer::Classes;
use crate::entity::reading::{Reading, Span};
use crate::entity::token::Case;

/// The most tokens a role is read to.
pub(super) const LONGEST: usize = 26;

/// Words that begin a role.
pub(super) const HEADS: Classes = Classes::OFFICE.with(Classes::OCCUPATION).with(Classes::KIN);

/// Words before an office that belong to it; other words of their class ("senior", "umum") do
/// not begin a role.
const MODIFIERS: [&str; 19] = [
    "asisten", "bekas", "calon", "deputi", "eks", "ex", "mantan", "mendiang", "penjabat", "pj",
    "pj.", "pjs", "plh", "plh.", "plt", "plt.", "staf", "vice", "wakil",
];

/// What kind of head a token is.
pub(super) fn head(reading: &Reading<'_>, at: usize) -> Option<Head> {
    if reading.is(at, Classes::OFFICE) || is_modifier(reading, at) {
        Some(Head::Office)
    } else if reading.is(at, Classes::OCCUPATION) {
        Some(Head::Occupation)
    } else if reading.is(at, Classes::KIN) {
        Some(Head::Kin)
    } else {
        None
    }
}

/// Whether a token stands before an office and belongs to it.
pub(super) fn is_modifier(reading: &Reading<'_>, at: usize) -> bool {
    reading.is(at, Classes::OFFICE_MODIFIER)
        && MODIFIERS
            .iter()
            .any(|modifier| modifier.eq_ignore_ascii_case(reading.text(at)))
}

/// Whether a token can stand inside a role's phrase, marks aside.
pub(super) fn inside(reading: &Reading<'_>, at: usize) -> bool {
    match reading.case(at) {
        Case::Mark => false,
        Case::Lower => {
            if head(reading, at).is_some() {
                return true;
            }
            let word = reading.text(at);
            if word == "pada" || word == "dalam" {
                let next = at + 1;
                return reading.case(next).is_capital() && !reading.is(next, Classes::CALENDAR);
            }
            !(reading.is(at, Classes::SPEECH)
                || (reading.is(at, Classes::FUNCTION) && !is_link(word))
                || is_verb(word))
        }
        _ => true,
    }
}

/// Function words that join the parts of an office ("Duta Besar Israel untuk PBB").
pub(super) fn is_link(word: &str) -> bool {
    matches!(
        word,
        "dan"
            | "untuk"
            | "di"
            | "dari"
            | "pada"
            | "bidang"
            | "urusan"
            | "asal"
            | "sekaligus"
            | "of"
            | "and"
            | "for"
            | "the"
            | "atas"
            | "bagian"
            | "tim"
            | "salah"
            | "satu"
            | "ke"
            | "para"
            | "sang"
            | "si"
            | "dalam"
    ) || word.starts_with("ke-")
}

/// Links that cannot be the last word of a role.
pub(super) fn dangles(word: &str) -> bool {
    is_link(word) && !word.starts_with("ke-") && word != "tim"
}

/// Whether a small-letter word has the look of a verb: it ends a phrase of nouns.
pub(super) fn is_verb(word: &str) -> bool {
    let long = word.len() >= 6;
    let prefix = |prefix: &str| word.starts_with(prefix);
    long && (prefix("mem")
        || prefix("men")
        || prefix("mel")
        || (prefix("mer") && word != "merangkap")
        || prefix("mew")
        || (prefix("di")
            && ![
                "digital",
                "divisi",
                "disabilitas",
                "diaspora",
                "diplomasi",
                "distribusi",
                "direksi",
                "direktorat",
            ]
            .contains(&word)))
}

/// Whether a comma inside a phrase only parts the fields of one office ("Menteri Pendidikan
/// Tinggi, Sains, dan Teknologi").
///
/// It does when one or two capitalised words and then another comma or "dan" with a capitalised
/// word follow, none of which heads a role or stands beside a name.
pub(super) fn joins_fields(reading: &Reading<'_>, people: &[bool], comma: usize) -> bool {
    // The lists know the whole office ("Menteri Koordinator Bidang Hukum, HAM, Imigrasi, dan ...").
    if reading.is(comma, Classes::OFFICE) {
        return true;
    }
    let field = |at: usize| {
        matches!(reading.case(at), Case::Title | Case::Upper | Case::Mixed)
            && !people.get(at).copied().unwrap_or(true)
            && !reading.words()[at].classes().any(Classes::OFFICE)
    };
    if comma == 0 || !field(comma - 1) {
        return false;
    }
    let mut at = comma + 1;
    let mut words = 0;
    while field(at) && words < 5 {
        at += 1;
        words += 1;
    }
    match reading.text(at) {
        "," if words > 0 => {
            (reading.text(at + 1) == "dan" && field(at + 2)) || joins_fields(reading, people, at)
        }
        "dan" | "serta" => field(at + 1),
        _ => false,
    }
}

/// Whether a comma parts an office from where or in which body it is, up to the next mark or `end`
/// ("Kapolres Ngada, Nusa Tenggara Timur", "Dirjen Bea Cukai, Kementerian Keuangan RI").
pub(super) fn joins_place(reading: &Reading<'_>, comma: usize, end: usize) -> bool {
    let place = Classes::PLACE
        .with(Classes::COUNTRY)
        .with(Classes::PLACE_CUE)
        .with(Classes::ORGANISATION_CUE);
    let stop = (comma + 1..end)
        .find(|&at| matches!(reading.text(at), "," | "("))
        .unwrap_or(end);
    comma > 0
        && comma + 1 < stop
        && !matches!(reading.case(comma - 1), Case::Lower | Case::Mark)
        && (reading.is(comma + 1, place) || matches!(reading.text(comma + 1), "RT" | "RW"))
        && (comma + 1..stop)
            .all(|at| reading.case(at).is_capital() || reading.case(at) == Case::Number)
}

/// The first of two offices held together: "CEO Tokoku [sekaligus pendiri Yayasan Bina]".
pub(super) fn first_office(reading: &Reading<'_>, span: Span) -> Span {
    let end = (span.first + 2..span.end)
        .find(|&at| reading.text(at) == "sekaligus")
        .unwrap_or(span.end);
    Span { end, ..span }
}

/// The opening bracket of the group that ends at `close`, if it is a short one.
pub(super) fn opening(reading: &Reading<'_>, close: usize) -> Option<usize> {
    (close.saturating_sub(8)..close)
        .rev()
        .find(|&at| reading.text(at) == "(")
}

/// The closing bracket of the group that begins at `open`, if it is a short one.
pub(super) fn closing(reading: &Reading<'_>, open: usize) -> Option<usize> {
    (open + 1..open + 16).find(|&at| reading.text(at) == ")")
}
