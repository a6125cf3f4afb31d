//! Keeping what was fetched: an answer of a feed goes in whole or not at all. What is new in it can
//! be read at once and waits to be read for names ([`super::waiting`]).

mod standing;

use std::collections::{HashMap, HashSet};

use jiff::tz::Offset;
use jiff::{Timestamp, civil};
use rusqlite::{Connection, params};

use super::fold;
use super::identity::{self, Entry, Identity};
use super::pages;
use super::person::{self, People};
use super::stories::Neighbours;
use super::waiting::{self, Content};
use super::{ArticleId, FeedId, FullText, Library, Problem};
use crate::article::{Article, Published};
use crate::entity::{CountryCode, Entities};

pub use self::standing::Standing;
use self::standing::{adopt, moved, standing};

/// An article as its feed gives it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// From [`identity::identify`] over the whole answer.
    pub identity: Identity,
    /// Where it stands on the web.
    pub link: Option<String>,
    /// The feed's own identity of it, for the record.
    pub guid: Option<String>,
    /// The article.
    pub article: Article,
    /// The article of another link that this is, from [`Standing::Moved`].
    pub instead_of: Option<ArticleId>,
}

/// What became of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stored {
    /// Articles that were not there before.
    pub new: Vec<ArticleId>,
    /// Articles that say something else now.
    pub changed: Vec<ArticleId>,
    /// How many entries brought nothing.
    pub same: usize,
}

impl Library {
    /// Keeps an answer of a feed, or the part of it that [`Library::standings`] found new or
    /// changed. Articles that are not in it stay as they are. An article seen again keeps its id,
    /// and whether it is read, saved, and how far it was read.
    ///
    /// What is new or changed can be read from now on, and waits to be read for names.
    ///
    /// Where the whole text was fetched from the article's page, that stays; the entry's title, date
    /// and address are taken over. What an entry no longer says stays as it was.
    ///
    /// # Errors
    /// [`super::Reason::Missing`] where the feed is no longer subscribed to; another program may
    /// have ended that between the request and its answer.
    pub fn store(
        &mut self,
        feed: FeedId,
        drafts: &[Draft],
        now: Timestamp,
    ) -> Result<Stored, Problem> {
        self.write(|connection| {
            let mut find = connection.prepare_cached("SELECT 1 FROM feed WHERE id = ?1")?;
            if !find.exists([feed.0])? {
                return Err(rusqlite::Error::QueryReturnedNoRows);
            }
            let mut stored = Stored::default();
            let mut seen = HashSet::new();
            for draft in drafts {
                if !seen.insert(draft.identity.key) {
                    stored.same += 1;
                    continue;
                }
                match standing(connection, Some(feed), &draft.identity)? {
                    Standing::New
                        if let Some(id) = draft.instead_of
                            && moved(connection, feed, id, &draft.identity)? =>
                    {
                        if update(connection, id, draft, now)? {
                            wait(connection, id)?;
                        }
                        stored.changed.push(id);
                    }
                    Standing::New if adopt(connection, feed, draft)? => stored.same += 1,
                    Standing::New => {
                        let origin = Origin {
                            feed: Some(feed),
                            source: "",
                            kept: false,
                        };
                        let id = insert(connection, &origin, draft, now)?;
                        wait(connection, id)?;
                        if draft.link.is_some() {
                            pages::want(connection, feed, id)?;
                        }
                        stored.new.push(id);
                    }
                    Standing::Changed(id) | Standing::Moved(id) => {
                        if update(connection, id, draft, now)? {
                            wait(connection, id)?;
                        }
                        stored.changed.push(id);
                    }
                    Standing::Same(_) | Standing::Dropped => stored.same += 1,
                }
            }
            Ok(stored)
        })
    }

    /// Ends a refresh: lets go of the memory that only storing needs, and writes the journal back
    /// into the file. Storing works after it as before.
    pub fn settle(&mut self) -> Result<(), Problem> {
        self.neighbours = Neighbours::default();
        // A reader or writer elsewhere can be in the way; the next time will do.
        let checkpoint = "PRAGMA wal_checkpoint(PASSIVE)";
        let _ = self.connection.query_row(checkpoint, [], |_| Ok(()));
        let released = self.connection.release_memory();
        released.map_err(|error| self.problem(&error))
    }

