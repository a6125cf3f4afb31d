//! Lists of articles: which, in what order, and how many.
//!
//! A query with words is ranked by BM25 (Robertson and Zaragoza 2009, as FTS5 computes it), a word
//! in the title counting as much as eight in the text; every other list is newest first. Of a query
//! with more than `RANKED` hits only the latest are ranked; where that query has a phrase or the
//! beginning of a word, they are ranked by their titles alone.

mod condition;

use std::collections::HashSet;
use std::ops::Range;

use jiff::ZonedDateTime;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::follow::Following;
use super::query::{Phrase, Query};
use super::shelf::published;
use super::snippet::{self, Snippet};
use super::{ArticleId, FeedId, Library, Problem};
use crate::article::Published;
use crate::entity::CountryCode;
use condition::Condition;

/// How many hits are ranked: those that were kept last. Where there are more, the others follow,
/// newest first. A word with more hits says little, and of what it finds the newest is wanted.
const RANKED: usize = 5_000;

/// How many hits are ranked by their titles: those that were kept last.
const TITLED: usize = 2_000;

/// What a list shows of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The article.
    pub id: ArticleId,
    /// The feed it is from, if that is still there.
    pub feed: Option<FeedId>,
    /// Its headline; empty where it has none.
    pub title: String,
    /// The feed's title, or what stands in its place.
    pub source: String,
    /// Where it stands on the web.
    pub link: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Not yet read.
    pub unread: bool,
    /// Kept for good.
    pub saved: bool,
    /// The countries named outright, by weight.
    pub countries: Vec<CountryCode>,
    /// How many articles of the library tell this story; 1 where it stands alone.
    pub versions: usize,
    /// It names someone or something the user follows.
    pub names_followed: bool,
}

/// How long a list is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// All its articles.
    pub articles: usize,
    /// Those not yet read.
    pub unread: usize,
}

impl Library {
    /// The articles of a query in their order, as far as they stand in `range`.
    pub fn ids(
        &self,
        query: &Query,
        range: Range<usize>,
        now: &ZonedDateTime,
    ) -> Result<Vec<ArticleId>, Problem> {
        self.read(|connection| {
            let condition = Condition::new(connection, query, now)?;
            let mut list = List::new(range, query.together);
            if !condition.is_ranked() {
                // Where every article counts SQLite can skip those before the range itself.
                let (limit, offset) = list.window();
                list.extend(connection, condition.newest(limit, offset))?;
                return Ok(list.ids);
            }
            if let Some(hits) = best_by_title(connection, &condition, query)? {
                list.extend_with(connection, &hits)?;
                list.extend(connection, condition.others(TITLED))?;
            } else if list.extend(connection, condition.best(RANKED))? == RANKED {
                list.extend(connection, condition.others(RANKED))?;
            }
            Ok(list.ids)
        })
    }

    /// The rows of a query in their order, as far as they stand in `range`.
    pub fn rows(
        &self,
        query: &Query,
        range: Range<usize>,
        now: &ZonedDateTime,
    ) -> Result<Vec<Row>, Problem> {
        let ids = self.ids(query, range, now)?;
        self.rows_of(&ids)
    }

    /// The rows of some articles in the order given; those that are gone are left out.
    pub fn rows_of(&self, ids: &[ArticleId]) -> Result<Vec<Row>, Problem> {
        self.read(|connection| {
            let following = Following::read(connection)?;
            let names_followed = if following.is_empty() {
                "0".to_owned()
            } else {
                following.names("article.id")
            };
            let mut select = connection.prepare_cached(&format!(
                "SELECT article.feed, article.title, coalesce(feed.title, source), link, published,
                     unread, saved, countries, (SELECT count(*) FROM article AS other
                         WHERE other.story = article.story), {names_followed}
                 FROM article LEFT JOIN feed ON feed.id = article.feed WHERE article.id = ?1",
            ))?;
            let mut rows = Vec::with_capacity(ids.len());
            for &id in ids {
                rows.extend(
                    select
                        .query_row([id.0], |row| self::row(id, row))
                        .optional()?,
                );
            }
            Ok(rows)
        })
    }

