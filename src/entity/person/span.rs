//! A tagged span without what is not the name.
//!
//! The tagger and the rules both take in too much at times: a rank, a degree, the place an office
//! belongs to ("Bupati [Kutai Timur Isran Noor]"), the verb of a headline ("[Prabowo Tiba]").

use std::collections::HashSet;

use super::thing;
use crate::entity::gazetteer::Classes;
use crate::entity::reading::{Reading, Span};
use crate::entity::token::{Case, Gap};

/// What can stand before a name within a span and is never part of it.
const BEFORE: Classes = BEFORE_BARE.with(Classes::DEGREE);
const BEFORE_BARE: Classes = Classes::OFFICE.with(Classes::RANK).with(Classes::HONORIFIC);

/// Classes that leave a word free to be a name all the same.
const NAMES: Classes = Classes::GIVEN_NAME.with(Classes::CLAN);

/// Titles that also begin names, and are then part of them ("Sultan Najamuddin", "Gus Ipul").
const BEGIN_NAMES: [&str; 46] = [
    "An", "Bos", "Cak", "Cut", "Daeng", "Datuk", "Don", "Gus", "Gusti", "Habib", "Haji", "Hakim",
    "Ida", "Imam", "Jero", "Jro", "Kang", "Ki", "Ko", "Kol", "Mama", "Mar", "Miss", "Nabi", "Ning",
    "Nyai", "Nyi", "Pangeran", "Pol", "Putra", "Putri", "Ra", "Raden", "Raja", "Ratu", "Romo",
    "Santa", "Santo", "Sri", "Sultan", "Teh", "Tengku", "Tim", "Tun", "Tunku", "Uni",
];

/// The corps of an officer that no name begins with.
const CORPS: [&str; 18] = [
    "Adm", "Arh", "Arm", "CHB", "CPM", "Caj", "Cba", "Chb", "Chk", "Ckm", "Cku", "Cpl", "Cpm",
    "Czi", "Inf", "Kav", "Kum", "Pnb",
];

/// Cuts a span down to the name in it; nothing when no name is left.
pub(super) fn trim(reading: &Reading<'_>, span: Span) -> Option<Span> {
    let mut span = span;
    while span.first < span.end && drops_before(reading, span) {
        span.first += 1;
    }
    while span.first < span.end && drops_after(reading, span) {
        span.end -= 1;
    }
    (span.first < span.end && (span.first..span.end).any(|at| reading.case(at).is_capital()))
        .then_some(span)
}

fn drops_before(reading: &Reading<'_>, span: Span) -> bool {
    let at = span.first;
    match reading.case(at) {
        Case::Mark | Case::Number => return true,
        Case::Lower => return !reading.is(at, Classes::PARTICLE),
        _ => {}
    }
    let alone = span.len() == 1;
    let word = reading.text(at);
    // "Kolonel Kum Wahyupi": the corps stands between the rank and the name.
    if !alone
        && at > 0
        && reading.is(at - 1, Classes::RANK)
        && reading.gap(at) == Gap::Space
        && CORPS.contains(&word)
    {
        return true;
    }
    if alone || reading.is(at, NAMES.with(Classes::PARTICLE)) || BEGIN_NAMES.contains(&word) {
        return false;
    }
    // "MS Hidayat": degrees in capitals stand behind names, before one they are its initials.
    let initials = reading.case(at) == Case::Upper
        && reading.is(at, Classes::DEGREE)
        && !reading.is(at, BEFORE_BARE)
        && word.len() < 4;
    if initials {
        return false;
    }
    let title = BEFORE.with(Classes::OCCUPATION);
    if reading.is(at, if span.len() > 2 { title } else { BEFORE }) {
        return true;
    }
    // A place or state between an office and the name belongs to the office.
    let place = Classes::COUNTRY
        .with(Classes::COUNTRY_ABBREVIATION)
        .with(Classes::PLACE)
        .with(Classes::SEAT);
    !alone
        && reading.is(at, place)
        && at > 0
        && reading.same_line(at - 1, at)
        && reading.is(
            at - 1,
            Classes::OFFICE
                .with(Classes::OCCUPATION)
                .with(place)
                .with(Classes::ORGANISATION),
        )
}

