//! The reader with everything behind it but the terminal: keys go in, and what stands on the screen
//! comes from the real worker, a real library in a folder, and a real server on loopback.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "room/kept.rs"]
mod kept;
#[path = "room/running.rs"]
mod running;
#[path = "source/server.rs"]
mod server;
mod support;

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use jiff::{ToSpan, ZonedDateTime};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use server::Server;
use tempfile::TempDir;
use warta::app::App;
use warta::feed::fetch::Limits;
use warta::language::Language;
use warta::library::Retention;
use warta::message::Message;
use warta::screen::draw;
use warta::worker::{self, Setting};

/// Longer than anything here takes, unless it does not happen at all.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program without its terminal.
struct Room {
    app: App,
    worker: worker::Handle,
    messages: Receiver<Message>,
    screen: Terminal<TestBackend>,
}

impl Room {
    fn open(folder: &Path) -> Self {
        // Nobody listens there.
        Self::open_asking(folder, "http://127.0.0.1:1/{}".to_owned())
    }

    /// With an encyclopedia at an address.
    fn open_asking(folder: &Path, wikipedia: String) -> Self {
        let (inbox, messages) = channel();
        let setting = Setting {
            language: Language::Indonesian,
            together: true,
            retention: Retention::default(),
            limits: Limits::default(),
            wikipedia,
            refresh_minutes: None,
        };
        let worker = worker::spawn(setting, folder.to_owned(), Vec::new(), inbox);
        let mut room = Self {
            app: App::new(support::setup(), (120, 36), ZonedDateTime::now()),
            worker,
            messages,
            screen: Terminal::new(TestBackend::new(120, 36)).unwrap(),
        };
        room.wait_until("the first article", |room| room.app.story().is_some());
        room
    }

    fn tell(&mut self, message: Message) {
        for job in self.app.update(message) {
            self.worker.order(job).unwrap();
        }
    }

    fn keys(&mut self, keys: &str) -> &mut Self {
        for event in support::key_events(keys) {
            self.tell(Message::Key(event));
        }
        self
    }

