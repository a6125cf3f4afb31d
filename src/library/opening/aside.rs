//! Begins a library where there is none that works: a damaged file is renamed, and a new one with
//! its feeds takes its place. Nothing is deleted or written over.
//!
//! The new one is made whole under another name before the damaged one is touched, so that a full
//! disk or the end of the program in between costs nothing. One program at a time does this.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, Row};

use super::{beside, connect, is_whole, length, open_to_read};
use crate::library::subscription::insert_feed;
use crate::library::{Library, NewFeed, Problem, Reason};

/// The size of a page in every library of ours, SQLite's own choice.
const PAGE: usize = 4096;

/// A feed, and when it was added.
type Subscribed = (NewFeed, i64);

/// The library of this file, which is missing, empty or damaged. `now` names what is set aside.
pub(super) fn begin(path: &Path, now: Timestamp) -> Result<Library, Problem> {
    let fail = |error: &io::Error| Problem::of_file(path, error);
    let lock = File::create(beside(path, "-lock")).map_err(|error| fail(&error))?;
    // Some network drives keep no locks; two programs seldom begin a library at once.
    let _ = lock.lock();
    // Another program may have been quicker.
    if length(path) > 0 {
        match connect(path) {
            Err(problem) if problem.reason == Reason::Damaged => {}
            result => return result,
        }
    }
    let ready = beside(path, "-new");
    let is_interrupted = !path.exists() && ready.exists();
    if !is_interrupted {
        if !path.exists() && length(&beside(path, "-wal")) == 0 {
            return connect(path).inspect_err(|_| {
                if length(path) == 0 {
                    let _ = fs::remove_file(path);
                }
            });
        }
        make(path, &ready).map_err(|problem| Problem {
            path: path.to_owned(),
            ..problem
        })?;
    }
    let aside = set_aside(path, now)?;
    fs::rename(&ready, path).map_err(|error| fail(&error))?;
    let mut library = connect(path)?;
    library.set_aside = aside;
    Ok(library)
}

/// Makes, under the name `ready`, the library that takes the place of a damaged one.
fn make(path: &Path, ready: &Path) -> Result<(), Problem> {
    let draft = beside(path, "-draft");
    remove(&draft);
    let made = draw_up(path, &draft).and_then(|()| {
        // Closing it wrote everything into the one file, unless the disk is full.
        if length(&beside(&draft, "-wal")) > 0 {
            return Err(Problem {
                path: path.to_owned(),
                reason: Reason::Full,
            });
        }
        fs::rename(&draft, ready).map_err(|error| Problem::of_file(path, &error))
    });
    if made.is_err() {
        remove(&draft);
    }
    made
}

fn draw_up(path: &Path, draft: &Path) -> Result<(), Problem> {
    let feeds = if length(path) > 0 {
        feeds_in(path)
    } else {
        revive(path, draft).map_err(|error| Problem::of_file(path, &error))?;
        if connect(draft).is_ok_and(|library| is_whole(&library.connection)) {
            return Ok(());
        }
        let feeds = feeds_in(draft);
        remove(draft);
        feeds
    };
    connect(draft)?.write(|connection| {
        for (feed, added) in &feeds {
            insert_feed(connection, feed, *added)?;
        }
        Ok(())
    })
}

/// Copies the journal of a file that is gone beside an empty page. SQLite takes what it can from
/// there; beside a file without any page it would delete the journal unread.
fn revive(path: &Path, draft: &Path) -> io::Result<()> {
    let journal = beside(path, "-wal");
    if length(&journal) > 0 {
        fs::write(draft, [0; PAGE])?;
        fs::copy(journal, beside(draft, "-wal"))?;
    }
    Ok(())
}

/// The feeds that can still be read in a damaged file.
fn feeds_in(path: &Path) -> Vec<Subscribed> {
    let mut feeds = Vec::new();
    let Ok(connection) = open_to_read(path) else {
        return feeds;
    };
    // Otherwise SQLite reads nothing of a file that was cut short.
    let _ = connection.pragma_update(None, "writable_schema", true);
    // From both ends up to what is damaged; a feed read twice is taken once.
    for order in ["", "DESC"] {
        let _ = read_feeds(&connection, order, &mut feeds);
    }
    feeds
}

fn read_feeds(
    connection: &Connection,
    order: &str,
    feeds: &mut Vec<Subscribed>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(&format!(
        "SELECT address, title, site, subject, added FROM feed ORDER BY id {order}"
    ))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        feeds.extend(feed(row));
    }
    Ok(())
}

fn feed(row: &Row<'_>) -> rusqlite::Result<Subscribed> {
    let feed = NewFeed {
        address: row.get(0)?,
        title: row.get(1)?,
        site: row.get(2)?,
        subject: row.get(3)?,
    };
    Ok((feed, row.get(4)?))
}

/// Renames the file and what belongs to it; where it went, if there was anything.
fn set_aside(path: &Path, now: Timestamp) -> Result<Option<PathBuf>, Problem> {
    let parts = ["", "-wal", "-shm"];
    let stamp = now.strftime("%Y%m%d-%H%M%S");
    let aside = (0..1000)
        .map(|number| match number {
            0 => beside(path, &format!(".damaged-{stamp}")),
            _ => beside(path, &format!(".damaged-{stamp}-{number}")),
        })
        .find(|name| !parts.iter().any(|part| beside(name, part).exists()))
        .ok_or_else(|| Problem {
            path: path.to_owned(),
            reason: Reason::Damaged,
        })?;
    let mut first = None;
    for part in parts {
        let from = beside(path, part);
        if from.exists() {
            let to = beside(&aside, part);
            fs::rename(&from, &to).map_err(|error| Problem::of_file(path, &error))?;
            first.get_or_insert(to);
        }
    }
    let _ = fs::remove_file(beside(path, "-suspect"));
    Ok(first)
}

/// Deletes a draft of ours, which nobody else knows of.
fn remove(draft: &Path) {
    for part in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(beside(draft, part));
    }
}
