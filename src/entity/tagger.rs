//! The statistical tagger: which words are names of people, places and organisations.
//!
//! A linear-chain conditional random field (Lafferty, `McCallum`, Pereira 2001). A sentence `x` is given
//! the labels `y` (outside; first, inner, last, only word of a person, place, organisation) with
//! probability
//!
//! ```text
//! p(y|x) = exp( sum over t of  A[y(t-1), y(t)] + sum over features f of x at t of  w[f, y(t)] ) / Z(x)
//! ```
//!
//! The weights `w` and `A` make the training text most probable, less a penalty on their size (L1 and
//! L2), found by stochastic gradients: what the text has minus what the model expects, the latter by
//! sums over all paths (forward and backward, Rabiner 1989), each weight with its own rate (`AdaGrad`,
//! Duchi, Hazan, Singer 2011), averaged over the last rounds as Collins (2002) does. Where the
//! annotation leaves a word open, the sum over the labels it may have takes the label's place.
//! The best labels are found by Viterbi's algorithm (1967).
//!
//! Features ([`feature`]): words, affixes and outlines around the token; the clusters of the words in
//! unlabelled news (Brown and others 1992), as path prefixes (Miller and others 2004); how often they
//! have a capital there and what names they were part of; the closed lists; the run of capitals.
//! Each article is read twice, the second time with the votes of the first ([`evidence`], after
//! Krishnan and Manning 2006).
//!
//! It is fast because only words with a capital and what joins them are candidates, the weights of all
//! features of one word are added up once and kept, and the model is a hash table read in place
//! ([`model`]). No text makes it fail, and the answer depends on the text alone.

pub mod chain;
pub mod evidence;
pub mod feature;
pub mod hash;
pub mod lexicon;
pub mod model;
pub mod word;

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

pub use chain::Kind;

use super::gazetteer::WordId;
use super::token::{Case, Gap, Token};
use chain::{Lattice, OUTSIDE, Row, WIDTH};
use evidence::Evidence;
use feature::{Cover, Line, PLACES, REACH, Run};
use model::{Model, Sums};
use word::{Brief, Word};

/// A name found: where, of which kind, and how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// Index of the field among those given.
    pub field: usize,
    /// Tokens of that field.
    pub tokens: Range<usize>,
    /// What is named.
    pub kind: Kind,
    /// Probability, 0 to 1, that exactly these tokens are a name of this kind.
    pub confidence: f32,
}

/// One field of a document: its text, its tokens, and what the closed lists say of each.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// The text the tokens were cut from.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// What [`gazetteer::word`](super::gazetteer::word) says of each token; as long as `tokens`.
    pub words: &'a [WordId],
}

/// Finds names. Built once, used from any thread.
#[derive(Debug)]
pub struct Tagger {
    model: Model,
    /// Rooms to work in, each with the words it has seen; one for each thread at work.
    desks: Mutex<Vec<Desk>>,
}

impl Tagger {
    /// The tagger over the model inside the binary. Costs next to nothing.
    pub fn embedded() -> Self {
        Self::new(
            Model::new(&include_bytes!("../../assets/tagger.model")[..])
                .unwrap_or_else(Model::empty),
        )
    }

    /// The tagger over another model.
    pub fn new(model: Model) -> Self {
        Self {
            model,
            desks: Mutex::new(Vec::new()),
        }
    }

