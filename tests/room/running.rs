//! Refreshes: several at a time, ended before they are done, and gone on with.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use jiff::{Timestamp, ZonedDateTime};
use tempfile::TempDir;
use warta::library::{FeedSettings, FullText, Library, NewFeed, Query};
use warta::message::Message;

use crate::server::{Request, Server};
use crate::{FLOOD, Room, answer, item, rss};

/// Subscribes to feeds before the reader is opened.
fn subscribe(library: &mut Library, addresses: &[String], full_text: bool) {
    for address in addresses {
        let feed = NewFeed {
            address: address.clone(),
            title: address.clone(),
            ..NewFeed::default()
        };
        let id = library.add_feed(&feed, Timestamp::now()).unwrap();
        let settings = FeedSettings {
            full_text,
            ..FeedSettings::default()
        };
        library.set_feed(id, settings).unwrap();
    }
}

/// The address of the server that was asked.
fn host(request: &Request) -> &str {
    let mut lines = request.head.lines();
    let host = lines.find_map(|line| {
        line.split_once(": ")
            .filter(|(name, _)| name.eq_ignore_ascii_case("host"))
    });
    host.unwrap().1
}

/// Waits until something is so that no message tells.
#[track_caller]
fn until(is_so: impl Fn() -> bool) {
    let end = std::time::Instant::now() + crate::PATIENCE;
    while !is_so() {
        assert!(std::time::Instant::now() < end, "never came");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_feed_added_or_fetched_alone_leaves_the_refresh_of_all_going() {
    let folder = TempDir::new().unwrap();
    let open = Arc::new(AtomicBool::new(false));
    let gate = Arc::clone(&open);
    let server = Server::start(move |request| {
        if request.path.starts_with("/lambat") {
            until(|| gate.load(Ordering::Relaxed));
        }
        let name = request.path.trim_matches('/').to_owned();
        let link = format!("http://{}/{name}/berita", host(request));
        rss(&name, &[item(&link, &format!("Kabar {name}"), &name, 1)])
    });
    let mut library = Library::open(folder.path(), Timestamp::now()).unwrap();
    let slow = ["/lambat1", "/lambat2"].map(|path| server.address(path));
    subscribe(&mut library, &slow, false);
    subscribe(&mut library, &[server.address("/cepat")], false);
    let mut room = Room::open(folder.path());
    room.keys("r");
    room.see("⟳ 1/3");
    // One more is added while the others are waited for.
    room.keys("a");
    room.see("[ ]");
    room.tell(Message::Pasted(server.address("/baru")));
    room.keys("<Enter>");
    room.see("1 berita baru dari 1 langganan.");
    room.see("⟳ 2/4");
    // And one is fetched once more.
    room.wait_until("the quick ones", |room| room.titles().len() == 2);
    room.keys("R");
    room.see("0 berita baru dari 1 langganan.");
    room.see("⟳ 3/5");
    open.store(true, Ordering::Relaxed);
    room.see("3 berita baru dari 3 langganan.");
    assert!(room.app.refreshing().is_none());
    room.wait_until("all articles", |room| room.titles().len() == 4);
    room.close();
}

#[test]
fn what_is_fetched_beside_a_refresh_is_stopped_with_it() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(|request| {
        if request.path.starts_with("/lambat") {
            std::thread::sleep(Duration::from_mins(1));
        }
        rss("Cepat", &[item("http://c.example/a", "Cepat", FLOOD, 1)])
    });
    let mut library = Library::open(folder.path(), Timestamp::now()).unwrap();
    let feeds = ["/lambat", "/cepat"].map(|path| server.address(path));
    subscribe(&mut library, &feeds, false);
    let mut room = Room::open(folder.path());
    room.keys("r");
    room.see("⟳ 1/2");
    room.wait_until("the quick one", |room| room.titles() == ["Cepat"]);
    room.keys("c");
    room.see("/lambat");
    room.keys("G");
    room.keys("R<Esc>");
    room.see("⟳ 1/3");
    room.keys("r");
    room.see("Dihentikan;");
    assert!(room.app.refreshing().is_none());
    room.close();
}

#[test]
fn pages_a_stopped_refresh_left_are_fetched_by_the_next() {
    let folder = TempDir::new().unwrap();
    let (open, asked) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicUsize::new(0)),
    );
    let (gate, count) = (Arc::clone(&open), Arc::clone(&asked));
    let server = Server::start(move |request| {
        if request.path == "/feed" {
            let item = |name: &str| {
                let link = format!("http://{}/{name}", host(request));
                item(&link, &format!("Kabar {name}"), "Ringkas.", 1)
            };
            return rss("Utuh", &["satu", "dua", "tiga"].map(item));
        }
        count.fetch_add(1, Ordering::Relaxed);
        until(|| gate.load(Ordering::Relaxed));
        let page = format!(
            "<html><body><article><h1>Kabar</h1><p>{FLOOD}</p><p>{FLOOD}</p></article></body></html>"
        );
        answer("text/html", &page)
    });
    let mut library = Library::open(folder.path(), Timestamp::now()).unwrap();
    subscribe(&mut library, &[server.address("/feed")], true);
    let whole = |library: &Library| {
        let ids = library
            .ids(&Query::default(), 0..9, &ZonedDateTime::now())
            .unwrap();
        let whole = |id: &&_| {
            let article = library.article(**id).unwrap().unwrap();
            article.full_text == FullText::Page
        };
        ids.iter().filter(whole).count()
    };
    let mut room = Room::open(folder.path());
    room.keys("r");
    until(|| asked.load(Ordering::Relaxed) > 0);
    room.wait_until("the articles", |room| room.titles().len() == 3);
    room.keys("r");
    room.see("Dihentikan;");
    assert_eq!(whole(&library), 0);
    room.close();
    // The answers that were on their way are lost; the program has ended, for all they know.
    open.store(true, Ordering::Relaxed);
    let mut room = Room::open(folder.path());
    room.keys("r");
    room.see("0 berita baru");
    assert_eq!(whole(&library), 3);
    room.close();
}

#[test]
fn what_waits_to_be_read_for_names_is_read_at_the_start() {
    let folder = TempDir::new().unwrap();
    let mut library = Library::open(folder.path(), Timestamp::now()).unwrap();
    let server = Server::start(|_| {
        let one = |number: usize| {
            let link = format!("http://n.example/{number}");
            item(&link, &format!("Kabar {number}"), FLOOD, 1)
        };
        let items: Vec<String> = (0..60).map(one).collect();
        rss("Banyak", &items)
    });
    subscribe(&mut library, &[server.address("/feed")], false);
    // As a refresh that is ended as soon as the feed is kept leaves it.
    let feeds = library.feeds().unwrap();
    let setting = warta::refresh::Setting {
        recognizer: &warta::entity::Recognizer::embedded(),
        limits: &warta::feed::fetch::Limits::default(),
        language: warta::language::Language::Indonesian,
        retention: warta::library::Retention::default(),
    };
    warta::refresh::refresh(&mut library, feeds, &setting, |_| {
        std::ops::ControlFlow::Break(())
    })
    .unwrap();
    assert_eq!(library.waiting().unwrap().len(), 60);
    let mut room = Room::open(folder.path());
    room.wait_until("the names", |room| {
        room.app.refreshing().is_none() && library.waiting().unwrap().is_empty()
    });
    room.keys("/tokoh:wiraguna<Enter>");
    room.wait_until("all of them", |room| room.titles().len() == 60);
    room.close();
}