    #[track_caller]
    fn wait_until(&mut self, what: &str, is_so: impl Fn(&mut Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !is_so(self) {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(message) = self.messages.recv_timeout(left) else {
                panic!("never came: {what}\n{}", self.text());
            };
            self.tell(message);
        }
    }

    #[track_caller]
    fn see(&mut self, words: &str) {
        self.wait_until(words, |room| room.text().contains(words));
    }

    fn text(&mut self) -> String {
        let buffer = self
            .screen
            .draw(|frame| draw(&self.app, frame))
            .unwrap()
            .buffer
            .clone();
        let row = |y| -> String {
            (0..buffer.area.width)
                .map(|x| buffer[(x, y)].symbol())
                .collect()
        };
        let rows: Vec<String> = (0..buffer.area.height).map(row).collect();
        rows.join("\n")
    }

    fn titles(&self) -> Vec<&str> {
        let rows = self.app.list().rows().iter();
        rows.map(|row| row.title.as_str()).collect()
    }

    fn close(self) {
        self.worker.finish();
    }
}

/// An item of a feed, published so many hours ago.
fn item(link: &str, title: &str, text: &str, hours: i64) -> String {
    let when = (ZonedDateTime::now().timestamp() - hours.hours()).to_zoned_datetime(TimeZone::UTC);
    format!(
        "<item><title>{title}</title><link>{link}</link><pubDate>{}</pubDate>\
         <description>{text}</description></item>",
        when.strftime("%a, %d %b %Y %H:%M:%S +0000")
    )
}

fn rss(title: &str, items: &[String]) -> Vec<u8> {
    answer(
        "application/rss+xml",
        &format!(
            "<rss version=\"2.0\"><channel><title>{title}</title>{}</channel></rss>",
            items.concat()
        ),
    )
}

fn answer(media: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {media}; charset=utf-8\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

const FLOOD: &str = "Banjir bandang melanda tiga desa di hulu Sungai Kaluku pada Senin malam. Air datang \
    setelah hujan turun empat jam tanpa henti, kata Kepala Desa Sukarno Wiraguna. Sebanyak dua ratus warga \
    mengungsi ke balai desa. Tim penyelamat masih mencari dua orang yang hanyut bersama perahu mereka.";

/// Two feeds, one story told by both, and a page that names the first of them.
fn newsroom() -> Server {
    Server::start(|request| match request.path.as_str() {
        "/satu.xml" => rss(
            "Kabar Satu",
            &[
                item(
                    "http://satu.example/banjir",
                    "Banjir Bandang di Hulu Kaluku",
                    FLOOD,
                    2,
                ),
                item(
                    "http://satu.example/panen",
                    "Panen Raya di Lembah Sukma",
                    "Petani memanen padi lebih awal. Harga gabah tetap terjaga, ujar Bupati Ratna Melati.",
                    3,
                ),
            ],
        ),
        "/dua.xml" => rss(
            "Kabar Dua",
            &[item(
                "http://dua.example/banjir",
                "Banjir Bandang di Hulu Kaluku, Dua Hanyut",
                FLOOD,
                1,
            )],
        ),
        "/wiki/Ratna_Melati" => answer(
            "application/json",
            "{\"title\": \"Ratna Melati\", \"extract\": \"Ratna Melati adalah tokoh rekaan.\", \
             \"content_urls\": {\"desktop\": {\"page\": \"https://wiki.example/Ratna_Melati\"}}}",
        ),
        "/" => answer(
            "text/html",
            "<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/satu.xml\" \
             title=\"Satu\"><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/dua.xml\" \
             title=\"Dua\"></head><body>Beranda</body></html>",
        ),
        _ => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec(),
    })
}

/// A reader that subscribes to both feeds of a newsroom and has fetched them.
fn subscribed(folder: &Path, server: &Server) -> Room {
    let mut room = Room::open(folder);
    for path in ["/satu.xml", "/dua.xml"] {
        room.keys("a");
        room.see("Alamat:");
        room.tell(Message::Pasted(server.address(path)));
        room.keys("<Enter>");
        room.wait_until("the box closes", |room| room.app.overlays().is_empty());
        room.wait_until("the refresh ends", |room| {
            room.app.refreshing().is_none() && room.text().contains("berita baru")
        });
    }
    room.wait_until("the list", |room| room.titles().len() == 2);
    room
}

#[test]
fn the_samples_are_searched_as_one_types_and_esc_comes_back() {
    let folder = TempDir::new().unwrap();
    let mut room = Room::open(folder.path());
    room.see("Ini berita contoh.");
    room.keys("jjj");
    let all = room.titles().len();
    let at = room.app.list().selected().unwrap().id;
    room.keys("/menter");
    room.wait_until("hits", |room| {
        let count = room.titles().len();
        count > 0 && count < all
    });
    assert!(
        room.app.list().rows()[0].snippet.is_some(),
        "the part that answers is shown"
    );
    room.keys("<Esc>");
    assert_eq!(room.titles().len(), all);
    assert_eq!(room.app.list().selected().unwrap().id, at);
    room.wait_until("the article", |room| {
        room.app.story().is_some_and(|story| story.id == at)
    });
    assert!(!folder.path().join("warta.db").exists(), "nothing was kept");
    room.close();
}

#[test]
fn a_damaged_library_is_said_to_have_been_set_aside() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("warta.db"), vec![0x5a; 20_000]).unwrap();
    let mut room = Room::open(folder.path());
    room.see("Pustaka rusak. Berkas lama disimpan di");
    room.close();
}

#[test]
fn two_names_are_joined_on_a_card_and_that_is_taken_back() {
    let (folder, server) = (TempDir::new().unwrap(), newsroom());
    let mut room = subscribed(folder.path(), &server);
    room.keys("g");
    room.wait_until("the flood", |room| {
        room.app
            .story()
            .is_some_and(|story| story.document().text.contains("Wiraguna"))
    });
    room.keys("<Enter><Tab><Enter>");
    room.see("Berita dengan nama ini");
    room.keys("+");
    room.see("sama dengan");
    room.keys("ratna");
    room.see("Ratna Melati");
    room.keys("<Enter>");
    room.see("Nama diubah");
    room.keys("u");
    room.see("Nama-nama kembali seperti semula.");
    room.close();
}

#[test]
fn the_card_of_a_country_has_what_the_lists_know_of_it() {
    let folder = TempDir::new().unwrap();
    let mut room = Room::open(folder.path());
    // The countries stand below the people of the first sample.
    room.keys("<Enter><Tab>");
    while !room.text().contains("▌KR Korea Selatan") {
        room.keys("j");
    }
    room.keys("<Enter>");
    room.see("Menurut daftar warta");
    room.see("ibu kota Seoul");
    room.close();
}

