//! Subscribing, refreshing, lists of feeds: the program against servers and its own library.

use std::path::Path;
use std::process::Output;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use jiff::{Timestamp, ZonedDateTime};
use serde_json::Value;
use tempfile::TempDir;
use warta::library::query::Typing;
use warta::library::{Library, Mark, Query};

use crate::program::{complaint, objects, out, warta};
use crate::server::{Server, answer};

/// A library of its own.
pub struct Shelf(pub TempDir);

impl Shelf {
    pub fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        warta()
            .args(["--lang", "id", "--library"])
            .arg(self.0.path())
            .args(arguments)
            .output()
            .unwrap()
    }

    #[track_caller]
    pub fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            complaint(&output)
        );
        out(&output)
    }

    #[track_caller]
    pub fn fails(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{arguments:?}: {}",
            out(&output)
        );
        complaint(&output)
    }

    /// The titles of all articles.
    pub fn titles(&self) -> Vec<String> {
        let found = objects(&self.run(&["search", "--json", ""]));
        let title = |object: &Value| object["title"].as_str().unwrap().to_owned();
        found.iter().map(title).collect()
    }

    fn feeds(&self) -> Vec<Value> {
        objects(&self.run(&["feed", "list", "--json"]))
    }

    pub fn file(&self, name: &str, content: &str) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

pub fn feed(title: &str, items: &str) -> Vec<u8> {
    let text = format!("<rss><channel><title>{title}</title>{items}</channel></rss>");
    answer(
        "200 OK",
        &[("Content-Type", "application/rss+xml")],
        text.as_bytes(),
    )
}

/// A feed of more than a megabyte.
pub fn long_feed() -> Vec<u8> {
    let text = "Sungai meluap. ".repeat(70);
    let items: Vec<String> = (0..1500)
        .map(|n| item(n, &n.to_string(), &format!("Berita {n}"), &text))
        .collect();
    feed("Panjang", &items.concat())
}

/// An entry whose identity, as the feed sees it, is its rank.
pub fn item(rank: usize, link: &str, title: &str, text: &str) -> String {
    format!(
        "<item><title>{title}</title><guid>{rank}</guid><link>https://contoh.test/{link}</link>\
         <description>{text}</description></item>"
    )
}

#[test]
fn a_feed_is_added_refreshed_read_and_removed() {
    let server = Server::start(|_| {
        let text = "Presiden Rusia Vladimir Putin tiba di Jakarta.";
        feed("Harian Contoh", &item(1, "satu", "Putin Tiba", text))
    });
    let shelf = Shelf::new();
    let address = server.address("/rss");
    assert!(
        shelf
            .done(&["feed", "add", &address, "--subject", "Dunia"])
            .contains("Harian Contoh")
    );
    assert!(shelf.done(&["feed", "add", &address]).contains("sudah"));
    assert_eq!(
        shelf.done(&["refresh"]),
        "1 artikel baru dari 1 umpan; 0 gagal\n"
    );
    let found = objects(&shelf.run(&["search", "--json", "tokoh:putin"]));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["feed"], "Harian Contoh");
    assert_eq!(found[0]["countries"], serde_json::json!(["RU"]));
    let feeds = shelf.feeds();
    assert_eq!(feeds.len(), 1);
    assert_eq!(
        (&feeds[0]["subject"], &feeds[0]["unread"]),
        (&"Dunia".into(), &1.into())
    );
    assert!(
        shelf
            .done(&["feed", "list"])
            .starts_with("Dunia\n  Harian Contoh (1) http://")
    );
    assert!(
        shelf
            .fails(&["feed", "remove", "tidak ada"])
            .contains("tidak ada")
    );
    shelf.done(&["feed", "remove", "harian contoh"]);
    assert_eq!(shelf.feeds().len(), 0);
    assert_eq!(shelf.titles().len(), 0);
}

#[test]
fn looking_something_up_begins_no_library() {
    let shelf = Shelf::new();
    let folder = shelf.0.path().join("belum-ada");
    for arguments in [["search", "banjir"], ["who", "Sukarno"]] {
        let mut command = warta();
        command.arg("--library").arg(&folder).args(arguments);
        let output = command.output().unwrap();
        assert!(out(&output).is_empty(), "{arguments:?}");
        assert!(!folder.exists(), "{arguments:?}");
    }
}