    /// How many articles answer a query, and how many of them are unread.
    pub fn count(&self, query: &Query, now: &ZonedDateTime) -> Result<Count, Problem> {
        self.read(|connection| {
            let condition = Condition::new(connection, query, now)?;
            let count = |unread| {
                let (sql, values) = condition.count(unread);
                connection
                    .prepare_cached(&sql)?
                    .query_row(params_from_iter(values), |row| row.get(0))
            };
            Ok(Count {
                articles: count(false)?,
                unread: count(true)?,
            })
        })
    }

    /// Whether all articles there are came from no feed, and from sources that `is_one` knows.
    pub fn holds_only(&self, is_one: &impl Fn(&str) -> bool) -> Result<bool, Problem> {
        self.read(|connection| {
            let mut select =
                connection.prepare_cached("SELECT feed IS NULL, source FROM article")?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                if !row.get(0)? || !is_one(row.get_ref(1)?.as_str()?) {
                    return Ok(false);
                }
            }
            Ok(true)
        })
    }

    /// For each article the part of its text that answers the query, about `length` characters.
    pub fn snippets(
        &self,
        query: &Query,
        ids: &[ArticleId],
        length: usize,
    ) -> Result<Vec<Snippet>, Problem> {
        let phrases: Vec<&Phrase> = query.wanted().collect();
        self.read(|connection| {
            let mut select = connection
                .prepare_cached("SELECT standfirst, text FROM body WHERE article = ?1")?;
            ids.iter()
                .map(|id| {
                    let texts: Option<(Option<String>, String)> = select
                        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))
                        .optional()?;
                    let (standfirst, text) = texts.unwrap_or_default();
                    let text = match standfirst {
                        Some(standfirst) => standfirst + "\n\n" + &text,
                        None => text,
                    };
                    Ok(snippet::snippet(&text, &phrases, length))
                })
                .collect()
        })
    }

    /// The names of the people in an article, by weight. For lists that show them without opening
    /// the article.
    pub fn people_in(&self, id: ArticleId) -> Result<Vec<String>, Problem> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT name FROM person_named JOIN person ON person.id = person
                     WHERE article = ?1 ORDER BY place",
                )?
                .query_map([id.0], |row| row.get(0))?
                .collect()
        })
    }

    /// The countries of an article by weight, those there only by a seat of government included.
    pub fn countries_in(&self, id: ArticleId) -> Result<Vec<CountryCode>, Problem> {
        self.read(|connection| {
            let codes: Vec<String> = connection
                .prepare_cached(
                    "SELECT country FROM country_named WHERE article = ?1 ORDER BY place",
                )?
                .query_map([id.0], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            Ok(codes.iter().flat_map(|code| countries(code)).collect())
        })
    }
}

