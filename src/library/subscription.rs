//! The feeds, what is known of their last answers, and searches kept as feeds.

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use super::{Library, Problem};

/// Names one feed of this library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedId(pub i64);

/// A feed to subscribe to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewFeed {
    /// Where it is fetched from.
    pub address: String,
    /// What it is called.
    pub title: String,
    /// The page it belongs to.
    pub site: Option<String>,
    /// The folder it is listed under.
    pub subject: Option<String>,
}

/// A feed the user subscribes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its name within this library.
    pub id: FeedId,
    /// Where it is fetched from.
    pub address: String,
    /// What it is called.
    pub title: String,
    /// The page it belongs to.
    pub site: Option<String>,
    /// The folder it is listed under.
    pub subject: Option<String>,
    /// What the user chose for it.
    pub settings: FeedSettings,
    /// For the next request: what the last answer said its version was.
    pub etag: Option<String>,
    /// For the next request: when the last answer said it had changed.
    pub last_modified: Option<String>,
    /// When it last answered well.
    pub fetched: Option<Timestamp>,
    /// It is not to be asked before.
    pub due: Option<Timestamp>,
    /// How many requests failed since one went well.
    pub failures: u32,
    /// Why the last request failed.
    pub error: Option<String>,
}

/// What the user can choose for one feed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FeedSettings {
    /// Fetch the whole article from its page, always.
    pub full_text: bool,
    /// Keep articles for so many days; else as the settings say.
    pub keep_days: Option<u32>,
    /// Keep so many articles; else as the settings say.
    pub keep_articles: Option<u32>,
}

/// How a request ended, for the next one to go by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// What it said its version was.
    pub etag: Option<String>,
    /// When it said it had changed.
    pub last_modified: Option<String>,
    /// The feed is not to be asked before.
    pub due: Option<Timestamp>,
    /// Why the request failed; then the two above are left as they were.
    pub error: Option<String>,
}

/// A search kept under a name and shown like a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its name.
    pub name: String,
    /// The query as it was typed.
    pub query: String,
}

impl Library {
    /// Subscribes to a feed; the feed that is already there where the address is known.
    pub fn add_feed(&mut self, feed: &NewFeed, now: Timestamp) -> Result<FeedId, Problem> {
        self.write(|connection| {
            insert_feed(connection, feed, now.as_second())?;
            connection.query_row(
                "SELECT id FROM feed WHERE address = ?1",
                [&feed.address],
                |row| row.get(0).map(FeedId),
            )
        })
    }

    /// Subscribes to feeds, whole or not at all; how many were not there.
    pub fn add_feeds(&mut self, feeds: &[NewFeed], now: Timestamp) -> Result<usize, Problem> {
        self.write(|connection| {
            feeds.iter().try_fold(0, |added, feed| {
                Ok(added + insert_feed(connection, feed, now.as_second())?)
            })
        })
    }

    /// All feeds, by subject and title.
    pub fn feeds(&self) -> Result<Vec<Feed>, Problem> {
        self.read(feeds)
    }