#[test]
fn a_feed_that_numbers_its_items_anew_each_time_loses_none() {
    let answers: Arc<Mutex<Vec<u8>>> = Arc::default();
    let current = Arc::clone(&answers);
    let server = Server::start(move |_| current.lock().unwrap().clone());
    let serve = |bytes: Vec<u8>| *answers.lock().unwrap() = bytes;
    let shelf = Shelf::new();
    let list = |first: usize| {
        let items = (1..=3).map(|rank| {
            let number = first + 3 - rank;
            item(
                rank,
                &format!("baca-{number}"),
                &format!("Berita {number}"),
                "Isi.",
            )
        });
        feed("Hukum", &items.collect::<String>())
    };
    serve(list(0));
    shelf.done(&["feed", "add", &server.address("/rss")]);
    for first in 0..4 {
        serve(list(first));
        shelf.done(&["refresh"]);
    }
    // The answers hold Berita 0 to 5; every rank stood for four of them.
    assert_eq!(shelf.titles().len(), 6);
    for nothing in [&b""[..], b"\n"] {
        serve(answer("200 OK", &[], nothing));
        assert!(shelf.fails(&["refresh"]).contains("kosong"));
    }
    serve(feed("Hukum", ""));
    assert_eq!(
        shelf.done(&["refresh"]),
        "0 artikel baru dari 1 umpan; 0 gagal\n"
    );
    assert_eq!(shelf.titles().len(), 6);
}

#[test]
fn an_item_seen_again_changes_and_never_doubles() {
    let count = Arc::new(AtomicUsize::new(0));
    let asked = Arc::clone(&count);
    let server = Server::start(move |_| {
        let number = asked.fetch_add(1, Ordering::Relaxed);
        feed(
            "Harian",
            &item(1, "satu", &format!("Judul {}", number.min(2)), "Isi."),
        )
    });
    let shelf = Shelf::new();
    shelf.done(&["feed", "add", &server.address("/rss")]);
    for _ in 0..4 {
        shelf.done(&["refresh"]);
    }
    assert_eq!(shelf.titles(), ["Judul 2"]);
}

#[test]
fn items_that_share_one_link_are_kept_apart_at_every_refresh() {
    let current: Arc<Mutex<Vec<u8>>> = Arc::default();
    let served = Arc::clone(&current);
    let server = Server::start(move |_| served.lock().unwrap().clone());
    // Without a guid, and newest first.
    let serve = |numbers: std::ops::Range<usize>| {
        let items = numbers.rev().map(|number| {
            format!(
                "<item><title>Gempa {number}</title><link>https://contoh.test/terkini</link>\
                 <description>Magnitudo {number}.</description></item>"
            )
        });
        *current.lock().unwrap() = feed("Gempa", &items.collect::<String>());
    };
    let shelf = Shelf::new();
    serve(0..1);
    shelf.done(&["feed", "add", &server.address("/rss")]);
    // The first came alone, then among others; the last ones come alone again.
    for (numbers, new) in [
        (0..1, 1),
        (0..6, 5),
        (0..6, 0),
        (2..8, 2),
        (7..8, 0),
        (6..7, 0),
        (5..8, 0),
    ] {
        serve(numbers.clone());
        assert_eq!(
            shelf.done(&["refresh"]),
            format!("{new} artikel baru dari 1 umpan; 0 gagal\n"),
            "{numbers:?}"
        );
    }
    let mut titles = shelf.titles();
    titles.sort();
    let expected: Vec<String> = (0..8).map(|number| format!("Gempa {number}")).collect();
    assert_eq!(titles, expected);
    for number in 0..8 {
        let found = shelf.done(&["search", &format!("judul:{number} \"magnitudo {number}\"")]);
        assert!(found.contains(&format!("Gempa {number}")), "{found}");
    }
}