/// The latest hits of a query with more than [`RANKED`], where BM25 would cost too much: those with
/// most of what is sought in their titles first, the later of equals before the earlier.
///
/// BM25 weighs everything sought by the number of articles that have it, and FTS5 counts them over
/// the whole index, however few are to be ranked. For a word that is to read one list. A phrase is
/// looked for in every article that has its words, and the lists of all words with one beginning
/// are put together anew: of 100,000 articles, several times what the search itself costs.
fn best_by_title(
    connection: &Connection,
    condition: &Condition,
    query: &Query,
) -> rusqlite::Result<Option<Vec<i64>>> {
    let sought: Vec<&Phrase> = query.wanted().collect();
    if sought
        .iter()
        .all(|phrase| phrase.words.len() == 1 && !phrase.prefix)
    {
        return Ok(None);
    }
    let (sql, values) = condition.latest(RANKED + 1);
    let latest: Vec<i64> = connection
        .prepare_cached(&sql)?
        .query_map(params_from_iter(values), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if latest.len() <= RANKED {
        return Ok(None);
    }
    let mut titles = connection.prepare_cached("SELECT title FROM article WHERE id = ?1")?;
    let mut hits = Vec::with_capacity(TITLED);
    for &hit in &latest[..TITLED] {
        let title: Option<Option<String>> = titles.query_row([hit], |row| row.get(0)).optional()?;
        let title = title.flatten().unwrap_or_default();
        let missing = sought
            .iter()
            .filter(|phrase| snippet::find(&title, &[phrase]).is_empty())
            .count();
        hits.push((missing, hit));
    }
    // It keeps the order of equals.
    hits.sort_by_key(|&(missing, _)| missing);
    Ok(Some(hits.into_iter().map(|(_, hit)| hit).collect()))
}

/// A list being read, from its beginning to the end of the range that is wanted.
struct List {
    ids: Vec<ArticleId>,
    /// How many are still to be passed over.
    before: usize,
    /// How many are wanted.
    length: usize,
    /// The stories met so far, where each counts once.
    stories: Option<HashSet<i64>>,
}

impl List {
    fn new(range: Range<usize>, together: bool) -> Self {
        Self {
            ids: Vec::new(),
            before: range.start,
            length: range.len(),
            stories: together.then(HashSet::new),
        }
    }

    /// The limit and offset for a statement that may pass over articles by itself.
    fn window(&mut self) -> (usize, usize) {
        if self.stories.is_some() {
            return (usize::MAX, 0);
        }
        (self.length, std::mem::take(&mut self.before))
    }

    fn is_full(&self) -> bool {
        self.ids.len() == self.length
    }

    /// Reads on; how many articles there were, all of them or until the list was full.
    fn extend(
        &mut self,
        connection: &Connection,
        (sql, values): (String, Vec<Value>),
    ) -> rusqlite::Result<usize> {
        let mut select = connection.prepare_cached(&sql)?;
        let mut rows = select.query(params_from_iter(values))?;
        let mut count = 0;
        while !self.is_full()
            && let Some(row) = rows.next()?
        {
            count += 1;
            self.take(row.get(0)?, row.get(1)?);
        }
        Ok(count)
    }

    /// Goes on with these hits.
    fn extend_with(&mut self, connection: &Connection, hits: &[i64]) -> rusqlite::Result<()> {
        let mut stories = connection.prepare_cached("SELECT story FROM article WHERE id = ?1")?;
        for &hit in hits {
            if self.is_full() {
                break;
            }
            let story: Option<Option<i64>> = match self.stories {
                Some(_) => stories.query_row([hit], |row| row.get(0)).optional()?,
                None => None,
            };
            self.take(hit, story.flatten());
        }
        Ok(())
    }

    fn take(&mut self, id: i64, story: Option<i64>) {
        if let Some(stories) = &mut self.stories
            && let Some(story) = story
            && !stories.insert(story)
        {
            return;
        }
        if self.before > 0 {
            self.before -= 1;
        } else {
            self.ids.push(ArticleId(id));
        }
    }
}

/// The articles that answer a query, for a change to all of them: a condition on `article` and its
/// values.
pub(super) fn matching(
    connection: &Connection,
    query: &Query,
    now: &ZonedDateTime,
) -> rusqlite::Result<(String, Vec<Value>)> {
    Ok(Condition::new(connection, query, now)?.on_article())
}

fn row(id: ArticleId, row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let text: Option<String> = row.get(4)?;
    Ok(Row {
        id,
        feed: row.get::<_, Option<i64>>(0)?.map(FeedId),
        title: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
        source: row.get(2)?,
        link: row.get(3)?,
        published: text.as_deref().and_then(published),
        unread: row.get(5)?,
        saved: row.get(6)?,
        countries: countries(row.get_ref(7)?.as_str()?).collect(),
        versions: row.get::<_, usize>(8)?.max(1),
        names_followed: row.get(9)?,
    })
}

fn countries(codes: &str) -> impl Iterator<Item = CountryCode> {
    codes
        .as_bytes()
        .as_chunks::<2>()
        .0
        .iter()
        .copied()
        .map(CountryCode)
}
