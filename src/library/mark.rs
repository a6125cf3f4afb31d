//! Read and saved, and taking back what was done.
//!
//! Every mark is logged with the articles it changed, so undoing it changes just those back. The log
//! stays in the library: what was marked by mistake yesterday can be taken back today.

use jiff::ZonedDateTime;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::listing::matching;
use super::person::join;
use super::{ArticleId, Library, Problem, Query};
use crate::story::Mark;

/// How many marks can be undone.
const REMEMBERED: i64 = 100;

/// What was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// A mark on articles.
    Mark {
        /// The mark that was set, and is no more.
        mark: Mark,
        /// The articles it was set on.
        articles: Vec<ArticleId>,
    },
    /// Names that were joined or parted.
    People,
}

/// What is logged beside marks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Logged {
    /// Forms of names that were joined or parted, as they were.
    People = 4,
    /// A lone word of an article that was joined.
    Placed = 5,
}

/// The marks by the number they are logged under, which never changes.
const LOGGED: [Mark; 4] = [Mark::Read, Mark::Unread, Mark::Saved, Mark::Unsaved];

/// The column, and what a mark makes of it.
fn column(mark: Mark) -> (&'static str, bool) {
    match mark {
        Mark::Read => ("unread", false),
        Mark::Unread => ("unread", true),
        Mark::Saved => ("saved", true),
        Mark::Unsaved => ("saved", false),
    }
}

impl Library {
    /// Marks some articles; those that changed.
    pub fn mark(&mut self, ids: &[ArticleId], mark: Mark) -> Result<Vec<ArticleId>, Problem> {
        self.write(|connection| {
            let changed = set(connection, ids, mark)?;
            log(connection, mark, &changed)?;
            Ok(changed)
        })
    }

    /// Marks every article that answers a query; those that changed.
    pub fn mark_all(
        &mut self,
        query: &Query,
        mark: Mark,
        now: &ZonedDateTime,
    ) -> Result<Vec<ArticleId>, Problem> {
        self.write(|connection| {
            let (condition, values) = matching(connection, query, now)?;
            let (column, value) = column(mark);
            let (old, new) = (i32::from(!value), i32::from(value));
            let changed = connection
                .prepare(&format!(
                    "UPDATE article SET {column} = {new} WHERE {column} = {old} AND {condition}
                     RETURNING id"
                ))?
                .query_map(params_from_iter(values), |row| row.get(0).map(ArticleId))?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            log(connection, mark, &changed)?;
            Ok(changed)
        })
    }

    /// Takes the last mark, joining or parting back; None where there is none left.
    pub fn undo(&mut self) -> Result<Option<Undone>, Problem> {
        self.write(|connection| {
            let last = connection
                .query_row(
                    "SELECT id, mark, articles FROM undo ORDER BY id DESC LIMIT 1",
                    [],
                    |row| {
                        Ok((
                            row.get::<_, i64>(0)?,
                            row.get::<_, usize>(1)?,
                            row.get::<_, Vec<u8>>(2)?,
                        ))
                    },
                )
                .optional()?;
            let Some((id, mark, articles)) = last else {
                return Ok(None);
            };
            connection.execute("DELETE FROM undo WHERE id = ?1", [id])?;
            let numbers = unpack(&articles);
            if let Some(&mark) = LOGGED.get(mark) {
                let ids: Vec<ArticleId> = numbers.into_iter().map(ArticleId).collect();
                let articles = set(connection, &ids, mark.opposite())?;
                return Ok(Some(Undone::Mark { mark, articles }));
            }
            if mark == Logged::Placed as usize {
                join::replace(connection, &numbers)?;
            } else {
                join::restore(connection, &numbers)?;
            }
            Ok(Some(Undone::People))
        })
    }
}

fn set(connection: &Connection, ids: &[ArticleId], mark: Mark) -> rusqlite::Result<Vec<ArticleId>> {
    let (column, value) = column(mark);
    let mut update = connection.prepare_cached(&format!(
        "UPDATE article SET {column} = ?2 WHERE id = ?1 AND {column} <> ?2"
    ))?;
    let mut changed = Vec::new();
    for &id in ids {
        if update.execute(params![id.0, value])? > 0 {
            changed.push(id);
        }
    }
    Ok(changed)
}

fn log(connection: &Connection, mark: Mark, changed: &[ArticleId]) -> rusqlite::Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let number = LOGGED.iter().position(|logged| *logged == mark);
    let ids: Vec<i64> = changed.iter().map(|id| id.0).collect();
    remember(connection, number, &ids)
}

/// Logs what joining or parting names changed.
pub(super) fn log_states(
    connection: &Connection,
    logged: Logged,
    states: &[i64],
) -> rusqlite::Result<()> {
    remember(connection, Some(logged as usize), states)
}

fn remember(
    connection: &Connection,
    number: Option<usize>,
    changed: &[i64],
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO undo (mark, articles) VALUES (?1, ?2)")?
        .execute(params![number, pack(changed)])?;
    connection
        .prepare_cached("DELETE FROM undo WHERE id <= ?1")?
        .execute([connection.last_insert_rowid() - REMEMBERED])?;
    Ok(())
}

/// Eight bytes a number, little-endian: "all read" over 100,000 articles is 800 KB for as long as
/// it can be undone.
fn pack(numbers: &[i64]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect()
}

fn unpack(bytes: &[u8]) -> Vec<i64> {
    let (numbers, _) = bytes.as_chunks::<8>();
    numbers
        .iter()
        .map(|&bytes| i64::from_le_bytes(bytes))
        .collect()
}
