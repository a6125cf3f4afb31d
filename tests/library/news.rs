//! What the news of a time was about, and who is named with whom, over generated articles.

use std::sync::OnceLock;

use jiff::{SignedDuration, ZonedDateTime};
use tempfile::TempDir;
use warta::entity::{CountryCode, Field, Mention, Person};
use warta::library::relations::Order;
use warta::library::{Library, Query, Who};

use crate::invented::Known;
use crate::{add_feed, at, here, invented, query};

/// So many articles, ten minutes apart: four weeks and a day.
const ARTICLES: u64 = 4_176;

/// From this number on the articles are older than a week.
const WEEK: u64 = 7 * 144;

/// A library of 4,176 articles. "Rika Baru" is named in thirty of the last week and never before,
/// "Tono Naik" in forty of it and in four of the week before, together with "Rika Baru" in ten.
fn library() -> Library {
    static FULL: OnceLock<TempDir> = OnceLock::new();
    let folder = FULL.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let mut library = Library::open(folder.path(), now().timestamp()).unwrap();
        let feed = add_feed(&mut library, "Harian Contoh");
        let mut drafts = invented::drafts(0..ARTICLES, now().timestamp());
        for (number, draft) in (0_u64..).zip(&mut drafts) {
            let week = number < WEEK;
            if week && number % 30 == 3 {
                name(draft, "Rika Baru");
            }
            if (week && number % 25 == 3) || (!week && number < 2 * WEEK && number % 250 == 3) {
                name(draft, "Tono Naik");
            }
        }
        for part in drafts.rchunks(500) {
            invented::store(&mut library, feed, part, now().timestamp());
        }
        folder
    });
    Library::open(folder.path(), at(0)).unwrap()
}

fn now() -> ZonedDateTime {
    here()
}

fn name(draft: &mut Known, name: &str) {
    let place = draft.entities.people.len().min(2);
    draft.entities.people.insert(
        place,
        Person {
            name: name.to_owned(),
            known: false,
            role: Some("Kepala Dinas".to_owned()),
            country: Some(CountryCode(*b"ID")),
            mentions: vec![Mention {
                field: Field::Text,
                start: 0,
                end: 2,
            }],
        },
    );
}

fn who(name: &str) -> Who {
    Who::Name {
        name: name.to_owned(),
        article: None,
    }
}

#[test]
fn a_digest_says_who_is_new_and_who_rose() {
    let library = library();
    let since = now().timestamp() - SignedDuration::from_hours(7 * 24);
    let digest = library.digest(since, &now()).unwrap();
    // The one published at the very beginning of the week counts as of it.
    assert_eq!((digest.articles, digest.before), (1_009, 1_008));
    let new: Vec<_> = digest
        .new
        .iter()
        .map(|s| (s.name.as_str(), s.articles))
        .collect();
    assert_eq!(new[0], ("Rika Baru", 34));
    assert!(digest.new.iter().all(|standing| standing.before == 0));
    let risen = &digest.risen[0];
    assert_eq!(risen.name, "Tono Naik");
    assert_eq!((risen.articles, risen.before), (41, 4));
    assert!(risen.rise > 30.0, "{}", risen.rise);
    assert_eq!(risen.office.as_deref(), Some("Kepala Dinas"));
    assert!(
        digest
            .risen
            .iter()
            .all(|standing| standing.name != "Rika Baru")
    );
    // The first of a Zipfian crowd is named most, and nobody more than the one before.
    assert_eq!(digest.people[0].name, invented::person(0));
    assert!(digest.people.is_sorted_by(|a, b| a.articles >= b.articles));
    assert!(
        digest
            .countries
            .is_sorted_by(|a, b| a.articles >= b.articles)
    );
    for standing in digest.people.iter().chain(&digest.new).chain(&digest.risen) {
        assert_eq!(standing.top.len(), standing.articles.min(3));
        let all = library.naming(&standing.who, 0..usize::MAX).unwrap();
        assert!(standing.top.iter().all(|article| all.contains(article)));
    }
}

#[test]
fn nobody_is_new_in_a_new_library() {
    let library = library();
    let digest = library.digest(jiff::Timestamp::UNIX_EPOCH, &now()).unwrap();
    assert_eq!(digest.articles as u64, ARTICLES);
    assert!(digest.new.is_empty() && digest.risen.is_empty());
    assert_eq!(digest.people.len(), 10);
}

