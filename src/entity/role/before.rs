//! The role that stands before a name.
//!
//! ```text
//! kata | Kepala Pusat Penerangan TNI | Mayjen | Kristomei Sianturi
//!      ^ where the phrase ends                 ^ titles, not part of the role
//!        ^ the leftmost word that heads a role
//! ```

use super::owner::{inner_office, is_of_culprit, leads_to_name, noun, own_part, with_owner};
use super::phrase::{
    HEADS, LONGEST, dangles, first_office, head, inside, is_link, is_modifier, joins_fields,
    joins_place, opening,
};
use super::{Head, RoleCandidate, Tie};
use crate::entity::Field;
use crate::entity::gazetteer::Classes;
use crate::entity::reading::{Reading, Span};
use crate::entity::token::{Case, Gap};

/// Offers the role before the mention, and the one before the list it stands in.
pub(super) fn before(
    reading: &Reading<'_>,
    people: &[bool],
    mention: Span,
    each: &mut impl FnMut(RoleCandidate),
) {
    if let Some(found) = phrase_before(reading, people, mention.first) {
        if is_of_culprit(reading, found) {
            return;
        }
        let between = found.tie == Tie::Before && leads_to_name(reading, people, mention.end);
        let own = if between {
            own_part(reading, found)
        } else {
            Some(found)
        };
        if let Some(own) = own {
            each(own);
        }
        return;
    }
    let owned = with_owner(reading, people, mention.first, |owner| {
        phrase_before(reading, people, owner)
    });
    if let Some(found) = owned {
        each(found);
        return;
    }
    // In a list ("para terdakwa, yakni A, B, dan C") the role stands before the first name.
    let mut first = mention.first;
    for _ in 0..40 {
        let Some(earlier) = earlier_in_list(reading, people, first) else {
            break;
        };
        if is_beside(reading, people, earlier) {
            break;
        }
        first = earlier;
        if let Some(found) = phrase_before(reading, people, first) {
            each(RoleCandidate {
                tie: Tie::List,
                ..found
            });
            break;
        }
    }
}

/// Whether the name that begins here and the one behind it are two that stand side by side
/// ("Pengkritik Presiden Rusia Putin, Navalny, ..."), no list.
fn is_beside(reading: &Reading<'_>, people: &[bool], first: usize) -> bool {
    let mut end = first;
    while people.get(end).copied().unwrap_or(false) {
        end += 1;
    }
    leads_to_name(reading, people, end)
        && phrase_before(reading, people, first)
            .is_some_and(|found| found.tie == Tie::Before && found.head == Head::Office)
}

/// Where the name before this one in a list begins.
fn earlier_in_list(reading: &Reading<'_>, people: &[bool], first: usize) -> Option<usize> {
    let mut at = skip_titles(reading, first, true);
    let mut joined = false;
    while at > 0 && reading.gap(at) != Gap::Line {
        match reading.text(at - 1) {
            "," | "dan" | "serta" | "/" | "-" | "&" | ";" => joined = true,
            // "1. Andi Wijaya 2. Budi Hartono"
            "." if at > 1 && reading.case(at - 2) == Case::Number => {
                joined = true;
                at -= 1;
            }
            ")" => {
                at = opening(reading, at - 1)?;
                continue;
            }
            _ => break,
        }
        at -= 1;
    }
    if !joined || at == 0 || !people[at - 1] || reading.gap(at) == Gap::Line {
        return None;
    }
    at -= 1;
    while at > 0 && people[at - 1] && reading.gap(at) != Gap::Line {
        at -= 1;
    }
    Some(at)
}

/// What may stand between a rank and the name: corps, "(Purn)".
const CORPS: [&str; 38] = [
    "(", ")", ".", "Adm", "Arh", "Arm", "CHB", "CPM", "Caj", "Cba", "Chb", "Chk", "Ckm", "Cku",
    "Cpl", "Cpm", "Czi", "HC", "HC.", "Inf", "Kal", "Kav", "Kum", "Lapangan", "Laut", "Lek",
    "Madya", "Mar", "Marinir", "Muda", "Nav", "Pnb", "Pol", "Polisi", "Purn", "Sus", "TNI", "Tek",
];

