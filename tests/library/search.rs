//! What is found, and in what order.

use proptest::prelude::*;
use warta::library::query::Typing;
use warta::library::{Count, Query, SavedSearch};

use crate::{at, here, invented, query, shelf};

#[test]
fn words_rank_by_how_much_an_article_is_about_them() {
    let mut shelf = shelf();
    let long = "Kata lain saja. ".repeat(40);
    shelf.store(
        &[
            invented::short(
                "https://c.example/1",
                "Tentang laut",
                &format!("{long} Banjir."),
            ),
            invented::short("https://c.example/2", "Banjir di kota", &long),
            invented::short("https://c.example/3", "Gempa", &long),
        ],
        0,
    );
    assert_eq!(shelf.titles("banjir"), ["Banjir di kota", "Tentang laut"]);
    assert_eq!(shelf.titles("judul:banjir"), ["Banjir di kota"]);
    assert_eq!(shelf.titles("BANJÍR laut"), ["Tentang laut"]);
    assert_eq!(shelf.titles("\"di kota\""), ["Banjir di kota"]);
    assert!(shelf.titles("\"kota di\"").is_empty());
    assert_eq!(shelf.titles("kata -banjir"), ["Gempa"]);
    assert_eq!(shelf.titles("-banjir"), ["Gempa"]);
    assert_eq!(shelf.titles("ban*").len(), 2);
    let typing = Query::parse("tentang lau", Typing::Going).unwrap();
    assert_eq!(shelf.library.count(&typing, &here()).unwrap().articles, 1);
}

/// Of a phrase, or words with one beginning, that thousands of articles have.
#[test]
fn titles_rank_what_has_too_many_hits() {
    let shelf = shelf();
    rusqlite::Connection::open(shelf.library.path())
        .unwrap()
        .execute_batch(
            "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number LIMIT 5100)
             INSERT INTO article (id, identity, digest, source, title, moment, fetched, updated,
                 story, countries)
             SELECT n, n, n, '', iif(n % 1500 = 0, 'Banjir bandang ', 'Kabar ') || n, n, n, n,
                 iif(n > 5095, 7, NULL), '' FROM number;
             INSERT INTO search (rowid, title, body) SELECT id, lower(title), 'banjir bandang' FROM article;",
        )
        .unwrap();
    for query in ["\"banjir bandang\"", "banj*", "bandang banji*"] {
        let query = crate::query(query);
        let ids = |query: &Query| -> Vec<i64> {
            let ids = shelf.library.ids(query, 0..usize::MAX, &here()).unwrap();
            ids.into_iter().map(|id| id.0).collect()
        };
        let found = ids(&query);
        assert_eq!(found[..4], [4500, 5100, 5099, 5098]);
        assert_eq!(found[2000..2002], [3100, 3099]);
        let part = shelf.library.ids(&query, 1998..2003, &here()).unwrap();
        assert!(
            part.iter()
                .map(|id| id.0)
                .eq(found[1998..2003].iter().copied())
        );
        let together = ids(&query.together());
        assert_eq!(together[..3], [4500, 5100, 5095]);
        assert_eq!((found.len(), together.len()), (5100, 5096));
    }
    // Where there are fewer, all are ranked.
    let found = shelf.titles("\"banjir bandang\" judul:bandang");
    assert_eq!(
        found,
        [
            "Banjir bandang 4500",
            "Banjir bandang 3000",
            "Banjir bandang 1500"
        ]
    );
}

#[test]
fn people_and_countries_are_found_by_any_of_their_names() {
    let mut shelf = shelf();
    let name = |n: u8, person: &str, country: &str, code: [u8; 2]| {
        let text = format!("{person} berkunjung ke {country}.");
        invented::naming(
            &format!("https://c.example/{n}"),
            &format!("B{n}"),
            &text,
            person,
            code,
        )
    };
    shelf.store(
        &[
            name(1, "Sari Utami Dewi", "Korea Utara", *b"KP"),
            name(2, "Dewi Utami", "Rusia", *b"RU"),
            name(3, "Utami", "Korea Utara", *b"KP"),
        ],
        0,
    );
    assert_eq!(shelf.titles("tokoh:dewi").len(), 2);
    assert_eq!(shelf.titles("tokoh:\"utami dewi\""), ["B1"]);
    assert_eq!(shelf.titles("person:\"SÁRI utami\""), ["B1"]);
    assert!(shelf.titles("tokoh:tami").is_empty());
    assert_eq!(shelf.titles("negara:korut -tokoh:dewi"), ["B3"]);
    assert_eq!(shelf.titles("negara:\"North Korea\" tokoh:dewi"), ["B1"]);
    assert_eq!(shelf.titles("-negara:KP"), ["B2"]);
    assert_eq!(shelf.titles("tokoh:utami negara:RU berkunjung"), ["B2"]);
}

