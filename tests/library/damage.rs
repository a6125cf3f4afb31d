//! Files that are not what they should be. Nothing of them is ever lost.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;

use rusqlite::Connection;
use tempfile::TempDir;
use warta::language::Language;
use warta::library::{FILE, Library, Mark, Problem, Query, Reason};

use crate::{at, here, invented, titles};

/// A library with 300 articles, closed; its file.
fn full(folder: &Path) -> PathBuf {
    let mut library = Library::open(folder, at(0)).unwrap();
    let feed = crate::add_feed(&mut library, "Harian Contoh");
    invented::store(&mut library, feed, &invented::drafts(0..300, at(0)), at(0));
    library.path().to_owned()
}

/// The file of something that belongs to a library.
fn part(folder: &Path, ending: &str) -> PathBuf {
    folder.join(format!("{FILE}{ending}"))
}

/// Opens what `bytes` makes of a full library: it is set aside as it was, and a new one works, with
/// so many of its feeds.
fn check_set_aside(feeds: usize, bytes: impl Fn(Vec<u8>) -> Vec<u8>) {
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
    assert_eq!(library.feeds().unwrap().len(), feeds);
    assert_eq!(
        library.count(&Query::default(), &here()).unwrap().articles,
        0
    );
    let feed = crate::add_feed(&mut library, "Harian Contoh");
    invented::store(&mut library, feed, &invented::drafts(0..3, at(0)), at(0));
    assert_eq!(titles(&library, "").len(), 3);
}

#[test]
fn a_text_file_is_set_aside() {
    check_set_aside(0, |_| b"daftar belanja: beras, gula, kopi\n".repeat(100));
}

#[test]
fn a_file_cut_short_is_set_aside_and_its_feeds_taken_over() {
    for shorter in [
        |length| length / 2,
        |length| length - 4096,
        |length| length - 1,
    ] {
        check_set_aside(1, |mut bytes| {
            bytes.truncate(shorter(bytes.len()));
            bytes
        });
    }
}

#[test]
fn feeds_on_both_sides_of_the_damage_are_taken_over() {
    let folder = TempDir::new().unwrap();
    let mut library = Library::open(folder.path(), at(0)).unwrap();
    for number in 0..400 {
        crate::add_feed(&mut library, &format!("Harian {number:03}"));
    }
    drop(library);
    let file = folder.path().join(FILE);
    let bytes = fs::read(&file).unwrap();
    let damaged: Vec<u8> = bytes
        .chunks(4096)
        .flat_map(|page| {
            let names = |name: &[u8]| page.windows(name.len()).any(|part| part == name);
            // The leaf of the table, told from that of the index over it by its first byte.
            if page[0] == 13 && names(b"Harian 200") {
                vec![0x5a; 4096]
            } else {
                page.to_vec()
            }
        })
        .collect();
    assert_ne!(damaged, bytes);
    fs::write(&file, &damaged[..damaged.len() - 1]).unwrap();
    let library = Library::open(folder.path(), at(0)).unwrap();
    let titles: Vec<String> = library
        .feeds()
        .unwrap()
        .into_iter()
        .map(|feed| feed.title)
        .collect();
    assert!((300..400).contains(&titles.len()), "{}", titles.len());
    assert_eq!(titles[0], "Harian 000");
    assert_eq!(titles[titles.len() - 1], "Harian 399");
}

/// Everything that is still only in the journal is there again.
#[test]
fn a_journal_whose_library_is_gone_becomes_the_library() {
    for is_empty in [true, false] {
        let folder = TempDir::new().unwrap();
        let mut library = Library::open(folder.path(), at(0)).unwrap();
        crate::add_feed(&mut library, "Harian Contoh");
        let journal = fs::read(part(folder.path(), "-wal")).unwrap();
        drop(library);
        fs::remove_file(folder.path().join(FILE)).unwrap();
        if is_empty {
            fs::write(folder.path().join(FILE), "").unwrap();
        }
        fs::write(part(folder.path(), "-wal"), &journal).unwrap();
        let library = Library::open(folder.path(), at(0)).unwrap();
        assert_eq!(library.feeds().unwrap().len(), 1);
        let aside = library.set_aside().unwrap();
        assert_eq!(fs::metadata(aside).unwrap().len() == 0, is_empty);
        let kept = part(folder.path(), ".damaged-20251027-010000-wal");
        assert_eq!(fs::read(kept).unwrap(), journal);
    }
}

