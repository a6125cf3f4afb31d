//! Who is who, and what a card says.

use warta::entity::CountryCode;
use warta::library::known::Known;
use warta::library::{Card, PersonId, Query, Undone, Who};

use crate::{Shelf, at, here, invented, query, shelf};

const RU: CountryCode = CountryCode(*b"RU");

/// An article that names one person, with an office and a country.
fn told(shelf: &mut Shelf, title: &str, name: &str, role: &str, country: &[u8]) {
    let number = title.len();
    let text = format!("{name} hadir di Rusia. Nomor {number} {title}.");
    let link = format!("https://c.example/{}", title.replace(' ', "-"));
    let mut draft = invented::naming(&link, title, &text, name, *b"RU");
    let person = &mut draft.entities.people[0];
    person.role = Some(role.to_owned()).filter(|role| !role.is_empty());
    person.country = country.try_into().ok().map(CountryCode);
    let minute = shelf
        .library
        .count(&Query::default(), &here())
        .unwrap()
        .articles;
    shelf.store(&[draft], minute as i64);
}

fn name(name: &str) -> Who {
    Who::Name {
        name: name.to_owned(),
        article: None,
    }
}

fn card(shelf: &Shelf, who: &Who) -> Card {
    shelf.library.card(who, &here()).unwrap()
}

fn id(shelf: &Shelf, name: &str) -> PersonId {
    shelf.library.person(name, None).unwrap().unwrap()
}

#[test]
fn a_card_says_offices_with_their_articles() {
    let mut shelf = shelf();
    told(&mut shelf, "Satu", "Sari Dewi", "Kepala Dinas", b"ID");
    told(&mut shelf, "Dua", "SARI DEWI", "Menteri Laut", b"ID");
    told(&mut shelf, "Tiga", "Sari Dewi", "kepala dinas", b"");
    let card = card(&shelf, &name("Sari Dewi"));
    assert_eq!((card.articles, card.mentions, card.is_lone), (3, 3, false));
    assert_eq!(card.country, Some(CountryCode(*b"ID")));
    let offices: Vec<_> = card
        .offices
        .iter()
        .map(|o| {
            (
                o.office.as_str(),
                o.articles,
                o.last.article.0,
                o.first.article.0,
            )
        })
        .collect();
    assert_eq!(
        offices,
        [("kepala dinas", 2, 3, 1), ("Menteri Laut", 1, 2, 2)]
    );
    assert_eq!(card.company.countries[0].who, Who::Country(RU));
    assert_eq!(card.company.countries[0].articles, 3);
    assert_eq!(
        card.chart
            .bars
            .iter()
            .map(|bar| bar.articles)
            .sum::<usize>(),
        3
    );
    let naming = shelf.library.naming(&card.who, 0..2).unwrap();
    assert_eq!(naming.iter().map(|id| id.0).collect::<Vec<_>>(), [3, 2]);
}

#[test]
fn a_known_figure_is_known_by_a_form_that_agrees() {
    let mut shelf = shelf();
    told(&mut shelf, "Satu", "Donald Trump", "", b"US");
    told(&mut shelf, "Dua", "Donald J. Trump", "", b"US");
    told(&mut shelf, "Tiga", "Kim", "pemimpin", b"ID");
    let trump = card(&shelf, &name("Donald J. Trump"));
    assert_eq!((trump.name.as_str(), trump.articles), ("Donald Trump", 2));
    assert_eq!(trump.forms[0].form, "Donald J. Trump");
    assert!(matches!(trump.known, Some(Known::Figure(figure)) if figure.name == "Donald Trump"));
    let kim = card(&shelf, &name("Kim"));
    assert_eq!((kim.name.as_str(), kim.is_lone), ("Kim", true));
    assert_eq!(shelf.titles("tokoh:\"Donald Trump\""), ["Dua", "Satu"]);
    assert_eq!(shelf.titles("-tokoh:\"Donald J. Trump\""), ["Tiga"]);
}

