//! Who is named, and by which forms.
//!
//! | stage | what it does |
//! |---|---|
//! | [`span`] | the tagger's spans without titles, offices, places and verbs glued to them |
//! | [`headline`] | where a name ends among the capitals of a headline |
//! | [`find`] | people the tagger missed but a title or a speech verb gives away |
//! | [`merge`] | which forms are one person: [`name`] says which can be, the article which are |
//! | [`search`] | mentions of those people that nobody has found yet |
//! | [`thing`] | names that look like a person's and are a ship's, a paper's, a firm's |
//! | [`byline`] | writers, editors and photographers, who are not people of the story |

mod byline;
mod find;
mod headline;
mod merge;
mod name;
mod search;
mod span;
mod thing;

use super::Field;
use std::collections::HashSet;

use super::gazetteer::{Classes, Figure};
use super::reading::{Reading, Span};
use super::token::Gap;

/// A run of tokens that may name a person, before the article has been heard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    /// The tokens of the name, titles left out.
    pub(super) span: Span,
    /// How sure it is that a person is named here, 0 to 1.
    pub(super) confidence: f32,
    /// What stands around it.
    pub(super) signs: Signs,
}

/// What stands around a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Signs {
    /// An office, occupation, rank, honorific or degree stands right before.
    pub(super) title: bool,
    /// A verb of speech stands next to it.
    pub(super) speech: bool,
    /// A venue, event or place word stands right before: the name is part of that name.
    pub(super) venue: bool,
}

impl Signs {
    /// Reads the signs around a span.
    fn around(reading: &Reading<'_>, span: Span) -> Self {
        let before = span.first.checked_sub(1);
        let is = |at: usize, classes| reading.same_line(at, span.first) && reading.is(at, classes);
        let title = Classes::OFFICE
            .with(Classes::OCCUPATION)
            .with(Classes::RANK)
            .with(Classes::HONORIFIC)
            .with(Classes::DEGREE);
        let venue = Classes::VENUE_CUE
            .with(Classes::EVENT_CUE)
            .with(Classes::PLACE_CUE);
        Self {
            title: before.is_some_and(|at| is(at, title)),
            speech: before.is_some_and(|at| is(at, Classes::SPEECH))
                || is(span.end, Classes::SPEECH),
            venue: before.is_some_and(|at| is(at, venue) && !in_office(reading, at)),
        }
    }
}

/// Whether a word belongs to an office: "Menteri Luar Negeri Sugiono" names no "Negeri Sugiono".
fn in_office(reading: &Reading<'_>, at: usize) -> bool {
    let mut at = at;
    for _ in 0..12 {
        if reading.is(at, Classes::OFFICE) {
            return true;
        }
        let goes_on = reading.case(at).is_capital() || reading.text(at) == "dan";
        if at == 0 || !goes_on || reading.gap(at) == Gap::Line {
            return false;
        }
        at -= 1;
    }
    false
}

/// One person and every candidate that names them.
#[derive(Debug)]
pub(super) struct Bearer<'a> {
    /// The fullest form in the article.
    pub(super) name: &'a str,
    /// Who it is, where one of the forms is known to mean just one person.
    pub(super) figure: Option<&'static Figure>,
    /// The mentions, in reading order; never empty.
    pub(super) candidates: Vec<Candidate>,
}

/// Finds everyone the article names.
///
/// `tagged` are the tagger's people with its confidence, in reading order; `things` are its
/// places and organisations.
pub(super) fn people<'a>(
    reading: &Reading<'a>,
    tagged: &[(Span, f32)],
    things: &[Span],
) -> Vec<Bearer<'a>> {
    let mut other = vec![false; reading.len()];
    let mut tails = Vec::new();
    let lone: HashSet<&str> = tagged
        .iter()
        .filter(|(span, _)| span.len() == 1)
        .map(|(span, _)| reading.text(span.first))
        .collect();
    for &thing in things {
        let tail = span::tail(reading, thing).or_else(|| span::tail_of(reading, thing, &lone));
        let end = tail.map_or(thing.end, |tail| tail.first);
        other[thing.first..end].fill(true);
        tails.extend(tail);
    }
    let mut candidates = candidates(reading, tagged, &tails, (things, &other));
    candidates.retain(|candidate| !byline::credited(reading, candidate.span));
    let mut bearers = merge::merge(reading, &candidates);
    bearers.retain(|bearer| is_person(reading, bearer));
    let mut taken = other;
    // "WTN" was introduced as a person's letters, so it is no firm further down.
    let borne: HashSet<&str> = bearers
        .iter()
        .flat_map(|bearer| &bearer.candidates)
        .filter(|candidate| candidate.span.len() == 1)
        .map(|candidate| reading.text(candidate.span.first))
        .collect();
    for thing in things.iter().filter(|thing| thing.len() == 1) {
        if borne.contains(reading.text(thing.first)) {
            taken[thing.first] = false;
        }
    }
    for bearer in &bearers {
        for candidate in &bearer.candidates {
            taken[candidate.span.first..candidate.span.end].fill(true);
        }
    }
    search::search(reading, &mut taken, &mut bearers);
    bearers
}

