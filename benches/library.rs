//! What the library costs, over 10,000 and 100,000 invented articles of about 3 KB in 50 feeds.
//!
//! `cargo bench --bench library`. The library of each size is built once a run; building it is
//! itself a measure (`store`, printed first).
#![allow(clippy::unwrap_used, clippy::cast_sign_loss, missing_docs)]

#[path = "../tests/library/invented.rs"]
#[allow(dead_code, clippy::cast_sign_loss)]
mod invented;

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use divan::{Bencher, black_box};
use invented::Known;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use tempfile::TempDir;
use warta::entity::{Country, CountryCode, Field, Mention};
use warta::library::query::Typing;
use warta::library::relations::Order;
use warta::library::{ArticleId, Library, NewFeed, Query, Who};

const SIZES: [u64; 2] = [10_000, 100_000];

const INDONESIA: CountryCode = CountryCode(*b"ID");

fn main() {
    divan::main();
}

fn now() -> Timestamp {
    "2025-10-27T12:00:00Z".parse().unwrap()
}

fn here() -> ZonedDateTime {
    now().to_zoned_datetime(TimeZone::UTC)
}

/// The folder of a full library.
fn folder(articles: u64) -> &'static TempDir {
    static FULL: [OnceLock<TempDir>; 2] = [OnceLock::new(), OnceLock::new()];
    FULL[usize::from(articles != SIZES[0])].get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let mut library = Library::open(folder.path(), now()).unwrap();
        let mut cost = Duration::ZERO;
        // The oldest first, as they come in over time.
        for feed in 0..50 {
            let id = library
                .add_feed(
                    &NewFeed {
                        address: format!("https://contoh.example/{feed}.xml"),
                        title: format!("Harian {feed}"),
                        site: None,
                        subject: None,
                    },
                    now(),
                )
                .unwrap();
            let each = articles / 50;
            for part in 0..each / 200 {
                let newest = articles - feed * each - part * 200;
                let mut drafts = invented::drafts(newest - 200..newest, now());
                drafts.iter_mut().for_each(name_indonesia);
                let start = Instant::now();
                invented::store(&mut library, id, &drafts, now());
                cost += start.elapsed();
            }
        }
        let bytes = std::fs::metadata(library.path()).unwrap().len();
        eprintln!(
            "store {articles}: {cost:?} in all, {} MB",
            bytes / 1_000_000
        );
        folder
    })
}

/// Names Indonesia in nearly every article, as a newspaper of Indonesia does.
fn name_indonesia(known: &mut Known) {
    let named = &mut known.entities.countries;
    if known.draft.identity.key % 16 != 0 && named.iter().all(|country| country.code != INDONESIA) {
        named.push(Country {
            code: INDONESIA,
            name: "Indonesia",
            mentions: vec![Mention {
                field: Field::Text,
                start: 0,
                end: 2,
            }],
            seats: Vec::new(),
        });
    }
}

fn library(articles: u64) -> Library {
    Library::open(folder(articles).path(), now()).unwrap()
}

#[divan::bench(args = SIZES)]
fn open_and_first_screen(bencher: Bencher, articles: u64) {
    folder(articles);
    bencher.bench_local(|| {
        let library = library(articles);
        library.rows(&Query::default(), 0..50, &here()).unwrap()
    });
}

#[divan::bench(args = SIZES)]
fn open(bencher: Bencher, articles: u64) {
    folder(articles);
    bencher.bench_local(|| library(articles));
}

#[divan::bench(args = SIZES)]
fn count_all(bencher: Bencher, articles: u64) {
    let library = library(articles);
    bencher.bench_local(|| library.count(&Query::default(), &here()).unwrap());
}

#[divan::bench(args = SIZES)]
fn ids_of_all(bencher: Bencher, articles: u64) {
    let library = library(articles);
    bencher.bench_local(|| {
        library
            .ids(&Query::default(), 0..usize::MAX, &here())
            .unwrap()
    });
}

#[divan::bench(args = SIZES)]
fn rows_in_the_middle(bencher: Bencher, articles: u64) {
    let library = library(articles);
    let middle = usize::try_from(articles / 2).unwrap();
    bencher.bench_local(|| {
        library
            .rows(&Query::default(), middle..middle + 50, &here())
            .unwrap()
    });
}

#[divan::bench(args = SIZES)]
fn open_an_article(bencher: Bencher, articles: u64) {
    let library = library(articles);
    let mut id = 0;
    bencher.bench_local(|| {
        id = id % articles.cast_signed() + 1;
        library.article(black_box(ArticleId(id))).unwrap()
    });
}