#[test]
fn a_card_counts_what_a_query_finds() {
    let library = library();
    for rank in [0, 1, 7, 60, 400] {
        let name = invented::person(rank);
        let card = library.card(&who(&name), &now()).unwrap();
        let found = library
            .count(&query(&format!("tokoh:\"{name}\"")), &now())
            .unwrap();
        assert_eq!(card.articles, found.articles, "{name}");
        let in_bars: usize = card.chart.bars.iter().map(|bar| bar.articles).sum();
        let in_days: usize = card.days.iter().map(|bar| bar.articles).sum();
        let mentions: usize = card.days.iter().map(|bar| bar.mentions).sum();
        assert_eq!(
            (in_bars, in_days, mentions),
            (card.articles, card.articles, card.mentions)
        );
        assert!(card.days.is_sorted_by(|a, b| a.from < b.from));
        let all = library.naming(&card.who, 0..usize::MAX).unwrap();
        assert_eq!(all.len(), card.articles);
        assert_eq!(
            all,
            library
                .ids(&query(&format!("tokoh:\"{name}\"")), 0..usize::MAX, &now())
                .unwrap()
        );
        let middle = all.len() / 2;
        assert_eq!(
            library.naming(&card.who, middle..middle + 3).unwrap(),
            all[middle..all.len().min(middle + 3)]
        );
        for other in &card.company.people {
            let both = Query::default()
                .with(&card.who, false)
                .with(&other.who, false);
            let both = library.count(&both, &now()).unwrap().articles;
            if card.articles <= card.company.among {
                assert_eq!(both, other.articles, "{name} with {}", other.name);
            } else {
                assert!(both >= other.articles);
            }
        }
    }
    for code in [*b"RU", *b"ID", *b"AD"].map(CountryCode) {
        let card = library.card(&Who::Country(code), &now()).unwrap();
        let found = library
            .count(&query(&format!("negara:{code}")), &now())
            .unwrap();
        assert_eq!(card.articles, found.articles, "{code}");
    }
}

#[test]
fn relations_are_what_queries_find() {
    let library = library();
    for order in [Order::Articles, Order::Bond] {
        let relations = library
            .relations(&Query::default(), order, 20, &now())
            .unwrap();
        assert_eq!(relations.among as u64, ARTICLES);
        assert_eq!(relations.pairs.len(), 20);
        for pair in &relations.pairs {
            let both = Query::default()
                .with(&pair.one.who, false)
                .with(&pair.other.who, false);
            let ids = library.ids(&both, 0..usize::MAX, &now()).unwrap();
            assert_eq!(ids.len(), pair.articles);
            assert!((-1.0..=1.0).contains(&pair.bond));
            assert!(pair.one.articles >= pair.other.articles);
            assert!(pair.other.articles >= pair.articles);
        }
    }
    let within = query("tokoh:\"Rika Baru\"");
    let relations = library
        .relations(&within, Order::Articles, 99, &now())
        .unwrap();
    assert_eq!(relations.among, 34);
    let with_tono = relations
        .pairs
        .iter()
        .find(|pair| pair.one.name == "Rika Baru" && pair.other.name == "Tono Naik")
        .unwrap();
    assert_eq!(with_tono.articles, 7);
}

#[test]
fn names_combine_in_a_query() {
    let library = library();
    let count = |text: &str| library.count(&query(text), &now()).unwrap().articles;
    let (all, rika, tono) = (
        count(""),
        count("tokoh:\"Rika Baru\""),
        count("tokoh:\"Tono Naik\""),
    );
    assert_eq!(count("-tokoh:rika"), all - rika);
    let both = count("tokoh:rika tokoh:tono");
    assert_eq!(count("tokoh:rika -tokoh:tono"), rika - both);
    assert_eq!(count("-tokoh:rika -tokoh:tono"), all - rika - tono + both);
    let russia = count("tokoh:rika negara:RU");
    assert_eq!(count("tokoh:rika -negara:RU"), rika - russia);
    assert_eq!(count("tokoh:rika -negara:RU -tokoh:tono belum"), {
        let ids = |text| library.ids(&query(text), 0..9_999, &now()).unwrap();
        let without = [ids("negara:RU"), ids("tokoh:tono")].concat();
        ids("tokoh:rika")
            .iter()
            .filter(|id| !without.contains(id))
            .count()
    });
    assert_eq!(count("tokoh:tidakada"), 0);
    assert_eq!(count("-tokoh:tidakada"), all);
}
