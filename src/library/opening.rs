//! Opening the file: what it costs does not grow with what is in it.
//!
//! A damaged file is renamed and a new one begun in its place; nothing is deleted or written over.
//! Damage is looked for where it is cheap (the file's header, its length, the schema). Damage in
//! the middle shows when that page is read; the file is then marked by an empty file beside it, and
//! the next opening checks every page.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::schema::{self, APPLICATION, VERSION};
use super::stories::Neighbours;
use super::subscription::insert_feed;
use super::{FILE, Library, NewFeed, PATIENCE, Problem, Reason};

impl Library {
    /// Opens the library in a folder; makes both where there is none. `now` names a damaged file
    /// that is set aside ([`Library::set_aside`] says where it went).
    ///
    /// Where the file cannot be written it is opened for reading.
    pub fn open(folder: &Path, now: Timestamp) -> Result<Self, Problem> {
        let path = folder.join(FILE);
        // Where this fails, opening the file says why.
        let _ = fs::create_dir_all(folder);
        match connect(&path) {
            Err(problem) if problem.reason == Reason::Damaged => {
                let aside = set_aside(&path, now)?;
                let mut library = connect(&path)?;
                if let Some(aside) = aside {
                    library.resubscribe(&aside);
                    library.set_aside = Some(aside);
                }
                Ok(library)
            }
            result => result,
        }
    }

    /// Takes over from a damaged file the feeds that can still be read in it. What cannot be read
    /// stays in the file.
    fn resubscribe(&mut self, damaged: &Path) {
        let Ok(old) = Connection::open_with_flags(damaged, OpenFlags::SQLITE_OPEN_READ_ONLY) else {
            return;
        };
        let Ok(mut feeds) = old.prepare("SELECT address, title, site, subject, added FROM feed")
        else {
            return;
        };
        let Ok(mut rows) = feeds.query([]) else {
            return;
        };
        let mut kept: Vec<(NewFeed, i64)> = Vec::new();
        while let Ok(Some(row)) = rows.next() {
            let feed = || -> rusqlite::Result<(NewFeed, i64)> {
                let feed = NewFeed {
                    address: row.get(0)?,
                    title: row.get(1)?,
                    site: row.get(2)?,
                    subject: row.get(3)?,
                };
                Ok((feed, row.get(4)?))
            };
            kept.extend(feed());
        }
        // Nothing depends on it: the file that was set aside still has them.
        let _ = self.write(|connection| {
            for (feed, added) in &kept {
                insert_feed(connection, feed, *added)?;
            }
            Ok(())
        });
    }
}

/// Runs `work` as one transaction that has the right to write from its beginning.
pub(super) fn transact<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = work(&transaction)?;
    transaction.commit()?;
    Ok(value)
}

/// Notes that the file was found damaged while in use.
pub(super) fn suspect(path: &Path) {
    // Where even this cannot be written, the next damage found says it again.
    let _ = File::create(beside(path, "-suspect"));
}

fn connect(path: &Path) -> Result<Library, Problem> {
    let fail = |error: &rusqlite::Error| Problem::new(path, error);
    let because = |reason| Problem {
        path: path.to_owned(),
        reason,
    };
    if is_cut_short(path) {
        return Err(because(Reason::Damaged));
    }
    let mut connection = open_file(path).map_err(|error| fail(&error))?;
    let (application, version, is_new) = look(&connection).map_err(|error| fail(&error))?;
    if !is_new && application != APPLICATION {
        return Err(because(Reason::Foreign));
    }
    if version > VERSION {
        return Err(because(Reason::Newer(version)));
    }
    let mark = beside(path, "-suspect");
    if mark.exists() {
        if !is_whole(&connection) {
            return Err(because(Reason::Damaged));
        }
        let _ = fs::remove_file(mark);
    }
    let read_only = connection
        .is_readonly("main")
        .map_err(|error| fail(&error))?;
    if read_only {
        if version < VERSION {
            return Err(because(if is_new {
                Reason::Denied
            } else {
                Reason::Older
            }));
        }
    } else {
        prepare(&mut connection, version).map_err(|error| fail(&error))?;
    }
    Ok(Library {
        connection,
        path: path.to_owned(),
        read_only,
        set_aside: None,
        neighbours: Neighbours::default(),
    })
}

