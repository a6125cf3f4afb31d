//! From marked texts to the bytes of a model, in three stages.
//!
//! What the unlabelled text says of a word, and how a first reading labels it, must look in training
//! as it will in use, where the article at hand was in neither. So the texts are parted in two halves,
//! and each half is given what was learnt without it.
//!
//! 1. A chain without `usage` for each half, and one for all, read the unlabelled text: the `usage` of
//!    words (one table made without the half, one of all).
//! 2. A chain with `usage` for each half reads the other: the first reading of every text.
//! 3. The chain of all texts, each once as in the first reading and once with its votes.
//!
//! Halves are trained in two threads that share nothing, so that the result is the same on any machine.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, Result, anyhow};
use warta::entity::tagger::chain::{LABELS, NEVER};
use warta::entity::tagger::lexicon::{self, Lexicon};
use warta::entity::tagger::model::Model;
use warta::entity::tagger::{Tagger, hash};

use crate::corpus::{self, Document, article};
use crate::fit::{self, Chain, Fit, Plan};
use crate::statistics;

/// What is learnt from besides the marked texts.
pub struct Background {
    /// Sentences, one a line.
    pub unlabelled: String,
    /// Cluster paths in the model's form.
    pub paths: Vec<u8>,
    /// The cluster of each word.
    pub clusters: HashMap<String, u16>,
}

/// How all chains are fitted: chosen once by the held-out articles.
const PLAN: Plan = Plan {
    epochs: 10,
    rate: 0.07,
    l1: 0.1,
    l2: 0.05,
    least: 2,
    settle: 3,
};
/// Score of one step of a weight in the model.
const STEP: f32 = 0.05;
/// What a text counts in the first reading, where it differs from the second.
const FIRST_READING: f32 = 0.5;

/// The bytes of a model. The text of `hidden` is taken out of the unlabelled text.
pub fn learn(
    train: Vec<Document>,
    hidden: &[Document],
    background: &Background,
) -> Result<Vec<u8>> {
    let mut train = train;
    let headlines: Vec<Document> = train
        .iter()
        .filter(|document| document.source == "articles")
        .flat_map(article::as_headlines)
        .collect();
    train.extend(headlines);
    let pool = Pool::new(&train, hidden, background);

    let lexicons = pool.lexicons()?;
    let taggers = halves(|half| {
        let chains = pool.chains(|document| half_of(document) != half, &lexicons);
        pack(&fit::fit(chains, PLAN), &background.paths, &lexicons[half]).map(|(tagger, _)| tagger)
    })?;
    let mut chains = Vec::new();
    for document in &train {
        let half = half_of(document);
        let lexicon = Lexicon::new(&background.paths, &lexicons[half]);
        let labels = taggers[half].first_reading(&document.borrowed());
        let plain = fit::chains(document, &lexicon, FIRST_READING, None);
        for (plain, mut informed) in
            plain
                .into_iter()
                .zip(fit::chains(document, &lexicon, 1.0, Some(&labels)))
        {
            if plain.features == informed.features {
                informed.weight = 1.0;
            } else {
                chains.push(plain);
            }
            chains.push(informed);
        }
    }
    pack(&fit::fit(chains, PLAN), &background.paths, &lexicons[ALL]).map(|(_, bytes)| bytes)
}

/// Number of the table that belongs to no half.
const ALL: usize = 2;

fn half_of(document: &Document) -> usize {
    (hash::bytes(document.fields[0].as_bytes()) >> 20 & 1) as usize
}

/// Does the same for both halves at once.
fn halves<T: Send>(work: impl Fn(usize) -> Result<T> + Sync) -> Result<[T; 2]> {
    std::thread::scope(|scope| {
        let second = scope.spawn(|| work(1));
        let first = work(0)?;
        let second = second
            .join()
            .map_err(|_| anyhow!("a thread of the training broke down"))??;
        Ok([first, second])
    })
}

