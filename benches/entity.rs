//! What it costs to find the names: tokens, tagger, the whole engine, on the bundled samples.
//!
//! `cargo bench --bench entity`; "item" is a token, so that items a second are tokens a second.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use warta::entity::gazetteer::{self, WordId};
use warta::entity::tagger::{Field, Tagger};
use warta::entity::token::{Token, tokenize};
use warta::entity::{Document, Recognizer};

const TEXTS: [&str; 6] = [
    include_str!("../assets/samples/01-norwegia-korea-kapal-arktik.txt"),
    include_str!("../assets/samples/02-banjir-bandang-kaluku-raya.txt"),
    include_str!("../assets/samples/05-obligasi-biru-koperasi-nelayan.txt"),
    include_str!("../assets/samples/06-model-suara-bahasa-daerah.txt"),
    include_str!("../assets/samples/08-tersangka-pupuk-tirta-buana.txt"),
    include_str!("../assets/samples/11-timnas-u19-daftar-pemain.txt"),
];

fn main() {
    divan::main();
}

fn count() -> ItemsCount {
    ItemsCount::new(TEXTS.iter().map(|text| tokenize(text).len()).sum::<usize>())
}

#[divan::bench]
fn tokens(bencher: Bencher) {
    bencher
        .counter(count())
        .bench(|| TEXTS.map(|text| tokenize(black_box(text)).len()));
}

#[divan::bench]
fn tagger(bencher: Bencher) {
    let tagger = Tagger::embedded();
    let tokens: Vec<Vec<Token>> = TEXTS.iter().map(|text| tokenize(text)).collect();
    let words: Vec<Vec<WordId>> = TEXTS
        .iter()
        .zip(&tokens)
        .map(|(text, tokens)| {
            tokens
                .iter()
                .map(|token| gazetteer::word(token.text(text)))
                .collect()
        })
        .collect();
    bencher.counter(count()).bench(|| {
        for (text, (tokens, words)) in TEXTS.iter().zip(tokens.iter().zip(&words)) {
            let field = Field {
                text,
                tokens,
                words,
            };
            black_box(tagger.tag(&[field]));
        }
    });
}

#[divan::bench]
fn engine(bencher: Bencher) {
    let recognizer = Recognizer::embedded();
    bencher.counter(count()).bench(|| {
        TEXTS.map(|text| {
            let document = Document {
                text: black_box(text),
                ..Document::default()
            };
            recognizer.recognize(&document)
        })
    });
}

/// A recognizer that has seen nothing, as in a process that reads one article.
#[divan::bench]
fn first_article(bencher: Bencher) {
    let document = Document {
        text: TEXTS[0],
        ..Document::default()
    };
    bencher.bench(|| Recognizer::embedded().recognize(black_box(&document)));
}
