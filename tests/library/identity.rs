//! Entries that come again, change, go, and come back.

use warta::library::identity::{Entry, identify};
use warta::library::query::Typing;
use warta::library::{FeedSettings, Mark, Place, Query, Retention, Standing};

use crate::invented::Known;
use crate::{at, here, invented, shelf};
use warta::entity::Field;

fn all() -> Query {
    Query::parse("", Typing::Done).unwrap()
}

#[test]
fn an_entry_seen_again_updates_and_keeps_its_marks_and_place() {
    let mut shelf = shelf();
    let link = "https://contoh.example/gempa";
    let first = shelf.store(
        &[invented::short(link, "Gempa di laut", "Isi lama sekali.")],
        0,
    );
    let id = first.new[0];
    shelf.library.mark(&[id], Mark::Read).unwrap();
    shelf.library.mark(&[id], Mark::Saved).unwrap();
    let place = Place {
        field: Field::Text,
        byte: 9,
    };
    shelf.library.set_place(id, place).unwrap();

    let again = shelf.store(
        &[invented::short(link, "Gempa di laut", "Isi lama sekali.")],
        1,
    );
    assert_eq!(
        (again.new.len(), again.changed.len(), again.same),
        (0, 0, 1)
    );

    let tracked = format!("{link}?utm_source=rss");
    let changed = shelf.store(
        &[invented::short(&tracked, "Gempa kuat di laut", "Baru: é")],
        2,
    );
    assert_eq!(changed.changed, [id]);
    let article = shelf.library.article(id).unwrap().unwrap();
    assert_eq!(article.article.title.as_deref(), Some("Gempa kuat di laut"));
    assert!(article.saved && !article.unread);
    // The place is kept as far as the new text has it, on a character's boundary.
    assert_eq!(article.place.map(|place| place.byte), Some("Baru: é".len()));
    assert_eq!(shelf.titles("kuat"), ["Gempa kuat di laut"]);
    assert!(shelf.titles("lama").is_empty());
}

#[test]
fn a_feed_that_numbers_its_entries_loses_none() {
    let mut shelf = shelf();
    for answer in 0..20 {
        let titles: Vec<String> = (answer..answer + 10)
            .rev()
            .map(|n| format!("Berita {n}"))
            .collect();
        let links: Vec<String> = (answer..answer + 10)
            .rev()
            .map(|n| format!("https://contoh.example/hukum/berita-{n}"))
            .collect();
        let guids: Vec<String> = (1..=10).map(|rank| rank.to_string()).collect();
        let entries: Vec<Entry<'_>> = (0..10)
            .map(|n| Entry {
                link: Some(&links[n]),
                guid: Some(&guids[n]),
                title: Some(&titles[n]),
                published: None,
                content: "",
            })
            .collect();
        let drafts: Vec<Known> = identify(&entries)
            .into_iter()
            .enumerate()
            .map(|(n, identity)| {
                let mut known = invented::short(&links[n], &titles[n], "");
                known.draft.identity = identity;
                known
            })
            .collect();
        let stored = shelf.store(&drafts, answer);
        assert_eq!(stored.new.len(), if answer == 0 { 10 } else { 1 });
    }
    assert_eq!(shelf.library.count(&all(), &here()).unwrap().articles, 29);
    // An answer without an entry changes nothing.
    shelf.store(&[], 30);
    assert_eq!(shelf.library.count(&all(), &here()).unwrap().articles, 29);
}

#[test]
fn what_is_already_known_need_not_be_read_again() {
    let mut shelf = shelf();
    let old = invented::short("https://c.example/a", "A", "x");
    let changed = invented::short("https://c.example/a", "A", "y");
    let new = invented::short("https://c.example/b", "B", "x");
    let id = shelf.store(std::slice::from_ref(&old), 0).new[0];
    let standings = shelf
        .library
        .standings(
            shelf.feed,
            &[
                old.draft.identity,
                changed.draft.identity,
                new.draft.identity,
            ],
        )
        .unwrap();
    assert_eq!(
        standings,
        [Standing::Same(id), Standing::Changed(id), Standing::New]
    );
}

#[test]
fn two_feeds_may_have_the_same_entry() {
    let mut shelf = shelf();
    let draft = invented::short("https://c.example/a", "A", "x");
    shelf.store(std::slice::from_ref(&draft), 0);
    let other = crate::add_feed(&mut shelf.library, "Koran Lain");
    invented::store(&mut shelf.library, other, &[draft], at(1));
    assert_eq!(shelf.titles("").len(), 2);
}