#[test]
fn a_lone_word_is_a_figure_only_where_its_office_says_so() {
    let mut shelf = shelf();
    for (title, name, role, country) in [
        ("Turis", "Powell", "Turis asal AS", b"US"),
        ("Aktor", "Lee", "Aktor Korea Selatan", b"KR"),
        ("Menlu", "Sugiono", "Menlu RI", b"ID"),
        ("Petani Tebu", "Sugiono", "Petani tebu", b"ID"),
        ("Guru Sekolah", "Sugiono", "Guru SD", b"ID"),
    ] {
        told(&mut shelf, title, name, role, country);
    }
    for name in ["Powell", "Lee"] {
        let card = card(&shelf, &self::name(name));
        assert_eq!((card.name.as_str(), card.is_lone), (name, true));
        assert_eq!(card.known, None, "{name}");
    }
    // The minister is one, and the other two are a word that may mean anybody.
    let warta::library::Meant::One(minister) = shelf.library.meant("Sugiono").unwrap() else {
        panic!("nobody in particular");
    };
    let minister = card(&shelf, &minister);
    assert_eq!((minister.articles, minister.is_lone), (1, false));
    assert!(minister.known.is_some());
    let others = card(&shelf, &name("Sugiono"));
    assert_eq!((others.articles, others.is_lone), (2, true));
    assert_eq!(others.known, None);
    // In the farmer's article it is the farmer.
    let ids = shelf.library.naming(&others.who, 0..9).unwrap();
    let farmer = Who::Name {
        name: "Sugiono".to_owned(),
        article: Some(ids[1]),
    };
    let farmer = card(&shelf, &farmer);
    let offices: Vec<&str> = farmer.offices.iter().map(|o| o.office.as_str()).collect();
    assert_eq!(offices, ["Petani tebu"]);
}

#[test]
fn facts_are_shown_of_whom_the_articles_mean() {
    let mut shelf = shelf();
    told(
        &mut shelf,
        "Satu",
        "Joko Widodo",
        "Petani asal Ngawi",
        b"ID",
    );
    told(&mut shelf, "Dua", "Muhammad Ali", "Petinju", b"US");
    told(
        &mut shelf,
        "Tiga",
        "Taufik Hidayat",
        "Anggota DPR RI",
        b"ID",
    );
    told(
        &mut shelf,
        "Empat",
        "Agus Andrianto",
        "Menteri Imigrasi",
        b"ID",
    );
    for (name, is_known) in [
        ("Joko Widodo", false),
        ("Muhammad Ali", false),
        ("Taufik Hidayat", false),
        ("Agus Andrianto", true),
        ("Gibran Rakabuming Raka", true),
    ] {
        let known = card(&shelf, &self::name(name)).known;
        assert_eq!(known.is_some(), is_known, "{name}");
    }
    assert_eq!(shelf.titles("tokoh:jokowi"), ["Satu"]);
}

#[test]
fn a_namesake_in_the_news_comes_before_a_figure_who_is_not() {
    let mut shelf = shelf();
    told(&mut shelf, "Satu", "Trump", "petani", b"CA");
    let meant = shelf.library.meant("trump").unwrap();
    assert_eq!(
        meant,
        warta::library::Meant::One(Who::Person(id(&shelf, "Trump")))
    );
    told(&mut shelf, "Dua", "Donald Trump", "Presiden AS", b"US");
    let meant = shelf.library.meant("trump").unwrap();
    let trump = Who::Person(id(&shelf, "Donald Trump"));
    assert_eq!(meant, warta::library::Meant::One(trump));
}

