//! Every further mention of the people already found.
//!
//! The tagger decides word by word and misses some: in headlines, in capitals, in a metonym
//! ("kabinet Prabowo"). Once an article has shown who is in it, a capitalised word that is part of
//! one of these names and of nothing else is that person.

use super::name::{Parts, fold, same_word};
use super::{Bearer, Candidate, Signs, span};
use crate::entity::Field;
use crate::entity::gazetteer::Classes;
use crate::entity::reading::{Reading, Span};
use crate::entity::token::{Case, Gap};

/// One word by which a person can be found, and how strong it is.
struct Handle<'a> {
    word: &'a str,
    bearer: usize,
    /// Used by itself for this person somewhere in the article.
    alone: bool,
    /// The first or last part of the name.
    outer: bool,
}

/// Words that are too often something else to be found by alone.
const WEAK: Classes = Classes::FUNCTION
    .with(Classes::COMMON)
    .with(Classes::PLACE)
    .with(Classes::COUNTRY)
    .with(Classes::CALENDAR)
    .with(Classes::PARTICLE)
    .with(Classes::KIN)
    .with(Classes::OFFICE)
    .with(Classes::OCCUPATION)
    .with(Classes::HONORIFIC)
    .with(Classes::PEOPLE);

/// Adds the mentions nobody has found; `taken` says which tokens already belong to a name.
pub(super) fn search(reading: &Reading<'_>, taken: &mut [bool], bearers: &mut [Bearer<'_>]) {
    let handles = handles(reading, bearers);
    let mut seen = [false; 256];
    for handle in &handles {
        seen[usize::from(first_letters(handle.word))] = true;
    }
    let mut at = 0;
    while at < reading.len() {
        let candidate = !taken[at]
            && reading.case(at).is_capital()
            && seen[usize::from(first_letters(reading.text(at)))];
        if !candidate {
            at += 1;
            continue;
        }
        match found(reading, taken, &handles, bearers, at) {
            Some((bearer, span)) => {
                bearers[bearer].candidates.push(Candidate {
                    span,
                    confidence: 0.5,
                    signs: Signs::around(reading, span),
                });
                taken[span.first..span.end].fill(true);
                at = span.end;
            }
            None => at += 1,
        }
    }
    for bearer in bearers {
        bearer.candidates.sort_by_key(|candidate| candidate.span);
        join_neighbours(reading, &mut bearer.candidates);
    }
}

/// Two mentions of one person side by side are one: "SURYA" and "WIJAKSANA" in a headline.
fn join_neighbours(reading: &Reading<'_>, candidates: &mut Vec<Candidate>) {
    candidates.dedup_by(|next, kept| {
        let side_by_side =
            kept.span.end == next.span.first && reading.gap(next.span.first) == Gap::Space;
        if side_by_side {
            kept.span.end = next.span.end;
        }
        side_by_side
    });
}

/// A small number made of the first two letters, to pass most words over cheaply.
fn first_letters(word: &str) -> u8 {
    let mut letters = word.chars().map(|c| fold(c) as u32);
    let (first, second) = (letters.next().unwrap_or(0), letters.next().unwrap_or(0));
    (first.wrapping_mul(37) ^ second) as u8
}

