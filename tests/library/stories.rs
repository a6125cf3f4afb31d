//! The same story from several feeds.

use warta::library::{Count, Query};

use crate::invented::Known;
use crate::{Shelf, add_feed, at, here, invented, shelf};

const FLOOD: &str = "Banjir bandang melanda tiga desa di hulu Sungai Kaluku pada Senin malam. Air \
    datang setelah hujan turun empat jam tanpa henti, kata kepala desa. Sebanyak dua ratus warga \
    mengungsi ke balai desa dan sekolah. Tim penyelamat masih mencari dua orang yang hanyut bersama \
    perahu mereka. Jalan menuju kota terputus karena jembatan ambruk.";

fn store_in(shelf: &mut Shelf, feed: &str, minute: i64, articles: &[Known]) -> Vec<i64> {
    let feed = add_feed(&mut shelf.library, feed);
    let stored = invented::store(&mut shelf.library, feed, articles, at(minute));
    stored.new.iter().map(|id| id.0).collect()
}

fn together(text: &str) -> Query {
    crate::query(text).together()
}

fn three_versions() -> Shelf {
    let mut shelf = shelf();
    let copy = |n: u8, title: &str, more: &str| {
        invented::short(
            &format!("https://c{n}.example/banjir"),
            title,
            &(FLOOD.to_owned() + more),
        )
    };
    store_in(
        &mut shelf,
        "Satu",
        0,
        &[copy(1, "Banjir Bandang di Hulu Kaluku", "")],
    );
    let other = invented::short(
        "https://c1.example/lain",
        "Gempa Kecil",
        "Tidak ada korban jiwa.",
    );
    store_in(
        &mut shelf,
        "Dua",
        1,
        &[copy(2, "Tiga Desa Diterjang Air", " (ant)"), other],
    );
    store_in(
        &mut shelf,
        "Tiga",
        2,
        &[copy(3, "Jembatan Kaluku Ambruk", " Simak terus.")],
    );
    shelf
}

#[test]
fn a_story_is_one_row_that_opens_to_its_versions() {
    let shelf = three_versions();
    let rows = shelf.library.rows(&together(""), 0..10, &here()).unwrap();
    let titles: Vec<_> = rows
        .iter()
        .map(|row| (row.title.as_str(), row.versions))
        .collect();
    assert_eq!(titles, [("Jembatan Kaluku Ambruk", 3), ("Gempa Kecil", 1)]);
    let versions = shelf.library.versions(rows[0].id).unwrap();
    let sources: Vec<_> = versions.iter().map(|row| row.source.as_str()).collect();
    assert_eq!(sources, ["Tiga", "Dua", "Satu"]);
    assert_eq!(shelf.library.versions(rows[1].id).unwrap().len(), 1);
}

#[test]
fn every_list_can_show_stories_once_or_all_articles() {
    let shelf = three_versions();
    for (query, articles, stories) in [
        ("", 4, 2),
        ("banjir", 3, 1),
        ("banjir -judul:jembatan", 2, 1),
        ("feed:satu feed:dua", 3, 2),
        ("belum", 4, 2),
        ("desa belum", 3, 1),
    ] {
        for (query, expected) in [(crate::query(query), articles), (together(query), stories)] {
            let ids = shelf.library.ids(&query, 0..10, &here()).unwrap();
            assert_eq!(ids.len(), expected, "{query:?}");
            let count = shelf.library.count(&query, &here()).unwrap();
            let expected = Count {
                articles: expected,
                unread: expected,
            };
            assert_eq!(count, expected, "{query:?}");
        }
    }
    let second = shelf.library.rows(&together(""), 1..2, &here()).unwrap();
    assert_eq!(second[0].title, "Gempa Kecil");
}

#[test]
fn a_story_needs_two_feeds_and_three_days() {
    let mut shelf = shelf();
    let copy = |n: u8| {
        invented::short(
            &format!("https://c.example/{n}"),
            &format!("Judul {n}"),
            FLOOD,
        )
    };
    store_in(&mut shelf, "Satu", 0, &[copy(1), copy(2)]);
    store_in(&mut shelf, "Dua", 4 * 24 * 60, &[copy(3)]);
    assert_eq!(
        shelf
            .library
            .ids(&together(""), 0..10, &here())
            .unwrap()
            .len(),
        3
    );
}

#[test]
fn a_series_stays_apart() {
    let mut shelf = shelf();
    for (n, town) in ["Bogor", "Depok", "Bekasi"].into_iter().enumerate() {
        let text = format!(
            "Berikut jadwal imsak dan buka puasa untuk {town} dan sekitarnya pada 3 Maret. Umat Islam \
             dianjurkan makan sahur sebelum waktu imsak tiba. Jadwal ini dihitung dari posisi matahari \
             dan dapat berbeda beberapa menit di tempat yang tinggi. Simak juga niat puasa dan doa."
        );
        let title = format!("Jadwal Imsak {town} Hari Ini");
        let draft = invented::short(&format!("https://c{n}.example/imsak"), &title, &text);
        store_in(&mut shelf, &format!("Koran {town}"), 0, &[draft]);
    }
    assert_eq!(
        shelf
            .library
            .ids(&together(""), 0..10, &here())
            .unwrap()
            .len(),
        3
    );
}

#[test]
fn another_program_may_have_kept_the_first_version() {
    let one = three_versions();
    let mut two = warta::library::Library::open(one.folder.path(), at(0)).unwrap();
    let feed = add_feed(&mut two, "Empat");
    let copy = |n: u8| invented::short(&format!("https://c4.example/{n}"), "Banjir", FLOOD);
    let id = invented::store(&mut two, feed, &[copy(1)], at(3)).new[0];
    assert_eq!(two.versions(id).unwrap().len(), 4);
    let mut one = one;
    let feed = add_feed(&mut one.library, "Lima");
    let id = invented::store(&mut one.library, feed, &[copy(2)], at(4)).new[0];
    assert_eq!(one.library.versions(id).unwrap().len(), 5);
}

#[test]
fn invented_articles_are_all_different() {
    let mut shelf = shelf();
    for part in 0..4 {
        let drafts = invented::drafts(part * 50..part * 50 + 50, at(0));
        store_in(&mut shelf, &format!("Koran {part}"), 0, &drafts);
    }
    assert_eq!(
        shelf
            .library
            .ids(&together(""), 0..1000, &here())
            .unwrap()
            .len(),
        200
    );
}
