//! Makes `assets/tagger.model` and `assets/tagger.md` from the annotated texts.
//!
//! ```text
//! cargo run --release --features train --bin train -- DIRECTORY [--quick]
//! ```
//!
//! DIRECTORY holds `train.articles.jsonl`, `train.gold.jsonl` and `corpora/`. Run from the project's
//! root. The same texts give the same bytes. `--quick` leaves out the measures that need models of
//! their own: the articles held out, and each corpus left out.

mod corpus;
mod fit;
mod learn;
mod score;
mod statistics;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use corpus::{Document, article, tagged};
use learn::Background;
use warta::entity::tagger::model::Model;
use warta::entity::tagger::{Tagger, hash};

/// The corpora with a part to measure on.
const SETS: [&str; 3] = ["idner2k", "nerui", "nergrit"];

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let directory = arguments
        .next()
        .map(PathBuf::from)
        .context("usage: train DIRECTORY [--quick]")?;
    let quick = match arguments.next().as_deref() {
        None => false,
        Some("--quick") => true,
        Some(other) => anyhow::bail!("{other} is no option; there is --quick only"),
    };
    let texts = Texts::read(&directory)?;
    let mut figures = String::new();
    if !quick {
        texts.hold_out(&mut figures)?;
        for set in SETS {
            texts.leave_out(set, &mut figures)?;
        }
    }
    let bytes = learn::learn(
        texts.train(|_| true),
        &texts.dev.concat(),
        &texts.background,
    )?;
    let tagger = tagger(&bytes)?;
    for (set, documents) in SETS.iter().zip(&texts.dev) {
        let [person, place, organisation] = score::corpus(&tagger, documents);
        writeln!(
            figures,
            "| dev part of {set} | {person} | {:.4} | {:.4} |",
            place.f1(),
            organisation.f1()
        )?;
    }
    println!("{figures}");
    std::fs::write("assets/tagger.model", &bytes).context("assets/tagger.model")?;
    std::fs::write("assets/tagger.md", article_about(&bytes, &texts, &figures))
        .context("assets/tagger.md")?;
    Ok(())
}

fn tagger(bytes: &[u8]) -> Result<Tagger> {
    Ok(Tagger::new(
        Model::new(bytes.to_vec()).context("the model just built cannot be read")?,
    ))
}

/// Everything read.
struct Texts {
    articles: Vec<Document>,
    corpora: Vec<Document>,
    dev: Vec<Vec<Document>>,
    background: Background,
}

impl Texts {
    fn read(directory: &Path) -> Result<Self> {
        let unlabelled = statistics::read_unlabelled(directory)?;
        let (paths, clusters) =
            statistics::read_clusters(&directory.join("corpora/brown320.paths"))?;
        let capitals = statistics::capitals(unlabelled.lines());
        let mut corpora = Vec::new();
        let mut dev = Vec::new();
        for set in SETS {
            let mut documents = tagged::read(directory, set, "train")?;
            if set == "idner2k" {
                tagged::doubt_countries(&mut documents);
            }
            corpora.extend(documents);
            dev.push(tagged::read(directory, set, "dev")?);
        }
        for part in ["train", "dev"] {
            corpora.extend(tagged::read_nerp(directory, part, &capitals)?);
        }
        Ok(Self {
            articles: article::read(directory)?,
            corpora,
            dev,
            background: Background {
                unlabelled,
                paths,
                clusters,
            },
        })
    }

    /// The texts to train on, without copies of each other and of the parts to measure on.
    fn train(&self, wanted: impl Fn(&Document) -> bool) -> Vec<Document> {
        let all = self
            .articles
            .iter()
            .chain(&self.corpora)
            .filter(|document| wanted(document));
        corpus::without_copies(all.cloned().collect(), &self.dev.concat())
    }

    /// Trains without one article in six, by whole stories, and measures on them.
    fn hold_out(&self, figures: &mut String) -> Result<()> {
        let is_held = |document: &Document| {
            document.source == "articles" && hash::mix(document.story as u64) % 100 < 16
        };
        let held: Vec<Document> = self
            .articles
            .iter()
            .filter(|article| is_held(article))
            .cloned()
            .collect();
        let mut hidden = held.clone();
        hidden.extend(self.dev.concat());
        let bytes = learn::learn(
            self.train(|document| !is_held(document)),
            &hidden,
            &self.background,
        )?;
        let ([person, place, organisation], forms) = score::articles(&tagger(&bytes)?, &held);
        writeln!(
            figures,
            "| {} articles held out, mentions | {person} | {:.4} | {:.4} |",
            held.len(),
            place.f1(),
            organisation.f1()
        )?;
        writeln!(
            figures,
            "| the same, distinct forms in each article | {forms} | | |"
        )?;
        Ok(())
    }