fn handles<'a>(reading: &Reading<'a>, bearers: &[Bearer<'a>]) -> Vec<Handle<'a>> {
    let mut handles: Vec<Handle<'a>> = Vec::new();
    for (index, bearer) in bearers.iter().enumerate() {
        let mut last = "";
        for candidate in &bearer.candidates {
            let text = reading.span_text(candidate.span);
            if text == last {
                continue;
            }
            last = text;
            let parts = Parts::of(text);
            let count = parts.len();
            for (place, &word) in parts.list().iter().enumerate() {
                let outer = place == 0 || place + 1 == count;
                let alone = count == 1;
                match handles
                    .iter_mut()
                    .find(|handle| handle.bearer == index && same_word(handle.word, word))
                {
                    Some(handle) => {
                        handle.alone |= alone;
                        handle.outer |= outer;
                    }
                    None => handles.push(Handle {
                        word,
                        bearer: index,
                        alone,
                        outer,
                    }),
                }
            }
        }
    }
    handles
}

/// The longest run of one person's name parts that begins here.
fn found(
    reading: &Reading<'_>,
    taken: &[bool],
    handles: &[Handle<'_>],
    bearers: &[Bearer<'_>],
    at: usize,
) -> Option<(usize, Span)> {
    let mut best: Option<(usize, Span)> = None;
    for handle in handles {
        if !same_token(handle.word, reading.text(at)) {
            continue;
        }
        let mut end = at + 1;
        while end < reading.len()
            && !taken[end]
            && reading.gap(end) == Gap::Space
            && handles.iter().any(|other| {
                other.bearer == handle.bearer && same_token(other.word, reading.text(end))
            })
        {
            end += 1;
        }
        let span = Span {
            first: span::with_article(reading, at),
            end,
        };
        if end - at == 1 && !stands_alone(reading, taken, handle, at) {
            continue;
        }
        let better = match best {
            None => true,
            Some((other, held)) => {
                span.len() > held.len()
                    || (span.len() == held.len()
                        && distance(&bearers[handle.bearer], at) < distance(&bearers[other], at))
            }
        };
        if better {
            best = Some((handle.bearer, span));
        }
    }
    best
}

/// Whether a token is this part: equal, or a hyphenated word that begins with it.
fn same_token(part: &str, token: &str) -> bool {
    same_word(part, token)
        || token
            .split_once('-')
            .is_some_and(|(first, _)| same_word(part, first))
}

/// How far back the person was named last; far when only later.
fn distance(bearer: &Bearer<'_>, at: usize) -> usize {
    bearer
        .candidates
        .iter()
        .filter(|candidate| candidate.span.first < at)
        .map(|candidate| at - candidate.span.first)
        .min()
        .unwrap_or(usize::MAX)
}

/// Whether one part at this place means the person, by what stands next to it.
fn stands_alone(reading: &Reading<'_>, taken: &[bool], handle: &Handle<'_>, at: usize) -> bool {
    let title = reading.field(at) == Field::Title;
    let short = handle.word.chars().count() < 3;
    if short && reading.text(at) != handle.word {
        return false;
    }
    if !(handle.alone || (handle.outer && !short)) {
        return false;
    }
    if reading.is(at, WEAK) && (!handle.alone || reading.opens_sentence(at) || title) {
        return false;
    }
    // Beside another capitalised word that is nobody's yet it is part of another name.
    let beside = |other: usize| {
        reading.same_line(other, at)
            && !taken.get(other).copied().unwrap_or(false)
            && matches!(
                reading.case(other),
                Case::Title | Case::Initial | Case::Mixed | Case::Upper
            )
            && !reading.is(other, NEIGHBOURS)
    };
    let glued = |other: usize| reading.gap(other.max(at)) == Gap::Space;
    let before = at.checked_sub(1).is_some_and(|before| {
        glued(before) && beside(before) && !title && !reading.opens_sentence(before)
    });
    let after = glued(at + 1) && beside(at + 1) && !title;
    let venue = at.checked_sub(1).is_some_and(|before| {
        glued(before)
            && reading.is(
                before,
                Classes::VENUE_CUE
                    .with(Classes::EVENT_CUE)
                    .with(Classes::PLACE_CUE)
                    .with(Classes::ORGANISATION_CUE),
            )
    });
    !before && !after && !venue
}

/// Capitalised words that may stand beside a name without being part of it.
const NEIGHBOURS: Classes = Classes::OFFICE
    .with(Classes::OCCUPATION)
    .with(Classes::OFFICE_MODIFIER)
    .with(Classes::RANK)
    .with(Classes::HONORIFIC)
    .with(Classes::DEGREE)
    .with(Classes::SPEECH)
    .with(Classes::FUNCTION)
    .with(Classes::COMMON)
    .with(Classes::CALENDAR);
