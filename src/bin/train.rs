//! Trains the tagger's model.

#[path = "train/corpus.rs"]
mod corpus;
#[path = "train/fit.rs"]
mod fit;
#[path = "train/score.rs"]
mod score;
#[path = "train/statistics.rs"]
mod statistics;

use std::collections::HashMap;
use std::path::PathBuf;

use anyhow::{Context, Result};
use corpus::Document;
use warta::entity::tagger::Tagger;
use warta::entity::tagger::chain::{LABELS, NEVER};
use warta::entity::tagger::hash;
use warta::entity::tagger::lexicon::{self, Lexicon};
use warta::entity::tagger::model::Model;

fn main() -> Result<()> {
    let directory = PathBuf::from(
        std::env::args()
            .nth(1)
            .context("usage: train PATH/TO/eval")?,
    );
    let setting = |name: &str, default: f32| {
        std::env::var(name)
            .ok()
            .and_then(|value| value.parse().ok())
            .unwrap_or(default)
    };
    let unlabelled = statistics::read_unlabelled(&directory)?;
    let capitals = statistics::capitals(&unlabelled);
    let (paths, clusters) = statistics::read_clusters(&directory.join("corpora/brown320.paths"))?;
    let words = statistics::seen(&capitals, &clusters, &HashMap::new());
    let entries = lexicon::build(&words);
    eprintln!("{} words, {} bytes", words.len(), entries.len());

    let mut dev = Vec::new();
    for name in ["idner2k", "nerui", "nergrit"] {
        dev.push(corpus::read_tagged(&directory, name, "dev")?);
    }
    let articles = corpus::read_articles(&directory)?;
    let (held, kept): (Vec<Document>, Vec<Document>) = articles
        .into_iter()
        .partition(|article| hash::mix(article.story as u64) % 100 < 16);
    eprintln!(
        "{} articles held out, {} to train on",
        held.len(),
        kept.len()
    );
    let mut train = kept;
    for name in ["idner2k", "nerui", "nergrit"] {
        let mut documents = corpus::read_tagged(&directory, name, "train")?;
        if name == "idner2k" {
            corpus::doubt_countries(&mut documents);
        }
        train.extend(documents);
    }
    train.extend(corpus::read_nerp(&directory, "train", &capitals)?);
    train.extend(corpus::read_nerp(&directory, "dev", &capitals)?);
    let train = corpus::without_copies(train, &dev.concat());
    for name in ["articles", "idner2k", "nerui", "nergrit", "nerp"] {
        eprintln!(
            "{name}: {}",
            train
                .iter()
                .filter(|document| document.source == name)
                .count()
        );
    }
    let lexicon = Lexicon::new(&paths, &entries);
    let chains = train
        .iter()
        .flat_map(|document| fit::chains(document, &lexicon, 1.0))
        .collect();
    let plan = fit::Plan {
        epochs: setting("EPOCHS", 10.0) as usize,
        rate: setting("RATE", 0.1),
        l1: setting("L1", 0.1),
        l2: setting("L2", 0.05),
        least: setting("LEAST", 2.0) as u32,
    };
    let fit = fit::fit(chains, plan);
    let step = setting("STEP", 0.05);
    let mut features: Vec<(u64, [i8; LABELS])> = Vec::new();
    for (feature, row) in fit.features.iter().zip(&fit.weights) {
        let mut steps = [0_i8; LABELS];
        for (step_count, weight) in steps.iter_mut().zip(row) {
            *step_count = (weight / step).round().clamp(-127.0, 127.0) as i8;
        }
        if steps.iter().any(|step| *step != 0) {
            features.push((*feature, steps));
        }
    }
    let mut transitions = fit.transitions;
    transitions
        .iter_mut()
        .flatten()
        .filter(|score| **score < NEVER / 2.0)
        .for_each(|score| *score = NEVER);
    let bytes = Model::build(&paths, &entries, step, &transitions, &features);
    eprintln!("{} features, {} bytes", features.len(), bytes.len());
    std::fs::write("assets/tagger.model", &bytes)?;
    let tagger = Tagger::new(Model::new(bytes).context("the model just built cannot be read")?);
    for (name, documents) in ["idner2k", "nerui", "nergrit"].iter().zip(&dev) {
        let [person, place, organisation] = score::corpus(&tagger, documents);
        println!("{name}: PER {person}  LOC {place}  ORG {organisation}");
    }
    let verbose = std::env::var("SHOW").is_ok();
    let ([person, place, organisation], forms) =
        score::articles(&tagger, &held, |document, wrong, missed| {
            if verbose && !(wrong.is_empty() && missed.is_empty()) {
                println!(
                    "{}\n   wrong: {wrong}\n   missed: {missed}",
                    document.fields[0]
                );
            }
        });
    println!(
        "held articles: PER {person}  LOC {place}  ORG {organisation}\n  forms of people {forms}"
    );
    Ok(())
}
