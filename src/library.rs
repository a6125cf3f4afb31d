//! The library: everything the user subscribes to, has fetched, marks and looks for, in one SQLite
//! file, `warta.db` in the data folder.
//!
//! | module | what it does |
//! |---|---|
//! | `opening` | opens the file, brings its schema up to date, sets a damaged one aside |
//! | [`problem`] | what can go wrong, in the user's words |
//! | [`identity`] | which entry of a feed is which article; pure |
//! | [`fold`] | words without case and accents; pure |
//! | [`names`] | the names of an article as bytes; pure |
//! | [`query`] | the query language; pure |
//! | [`similar`] | whether two articles tell the same story; pure |
//! | [`snippet`] | the part of a text that answers a query; pure |
//! | `subscription` | the feeds and what is known of their last answers |
//! | `store` | keeps a fetched answer, whole or not at all |
//! | `waiting` | articles kept and not yet read for names; the search index |
//! | `pages` | articles whose pages are still to be fetched |
//! | `stories` | finds the story of an article that comes in |
//! | `shelf` | one article, ready to be read |
//! | `listing` | lists, counts and ranked search |
//! | `mark` | read, saved, the reading place, undo |
//! | [`person`] | who is who across articles |
//! | [`known`] | what is known of a name before any article; pure |
//! | [`card`] | what all articles say of a person or country |
//! | [`follow`] | people and countries the user follows |
//! | [`digest`] | what the news of a time was about |
//! | [`relations`] | who is named with whom |
//! | [`reference`](mod@reference) | what an encyclopedia says of a name, kept |
//! | `retention` | drops what is old |
//! | `visiting` | a library in memory, for what is not kept |
//!
//! Nothing here reads the clock, the network or the environment: times are given. Every call that
//! writes is one transaction, so it happens whole or not at all. Several programs may have the
//! library open; each waits for the others, for no longer than [`PATIENCE`].

// SQLite and SplitMix64 are names, not code.
#![allow(clippy::doc_markdown)]

pub mod card;
pub mod digest;
pub mod fold;
pub mod follow;
pub mod identity;
pub mod known;
pub mod names;
pub mod person;
pub mod problem;
pub mod query;
pub mod reference;
pub mod relations;
pub mod similar;
pub mod snippet;

mod listing;
mod mark;
mod opening;
mod pages;
mod retention;
mod schema;
mod shelf;
mod store;
mod stories;
mod subscription;
mod visiting;
mod waiting;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

pub use crate::story::Mark;
pub use card::Card;
pub use digest::Digest;
pub use follow::Followed;
pub use listing::{Count, Row};
pub use mark::Undone;
pub use person::{Meant, PersonId, Who};
pub use problem::{Problem, Reason};
pub use query::Query;
pub use relations::Relations;
pub use retention::Retention;
pub use shelf::{FullText, Place, Shelved};
pub use store::{Draft, Standing, Stored};
pub use subscription::{Answer, Feed, FeedId, FeedSettings, NewFeed, SavedSearch};
pub use waiting::{Finished, Waiting};

/// The file's name within the data folder.
pub const FILE: &str = "warta.db";

/// How long a call waits while another program writes.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// Names one article for good; no other article of this library will ever have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub i64);

/// The open library.
#[derive(Debug)]
pub struct Library {
    connection: Connection,
    path: PathBuf,
    /// Why it may only be read, where that is so.
    obstacle: Option<Problem>,
    set_aside: Option<PathBuf>,
    neighbours: stories::Neighbours,
}

impl Library {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// True where the file may only be read: every call that writes then fails, mostly with
    /// [`Reason::ReadOnly`].
    pub fn is_read_only(&self) -> bool {
        self.obstacle.is_some()
    }

    /// Where the damaged file went that stood in this one's place when it was opened.
    pub fn set_aside(&self) -> Option<&Path> {
        self.set_aside.as_deref()
    }

    /// A number that is another one after every change by another connection, and stays the same at
    /// our own: reading it reads nothing of the file.
    pub fn changes(&self) -> Result<i64, Problem> {
        let version = self
            .connection
            .pragma_query_value(None, "data_version", |row| row.get(0));
        version.map_err(|error| self.problem(&error))
    }

    /// What an error of SQLite means here. Damage is noted beside the file, so that the next
    /// opening looks at all of it.
    fn problem(&self, error: &rusqlite::Error) -> Problem {
        let problem = Problem::new(&self.path, error);
        if problem.reason == Reason::Damaged {
            opening::suspect(&self.path);
        }
        problem
    }

    /// Reads from the library, in one state of it however many statements that takes.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Problem> {
        let result = self
            .connection
            .unchecked_transaction()
            .and_then(|transaction| {
                let value = work(&transaction)?;
                transaction.finish()?;
                Ok(value)
            });
        result.map_err(|error| self.problem(&error))
    }

    /// Changes the library, whole or not at all.
    ///
    /// The transaction asks for the right to write at its beginning: one that reads first and
    /// writes later can be refused at a point where waiting no longer helps.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Problem> {
        if let Some(problem) = &self.obstacle {
            return Err(problem.clone());
        }
        let result = opening::transact(&mut self.connection, work);
        result.map_err(|error| self.problem(&error))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Library, NewFeed, Reason};
    use jiff::Timestamp;

    #[test]
    fn a_full_disk_loses_only_the_last_change() {
        let folder = tempfile::TempDir::new().unwrap();
        let mut library = Library::open(folder.path(), Timestamp::UNIX_EPOCH).unwrap();
        let add = |library: &mut Library, address: String| {
            let feed = NewFeed {
                address,
                ..NewFeed::default()
            };
            library.add_feed(&feed, Timestamp::UNIX_EPOCH)
        };
        add(&mut library, "https://contoh.example/satu".to_owned()).unwrap();
        // SQLite answers a full disk and a file at its largest size in the same way.
        let pages: i64 = library
            .connection
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .unwrap();
        library
            .connection
            .pragma_update(None, "max_page_count", pages + 1)
            .unwrap();
        let problem = add(&mut library, "x".repeat(100_000)).unwrap_err();
        assert_eq!(problem.reason, Reason::Full);
        assert_eq!(library.feeds().unwrap().len(), 1);
        add(&mut library, "https://contoh.example/dua".to_owned()).unwrap();
    }
}
