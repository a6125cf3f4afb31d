//! Articles whose pages are still to be fetched, of feeds that are always fetched whole.
//!
//! [`Library::store`] notes them with the articles themselves, so that a refresh may end at any
//! point: the next one fetches what is left.

use rusqlite::{Connection, params};

use super::{ArticleId, FeedId, FullText, Library, Problem};

impl Library {
    /// The articles whose pages are wanted, as long as their feeds are to be fetched whole; those
    /// that came last first.
    pub fn pages_wanted(&self) -> Result<Vec<ArticleId>, Problem> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT article.id FROM page_wanted
                         JOIN article ON article.id = page_wanted.article
                         JOIN feed ON feed.id = article.feed
                     WHERE feed.full_text = 1 ORDER BY article.id DESC",
                )?
                .query_map([], |row| row.get(0).map(ArticleId))?
                .collect()
        })
    }

    /// Notes that the whole text could not be fetched; what the feed said stays.
    pub fn note_no_full_text(&mut self, id: ArticleId) -> Result<(), Problem> {
        self.write(|connection| {
            connection.execute(
                "UPDATE body SET full_text = ?2 WHERE article = ?1 AND full_text = ?3",
                params![id.0, FullText::Failed as u8, FullText::Feed as u8],
            )?;
            fetched(connection, id)
        })
    }
}

/// Notes that the page of a new article is wanted, if its feed is always fetched whole.
pub(super) fn want(connection: &Connection, feed: FeedId, id: ArticleId) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO page_wanted
             SELECT ?1 FROM feed WHERE id = ?2 AND full_text = 1 ON CONFLICT DO NOTHING",
        )?
        .execute([id.0, feed.0])?;
    Ok(())
}

/// Notes that the page of an article was fetched, whatever came of it.
pub(super) fn fetched(connection: &Connection, id: ArticleId) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM page_wanted WHERE article = ?1")?
        .execute([id.0])?;
    Ok(())
}
