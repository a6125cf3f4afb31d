//! Opening the file: what it costs does not grow with what is in it.
//!
//! A damaged file is renamed and a new one begun in its place; nothing is deleted or written over.
//! Damage is looked for where it is cheap (the file's header, its length, the schema). Damage in
//! the middle shows when that page is read; the file is then marked by an empty file beside it, and
//! the next opening checks every page.
//!
//! Nothing here opens the file but SQLite: where a program closes a file by another way, the locks
//! of all its own connections to it are gone.

mod aside;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::schema::{self, APPLICATION, VERSION};
use super::stories::Neighbours;
use super::{FILE, Library, PATIENCE, Problem, Reason};

impl Library {
    /// Opens the library in a folder; makes both where there is none. `now` names a damaged file
    /// that is set aside ([`Library::set_aside`] says where it went).
    ///
    /// Where the file cannot be written it is opened for reading.
    pub fn open(folder: &Path, now: Timestamp) -> Result<Self, Problem> {
        let path = folder.join(FILE);
        // Where this fails, opening the file says why.
        let _ = fs::create_dir_all(folder);
        check_kind(&path)?;
        if length(&path) > 0 {
            match connect(&path) {
                Err(problem) if problem.reason == Reason::Damaged => {}
                result => return result,
            }
        }
        aside::begin(&path, now)
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

/// What stands where the library or its journal should be, and is no file.
fn check_kind(path: &Path) -> Result<(), Problem> {
    for path in ["", "-wal", "-shm"].map(|part| beside(path, part)) {
        let reason = match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => Reason::Folder,
            Ok(metadata) if !metadata.is_file() => Reason::NoFile,
            _ => continue,
        };
        return Err(Problem { path, reason });
    }
    Ok(())
}

fn connect(path: &Path) -> Result<Library, Problem> {
    let fail = |error: &rusqlite::Error| Problem::new(path, error);
    let because = |reason| Problem {
        path: path.to_owned(),
        reason,
    };
    let (mut connection, obstacle) = open_file(path).map_err(|error| fail(&error))?;
    let (application, version, is_new) = look(&connection).map_err(|error| fail(&error))?;
    if is_cut_short(&connection, path).map_err(|error| fail(&error))? {
        return Err(because(Reason::Damaged));
    }
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
    match &obstacle {
        None => prepare(&mut connection, version).map_err(|error| match error {
            // A table that is there already, or is not there.
            rusqlite::Error::SqlInputError { .. } => because(Reason::Mixed),
            error => fail(&error),
        })?,
        Some(_) if version == VERSION => {}
        Some(problem) if problem.reason != Reason::ReadOnly => return Err(problem.clone()),
        Some(_) if is_new => return Err(because(Reason::Denied)),
        Some(_) => return Err(because(Reason::Older)),
    }
    Ok(Library {
        connection,
        path: path.to_owned(),
        obstacle,
        set_aside: None,
        neighbours: Neighbours::default(),
    })
}

/// The connection; for reading only where the system does not allow more, and then why.
fn open_file(path: &Path) -> rusqlite::Result<(Connection, Option<Problem>)> {
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
    let only_read = |path: &Path| Problem {
        path: path.to_owned(),
        reason: Reason::ReadOnly,
    };
    let obstacle = if connection.is_readonly("main")? {
        Some(only_read(path))
    } else {
        free_parts(path).as_deref().map(only_read)
    };
    // SQLite reads with the help of files beside the library. Where nobody has the library open to
    // write, and we may not, it must not make them: they would be as little writable as the
    // library is, and keep it so when that is long mended.
    let is_at_rest = || length(&beside(path, "-wal")) == 0;
    if obstacle.is_some() && is_at_rest() {
        return Ok((open_to_read(path)?, obstacle));
    }
    match look(&connection) {
        // In a folder that cannot be written, or on a full disk, it cannot make them.
        Err(error)
            if matches!(
                error.sqlite_error_code(),
                Some(
                    ErrorCode::CannotOpen
                        | ErrorCode::ReadOnly
                        | ErrorCode::DiskFull
                        | ErrorCode::SystemIoFailure
                )
            ) && is_at_rest() =>
        {
            let obstacle = match Problem::new(path, &error) {
                problem if problem.reason == Reason::Denied => only_read(path),
                problem => problem,
            };
            Ok((open_to_read(path)?, Some(obstacle)))
        }
        _ => Ok((connection, obstacle)),
    }
}

/// A connection that changes nothing, neither the file nor anything beside it. Where a journal
/// waits, the file for its readers may be made.
fn open_to_read(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_READ_ONLY;
    let connection = if length(&beside(path, "-wal")) > 0 {
        Connection::open_with_flags(path, flags)?
    } else {
        Connection::open_with_flags(address(path), flags | OpenFlags::SQLITE_OPEN_URI)?
    };
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Makes writable what stands beside a library that is: files left from when it was not. One that
/// cannot be made so.
fn free_parts(path: &Path) -> Option<PathBuf> {
    let permissions = fs::metadata(path).ok()?.permissions();
    if permissions.readonly() {
        return None;
    }
    ["-wal", "-shm"]
        .map(|part| beside(path, part))
        .into_iter()
        .find(|part| {
            fs::metadata(part).is_ok_and(|part| part.permissions().readonly())
                && fs::set_permissions(part, permissions.clone()).is_err()
        })
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

/// Is the file shorter than its own header says? SQLite sees whole pages that are missing, but not
/// a part of one; and with a journal waiting nobody can tell.
fn is_cut_short(connection: &Connection, path: &Path) -> rusqlite::Result<bool> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get(0));
    let pages: u64 = number("page_count")?;
    let size: u64 = number("page_size")?;
    Ok(length(&beside(path, "-wal")) == 0 && length(path) < pages * size)
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
