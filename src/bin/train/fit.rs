//! Fits the weights of the chain to marked text.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use warta::entity::tagger::chain::{
    self, LABELS, Lattice, NEVER, OUTSIDE, Part, Row, Transitions, WIDTH,
};
use warta::entity::tagger::evidence::Evidence;
use warta::entity::tagger::feature::{self, Cover, Line, PLACES, Run};
use warta::entity::tagger::hash;
use warta::entity::tagger::lexicon::Lexicon;
use warta::entity::tagger::word::{Brief, Word};
use warta::entity::tagger::{Kind, candidates, within};
use warta::entity::token::Gap;

use crate::corpus::{Document, Reading, bit};

type Index = HashMap<u64, u32, BuildHasherDefault<hash::Ready>>;

/// One stretch of candidates: for each token its features and the labels it may have (bits).
pub struct Chain {
    pub features: Vec<Vec<u64>>,
    pub allowed: Vec<u16>,
    pub weight: f32,
}

/// The labels each token of a field may have.
pub fn allowed(document: &Document, field: usize) -> Vec<u16> {
    let tokens = &document.tokens[field];
    let mut allowed = vec![1 << OUTSIDE; tokens.len()];
    for mark in document.marks.iter().filter(|mark| mark.field == field) {
        let range = document.tokens_in(field, &mark.bytes);
        match mark.reading {
            Reading::Name(kind) => {
                let hyphen = !matches!(document.source, "articles" | "headlines")
                    && range.clone().any(|at| {
                        tokens[at].text(&document.fields[field]) == "-"
                            && tokens[at].gap == Gap::Glued
                    });
                for at in range.clone() {
                    allowed[at] = if hyphen {
                        // The corpora join pairs by a hyphen; ours parts them.
                        kind_labels(kind)
                            | u16::from(tokens[at].text(&document.fields[field]) == "-")
                    } else {
                        let part = match (at == range.start, at + 1 == range.end) {
                            (true, true) => Part::Only,
                            (true, false) => Part::First,
                            (false, true) => Part::Last,
                            (false, false) => Part::Inner,
                        };
                        1 << chain::label(kind, part)
                    };
                }
            }
            Reading::Doubtful(kinds) => {
                for at in range {
                    if allowed[at] == 1 {
                        allowed[at] |= Kind::ALL
                            .into_iter()
                            .filter(|kind| kinds & bit(*kind) != 0)
                            .fold(0, |bits, kind| bits | kind_labels(kind));
                    }
                }
            }
        }
    }
    allowed
}

fn kind_labels(kind: Kind) -> u16 {
    0b1111 << (1 + kind as u16 * 4)
}

/// Of a hundred words with a capital, how many are taken for words never seen.
const FORGOTTEN: u64 = 10;

/// The chains of a document, with all their features.
pub fn chains(
    document: &Document,
    lexicon: &Lexicon<'_>,
    weight: f32,
    reading: Option<&[Vec<u8>]>,
) -> Vec<Chain> {
    let mut found = Vec::new();
    let mut runs: Vec<Run> = Vec::new();
    let mut covers: Vec<Cover> = Vec::new();
    let mut evidence = Evidence::default();
    let seed = hash::bytes(document.fields[0].as_bytes());
    let keys: Vec<Vec<u64>> = document
        .tokens
        .iter()
        .zip(&document.fields)
        .map(|(tokens, text)| {
            tokens
                .iter()
                .map(|token| hash::bytes(token.text(text).to_lowercase().as_bytes()))
                .collect()
        })
        .collect();
    if let Some(labels) = reading {
        let fields = || document.tokens.iter().zip(&keys);
        for ((tokens, keys), labels) in fields().zip(labels) {
            evidence.count(tokens, keys, labels);
        }
        for (tokens, keys) in fields() {
            evidence.note_small(tokens, keys);
        }
    }
    for (field, tokens) in document.tokens.iter().enumerate() {
        let text = &document.fields[field];
        let allowed = allowed(document, field);
        feature::runs(tokens, &mut runs);
        feature::covers(&document.words[field], &mut covers);
        let words: Vec<Word> = tokens
            .iter()
            .zip(&document.words[field])
            .map(|(token, word)| {
                let mut word = Word::new(token.text(text), token.case, word.classes(), lexicon);
                // Now and then a word is taken for one never seen, as names often are.
                let draw = hash::pair(seed, word.brief.lower);
                if token.case.is_capital() && draw % 100 < FORGOTTEN {
                    word.brief.lower = draw;
                    word.brief.cluster = 0;
                    word.brief.capitals = 0;
                    word.path = (0, 0);
                    word.usage = 0;
                }
                word
            })
            .collect();
        let briefs: Vec<Brief> = words.iter().map(|word| word.brief).collect();
        let line = Line {
            tokens,
            briefs: &briefs,
            runs: &runs,
            covers: &covers,
        };
        candidates(tokens, |range| {
            let mut features = Vec::new();
            for at in range.clone() {
                let mut list = Vec::new();
                for place in 0..PLACES {
                    if let Some(other) = within(tokens, at, place) {
                        feature::of_word(&words[other], place, &mut |feature| list.push(feature));
                    }
                }
                feature::of_place(&line, at, &mut |feature| list.push(feature));
                if let Some(labels) = reading {
                    evidence.of_token(tokens, &keys[field], &labels[field], at, &mut |feature| {
                        list.push(feature);
                    });
                }
                features.push(list);
            }
            found.push(Chain {
                features,
                allowed: allowed[range].to_vec(),
                weight,
            });
        });
    }
    found
}

