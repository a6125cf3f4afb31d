//! Finds, for an article that comes in, the story it belongs to.
//!
//! The marks ([`similar`]) of the articles since the oldest that comes in are held in memory while a refresh goes on,
//! by mark, so that each new article meets only those it shares some with. Another program that
//! changes the library in between is noticed, and they are read again.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::fold;
use super::similar::{self, Text};
use super::{ArticleId, FeedId, Library, Problem, Row};

/// Seconds between the first and last telling of a story: three days.
const SPAN: i64 = 3 * 86_400;

/// A mark that so many articles have is a phrase of the trade and says nothing.
const COMMONEST: u32 = 40;

/// Articles that share fewer marks are not compared.
const FEWEST: u32 = 2;

/// How many articles are compared in full, those with the most marks in common.
const COMPARED: usize = 4;

/// The marks of articles, from a moment on.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    /// The state of the file they were read from, as far as other programs change it.
    version: i64,
    /// All articles from this moment on are in it.
    from: Option<i64>,
    articles: Vec<Neighbour>,
    /// For each mark the last place in `places` it stands at, and how many articles have it.
    last: HashMap<u32, (u32, u32)>,
    /// An article, and the place of the one before it with the same mark.
    places: Vec<(u32, u32)>,
}

/// One article of a story, or of one to be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Telling {
    /// The feed it is from.
    pub feed: Option<FeedId>,
    /// When it was told, in Unix seconds.
    pub moment: i64,
    /// It belongs to no story yet.
    pub is_alone: bool,
}

#[derive(Debug, Clone, Copy)]
struct Neighbour {
    id: i64,
    feed: Option<i64>,
    moment: i64,
}

/// The end of a chain of places.
const NONE: u32 = u32::MAX;

impl Library {
    /// All articles of a story, newest first: the versions of one article. Just that article where it
    /// stands alone, nothing where it is gone.
    pub fn versions(&self, id: ArticleId) -> Result<Vec<Row>, Problem> {
        self.rows_of(&self.told(id)?)
    }

    /// The same, by their ids.
    pub fn told(&self, id: ArticleId) -> Result<Vec<ArticleId>, Problem> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT other.id FROM article AS one JOIN article AS other
                         ON other.id = one.id OR other.story = one.story
                     WHERE one.id = ?1 ORDER BY other.moment DESC, other.id DESC",
                )?
                .query_map([id.0], |row| row.get(0).map(ArticleId))?
                .collect()
        })
    }
}

impl Neighbours {
    /// Reads the marks of all articles that one of `oldest` or younger may share its story with, as
    /// far as they are not known.
    pub fn prepare(&mut self, connection: &Connection, oldest: i64) -> rusqlite::Result<()> {
        let version = connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        if version != self.version {
            *self = Self {
                version,
                ..Self::default()
            };
        }
        let from = oldest.saturating_sub(SPAN);
        let known = self.from.unwrap_or(i64::MAX);
        if known <= from {
            return Ok(());
        }
        self.from = Some(from);
        let mut select = connection.prepare_cached(
            "SELECT id, feed, moment, marks FROM article JOIN sketch ON sketch.article = id
             WHERE moment >= ?1 AND moment < ?2",
        )?;
        let mut rows = select.query([from, known])?;
        while let Some(row) = rows.next()? {
            let neighbour = Neighbour {
                id: row.get(0)?,
                feed: row.get(1)?,
                moment: row.get(2)?,
            };
            let marks = row.get_ref(3)?.as_blob()?.as_chunks::<4>().0;
            self.add(
                neighbour,
                marks.iter().map(|&mark| u32::from_le_bytes(mark)),
            );
        }
        Ok(())
    }

