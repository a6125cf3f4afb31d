//! `warta who` and `warta digest` as a user runs them, and Wikipedia on loopback.

use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use warta::encyclopedia::{self, Fault};
use warta::library::Who;
use warta::source::Limits;
use warta::source::problem::Reason;

use crate::server::Server;
use crate::{Shelf, at, invented, shelf};

fn warta(shelf: &Shelf, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_warta"))
        .args(arguments)
        .args(["--lang", "id", "--library"])
        .arg(shelf.folder.path())
        .env("HOME", shelf.folder.path())
        .env_remove("XDG_CONFIG_HOME")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Two articles of today, and one with another name that has "Dewi".
fn filled() -> Shelf {
    let mut shelf = shelf();
    let now = Timestamp::now();
    let draft = |number: u64, title: &str, name: &str| {
        let text = format!("{name} terbang ke Rusia pada hari ke-{number}.");
        let link = format!("https://c.example/{number}");
        invented::naming(&link, title, &text, name, *b"RU")
    };
    let drafts = [
        draft(1, "Satu", "Sari Dewi"),
        draft(2, "Dua", "Sari Dewi"),
        draft(3, "Tiga", "Dewi Lestari"),
    ];
    invented::store(&mut shelf.library, shelf.feed, &drafts, now);
    shelf
}

#[test]
fn a_card_is_printed() {
    let shelf = filled();
    let output = warta(&shelf, &["who", "sari", "dewi"]);
    let page = text(&output.stdout);
    assert!(output.status.success() && output.stderr.is_empty());
    assert!(
        page.starts_with("Sari Dewi · Kepala\n2 artikel, 2 sebutan\n"),
        "{page}"
    );
    assert!(page.contains("\n  Kepala: 2 artikel (Dua)\n"), "{page}");
    assert!(
        page.contains("Bersama negara (2 artikel terakhir)\n  Rusia (2)\n"),
        "{page}"
    );
    assert!(
        page.contains("  Dua (Harian Contoh)\n  Satu (Harian Contoh)\n"),
        "{page}"
    );
    let card = json(&warta(&shelf, &["who", "--json", "Sari Dewi"]));
    assert_eq!(card["articles"], 2);
    assert_eq!(card["offices"][0]["role"], "Kepala");
    assert_eq!(card["offices"][0]["last"]["title"], "Dua");
    assert_eq!(card["countries"][0]["code"], "RU");
    assert_eq!(card["latest"][1]["id"], 1);
    let country = json(&warta(&shelf, &["who", "--json", "ru"]));
    assert_eq!(
        (&country["kind"], &country["articles"]),
        (&"country".into(), &3.into())
    );
    assert_eq!(country["known"]["capital"], "Moskow");
    assert_eq!(country["people"][0]["name"], "Sari Dewi");
}

#[test]
fn a_name_of_several_lists_them_and_of_nobody_says_so() {
    let shelf = filled();
    let several = warta(&shelf, &["who", "Dewi"]);
    assert_eq!(several.status.code(), Some(1));
    assert_eq!(
        text(&several.stdout),
        "Sari Dewi · 2 artikel\nDewi Lestari · 1 artikel\n"
    );
    let several = warta(&shelf, &["who", "--json", "Dewi"]);
    let object: Value = serde_json::from_slice(&several.stdout).unwrap();
    assert_eq!(object["candidates"][0]["name"], "Sari Dewi");
    // A part that only one name has is enough.
    assert_eq!(
        json(&warta(&shelf, &["who", "--json", "lestari"]))["articles"],
        1
    );
    let nobody = warta(&shelf, &["who", "Tidak Ada"]);
    assert_eq!(nobody.status.code(), Some(1));
    assert_eq!(
        text(&nobody.stderr),
        "warta: Tidak Ada: tidak ada di perpustakaan\n"
    );
    // What the closed lists know is said where no article is.
    let known = json(&warta(&shelf, &["who", "--json", "Putin"]));
    assert_eq!(known["name"], "Vladimir Putin");
    assert_eq!(
        (&known["articles"], &known["known"]["country"]),
        (&0.into(), &"RU".into())
    );
}

#[test]
fn a_digest_is_printed() {
    let mut shelf = filled();
    let who = Who::Name {
        name: "Sari Dewi".to_owned(),
        article: None,
    };
    shelf.library.follow(&who, at(0)).unwrap();
    let digest = json(&warta(&shelf, &["digest", "--json", "--since", "2h"]));
    assert_eq!(
        (&digest["articles"], &digest["before"]),
        (&3.into(), &0.into())
    );
    assert_eq!(digest["people"][0]["name"], "Sari Dewi");
    assert_eq!(digest["people"][0]["followed"], true);
    assert_eq!(digest["people"][0]["top"][0]["title"], "Dua");
    assert_eq!(digest["countries"][0]["code"], "RU");
    let page = text(&warta(&shelf, &["digest"]).stdout);
    assert!(
        page.contains("\nTokoh terbanyak\n    2  Sari Dewi, Kepala * (0 sebelumnya)\n"),
        "{page}"
    );
    assert_eq!(
        warta(&shelf, &["digest", "--since", "kapan"]).status.code(),
        Some(2)
    );
}

/// A server that knows one title, and how often it was asked.
fn encyclopedia() -> (Server, String, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let server = Server::start(move |request| {
        count.fetch_add(1, Ordering::SeqCst);
        let (status, body) = match request.path.as_str() {
            "/summary/Sari_Dewi" => (
                "200 OK",
                r#"{"type":"standard","title":"Sari Dewi","extract":"Sari \u001b[31mDewi adalah tokoh rekaan.",
                    "content_urls":{"desktop":{"page":"https://contoh.example/wiki/Sari_Dewi"}}}"#,
            ),
            "/summary/Rusak" => ("200 OK", "<html>bukan JSON</html>"),
            "/summary/Sibuk" => ("503 Service Unavailable", ""),
            _ => ("404 Not Found", "{}"),
        };
        format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    });
    let template = server.address("/summary/{}");
    (server, template, asked)
}

