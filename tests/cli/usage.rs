//! How the program is called.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use crate::program::{ARTICLE, Folder, assert_ends, complaint, is_control, out, run, warta};

#[test]
fn the_reader_needs_a_terminal() {
    let folder = Folder::new();
    let path = folder.file("berita.txt", ARTICLE);
    for arguments in [vec![], vec![path.as_os_str()], vec![OsStr::new("-")]] {
        let output = run(arguments);
        assert_ends(&output, 2, 1);
        assert!(complaint(&output).contains("warta show"));
    }
}

#[test]
fn what_cannot_be_meant_ends_with_2() {
    for arguments in [
        vec!["--tidak-ada"],
        vec!["show", "--width", "0", "x"],
        vec!["show", "--width", "lebar", "x"],
        vec!["show", "a", "b"],
        vec!["--lang", "fr"],
        vec!["entities", "--json\x1b[31ml"],
        vec!["--\u{9b}31m\u{202e}"],
    ] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        let complaint = complaint(&output);
        assert!(
            !complaint.is_empty() && !complaint.contains(is_control),
            "{complaint:?}"
        );
    }
}

#[test]
fn help_and_version_are_answers() {
    for arguments in [
        vec!["--help"],
        vec!["-h"],
        vec!["help"],
        vec!["entities", "--help"],
        vec!["show", "--help"],
        vec!["--version"],
    ] {
        let output = run(&arguments);
        assert_ends(&output, 0, 0);
        assert!(!out(&output).contains('\x1b'), "{arguments:?}");
    }
    assert_eq!(
        out(&run(["--version"])),
        format!("warta {}\n", env!("CARGO_PKG_VERSION"))
    );
    assert!(out(&run(["entities", "--help"])).contains("Blank lines are skipped"));
}

#[test]
fn the_language_is_what_was_asked_for_last() {
    let missing =
        |command: &mut Command| complaint(&command.args(["show", "/tidak/ada"]).output().unwrap());
    assert!(missing(&mut warta()).contains("berkas tidak ada"));
    assert!(missing(warta().env("LANG", "en_GB.UTF-8")).contains("no such file"));
    assert!(missing(warta().env("LANG", "id_ID.UTF-8")).contains("berkas tidak ada"));
    assert!(missing(warta().env("LANG", "id_ID").env("LC_ALL", "en_US")).contains("no such file"));
    assert!(
        missing(warta().env("LANG", "en_GB").args(["--lang", "id"])).contains("berkas tidak ada")
    );
    assert!(missing(warta().args(["--lang", "en"])).contains("no such file"));
}

#[test]
fn a_query_longer_than_anybody_types_is_said_to_be() {
    let folder = Folder::new();
    let query = "kata ".repeat(1_500);
    for (language, words) in [("id", "terlalu banyak bagian"), ("en", "too many parts")] {
        let output = run([
            "--lang",
            language,
            "--library",
            folder.0.path().to_str().unwrap(),
            "search",
            &query,
        ]);
        assert_ends(&output, 2, 1);
        assert!(complaint(&output).contains(words), "{}", complaint(&output));
    }
    let query = "kata ".repeat(200);
    let library = folder.0.path().to_str().unwrap();
    assert_eq!(
        run(["--library", library, "search", &query]).status.code(),
        Some(0)
    );
}

#[test]
fn a_configuration_that_cannot_be_read_is_one_line() {
    let folder = Folder::new();
    let bad = folder.file("rusak.toml", "language = \x1b[31m");
    for path in [bad.as_path(), Path::new("/tidak/ada.toml"), folder.0.path()] {
        let output = run([
            OsStr::new("--config"),
            path.as_ref(),
            "entities".as_ref(),
            "-".as_ref(),
        ]);
        assert_ends(&output, 1, 1);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let complaint = complaint(&output);
        assert!(complaint.contains(&name), "{complaint}");
        assert!(
            complaint.contains("pengaturan ini tidak dapat"),
            "{complaint}"
        );
    }
    let missing = [
        "--lang",
        "en",
        "--config",
        "/tidak/ada.toml",
        "entities",
        "-",
    ];
    assert!(complaint(&run(missing)).contains("this settings file cannot be read"));
    let english = folder.file("baik.toml", "language = \"en\"\n");
    let output = run([
        OsStr::new("--config"),
        english.as_ref(),
        "show".as_ref(),
        "/tidak/ada".as_ref(),
    ]);
    assert!(
        complaint(&output).contains("no such file"),
        "{}",
        complaint(&output)
    );
}