    /// Keeps an article that comes from no feed, saved and read. `source` is what stands in its
    /// place: a host or a file name. The article that is there already is marked saved.
    pub fn keep(
        &mut self,
        source: &str,
        link: Option<&str>,
        article: &Article,
        entities: &Entities,
        now: Timestamp,
    ) -> Result<ArticleId, Problem> {
        let text = article.text();
        let identity = identity::identify(&[Entry {
            link,
            guid: None,
            title: article.title.as_deref(),
            published: article.published,
            content: &text,
        }]);
        self.write(|connection| {
            // One entry has one identity.
            let &[identity] = identity.as_slice() else {
                return Err(rusqlite::Error::QueryReturnedNoRows);
            };
            let draft = Draft {
                identity,
                link: link.map(str::to_owned),
                guid: None,
                article: article.clone(),
                instead_of: None,
            };
            let (id, is_new) = match standing(connection, None, &identity)? {
                Standing::New | Standing::Dropped => {
                    let origin = Origin {
                        feed: None,
                        source,
                        kept: true,
                    };
                    (insert(connection, &origin, &draft, now)?, true)
                }
                Standing::Changed(id) | Standing::Moved(id) => {
                    (id, update(connection, id, &draft, now)?)
                }
                Standing::Same(id) => (id, false),
            };
            if is_new {
                complete(connection, id, article, entities)?;
            }
            connection.execute("UPDATE article SET saved = 1 WHERE id = ?1", [id.0])?;
            Ok(id)
        })
    }

    /// Lets an article go that came from no feed and need not be kept any longer.
    pub fn let_go(&mut self, id: ArticleId) -> Result<(), Problem> {
        self.write(|connection| {
            let gone =
                connection.execute("DELETE FROM article WHERE id = ?1 AND feed IS NULL", [id.0])?;
            if gone > 0 {
                connection.execute("DELETE FROM search WHERE rowid = ?1", [id.0])?;
            }
            Ok(())
        })
    }

    /// Puts the whole text from an article's page in place of what the feed said, with its names.
    /// The page's title and date do not replace the feed's where it has them.
    pub fn set_full_text(
        &mut self,
        id: ArticleId,
        article: &Article,
        entities: &Entities,
        now: Timestamp,
    ) -> Result<(), Problem> {
        self.write(|connection| {
            let changed = connection.execute(
                "UPDATE article SET updated = ?2 WHERE id = ?1",
                params![id.0, now.as_second()],
            )?;
            if changed == 0 {
                return Err(rusqlite::Error::QueryReturnedNoRows);
            }
            connection.execute(
                "UPDATE body SET full_text = ?2 WHERE article = ?1",
                params![id.0, FullText::Page as u8],
            )?;
            connection.execute("DELETE FROM waiting WHERE article = ?1", [id.0])?;
            pages::fetched(connection, id)?;
            complete(connection, id, article, entities)
        })
    }
}

/// Where an article comes from.
struct Origin<'a> {
    feed: Option<FeedId>,
    source: &'a str,
    kept: bool,
}

/// Adds an article as it is given, without names.
fn insert(
    connection: &Connection,
    origin: &Origin<'_>,
    draft: &Draft,
    now: Timestamp,
) -> rusqlite::Result<ArticleId> {
    let article = &draft.article;
    connection
        .prepare_cached(
            "INSERT INTO article (feed, identity, digest, source, title, link, guid, published,
                 moment, fetched, updated, unread, saved, countries)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11, ?12, '')",
        )?
        .execute(params![
            origin.feed.map(|feed| feed.0),
            draft.identity.key,
            draft.identity.digest,
            origin.source,
            article.title,
            draft.link,
            draft.guid,
            article.published.map(|published| published.to_string()),
            moment(article.published, now),
            now.as_second(),
            !origin.kept,
            origin.kept,
        ])?;
    let id = ArticleId(connection.last_insert_rowid());
    connection
        .prepare_cached(
            "INSERT INTO body (article, standfirst, text, names) VALUES (?1, ?2, ?3, x'')",
        )?
        .execute(params![id.0, article.standfirst, article.text()])?;
    Ok(id)
}