    /// The names in the fields of one document; in order, apart.
    pub fn tag(&self, fields: &[Field<'_>]) -> Vec<Span> {
        let lock = || self.desks.lock().unwrap_or_else(PoisonError::into_inner);
        let mut desk = lock().pop().unwrap_or_default();
        let spans = desk.tag(&self.model, fields);
        lock().push(desk);
        spans
    }

    /// The labels of the first reading, field by field: what the second is trained on.
    pub fn first_reading(&self, fields: &[Field<'_>]) -> Vec<Vec<u8>> {
        let mut desk = Desk::default();
        desk.read(&self.model, fields);
        with_ranges(fields)
            .map(|(_, range)| desk.labels[range].to_vec())
            .collect()
    }
}

/// Room to work in.
#[derive(Debug, Default)]
struct Desk {
    memory: Memory,
    /// One for each token of the article, fields one after the other: the word's place in the
    /// memory, [`UNREAD`] until it is needed; a hash of it in small letters; its label.
    words: Vec<u32>,
    keys: Vec<u64>,
    labels: Vec<u8>,
    /// One for each token of the field being read.
    runs: Vec<Run>,
    covers: Vec<Cover>,
    /// One for each token around the stretch being read.
    briefs: Vec<Brief>,
    stretches: Vec<Stretch>,
    /// One for each token of all stretches.
    sums: Vec<Sums>,
    evidence: Evidence,
    rows: Vec<Row>,
    best: Vec<Row>,
    found: Vec<u8>,
    lattice: Lattice,
}

/// A word not looked up yet.
const UNREAD: u32 = u32::MAX;

/// Candidates in a row.
#[derive(Debug, Clone)]
struct Stretch {
    /// Number of the field.
    field: usize,
    /// Tokens of the field.
    tokens: Range<usize>,
    /// Where the sums of the first stand.
    sums: usize,
}

impl Desk {
    fn tag(&mut self, model: &Model, fields: &[Field<'_>]) -> Vec<Span> {
        self.read(model, fields);
        self.weigh(fields);
        self.read_again(model, fields)
    }

    /// The first reading: sums and labels of every stretch.
    fn read(&mut self, model: &Model, fields: &[Field<'_>]) {
        let count = fields.iter().map(|field| field.tokens.len()).sum();
        self.words.clear();
        self.words.resize(count, UNREAD);
        self.keys.clear();
        self.keys.resize(count, 0);
        self.labels.clear();
        self.labels.resize(count, OUTSIDE as u8);
        self.stretches.clear();
        self.sums.clear();
        let mut first = 0;
        for (number, field) in fields.iter().enumerate() {
            feature::runs(field.tokens, &mut self.runs);
            feature::covers(field.words, &mut self.covers);
            candidates(field.tokens, |range| {
                let sums = self.sums.len();
                self.sum(model, field, first, range.clone());
                self.rows.clear();
                self.rows
                    .extend(self.sums[sums..].iter().map(|sums| model.scores(sums)));
                chain::decode(
                    &self.rows,
                    &model.transitions,
                    &mut self.best,
                    &mut self.found,
                );
                self.labels[first + range.start..first + range.end].copy_from_slice(&self.found);
                self.stretches.push(Stretch {
                    field: number,
                    tokens: range,
                    sums,
                });
            });
            first += field.tokens.len();
        }
    }

    /// Adds up the weights of the features of each token of a stretch.
    fn sum(&mut self, model: &Model, field: &Field<'_>, first: usize, range: Range<usize>) {
        let around = range.start.saturating_sub(feature::HORIZON)
            ..field.tokens.len().min(range.end + feature::HORIZON);
        if self.memory.make_room(around.len()) {
            self.words.fill(UNREAD);
        }
        self.briefs.clear();
        for at in around.clone() {
            let word = &mut self.words[first + at];
            if *word == UNREAD {
                let token = &field.tokens[at];
                *word =
                    self.memory
                        .word(model, token.text(field.text), token.case, field.words[at]);
            }
            self.briefs.push(self.memory.known[*word as usize].brief);
        }
        let line = Line {
            tokens: &field.tokens[around.clone()],
            briefs: &self.briefs,
            runs: &self.runs[around.clone()],
            covers: &self.covers[around.clone()],
        };
        for at in range {
            let here = at - around.start;
            let mut sums = [0; WIDTH];
            for place in 0..PLACES {
                if let Some(other) = within(line.tokens, here, place) {
                    let word =
                        &self.memory.known[self.words[first + around.start + other] as usize];
                    for (sum, part) in sums.iter_mut().zip(&word.rows[place]) {
                        *sum += part;
                    }
                }
            }
            feature::of_place(&line, here, &mut |feature| model.add(feature, &mut sums));
            self.sums.push(sums);
            self.keys[first + at] = self.briefs[here].lower;
        }
    }

    /// Counts what the first reading says of every word.
    fn weigh(&mut self, fields: &[Field<'_>]) {
        self.evidence.clear();
        for (field, range) in with_ranges(fields) {
            self.evidence
                .count(field.tokens, &self.keys[range.clone()], &self.labels[range]);
        }
        for (field, range) in with_ranges(fields) {
            let keys = &mut self.keys[range];
            for (token, key) in field.tokens.iter().zip(&mut *keys) {
                if token.case == Case::Lower && *key == 0 {
                    *key = hash::bytes(token.text(field.text).as_bytes());
                }
            }
            self.evidence.note_small(field.tokens, keys);
        }
    }

    /// The second reading, with the evidence of the whole article.
    fn read_again(&mut self, model: &Model, fields: &[Field<'_>]) -> Vec<Span> {
        let mut spans = Vec::new();
        let ranges: Vec<Range<usize>> = with_ranges(fields).map(|(_, range)| range).collect();
        for stretch in &self.stretches {
            let field = &fields[stretch.field];
            let range = ranges[stretch.field].clone();
            let (keys, labels) = (&self.keys[range.clone()], &self.labels[range]);
            self.rows.clear();
            for (at, sums) in stretch.tokens.clone().zip(&self.sums[stretch.sums..]) {
                let mut sums = *sums;
                self.evidence
                    .of_token(field.tokens, keys, labels, at, &mut |feature| {
                        model.add(feature, &mut sums);
                    });
                self.rows.push(model.scores(&sums));
            }
            chain::decode(
                &self.rows,
                &model.transitions,
                &mut self.best,
                &mut self.found,
            );
            if self
                .found
                .iter()
                .all(|label| usize::from(*label) == OUTSIDE)
            {
                continue;
            }
            let sure = self
                .lattice
                .sweep(&self.rows, &model.factors, None)
                .is_some();
            chain::names(&self.found, |part, kind| {
                let confidence = if sure {
                    self.lattice
                        .probability(&model.factors, part.start, &self.found[part.clone()])
                } else {
                    0.0
                };
                let tokens = stretch.tokens.start + part.start..stretch.tokens.start + part.end;
                spans.push(Span {
                    field: stretch.field,
                    tokens,
                    kind,
                    confidence,
                });
            });
        }
        spans
    }
}

/// Each field, and where its tokens stand when all fields are one after the other.
fn with_ranges<'a>(fields: &'a [Field<'a>]) -> impl Iterator<Item = (&'a Field<'a>, Range<usize>)> {
    fields.iter().scan(0, |first, field| {
        let range = *first..*first + field.tokens.len();
        *first = range.end;
        Some((field, range))
    })
}

/// Words kept in mind between documents.
const KEPT: usize = 32_768;

/// A word with the summed weights it gives to the tokens around it.
#[derive(Debug, Clone)]
struct Known {
    brief: Brief,
    rows: [Sums; PLACES],
}

/// The words seen so far. News repeats its words, so most are here and cost one look.
#[derive(Debug, Default)]
struct Memory {
    known: Vec<Known>,
    numbers: HashMap<u64, u32, BuildHasherDefault<hash::Ready>>,
}

impl Memory {
    /// Forgets everything if `count` more words would be too many, and says so.
    fn make_room(&mut self, count: usize) -> bool {
        let full = self.known.len() + count > KEPT;
        if full {
            self.known.clear();
            self.numbers.clear();
        }
        full
    }

    fn word(&mut self, model: &Model, text: &str, case: Case, word: WordId) -> u32 {
        let next = self.known.len() as u32;
        let number = *self
            .numbers
            .entry(hash::bytes(text.as_bytes()))
            .or_insert(next);
        if number == next {
            let word = Word::new(text, case, word.classes(), &model.lexicon());
            let mut rows = [[0; WIDTH]; PLACES];
            for (place, row) in rows.iter_mut().enumerate() {
                feature::of_word(&word, place, &mut |feature| model.add(feature, row));
            }
            self.known.push(Known {
                brief: word.brief,
                rows,
            });
        }
        number
    }
}

/// The token seen at `place` from token `at`, if it stands in the same line.
pub fn within(tokens: &[Token], at: usize, place: usize) -> Option<usize> {
    let other = (at + place).checked_sub(REACH)?;
    let between = if other < at {
        other + 1..at + 1
    } else {
        at + 1..other + 1
    };
    let apart = tokens
        .get(between)?
        .iter()
        .any(|token| token.gap == Gap::Line);
    (!apart).then_some(other)
}

/// Tokens of the longest chain.
const LONGEST: usize = 256;

/// Stretches of tokens that may be names: words with a capital, what stands between two of them no
/// more than two tokens apart ("bin", "dan", a hyphen), and numbers right after one. All other
/// tokens are outside any name, which parts a text into short chains; none is longer than
/// [`LONGEST`].
pub fn candidates(tokens: &[Token], mut found: impl FnMut(Range<usize>)) {
    let mut start = None::<Range<usize>>;
    for (at, token) in tokens.iter().enumerate() {
        if let Some(open) = &mut start {
            let joined = token.gap != Gap::Line
                && !(token.opens_sentence && tokens[at - 1].case == Case::Mark);
            if !joined || at > open.end + 2 || at - open.start >= LONGEST {
                let done = open.clone();
                found(done);
                start = None;
            } else if token.case.is_capital()
                || (token.case == Case::Number && open.end == at && token.gap == Gap::Space)
            {
                open.end = at + 1;
            }
        }
        if start.is_none() && token.case.is_capital() {
            start = Some(at..at + 1);
        }
    }
    if let Some(open) = start {
        found(open);
    }
}

#[cfg(test)]
mod tests;