#[test]
fn a_journal_without_the_first_page_is_kept() {
    let folder = TempDir::new().unwrap();
    drop(full(folder.path()));
    let mut library = Library::open(folder.path(), at(0)).unwrap();
    let ids = library.ids(&Query::default(), 0..9, &here()).unwrap();
    library.mark(&ids, Mark::Saved).unwrap();
    let journal = fs::read(part(folder.path(), "-wal")).unwrap();
    drop(library);
    fs::write(folder.path().join(FILE), "").unwrap();
    fs::write(part(folder.path(), "-wal"), &journal).unwrap();
    let library = Library::open(folder.path(), at(0)).unwrap();
    assert!(library.set_aside().is_some());
    let kept = part(folder.path(), ".damaged-20251027-010000-wal");
    assert_eq!(fs::read(kept).unwrap(), journal);
}

#[test]
fn nothing_is_set_aside_where_no_new_one_can_be_made() {
    let folder = TempDir::new().unwrap();
    let file = full(folder.path());
    let mut bytes = fs::read(&file).unwrap();
    bytes.truncate(bytes.len() / 2);
    fs::write(&file, &bytes).unwrap();
    let obstacle = part(folder.path(), "-draft");
    fs::create_dir(&obstacle).unwrap();
    let problem = Library::open(folder.path(), at(0)).unwrap_err();
    assert_eq!(
        (problem.path, problem.reason),
        (file.clone(), Reason::Denied)
    );
    assert_eq!(fs::read(&file).unwrap(), bytes);
    fs::remove_dir(obstacle).unwrap();
    let library = Library::open(folder.path(), at(0)).unwrap();
    assert_eq!(library.feeds().unwrap().len(), 1);
}

/// The program ended after it had renamed the damaged file.
#[test]
fn a_library_that_was_ready_to_take_its_place_takes_it() {
    let folder = TempDir::new().unwrap();
    let file = full(folder.path());
    fs::rename(file, part(folder.path(), "-new")).unwrap();
    let library = Library::open(folder.path(), at(0)).unwrap();
    assert_eq!(titles(&library, "").len(), 300);
}

#[test]
fn programs_that_find_a_damaged_library_together_all_get_its_feeds() {
    let folder = TempDir::new().unwrap();
    let file = full(folder.path());
    let mut bytes = fs::read(&file).unwrap();
    bytes.truncate(bytes.len() / 2);
    fs::write(&file, &bytes).unwrap();
    thread::scope(|scope| {
        for _ in 0..6 {
            let folder = folder.path();
            scope.spawn(move || {
                let library = Library::open(folder, at(0)).unwrap();
                assert_eq!(library.feeds().unwrap().len(), 1);
            });
        }
    });
    let kept = fs::read_dir(folder.path())
        .unwrap()
        .filter(|file| {
            let name = file.as_ref().unwrap().file_name();
            let name = name.to_string_lossy();
            // What another program had open of it is set aside with it.
            name.contains("damaged") && !name.ends_with("-wal") && !name.ends_with("-shm")
        })
        .count();
    assert_eq!(kept, 1);
}

