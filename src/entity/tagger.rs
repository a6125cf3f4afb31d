//! The statistical tagger: which words are names of people, places and organisations.

pub mod chain;
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
use chain::{Row, WIDTH};
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
}

/// Room to work in.
#[derive(Debug, Default)]
struct Desk {
    memory: Memory,
    /// For each token around a stretch of candidates, where the memory has its word.
    words: Vec<u32>,
    briefs: Vec<Brief>,
    runs: Vec<Run>,
    covers: Vec<Cover>,
    emissions: Vec<Row>,
    best: Vec<Row>,
    labels: Vec<u8>,
}

impl Desk {
    fn tag(&mut self, model: &Model, fields: &[Field<'_>]) -> Vec<Span> {
        let mut spans = Vec::new();
        for (number, field) in fields.iter().enumerate() {
            feature::runs(field.tokens, &mut self.runs);
            feature::covers(field.words, &mut self.covers);
            candidates(field.tokens, |range| {
                self.stretch(model, number, field, range, &mut spans);
            });
        }
        spans
    }

    fn stretch(
        &mut self,
        model: &Model,
        number: usize,
        field: &Field<'_>,
        range: Range<usize>,
        spans: &mut Vec<Span>,
    ) {
        let tokens = field.tokens;
        let around = range.start.saturating_sub(feature::HORIZON)
            ..tokens.len().min(range.end + feature::HORIZON);
        self.memory.make_room(around.len());
        self.words.clear();
        self.briefs.clear();
        for (token, word) in tokens[around.clone()]
            .iter()
            .zip(&field.words[around.clone()])
        {
            let word = self
                .memory
                .word(model, token.text(field.text), token.case, *word);
            self.words.push(word);
            self.briefs.push(self.memory.known[word as usize].brief);
        }
        let line = Line {
            tokens: &tokens[around.clone()],
            briefs: &self.briefs,
            runs: &self.runs[around.clone()],
            covers: &self.covers[around.clone()],
        };
        self.emissions.clear();
        for at in range.start - around.start..range.end - around.start {
            let mut sums = [0; WIDTH];
            for place in 0..PLACES {
                if let Some(other) = within(line.tokens, at, place) {
                    let word = &self.memory.known[self.words[other] as usize];
                    for (sum, part) in sums.iter_mut().zip(&word.rows[place]) {
                        *sum += part;
                    }
                }
            }
            feature::of_place(&line, at, &mut |feature| model.add(feature, &mut sums));
            self.emissions
                .push(sums.map(|sum| f32::from(sum) * model.step));
        }
        chain::decode(
            &self.emissions,
            &model.transitions,
            &mut self.best,
            &mut self.labels,
        );
        chain::names(&self.labels, |part, kind| {
            let tokens = range.start + part.start..range.start + part.end;
            spans.push(Span {
                field: number,
                tokens,
                kind,
                confidence: 1.0,
            });
        });
    }
}

/// Words kept in mind between documents.
const KEPT: usize = 16_384;

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
    /// Forgets everything if `count` more words would be too many.
    fn make_room(&mut self, count: usize) {
        if self.known.len() + count > KEPT {
            self.known.clear();
            self.numbers.clear();
        }
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
