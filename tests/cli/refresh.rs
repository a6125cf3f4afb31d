//! A refresh that is ended, goes on later, meets its limits.

use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use warta::library::{Draft, Library, identity};

use crate::feeds::{Shelf, feed, item, long_feed};
use crate::program::{complaint, objects, out, warta};
use crate::server::{Server, answer};

const PUTIN: &str = "Presiden Rusia Vladimir Putin tiba di Jakarta.";

#[test]
fn what_was_fetched_is_kept_when_the_user_ends_it() {
    end_while_refreshing("-INT", 130);
    end_while_refreshing("-TERM", 143);
}

/// Ends a refresh with a signal when one feed of two is there; its exit code is to be this.
fn end_while_refreshing(signal: &str, code: i32) {
    let quick = Server::start(|_| feed("Cepat", &item(1, "satu", "Putin Tiba", PUTIN)));
    let slow = Server::drip(b"HTTP/1.1 200 OK\r\n\r\n<rss>");
    let shelf = Shelf::new();
    let list = format!(
        "<opml><body><outline xmlUrl=\"{}\"/><outline xmlUrl=\"{}\"/></body></opml>",
        quick.address("/rss"),
        slow.address("/rss")
    );
    shelf.done(&["import", &shelf.file("feeds.opml", &list)]);
    let program = warta()
        .args(["--lang", "id", "--library"])
        .arg(shelf.0.path())
        .arg("refresh")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while shelf.titles().is_empty() {
        thread::sleep(Duration::from_millis(20));
    }
    let asked = Instant::now();
    let kill = Command::new("kill")
        .args([signal, &program.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
    let output = program.wait_with_output().unwrap();
    assert!(asked.elapsed() < Duration::from_secs(5));
    assert_eq!(output.status.code(), Some(code), "{}", complaint(&output));
    assert_eq!(
        out(&output),
        "1 artikel baru dari 1 umpan; 0 gagal; dihentikan, yang sudah diambil tersimpan\n"
    );
    assert_eq!(shelf.titles(), ["Putin Tiba"]);
}

/// Ends a subscription while a refresh waits for its server, which goes on as nothing were.
fn refresh_without(
    shelf: &Shelf,
    address: &str,
    asked: &AtomicBool,
    answered: &AtomicBool,
) -> Output {
    let program = warta()
        .args(["--lang", "id", "--library"])
        .arg(shelf.0.path())
        .arg("refresh")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while !asked.load(Ordering::Acquire) {
        thread::sleep(Duration::from_millis(10));
    }
    shelf.done(&["feed", "remove", address]);
    answered.store(true, Ordering::Release);
    let output = program.wait_with_output().unwrap();
    assert_eq!(complaint(&output), "");
    assert_eq!(output.status.code(), Some(0));
    output
}

/// Refreshes two feeds of one server and ends the subscription to the first with another program
/// while its answer is awaited; `title` is what the list calls it.
fn unsubscribe_while_refreshing(title: &str, first: impl Fn() -> Vec<u8> + Send + Sync + 'static) {
    let (asked, answered) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicBool::new(false)),
    );
    let server = {
        let (asked, answered) = (Arc::clone(&asked), Arc::clone(&answered));
        Server::start(move |request| {
            if request.path != "/satu" {
                return feed("Dua", &item(1, "dua", "Putin Tiba", PUTIN));
            }
            asked.store(true, Ordering::Release);
            while !answered.load(Ordering::Acquire) {
                thread::sleep(Duration::from_millis(10));
            }
            first()
        })
    };
    let shelf = Shelf::new();
    let (one, two) = (server.address("/satu"), server.address("/dua"));
    let list = format!(
        "<opml><body><outline {title} xmlUrl=\"{one}\"/><outline text=\"Z\" xmlUrl=\"{two}\"/></body></opml>"
    );
    shelf.done(&["import", &shelf.file("feeds.opml", &list)]);
    let output = refresh_without(&shelf, &one, &asked, &answered);
    assert_eq!(out(&output), "1 artikel baru dari 1 umpan; 0 gagal\n");
    assert_eq!(shelf.titles(), ["Putin Tiba"]);
}

#[test]
fn a_feed_that_another_program_removes_is_passed_over() {
    let first = || feed("Satu", &item(1, "satu", "Gempa", "Isi."));
    unsubscribe_while_refreshing("text=\"A\"", first);
    // One without a title would now be given its own.
    unsubscribe_while_refreshing("", first);
    unsubscribe_while_refreshing("text=\"A\"", || answer("304 Not Modified", &[], b""));
    unsubscribe_while_refreshing("text=\"A\"", || answer("500 Oh", &[], b""));
}

#[test]
fn an_article_that_goes_with_its_feed_while_its_page_is_awaited_is_passed_over() {
    let (asked, answered) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicBool::new(false)),
    );
    let server = {
        let (asked, answered) = (Arc::clone(&asked), Arc::clone(&answered));
        Server::start(move |request| {
            if request.path == "/rss" {
                let item = "<item><title>Judul</title><link>/halaman</link></item>";
                return feed("Ringkas", item);
            }
            asked.store(true, Ordering::Release);
            while !answered.load(Ordering::Acquire) {
                thread::sleep(Duration::from_millis(10));
            }
            let text = "<p>Warga kembali ke rumah setelah banjir surut pada Senin pagi.</p>";
            let page = format!(
                "<html><body><article>{}</article></body></html>",
                text.repeat(20)
            );
            answer("200 OK", &[("Content-Type", "text/html")], page.as_bytes())
        })
    };
    let shelf = Shelf::new();
    let address = server.address("/rss");
    shelf.done(&["feed", "add", "--full-text", &address]);
    refresh_without(&shelf, &address, &asked, &answered);
}

