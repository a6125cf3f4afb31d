//! What can go wrong with the library, and how it is said to the user.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::language::Language;

/// Why the library could not do what was asked. Nothing was changed: every call that writes is one
/// transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub reason: Reason,
}

/// Why the library could not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The system does not let us open the file, or make it.
    Denied,
    /// The file can be read but not written.
    ReadOnly,
    /// A newer warta made the file; its schema has this number.
    Newer(u32),
    /// An older warta made the file, and it cannot be brought up to date because it cannot be
    /// written.
    Older,
    /// A folder stands where the file should.
    Folder,
    /// Something else that is no file stands where the file should.
    NoFile,
    /// A database of some other program.
    Foreign,
    /// The file is damaged, or is no database.
    Damaged,
    /// What is in the file is not what the version written in it has.
    Mixed,
    /// The disk is full.
    Full,
    /// The disk, or a limit of the system, lets the file be neither read nor written as it should.
    Disk,
    /// Another program kept the library busy for longer than we wait.
    Busy,
    /// There is no data folder to keep a library in.
    NoFolder,
    /// No such feed, article or search (any more).
    Missing,
    /// Anything else, in the words of the system or of SQLite.
    Other(String),
}

impl Problem {
    /// What an error of SQLite means.
    pub(super) fn new(path: &Path, error: &rusqlite::Error) -> Self {
        let reason = match error.sqlite_error_code() {
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Reason::Denied,
            Some(ErrorCode::ReadOnly) => Reason::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Reason::Damaged,
            Some(ErrorCode::DiskFull) => Reason::Full,
            Some(ErrorCode::SystemIoFailure) => Reason::Disk,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Reason::Busy,
            _ => match error {
                rusqlite::Error::QueryReturnedNoRows => Reason::Missing,
                // The statement itself, which belongs to its text, tells a user nothing.
                rusqlite::Error::SqlInputError { msg, .. } => Reason::Other(one_line(msg)),
                other => Reason::Other(one_line(&other.to_string())),
            },
        };
        Self {
            path: path.to_owned(),
            reason,
        }
    }

    /// What an error of the file system means.
    pub(super) fn of_file(path: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let reason = match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::NotFound | ErrorKind::NotADirectory => {
                Reason::Denied
            }
            ErrorKind::ReadOnlyFilesystem => Reason::ReadOnly,
            ErrorKind::StorageFull => Reason::Full,
            _ => Reason::Other(error.to_string()),
        };
        Self {
            path: path.to_owned(),
            reason,
        }
    }

    /// One line for the user: the file, what is wrong, and what to do about it.
    pub fn line(&self, language: Language) -> String {
        let text = self.reason.text(language);
        if self.path.as_os_str().is_empty() {
            text
        } else {
            format!("{}: {text}", self.path.display())
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.line(Language::English))
    }
}

impl std::error::Error for Problem {}

impl Reason {
    fn text(&self, language: Language) -> String {
        let (indonesian, english) = match self {
            Self::Denied => (
                "perpustakaan tidak dapat dibuka; periksa izin berkas dan foldernya",
                "the library cannot be opened; check the permissions of the file and its folder",
            ),
            Self::ReadOnly => (
                "perpustakaan hanya dapat dibaca; periksa izin berkas dan foldernya",
                "the library can only be read; check the permissions of the file and its folder",
            ),
            Self::Newer(_) => (
                "dibuat oleh warta yang lebih baru; perbarui warta. Berkas tidak diubah",
                "a newer warta made this library; update warta. The file is unchanged",
            ),
            Self::Older => (
                "dibuat oleh warta yang lebih lama dan perlu disesuaikan, tetapi berkasnya tidak \
                 boleh ditulis; periksa izinnya",
                "an older warta made this library and it has to be brought up to date, but the \
                 file cannot be written; check its permissions",
            ),
            Self::Folder => (
                "ini folder, padahal di sini tempat berkas perpustakaan; pindahkan, atau pilih \
                 folder lain dengan --library",
                "this is a folder, where the file of the library should be; move it, or name \
                 another folder with --library",
            ),
            Self::NoFile => (
                "ini bukan berkas biasa, padahal di sini tempat berkas perpustakaan; pindahkan, \
                 atau pilih folder lain dengan --library",
                "this is no ordinary file, where the file of the library should be; move it, or \
                 name another folder with --library",
            ),
            Self::Foreign => (
                "ini basis data program lain; pilih folder lain dengan --library",
                "this is the database of another program; name another folder with --library",
            ),
            Self::Damaged => (
                "perpustakaan rusak; saat warta dibuka lagi berkas ini disisihkan, tidak dihapus",
                "the library is damaged; when warta is opened again the file is set aside, not \
                 deleted",
            ),
            Self::Mixed => (
                "isi perpustakaan tidak cocok dengan versi yang tertulis di dalamnya; pakai \
                 cadangannya, atau pilih folder lain dengan --library. Berkas tidak diubah",
                "what is in the library does not match the version written in it; use a copy of \
                 it, or name another folder with --library. The file is unchanged",
            ),
            Self::Full => (
                "disk penuh; perubahan terakhir tidak tersimpan, yang lain aman",
                "the disk is full; the last change was not kept, everything else is safe",
            ),
            Self::Disk => (
                "perpustakaan tidak dapat ditulis atau dibaca seluruhnya; periksa disk dan batas \
                 ukuran berkas. Perubahan terakhir tidak tersimpan, yang lain aman",
                "the library cannot be written or read as it should; check the disk and the limit \
                 on the size of files. The last change was not kept, everything else is safe",
            ),
            Self::Busy => (
                "perpustakaan sedang dipakai warta lain; coba lagi sebentar lagi",
                "the library is in use by another warta; try again in a moment",
            ),
            Self::NoFolder => (
                "tidak ada folder data; sebutkan satu dengan --library",
                "there is no data folder; name one with --library",
            ),
            Self::Missing => ("tidak ada lagi di perpustakaan", "no longer in the library"),
            Self::Other(words) => return words.clone(),
        };
        match language {
            Language::Indonesian => indonesian.to_owned(),
            Language::English => english.to_owned(),
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
