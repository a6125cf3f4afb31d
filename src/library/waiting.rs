//! Articles that are kept and not yet read for names.
//!
//! What a feed brings is kept as it came ([`Library::store`]), so that it can be read at once and
//! nothing is lost when the program ends. It is then cleaned, read for names and indexed for search
//! ([`Library::finish`]), which costs fifteen times as much. An article that still waits is listed,
//! opened and marked like any other; only a search for words or names does not find it.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::fold;
use super::person::People;
use super::shelf::paragraphs;
use super::similar::{self, Text};
use super::store::{countries, insert_names};
use super::stories::{self, Telling};
use super::{ArticleId, FeedId, Library, Problem, names};
use crate::article::Article;
use crate::entity::Entities;

/// An article that waits to be read for names, as its feed gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The article's.
    pub id: ArticleId,
    /// What the feed said.
    pub article: Article,
    digest: i64,
}

/// An article ready to be indexed: clean, with its names.
#[derive(Debug, Clone)]
pub struct Finished {
    id: ArticleId,
    /// Of what it was made from.
    digest: i64,
    content: Content,
}

/// What is kept of an article's text.
#[derive(Debug, Clone)]
pub(super) struct Content {
    title: Option<String>,
    standfirst: Option<String>,
    text: String,
    entities: Entities,
    folded: Folded,
    marks: Vec<u32>,
}

/// The words of an article as search knows them.
#[derive(Debug, Clone)]
pub(super) struct Folded {
    title: String,
    body: String,
}

impl Waiting {
    /// The article after cleaning, with the names in it. All that can be worked out without the
    /// library is worked out here, on the caller's thread.
    pub fn finish(self, article: &Article, entities: Entities) -> Finished {
        Finished {
            id: self.id,
            digest: self.digest,
            content: Content::new(article, entities),
        }
    }
}

impl Library {
    /// The articles that wait, in the order they came.
    pub fn waiting(&self) -> Result<Vec<ArticleId>, Problem> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT article FROM waiting ORDER BY article")?
                .query_map([], |row| row.get(0).map(ArticleId))?
                .collect()
        })
    }

    /// Those of the articles that still wait, with what is to be read.
    pub fn to_be_read(&self, ids: &[ArticleId]) -> Result<Vec<Waiting>, Problem> {
        self.read(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT digest, title, standfirst, published, text FROM waiting
                     JOIN article ON article.id = waiting.article
                     JOIN body ON body.article = waiting.article
                 WHERE waiting.article = ?1",
            )?;
            let mut found = Vec::with_capacity(ids.len());
            for &id in ids {
                let row = |row: &rusqlite::Row<'_>| {
                    Ok(Waiting {
                        id,
                        digest: row.get(0)?,
                        article: Article {
                            title: row.get(1)?,
                            standfirst: row.get(2)?,
                            published: row
                                .get_ref(3)?
                                .as_str_or_null()?
                                .and_then(super::shelf::published),
                            paragraphs: paragraphs(row.get_ref(4)?.as_str()?),
                        },
                    })
                };
                found.extend(select.query_row([id.0], row).optional()?);
            }
            Ok(found)
        })
    }

    /// Keeps what was made of articles that waited, and puts them into the search index and into
    /// the stories they tell; which of them. What has changed meanwhile goes on waiting, and what
    /// another program was quicker with is left as it is.
    pub fn finish(&mut self, finished: &[Finished]) -> Result<Vec<ArticleId>, Problem> {
        let mut neighbours = std::mem::take(&mut self.neighbours);
        let done = self.write(|connection| {
            let found = still_waiting(connection, finished)?;
            if let Some(oldest) = found.iter().map(|(_, telling)| telling.moment).min() {
                neighbours.prepare(connection, oldest)?;
            }
            let mut people = HashMap::new();
            for (one, telling) in &found {
                let Finished { id, content, .. } = one;
                content.keep(connection, *id, &mut people)?;
                connection
                    .prepare_cached("DELETE FROM waiting WHERE article = ?1")?
                    .execute([id.0])?;
                if telling.is_alone {
                    neighbours.join(
                        connection,
                        *id,
                        telling,
                        &content.compared(),
                        &content.marks,
                    )?;
                }
            }
            let found = found.into_iter().map(|(one, _)| one);
            let done: Vec<&Finished> = found.collect();
            index(connection, done.iter().map(|one| (one.id, &one.content)))?;
            Ok(done.iter().map(|one| one.id).collect())
        })?;
        // Only what was really kept is known to the next articles.
        self.neighbours = neighbours;
        Ok(done)
    }
}