/// What the fit gives.
pub struct Fit {
    pub features: Vec<u64>,
    pub weights: Vec<Row>,
    pub transitions: Transitions,
}

/// How to fit.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub epochs: usize,
    pub rate: f32,
    pub l1: f32,
    pub l2: f32,
    pub least: u32,
    /// Epochs before the average is begun.
    pub settle: usize,
}

struct Compact {
    features: Vec<u32>,
    ends: Vec<u32>,
    allowed: Vec<u16>,
    weight: f32,
}

/// Fits by stochastic gradients with a rate for each weight (`AdaGrad`, Duchi, Hazan, Singer 2011).
pub fn fit(chains: Vec<Chain>, plan: Plan) -> Fit {
    let mut counts = Index::default();
    for chain in &chains {
        for feature in chain.features.iter().flatten() {
            *counts.entry(*feature).or_default() += 1;
        }
    }
    let mut features: Vec<u64> = counts
        .iter()
        .filter(|(_, count)| **count >= plan.least)
        .map(|(feature, _)| *feature)
        .collect();
    features.sort_unstable();
    drop(counts);
    let index: Index = features
        .iter()
        .enumerate()
        .map(|(at, feature)| (*feature, at as u32))
        .collect();
    let chains: Vec<Compact> = chains
        .into_iter()
        .map(|chain| {
            let mut compact = Compact {
                features: Vec::new(),
                ends: Vec::new(),
                allowed: chain.allowed,
                weight: chain.weight,
            };
            for token in chain.features {
                compact
                    .features
                    .extend(token.iter().filter_map(|feature| index.get(feature)));
                compact.ends.push(compact.features.len() as u32);
            }
            compact
        })
        .collect();
    drop(index);
    eprintln!(
        "  {} chains, {} tokens, {} features",
        chains.len(),
        chains.iter().map(|chain| chain.ends.len()).sum::<usize>(),
        features.len()
    );

    let mut weights: Vec<Row> = vec![[0.0; WIDTH]; features.len()];
    let mut squares: Vec<Row> = vec![[0.0; WIDTH]; features.len()];
    let mut transitions: Transitions = [[NEVER; WIDTH]; LABELS];
    for (label, row) in transitions.iter_mut().enumerate() {
        for (next, score) in row.iter_mut().enumerate().take(LABELS) {
            if chain::may_follow(label, next) {
                *score = 0.0;
            }
        }
    }
    let mut transition_squares = [[0.0_f32; WIDTH]; LABELS];
    let mut average: Vec<Row> = vec![[0.0; WIDTH]; features.len()];
    let mut average_transitions: Transitions = [[0.0; WIDTH]; LABELS];
    for row in &mut average_transitions {
        row[LABELS..].fill(NEVER);
    }
    let mut order: Vec<usize> = (0..chains.len()).collect();
    let (mut clamped, mut free) = (Lattice::default(), Lattice::default());
    for epoch in 0..plan.epochs {
        let mut seed = epoch as u64 + 1;
        for at in (1..order.len()).rev() {
            seed = hash::mix(seed.wrapping_add(0x9e37_79b9_7f4a_7c15));
            order.swap(at, hash::slot(seed, at + 1));
        }
        let mut loss = 0.0_f64;
        for number in &order {
            let chain = &chains[*number];
            let length = chain.ends.len();
            let mut emissions: Vec<Row> = Vec::with_capacity(length);
            let mut start = 0;
            for end in &chain.ends {
                let mut row = [0.0; WIDTH];
                for feature in &chain.features[start..*end as usize] {
                    let weight = &weights[*feature as usize];
                    for column in 0..WIDTH {
                        row[column] += weight[column];
                    }
                }
                emissions.push(row);
                start = *end as usize;
            }
            let table: Transitions = transitions.map(|row| row.map(f32::exp));
            let mut change = [[0.0_f32; WIDTH]; LABELS];
            let Some(wanted) = clamped.sweep(&emissions, &table, Some(&chain.allowed)) else {
                continue;
            };
            let Some(whole) = free.sweep(&emissions, &table, None) else {
                continue;
            };
            expect(&clamped, &table, 1.0, &mut change);
            expect(&free, &table, -1.0, &mut change);
            loss += f64::from(chain.weight) * (whole - wanted);
            let mut start = 0;
            for (at, end) in chain.ends.iter().enumerate() {
                let mut gradient = [0.0; WIDTH];
                let mut largest = 0.0_f32;
                let wanted = clamped.forward[at].iter().zip(&clamped.backward[at]);
                let expected = free.forward[at].iter().zip(&free.backward[at]);
                for (slope, (wanted, expected)) in gradient.iter_mut().zip(wanted.zip(expected)) {
                    *slope = chain.weight * (wanted.0 * wanted.1 - expected.0 * expected.1);
                    largest = largest.max(slope.abs());
                }
                if largest > 1.0e-4 {
                    for feature in &chain.features[start..*end as usize] {
                        let weight = &mut weights[*feature as usize];
                        let square = &mut squares[*feature as usize];
                        for column in 0..WIDTH {
                            square[column] += gradient[column] * gradient[column];
                            weight[column] +=
                                plan.rate * gradient[column] / (square[column].sqrt() + 1.0e-3);
                        }
                    }
                }
                start = *end as usize;
            }
            for label in 0..LABELS {
                for next in 0..LABELS {
                    let gradient = chain.weight * change[label][next];
                    if chain::may_follow(label, next) && gradient.abs() > 1.0e-5 {
                        transition_squares[label][next] += gradient * gradient;
                        transitions[label][next] += plan.rate * gradient
                            / (transition_squares[label][next].sqrt() + 1.0e-3);
                    }
                }
            }
        }
        let mut alive = 0_usize;
        for (row, square) in weights.iter_mut().zip(&squares) {
            for column in 0..LABELS {
                let pull = plan.rate / (square[column].sqrt() + 1.0e-3);
                let weight = row[column] / (1.0 + plan.l2 * pull);
                row[column] = weight.signum() * (weight.abs() - plan.l1 * pull).max(0.0);
                alive += usize::from(row[column] != 0.0);
            }
        }
        if epoch >= plan.settle {
            for (sum, row) in average.iter_mut().zip(&weights) {
                for column in 0..LABELS {
                    sum[column] += row[column] / (plan.epochs - plan.settle) as f32;
                }
            }
            for (sum, row) in average_transitions.iter_mut().zip(&transitions) {
                for column in 0..LABELS {
                    sum[column] += row[column] / (plan.epochs - plan.settle) as f32;
                }
            }
        }
        eprintln!("  epoch {epoch}: loss {loss:.0}, {alive} weights");
    }
    Fit {
        features,
        weights: average,
        transitions: average_transitions,
    }
}

/// Adds the expected transitions of a swept lattice, times `sign`.
fn expect(lattice: &Lattice, table: &Transitions, sign: f32, change: &mut [Row; LABELS]) {
    let mut before = [0.0; WIDTH];
    before[OUTSIDE] = 1.0;
    for at in 0..lattice.forward.len() {
        for (label, row) in change.iter_mut().enumerate() {
            let share = sign * before[label];
            if share != 0.0 {
                for column in 0..WIDTH {
                    row[column] += share
                        * table[label][column]
                        * lattice.factors[at][column]
                        * lattice.backward[at][column];
                }
            }
        }
        before = lattice.forward[at];
    }
    if let Some(backward) = lattice.backward.last() {
        // After the last token every path goes outside.
        for (label, row) in change.iter_mut().enumerate() {
            row[OUTSIDE] += sign * before[label] * backward[label];
        }
    }
}