/// The connection; for reading only where the system does not allow more.
fn open_file(path: &Path) -> rusqlite::Result<Connection> {
    let usual = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match Connection::open_with_flags(
        path,
        usual | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    ) {
        Err(error)
            if error.sqlite_error_code() == Some(ErrorCode::CannotOpen) && path.is_file() =>
        {
            Connection::open_with_flags(path, usual | OpenFlags::SQLITE_OPEN_READ_ONLY)?
        }
        result => result?,
    };
    connection.busy_timeout(PATIENCE)?;
    match look(&connection) {
        // In a folder that cannot be written SQLite cannot keep the files beside the library that
        // tell writers and readers of each other. Without a journal waiting there is no writer.
        Err(error)
            if matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)
            ) && length(&beside(path, "-wal")) == 0 =>
        {
            let connection = Connection::open_with_flags(
                address(path),
                usual | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI,
            )?;
            connection.busy_timeout(PATIENCE)?;
            Ok(connection)
        }
        _ => Ok(connection),
    }
}

/// Its mark, its version, and whether nothing is in it yet.
fn look(connection: &Connection) -> rusqlite::Result<(i32, u32, bool)> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get(0));
    let application = number("application_id")?;
    let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let is_new = connection.query_row(
        "SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)",
        [],
        |row| row.get(0),
    )?;
    Ok((application, version.try_into().unwrap_or(u32::MAX), is_new))
}

/// Sets a library that may be written to work, and brings its schema up to date.
fn prepare(connection: &mut Connection, version: u32) -> rusqlite::Result<()> {
    write_ahead(connection)?;
    // NORMAL loses at most the last changes when the power fails, never the file.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", -8192)?;
    connection.set_prepared_statement_cache_capacity(64);
    if version < VERSION {
        transact(connection, |connection| {
            // Another program may have been quicker.
            let version = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
            schema::apply(connection, version, VERSION)
        })?;
    }
    Ok(())
}

/// Switches to write-ahead logging, in which readers and a writer do not wait for each other.
///
/// SQLite does not wait by itself when two programs do this to a new file at once.
fn write_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let mut tries = 100;
    loop {
        let result = connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()));
        match result {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && tries > 0 =>
            {
                tries -= 1;
                thread::sleep(Duration::from_millis(20));
            }
            result => return result,
        }
    }
}

/// Reads every page. For a file that was found damaged before.
fn is_whole(connection: &Connection) -> bool {
    connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))
        .is_ok_and(|answer| answer == "ok")
}

/// Is the file shorter than its own header says? Only then can that be told where no journal
/// waits to be written back.
fn is_cut_short(path: &Path) -> bool {
    let mut header = [0; 100];
    let Ok(mut file) = File::open(path) else {
        return false;
    };
    if file.read_exact(&mut header).is_err() || length(&beside(path, "-wal")) > 0 {
        return false;
    }
    let number = |at: usize| {
        u64::from(u32::from_be_bytes([
            header[at],
            header[at + 1],
            header[at + 2],
            header[at + 3],
        ]))
    };
    let page = match u64::from(u16::from_be_bytes([header[16], header[17]])) {
        1 => 65536,
        size => size,
    };
    // The page count counts only where it was written with the last change (bytes 24 and 92).
    header.starts_with(b"SQLite format 3\0")
        && number(24) == number(92)
        && length(path) < page * number(28)
}

/// Renames the file and what belongs to it; where it went. None if another program has done so
/// meanwhile.
fn set_aside(path: &Path, now: Timestamp) -> Result<Option<PathBuf>, Problem> {
    let fail = |error: &std::io::Error| Problem::of_file(path, error);
    let lock = File::create(beside(path, "-lock")).map_err(|error| fail(&error))?;
    lock.lock().map_err(|error| fail(&error))?;
    if !matches!(connect(path), Err(problem) if problem.reason == Reason::Damaged) {
        return Ok(None);
    }
    let stamp = now.strftime("%Y%m%d-%H%M%S");
    let aside = (0..1000)
        .map(|number| match number {
            0 => beside(path, &format!(".damaged-{stamp}")),
            _ => beside(path, &format!(".damaged-{stamp}-{number}")),
        })
        .find(|name| !name.exists())
        .ok_or_else(|| Problem {
            path: path.to_owned(),
            reason: Reason::Damaged,
        })?;
    for part in ["-wal", "-shm"] {
        let from = beside(path, part);
        if from.exists() {
            fs::rename(&from, beside(&aside, part)).map_err(|error| fail(&error))?;
        }
    }
    fs::rename(path, &aside).map_err(|error| fail(&error))?;
    let _ = fs::remove_file(beside(path, "-suspect"));
    Ok(Some(aside))
}

/// A path with something added to its file name.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |metadata| metadata.len())
}

/// The path as an address that says nobody changes the file.
fn address(path: &Path) -> String {
    let mut address = String::from("file:");
    for c in path.to_string_lossy().chars() {
        match c {
            '%' => address.push_str("%25"),
            '?' => address.push_str("%3f"),
            '#' => address.push_str("%23"),
            c => address.push(c),
        }
    }
    address + "?immutable=1"
}
