//! What an encyclopedia says of a name: kept, so that each name is asked for once a week at most.
//!
//! Asking is [`crate::encyclopedia`]'s; nothing here reaches the network.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension, params};

use super::fold;
use super::{Library, Problem};

/// How long an answer counts as fresh; that there is no article too.
pub const FRESH: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The terms on which Wikipedia gives its text.
pub const LICENCE: &str = "Wikipedia, CC BY-SA 4.0";

/// The beginning of an article of the encyclopedia.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The article's title there.
    pub title: String,
    /// Its first paragraph.
    pub text: String,
    /// The article, for a browser.
    pub address: Option<String>,
}

/// What is kept of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// When it was asked for.
    pub asked: Timestamp,
    /// What it says; None where it has no such article. Its terms are [`LICENCE`].
    pub summary: Option<Summary>,
}

impl Reference {
    /// It need not be asked for again yet.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        now.duration_since(self.asked) < FRESH
    }
}

impl Library {
    /// What is kept of a name; None where it was never asked for.
    pub fn reference(&self, name: &str) -> Result<Option<Reference>, Problem> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT asked, title, summary, address FROM reference WHERE key = ?1",
                )?
                .query_row([fold::key(name)], |row| {
                    let title: Option<String> = row.get(1)?;
                    let text: Option<String> = row.get(2)?;
                    let address = row.get(3)?;
                    Ok(Reference {
                        asked: Timestamp::from_second(row.get(0)?).unwrap_or_default(),
                        summary: title.zip(text).map(|(title, text)| Summary {
                            title,
                            text,
                            address,
                        }),
                    })
                })
                .optional()
        })
    }

    /// Keeps what was answered for a name, in place of what was kept before.
    pub fn keep_reference(&mut self, name: &str, answer: &Reference) -> Result<(), Problem> {
        self.write(|connection| {
            let summary = answer.summary.as_ref();
            connection
                .prepare_cached("INSERT OR REPLACE INTO reference VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![
                    fold::key(name),
                    answer.asked.as_second(),
                    summary.map(|summary| &summary.title),
                    summary.map(|summary| &summary.text),
                    summary.and_then(|summary| summary.address.as_ref()),
                ])?;
            Ok(())
        })
    }
}
