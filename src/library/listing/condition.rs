//! A query as SQL.
//!
//! No text of the user's becomes part of the SQL or of FTS5's own query language: folded words are
//! only letters and digits and stand in quotes, everything else is a number or a bound value.

use std::fmt::Write;

use jiff::ZonedDateTime;
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::library::fold;
use crate::library::follow::Following;
use crate::library::person::{self, list};
use crate::library::query::{Phrase, Query, Sought, Term};
use crate::library::subscription::feeds;

/// A name that stands in so many articles is met soon when walking through all of them.
const OFTEN: usize = 2_000;

/// What an article must be to answer a query.
pub struct Condition {
    /// For FTS5; None for a query without words.
    words: Option<String>,
    /// On `article`, all of them.
    clauses: Vec<String>,
    values: Vec<Value>,
    /// Nothing older is sought.
    since: Option<i64>,
    /// Each story counts once.
    together: bool,
}

impl Condition {
    /// Looks up the people and feeds that a query names, and puts it into SQL.
    pub fn new(
        connection: &Connection,
        query: &Query,
        now: &ZonedDateTime,
    ) -> rusqlite::Result<Self> {
        let mut condition = Self {
            words: words(query),
            clauses: Vec::new(),
            values: Vec::new(),
            since: None,
            together: query.together,
        };
        let mut feeds_wanted: Vec<&str> = Vec::new();
        for term in &query.terms {
            let not = if term.negated { "NOT " } else { "" };
            match &term.sought {
                Sought::Words(_) | Sought::Title(_) if !term.negated => {}
                Sought::Words(phrase) | Sought::Title(phrase) => {
                    // FTS5 can only take away from something found.
                    if condition.words.is_none() {
                        let matched = matched(phrase, matches!(term.sought, Sought::Title(_)));
                        condition.add(
                            "article.id NOT IN (SELECT rowid FROM search WHERE search MATCH ?)",
                            [Value::from(matched)],
                        );
                    }
                }
                Sought::Person(phrase) => {
                    let people = list(&person::sought(connection, phrase)?);
                    let named = format!("person_named WHERE person IN ({people})");
                    condition.names(connection, &named, term.negated)?;
                }
                Sought::Who(id) => {
                    let id = person::root(connection, id.0)?;
                    let people = list(&person::forms(connection, id)?);
                    let named = format!("person_named WHERE person IN ({people})");
                    condition.names(connection, &named, term.negated)?;
                }
                Sought::Followed => {
                    let names = Following::read(connection)?.names("article.id");
                    condition.clauses.push(format!("{not}{names}"));
                }
                Sought::Country(code) => {
                    // Two capital letters, by its type.
                    let named = format!("country_named WHERE country = '{code}'");
                    condition.names(connection, &named, term.negated)?;
                }
                Sought::Feed(name) if !term.negated => feeds_wanted.push(name),
                Sought::Feed(name) => {
                    let without = feeds_named(connection, &[name])?;
                    condition.clauses.push(format!(
                        "coalesce(article.feed, 0) NOT IN ({})",
                        list(&without)
                    ));
                }
                Sought::Since(since) => {
                    let moment = since.moment(now);
                    if !term.negated {
                        condition.since = condition.since.max(Some(moment));
                    }
                    condition
                        .clauses
                        .push(format!("{not}(article.moment >= {moment})"));
                }
                Sought::Unread => condition
                    .clauses
                    .push(format!("article.unread = {}", i32::from(!term.negated))),
                Sought::Saved => condition
                    .clauses
                    .push(format!("article.saved = {}", i32::from(!term.negated))),
            }
        }
        if !feeds_wanted.is_empty() {
            let within = feeds_named(connection, &feeds_wanted)?;
            condition
                .clauses
                .push(format!("article.feed IN ({})", list(&within)));
        }
        if let Some(feed) = query.within {
            condition.clauses.push(format!("article.feed = {}", feed.0));
        }
        Ok(condition)
    }

    /// True for a query with words.
    pub fn is_ranked(&self) -> bool {
        self.words.is_some()
    }

    /// The ids newest first, for a query without words.
    pub fn newest(&self, limit: usize, offset: usize) -> (String, Vec<Value>) {
        let sql = format!(
            "SELECT id, story FROM article{} ORDER BY moment DESC, id DESC LIMIT ? OFFSET ?",
            r#where(&self.clauses)
        );
        let mut values = self.values.clone();
        values.extend([number(limit), number(offset)]);
        (sql, values)
    }