fn candidates(
    reading: &Reading<'_>,
    tagged: &[(Span, f32)],
    tails: &[Span],
    (things, other): (&[Span], &[bool]),
) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut headline: Vec<(Span, f32)> = Vec::new();
    for &(tag, confidence) in tagged {
        span::parts(reading, tag, |part| {
            let Some(span) = span::trim(reading, part) else {
                return;
            };
            let mut span = span::widen(reading, span, other);
            span.first = span::with_article(reading, span.first);
            if let Some((first, second)) = span::pair(reading, span) {
                for span in [first, second] {
                    candidates.push(Candidate {
                        span,
                        confidence,
                        signs: Signs::around(reading, span),
                    });
                }
                return;
            }
            // What a headline names is better known once the text has been read.
            if headline::is_shouted(reading, span) {
                headline.push((span, confidence));
            } else {
                candidates.push(Candidate {
                    span,
                    confidence,
                    signs: Signs::around(reading, span),
                });
            }
        });
    }
    for (span, confidence) in headline {
        if let Some(span) = headline::cut(reading, span, &candidates) {
            candidates.push(Candidate {
                span,
                confidence,
                signs: Signs::around(reading, span),
            });
        }
    }
    let mut found: Vec<Candidate> = tails
        .iter()
        .map(|&span| Candidate {
            span,
            confidence: 0.75,
            signs: Signs::around(reading, span),
        })
        .collect();
    find::find(reading, |candidate| found.push(candidate));
    for known in reading.figures() {
        if known.certain {
            let signs = Signs::around(reading, known.span);
            found.push(Candidate {
                span: known.span,
                confidence: if signs.venue { 0.0 } else { 0.9 },
                signs,
            });
        }
    }
    let mut claims = Claims::new(other.len(), candidates);
    for candidate in found {
        let free = candidate.confidence > 0.0
            && (!other[candidate.span.first..candidate.span.end].contains(&true)
                || overrules(candidate, things));
        if free {
            claims.settle(candidate);
        }
    }
    let mut acronyms = Vec::new();
    for candidate in claims.candidates.iter().flatten() {
        if let Some(span) = merge::acronym_after(reading, candidate.span)
            && claims.meeting(span).next().is_none()
        {
            acronyms.push(Candidate {
                span,
                confidence: candidate.confidence,
                signs: Signs::default(),
            });
        }
    }
    let mut candidates: Vec<Candidate> = claims.candidates.into_iter().flatten().collect();
    candidates.append(&mut acronyms);
    candidates.sort_by_key(|candidate| candidate.span);
    candidates
}

/// The candidates, and which of them each token belongs to: an article may name thousands, so
/// that none is looked for among all of them.
struct Claims {
    candidates: Vec<Option<Candidate>>,
    /// By token, the index of its candidate.
    taken: Vec<Option<usize>>,
}

impl Claims {
    fn new(tokens: usize, candidates: Vec<Candidate>) -> Self {
        let mut claims = Self {
            candidates: Vec::with_capacity(candidates.len()),
            taken: vec![None; tokens],
        };
        for candidate in candidates {
            claims.place(candidate);
        }
        claims
    }

    fn place(&mut self, candidate: Candidate) {
        let span = candidate.span;
        self.taken[span.first..span.end].fill(Some(self.candidates.len()));
        self.candidates.push(Some(candidate));
    }

    /// The candidates that share a token with a span.
    fn meeting(&self, span: Span) -> impl Iterator<Item = &Candidate> {
        let mut last = None;
        self.taken[span.first..span.end]
            .iter()
            .flatten()
            .filter(move |&&index| last.replace(index) != Some(index))
            .filter_map(|&index| self.candidates[index].as_ref())
    }

    /// Takes in one more: in place of those within it if it is sure of itself, else only where no
    /// other stands.
    fn settle(&mut self, found: Candidate) {
        let span = found.span;
        let within = |held: &Candidate| span.first <= held.span.first && held.span.end <= span.end;
        if found.confidence >= 0.8 && self.meeting(span).all(within) {
            let confidence = self
                .meeting(span)
                .filter(|held| held.span == span)
                .map(|held| held.confidence)
                .fold(found.confidence, f32::max);
            for at in span.first..span.end {
                if let Some(index) = self.taken[at] {
                    self.candidates[index] = None;
                }
            }
            self.place(Candidate {
                confidence,
                ..found
            });
        } else if self.meeting(span).next().is_none() {
            self.place(found);
        }
    }
}

