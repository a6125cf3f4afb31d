//! What is kept: articles, searches, and both when the library changes under the reader.

use jiff::{Timestamp, ZonedDateTime};
use tempfile::TempDir;
use warta::library::query::Typing;
use warta::library::{FeedId, Library, Mark, Query, SavedSearch};
use warta::message::{Job, Message};
use warta::story::Row;

use crate::support::{Desk, stories, whole};
use crate::{Room, newsroom, subscribed};

/// The library as another program has it open.
fn beside(folder: &TempDir) -> Library {
    Library::open(folder.path(), Timestamp::now()).unwrap()
}

/// The feed of a title.
fn feed(library: &Library, title: &str) -> FeedId {
    let feeds = library.feeds().unwrap();
    feeds.iter().find(|feed| feed.title == title).unwrap().id
}

/// The titles of what answers a query.
fn found(library: &Library, query: &str) -> Vec<String> {
    let query = Query::parse(query, Typing::Done).unwrap();
    let rows = library.rows(&query, 0..99, &ZonedDateTime::now()).unwrap();
    rows.into_iter().map(|row| row.title).collect()
}

#[test]
fn the_samples_stay_while_nothing_but_some_of_them_is_kept() {
    let folder = TempDir::new().unwrap();
    let mut room = Room::open(folder.path());
    let titles: Vec<String> = room.titles().into_iter().map(str::to_owned).collect();
    room.keys("s");
    room.keys("/banjir");
    room.wait_until("a sample", |room| {
        let found = room.titles();
        !found.is_empty() && found.len() < titles.len()
    });
    room.keys("<Esc>c");
    room.see("Disimpan");
    room.keys("gjj<Enter>");
    room.wait_until("the one that is kept", |room| room.titles() == titles[..1]);
    room.keys("<Esc>A");
    room.see(&format!("{} berita ditandai sudah dibaca", titles.len()));
    room.close();
    let mut room = Room::open(folder.path());
    room.see("Ini berita contoh.");
    assert_eq!(room.titles(), titles, "each once");
    assert!(room.app.list().rows()[0].saved && !room.app.list().rows()[1].saved);
    room.keys("s");
    room.close();
    assert!(found(&beside(&folder), "").is_empty(), "let go again");
    let mut room = Room::open(folder.path());
    assert_eq!(room.titles(), titles);
    room.keys("su");
    room.see("dibatalkan");
    room.close();
    assert!(found(&beside(&folder), "").is_empty());
}

#[test]
fn a_kept_search_finds_what_the_list_showed() {
    let (folder, server) = (TempDir::new().unwrap(), newsroom());
    let mut room = subscribed(folder.path(), &server);
    let kept = |name: &str| {
        let searches = beside(&folder).saved_searches().unwrap();
        let one = searches.into_iter().find(|one| one.name == name);
        one.map(|SavedSearch { query, .. }| query)
    };
    room.keys("c");
    room.see("Disimpan");
    room.keys("G<Enter>");
    room.wait_until("the feed", |room| {
        room.titles().contains(&"Banjir Bandang di Hulu Kaluku")
    });
    room.keys("/banjir<Enter>");
    room.wait_until("one hit", |room| {
        room.titles() == ["Banjir Bandang di Hulu Kaluku"]
    });
    room.keys("S<Enter>");
    room.see("disimpan sebagai banjir");
    let query = kept("banjir").unwrap();
    assert_eq!(query, "feed:\"Kabar Satu\" banjir");
    assert_eq!(found(&beside(&folder), &query), room.titles());
    // The name of another search is not taken from it, nor that of a list of the program's own.
    room.keys("<Esc><Esc>/gabah<Enter>");
    room.wait_until("another hit", |room| {
        room.titles() == ["Panen Raya di Lembah Sukma"]
    });
    let clear = "<Backspace>".repeat(20);
    for name in ["Banjir", "semua"] {
        room.keys("S").keys(&clear).keys(name).keys("<Enter>");
        room.see("Nama itu sudah dipakai");
        room.keys("<Esc>");
    }
    assert_eq!(kept("banjir").unwrap(), query);
    room.keys("S<Enter>");
    room.see("disimpan sebagai gabah");
    // The names that the list goes by are part of it.
    room.wait_until("the article", |room| {
        room.app
            .story()
            .is_some_and(|story| story.headline().starts_with("Panen"))
    });
    room.keys("<Esc><Tab><Tab>x");
    room.wait_until("those without her", |room| {
        room.titles() == ["Banjir Bandang di Hulu Kaluku, Dua Hanyut"]
    });
    room.keys("S").keys(&clear).keys("tanpa<Enter>");
    room.see("disimpan sebagai tanpa");
    let query = kept("tanpa").unwrap();
    assert_eq!(query, "-tokoh:\"Ratna Melati\"");
    assert_eq!(found(&beside(&folder), &query).len(), 2);
    room.close();
}