    /// The ids best first, of the `among` hits that were kept last.
    ///
    /// Walking the index backwards by id and stopping there is what keeps a common word cheap: a hit
    /// costs its score, and only these are scored.
    pub fn best(&self, among: usize) -> (String, Vec<Value>) {
        let sql = format!(
            "SELECT hit, {} FROM (SELECT search.rowid AS hit, rank AS score {} ORDER BY
                 search.rowid DESC LIMIT ?) ORDER BY score, hit DESC",
            self.story_of("hit"),
            self.hits()
        );
        (sql, self.hit_values([number(among)]))
    }

    /// The ids of the `among` hits that were kept last, newest first.
    pub fn latest(&self, among: usize) -> (String, Vec<Value>) {
        let sql = format!(
            "SELECT search.rowid {} ORDER BY search.rowid DESC LIMIT ?",
            self.hits()
        );
        (sql, self.hit_values([number(among)]))
    }

    /// The ids of the hits after `skipped` that were kept later, newest first.
    pub fn others(&self, skipped: usize) -> (String, Vec<Value>) {
        let sql = format!(
            "SELECT search.rowid, {} {} ORDER BY search.rowid DESC LIMIT -1 OFFSET ?",
            self.story_of("search.rowid"),
            self.hits()
        );
        (sql, self.hit_values([number(skipped)]))
    }

    /// The story of a hit, looked up only where it matters.
    fn story_of(&self, hit: &str) -> String {
        if self.together {
            format!("(SELECT story FROM article AS told WHERE told.id = {hit})")
        } else {
            "NULL".to_owned()
        }
    }

    fn hits(&self) -> String {
        if self.clauses.is_empty() {
            return "FROM search WHERE search MATCH ?".to_owned();
        }
        // An article is never published later than it was fetched, and ids grow as articles are
        // fetched: so the search need not look at ids below the first that is new enough.
        let since = match self.since {
            Some(moment) => format!(
                "AND search.rowid >= (SELECT min(id) FROM article WHERE moment >= {moment})"
            ),
            None => String::new(),
        };
        format!(
            "FROM search CROSS JOIN article ON article.id = search.rowid
             WHERE search MATCH ? {since} AND {}",
            self.clauses.join(" AND ")
        )
    }

    fn hit_values(&self, more: impl IntoIterator<Item = Value>) -> Vec<Value> {
        let words = self.words.clone().unwrap_or_default();
        let mut values = vec![Value::from(words)];
        values.extend(self.values.iter().cloned());
        values.extend(more);
        values
    }

    /// How many there are; of those not yet read, where `unread`.
    pub fn count(&self, unread: bool) -> (String, Vec<Value>) {
        let unread = unread.then_some("article.unread = 1");
        if let (Some(words), true, None, false) =
            (&self.words, self.clauses.is_empty(), unread, self.together)
        {
            return (
                "SELECT count(*) FROM search WHERE search MATCH ?".to_owned(),
                vec![Value::from(words.clone())],
            );
        }
        let (mut clause, values) = self.on_article();
        if let Some(unread) = unread {
            let _ = write!(clause, " AND {unread}");
        }
        let number = if self.together {
            "count(*) - count(story) + count(DISTINCT story)"
        } else {
            "count(*)"
        };
        (
            format!("SELECT {number} FROM article WHERE {clause}"),
            values,
        )
    }

    /// As one condition on `article`.
    pub fn on_article(&self) -> (String, Vec<Value>) {
        let mut clauses = Vec::new();
        let mut values = Vec::new();
        if let Some(words) = &self.words {
            clauses.push("article.id IN (SELECT rowid FROM search WHERE search MATCH ?)");
            values.push(Value::from(words.clone()));
        }
        clauses.extend(self.clauses.iter().map(String::as_str));
        values.extend(self.values.iter().cloned());
        if clauses.is_empty() {
            clauses.push("TRUE");
        }
        (clauses.join(" AND "), values)
    }

    /// The article is one of those in a list of names, or is not.
    ///
    /// A list of some length is asked about each article, newest first, until there are enough; a
    /// short one says at once which articles there are.
    fn names(
        &mut self,
        connection: &Connection,
        named: &str,
        negated: bool,
    ) -> rusqlite::Result<()> {
        let not = if negated { "NOT " } else { "" };
        let length: usize = connection.query_row(
            &format!("SELECT count(*) FROM (SELECT 1 FROM {named} LIMIT {OFTEN})"),
            [],
            |row| row.get(0),
        )?;
        self.clauses.push(if length < OFTEN {
            format!("article.id {not}IN (SELECT article FROM {named})")
        } else {
            format!("{not}EXISTS (SELECT 1 FROM {named} AND article = article.id)")
        });
        Ok(())
    }

    fn add(&mut self, clause: &str, values: impl IntoIterator<Item = Value>) {
        self.clauses.push(clause.to_owned());
        self.values.extend(values);
    }
}

/// The words of a query in the language of FTS5; None where none is wanted.
fn words(query: &Query) -> Option<String> {
    let matched = |term: &Term, negated: bool| match &term.sought {
        Sought::Words(phrase) if term.negated == negated => Some(matched(phrase, false)),
        Sought::Title(phrase) if term.negated == negated => Some(matched(phrase, true)),
        _ => None,
    };
    let wanted: Vec<String> = query
        .terms
        .iter()
        .filter_map(|t| matched(t, false))
        .collect();
    if wanted.is_empty() {
        return None;
    }
    let mut words = format!("({})", wanted.join(" AND "));
    for unwanted in query.terms.iter().filter_map(|term| matched(term, true)) {
        let _ = write!(words, " NOT {unwanted}");
    }
    Some(words)
}

fn matched(phrase: &Phrase, in_title: bool) -> String {
    format!(
        "{}\"{}\"{}",
        if in_title { "{title} : " } else { "" },
        phrase.words.join(" "),
        if phrase.prefix { " *" } else { "" }
    )
}

/// The feeds with one of the names in their title or address.
fn feeds_named(connection: &Connection, names: &[&str]) -> rusqlite::Result<Vec<i64>> {
    let feeds = feeds(connection)?.into_iter().filter(|feed| {
        let (title, address) = (fold::key(&feed.title), fold::key(&feed.address));
        names
            .iter()
            .any(|name| title.contains(name) || address.contains(name))
    });
    Ok(feeds.map(|feed| feed.id.0).collect())
}

fn r#where(clauses: &[String]) -> String {
    if clauses.is_empty() {
        String::new()
    } else {
        format!(" WHERE {}", clauses.join(" AND "))
    }
}

/// SQLite takes no more than 63 bits; a range without an end asks for that much.
fn number(value: usize) -> Value {
    Value::from(i64::try_from(value).unwrap_or(i64::MAX))
}
