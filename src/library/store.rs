//! Keeping what was fetched: an answer of a feed goes in whole or not at all, with its names and
//! its words in the index.

use std::collections::{HashMap, HashSet};

use jiff::tz::Offset;
use jiff::{Timestamp, civil};
use rusqlite::{Connection, OptionalExtension, params};

use super::fold;
use super::identity::{self, Entry, Identity};
use super::person::{self, People};
use super::similar::{self, Text};
use super::stories::{self, Neighbours};
use super::{ArticleId, FeedId, FullText, Library, Problem, names};
use crate::article::{Article, Published};
use crate::entity::{CountryCode, Entities};

/// An article ready to be kept.
#[derive(Debug, Clone)]
pub struct Draft {
    /// From [`identity::identify`] over the whole answer.
    pub identity: Identity,
    /// Where it stands on the web.
    pub link: Option<String>,
    /// The feed's own identity of it, for the record.
    pub guid: Option<String>,
    /// The article, clean.
    pub article: Article,
    /// The names in it.
    pub entities: Entities,
}

/// What the library has of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing; it is to be cleaned, read for names, and kept.
    New,
    /// An older state of it.
    Changed(ArticleId),
    /// The same. There is nothing to do.
    Same(ArticleId),
    /// It was here and retention dropped it. There is nothing to do.
    Dropped,
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
    /// What the library has of each entry of an answer. Only what is new or changed need be cleaned,
    /// read for names and given to [`Library::store`].
    pub fn standings(
        &self,
        feed: FeedId,
        identities: &[Identity],
    ) -> Result<Vec<Standing>, Problem> {
        self.read(|connection| {
            identities
                .iter()
                .map(|identity| standing(connection, Some(feed), identity))
                .collect()
        })
    }

    /// Keeps an answer of a feed, or the part of it that [`Library::standings`] found new or
    /// changed. Articles that are not in it stay as they are. An article seen again keeps its id,
    /// and whether it is read, saved, and how far it was read.
    ///
    /// Where the whole text was fetched from the article's page, that stays; only the entry's date
    /// and address are taken over.
    pub fn store(
        &mut self,
        feed: FeedId,
        drafts: &[Draft],
        now: Timestamp,
    ) -> Result<Stored, Problem> {
        let mut neighbours = std::mem::take(&mut self.neighbours);
        let stored = self.write(|connection| {
            let mut stored = Stored::default();
            let mut seen = HashSet::new();
            let mut people = HashMap::new();
            let moments = drafts.iter().map(|d| moment(d.article.published, now));
            if let Some(oldest) = moments.min() {
                neighbours.prepare(connection, oldest, now.as_second())?;
            }
            for draft in drafts {
                if !seen.insert(draft.identity.key) {
                    stored.same += 1;
                    continue;
                }
                match standing(connection, Some(feed), &draft.identity)? {
                    Standing::New => {
                        let origin = Origin {
                            feed: Some(feed),
                            source: "",
                            kept: false,
                        };
                        let (id, folded) = insert(connection, &origin, draft, now, &mut people)?;
                        let moment = moment(draft.article.published, now);
                        neighbours.join(connection, id, Some(feed), moment, &folded.text())?;
                        stored.new.push(id);
                    }
                    Standing::Changed(id) => {
                        update(connection, id, draft, now, &mut people)?;
                        stored.changed.push(id);
                    }
                    Standing::Same(_) | Standing::Dropped => stored.same += 1,
                }
            }
            Ok(stored)
        })?;
        // Only what was really stored is known to the next answer.
        self.neighbours = neighbours;
        Ok(stored)
    }

    /// Ends a refresh: lets go of the memory that only storing needs, and writes the journal back
    /// into the file. Storing works after it as before.
    pub fn settle(&mut self) -> Result<(), Problem> {
        self.neighbours = Neighbours::default();
        self.read(|connection| {
            // A reader or writer elsewhere can be in the way; the next time will do.
            let _ = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
            connection.release_memory()
        })
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
        let identities = identity::identify(&[Entry {
            link,
            guid: None,
            title: article.title.as_deref(),
            published: article.published,
            content: &text,
        }]);
        self.write(|connection| {
            let mut kept = None;
            for identity in identities {
                let draft = Draft {
                    identity,
                    link: link.map(str::to_owned),
                    guid: None,
                    article: article.clone(),
                    entities: entities.clone(),
                };
                let mut people = HashMap::new();
                kept = Some(match standing(connection, None, &identity)? {
                    Standing::New | Standing::Dropped => {
                        let origin = Origin {
                            feed: None,
                            source,
                            kept: true,
                        };
                        let (id, folded) = insert(connection, &origin, &draft, now, &mut people)?;
                        stories::keep(connection, id, &similar::sketch(&folded.text()))?;
                        id
                    }
                    Standing::Changed(id) => {
                        update(connection, id, &draft, now, &mut people)?;
                        id
                    }
                    Standing::Same(id) => id,
                });
            }
            let id = kept.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
            connection.execute("UPDATE article SET saved = 1 WHERE id = ?1", [id.0])?;
            Ok(id)
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
            forget_words_and_names(connection, id)?;
            connection.execute("DELETE FROM body WHERE article = ?1", [id.0])?;
            let changed = connection.execute(
                "UPDATE article SET title = ?2, countries = ?3, updated = ?4 WHERE id = ?1",
                params![id.0, article.title, countries(entities), now.as_second()],
            )?;
            if changed == 0 {
                return Err(rusqlite::Error::QueryReturnedNoRows);
            }
            let mut people = HashMap::new();
            let page = FullText::Page;
            let folded = insert_body(connection, id, article, entities, page, &mut people)?;
            stories::keep(connection, id, &similar::sketch(&folded.text()))
        })
    }

    /// Notes that the whole text could not be fetched; what the feed said stays.
    pub fn note_no_full_text(&mut self, id: ArticleId) -> Result<(), Problem> {
        self.write(|connection| {
            connection.execute(
                "UPDATE body SET full_text = ?2 WHERE article = ?1 AND full_text = ?3",
                params![id.0, FullText::Failed as u8, FullText::Feed as u8],
            )?;
            Ok(())
        })
    }
}

