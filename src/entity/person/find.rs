//! People given away by what stands around them, for when the tagger has not seen them.
//!
//! A run of capitalised words is a person when a rank, honorific or degree stands before it, when
//! it begins with a given name or ends with a clan, or when an office before it or a verb of
//! speech beside it leaves nothing else to be. What the closed lists call a place, a state or an
//! organisation never is.

use super::{Candidate, Signs, span, thing};
use crate::entity::gazetteer::{Classes, WordId};
use crate::entity::reading::{Reading, Span};
use crate::entity::token::{Case, Gap};

/// Words that end a run of name parts.
const NEVER: Classes = Classes::OFFICE
    .with(Classes::OFFICE_MODIFIER)
    .with(Classes::OCCUPATION)
    .with(Classes::RANK)
    .with(Classes::HONORIFIC)
    .with(Classes::DEGREE)
    .with(Classes::SPEECH)
    .with(Classes::ORGANISATION_CUE)
    .with(Classes::ORGANISATION)
    .with(Classes::MEDIA)
    .with(Classes::BRAND)
    .with(Classes::PLACE_CUE)
    .with(Classes::VENUE_CUE)
    .with(Classes::EVENT_CUE)
    .with(Classes::TEAM_CUE)
    .with(Classes::CALENDAR)
    .with(Classes::FUNCTION)
    .with(Classes::COMMON)
    .with(Classes::PEOPLE)
    .with(Classes::CURRENCY)
    .with(Classes::COUNTRY)
    .with(Classes::COUNTRY_ABBREVIATION)
    .with(Classes::SEAT)
    .with(Classes::PLACE);

/// Finds the runs that are people, in reading order.
pub(super) fn find(reading: &Reading<'_>, mut each: impl FnMut(Candidate)) {
    let mut at = 0;
    while at < reading.len() {
        let Some(span) = run(reading, at) else {
            at += 1;
            continue;
        };
        let signs = Signs::around(reading, span);
        let confidence = confidence(reading, span, signs);
        if confidence > 0.0 {
            each(Candidate {
                span,
                confidence,
                signs,
            });
        }
        at = span.end;
    }
}

/// The run of name parts that begins here, if one does.
fn run(reading: &Reading<'_>, first: usize) -> Option<Span> {
    if !part(reading, first) {
        return None;
    }
    let mut end = first + 1;
    loop {
        let joined = |at: usize| reading.gap(at) == Gap::Space && part(reading, at);
        let particle =
            |at: usize| reading.gap(at) == Gap::Space && reading.is(at, Classes::PARTICLE);
        if joined(end) {
            end += 1;
        } else if particle(end) && joined(end + 1) {
            end += 2;
        } else if reading.gap(end) == Gap::Space
            && reading.text(end + 1) == "-"
            && reading.gap(end + 2) == Gap::Glued
            && span::with_article(reading, end + 2) == end
            && part(reading, end + 2)
        {
            end += 3;
        } else {
            return Some(Span { first, end });
        }
    }
}

fn part(reading: &Reading<'_>, at: usize) -> bool {
    let case = matches!(reading.case(at), Case::Title | Case::Initial | Case::Mixed);
    let name = Classes::GIVEN_NAME
        .with(Classes::CLAN)
        .with(Classes::FIGURE);
    case && (reading.is(at, name) || !reading.is(at, NEVER))
}

fn confidence(reading: &Reading<'_>, span: Span, signs: Signs) -> f32 {
    if signs.venue {
        return 0.0;
    }
    let ranked = span.first.checked_sub(1).is_some_and(|at| {
        reading.is(at, Classes::RANK)
            && !reading.is(at, Classes::OFFICE)
            && reading.gap(span.first) == Gap::Space
    });
    let given = reading.is(span.first, Classes::GIVEN_NAME);
    let clan = reading.is(span.end - 1, Classes::CLAN);
    let figure = signs.title && reading.figures_of(span).next().is_some();
    let patronymic =
        (span.first..span.end).any(|at| matches!(reading.text(at), "bin" | "binti" | "bint"));
    if ranked || (patronymic && span.len() > 2) {
        0.8
    } else if figure
        || after_whole_office(reading, span)
        || (span.len() > 1 && after_nationality(reading, span))
    {
        0.75
    } else if span.len() > 1 && (given || clan) && (signs.title || signs.speech) {
        0.7
    } else {
        0.0
    }
}

/// "Menteri Luar Negeri Sugiono,": the office is complete, so one word after it is who holds it.
fn after_whole_office(reading: &Reading<'_>, span: Span) -> bool {
    let office = |at: usize| reading.is(at, Classes::OFFICE) && reading.case(at).is_capital();
    span.first > 2
        && reading.same_line(span.first - 3, span.end)
        && (span.first - 3..span.first).all(office)
        && (reading.case(span.end) == Case::Mark || reading.is(span.end, Classes::SPEECH))
        && (span.first..span.end).all(|at| {
            reading.words()[at] == WordId::UNKNOWN || reading.is(at, Classes::FIGURE_AMBIGUOUS)
        })
}

/// "Pemain Indonesia Galang Ramadhan", "winger Myanmar, Maung Maung Lwin".
fn after_nationality(reading: &Reading<'_>, span: Span) -> bool {
    let comma = span.first > 0 && reading.text(span.first - 1) == ",";
    let Some(country) = span.first.checked_sub(1 + usize::from(comma)) else {
        return false;
    };
    let country_class = Classes::COUNTRY.with(Classes::COUNTRY_ABBREVIATION);
    country > 0
        && reading.is(country, country_class)
        && reading.is(country - 1, Classes::OFFICE.with(Classes::OCCUPATION))
        && reading.same_line(country - 1, span.end - 1)
        && !reading.case(span.end).is_capital()
        && !thing::ends_abbreviated(reading, span)
}