#[test]
fn a_mistake_in_a_search_is_said_and_can_be_mended() {
    let folder = TempDir::new().unwrap();
    let mut room = Room::open(folder.path());
    room.keys("/negara:zz<Enter>");
    room.see("tidak dikenal");
    room.keys("<Esc>");
    assert!(room.app.overlays().is_empty());
    room.keys("/tidakadakataini<Enter>");
    room.see("Tidak ada berita yang cocok.");
    room.keys("<Esc>");
    assert!(room.titles().len() > 1);
    room.close();
}

#[test]
fn subscribing_fetches_and_the_same_story_is_one_row_that_opens() {
    let (folder, server) = (TempDir::new().unwrap(), newsroom());
    let mut room = subscribed(folder.path(), &server);
    room.see("+1");
    assert_eq!(
        room.titles()[0],
        "Banjir Bandang di Hulu Kaluku, Dua Hanyut"
    );
    room.keys("gv");
    room.wait_until("both versions", |room| room.titles().len() == 3);
    assert_eq!(room.titles()[1], "Banjir Bandang di Hulu Kaluku");
    room.keys("jv");
    assert_eq!(room.titles().len(), 2);
    room.close();
    // All of it is there again without asking any server.
    let mut room = Room::open(folder.path());
    assert_eq!(room.titles().len(), 2);
    room.keys("/tokoh:wiraguna<Enter>");
    room.wait_until("the article that names him", |room| {
        room.titles().len() == 1
    });
    room.close();
}

#[test]
fn a_page_with_several_feeds_lets_one_choose() {
    let (folder, server) = (TempDir::new().unwrap(), newsroom());
    let mut room = Room::open(folder.path());
    room.keys("a");
    room.see("Alamat:");
    room.tell(Message::Pasted(server.address("/")));
    room.keys("<Enter>");
    room.see("Ada 2 umpan");
    room.keys("<Down> <Enter>");
    room.wait_until("the articles", |room| {
        room.titles() == ["Banjir Bandang di Hulu Kaluku, Dua Hanyut"]
    });
    room.keys("a");
    room.see("Alamat:");
    room.tell(Message::Pasted(server.address("/tidak-ada")));
    room.keys("<Enter>");
    room.see("404");
    assert_eq!(room.app.overlays().len(), 1, "the address can be mended");
    room.close();
}

#[test]
fn an_address_that_is_typed_is_what_enter_looks_for() {
    let (folder, server) = (TempDir::new().unwrap(), newsroom());
    let mut room = Room::open(folder.path());
    room.keys("a");
    room.see("[ ]");
    room.keys("bukan alamat<Enter>");
    room.see("tidak ada umpan bernama itu");
    // A feed that was marked before does not go in the place of the address.
    room.keys("<Esc><Down> <Esc>");
    room.see("[x]");
    room.tell(Message::Pasted(server.address("/dua.xml")));
    room.keys("<Enter>");
    room.wait_until("the articles", |room| {
        room.titles() == ["Banjir Bandang di Hulu Kaluku, Dua Hanyut"]
    });
    room.keys("c");
    room.see("Kabar Dua");
    assert!(!room.text().contains("Antara"));
    room.keys("<Esc>a");
    room.see("[ ]");
    room.tell(Message::Pasted(server.address("/dua.xml")));
    room.keys("<Enter>");
    room.see("Sudah ada di langganan.");
    room.close();
}

#[test]
fn an_answer_nobody_waits_for_any_more_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(|_| {
        std::thread::sleep(Duration::from_millis(300));
        rss(
            "Lambat",
            &[item("http://l.example/a", "Kabar Lambat", FLOOD, 1)],
        )
    });
    let mut room = Room::open(folder.path());
    room.keys("a");
    room.see("[ ]");
    room.tell(Message::Pasted(server.address("/")));
    room.keys("<Enter>");
    room.see("Mencari umpan di");
    room.keys("<Esc>");
    room.wait_until("the answer", |room| {
        room.messages.recv_timeout(PATIENCE).is_ok_and(|message| {
            let is_it = matches!(message, Message::Found(..));
            room.tell(message);
            is_it
        })
    });
    assert_eq!(room.app.overlays().len(), 1, "the box stands as it was");
    assert!(!room.text().contains("ditambahkan"));
    room.close();
}