/// A rank or "bin" makes a person of a place or firm within the name.
fn overrules(candidate: Candidate, things: &[Span]) -> bool {
    candidate.confidence >= 0.8
        // The things are in reading order and apart, so only a few can meet the name.
        && things[things.partition_point(|thing| thing.end <= candidate.span.first)..]
            .iter()
            .take_while(|thing| thing.first < candidate.span.end)
            .all(|thing| candidate.span.first <= thing.first && thing.end <= candidate.span.end)
}

/// Whether the article as a whole makes this a person of the story.
fn is_person(reading: &Reading<'_>, bearer: &Bearer<'_>) -> bool {
    let all = |test: &dyn Fn(&Candidate) -> bool| bearer.candidates.iter().all(test);
    if bearer.figure.is_some() {
        return true;
    }
    let thing = Classes::BRAND
        .with(Classes::MEDIA)
        .with(Classes::SEAT)
        .with(Classes::COUNTRY)
        .with(Classes::ORGANISATION);
    let initials = all(&|candidate| byline::is_initials(reading, candidate.span));
    let venue = all(&|candidate| candidate.signs.venue);
    let listed = all(&|candidate| {
        let span = candidate.span;
        // A family name that is also a firm's is a person's where the tagger is sure.
        let is_sure = candidate.confidence > SURE && reading.is(span.end - 1, Classes::CLAN);
        !candidate.signs.title
            && !candidate.signs.speech
            && !is_sure
            && (span.first..span.end).all(|at| reading.is(at, thing))
    });
    let called = bearer
        .candidates
        .iter()
        .any(|candidate| thing::is_thing(reading, candidate))
        && !bearer
            .candidates
            .iter()
            .any(|candidate| candidate.signs.title);
    let lone = bearer
        .candidates
        .iter()
        .all(|candidate| candidate.span.len() == 1 && !candidate.signs.title);
    let slip = lone && thing::is_misspelt_thing(reading, bearer.candidates[0].span);
    let (start, body) = reading.field_tokens(Field::Text);
    let names = Classes::GIVEN_NAME.with(Classes::CLAN);
    // A headline names nobody the text does not name, unless there is next to no text.
    let headline = body.len() > 40
        && all(&|candidate| {
            candidate.span.first < start
                && !candidate.signs.title
                && !(candidate.span.first..candidate.span.end).any(|at| reading.is(at, names))
        });
    !(initials || venue || listed || called || slip || headline)
        && if reading.len() > SENTENCE {
            likelihood(reading, bearer) > LEAST
        } else {
            bearer.candidates.iter().any(|candidate| {
                let least = if candidate.signs.title {
                    LEAST_TITLED
                } else {
                    LEAST_ALONE
                };
                candidate.confidence > least
            })
        }
}

/// The least [`likelihood`] of a person, where the most names come out right on held-out articles.
const LEAST: f32 = -0.2;

/// Tokens up to which a text is no more than a sentence or two, where every name stands but once
/// and nothing else can speak for it: the tagger's word is then enough. The most names come out
/// right where those more probable than half the share that does are kept.
const SENTENCE: usize = 80;
const LEAST_ALONE: f32 = 0.4;

/// The same where an office or honorific stands before the name.
const LEAST_TITLED: f32 = 0.2;

/// The tagger's confidence from which its word goes before that of the lists.
const SURE: f32 = 0.9;

/// How likely it is that the candidates name a person, as log odds.
///
/// A logistic regression over the tagger's probabilities (the best and the mean) and what the
/// lists say, fitted on 142 annotated articles the tagger had not seen.
fn likelihood(reading: &Reading<'_>, bearer: &Bearer<'_>) -> f32 {
    let odds = |probability: f32| {
        let probability = probability.clamp(0.02, 0.995);
        (probability / (1.0 - probability)).ln()
    };
    let confidences = || {
        bearer
            .candidates
            .iter()
            .map(|candidate| candidate.confidence)
    };
    let best = confidences().fold(0.0, f32::max);
    let mean = confidences().sum::<f32>() / bearer.candidates.len() as f32;
    let any = |test: &dyn Fn(&Candidate) -> bool| bearer.candidates.iter().any(test);
    let titled = any(&|candidate| candidate.signs.title);
    let lone = bearer
        .candidates
        .iter()
        .all(|candidate| candidate.span.len() == 1);
    let thing = Classes::PLACE
        .with(Classes::ORGANISATION)
        .with(Classes::BRAND)
        .with(Classes::MEDIA)
        .with(Classes::COMMON);
    let listed = any(&|candidate| {
        (candidate.span.first..candidate.span.end).any(|at| reading.is(at, thing))
    });
    let weigh = |weight: f32, holds: bool| if holds { weight } else { 0.0 };
    -0.6 + 0.4 * odds(best)
        + 0.7 * odds(mean)
        + weigh(0.2, titled)
        + weigh(-0.5, lone)
        + weigh(-0.9, listed)
}