fn drops_after(reading: &Reading<'_>, span: Span) -> bool {
    let at = span.end - 1;
    match reading.case(at) {
        Case::Mark | Case::Lower | Case::Number => return true,
        _ => {}
    }
    if span.len() > 1 && matches!(reading.text(at), "Official" | "Channel" | "Nomor") {
        return true;
    }
    span.len() > 1 && reading.is(at, Classes::DEGREE) && !reading.is(at, NAMES)
}

/// The name at the end of what the tagger took for a place or firm: "[Bank Makmur Rina Kartika]".
///
/// Only where what follows the words the lists know as something else is a given name, or stands
/// behind a title.
pub(super) fn tail(reading: &Reading<'_>, span: Span) -> Option<Span> {
    let thing = Classes::ORGANISATION
        .with(Classes::BRAND)
        .with(Classes::MEDIA)
        .with(Classes::COUNTRY)
        .with(Classes::COUNTRY_ABBREVIATION)
        .with(Classes::PLACE)
        .with(Classes::OFFICE);
    let first = (span.first..span.end)
        .find(|&at| !reading.is(at, thing) && reading.case(at) != Case::Mixed)?;
    let name = Span {
        first,
        end: span.end,
    };
    // "Pemain Indonesia Galang Ramadhan mencetak": a title before, a state, town or known body after
    // it, and more than one word. "Kepala Badan Pangan Nasional" and "Indonesia Mining Association"
    // are no names.
    let place = Classes::COUNTRY
        .with(Classes::COUNTRY_ABBREVIATION)
        .with(Classes::PLACE)
        .with(Classes::ORGANISATION)
        .with(Classes::BRAND);
    let plain = Classes::COMMON
        .with(Classes::ORGANISATION_CUE)
        .with(Classes::VENUE_CUE)
        .with(Classes::EVENT_CUE)
        .with(Classes::TEAM_CUE);
    let titled = name.len() > 1
        && (span.first..first).all(|at| reading.is(at, place))
        && !(first..span.end).any(|at| reading.is(at, plain))
        && !thing::ends_abbreviated(reading, name)
        && span.first > 0
        && reading.same_line(span.first - 1, span.first)
        && reading.is(span.first - 1, Classes::OFFICE.with(Classes::OCCUPATION));
    let closed = reading.is(span.end, Classes::SPEECH)
        || reading.case(span.end) == Case::Lower
        || matches!(reading.text(span.end), "," | "(" | ".");
    let patronymic = (first..span.end).any(|at| matches!(reading.text(at), "bin" | "binti"));
    let named = (titled || patronymic || reading.is(first, Classes::GIVEN_NAME))
        && (first..span.end).all(|at| {
            let part = reading.case(at) == Case::Title
                || reading.is(at, Classes::PARTICLE)
                || reading.text(at) == "-";
            part && !reading.is(at, thing.with(Classes::PLACE_CUE))
        });
    (first > span.first && closed && named).then_some(name)
}

/// The person at the end of an organisation's name whom the article names elsewhere: "[Koperasi Tani
/// Lestari Surya Wijaksana]" where a lone "Surya" is a person.
pub(super) fn tail_of(reading: &Reading<'_>, span: Span, people: &HashSet<&str>) -> Option<Span> {
    let first = (span.first + 2..span.end).find(|&at| people.contains(reading.text(at)))?;
    let name = Span {
        first,
        end: span.end,
    };
    let plain = (first..span.end).all(|at| reading.case(at) == Case::Title);
    (name.len() < 4 && plain && reading.case(span.end) == Case::Lower).then_some(name)
}