#[test]
fn who_has_read_a_story_has_read_all_its_versions() {
    let (folder, server) = (TempDir::new().unwrap(), newsroom());
    let mut room = subscribed(folder.path(), &server);
    room.keys("g<Enter>");
    room.wait_until("the story is read", |room| room.app.list().unread() == 1);
    room.keys("<Esc>c");
    room.see("Disimpan");
    room.keys("gj<Enter>");
    room.wait_until("what is unread", |room| {
        room.titles() == ["Panen Raya di Lembah Sukma"]
    });
    room.keys("u");
    room.see("Tanda “sudah dibaca” dibatalkan pada 2 berita.");
    room.close();
}

#[test]
fn a_search_finds_the_same_once_it_is_done_and_kept() {
    let (folder, server) = (TempDir::new().unwrap(), newsroom());
    let mut room = subscribed(folder.path(), &server);
    room.keys("/gab");
    room.wait_until("one hit", |room| room.titles().len() == 1);
    room.keys("<Enter>");
    room.wait_until("it says what it finds", |room| {
        room.app.listing().request.text == "gab*"
    });
    room.keys("S");
    room.see("gab*");
    room.keys("<Enter>");
    room.see("disimpan sebagai gab*");
    room.keys("<Esc>/gabah<Enter>");
    room.wait_until("a word is a word", |room| {
        room.titles().len() == 1 && room.app.listing().request.text == "gabah"
    });
    room.close();
}

#[test]
fn everything_read_can_be_taken_back() {
    let (folder, server) = (TempDir::new().unwrap(), newsroom());
    let mut room = subscribed(folder.path(), &server);
    room.keys("A");
    room.see("ditandai sudah dibaca");
    assert_eq!(room.app.list().unread(), 0);
    room.keys("u");
    room.wait_until("unread again", |room| room.app.list().unread() == 2);
    room.close();
}

#[test]
fn a_search_is_kept_shown_like_a_feed_and_forgotten() {
    let (folder, server) = (TempDir::new().unwrap(), newsroom());
    let mut room = subscribed(folder.path(), &server);
    room.keys("/gabah<Enter>");
    room.wait_until("one hit", |room| room.titles().len() == 1);
    room.keys("S");
    room.see("Simpan pencarian dengan nama:");
    room.keys(" beras<Enter>");
    room.see("Pencarian disimpan sebagai gabah beras");
    room.keys("<Esc>c");
    room.see("Disimpan");
    room.keys("jjjj<Enter>");
    room.wait_until("its articles", |room| room.titles().len() == 1);
    room.see("gabah beras");
    room.keys("c");
    room.see("Disimpan");
    room.keys("d");
    room.see("Hapus pencarian gabah beras?");
    room.keys("y");
    room.wait_until("it is gone", |room| {
        !room.text().contains("▌ gabah beras") && !room.text().contains("Hapus")
    });
    room.close();
}

#[test]
fn a_feed_is_listed_alone_and_ended_after_a_question() {
    let (folder, server) = (TempDir::new().unwrap(), newsroom());
    let mut room = subscribed(folder.path(), &server);
    room.keys("c");
    room.see("Disimpan");
    room.keys("G<Enter>");
    room.wait_until("the feed's articles", |room| {
        room.titles().contains(&"Banjir Bandang di Hulu Kaluku") && room.titles().len() == 2
    });
    room.keys("c");
    room.see("Disimpan");
    room.keys("d");
    room.see("Berhenti berlangganan Kabar Satu?");
    room.keys("t");
    room.tell(Message::Resized {
        columns: 70,
        rows: 24,
    });
    room.screen.backend_mut().resize(70, 24);
    room.keys("d");
    room.see("(y/t)");
    room.tell(Message::Resized {
        columns: 120,
        rows: 36,
    });
    room.screen.backend_mut().resize(120, 36);
    room.keys("t");
    room.keys("d");
    room.see("Berhenti berlangganan Kabar Satu?");
    room.keys("y");
    room.see("Langganan dihentikan.");
    room.keys("<Esc><Esc>");
    room.wait_until("one feed is left", |room| {
        room.titles() == ["Banjir Bandang di Hulu Kaluku, Dua Hanyut"]
    });
    room.close();
}

