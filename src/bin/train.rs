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
    let mut unlabelled = statistics::read_unlabelled(&directory)?;
    let (paths, clusters) = statistics::read_clusters(&directory.join("corpora/brown320.paths"))?;

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
    if std::env::var("FINAL").is_ok() {
        train.extend(held.iter().cloned());
    }
    for (name, dev) in ["idner2k", "nerui", "nergrit"].into_iter().zip(&mut dev) {
        let mut documents = corpus::read_tagged(&directory, name, "train")?;
        if std::env::var("MORE").is_ok() {
            let (held, kept): (Vec<Document>, Vec<Document>) = documents
                .into_iter()
                .partition(|document| hash::bytes(document.fields[0].as_bytes()) % 100 < 20);
            dev.extend(held);
            documents = kept;
        }
        if name == "idner2k" {
            corpus::doubt_countries(&mut documents);
        }
        train.extend(documents);
    }
    {
        let runs = corpus::letter_runs(
            held.iter()
                .filter(|_| std::env::var("FINAL").is_err())
                .chain(dev.iter().flatten()),
        );
        unlabelled = unlabelled
            .lines()
            .filter(|line| !corpus::begins_with_run(line, &runs))
            .fold(String::new(), |mut text, line| {
                text.push_str(line);
                text.push('\n');
                text
            });
    }
    let capitals = statistics::capitals(unlabelled.lines());
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
    let plan = fit::Plan {
        epochs: setting("EPOCHS", 10.0) as usize,
        rate: setting("RATE", 0.07),
        l1: setting("L1", 0.1),
        l2: setting("L2", 0.05),
        settle: setting("SETTLE", 3.0) as usize,
        least: setting("LEAST", 2.0) as u32,
    };
    let step = setting("STEP", 0.05);
    let half = |document: &Document| hash::bytes(document.fields[0].as_bytes()) >> 20 & 1;
    let owners: Vec<u8> = {
        let halves = [0, 1].map(|wanted| {
            corpus::letter_runs(train.iter().filter(|document| half(document) == wanted))
        });
        unlabelled
            .lines()
            .map(|line| {
                halves
                    .iter()
                    .position(|runs| corpus::begins_with_run(line, runs))
                    .map_or(2, |half| half as u8)
            })
            .collect()
    };
    let with_usage = std::env::var("USAGE").is_ok();
    let lexicons: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let threads: Vec<_> = [Some(0), Some(1), None]
            .into_iter()
            .map(|part| {
                let (train, paths, unlabelled, owners, clusters) =
                    (&train, &paths, &unlabelled, &owners, &clusters);
                scope.spawn(move || {
                    let lines = || {
                        unlabelled
                            .lines()
                            .zip(owners)
                            .filter(|(_, owner)| Some(u64::from(**owner)) != part)
                            .map(|(line, _)| line)
                    };
                    let capitals = statistics::capitals(lines());
                    let common = statistics::common(lines());
                    let clusters = clusters
                        .iter()
                        .filter(|(word, _)| common.contains(word.as_str()))
                        .map(|(word, cluster)| (word.clone(), *cluster))
                        .collect();
                    let entries =
                        lexicon::build(&statistics::seen(&capitals, &clusters, &HashMap::new()));
                    if !with_usage {
                        return entries;
                    }
                    let lexicon = Lexicon::new(paths, &entries);
                    let chains = train
                        .iter()
                        .filter(|document| Some(half(document)) != part)
                        .flat_map(|document| fit::chains(document, &lexicon, 1.0, None))
                        .collect();
                    let tagger = pack(&fit::fit(chains, plan), paths, &entries, step)
                        .unwrap()
                        .0;
                    let usage = statistics::usage(lines(), &tagger);
                    lexicon::build(&statistics::seen(&capitals, &clusters, &usage))
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    let lexicon_of = |document: &Document| Lexicon::new(&paths, &lexicons[half(document) as usize]);
    let chains: Vec<fit::Chain> = if std::env::var("EVIDENCE").is_ok() {
        let taggers: Vec<Tagger> = std::thread::scope(|scope| {
            let threads: Vec<_> = [0, 1]
                .into_iter()
                .map(|part| {
                    let (train, paths, lexicons, lexicon_of) =
                        (&train, &paths, &lexicons, &lexicon_of);
                    scope.spawn(move || {
                        let chains = train
                            .iter()
                            .filter(|document| half(document) != part)
                            .flat_map(|document| {
                                fit::chains(document, &lexicon_of(document), 1.0, None)
                            })
                            .collect();
                        pack(
                            &fit::fit(chains, plan),
                            paths,
                            &lexicons[part as usize],
                            step,
                        )
                        .unwrap()
                        .0
                    })
                })
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        });
        let (first, second) = (setting("W0", 0.5), setting("W1", 1.0));
        train
            .iter()
            .flat_map(|document| {
                let labels = taggers[half(document) as usize].first_reading(&document.borrowed());
                let lexicon = lexicon_of(document);
                let plain = fit::chains(document, &lexicon, first, None);
                let mut informed = fit::chains(document, &lexicon, second, Some(&labels));
                let mut all = Vec::new();
                for (plain, informed) in plain.into_iter().zip(&mut informed) {
                    if plain.features == informed.features {
                        informed.weight = 1.0;
                    } else {
                        all.push(plain);
                    }
                }
                all.extend(informed);
                all
            })
            .collect()
    } else {
        train
            .iter()
            .flat_map(|document| fit::chains(document, &lexicon_of(document), 1.0, None))
            .collect()
    };
    let fit = fit::fit(chains, plan);
    let (tagger, bytes) = pack(&fit, &paths, &lexicons[2], step)?;
    std::fs::write("assets/tagger.model", &bytes)?;
    for (name, documents) in ["idner2k", "nerui", "nergrit"].iter().zip(&dev) {
        let [person, place, organisation] =
            score::corpus(&tagger, documents, std::env::var("SHOW").is_ok());
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

fn pack(fit: &fit::Fit, paths: &[u8], entries: &[u8], step: f32) -> Result<(Tagger, Vec<u8>)> {
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
    let bytes = Model::build(paths, entries, step, &transitions, &features);
    eprintln!(
        "{} features, {} + {} bytes",
        features.len(),
        entries.len(),
        bytes.len()
    );
    let tagger =
        Tagger::new(Model::new(bytes.clone()).context("the model just built cannot be read")?);
    Ok((tagger, bytes))
}