/// Two well-known people named side by side: "Prabowo Gibran".
pub(super) fn pair(reading: &Reading<'_>, span: Span) -> Option<(Span, Span)> {
    let first = Span {
        first: span.first,
        end: span.first + 1,
    };
    let second = Span {
        first: span.end - 1,
        end: span.end,
    };
    let who = |span: Span| {
        reading
            .figures_of(span)
            .find(|form| form.certain)
            .map(|form| form.figure)
    };
    let apart = span.len() == 2 && !std::ptr::eq(who(first)?, who(second)?);
    apart.then_some((first, second))
}

/// Where a name begins whose first part is this token: "al-Harbi" begins with its article.
pub(super) fn with_article(reading: &Reading<'_>, first: usize) -> usize {
    let article = first > 1
        && reading.text(first - 1) == "-"
        && reading.gap(first) == Gap::Glued
        && reading.gap(first - 1) == Gap::Glued
        && matches!(
            reading.text(first - 2),
            "al" | "Al" | "el" | "El" | "an" | "as" | "ash" | "az" | "ar"
        );
    if article { first - 2 } else { first }
}

/// Takes in a given name the tagger left outside, right before the span.
pub(super) fn widen(reading: &Reading<'_>, span: Span, other: &[bool]) -> Span {
    let mut span = span;
    while let Some(before) = span.first.checked_sub(1)
        && reading.gap(span.first) == Gap::Space
        && reading.case(before) == Case::Title
        && reading.is(before, Classes::GIVEN_NAME)
        && !reading.is(
            before,
            BEFORE
                .with(Classes::PLACE)
                .with(Classes::COUNTRY)
                .with(Classes::KIN),
        )
        && !other[before]
    {
        span.first = before;
    }
    if let Some(end) = second_syllable(reading, span) {
        span.end = end;
    }
    span
}

/// Family names before given names of two syllables, as Koreans and Taiwanese write them.
const BEFORE_SYLLABLES: [&str; 48] = [
    "Ahn", "An", "Bae", "Baek", "Byun", "Cha", "Chae", "Chang", "Chen", "Cho", "Choe", "Choi",
    "Chung", "Go", "Ha", "Han", "Heo", "Hong", "Hwang", "Im", "Jang", "Jeon", "Jeong", "Jo", "Joo",
    "Jung", "Kang", "Kim", "Ko", "Kwon", "Lee", "Lim", "Min", "Moon", "Na", "Nam", "Noh", "Oh",
    "Park", "Ryu", "Seo", "Shin", "Son", "Song", "Tsai", "Woo", "Yoo", "Yoon",
];

/// Where a name ends whose last syllable is set off: "Song Hye - kyo".
fn second_syllable(reading: &Reading<'_>, span: Span) -> Option<usize> {
    let at = span.end + 1;
    let syllable = reading.text(at);
    let apart = reading.text(span.end) == "-"
        && reading.gap(span.end) == Gap::Space
        && reading.gap(at) == Gap::Space;
    (span.len() == 2
        && apart
        && reading.case(at) == Case::Lower
        && (2..=5).contains(&syllable.len())
        && !reading.is(at, Classes::FUNCTION.with(Classes::SPEECH))
        && BEFORE_SYLLABLES.contains(&reading.text(span.first)))
    .then_some(at + 1)
}

/// Cuts a span at marks and conjunctions that part two names ("Baek Ha Na/Lee So Hee").
pub(super) fn parts(reading: &Reading<'_>, span: Span, mut each: impl FnMut(Span)) {
    let mut first = span.first;
    for at in span.first..span.end {
        let parts = match reading.case(at) {
            Case::Mark if matches!(reading.text(at + 1), "Jr" | "Jr." | "Sr" | "Sr.") => false,
            Case::Mark => matches!(
                reading.text(at),
                "/" | "," | ";" | "&" | ":" | "|" | "(" | ")"
            ),
            Case::Lower => matches!(reading.text(at), "dan" | "serta" | "atau" | "vs"),
            _ => false,
        };
        if parts || (at > first && reading.gap(at) == Gap::Line) {
            if first < at {
                each(Span { first, end: at });
            }
            first = if parts { at + 1 } else { at };
        }
    }
    if first < span.end {
        each(Span {
            first,
            end: span.end,
        });
    }
}