/// Steps left over ranks, honorifics and degrees: "Jenderal TNI (Purn) Dr. H.".
///
/// With `offices` also over those that are offices as well ("Pemimpin Iran [Ayatollah] ...").
pub(super) fn skip_titles(reading: &Reading<'_>, end: usize, offices: bool) -> usize {
    let titles = Classes::RANK.with(Classes::HONORIFIC).with(Classes::DEGREE);
    let mut end = end;
    loop {
        let mut at = end;
        let mut found = None;
        while at > 0 && end - at < 5 && reading.gap(at) != Gap::Line {
            at -= 1;
            if reading.is(at, titles) && (offices || !reading.is(at, Classes::OFFICE)) {
                found = Some(at);
                break;
            }
            if !CORPS.contains(&reading.text(at)) {
                break;
            }
        }
        match found {
            Some(at) => end = at,
            None => return end,
        }
    }
}

/// The role before the name that begins here.
fn phrase_before(reading: &Reading<'_>, people: &[bool], name: usize) -> Option<RoleCandidate> {
    let strict = skip_titles(reading, name, false);
    let wide = skip_titles(reading, name, true);
    if wide < strict
        && let Some(found) = phrase_ending(reading, people, name, wide)
    {
        return Some(found);
    }
    phrase_ending(reading, people, name, strict)
}

/// The role that ends at `end`, connectives to the name aside.
fn phrase_ending(
    reading: &Reading<'_>,
    people: &[bool],
    name: usize,
    end: usize,
) -> Option<RoleCandidate> {
    let mut end = end;
    if end == 0 || (end < name && reading.gap(end) == Gap::Line) {
        return None;
    }
    let mut apart = false;
    let mut listed = false;
    // "Sekretaris Daerah (Sekda), yakni", "pemain timnas, di antaranya"
    for _ in 0..8 {
        if end == 0 || reading.gap(end) == Gap::Line {
            return None;
        }
        match reading.text(end - 1) {
            "seperti" | "termasuk" | "meliputi" | ";" => {
                apart = true;
                listed = true;
                end -= 1;
            }
            "." if end > 1 && reading.case(end - 2) == Case::Number => {
                apart = true;
                listed = true;
                end -= 2;
            }
            "antaranya" | "lain" | "dari" | "atas"
                if end > 1
                    && matches!(
                        (reading.text(end - 2), reading.text(end - 1)),
                        ("di", "antaranya") | ("antara", "lain") | ("terdiri", "dari" | "atas")
                    ) =>
            {
                apart = true;
                listed = true;
                end -= 2;
            }
            "," | ":" | "yakni" | "yaitu" | "ialah" | "adalah" | "-" | "–" | "—" | "bernama"
            | "atas" | "nama" | "inisial" | "berinisial" => {
                apart = true;
                end -= 1;
            }
            "itu" | "tersebut" | "ini"
                if reading.text(end.wrapping_sub(2)) != "saat" || end < 2 =>
            {
                end -= 1;
            }
            "itu" | "ini" => end = end.checked_sub(2)?,
            ")" => end = opening(reading, end - 1)?,
            "sebelumnya" | "terdahulu" | "\"" | "“" | "'" => end -= 1,
            _ => break,
        }
    }
    if end == 0 || reading.gap(end) == Gap::Line {
        return None;
    }

    let tie = match (listed, apart) {
        (true, _) => Tie::List,
        (false, true) => Tie::BeforeComma,
        (false, false) => Tie::Before,
    };
    let found = noun_phrase(reading, people, name, end, tie);
    if !apart {
        return found;
    }
    // "Kiper Timnas Malaysia yang membela Selangor FC, Izhan": what is told of the office stands
    // between it and the name.
    let told = clause(reading, people, end)
        .filter(|&clause| found.is_none_or(|found| leads_on(reading, clause + 1, found.span.first)))
        .and_then(|clause| noun_phrase(reading, people, name, clause, tie))
        .map(|told| RoleCandidate {
            tie: if found.is_some() { tie } else { Tie::AfterVerb },
            ..told
        });
    told.or(found)
}

