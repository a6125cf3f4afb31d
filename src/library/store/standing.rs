//! What the library has of an entry: nothing, the same, or an older state of it.

use std::collections::{HashMap, HashSet};
use std::iter;

use rusqlite::{Connection, OptionalExtension, params};

use super::super::identity::{self, Identity};
use super::super::{ArticleId, FeedId, Library, Problem};
use super::Draft;

/// What the library has of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing; it is to be kept.
    New,
    /// An older state of it.
    Changed(ArticleId),
    /// An older state of it, under a link that it no longer has.
    Moved(ArticleId),
    /// The same. There is nothing to do.
    Same(ArticleId),
    /// It was here and retention dropped it. There is nothing to do.
    Dropped,
}

impl Library {
    /// What the library has of each entry of an answer. Only what is new or changed need be given to
    /// [`Library::store`].
    pub fn standings(
        &self,
        feed: FeedId,
        identities: &[Identity],
    ) -> Result<Vec<Standing>, Problem> {
        self.read(|connection| {
            let mut standings = identities
                .iter()
                .map(|identity| standing(connection, Some(feed), identity))
                .collect::<rusqlite::Result<Vec<_>>>()?;
            find_moved(connection, feed, identities, &mut standings)?;
            Ok(standings)
        })
    }
}

/// What is there under the names of an entry, in the order that [`identity`] gives.
pub(super) fn standing(
    connection: &Connection,
    feed: Option<FeedId>,
    identity: &Identity,
) -> rusqlite::Result<Standing> {
    let feed = feed.map(|feed| feed.0);
    let mut select = connection
        .prepare_cached("SELECT id, digest FROM article WHERE identity = ?1 AND feed IS ?2")?;
    let mut find = |name: i64| -> rusqlite::Result<Option<(ArticleId, bool)>> {
        let row = select.query_row(params![name, feed], |row| {
            let digest: i64 = row.get(1)?;
            Ok((ArticleId(row.get(0)?), digest == identity.digest))
        });
        row.optional()
    };
    let by_key = find(identity.key)?;
    if let Some((id, true)) = by_key {
        return Ok(Standing::Same(id));
    }
    for name in identity.longer() {
        match find(name)? {
            Some((id, true)) => return Ok(Standing::Same(id)),
            Some((id, false)) => return Ok(Standing::Changed(id)),
            None => {}
        }
    }
    if let Some((id, _)) = by_key {
        return Ok(Standing::Changed(id));
    }
    for name in identity.shorter() {
        if let Some((id, true)) = find(name)? {
            return Ok(Standing::Same(id));
        }
    }
    let mut dropped =
        connection.prepare_cached("SELECT 1 FROM dropped WHERE feed = ?2 AND identity = ?1")?;
    for name in iter::once(identity.key).chain(identity.longer()) {
        if dropped.exists(params![name, feed])? {
            return Ok(Standing::Dropped);
        }
    }
    Ok(Standing::New)
}

/// Finds the articles whose links have changed among what seems new, by their guids. That looks at
/// all articles of the feed once, and only where something new has a lasting guid.
fn find_moved(
    connection: &Connection,
    feed: FeedId,
    identities: &[Identity],
    standings: &mut [Standing],
) -> rusqlite::Result<()> {
    let mut wanted: HashMap<i64, usize> = HashMap::new();
    for (index, (identity, standing)) in identities.iter().zip(&*standings).enumerate() {
        if let (Some(guid), Standing::New) = (identity.guid, standing) {
            wanted.insert(guid.hash, index);
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let here: HashSet<i64> = identities.iter().flat_map(Identity::names).collect();
    let mut select = connection.prepare_cached(
        "SELECT guid, id, identity, title, published FROM article
         WHERE feed = ?1 AND guid IS NOT NULL",
    )?;
    let mut rows = select.query([feed.0])?;
    while let Some(row) = rows.next()? {
        let hash = identity::hash_of_guid(row.get_ref(0)?.as_str()?);
        let Some(&index) = wanted.get(&hash) else {
            continue;
        };
        let agrees = identities[index].guid.is_some_and(|guid| {
            let text = |column| row.get_ref(column).ok()?.as_str_or_null().ok()?;
            guid.agrees(text(3), text(4))
        });
        if agrees && !here.contains(&row.get(2)?) {
            standings[index] = Standing::Moved(ArticleId(row.get(1)?));
        }
    }
    Ok(())
}

/// Gives an article of the feed another identity; whether it is there.
pub(super) fn moved(
    connection: &Connection,
    feed: FeedId,
    id: ArticleId,
    identity: &Identity,
) -> rusqlite::Result<bool> {
    let rows = connection
        .prepare_cached("UPDATE article SET identity = ?2 WHERE id = ?1 AND feed = ?3")?
        .execute(params![id.0, identity.key, feed.0])?;
    Ok(rows > 0)
}

/// Gives an entry that is new to a feed the article that was kept of it when the feed was last
/// unsubscribed from, or that came from its page; whether there is one. It stays as it was kept.
pub(super) fn adopt(
    connection: &Connection,
    feed: FeedId,
    draft: &Draft,
) -> rusqlite::Result<bool> {
    let Draft { identity, link, .. } = draft;
    // Without a link a feed's own name of an article is not good enough for all feeds.
    let mut find = connection.prepare_cached(
        "SELECT id FROM article WHERE identity = ?1 AND feed IS NULL
             AND (link IS NOT NULL AND ?2 OR source = (SELECT title FROM feed WHERE id = ?3))",
    )?;
    for name in iter::once(identity.key).chain(identity.longer()) {
        let kept: Option<i64> = find
            .query_row(params![name, link.is_some(), feed.0], |row| row.get(0))
            .optional()?;
        if let Some(id) = kept {
            connection
                .prepare_cached(
                    "UPDATE article SET feed = ?2, identity = ?3, digest = ?4 WHERE id = ?1",
                )?
                .execute(params![id, feed.0, identity.key, identity.digest])?;
            return Ok(true);
        }
    }
    Ok(false)
}