#[test]
fn an_item_whose_link_changes_stays_the_same_by_its_guid() {
    let item = |guid: &str, link: &str, title: &str, date: &str| {
        format!(
            "<item><title>{title}</title><guid isPermaLink=\"false\">{guid}</guid>\
             <link>https://contoh.test/{link}</link><pubDate>{date}</pubDate></item>"
        )
    };
    let (early, late) = (
        "Mon, 27 Oct 2025 07:00:00 GMT",
        "Mon, 27 Oct 2025 09:00:00 GMT",
    );
    for (before, after, articles) in [
        // WordPress, a corrected title.
        (
            item("https://contoh.test/?p=123", "lama", "Lama", ""),
            item("https://contoh.test/?p=123", "baru", "Baru", ""),
            1,
        ),
        (
            item("artikel-satu", "lama", "Lama", early),
            item("artikel-satu", "baru", "Baru", early),
            1,
        ),
        (
            item("artikel-satu", "lama", "Judul", early),
            item("artikel-satu", "baru", "Judul", late),
            1,
        ),
        // A rank: nothing speaks for the same article.
        (
            item("urutan-1", "lama", "Lama", early),
            item("urutan-1", "baru", "Baru", late),
            2,
        ),
        // The link it had is still there.
        (
            item("tag:contoh.test:1", "lama", "Lama", early),
            item("tag:contoh.test:1", "baru", "Baru", late)
                + &item("tag:contoh.test:2", "lama", "Lama", early),
            2,
        ),
    ] {
        let count = AtomicUsize::new(0);
        let server = Server::start(move |_| {
            // The first request is that of adding the feed.
            let number = count.fetch_add(1, Ordering::Relaxed);
            feed("Harian", if number < 2 { &before } else { &after })
        });
        let shelf = Shelf::new();
        shelf.done(&["feed", "add", &server.address("/rss")]);
        shelf.done(&["refresh"]);
        {
            let mut library = Library::open(shelf.0.path(), Timestamp::now()).unwrap();
            let everything = Query::parse("", Typing::Done).unwrap();
            let now = ZonedDateTime::now();
            for mark in [Mark::Read, Mark::Saved] {
                library.mark_all(&everything, mark, &now).unwrap();
            }
        }
        for _ in 0..2 {
            shelf.done(&["refresh"]);
            let found = objects(&shelf.run(&["search", "--json", ""]));
            assert_eq!(found.len(), articles, "{found:?}");
            if articles == 1 {
                assert_eq!(found[0]["link"], "https://contoh.test/baru");
                assert_eq!(
                    (&found[0]["saved"], &found[0]["unread"]),
                    (&true.into(), &false.into())
                );
            }
        }
    }
}