struct Pool<'a> {
    train: &'a [Document],
    background: &'a Background,
    /// Lines of the unlabelled text and the half whose texts they stand in, [`ALL`] for neither.
    lines: Vec<(&'a str, usize)>,
}

impl<'a> Pool<'a> {
    fn new(train: &'a [Document], hidden: &[Document], background: &'a Background) -> Self {
        let hidden = corpus::letter_runs(hidden.iter());
        let runs: [HashSet<u64>; 2] = [0, 1].map(|half| {
            corpus::letter_runs(train.iter().filter(|document| half_of(document) == half))
        });
        let lines = background
            .unlabelled
            .lines()
            .filter(|line| !corpus::begins_with_run(line, &hidden))
            .map(|line| {
                let half = runs
                    .iter()
                    .position(|runs| corpus::begins_with_run(line, runs));
                (line, half.unwrap_or(ALL))
            })
            .collect();
        Self {
            train,
            background,
            lines,
        }
    }

    /// The chains of some texts, each with the word table made without its half.
    fn chains(&self, wanted: impl Fn(&Document) -> bool, lexicons: &[Vec<u8>; 3]) -> Vec<Chain> {
        self.train
            .iter()
            .filter(|document| wanted(document))
            .flat_map(|document| {
                let lexicon = Lexicon::new(&self.background.paths, &lexicons[half_of(document)]);
                fit::chains(document, &lexicon, 1.0, None)
            })
            .collect()
    }

    /// The word tables: made without the first half, without the second, of all.
    fn lexicons(&self) -> Result<[Vec<u8>; 3]> {
        let [first, second] = halves(|half| self.lexicon(half))?;
        Ok([first, second, self.lexicon(ALL)?])
    }

    /// The word table made without a half: of its lines, and of a chain that has not seen its texts.
    fn lexicon(&self, half: usize) -> Result<Vec<u8>> {
        let lines = || {
            self.lines
                .iter()
                .filter(|(_, owner)| half == ALL || *owner != half)
                .map(|(line, _)| *line)
        };
        let capitals = statistics::capitals(lines());
        let common = statistics::common(lines());
        let clusters: HashMap<String, u16> = self
            .background
            .clusters
            .iter()
            .filter(|(word, _)| common.contains(word.as_str()))
            .map(|(word, cluster)| (word.clone(), *cluster))
            .collect();
        let plain = lexicon::build(&statistics::seen(&capitals, &clusters, &HashMap::new()));
        let table = Lexicon::new(&self.background.paths, &plain);
        let chains = self
            .train
            .iter()
            .filter(|document| half == ALL || half_of(document) != half)
            .flat_map(|document| fit::chains(document, &table, 1.0, None))
            .collect();
        let (tagger, _) = pack(&fit::fit(chains, PLAN), &self.background.paths, &plain)?;
        let usage = statistics::usage(lines(), &tagger);
        Ok(lexicon::build(&statistics::seen(
            &capitals, &clusters, &usage,
        )))
    }
}

/// Rounds the weights to steps and lays the model out; features that weigh nothing are left out.
fn pack(fit: &Fit, paths: &[u8], entries: &[u8]) -> Result<(Tagger, Vec<u8>)> {
    let mut features: Vec<(u64, [i8; LABELS])> = Vec::new();
    for (feature, row) in fit.features.iter().zip(&fit.weights) {
        let mut steps = [0_i8; LABELS];
        for (step, weight) in steps.iter_mut().zip(row) {
            *step = (weight / STEP).round().clamp(-127.0, 127.0) as i8;
        }
        if steps.iter().any(|step| *step != 0) {
            features.push((*feature, steps));
        }
    }
    let mut transitions = fit.transitions;
    for score in transitions.iter_mut().flatten() {
        // The average of "never" is a little more than never.
        if *score < NEVER / 2.0 {
            *score = NEVER;
        }
    }
    let bytes = Model::build(paths, entries, STEP, &transitions, &features);
    let model = Model::new(bytes.clone()).context("the model just built cannot be read")?;
    Ok((Tagger::new(model), bytes))
}