/// Takes over what a feed now says of an article; true if that is its title or text too, which then
/// have to be read for names.
fn update(
    connection: &Connection,
    id: ArticleId,
    draft: &Draft,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let article = &draft.article;
    let published = article.published.map(|published| published.to_string());
    // An article without a date stays where it stood when it first came. What a feed no longer says
    // of an article stays as it said it before: many leave things out for a while.
    connection
        .prepare_cached(
            "UPDATE article SET digest = ?2, link = coalesce(?3, link), guid = coalesce(?4, guid),
                 moment = CASE WHEN ?5 IS NULL OR published IS ?5 THEN moment ELSE ?6 END,
                 published = coalesce(?5, published), updated = ?7
             WHERE id = ?1",
        )?
        .execute(params![
            id.0,
            draft.identity.digest,
            draft.link,
            draft.guid,
            published,
            moment(article.published, now),
            now.as_second(),
        ])?;
    let replaced = connection
        .prepare_cached(
            "UPDATE body SET standfirst = coalesce(?2, standfirst),
                 text = CASE WHEN ?3 = '' THEN text ELSE ?3 END, names = x''
             WHERE article = ?1 AND full_text <> ?4",
        )?
        .execute(params![
            id.0,
            article.standfirst,
            article.text(),
            FullText::Page as u8
        ])?;
    let renamed = connection
        .prepare_cached(
            "UPDATE article SET title = ?2 WHERE id = ?1 AND title IS NOT ?2 AND ?2 <> ''",
        )?
        .execute(params![id.0, article.title])?;
    if renamed > 0 && replaced == 0 {
        connection
            .prepare_cached("UPDATE body SET names = x'' WHERE article = ?1")?
            .execute([id.0])?;
    }
    Ok(replaced + renamed > 0)
}

/// Notes that an article is to be read for names.
fn wait(connection: &Connection, id: ArticleId) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO waiting (article) VALUES (?1) ON CONFLICT DO NOTHING")?
        .execute([id.0])?;
    Ok(())
}

/// Keeps the text of one article with its names, and puts it into the search index.
fn complete(
    connection: &Connection,
    id: ArticleId,
    article: &Article,
    entities: &Entities,
) -> rusqlite::Result<()> {
    let content = Content::new(article, entities.clone());
    content.keep(connection, id, &mut HashMap::new())?;
    waiting::index(connection, std::iter::once((id, &content)))
}

/// Lists who and which countries an article names.
pub(super) fn insert_names(
    connection: &Connection,
    id: ArticleId,
    entities: &Entities,
    people: &mut People,
) -> rusqlite::Result<()> {
    let placed = person::placed(connection, id)?;
    let moment: i64 = connection
        .prepare_cached("SELECT moment FROM article WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))?;
    // Two entries of one article can fold to the same key; the weightier one stands first.
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO person_named (article, person, place, mentions, role, country, moment)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (place, named) in entities.people.iter().enumerate() {
        let placed = if placed.is_empty() {
            None
        } else {
            placed.get(&fold::key(&named.name)).copied()
        };
        let Some(person) = placed.map_or_else(
            || person::keep(connection, named, people),
            |form| Ok(Some(form)),
        )?
        else {
            continue;
        };
        insert.execute(params![
            id.0,
            person,
            place,
            named.mentions.len(),
            named.role,
            named.country.as_ref().map(CountryCode::as_str),
            moment,
        ])?;
    }
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO country_named (article, country, place, mentions, seats, moment)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (place, named) in entities.countries.iter().enumerate() {
        insert.execute(params![
            id.0,
            named.code.as_str(),
            place,
            named.mentions.len(),
            named.seats.len(),
            moment,
        ])?;
    }
    Ok(())
}

/// What lists are ordered by, in Unix seconds: when the article was published, but never later
/// than it was fetched, so that a feed with a wrong clock does not hold the top of the list.
/// Where only the day is known, noon of that day in Jakarta stands for it.
fn moment(published: Option<Published>, fetched: Timestamp) -> i64 {
    let instant = match published {
        None => None,
        Some(Published::Day(date)) => noon(date),
        Some(minute @ Published::Minute { .. }) => minute.instant(),
    };
    instant.unwrap_or(fetched).min(fetched).as_second()
}

fn noon(date: civil::Date) -> Option<Timestamp> {
    const WIB: Offset = Offset::constant(7);
    WIB.to_timestamp(date.at(12, 0, 0, 0)).ok()
}

/// The countries named outright, by weight, as one text of two letters each.
pub(super) fn countries(entities: &Entities) -> String {
    let named = entities
        .countries
        .iter()
        .filter(|country| !country.mentions.is_empty());
    named.map(|country| country.code.to_string()).collect()
}