/// Where the clause with "yang" begins that ends here.
fn clause(reading: &Reading<'_>, people: &[bool], end: usize) -> Option<usize> {
    let mut at = end;
    while at > 1 && end - at < CLAUSE && reading.gap(at) != Gap::Line {
        at -= 1;
        if people[at] || reading.opens_sentence(at) {
            return None;
        }
        match reading.case(at) {
            Case::Mark if !matches!(reading.text(at), "-" | "(" | ")" | "/") => return None,
            Case::Lower if reading.text(at) == "yang" => return Some(at),
            _ => {}
        }
    }
    None
}

/// The longest clause between an office and a name.
const CLAUSE: usize = 14;

/// Whether only words that tell a second office stand here ("yang juga bertindak selaku ...").
fn leads_on(reading: &Reading<'_>, from: usize, to: usize) -> bool {
    from < to
        && (from..to).all(|at| {
            matches!(
                reading.text(at),
                "juga" | "bertindak" | "selaku" | "sebagai" | "merupakan"
            )
        })
}

/// The leftmost office of the phrase that ends at `end`, and what belongs to it.
fn noun_phrase(
    reading: &Reading<'_>,
    people: &[bool],
    name: usize,
    end: usize,
    tie: Tie,
) -> Option<RoleCandidate> {
    let apart = tie != Tie::Before;
    let mut end = end;
    let mut first: Option<usize> = None;
    let mut last_head: Option<usize> = None;
    // Where a second office is joined to a first one: "Menteri PPN dan Kepala Bappenas, Rachmat".
    let mut joint: Option<usize> = None;
    let mut at = end;
    while at > 0 && end - at < LONGEST {
        if at < end && reading.gap(at) == Gap::Line {
            break;
        }
        at -= 1;
        if people[at] {
            // "istri Ridwan Kamil, Atalia": a relative's role may hold a name, but in "anak Ridwan,
            // Atalia, dan Emmeril" it does not.
            let next = reading.text(at + 1) == "," && !leads_to_name(reading, people, at + 1);
            let kin = apart
                && !next
                && at > 0
                && (at.saturating_sub(4)..at)
                    .any(|kin| reading.is(kin, Classes::KIN) && reading.case(kin) != Case::Mark);
            if kin {
                continue;
            }
            break;
        }
        match reading.case(at) {
            Case::Mark => match reading.text(at) {
                ")" => match opening(reading, at) {
                    Some(open) => at = open,
                    None => break,
                },
                // "PATI - Seorang guru": the place is where it was written.
                "-" | "–"
                    if at > 0
                        && reading.case(at - 1) == Case::Upper
                        && reading.gap(at - 1) == Gap::Line =>
                {
                    break;
                }
                "/" | "-" | "–" | "&" | "'" | "’" => {}
                "." if at + 1 < end && at > 0 && is_modifier(reading, at - 1) => {}
                "," if joins_fields(reading, people, at) => {}
                "," if first.is_none() && joins_place(reading, at, end) => {}
                _ => break,
            },
            _ if !inside(reading, at) => break,
            _ if reading.field(at) == Field::Title && !is_certain(reading, at) => break,
            _ => {
                let word = reading.text(at);
                if matches!(word, "dan" | "serta") && first == Some(at + 1) {
                    // "para menteri dan Gubernur Dedi" is one office, "pendiri dan CEO" another.
                    let both = at > 0 && reading.is(at - 1, HEADS) && !people[at - 1];
                    if !both {
                        if !apart || joint.is_some() {
                            break;
                        }
                        joint = Some(at);
                    }
                } else if head(reading, at).is_some() && !name_like(reading, at) {
                    first = Some(at);
                    last_head = last_head.or(Some(at));
                } else if reading.case(at) == Case::Lower
                    && !is_link(word)
                    && last_head.is_some_and(|last| reading.case(last) != Case::Lower)
                {
                    // Before a capitalised office a plain noun is no part of it.
                    break;
                }
            }
        }
        if reading.opens_sentence(at) && !after_abbreviation(reading, at) {
            break;
        }
    }
    let first = first?;
    if let Some(joint) = joint.filter(|joint| joint - joint.min(&first) > 1) {
        end = joint;
        last_head = Some(first);
    }
    if dangles(reading.text(end - 1)) || (apart && reading.field(first) == Field::Title) {
        return None;
    }
    let mut first = without_relation(reading, first, last_head?, apart);
    if !apart && is_other_ones(reading, Span { first, end }) {
        first = inner_office(reading, Span { first, end })?.first;
    }
    if apart
        && (led_by_preposition(reading, first) && !closed(reading, people, name)
            || of_last_name(reading, people, first))
    {
        return None;
    }
    Some(RoleCandidate {
        span: first_office(reading, Span { first, end }),
        tie,
        head: head(reading, first)?,
    })
}