#[test]
fn what_an_earlier_run_did_not_read_for_names_is_read_later() {
    let server = Server::start(|_| feed("Harian", ""));
    let shelf = Shelf::new();
    let address = server.address("/rss");
    let list = format!("<opml><body><outline xmlUrl=\"{address}\"/></body></opml>");
    shelf.done(&["import", &shelf.file("feeds.opml", &list)]);
    {
        // As a program leaves it that is killed as soon as a feed is kept.
        let now = Timestamp::now();
        let mut library = Library::open(shelf.0.path(), now).unwrap();
        let article = warta::article::Article {
            title: Some("Putin Tiba".to_owned()),
            standfirst: None,
            published: None,
            paragraphs: vec![PUTIN.to_owned()],
        };
        let identities = identity::identify(&[identity::Entry {
            link: None,
            guid: None,
            title: article.title.as_deref(),
            published: None,
            content: PUTIN,
        }]);
        let draft = Draft {
            identity: identities[0],
            link: None,
            guid: None,
            article,
            instead_of: None,
        };
        let id = library.feeds().unwrap()[0].id;
        library.store(id, &[draft], now).unwrap();
    }
    assert_eq!(shelf.titles(), ["Putin Tiba"]);
    assert!(shelf.done(&["search", "tokoh:putin"]).is_empty());
    shelf.done(&["refresh"]);
    assert!(
        shelf
            .done(&["search", "tokoh:putin"])
            .contains("Putin Tiba")
    );
}

#[test]
fn of_a_feed_too_long_the_beginning_is_read_and_that_is_said() {
    let server = Server::start(|_| long_feed());
    let shelf = Shelf::new();
    let list = format!(
        "<opml><body><outline text=\"Panjang\" xmlUrl=\"{}\"/></body></opml>",
        server.address("/rss")
    );
    shelf.done(&["import", &shelf.file("feeds.opml", &list)]);
    let short = shelf.file("pendek.toml", "feed_megabytes = 1");
    let output = shelf.run(&["--config", &short, "refresh"]);
    assert!(output.status.success());
    assert!(complaint(&output).contains("Panjang: terlalu panjang"));
    let some = shelf.titles().len();
    assert!((500..1500).contains(&some), "{some}");
    let output = shelf.run(&["refresh"]);
    assert_eq!(complaint(&output), "");
    assert_eq!(shelf.titles().len(), 1500);
}

#[test]
fn only_so_many_articles_are_kept_as_the_settings_say() {
    let server = Server::start(|_| {
        let items: Vec<String> = (0..9)
            .map(|n| item(n, &n.to_string(), &format!("Berita {n}"), "Isi."))
            .collect();
        feed("Harian", &items.concat())
    });
    let shelf = Shelf::new();
    shelf.done(&["feed", "add", &server.address("/rss")]);
    let few = shelf.file("sedikit.toml", "keep_articles = 3");
    for _ in 0..2 {
        shelf.done(&["--config", &few, "refresh"]);
        assert_eq!(shelf.titles(), ["Berita 0", "Berita 1", "Berita 2"]);
    }
}

#[test]
fn a_file_that_may_not_grow_loses_nothing() {
    let server = Server::start(|request| {
        let text = "Sungai meluap lagi. ".repeat(100);
        let items: Vec<String> = (0..200)
            .map(|n| item(n, &format!("{}/{n}", request.path), "Berita", &text))
            .collect();
        feed("Harian", &items.concat())
    });
    let shelf = Shelf::new();
    shelf.done(&["feed", "add", &server.address("/satu")]);
    shelf.done(&["refresh"]);
    assert_eq!(shelf.titles().len(), 200);
    shelf.done(&["feed", "add", &server.address("/dua")]);
    let blocks = std::fs::metadata(shelf.0.path().join("warta.db"))
        .unwrap()
        .len()
        / 512
        + 40;
    let output = Command::new("sh")
        .args([
            "-c",
            &format!(
                "trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" --lang id --library \"$1\" refresh"
            ),
            env!("CARGO_BIN_EXE_warta"),
        ])
        .arg(shelf.0.path())
        .env("HOME", "/tidak-ada")
        .env_remove("XDG_CONFIG_HOME")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let complaint = complaint(&output);
    assert_eq!(complaint.lines().count(), 1, "{complaint}");
    assert!(complaint.contains("tidak tersimpan"), "{complaint}");
    // What was fetched before the limit was met may be there; what was there before is.
    assert!(shelf.titles().len() >= 200);
    shelf.done(&["refresh"]);
    assert_eq!(shelf.titles().len(), 400);
    let found = objects(&shelf.run(&["search", "--json", "sungai"]));
    assert_eq!(found.len(), 400);
}