#[test]
fn names_are_joined_and_parted_by_the_user() {
    let mut shelf = shelf();
    told(&mut shelf, "Satu", "Sari Dewi", "", b"");
    told(&mut shelf, "Dua", "Sari Dewi", "", b"");
    told(&mut shelf, "Tiga", "Sari Dewi Utami", "", b"");
    let (short, long) = (id(&shelf, "Sari Dewi"), id(&shelf, "Sari Dewi Utami"));
    let joined = shelf
        .library
        .join(&Who::Person(long), &Who::Person(short))
        .unwrap();
    assert_eq!(joined, Some(short));
    assert_eq!(card(&shelf, &Who::Person(long)).articles, 3);
    assert_eq!(shelf.titles("tokoh:utami").len(), 3);
    let filter = Query::default().with(&Who::Person(long), false);
    assert_eq!(shelf.library.count(&filter, &here()).unwrap().articles, 3);
    assert_eq!(shelf.library.undo().unwrap(), Some(Undone::People));
    assert_eq!(card(&shelf, &Who::Person(long)).articles, 1);
    shelf
        .library
        .join(&Who::Person(long), &Who::Person(short))
        .unwrap();
    // The one that stands for both is taken out; the other goes on.
    assert!(shelf.library.part(short).unwrap());
    assert_eq!(card(&shelf, &Who::Person(short)).articles, 2);
    assert_eq!(card(&shelf, &Who::Person(long)).articles, 1);
    assert!(!shelf.library.part(short).unwrap());
    shelf.library.undo().unwrap();
    assert_eq!(card(&shelf, &Who::Person(long)).articles, 3);
}

#[test]
fn a_lone_word_is_joined_in_its_article_only() {
    let mut shelf = shelf();
    told(&mut shelf, "Satu", "Dewi", "", b"");
    told(&mut shelf, "Dua", "Dewi", "", b"");
    told(&mut shelf, "Tiga", "Sari Dewi", "", b"");
    let ids = shelf.library.naming(&name("Dewi"), 0..9).unwrap();
    let here = Who::Name {
        name: "Dewi".to_owned(),
        article: Some(ids[0]),
    };
    shelf.library.join(&here, &name("Sari Dewi")).unwrap();
    assert_eq!(card(&shelf, &name("Sari Dewi")).articles, 2);
    assert_eq!(card(&shelf, &here).name, "Sari Dewi");
    assert_eq!(card(&shelf, &name("Dewi")).articles, 1);
    shelf.library.undo().unwrap();
    assert_eq!(card(&shelf, &name("Dewi")).articles, 2);
    assert_eq!(card(&shelf, &name("Sari Dewi")).articles, 1);
}

#[test]
fn what_is_followed_is_marked_and_counted() {
    let mut shelf = shelf();
    told(&mut shelf, "Satu", "Sari Dewi", "", b"");
    told(&mut shelf, "Dua", "Budi Karya", "", b"");
    assert!(shelf.library.follow(&name("Sari Dewi"), at(0)).unwrap());
    assert!(!shelf.library.follow(&name("Sari Dewi"), at(0)).unwrap());
    assert!(card(&shelf, &name("Sari Dewi")).is_followed);
    assert_eq!(shelf.titles("ikut"), ["Satu"]);
    assert_eq!(shelf.titles("-followed"), ["Dua"]);
    let rows = shelf.library.rows(&query(""), 0..9, &here()).unwrap();
    assert_eq!(
        rows.iter()
            .map(|row| row.names_followed)
            .collect::<Vec<_>>(),
        [false, true]
    );
    shelf.library.follow(&Who::Country(RU), at(0)).unwrap();
    let followed = shelf.library.followed().unwrap();
    assert_eq!(
        followed
            .iter()
            .map(|f| (f.name.as_str(), f.unread))
            .collect::<Vec<_>>(),
        [("Rusia", 2), ("Sari Dewi", 1)]
    );
    assert!(shelf.library.unfollow(&name("Sari Dewi")).unwrap());
    assert!(shelf.library.unfollow(&Who::Country(RU)).unwrap());
    assert!(shelf.titles("ikut").is_empty());
}