#[test]
fn a_name_is_asked_for_once_a_week() {
    let mut shelf = shelf();
    let (_server, template, asked) = encyclopedia();
    let mut look_up = |name: &str, day: i64| {
        let now = at(0) + SignedDuration::from_hours(24 * day);
        encyclopedia::look_up(&mut shelf.library, name, &template, Limits::default(), now)
    };
    let found = look_up("Sari Dewi", 0).unwrap().summary.unwrap();
    assert_eq!(found.text, "Sari Dewi adalah tokoh rekaan.");
    assert_eq!(
        found.address.as_deref(),
        Some("https://contoh.example/wiki/Sari_Dewi")
    );
    assert_eq!(look_up("SARI  dewi", 6).unwrap().summary, Some(found));
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    // That there is no article is an answer too.
    assert_eq!(look_up("Tidak Ada", 0).unwrap().summary, None);
    assert_eq!(look_up("Tidak Ada", 6).unwrap().summary, None);
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    look_up("Sari Dewi", 8).unwrap();
    look_up("Tidak Ada", 8).unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 4);
    // What went wrong is no answer: it is asked again.
    for _ in 0..2 {
        let fault = look_up("Sibuk", 0).unwrap_err();
        assert!(matches!(fault, Fault::Source(problem) if problem.reason == Reason::Status(503)));
        let fault = look_up("Rusak", 0).unwrap_err();
        assert!(matches!(fault, Fault::Source(problem) if problem.reason == Reason::BrokenAnswer));
    }
    assert_eq!(asked.load(Ordering::SeqCst), 8);
    let kept = shelf.library.reference("Sari Dewi").unwrap().unwrap();
    assert!(kept.is_fresh(at(0) + SignedDuration::from_hours(24 * 14)));
    assert_eq!(shelf.library.reference("Sibuk").unwrap(), None);
}
