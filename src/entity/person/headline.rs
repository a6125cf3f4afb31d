//! Where a name ends when every word has a capital.
//!
//! "Prabowo Tiba di Malaysia", "SURYA WIJAKSANA RESMI MUNDUR": the text below the headline, where
//! capitals mean something, shows which of the words are a name.

use super::Candidate;
use super::name::{Parts, same_word};
use crate::entity::Field;
use crate::entity::gazetteer::Classes;
use crate::entity::reading::{Reading, Span};
use crate::entity::token::Case;

/// Words known to be names.
const NAMES: Classes = Classes::GIVEN_NAME.with(Classes::CLAN);

/// Whether capitals tell nothing here: in the title, or in a run of words all in capitals.
pub(super) fn is_shouted(reading: &Reading<'_>, span: Span) -> bool {
    span.len() > 1
        && (reading.field(span.first) == Field::Title
            || (span.first..span.end).all(|at| reading.case(at) == Case::Upper))
}

/// Cuts a span to the name in it, with what the text says of the words.
pub(super) fn cut(reading: &Reading<'_>, span: Span, text: &[Candidate]) -> Option<Span> {
    let mut best: Option<Span> = None;
    for candidate in text {
        let parts = Parts::of(reading.span_text(candidate.span));
        let named = |at: usize| {
            let token = Parts::of(reading.text(at));
            token.len() > 0
                && token
                    .list()
                    .iter()
                    .all(|word| parts.list().iter().any(|part| same_word(part, word)))
        };
        let Some(first) = (span.first..span.end).find(|&at| named(at)) else {
            continue;
        };
        let end = (first..span.end)
            .find(|&at| !named(at) && reading.text(at) != "-")
            .unwrap_or(span.end);
        // The fuller name may stand in the headline only: "Dejan Ferdinansyah Kejar Mimpi".
        let end = (end..span.end)
            .find(|&at| !reading.is(at, NAMES))
            .unwrap_or(span.end);
        let found = Span { first, end };
        if best.is_none_or(|held| found.len() > held.len()) {
            best = Some(found);
        }
    }
    if best.is_some() {
        return best;
    }
    let mut span = span;
    let plain = |at: usize| {
        reading.is(
            at,
            Classes::COMMON
                .with(Classes::FUNCTION)
                .with(Classes::SPEECH),
        ) && !reading.is(at, NAMES)
    };
    while span.len() > 1 && plain(span.end - 1) {
        span.end -= 1;
    }
    while span.len() > 1 && plain(span.first) {
        span.first += 1;
    }
    (!plain(span.first)).then_some(span)
}
