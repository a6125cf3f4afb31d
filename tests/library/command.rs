//! `warta search` as a user runs it.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;
use warta::library::Mark;

use crate::{Shelf, invented, shelf};

fn search(shelf: &Shelf, arguments: &[&str]) -> Output {
    search_in(shelf.folder.path(), arguments)
}

fn search_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_warta"))
        .args(["search", "--lang", "id", "--library"])
        .arg(folder)
        .args(arguments)
        .env("HOME", folder)
        .env_remove("XDG_CONFIG_HOME")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn filled() -> Shelf {
    let mut shelf = shelf();
    let stored = shelf.store(
        &[
            invented::naming(
                "https://c.example/1",
                "Sari Dewi ke Moskwa",
                "Sari Dewi terbang ke Rusia.\n\nIa membahas banjir.",
                "Sari Dewi",
                *b"RU",
            ),
            invented::short("https://c.example/2", "Banjir surut", "Warga pulang."),
        ],
        0,
    );
    shelf.library.mark(&stored.new[1..], Mark::Saved).unwrap();
    shelf
}

#[test]
fn json_has_an_object_a_line() {
    let shelf = filled();
    let output = search(&shelf, &["--json", "tokoh:dewi banjir"]);
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = json!({
        "id": 1,
        "title": "Sari Dewi ke Moskwa",
        "feed": "Harian Contoh",
        "link": "https://c.example/1",
        "published": null,
        "unread": true,
        "saved": false,
        "people": ["Sari Dewi"],
        "countries": ["RU"],
        "snippet": "Sari Dewi terbang ke Rusia. Ia membahas banjir.",
    });
    assert_eq!(object, expected);
    let all = search(&shelf, &["--json"]);
    assert_eq!(text(&all.stdout).lines().count(), 2);
    let one = search(&shelf, &["--json", "--limit", "1", "banjir"]);
    let object: Value = serde_json::from_slice(&one.stdout).unwrap();
    assert_eq!(object["title"], "Banjir surut");
}

#[test]
fn people_get_lines_to_read() {
    let shelf = filled();
    let output = search(&shelf, &["simpan"]);
    assert_eq!(
        text(&output.stdout),
        "Banjir surut\n  Harian Contoh · belum dibaca · disimpan\n  Warga pulang.\n  \
         https://c.example/2\n\n"
    );
    let none = search(&shelf, &["gempa"]);
    assert!(none.status.success() && none.stdout.is_empty());
    assert_eq!(text(&none.stderr), "warta: tidak ada berita yang cocok\n");
}

#[test]
fn a_query_that_cannot_be_meant_is_said() {
    let output = search(&filled(), &["negara:Atlantis"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("“Atlantis” tidak dikenal"));
}

#[test]
fn a_damaged_library_is_set_aside_and_said() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join(warta::library::FILE);
    std::fs::write(&path, "bukan basis data. ".repeat(100)).unwrap();
    let output = search_in(folder.path(), &[]);
    assert!(text(&output.stderr).contains("disisihkan sebagai"));
}
