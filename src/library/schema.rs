//! The schema: numbered files, applied in order, never edited after they were published.
//!
//! SQLite's `user_version` says how many have been applied. To change the schema add a file to the
//! folder and a step to [`STEPS`]; the test that opens a library of every older version finds it.

mod backfill;

use rusqlite::Connection;

/// One step from a version to the next.
pub struct Step {
    /// The file.
    pub sql: &'static str,
    /// What SQL alone cannot do for the articles already kept.
    pub then: Option<fn(&Connection) -> rusqlite::Result<()>>,
}

/// All steps; the version of a library is how many of them it has seen.
pub const STEPS: &[Step] = &[
    Step {
        sql: include_str!("schema/001_articles.sql"),
        then: None,
    },
    Step {
        sql: include_str!("schema/002_search.sql"),
        then: Some(backfill::index_all),
    },
    Step {
        sql: include_str!("schema/003_marks.sql"),
        then: None,
    },
    Step {
        sql: include_str!("schema/004_stories.sql"),
        then: None,
    },
    Step {
        sql: include_str!("schema/005_people.sql"),
        then: Some(backfill::join_figures),
    },
    Step {
        sql: include_str!("schema/006_waiting.sql"),
        then: None,
    },
    Step {
        sql: include_str!("schema/007_pages.sql"),
        then: None,
    },
];

/// The version this program writes.
pub const VERSION: u32 = STEPS.len() as u32;

/// "wrta": marks a file as a library of ours (SQLite's `application_id`).
pub const APPLICATION: i32 = 0x7772_7461;

/// Applies the steps a library of this version has not seen, up to `target`. Within a transaction.
pub fn apply(connection: &Connection, version: u32, target: u32) -> rusqlite::Result<()> {
    for (index, step) in STEPS
        .iter()
        .enumerate()
        .take(target as usize)
        .skip(version as usize)
    {
        connection.execute_batch(step.sql)?;
        if let Some(then) = step.then {
            then(connection)?;
        }
        connection.pragma_update(None, "user_version", index + 1)?;
    }
    connection.pragma_update(None, "application_id", APPLICATION)
}