#[test]
fn lists_are_newest_first_and_filtered_by_feed_time_and_mark() {
    let mut shelf = shelf();
    let other = crate::add_feed(&mut shelf.library, "Koran Lain");
    shelf.store(&invented::drafts(0..200, at(0)), 0);
    let articles = invented::drafts(200..210, at(0));
    invented::store(&mut shelf.library, other, &articles, at(0));
    let rows = shelf
        .library
        .rows(&Query::default(), 0..210, &here())
        .unwrap();
    assert!(rows.is_sorted_by_key(|row| std::cmp::Reverse(row.published.unwrap().instant())));
    let middle = shelf
        .library
        .rows(&Query::default(), 100..110, &here())
        .unwrap();
    assert_eq!(middle, rows[100..110]);
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    assert_eq!(
        shelf
            .library
            .ids(&Query::default(), 0..usize::MAX, &here())
            .unwrap(),
        ids
    );
    assert_eq!(shelf.titles("feed:lain").len(), 10);
    assert_eq!(shelf.titles("feed:lain feed:contoh").len(), 210);
    assert_eq!(shelf.titles("-feed:lain").len(), 200);
    assert!(shelf.titles("feed:tiada").is_empty());
    // Ten minutes apart, the newest an hour ago.
    assert_eq!(shelf.titles("sejak:2j").len(), 7);
    assert_eq!(shelf.titles("-sejak:2j").len(), 203);
    assert_eq!(
        shelf.library.count(&query("sejak:1h"), &here()).unwrap(),
        Count {
            articles: 139,
            unread: 139
        }
    );
}

#[test]
fn a_snippet_shows_the_hit() {
    let mut shelf = shelf();
    let text = "Awal cerita panjang sekali. ".repeat(20) + "Di akhir ada banjir besar.";
    shelf.store(&[invented::short("https://c.example/1", "A", &text)], 0);
    let found = query("banjir");
    let ids = shelf.library.ids(&found, 0..1, &here()).unwrap();
    let snippets = shelf.library.snippets(&found, &ids, 60).unwrap();
    let hit = snippets[0].hits[0].clone();
    assert_eq!(&snippets[0].text[hit], "banjir");
}

#[test]
fn searches_are_kept_by_name() {
    let mut shelf = shelf();
    let search = |query: &str| SavedSearch {
        name: "Banjir".to_owned(),
        query: query.to_owned(),
    };
    shelf.library.save_search(&search("banjir")).unwrap();
    shelf
        .library
        .save_search(&search("banjir sejak:7h"))
        .unwrap();
    let shelf = shelf.reopen();
    assert_eq!(
        shelf.library.saved_searches().unwrap(),
        [search("banjir sejak:7h")]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Nothing typed into the search box is an error of SQLite or FTS5.
    #[test]
    fn every_query_runs(text in "(AND|OR|NOT|NEAR|\\(|\\)|\"|'|\\*|\\^|:|-|\\+|;|title|body|search|rank|tokoh:|judul:|feed:|-| |;--|\\PC){0,16}") {
        thread_local! {
            static SHELF: crate::Shelf = {
                let mut shelf = shelf();
                shelf.store(&invented::drafts(0..20, at(0)), 0);
                shelf
            };
        }
        for typing in [Typing::Done, Typing::Going] {
            if let Ok(query) = Query::parse(&text, typing) {
                SHELF.with(|shelf| {
                    let ids = shelf.library.ids(&query, 0..50, &here()).unwrap();
                    let count = shelf.library.count(&query, &here()).unwrap();
                    assert_eq!(ids.len(), count.articles);
                    shelf.library.snippets(&query, &ids, 80).unwrap();
                });
            }
        }
    }
}
