//! What the closed lists cost a token: looking its word up, and finding countries.
//!
//! `cargo bench --bench lists`; the figure to read is items per second, an item being a token.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use warta::entity::country::{self, Part};
use warta::entity::gazetteer::{self, WordId};
use warta::entity::token::tokenize;

fn main() {
    divan::main();
}

/// One of the bundled samples: names of people, countries and bodies as dense as in life.
const TEXT: &str = include_str!("../assets/samples/01-norwegia-korea-kapal-arktik.txt");

#[divan::bench]
fn look_up(bencher: Bencher<'_, '_>) {
    let tokens = tokenize(TEXT);
    bencher
        .counter(ItemsCount::new(tokens.len()))
        .bench_local(|| {
            for token in &tokens {
                black_box(gazetteer::word(black_box(token.text(TEXT))));
            }
        });
}

#[divan::bench]
fn find_countries(bencher: Bencher<'_, '_>) {
    let tokens = tokenize(TEXT);
    let words: Vec<WordId> = tokens
        .iter()
        .map(|token| gazetteer::word(token.text(TEXT)))
        .collect();
    bencher
        .counter(ItemsCount::new(tokens.len()))
        .bench_local(|| {
            country::find(black_box(&[Part {
                text: TEXT,
                tokens: &tokens,
                words: &words,
                blocked: &[],
            }]))
        });
}