/// What articles are now, of those that still wait and say what they said when they were read.
fn still_waiting<'a>(
    connection: &Connection,
    finished: &'a [Finished],
) -> rusqlite::Result<Vec<(&'a Finished, Telling)>> {
    let mut select = connection.prepare_cached(
        "SELECT feed, moment, story IS NULL FROM waiting JOIN article ON id = waiting.article
         WHERE waiting.article = ?1 AND digest = ?2",
    )?;
    let mut found = Vec::with_capacity(finished.len());
    for one in finished {
        let telling = select
            .query_row([one.id.0, one.digest], |row| {
                Ok(Telling {
                    feed: row.get::<_, Option<i64>>(0)?.map(FeedId),
                    moment: row.get(1)?,
                    is_alone: row.get(2)?,
                })
            })
            .optional()?;
        found.extend(telling.map(|telling| (one, telling)));
    }
    Ok(found)
}

impl Content {
    /// Works out what is kept of an article.
    pub fn new(article: &Article, entities: Entities) -> Self {
        let text = article.text();
        let folded = Folded::new(
            article.title.as_deref(),
            article.standfirst.as_deref(),
            &text,
        );
        let marks = similar::sketch(&Text {
            title: &folded.title,
            body: &folded.body,
            written: &text,
        });
        Self {
            title: article.title.clone(),
            standfirst: article.standfirst.clone(),
            text,
            entities,
            folded,
            marks,
        }
    }

    /// Keeps it for an article that is there, in place of what was kept of it before. The search
    /// index is left to [`index`].
    pub fn keep(
        &self,
        connection: &Connection,
        id: ArticleId,
        people: &mut People,
    ) -> rusqlite::Result<()> {
        connection
            .prepare_cached("UPDATE article SET title = ?2, countries = ?3 WHERE id = ?1")?
            .execute(params![id.0, self.title, countries(&self.entities)])?;
        connection
            .prepare_cached(
                "UPDATE body SET standfirst = ?2, text = ?3, names = ?4 WHERE article = ?1",
            )?
            .execute(params![
                id.0,
                self.standfirst,
                self.text,
                names::encode(&self.entities)
            ])?;
        for sql in [
            "DELETE FROM person_named WHERE article = ?1",
            "DELETE FROM country_named WHERE article = ?1",
        ] {
            connection.prepare_cached(sql)?.execute([id.0])?;
        }
        insert_names(connection, id, &self.entities, people)?;
        stories::keep(connection, id, &self.marks)
    }

    /// As it is compared with other articles.
    fn compared(&self) -> Text<'_> {
        Text {
            title: &self.folded.title,
            body: &self.folded.body,
            written: &self.text,
        }
    }
}

impl Folded {
    /// Folds title, standfirst and text.
    pub fn new(title: Option<&str>, standfirst: Option<&str>, text: &str) -> Self {
        let mut folded = Self {
            title: String::new(),
            body: String::new(),
        };
        fold::fold_into(&mut folded.title, title.unwrap_or_default());
        fold::fold_into(&mut folded.body, standfirst.unwrap_or_default());
        fold::fold_into(&mut folded.body, text);
        folded
    }

    /// Adds the article to the search index.
    pub fn index(&self, connection: &Connection, id: i64) -> rusqlite::Result<()> {
        connection
            .prepare_cached("INSERT INTO search (rowid, title, body) VALUES (?1, ?2, ?3)")?
            .execute(params![id, self.title, self.body])?;
        Ok(())
    }
}

/// Puts articles into the search index, in place of what it had of them.
///
/// At the end of a transaction and in the order of their ids: FTS5 writes what it has gathered out
/// to the file at every smaller id, and whenever a statement on another table takes a savepoint.
pub(super) fn index<'a>(
    connection: &Connection,
    articles: impl Iterator<Item = (ArticleId, &'a Content)>,
) -> rusqlite::Result<()> {
    let mut articles: Vec<_> = articles.collect();
    articles.sort_unstable_by_key(|&(id, _)| id);
    let mut delete = connection.prepare_cached("DELETE FROM search WHERE rowid = ?1")?;
    for (id, _) in &articles {
        delete.execute([id.0])?;
    }
    for (id, content) in articles {
        content.folded.index(connection, id.0)?;
    }
    Ok(())
}