#[test]
fn an_article_whose_feed_was_ended_elsewhere_is_kept_or_said_to_be_gone() {
    let (folder, server) = (TempDir::new().unwrap(), newsroom());
    let mut room = subscribed(folder.path(), &server);
    room.keys("g");
    room.wait_until("the article", |room| {
        room.app
            .story()
            .is_some_and(|story| story.headline().ends_with("Dua Hanyut"))
    });
    let mut library = beside(&folder);
    library.remove_feed(feed(&library, "Kabar Dua")).unwrap();
    room.keys("s");
    room.see("kini disimpan");
    assert_eq!(
        found(&library, "simpan"),
        ["Banjir Bandang di Hulu Kaluku, Dua Hanyut"]
    );
    room.wait_until("it stands in the list", |room| {
        room.app
            .list()
            .rows()
            .iter()
            .any(|row| row.saved && row.feed.is_none())
    });
    room.keys("G");
    room.wait_until("the other", |room| {
        room.app
            .story()
            .is_some_and(|story| story.headline().starts_with("Panen"))
    });
    library.remove_feed(feed(&library, "Kabar Satu")).unwrap();
    room.keys("m");
    room.see("sudah tidak ada");
    room.wait_until("what is left", |room| room.titles().len() == 1);
    room.close();
}

#[test]
fn what_another_reader_marks_is_seen_at_the_next_key() {
    let (folder, server) = (TempDir::new().unwrap(), newsroom());
    let mut room = subscribed(folder.path(), &server);
    room.keys("g");
    assert_eq!(room.app.list().unread(), 2);
    let all = Query::default();
    beside(&folder)
        .mark_all(&all, Mark::Read, &ZonedDateTime::now())
        .unwrap();
    room.keys("j");
    room.wait_until("all is read", |room| room.app.list().unread() == 0);
    room.close();
}

#[test]
fn a_kept_article_belongs_to_its_feed_again_when_that_is_back() {
    let (folder, server) = (TempDir::new().unwrap(), newsroom());
    let mut room = subscribed(folder.path(), &server);
    room.keys("Gms");
    room.keys("c");
    room.see("Disimpan");
    room.keys("Gdy");
    room.see("Langganan dihentikan.");
    room.wait_until("what is kept", |room| {
        room.app.list().rows().iter().any(|row| row.feed.is_none())
    });
    room.keys("<Esc>a");
    room.see("[ ]");
    room.tell(Message::Pasted(server.address("/satu.xml")));
    room.keys("<Enter>");
    room.see("1 berita baru dari 1 langganan.");
    room.wait_until("it is the feed's", |room| {
        let rows = room.app.list().rows();
        rows.len() == 2 && rows.iter().all(|row| row.feed.is_some())
    });
    assert_eq!(
        found(&beside(&folder), "simpan -belum feed:satu"),
        ["Panen Raya di Lembah Sukma"]
    );
    room.close();
}

#[test]
fn a_list_without_articles_has_nothing_to_read_or_mark() {
    let (folder, server) = (TempDir::new().unwrap(), newsroom());
    let mut room = subscribed(folder.path(), &server);
    room.keys("/takadakata<Enter>");
    room.wait_until("nothing", |room| {
        room.titles().is_empty() && room.app.story().is_none()
    });
    assert_eq!(
        room.text().matches("Tidak ada berita yang cocok.").count(),
        2
    );
    for key in ["A", "N", "v", "F", "y", "R"] {
        room.keys(key);
        room.see("Tidak ada berita di daftar ini.");
    }
    room.keys("<Esc>");
    room.wait_until("the article again", |room| room.app.story().is_some());
    room.close();
}

#[test]
fn versions_that_are_shown_stay_so_when_the_list_is_renewed() {
    let (folder, server) = (TempDir::new().unwrap(), newsroom());
    let mut room = subscribed(folder.path(), &server);
    room.keys("gv");
    room.wait_until("both versions", |room| room.titles().len() == 3);
    assert_eq!(room.app.list().unread(), 2, "a story counts once");
    room.keys("j");
    room.keys("r");
    room.see("0 berita baru");
    for _ in 0..2 {
        room.keys("R");
        room.see("0 berita baru dari 1 langganan.");
        assert_eq!(room.titles().len(), 3);
    }
    room.keys("v");
    assert_eq!(room.titles().len(), 2);
    room.close();
}

#[test]
fn versions_opened_at_the_foot_of_the_screen_are_seen() {
    let mut desk = Desk::new(100, 14);
    let rows: Vec<Row> = desk.app.list().rows().to_vec();
    let told = rows.into_iter().map(|row| Row { versions: 2, ..row });
    desk.tell(Message::Listed(whole(told.collect())));
    desk.answer = |job| match job {
        Job::Versions(id) => {
            let row = Row {
                id: warta::story::StoryId(99),
                title: "Versi dari sumber lain".to_owned(),
                ..stories()[0].row(true)
            };
            Some(Message::Versions(*id, vec![row]))
        }
        _ => None,
    };
    desk.type_keys("G");
    let last = desk.app.list().selected().unwrap().title.clone();
    desk.type_keys("v");
    assert!(desk.text().contains("Versi dari"), "{}", desk.text());
    assert_eq!(desk.app.list().selected().unwrap().title, last);
}