    /// Adds an article that has just come in, and joins it with the story it tells.
    pub fn join(
        &mut self,
        connection: &Connection,
        id: ArticleId,
        telling: &Telling,
        text: &Text<'_>,
        marks: &[u32],
    ) -> rusqlite::Result<()> {
        let Telling { feed, moment, .. } = *telling;
        let newcomer = Neighbour {
            id: id.0,
            feed: feed.map(|feed| feed.0),
            moment,
        };
        let Some(from) = self.from.filter(|&from| moment >= from) else {
            return Ok(());
        };
        let candidates = if moment < from + SPAN {
            Vec::new()
        } else {
            self.candidates(&newcomer, marks)
        };
        for candidate in candidates {
            if is_same(connection, candidate, text)? {
                let story: i64 = connection
                    .prepare_cached(
                        "UPDATE article SET story = coalesce(story, id) WHERE id = ?1
                         RETURNING story",
                    )?
                    .query_row([candidate], |row| row.get(0))?;
                connection
                    .prepare_cached("UPDATE article SET story = ?2 WHERE id = ?1")?
                    .execute(params![id.0, story])?;
                break;
            }
        }
        self.add(newcomer, marks.iter().copied());
        Ok(())
    }

    fn add(&mut self, article: Neighbour, marks: impl Iterator<Item = u32>) {
        let number = self.articles.len() as u32;
        self.articles.push(article);
        for mark in marks {
            let entry = self.last.entry(mark).or_insert((NONE, 0));
            if entry.1 < COMMONEST {
                self.places.push((number, entry.0));
                *entry = (self.places.len() as u32 - 1, entry.1 + 1);
            }
        }
    }

    /// The articles of other feeds and about the same time with the most marks in common.
    fn candidates(&self, newcomer: &Neighbour, marks: &[u32]) -> Vec<i64> {
        let mut shared: HashMap<u32, u32> = HashMap::new();
        for mark in marks {
            let Some(&(mut place, count)) = self.last.get(mark) else {
                continue;
            };
            if count >= COMMONEST {
                continue;
            }
            while let Some(&(article, before)) = self.places.get(place as usize) {
                *shared.entry(article).or_default() += 1;
                place = before;
            }
        }
        let mut candidates: Vec<(u32, i64)> = shared
            .into_iter()
            .filter(|&(_, count)| count >= FEWEST)
            .filter_map(|(article, count)| {
                let article = self.articles.get(article as usize)?;
                let near = (article.moment - newcomer.moment).abs() <= SPAN;
                (near && article.feed != newcomer.feed).then_some((count, article.id))
            })
            .collect();
        // The most marks first; of equals the article that came first.
        candidates.sort_unstable_by_key(|&(count, id)| (std::cmp::Reverse(count), id));
        candidates.truncate(COMPARED);
        candidates.into_iter().map(|(_, id)| id).collect()
    }
}

/// Keeps the marks of an article, in place of those it had.
pub(super) fn keep(connection: &Connection, id: ArticleId, marks: &[u32]) -> rusqlite::Result<()> {
    let bytes: Vec<u8> = marks.iter().flat_map(|mark| mark.to_le_bytes()).collect();
    connection
        .prepare_cached(
            "INSERT INTO sketch (article, marks) VALUES (?1, ?2)
             ON CONFLICT DO UPDATE SET marks = ?2",
        )?
        .execute(params![id.0, bytes])?;
    Ok(())
}

fn is_same(connection: &Connection, candidate: i64, text: &Text<'_>) -> rusqlite::Result<bool> {
    let found: Option<(Option<String>, Option<String>, String)> = connection
        .prepare_cached(
            "SELECT title, standfirst, text FROM article JOIN body ON body.article = id
             WHERE id = ?1",
        )?
        .query_row([candidate], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    // Gone meanwhile.
    let Some((title, standfirst, written)) = found else {
        return Ok(false);
    };
    let (mut head, mut body) = (String::new(), String::new());
    fold::fold_into(&mut head, title.as_deref().unwrap_or_default());
    fold::fold_into(&mut body, standfirst.as_deref().unwrap_or_default());
    fold::fold_into(&mut body, &written);
    let other = Text {
        title: &head,
        body: &body,
        written: &written,
    };
    Ok(similar::same_story(text, &other))
}