/// The words of an article: for the search index, and to be compared with others.
#[derive(Debug)]
pub(super) struct Folded {
    title: String,
    body: String,
    written: String,
}

impl Folded {
    /// Folds title, standfirst and text.
    pub fn new(title: Option<&str>, standfirst: Option<&str>, text: String) -> Self {
        let mut folded = Self {
            title: String::new(),
            body: String::new(),
            written: text,
        };
        fold::fold_into(&mut folded.title, title.unwrap_or_default());
        fold::fold_into(&mut folded.body, standfirst.unwrap_or_default());
        fold::fold_into(&mut folded.body, &folded.written);
        folded
    }

    /// As it is compared.
    pub fn text(&self) -> Text<'_> {
        Text {
            title: &self.title,
            body: &self.body,
            written: &self.written,
        }
    }

    /// Adds the article to the search index.
    pub fn index(&self, connection: &Connection, id: i64) -> rusqlite::Result<()> {
        connection
            .prepare_cached("INSERT INTO search (rowid, title, body) VALUES (?1, ?2, ?3)")?
            .execute(params![id, self.title, self.body])?;
        Ok(())
    }
}

/// Where an article comes from.
struct Origin<'a> {
    feed: Option<FeedId>,
    source: &'a str,
    kept: bool,
}

