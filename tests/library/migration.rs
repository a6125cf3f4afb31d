//! Libraries of every older version are brought up to date with everything in them.

use std::path::Path;

use rusqlite::Connection;
use tempfile::TempDir;
use warta::entity::CountryCode;
use warta::library::{ArticleId, FILE, Library, Reason, Who};

use crate::{at, here, titles};

/// The schema files, in their order.
fn schema() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/library/schema");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|file| file.extension().is_some_and(|ending| ending == "sql"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect()
}

/// A library as the program of that version left it: one feed, one article with one name.
fn build(folder: &Path, version: usize) -> Connection {
    let connection = Connection::open(folder.join(FILE)).unwrap();
    for file in &schema()[..version] {
        connection.execute_batch(file).unwrap();
    }
    connection
        .execute_batch(&format!(
            "PRAGMA user_version = {version};
             PRAGMA application_id = 0x77727461;
             INSERT INTO feed (address, title, added) VALUES ('https://c.example/rss', 'Contoh', 1);
             INSERT INTO article (feed, identity, digest, source, title, moment, fetched, updated,
                 unread, saved, countries) VALUES (1, 7, 8, '', 'Banjir di hulu', 100, 100, 100, 0, 1, 'RU');
             INSERT INTO body (article, text, names) VALUES (1, 'Sungai meluap.', x'0100000000');
             INSERT INTO person (key, name) VALUES ('sari dewi', 'Sari Dewi');
             INSERT INTO person_word VALUES ('sari', 1), ('dewi', 1);
             INSERT INTO person_named (article, person, place, mentions) VALUES (1, 1, 0, 2);"
        ))
        .unwrap();
    if version >= 2 {
        connection
            .execute_batch("INSERT INTO search (rowid, title, body) VALUES (1, 'banjir di hulu', 'sungai meluap')")
            .unwrap();
    }
    connection
}

#[test]
fn every_older_version_is_brought_up_to_date() {
    for version in 1..=schema().len() {
        let folder = TempDir::new().unwrap();
        drop(build(folder.path(), version));
        let library = Library::open(folder.path(), at(0)).unwrap();
        assert_eq!(
            library.feeds().unwrap()[0].title,
            "Contoh",
            "version {version}"
        );
        for query in [
            "meluap",
            "judul:hulu",
            "tokoh:dewi",
            "simpan -belum feed:contoh",
        ] {
            assert_eq!(
                titles(&library, query),
                ["Banjir di hulu"],
                "version {version}: {query}"
            );
        }
        drop(library);
        let connection = Connection::open(folder.path().join(FILE)).unwrap();
        let now: usize = connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap();
        assert_eq!(now, schema().len());
    }
}

#[test]
fn every_version_comes_to_the_same_schema() {
    let shape = |folder: &TempDir| -> Vec<(String, Option<String>)> {
        drop(Library::open(folder.path(), at(0)).unwrap());
        Connection::open(folder.path().join(FILE))
            .unwrap()
            .prepare("SELECT name, sql FROM sqlite_schema ORDER BY name")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect()
    };
    let new = shape(&TempDir::new().unwrap());
    for version in 1..=schema().len() {
        let folder = TempDir::new().unwrap();
        drop(build(folder.path(), version));
        assert_eq!(shape(&folder), new, "version {version}");
    }
}

/// What articles named before there were cards is on them.
#[test]
fn names_of_every_older_version_are_on_cards() {
    let name = |name: &str| Who::Name {
        name: name.to_owned(),
        article: Some(ArticleId(1)),
    };
    for version in 1..=4 {
        let folder = TempDir::new().unwrap();
        build(folder.path(), version)
            .execute_batch(
                "INSERT INTO person (key, name) VALUES ('donald j trump', 'Donald J. Trump'), ('kim', 'Kim');
                 INSERT INTO person_named (article, person, place, mentions, role, country) VALUES
                     (1, 2, 1, 3, 'Presiden', 'US'), (1, 3, 2, 1, 'Presiden Rusia', 'RU');
                 INSERT INTO country_named (article, country, place, mentions, seats) VALUES (1, 'RU', 0, 2, 1);",
            )
            .unwrap();
        let library = Library::open(folder.path(), at(0)).unwrap();
        let card = |who: &Who| library.card(who, &here()).unwrap();
        let trump = card(&name("Donald J. Trump"));
        assert_eq!((trump.name.as_str(), trump.mentions), ("Donald Trump", 3));
        assert_eq!(trump.offices[0].office, "Presiden");
        assert_eq!(trump.days[0].from.to_string(), "1970-01-01");
        assert!(card(&name("Kim")).is_lone);
        let russia = card(&Who::Country(CountryCode(*b"RU")));
        assert_eq!((russia.articles, russia.mentions), (1, 3));
        assert_eq!(russia.company.people.len(), 3);
    }
}

#[test]
fn a_newer_version_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let connection = build(folder.path(), schema().len());
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let before = std::fs::read(folder.path().join(FILE)).unwrap();
    let problem = Library::open(folder.path(), at(0)).unwrap_err();
    assert_eq!(problem.reason, Reason::Newer(99));
    assert_eq!(std::fs::read(folder.path().join(FILE)).unwrap(), before);
}
