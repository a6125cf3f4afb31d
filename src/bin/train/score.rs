//! Measures a tagger.

use std::collections::{BTreeSet, HashSet};

use warta::entity::tagger::{Kind, Tagger};

use crate::corpus::{Document, Reading};

/// Right, wrong and missed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    pub right: usize,
    pub wrong: usize,
    pub missed: usize,
}

impl Tally {
    pub fn f1(self) -> f64 {
        2.0 * self.right as f64 / ((2 * self.right + self.wrong + self.missed) as f64).max(1.0)
    }
    fn add<T: Ord>(&mut self, want: &BTreeSet<T>, got: &BTreeSet<T>) {
        let right = want.intersection(got).count();
        self.right += right;
        self.wrong += got.len() - right;
        self.missed += want.len() - right;
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |part: usize| self.right as f64 / ((self.right + part) as f64).max(1.0);
        write!(
            formatter,
            "P {:.3} R {:.3} F1 {:.4}",
            share(self.wrong),
            share(self.missed),
            self.f1()
        )
    }
}

/// Exact spans of a corpus's own tokens, by kind.
pub fn corpus(tagger: &Tagger, documents: &[Document]) -> [Tally; 3] {
    let mut tallies = [Tally::default(); 3];
    for document in documents {
        let in_units = |bytes: std::ops::Range<usize>| {
            let start = document
                .units
                .partition_point(|unit| unit.end <= bytes.start);
            let end = document
                .units
                .partition_point(|unit| unit.start < bytes.end);
            (start, end)
        };
        let spans = tagger.tag(&document.borrowed());
        for kind in Kind::ALL {
            let want = document
                .marks
                .iter()
                .filter(|mark| mark.reading == Reading::Name(kind))
                .map(|mark| in_units(mark.bytes.clone()))
                .collect();
            let got = spans
                .iter()
                .filter(|span| span.kind == kind)
                .map(|span| {
                    let tokens = &document.tokens[0][span.tokens.clone()];
                    in_units(tokens[0].start as usize..tokens[tokens.len() - 1].end as usize)
                })
                .collect();
            tallies[kind as usize].add(&want, &got);
        }
    }
    tallies
}

/// Articles: exact mentions by kind, then distinct forms of people. Doubtful stretches do not count.
pub fn articles(tagger: &Tagger, documents: &[Document]) -> ([Tally; 3], Tally) {
    let mut tallies = [Tally::default(); 3];
    let mut forms = Tally::default();
    for document in documents {
        let doubtful: HashSet<(usize, usize)> = document
            .marks
            .iter()
            .filter(|mark| matches!(mark.reading, Reading::Doubtful(_)))
            .flat_map(|mark| {
                document
                    .tokens_in(mark.field, &mark.bytes)
                    .map(move |at| (mark.field, at))
            })
            .collect();
        let spans = tagger.tag(&document.borrowed());
        for kind in Kind::ALL {
            let want: BTreeSet<_> = document
                .marks
                .iter()
                .filter(|mark| mark.reading == Reading::Name(kind))
                .map(|mark| {
                    let range = document.tokens_in(mark.field, &mark.bytes);
                    (mark.field, range.start, range.end)
                })
                .collect();
            let got: BTreeSet<_> = spans
                .iter()
                .filter(|span| {
                    span.kind == kind
                        && !span
                            .tokens
                            .clone()
                            .any(|at| doubtful.contains(&(span.field, at)))
                })
                .map(|span| (span.field, span.tokens.start, span.tokens.end))
                .collect();
            tallies[kind as usize].add(&want, &got);
            if kind == Kind::Person {
                let text = |(field, start, end): &(usize, usize, usize)| {
                    let tokens = &document.tokens[*field][*start..*end];
                    document.fields[*field]
                        [tokens[0].start as usize..tokens[tokens.len() - 1].end as usize]
                        .to_lowercase()
                };
                let want: BTreeSet<String> = want.iter().map(text).collect();
                let got: BTreeSet<String> = got.iter().map(text).collect();
                forms.add(&want, &got);
            }
        }
    }
    (tallies, forms)
}