fn standing(
    connection: &Connection,
    feed: Option<FeedId>,
    identity: &Identity,
) -> rusqlite::Result<Standing> {
    let feed = feed.map(|feed| feed.0);
    let mut find = connection
        .prepare_cached("SELECT id, digest FROM article WHERE identity = ?1 AND feed IS ?2")?;
    for key in [Some(identity.key), identity.other].into_iter().flatten() {
        let found: Option<(i64, i64)> = find
            .query_row(params![key, feed], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((id, digest)) = found {
            let id = ArticleId(id);
            return Ok(if digest == identity.digest {
                Standing::Same(id)
            } else {
                Standing::Changed(id)
            });
        }
    }
    let dropped = connection
        .prepare_cached("SELECT 1 FROM dropped WHERE feed = ?2 AND identity IN (?1, ?3)")?
        .exists(params![identity.key, feed, identity.other])?;
    Ok(if dropped {
        Standing::Dropped
    } else {
        Standing::New
    })
}

fn insert(
    connection: &Connection,
    origin: &Origin<'_>,
    draft: &Draft,
    now: Timestamp,
    people: &mut People,
) -> rusqlite::Result<(ArticleId, Folded)> {
    let article = &draft.article;
    connection
        .prepare_cached(
            "INSERT INTO article (feed, identity, digest, source, title, link, guid, published,
                 moment, fetched, updated, unread, saved, countries)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11, ?12, ?13)",
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
            countries(&draft.entities),
        ])?;
    let id = ArticleId(connection.last_insert_rowid());
    let folded = insert_body(
        connection,
        id,
        article,
        &draft.entities,
        FullText::Feed,
        people,
    )?;
    Ok((id, folded))
}

fn update(
    connection: &Connection,
    id: ArticleId,
    draft: &Draft,
    now: Timestamp,
    people: &mut People,
) -> rusqlite::Result<()> {
    let article = &draft.article;
    let published = article.published.map(|published| published.to_string());
    // An article without a date stays where it stood when it first came.
    connection
        .prepare_cached(
            "UPDATE article SET digest = ?2, link = coalesce(?3, link), guid = ?4,
                 moment = CASE WHEN published IS ?5 THEN moment ELSE ?6 END, published = ?5,
                 updated = ?7
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
    let full_text: FullText = connection
        .prepare_cached("SELECT full_text FROM body WHERE article = ?1")?
        .query_row([id.0], |row| row.get(0))?;
    if full_text == FullText::Page {
        return Ok(());
    }
    forget_words_and_names(connection, id)?;
    connection
        .prepare_cached("DELETE FROM body WHERE article = ?1")?
        .execute([id.0])?;
    connection
        .prepare_cached("UPDATE article SET title = ?2, countries = ?3 WHERE id = ?1")?
        .execute(params![id.0, article.title, countries(&draft.entities)])?;
    let folded = insert_body(connection, id, article, &draft.entities, full_text, people)?;
    stories::keep(connection, id, &similar::sketch(&folded.text()))
}

/// Takes an article out of the search index and the lists of names.
fn forget_words_and_names(connection: &Connection, id: ArticleId) -> rusqlite::Result<()> {
    for sql in [
        "DELETE FROM search WHERE rowid = ?1",
        "DELETE FROM person_named WHERE article = ?1",
        "DELETE FROM country_named WHERE article = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([id.0])?;
    }
    Ok(())
}

fn insert_body(
    connection: &Connection,
    id: ArticleId,
    article: &Article,
    entities: &Entities,
    full_text: FullText,
    people: &mut People,
) -> rusqlite::Result<Folded> {
    let text = article.text();
    connection
        .prepare_cached(
            "INSERT INTO body (article, standfirst, text, full_text, names)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            id.0,
            article.standfirst,
            text,
            full_text as u8,
            names::encode(entities),
        ])?;
    let folded = Folded::new(
        article.title.as_deref(),
        article.standfirst.as_deref(),
        text,
    );
    folded.index(connection, id.0)?;
    insert_names(connection, id, entities, people)?;
    Ok(folded)
}

fn insert_names(
    connection: &Connection,
    id: ArticleId,
    entities: &Entities,
    people: &mut People,
) -> rusqlite::Result<()> {
    let placed = person::placed(connection, id)?;
    // Two entries of one article can fold to the same key; the weightier one stands first.
    let moment: i64 = connection
        .prepare_cached("SELECT moment FROM article WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0))?;
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO person_named (article, person, place, mentions, role, country, moment)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (place, named) in entities.people.iter().enumerate() {
        let placed = placed.get(&fold::key(&named.name)).copied();
        let Some(person) = placed.or(person::keep(connection, named, people)?) else {
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
fn countries(entities: &Entities) -> String {
    let named = entities
        .countries
        .iter()
        .filter(|country| !country.mentions.is_empty());
    named.map(|country| country.code.to_string()).collect()
}
