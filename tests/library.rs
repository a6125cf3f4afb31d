//! The library over its real file.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "library/invented.rs"]
#[allow(dead_code, clippy::cast_sign_loss, clippy::many_single_char_names)]
mod invented;

#[path = "library/command.rs"]
mod command;
#[path = "library/damage.rs"]
mod damage;
#[path = "library/identity.rs"]
mod identity;
#[path = "library/marks.rs"]
mod marks;
#[path = "library/migration.rs"]
mod migration;
#[path = "library/news.rs"]
mod news;
#[path = "library/people.rs"]
#[allow(clippy::cast_possible_wrap)]
mod people;
#[path = "library/search.rs"]
mod search;
#[path = "library/stories.rs"]
mod stories;
#[path = "library/two.rs"]
mod two;
#[path = "library/waiting.rs"]
mod waiting;
#[path = "library/who.rs"]
mod who;

#[path = "source/server.rs"]
mod server;

use invented::Known;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use tempfile::TempDir;
use warta::library::query::Typing;
use warta::library::{FeedId, Library, NewFeed, Query, Stored};

/// A library in a folder of its own, with one feed.
struct Shelf {
    folder: TempDir,
    library: Library,
    feed: FeedId,
}

fn shelf() -> Shelf {
    let folder = TempDir::new().unwrap();
    let mut library = Library::open(folder.path(), at(0)).unwrap();
    let feed = add_feed(&mut library, "Harian Contoh");
    Shelf {
        folder,
        library,
        feed,
    }
}

fn add_feed(library: &mut Library, title: &str) -> FeedId {
    let feed = NewFeed {
        address: format!(
            "https://{}.example/rss",
            title.replace(' ', "-").to_lowercase()
        ),
        title: title.to_owned(),
        site: None,
        subject: Some("umum".to_owned()),
    };
    library.add_feed(&feed, at(0)).unwrap()
}

impl Shelf {
    fn store(&mut self, articles: &[Known], minute: i64) -> Stored {
        invented::store(&mut self.library, self.feed, articles, at(minute))
    }

    /// The titles that answer a query, in their order.
    fn titles(&self, query: &str) -> Vec<String> {
        titles(&self.library, query)
    }

    /// Closes the library and opens it again.
    fn reopen(self) -> Shelf {
        let Self { folder, feed, .. } = self;
        let library = Library::open(folder.path(), at(0)).unwrap();
        Shelf {
            folder,
            library,
            feed,
        }
    }
}

fn titles(library: &Library, query: &str) -> Vec<String> {
    let rows = library.rows(&self::query(query), 0..1000, &here()).unwrap();
    rows.into_iter().map(|row| row.title).collect()
}

fn query(text: &str) -> Query {
    Query::parse(text, Typing::Done).unwrap()
}

/// Minutes after the morning on which all these tests happen.
fn at(minute: i64) -> Timestamp {
    let morning: Timestamp = "2025-10-27T01:00:00Z".parse().unwrap();
    morning + jiff::SignedDuration::from_mins(minute)
}

fn here() -> ZonedDateTime {
    at(60).to_zoned_datetime(TimeZone::UTC)
}