#[test]
fn retention_drops_what_is_old_but_never_what_is_saved() {
    let mut shelf = shelf();
    let stored = shelf.store(&invented::drafts(0..300, at(0)), 1);
    shelf.library.mark(&stored.new[295..], Mark::Saved).unwrap();
    let none = Retention::default();
    assert_eq!(shelf.library.retain(none, at(2)).unwrap(), 0);
    let a_day = Retention {
        days: Some(1),
        articles: None,
    };
    // 145 articles are of the last day: one each ten minutes, and the one just now.
    assert_eq!(shelf.library.retain(a_day, at(2)).unwrap(), 295 - 144);
    assert_eq!(shelf.titles("").len(), 144 + 5);
    assert_eq!(shelf.titles("simpan").len(), 5);
    // Its feed still lists them; they stay away.
    let again = shelf.store(&invented::drafts(0..300, at(0)), 3);
    assert_eq!(again.new, []);
    let settings = FeedSettings {
        keep_articles: Some(10),
        ..FeedSettings::default()
    };
    shelf.library.set_feed(shelf.feed, settings).unwrap();
    assert_eq!(shelf.library.retain(a_day, at(2)).unwrap(), 134);
    assert_eq!(shelf.titles("").len(), 15);
    assert_eq!(shelf.library.count(&all(), &here()).unwrap().articles, 15);
}

#[test]
fn the_end_of_a_subscription_spares_what_is_saved() {
    let mut shelf = shelf();
    let stored = shelf.store(&invented::drafts(0..5, at(0)), 0);
    shelf.library.mark(&stored.new[..1], Mark::Saved).unwrap();
    shelf.library.remove_feed(shelf.feed).unwrap();
    let rows = shelf.library.rows(&all(), 0..10, &here()).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (rows[0].id, rows[0].source.as_str()),
        (stored.new[0], "Harian Contoh")
    );
    assert!(shelf.library.feeds().unwrap().is_empty());
    assert!(shelf.library.remove_feed(shelf.feed).is_err());
}

#[test]
fn a_source_kept_by_hand_stays_without_a_feed() {
    let mut shelf = shelf();
    let (link, article, entities) = invented::article(3, at(0));
    let keep = |shelf: &mut crate::Shelf| {
        let (library, now) = (&mut shelf.library, at(1));
        library
            .keep("contoh.example", Some(&link), &article, &entities, now)
            .unwrap()
    };
    let id = keep(&mut shelf);
    assert_eq!(keep(&mut shelf), id);
    let kept = shelf.library.article(id).unwrap().unwrap();
    assert_eq!((kept.saved, kept.unread, kept.feed), (true, false, None));
    assert_eq!(kept.source, "contoh.example");
    assert_eq!(kept.article, article);
    assert_eq!(kept.entities, Some(entities));
}

#[test]
fn the_whole_text_stays_when_the_feed_changes_its_summary() {
    let mut shelf = shelf();
    let link = "https://c.example/panjang";
    let id = shelf
        .store(&[invented::short(link, "Judul", "Ringkas.")], 0)
        .new[0];
    let page = invented::naming(
        link,
        "Judul",
        "Sari Dewi tiba di Rusia. Panjang.",
        "Sari Dewi",
        *b"RU",
    );
    shelf
        .library
        .set_full_text(id, &page.draft.article, &page.entities, at(1))
        .unwrap();
    assert_eq!(shelf.titles("tokoh:dewi negara:RU panjang"), ["Judul"]);
    shelf.store(&[invented::short(link, "Judul", "Ringkas lagi.")], 2);
    let article = shelf.library.article(id).unwrap().unwrap();
    assert_eq!(article.article.paragraphs, page.draft.article.paragraphs);
    assert_eq!(article.entities, Some(page.entities.clone()));
    // Its title is the feed's to say.
    shelf.store(&[invented::short(link, "Judul Baru", "Ringkas lagi.")], 3);
    let article = shelf.library.article(id).unwrap().unwrap();
    assert_eq!(article.article.paragraphs, page.draft.article.paragraphs);
    assert_eq!(article.article.title.as_deref(), Some("Judul Baru"));
    let waiting = shelf.library.waiting().unwrap();
    assert_eq!(waiting, [id], "a new title is to be read for names");
    let read = shelf.library.to_be_read(&waiting).unwrap();
    let article = read[0].article.clone();
    let finished = read
        .into_iter()
        .next()
        .unwrap()
        .finish(&article, page.entities.clone());
    shelf.library.finish(&[finished]).unwrap();
    assert_eq!(shelf.titles("judul:baru"), ["Judul Baru"]);
}

#[test]
fn what_a_feed_no_longer_says_of_an_article_stays() {
    let mut shelf = shelf();
    let link = "https://c.example/utuh";
    let id = shelf
        .store(
            &[invented::short(link, "Judul utuh", "Isi yang panjang.")],
            0,
        )
        .new[0];
    let before = shelf.library.article(id).unwrap().unwrap();
    let mut bare = invented::short(link, "", "");
    bare.draft.article.title = None;
    bare.draft.article.paragraphs.clear();
    bare.draft.article.published = None;
    shelf.store(&[bare], 1);
    let after = shelf.library.article(id).unwrap().unwrap();
    assert_eq!(after.article, before.article);
    assert_eq!(shelf.titles("panjang"), ["Judul utuh"]);
}