#[test]
fn a_page_leads_to_the_feed_it_names() {
    let page = |links: &str| {
        let text = format!("<!doctype html><html><head>{links}</head><body>Halo</body></html>");
        answer("200 OK", &[("Content-Type", "text/html")], text.as_bytes())
    };
    let link = |href: &str| {
        format!(
            "<link rel=alternate type='application/rss+xml' title='Umpan {href}' href='{href}'>"
        )
    };
    let server = Server::start(move |request| match request.path.as_str() {
        "/satu" => page(&link("/a.xml")),
        "/dua" => page(&(link("/a.xml") + &link("/b.xml"))),
        "/a.xml" | "/b.xml" | "/rss" => feed(&request.path, &item(1, "x", "Judul", "Isi.")),
        "/biasa" => page(""),
        _ => answer("404 Not Found", &[], b""),
    });
    let shelf = Shelf::new();
    assert!(
        shelf
            .done(&["feed", "add", &server.address("/satu")])
            .contains("/a.xml")
    );
    let output = shelf.run(&["feed", "add", &server.address("/dua")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("beberapa umpan"));
    assert_eq!(out(&output).lines().count(), 2);
    assert!(out(&output).contains(&server.address("/b.xml")));
    assert!(
        shelf
            .done(&["feed", "add", &server.address("/biasa")])
            .contains("/rss")
    );
    assert_eq!(shelf.feeds().len(), 2);
}

#[test]
fn what_is_no_feed_is_not_added() {
    let server = Server::start(|request| match request.path.as_str() {
        "/kosong" => answer("200 OK", &[], b""),
        "/halaman" => answer("200 OK", &[], b"<html><body>Halo</body></html>"),
        _ => answer("404 Not Found", &[], b""),
    });
    let shelf = Shelf::new();
    for (path, words) in [
        ("/kosong", "kosong"),
        ("/halaman", "tidak menyebut umpan"),
        ("/hilang", "404"),
    ] {
        let complaint = shelf.fails(&["feed", "add", &server.address(path)]);
        assert!(complaint.contains(words), "{complaint}");
    }
    assert!(
        shelf
            .fails(&["feed", "add", "file:///etc/passwd"])
            .contains("alamat")
    );
    assert_eq!(shelf.feeds().len(), 0);
}

#[test]
fn a_feed_that_fails_is_one_line_and_only_all_failing_is_a_failure() {
    let server = Server::start(|request| match request.path.as_str() {
        "/baik" => feed("Baik", &item(1, "x", "Judul", "Isi.")),
        _ => answer("500 Internal Server Error", &[], b""),
    });
    let shelf = Shelf::new();
    assert_eq!(shelf.done(&["refresh"]), "");
    let opml = |path: &str| {
        let address = server.address(path);
        format!("<opml><body><outline text='{path}' xmlUrl='{address}'/></body></opml>")
    };
    shelf.done(&["import", &shelf.file("a.opml", &opml("/buruk"))]);
    assert!(shelf.fails(&["refresh"]).contains("500"));
    shelf.done(&["import", &shelf.file("b.opml", &opml("/baik"))]);
    let output = shelf.run(&["refresh"]);
    assert!(output.status.success());
    assert_eq!(complaint(&output).lines().count(), 1);
    assert_eq!(out(&output), "1 artikel baru dari 1 umpan; 1 gagal\n");
    let failed = shelf
        .feeds()
        .into_iter()
        .find(|feed| feed["title"] == "/buruk")
        .unwrap();
    assert!(failed["error"].as_str().unwrap().contains("500"));
}

#[test]
fn a_server_that_asks_for_patience_is_left_alone() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let server = Server::start(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
        answer("429 Too Many Requests", &[("Retry-After", "3600")], b"")
    });
    let shelf = Shelf::new();
    let address = server.address("/rss");
    let opml = format!("<opml><body><outline text='A' xmlUrl='{address}'/></body></opml>");
    shelf.done(&["import", &shelf.file("a.opml", &opml)]);
    shelf.fails(&["refresh"]);
    assert_eq!(
        shelf.done(&["refresh"]),
        "0 artikel baru dari 0 umpan; 0 gagal, 1 belum waktunya\n"
    );
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

#[test]
fn the_patience_that_one_feed_asks_for_holds_for_its_whole_server() {
    let server =
        Server::start(|_| answer("503 Service Unavailable", &[("Retry-After", "3600")], b""));
    let shelf = Shelf::new();
    let outline = |path| format!("<outline text='{path}' xmlUrl='{}'/>", server.address(path));
    let outlines: String = ["/a", "/b", "/c"].map(outline).concat();
    let opml = format!("<opml><body>{outlines}</body></opml>");
    shelf.done(&["import", &shelf.file("a.opml", &opml)]);
    let output = shelf.run(&["refresh"]);
    assert_eq!(complaint(&output).lines().count(), 1);
    assert_eq!(
        out(&output),
        "0 artikel baru dari 0 umpan; 1 gagal, 2 belum waktunya\n"
    );
    assert_eq!(
        shelf.done(&["refresh"]),
        "0 artikel baru dari 0 umpan; 0 gagal, 3 belum waktunya\n"
    );
    // Nothing is held against those that were not asked.
    let failed = shelf
        .feeds()
        .iter()
        .filter(|feed| !feed["error"].is_null())
        .count();
    assert_eq!(failed, 1);
}

#[test]
fn nothing_new_from_a_feed_that_has_given_nothing_is_a_failure() {
    let server = Server::start(|_| answer("304 Not Modified", &[], b""));
    let shelf = Shelf::new();
    let opml = format!(
        "<opml><body><outline text='A' xmlUrl='{}'/></body></opml>",
        server.address("/rss")
    );
    shelf.done(&["import", &shelf.file("a.opml", &opml)]);
    let complaint = shelf.fails(&["refresh"]);
    assert!(
        complaint.contains("A: ") && complaint.contains("tidak ada yang baru"),
        "{complaint}"
    );
}

