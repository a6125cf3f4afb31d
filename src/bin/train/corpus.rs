//! The annotated texts, brought to one form: documents with marked spans.

pub mod article;
pub mod tagged;

use std::collections::HashSet;
use std::ops::Range;

use warta::entity::gazetteer::{self, WordId};
use warta::entity::tagger::hash;
use warta::entity::tagger::{Field, Kind};
use warta::entity::token::{self, Token};

/// A marked stretch of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub field: usize,
    pub bytes: Range<usize>,
    pub reading: Reading,
}

/// What the annotation says of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// A name of this kind.
    Name(Kind),
    /// Either no name or one of the kinds whose bit is set; what the bounds are is open.
    Doubtful(u8),
}

/// The bits of a [`Reading::Doubtful`].
pub fn bit(kind: Kind) -> u8 {
    1 << kind as u8
}

/// One text with its marks, in order and apart.
#[derive(Debug, Clone)]
pub struct Document {
    pub source: &'static str,
    pub fields: Vec<String>,
    pub tokens: Vec<Vec<Token>>,
    pub words: Vec<Vec<WordId>>,
    pub marks: Vec<Mark>,
    /// For corpora: the bytes of the corpus's own tokens.
    pub units: Vec<Range<usize>>,
    /// Documents of the same number tell the same story.
    pub story: usize,
}

impl Document {
    fn new(source: &'static str, fields: Vec<String>) -> Self {
        let tokens: Vec<Vec<Token>> = fields.iter().map(|text| token::tokenize(text)).collect();
        let words = tokens
            .iter()
            .zip(&fields)
            .map(|(tokens, text)| {
                tokens
                    .iter()
                    .map(|token| gazetteer::word(token.text(text)))
                    .collect()
            })
            .collect();
        Self {
            source,
            fields,
            tokens,
            words,
            marks: Vec::new(),
            units: Vec::new(),
            story: 0,
        }
    }

    /// Fields with their tokens, as the tagger takes them.
    pub fn borrowed(&self) -> Vec<Field<'_>> {
        (0..self.fields.len())
            .map(|at| Field {
                text: &self.fields[at],
                tokens: &self.tokens[at],
                words: &self.words[at],
            })
            .collect()
    }

    /// The tokens of a field that overlap some bytes of it.
    pub fn tokens_in(&self, field: usize, bytes: &Range<usize>) -> Range<usize> {
        let tokens = &self.tokens[field];
        let start = tokens.partition_point(|token| token.end as usize <= bytes.start);
        let end = tokens.partition_point(|token| (token.start as usize) < bytes.end);
        start..end.max(start)
    }
}

/// Letters and digits of a text, in small letters: the same text set differently is the same.
fn skeleton(document: &Document) -> Vec<char> {
    document
        .fields
        .iter()
        .flat_map(|text| {
            text.to_lowercase()
                .chars()
                .filter(|letter| letter.is_alphanumeric())
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The runs of forty letters in some documents.
pub fn letter_runs<'a>(documents: impl Iterator<Item = &'a Document>) -> HashSet<u64> {
    documents
        .flat_map(|document| {
            skeleton(document)
                .windows(40)
                .map(run_hash)
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Does a line begin with one of the runs of [`letter_runs`]?
pub fn begins_with_run(line: &str, runs: &HashSet<u64>) -> bool {
    let letters: Vec<char> = line
        .to_lowercase()
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .take(40)
        .collect();
    letters.len() == 40 && runs.contains(&run_hash(&letters))
}

fn run_hash(run: &[char]) -> u64 {
    run.iter().fold(0, |state, letter| {
        hash::pair(state, u64::from(u32::from(*letter)))
    })
}

/// Drops documents that share a run of forty letters with any of `kept_back`, or are another's double.
pub fn without_copies(documents: Vec<Document>, kept_back: &[Document]) -> Vec<Document> {
    let mut runs = HashSet::new();
    let mut seen = HashSet::new();
    for document in kept_back {
        let skeleton = skeleton(document);
        runs.extend(skeleton.windows(40).map(run_hash));
        seen.insert(run_hash(&skeleton));
    }
    documents
        .into_iter()
        .filter(|document| {
            let skeleton = skeleton(document);
            (document.tokens[0].len() < 5 || seen.insert(run_hash(&skeleton)))
                && !skeleton
                    .windows(40)
                    .any(|run| runs.contains(&run_hash(run)))
        })
        .collect()
}