    /// How many articles of each feed are unread; feeds without any are left out.
    pub fn unread_by_feed(&self) -> Result<Vec<(FeedId, usize)>, Problem> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT feed, count(*) FROM article
                     WHERE unread = 1 AND feed IS NOT NULL GROUP BY feed",
                )?
                .query_map([], |row| Ok((FeedId(row.get(0)?), row.get(1)?)))?
                .collect()
        })
    }

    /// Changes what a feed is called and where it is listed. The address stays.
    pub fn rename_feed(
        &mut self,
        id: FeedId,
        title: &str,
        subject: Option<&str>,
    ) -> Result<(), Problem> {
        self.write(|connection| {
            changed(connection.execute(
                "UPDATE feed SET title = ?2, subject = ?3 WHERE id = ?1",
                params![id.0, title, subject],
            )?)
        })
    }

    /// Moves a feed to the address it has moved to itself.
    pub fn move_feed(&mut self, id: FeedId, address: &str) -> Result<(), Problem> {
        self.write(|connection| {
            changed(connection.execute(
                "UPDATE feed SET address = ?2 WHERE id = ?1",
                params![id.0, address],
            )?)
        })
    }

    /// Changes what the user chose for a feed.
    pub fn set_feed(&mut self, id: FeedId, settings: FeedSettings) -> Result<(), Problem> {
        self.write(|connection| {
            changed(connection.execute(
                "UPDATE feed SET full_text = ?2, keep_days = ?3, keep_articles = ?4 WHERE id = ?1",
                params![
                    id.0,
                    settings.full_text,
                    settings.keep_days,
                    settings.keep_articles
                ],
            )?)
        })
    }

    /// Ends a subscription. Its articles go with it; saved ones stay, under the feed's title.
    pub fn remove_feed(&mut self, id: FeedId) -> Result<(), Problem> {
        self.write(|connection| {
            connection.execute(
                "UPDATE article SET feed = NULL, source = (SELECT title FROM feed WHERE id = ?1)
                 WHERE feed = ?1 AND saved = 1",
                [id.0],
            )?;
            connection.execute(
                "DELETE FROM search WHERE rowid IN (SELECT id FROM article WHERE feed = ?1)",
                [id.0],
            )?;
            connection.execute("DELETE FROM article WHERE feed = ?1", [id.0])?;
            changed(connection.execute("DELETE FROM feed WHERE id = ?1", [id.0])?)
        })
    }

    /// Notes how a request for a feed ended.
    pub fn note_answer(
        &mut self,
        id: FeedId,
        answer: &Answer,
        now: Timestamp,
    ) -> Result<(), Problem> {
        self.write(|connection| {
            let due = answer.due.map(Timestamp::as_second);
            changed(match &answer.error {
                None => connection
                    .prepare_cached(
                        "UPDATE feed SET etag = ?2, last_modified = ?3, due = ?4, fetched = ?5,
                             failures = 0, error = NULL WHERE id = ?1",
                    )?
                    .execute(params![
                        id.0,
                        answer.etag,
                        answer.last_modified,
                        due,
                        now.as_second()
                    ])?,
                Some(error) => connection
                    .prepare_cached(
                        "UPDATE feed SET due = ?2, failures = failures + 1, error = ?3
                         WHERE id = ?1",
                    )?
                    .execute(params![id.0, due, error])?,
            })
        })
    }

    /// Notes that a feed is not to be asked before; nothing else is known of it that was not.
    pub fn note_due(&mut self, id: FeedId, due: Timestamp) -> Result<(), Problem> {
        self.write(|connection| {
            changed(connection.execute(
                "UPDATE feed SET due = ?2 WHERE id = ?1",
                params![id.0, due.as_second()],
            )?)
        })
    }

    /// Keeps a search under a name; one that has the name is replaced.
    pub fn save_search(&mut self, search: &SavedSearch) -> Result<(), Problem> {
        self.write(|connection| {
            connection.execute(
                "INSERT INTO saved_search (name, query) VALUES (?1, ?2)
                 ON CONFLICT (name) DO UPDATE SET query = ?2",
                [&search.name, &search.query],
            )?;
            Ok(())
        })
    }

    /// The searches kept, by name.
    pub fn saved_searches(&self) -> Result<Vec<SavedSearch>, Problem> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT name, query FROM saved_search ORDER BY name")?
                .query_map([], |row| {
                    Ok(SavedSearch {
                        name: row.get(0)?,
                        query: row.get(1)?,
                    })
                })?
                .collect()
        })
    }

    /// Forgets a search.
    pub fn remove_search(&mut self, name: &str) -> Result<(), Problem> {
        self.write(|connection| {
            changed(connection.execute("DELETE FROM saved_search WHERE name = ?1", [name])?)
        })
    }
}

/// Adds a feed, unless its address is there already; how many that makes.
pub(super) fn insert_feed(
    connection: &Connection,
    feed: &NewFeed,
    added: i64,
) -> rusqlite::Result<usize> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO feed (address, title, site, subject, added) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (address) DO NOTHING",
    )?;
    insert.execute(params![
        feed.address,
        feed.title,
        feed.site,
        feed.subject,
        added
    ])
}

/// All feeds, by subject and title.
pub(super) fn feeds(connection: &Connection) -> rusqlite::Result<Vec<Feed>> {
    connection
        .prepare_cached(
            "SELECT id, address, title, site, subject, full_text, keep_days, keep_articles, etag,
                 last_modified, fetched, due, failures, error
             FROM feed ORDER BY subject NULLS LAST, title COLLATE NOCASE, id",
        )?
        .query_map([], feed)?
        .collect()
}

fn feed(row: &Row<'_>) -> rusqlite::Result<Feed> {
    Ok(Feed {
        id: FeedId(row.get(0)?),
        address: row.get(1)?,
        title: row.get(2)?,
        site: row.get(3)?,
        subject: row.get(4)?,
        settings: FeedSettings {
            full_text: row.get(5)?,
            keep_days: row.get(6)?,
            keep_articles: row.get(7)?,
        },
        etag: row.get(8)?,
        last_modified: row.get(9)?,
        fetched: time(row.get(10)?),
        due: time(row.get(11)?),
        failures: row.get(12)?,
        error: row.get(13)?,
    })
}

fn time(seconds: Option<i64>) -> Option<Timestamp> {
    Timestamp::from_second(seconds?).ok()
}

/// Nothing changed means that there was nothing of that name.
fn changed(rows: usize) -> rusqlite::Result<()> {
    if rows == 0 {
        return Err(rusqlite::Error::QueryReturnedNoRows);
    }
    Ok(())
}