#[test]
fn a_file_without_a_feed_is_said_to_be_one() {
    let shelf = Shelf::new();
    for (name, text) in [
        ("teks.opml", "bukan daftar"),
        (
            "halaman.html",
            "<!doctype html><html><body>Halo</body></html>",
        ),
        (
            "umpan.xml",
            "<rss><channel><item><title>A</title></item></channel></rss>",
        ),
        (
            "kosong.opml",
            "<opml version='2.0'><head/><body></body></opml>",
        ),
    ] {
        let file = shelf.file(name, text);
        let complaint = shelf.fails(&["import", &file]);
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
        assert!(
            complaint.contains(name) && complaint.contains("tidak ada umpan"),
            "{complaint}"
        );
        let output = warta()
            .args(["--lang", "en", "import", &file])
            .output()
            .unwrap();
        assert!(self::complaint(&output).contains("there is no feed in it"));
    }
}

#[test]
fn a_broken_line_of_a_list_is_said_and_the_others_are_taken() {
    let shelf = Shelf::new();
    let list = "<opml version=\"2.0\"><body>\n\
        <outline text=\"nq xmlUrl=\"http://h3.test/f\"/>\n\
        <outline text=\"A\" xmlUrl=\"http://a.test/f\"/>\n\
        <outline text=\"B\" xmlUrl=\"http://b.test/f\"/>\n\
        <outline text=\"C\" xml";
    let output = shelf.run(&["import", &shelf.file("a.opml", list)]);
    assert!(output.status.success());
    assert_eq!(
        out(&output),
        "2 umpan ditambahkan, 0 sudah ada, 1 dilewati\n"
    );
    let complaint = complaint(&output);
    assert!(
        complaint.contains("baris rusak, dilewati: <outline text=\"nq"),
        "{complaint}"
    );
    assert!(
        complaint.contains("a.opml: daftar ini terputus"),
        "{complaint}"
    );
}

#[test]
fn a_feed_too_long_is_shown_from_its_beginning() {
    let server = Server::start(|_| long_feed());
    let shelf = Shelf::new();
    let short = shelf.file("pendek.toml", "feed_megabytes = 1");
    let address = server.address("/rss");
    let output = shelf.run(&["--config", &short, "feed", "show", "--json", &address]);
    assert!(output.status.success());
    assert!(complaint(&output).contains("terlalu panjang; hanya bagian awalnya"));
    assert!((500..1500).contains(&objects(&output).len()));
    let output = shelf.run(&["feed", "show", "--json", &address]);
    assert_eq!(
        (complaint(&output).as_str(), objects(&output).len()),
        ("", 1500)
    );
}

#[test]
fn addresses_are_taken_as_people_write_them_and_named_as_they_wrote_them() {
    let server = Server::start(|_| feed("Harian", &item(1, "x", "Judul", "Isi.")));
    let shelf = Shelf::new();
    let address = server.address("/rss");
    shelf.done(&["feed", "add", &format!("{address}#bagian")]);
    for same in [
        &format!("feed:{address}"),
        &address.replace("http:", "feed:"),
    ] {
        assert!(
            shelf.done(&["feed", "add", same]).contains("sudah"),
            "{same}"
        );
    }
    assert_eq!(shelf.feeds().len(), 1);
    assert_eq!(shelf.feeds()[0]["address"], address.as_str());
    assert_eq!(
        shelf.fails(&["feed", "add", "/ada/umpan.xml"]),
        "warta: /ada/umpan.xml: bukan alamat yang sah\n"
    );
    for nothing in ["", "  "] {
        let output = shelf.run(&["feed", "add", nothing]);
        assert_eq!(output.status.code(), Some(2));
        assert!(complaint(&output).contains("sebutkan alamat"));
    }
}

#[test]
fn a_feed_that_moves_for_good_is_asked_there() {
    let server = Server::start(|request| match request.path.as_str() {
        "/lama" => answer("301 Moved Permanently", &[("Location", "/baru")], b""),
        _ => feed("Pindah", &item(1, "x", "Judul", "Isi.")),
    });
    let shelf = Shelf::new();
    let old = server.address("/lama");
    let opml = format!("<opml><body><outline xmlUrl='{old}'/></body></opml>");
    shelf.done(&["import", &shelf.file("a.opml", &opml)]);
    assert_eq!(shelf.feeds()[0]["title"], old.as_str());
    shelf.done(&["refresh"]);
    let feed = &shelf.feeds()[0];
    assert_eq!(feed["address"], server.address("/baru").as_str());
    assert_eq!(feed["title"], "Pindah");
}