    /// Trains without one corpus and measures on it: how the tagger does on another newsroom.
    fn leave_out(&self, set: &str, figures: &mut String) -> Result<()> {
        let bytes = learn::learn(
            self.train(|document| document.source != set),
            &self.dev.concat(),
            &self.background,
        )?;
        for (_, documents) in SETS.iter().zip(&self.dev).filter(|(name, _)| **name == set) {
            let [person, place, organisation] = score::corpus(&tagger(&bytes)?, documents);
            writeln!(
                figures,
                "| dev part of {set}, {set} left out | {person} | {:.4} | {:.4} |",
                place.f1(),
                organisation.f1()
            )?;
        }
        Ok(())
    }
}

/// The text beside the model.
fn article_about(bytes: &[u8], texts: &Texts, figures: &str) -> String {
    let count = |name: &str| texts.train(|document| document.source == name).len();
    format!(
        "# assets/tagger.model: how it was made\n\n\
        By `cargo run --release --features train --bin train -- DIRECTORY`, which writes this file too; \
        the same texts give the same bytes. Made on {}, {} bytes. What the model is and how it is laid out stands in \
        `src/entity/tagger.rs` and `src/entity/tagger/model.rs`; how it is trained in `src/bin/train/learn.rs`. \
        It holds weights under hashes of features, and a table of hashes of words; no text.\n\n\
        ## From what\n\n\
        | texts | trained on | licence |\n|---|---|---|\n\
        | news articles of 2025 and 2026, annotated for warta | {} articles | the annotation is ours; the texts are not shipped |\n\
        | idner-news-2k, khairunnisaor | {} sentences | MIT |\n\
        | NERGrit, in IndoNLP/indonlu | {} sentences | see the notice below |\n\
        | NERP, in IndoNLP/indonlu, capitals given back | {} sentences | see the notice below |\n\
        | NER-UI, in indolem/indolem (Gultom and Wibowo 2017; Koto and others 2020) | {} sentences | listed CC BY 4.0, see the notice below |\n\
        | news without annotation | 2.6 million words, counted: capitals, 320 Brown clusters, what names words were part of | statistics only |\n\n\
        Sentences that are copies of each other or of the parts measured on are left out.\n\n\
        ## Features\n\n\
        A token sees the words from two before it to two behind it: the word in small letters, its outline of capitals, digits and marks, how it is written, its cluster and the beginnings of the cluster's path (4 to 12 bits), how often the unlabelled news writes it with a capital and uses it in names, its classes in the closed lists; of itself and its neighbours the endings, of itself the beginnings too. Of the place it sees pairs of neighbouring words and classes, the nearest cue within a run of capital words, what stands on both sides of the run, the phrase of the closed lists it stands in, and whether it opens a sentence. All of it is in `src/entity/tagger/feature.rs`.\n\n\
        ## Figures\n\n\
        Exact spans, the tagger alone, before names are merged and corrected.\n\n\
        | measured on | people | places, F1 | organisations, F1 |\n|---|---|---|---|\n{figures}\n\
        ## Notice\n\n\
        The model holds weights learnt from these texts and no sentence of them. What follows is what their \
        distributors state; where they differ, all of it stands here.\n\n\
        NERGrit and NERP, from https://github.com/IndoNLP/indonlu (Wilie and others 2020). The repository's LICENSE \
        as of 2020 is the MIT License, Copyright (c) 2020 The Hong Kong University of Science and Technology, Institut \
        Teknologi Bandung, Universitas Indonesia, Universitas Multimedia Nusantara, Gojek, Prosa.ai; the copy we were \
        given names the Apache License 2.0 (https://www.apache.org/licenses/LICENSE-2.0). The SEACrowd catalogue \
        lists NERGrit, by the NERGrit developers (https://github.com/grit-id/nergrit-corpus), as MIT and NERP \
        as CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/). Changed here: sentences set as running text, \
        capitals given back to NERP, parts left out.\n\n\
        NER-UI, from https://github.com/indolem/indolem (Gultom and Wibowo 2017; Koto and others 2020). The repository \
        states no licence for its data; the copy we were given lists CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). \
        Changed here: sentences set as running text.\n\n\
        idner-news-2k, from https://github.com/khairunnisaor/idner-news-2k (Khairunnisa, Imankulova and Komachi 2020, \
        after Syaifudin and Nurwidyantoro 2016): MIT License, Copyright (c) 2020 khairunnisaor. Changed here: sentences set \
        as running text.\n",
        jiff::Timestamp::now().strftime("%F"),
        bytes.len(),
        count("articles"),
        count("idner2k"),
        count("nergrit"),
        count("nerp"),
        count("nerui"),
    )
}