/// "Yoga selaku Direktur Operasi, Fitri selaku ...": the office is that of the name before it.
fn of_last_name(reading: &Reading<'_>, people: &[bool], first: usize) -> bool {
    first > 1
        && matches!(reading.text(first - 1), "selaku" | "sebagai")
        && (people[first - 2] || reading.text(first - 2) == ")")
}

/// In a headline any word may have a capital: only what the lists know belongs to the role.
fn is_certain(reading: &Reading<'_>, at: usize) -> bool {
    let known = Classes::COUNTRY
        .with(Classes::COUNTRY_ABBREVIATION)
        .with(Classes::PLACE)
        .with(Classes::SEAT)
        .with(Classes::ORGANISATION);
    reading.case(at) == Case::Upper || reading.is(at, known) || head(reading, at).is_some()
}

/// "Plt. Kepala": the full stop ends no sentence.
fn after_abbreviation(reading: &Reading<'_>, at: usize) -> bool {
    at > 1 && reading.text(at - 1) == "." && is_modifier(reading, at - 2)
}

/// A given name that is also a word for a relative or an office ("Putri", "Raja").
fn name_like(reading: &Reading<'_>, at: usize) -> bool {
    reading.case(at) == Case::Title
        && reading.is(at, Classes::GIVEN_NAME)
        && !reading.is(at, Classes::OFFICE)
        // "Putra Presiden" is no name.
        && !reading.is(at + 1, Classes::OFFICE)
}

/// "istri Ridwan": directly before a name a relative is somebody else; "istrinya" and "sang istri"
/// are not.
fn is_other_ones(reading: &Reading<'_>, role: Span) -> bool {
    let first = noun(reading, role);
    // "Putri" is a title of princesses as well.
    let only_kin = reading.is(first, Classes::KIN)
        && (reading.text(first) == "putri"
            || !reading.is(first, Classes::OFFICE.with(Classes::OCCUPATION)));
    let own = reading.text(first).ends_with("nya")
        || (first > 0 && reading.text(first - 1).eq_ignore_ascii_case("sang"));
    only_kin && !own
}

/// "pengacara Presiden X": the office next to the name is X's, the lawyer somebody else.
fn without_relation(reading: &Reading<'_>, first: usize, last: usize, apart: bool) -> usize {
    if apart || first == last || reading.case(first) != Case::Lower {
        return first;
    }
    let keeps = is_modifier(reading, first);
    let office = reading.case(last) == Case::Title && reading.is(last, Classes::OFFICE);
    if keeps || !office {
        return first;
    }
    // The office phrase that ends at `last` may begin earlier ("Wakil Menteri").
    let mut office = last;
    while office > first + 1
        && reading.case(office - 1) == Case::Title
        && reading.is(office - 1, HEADS)
    {
        office -= 1;
    }
    while office > first + 1 && is_modifier(reading, office - 1) {
        office -= 1;
    }
    office
}

/// Whether no verb follows the name that begins here: it is an apposition, not a subject.
fn closed(reading: &Reading<'_>, people: &[bool], name: usize) -> bool {
    let mut at = name;
    while people.get(at).copied().unwrap_or(false) {
        at += 1;
    }
    reading.gap(at) == Gap::Line
        || reading.case(at) == Case::Mark
        || matches!(
            reading.text(at),
            "pada" | "di" | "dalam" | "saat" | "ketika" | "untuk" | "usai" | "yang" | "dan"
        )
}

/// "bertemu dengan Presiden RI, Dedi mengatakan": the office is not that of the name.
fn led_by_preposition(reading: &Reading<'_>, first: usize) -> bool {
    first > 0
        && matches!(
            reading.text(first - 1),
            "Selain"
                | "selain"
                | "Bagi"
                | "Usai"
                | "Setelah"
                | "Untuk"
                | "dengan"
                | "kepada"
                | "oleh"
                | "terhadap"
                | "dari"
                | "hadapan"
                | "Dengan"
                | "Kepada"
                | "Oleh"
                | "Terhadap"
        )
}