#[test]
fn a_feed_of_summaries_can_be_read_whole() {
    let whole = "Warga Teluk Merpati kembali ke rumah setelah banjir surut pada Senin pagi. ";
    let server = Server::start(move |request| match request.path.as_str() {
        "/rss" => {
            let item = |name: &str| {
                format!(
                    "<item><title>Judul {name}</title><link>/{name}</link>\
                     <description>Ringkasan {name}.</description></item>"
                )
            };
            feed("Ringkas", &(item("ada") + &item("hilang")))
        }
        "/ada" => {
            let paragraphs = format!("<p>{}</p>", whole.repeat(4)).repeat(4);
            let page = format!(
                "<!doctype html><html><head><title>Lain</title></head><body><article>\
                 <h1>Lain</h1>{paragraphs}</article></body></html>"
            );
            answer("200 OK", &[("Content-Type", "text/html")], page.as_bytes())
        }
        _ => answer("404 Not Found", &[], b""),
    });
    let shelf = Shelf::new();
    shelf.done(&["feed", "add", "--full-text", &server.address("/rss")]);
    shelf.done(&["refresh"]);
    let found = objects(&shelf.run(&["search", "--json", "\"banjir surut\""]));
    let titles: Vec<_> = found.iter().map(|object| &object["title"]).collect();
    assert_eq!(titles, ["Judul ada"]);
    let found = objects(&shelf.run(&["search", "--json", "ringkasan"]));
    let titles: Vec<_> = found.iter().map(|object| &object["title"]).collect();
    assert_eq!(titles, ["Judul hilang"]);
}

#[test]
fn what_is_exported_imports_the_same() {
    let shelf = Shelf::new();
    let opml = "<opml><body>
        <outline text='Ekonomi &amp; Pasar'><outline text='A' xmlUrl='https://a.test/rss?x=1&amp;y=2'/></outline>
        <outline text='Pipa' type='rss' xmlUrl='|~/ambil.py'/>
        <outline text='B' xmlUrl='https://b.test/rss' htmlUrl='https://b.test/'/></body></opml>";
    let file = shelf.file("a.opml", opml);
    let output = shelf.run(&["import", &file]);
    assert!(output.status.success());
    assert!(complaint(&output).contains("ambil.py"));
    assert_eq!(
        out(&output),
        "2 umpan ditambahkan, 0 sudah ada, 1 dilewati\n"
    );
    assert!(
        shelf
            .done(&["import", &file])
            .starts_with("0 umpan ditambahkan, 2 sudah ada")
    );
    let exported = shelf.done(&["export"]);
    let other = Shelf::new();
    other.done(&["import", &other.file("b.opml", &exported)]);
    assert_eq!(other.feeds(), shelf.feeds());
    assert_eq!(other.done(&["export"]), exported);
}

#[test]
fn a_feed_can_be_looked_at_without_keeping_anything() {
    let shelf = Shelf::new();
    let items = item(1, "satu", "Judul Satu", "Isi.") + &item(1, "dua", "Judul Dua", "Isi.");
    let text = format!("<rss><channel>{items}</channel></rss>");
    let file = shelf.file("umpan.xml", &text);
    let shown = objects(&shelf.run(&["feed", "show", "--json", &file]));
    assert_eq!(shown.len(), 2);
    assert_ne!(shown[0]["id"], shown[1]["id"]);
    let keys: Vec<_> = shown[0].as_object().unwrap().keys().cloned().collect();
    let mut expected = ["id", "title", "link", "published", "author", "text"];
    expected.sort_unstable();
    assert_eq!(
        {
            let mut keys = keys;
            keys.sort();
            keys
        },
        expected
    );
    assert!(
        shelf
            .done(&["feed", "show", &file])
            .contains("Judul Dua\nhttps://contoh.test/dua\n\nIsi.")
    );
    assert!(
        shelf
            .fails(&["feed", "show", &shelf.file("x.html", "<html></html>")])
            .contains("halaman")
    );
    assert!(!Path::new(shelf.0.path()).join("warta.db").exists());
}