#[test]
fn the_palette_does_what_its_words_say() {
    let folder = TempDir::new().unwrap();
    let mut room = Room::open(folder.path());
    room.keys(":hanya teks<Enter>");
    assert!(room.app.layout().unwrap().list.is_none());
    room.close();
}

#[test]
fn the_whole_article_takes_the_place_of_the_summary() {
    let page = format!(
        "<html><head><title>Panen</title></head><body><article><h1>Panen Raya</h1><p>Petani memanen padi \
         lebih awal pekan ini.</p><p>{FLOOD}</p><p>Itulah sebabnya lumbung desa penuh sampai ke atap, kata \
         Bupati Ratna Melati kepada para tamu yang datang.</p></article></body></html>"
    );
    let server = Server::start(move |request| {
        if request.path == "/panen" {
            return answer("text/html", &page);
        }
        let mut lines = request.head.lines();
        let host = lines.find_map(|line| {
            line.split_once(": ")
                .filter(|(name, _)| name.eq_ignore_ascii_case("host"))
        });
        let link = format!("http://{}/panen", host.unwrap().1);
        rss(
            "Kabar",
            &[item(&link, "Panen Raya", "Petani memanen padi.", 1)],
        )
    });
    let folder = TempDir::new().unwrap();
    let mut room = Room::open(folder.path());
    room.keys("a");
    room.see("Alamat:");
    room.tell(Message::Pasted(server.address("/feed.xml")));
    room.keys("<Enter>");
    room.wait_until("the article", |room| room.titles() == ["Panen Raya"]);
    room.wait_until("its text", |room| {
        room.app
            .story()
            .is_some_and(|story| story.document().text.contains("memanen"))
    });
    room.keys("F");
    room.see("lumbung desa penuh");
    room.close();
}

#[test]
fn the_samples_have_cards_lists_of_names_and_relations_too() {
    let folder = TempDir::new().unwrap();
    let mut room = Room::open(folder.path());
    room.keys("<Tab><Tab><Enter>");
    room.see("Jabatan menurut berita");
    room.see("Di berita ini");
    let card = room.text();
    room.keys("f");
    room.wait_until("the articles with the name", |room| {
        room.titles().len() == 1 && room.text().contains("  + ")
    });
    room.keys("<Esc>");
    room.wait_until("the card again", |room| room.text() == card);
    room.keys("<Esc>x");
    room.wait_until("the articles without the name", |room| {
        room.titles().len() == 13
    });
    room.keys("<Esc>P");
    room.see("Hubungan ─");
    room.keys("<Enter>");
    room.wait_until("the articles of a pair", |room| {
        (1..13).contains(&room.titles().len())
    });
    room.keys("<Esc>");
    room.see("Hubungan ─");
    assert!(!folder.path().join("warta.db").exists(), "nothing was kept");
    room.close();
}

#[test]
fn a_name_is_followed_looked_up_and_known_the_next_time() {
    let (folder, server) = (TempDir::new().unwrap(), newsroom());
    subscribed(folder.path(), &server).close();
    let wikipedia = server.address("/wiki/{}");
    let mut room = Room::open_asking(folder.path(), wikipedia.clone());
    let named = |room: &mut Room| {
        room.keys("<Esc><Esc><Esc>gj");
        room.wait_until("the article", |room| {
            room.app.story().is_some_and(|story| {
                !story.entities.people.is_empty() && story.headline().starts_with("Panen")
            })
        });
        room.keys("<Tab><Tab><Enter>");
        room.see("Berita dengan nama ini");
        room.see("Ratna Melati");
    };
    named(&mut room);
    room.see("w mencarinya di Wikipedia");
    room.keys("w");
    room.see("tokoh rekaan");
    room.see("CC BY-SA");
    room.keys("*");
    room.see("Ratna Melati diikuti.");
    room.see("◆ Ratna Melati");
    room.keys("<Esc>");
    room.see("◆ Kabar Satu");
    room.keys("c");
    room.see("Diikuti");
    room.keys("<Esc>D");
    room.see("Tokoh terbanyak disebut");
    room.keys("<Esc>");
    room.close();
    // The next time all of it is there, and nobody is asked.
    let mut room = Room::open(folder.path());
    room.see("◆ Kabar Satu");
    named(&mut room);
    room.see("tokoh rekaan");
    room.keys("*");
    room.see("tidak lagi diikuti");
    room.close();
}