#[test]
fn a_file_of_noise_behind_a_good_header_is_set_aside() {
    check_set_aside(0, |mut bytes| {
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
fn a_version_that_is_not_that_of_the_tables_is_said() {
    let folder = TempDir::new().unwrap();
    let file = full(folder.path());
    let connection = Connection::open(&file).unwrap();
    connection.pragma_update(None, "user_version", 2).unwrap();
    drop(connection);
    let before = fs::read(&file).unwrap();
    let problem = Library::open(folder.path(), at(0)).unwrap_err();
    assert_eq!(problem.reason, Reason::Mixed);
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn an_empty_file_is_said_and_becomes_a_library() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(FILE), "").unwrap();
    let library = Library::open(folder.path(), at(0)).unwrap();
    let aside = library.set_aside().unwrap();
    assert_eq!(fs::metadata(aside).unwrap().len(), 0);
    drop(library);
    let library = Library::open(folder.path(), at(0)).unwrap();
    assert_eq!(library.set_aside(), None);
}

#[test]
fn what_is_no_file_in_its_place_is_said() {
    for ending in ["", "-wal"] {
        let folder = TempDir::new().unwrap();
        let place = part(folder.path(), ending);
        fs::create_dir(&place).unwrap();
        let problem = Library::open(folder.path(), at(0)).unwrap_err();
        assert_eq!((problem.path, problem.reason), (place, Reason::Folder));
    }
    let folder = TempDir::new().unwrap();
    let _socket = UnixListener::bind(folder.path().join(FILE)).unwrap();
    let problem = Library::open(folder.path(), at(0)).unwrap_err();
    assert_eq!(problem.reason, Reason::NoFile);
}

/// Root, whom no permission binds, runs programs as this user.
const NOBODY: u32 = 65534;

fn is_root() -> bool {
    let folder = TempDir::new().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    fs::File::create(folder.path().join("probe")).is_ok()
}

/// Runs warta as a user whom permissions bind, whoever runs the tests.
fn run_bound(folder: &Path, mode: u32, arguments: &[&str]) -> Output {
    let program = folder.join("warta");
    if !program.exists() {
        fs::copy(env!("CARGO_BIN_EXE_warta"), &program).unwrap();
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
    let mut command = if is_root() {
        let mut command = Command::new("setpriv");
        command.arg(format!("--reuid={NOBODY}"));
        command.arg(format!("--regid={NOBODY}"));
        command.arg("--clear-groups").arg(&program);
        command
    } else {
        Command::new(&program)
    };
    let output = command
        .args(arguments)
        .args(["--lang", "en", "--library"])
        .arg(folder)
        .env("HOME", folder)
        .env_remove("XDG_CONFIG_HOME")
        .output()
        .unwrap();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    output
}

fn search_without_rights(folder: &Path) -> Output {
    run_bound(folder, 0o555, &["search"])
}

/// Reading a library that may not be written leaves nothing that would keep it so.
#[test]
fn a_library_that_may_be_written_again_is_written() {
    let folder = TempDir::new().unwrap();
    let file = full(folder.path());
    if is_root() {
        chown(&file, Some(NOBODY), Some(NOBODY)).unwrap();
    }
    let list = folder.path().join("umpan.opml");
    fs::write(
        &list,
        r#"<opml><body><outline xmlUrl="https://lain.example/rss"/></body></opml>"#,
    )
    .unwrap();
    let import = ["import", list.to_str().unwrap()];
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    let output = run_bound(folder.path(), 0o777, &["search"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.matches("https://").count(), 300, "{text}");
    for ending in ["-wal", "-shm"] {
        assert!(!part(folder.path(), ending).exists(), "{ending}");
    }
    let output = run_bound(folder.path(), 0o777, &import);
    let line = String::from_utf8(output.stderr).unwrap();
    assert!(line.contains("the library can only be read"), "{line}");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let output = run_bound(folder.path(), 0o777, &import);
    assert!(output.status.success(), "{output:?}");
    let library = Library::open(folder.path(), at(0)).unwrap();
    assert_eq!(library.feeds().unwrap().len(), 2);
}

#[test]
fn what_was_left_from_when_it_could_only_be_read_is_mended() {
    let folder = TempDir::new().unwrap();
    drop(full(folder.path()));
    for (ending, length) in [("-wal", 0), ("-shm", 32768)] {
        let file = part(folder.path(), ending);
        fs::write(&file, vec![0; length]).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    }
    let mut library = Library::open(folder.path(), at(0)).unwrap();
    assert!(!library.is_read_only());
    crate::add_feed(&mut library, "Lain");
    for ending in ["-wal", "-shm"] {
        let mode = fs::metadata(part(folder.path(), ending)).unwrap();
        assert!(!mode.permissions().readonly(), "{ending}");
    }
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
        Reason::Folder,
        Reason::NoFile,
        Reason::Foreign,
        Reason::Damaged,
        Reason::Mixed,
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
