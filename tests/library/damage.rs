//! Files that are not what they should be. Nothing of them is ever lost.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use rusqlite::Connection;
use tempfile::TempDir;
use warta::language::Language;
use warta::library::{FILE, Library, Problem, Query, Reason};

use crate::{at, here, invented, titles};

/// A library with 300 articles, closed; its file.
fn full(folder: &Path) -> PathBuf {
    let mut library = Library::open(folder, at(0)).unwrap();
    let feed = crate::add_feed(&mut library, "Harian Contoh");
    invented::store(&mut library, feed, &invented::drafts(0..300, at(0)), at(0));
    library.path().to_owned()
}

/// Opens what `bytes` makes of a full library: it is set aside as it was, and a new one works.
fn check_set_aside(bytes: impl Fn(Vec<u8>) -> Vec<u8>) -> (TempDir, Library) {
    let folder = TempDir::new().unwrap();
    let file = full(folder.path());
    let damaged = bytes(fs::read(&file).unwrap());
    fs::write(&file, &damaged).unwrap();
    let mut library = Library::open(folder.path(), at(0)).unwrap();
    let aside = library.set_aside().unwrap().to_owned();
    assert_eq!(fs::read(&aside).unwrap(), damaged);
    assert!(
        aside
            .to_string_lossy()
            .contains("warta.db.damaged-20251027-010000")
    );
    assert_eq!(
        library.count(&Query::default(), &here()).unwrap().articles,
        0
    );
    let feed = crate::add_feed(&mut library, "Harian Contoh");
    invented::store(&mut library, feed, &invented::drafts(0..3, at(0)), at(0));
    assert_eq!(titles(&library, "").len(), 3);
    (folder, library)
}

#[test]
fn a_text_file_is_set_aside() {
    check_set_aside(|_| b"daftar belanja: beras, gula, kopi\n".repeat(100));
}

#[test]
fn a_file_cut_short_is_set_aside_and_its_feeds_taken_over() {
    let (_folder, library) = check_set_aside(|mut bytes| {
        bytes.truncate(bytes.len() / 2);
        bytes
    });
    assert_eq!(library.feeds().unwrap().len(), 1);
}

#[test]
fn a_file_of_noise_behind_a_good_header_is_set_aside() {
    check_set_aside(|mut bytes| {
        bytes[100..4096].fill(0xa5);
        bytes
    });
}

#[test]
fn a_second_damaged_file_does_not_take_the_name_of_the_first() {
    let folder = TempDir::new().unwrap();
    for text in [
        "satu, tetapi bukan basis data sama sekali",
        "dua, juga bukan",
    ] {
        fs::write(folder.path().join(FILE), text.repeat(50)).unwrap();
        drop(Library::open(folder.path(), at(0)).unwrap());
    }
    let mut kept: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|file| file.to_string_lossy().contains("damaged"))
        .map(|file| fs::read_to_string(file).unwrap()[..3].to_owned())
        .collect();
    kept.sort();
    assert_eq!(kept, ["dua", "sat"]);
}

#[test]
fn damage_met_while_reading_is_dealt_with_at_the_next_opening() {
    let folder = TempDir::new().unwrap();
    let file = full(folder.path());
    let mut bytes = fs::read(&file).unwrap();
    // Everything but the schema and the list of feeds.
    let from = 4096 * 40;
    bytes[from..].fill(0x5a);
    fs::write(&file, &bytes).unwrap();
    let library = Library::open(folder.path(), at(0)).unwrap();
    let problem = (1..=300)
        .find_map(|id| library.article(warta::library::ArticleId(id)).err())
        .unwrap();
    assert_eq!(problem.reason, Reason::Damaged);
    drop(library);
    let library = Library::open(folder.path(), at(0)).unwrap();
    let aside = library.set_aside().unwrap();
    assert_eq!(fs::read(aside).unwrap(), bytes);
}

#[test]
fn the_database_of_another_program_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join(FILE);
    let other = Connection::open(&file).unwrap();
    other
        .execute_batch("CREATE TABLE resep (nama TEXT)")
        .unwrap();
    drop(other);
    let before = fs::read(&file).unwrap();
    let problem = Library::open(folder.path(), at(0)).unwrap_err();
    assert_eq!(problem.reason, Reason::Foreign);
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn an_empty_file_becomes_a_library() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(FILE), "").unwrap();
    let library = Library::open(folder.path(), at(0)).unwrap();
    assert_eq!(library.set_aside(), None);
}

#[test]
fn a_folder_in_its_place_is_said() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join(FILE)).unwrap();
    let problem = Library::open(folder.path(), at(0)).unwrap_err();
    assert_eq!(problem.reason, Reason::Denied);
}

/// Runs `warta search` as a user who may not write, whoever runs the tests.
fn search_without_rights(folder: &Path) -> std::process::Output {
    let program = folder.join("warta");
    fs::copy(env!("CARGO_BIN_EXE_warta"), &program).unwrap();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).unwrap();
    let mut command = if fs::File::create(folder.join("probe")).is_ok() {
        // This is root, whom no permission binds; the program runs as nobody.
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        command.arg(&program);
        command
    } else {
        Command::new(&program)
    };
    let output = command
        .args(["search", "--lang", "en", "--library"])
        .arg(folder)
        .env("HOME", folder)
        .env_remove("XDG_CONFIG_HOME")
        .output()
        .unwrap();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    output
}

#[test]
fn a_library_that_may_only_be_read_is_read() {
    let folder = TempDir::new().unwrap();
    let file = full(folder.path());
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    let output = search_without_rights(folder.path());
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.matches("https://").count(), 300, "{text}");
    assert!(output.status.success());
}

#[test]
fn a_library_that_may_not_be_read_is_said() {
    let folder = TempDir::new().unwrap();
    let file = full(folder.path());
    let before = fs::read(&file).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    let output = search_without_rights(folder.path());
    let line = String::from_utf8(output.stderr).unwrap();
    assert!(
        line.contains("warta.db: the library cannot be opened"),
        "{line}"
    );
    assert_eq!(output.status.code(), Some(1));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn every_problem_is_one_line_in_both_languages() {
    let reasons = [
        Reason::Denied,
        Reason::ReadOnly,
        Reason::Newer(9),
        Reason::Older,
        Reason::Foreign,
        Reason::Damaged,
        Reason::Full,
        Reason::Disk,
        Reason::Busy,
        Reason::NoFolder,
        Reason::Missing,
        Reason::Other("x".to_owned()),
    ];
    for reason in reasons {
        let problem = Problem {
            path: "/data/warta.db".into(),
            reason,
        };
        for language in [Language::Indonesian, Language::English] {
            let line = problem.line(language);
            assert!(
                line.starts_with("/data/warta.db: ") && !line.contains('\n'),
                "{line}"
            );
        }
    }
}