const QUERIES: [&str; 10] = [
    "rare",
    "common",
    "two_common",
    "phrase",
    "title",
    "prefix",
    "person",
    "country",
    "unread",
    "common_since",
];

fn query(name: &str) -> Query {
    let (common, other) = (invented::word(100), invented::word(120));
    let text = match name {
        "rare" => invented::word(25_000),
        "common" => common,
        "two_common" => format!("{common} {other}"),
        "phrase" => format!("\"{} {}\"", invented::word(0), invented::word(1)),
        "title" => format!("judul:{common}"),
        "prefix" => "mel*".to_owned(),
        "person" => format!("tokoh:\"{}\"", invented::person(0)),
        "country" => "negara:ID".to_owned(),
        "unread" => "belum feed:harian".to_owned(),
        _ => format!("{common} sejak:30h belum"),
    };
    Query::parse(&text, Typing::Done).unwrap()
}

#[divan::bench(args = QUERIES)]
fn search_10_000(bencher: Bencher, name: &str) {
    search(bencher, 10_000, name);
}

#[divan::bench(args = QUERIES)]
fn search_100_000(bencher: Bencher, name: &str) {
    search(bencher, 100_000, name);
}

/// The first fifty rows, with their snippets.
fn search(bencher: Bencher, articles: u64, name: &str) {
    let library = library(articles);
    let query = query(name);
    let count = library.count(&query, &here()).unwrap();
    eprintln!("{name}: {} of {articles}", count.articles);
    bencher.bench_local(|| {
        let ids = library.ids(&query, 0..50, &here()).unwrap();
        let rows = library.rows_of(&ids).unwrap();
        let snippets = library.snippets(&query, &ids, 160).unwrap();
        (rows, snippets)
    });
}

#[divan::bench(args = QUERIES)]
fn count_100_000(bencher: Bencher, name: &str) {
    let library = library(100_000);
    let query = query(name);
    bencher.bench_local(|| library.count(&query, &here()).unwrap());
}

/// Whom a card is about: someone in most articles, someone in some of a hundred, someone in few,
/// a country in nearly all.
const CARDS: [&str; 4] = ["most", "some", "few", "indonesia"];

fn who(name: &str) -> Who {
    let rank = match name {
        "most" => 0,
        "some" => 10,
        "few" => 3_000,
        _ => return Who::Country(INDONESIA),
    };
    Who::Name {
        name: invented::person(rank),
        article: None,
    }
}

#[divan::bench(args = CARDS)]
fn card_10_000(bencher: Bencher, name: &str) {
    card(bencher, 10_000, name);
}

#[divan::bench(args = CARDS)]
fn card_100_000(bencher: Bencher, name: &str) {
    card(bencher, 100_000, name);
}

/// A card with the rows of its first fifty articles.
fn card(bencher: Bencher, articles: u64, name: &str) {
    let library = library(articles);
    let who = who(name);
    let named = library.card(&who, &here()).unwrap().articles;
    eprintln!("{name}: named in {named} of {articles}");
    bencher.bench_local(|| {
        let card = library.card(&who, &here()).unwrap();
        let ids = library.naming(&who, 0..50).unwrap();
        (card, library.rows_of(&ids).unwrap())
    });
}

/// Of a week of 10,000 articles or 100,000.
#[divan::bench(args = SIZES)]
fn digest_of_a_week(bencher: Bencher, articles: u64) {
    let library = library(articles);
    let since = now() - jiff::SignedDuration::from_hours(7 * 24);
    bencher.bench_local(|| library.digest(since, &here()).unwrap());
}

#[divan::bench(args = SIZES)]
fn relations_of_all(bencher: Bencher, articles: u64) {
    let library = library(articles);
    bencher.bench_local(|| {
        library
            .relations(&Query::default(), Order::Articles, 50, &here())
            .unwrap()
    });
}

/// The first fifty rows of what is followed, and who is followed: a country in nearly all articles,
/// and twenty people.
#[divan::bench(args = SIZES)]
fn followed(bencher: Bencher, articles: u64) {
    let mut library = library(articles);
    library.follow(&Who::Country(INDONESIA), now()).unwrap();
    for rank in 0..20 {
        let name = invented::person(rank * 20);
        library
            .follow(
                &Who::Name {
                    name,
                    article: None,
                },
                now(),
            )
            .unwrap();
    }
    let query = Query::parse("ikut", Typing::Done).unwrap();
    bencher.bench_local(|| {
        let rows = library.rows(&query, 0..50, &here()).unwrap();
        (rows, library.followed().unwrap())
    });
    for followed in library.followed().unwrap() {
        library.unfollow(&followed.who).unwrap();
    }
}
