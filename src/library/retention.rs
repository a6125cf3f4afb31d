//! Dropping what is old. Nothing that is saved is ever dropped.

use jiff::{Timestamp, ToSpan};
use rusqlite::params;

use super::subscription::feeds;
use super::{Library, Problem};

/// How long it is remembered that an article was dropped, in days. Feeds list an article for weeks,
/// rarely for months.
const REMEMBERED: i64 = 400;

/// What is kept of every feed that has no setting of its own. Nothing is dropped by default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Retention {
    /// Articles of so many days.
    pub days: Option<u32>,
    /// So many articles that are not saved, the newest.
    pub articles: Option<u32>,
}

impl Library {
    /// Drops what is older, or more, than is to be kept; how many articles went.
    ///
    /// What was dropped does not come back while its feed still lists it.
    pub fn retain(&mut self, usual: Retention, now: Timestamp) -> Result<usize, Problem> {
        self.write(|connection| {
            let today = now.as_second().div_euclid(86_400);
            let mut count = 0;
            for feed in feeds(connection)? {
                let days = feed.settings.keep_days.or(usual.days);
                let articles = feed.settings.keep_articles.or(usual.articles);
                let oldest = days
                    .and_then(|days| now.checked_sub((i64::from(days) * 24).hours()).ok())
                    .map_or(i64::MIN, Timestamp::as_second);
                let most = articles.map_or(-1, i64::from);
                let old: Vec<(i64, i64)> = connection
                    .prepare_cached(
                        "SELECT id, identity FROM article
                         WHERE feed = ?1 AND saved = 0 AND (moment < ?2 OR (?3 >= 0 AND id NOT IN (
                             SELECT id FROM article WHERE feed = ?1 AND saved = 0
                             ORDER BY moment DESC, id DESC LIMIT ?3)))",
                    )?
                    .query_map(params![feed.id.0, oldest, most], |row| {
                        Ok((row.get(0)?, row.get(1)?))
                    })?
                    .collect::<rusqlite::Result<_>>()?;
                for &(id, identity) in &old {
                    connection
                        .prepare_cached("INSERT OR REPLACE INTO dropped VALUES (?1, ?2, ?3)")?
                        .execute(params![feed.id.0, identity, today])?;
                    for sql in [
                        "DELETE FROM search WHERE rowid = ?1",
                        "DELETE FROM article WHERE id = ?1",
                    ] {
                        connection.prepare_cached(sql)?.execute([id])?;
                    }
                }
                count += old.len();
            }
            connection.execute("DELETE FROM dropped WHERE day < ?1", [today - REMEMBERED])?;
            Ok(count)
        })
    }
}
