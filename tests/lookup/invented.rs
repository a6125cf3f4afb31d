//! Invented cards, digests and relations.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use warta::article::Published;
use warta::entity::CountryCode;
use warta::lookup::{
    Asked, Card, Digest, Extract, Form, Known, Named, Office, PersonId, Relation, Standing, Who,
};
use warta::story::{Row, StoryId, Subject};

const TITLES: [&str; 6] = [
    "Sorvin Terima Utusan Korut di Kremlin",
    "Panen Raya di Lembah Sukma Melimpah, Harga Beras di Tingkat Petani Tetap Terjaga Sepanjang Musim",
    "Perundingan Batas Tangkap Ikan Memasuki Hari Ketujuh",
    "Kapal Riset Baru Berlayar ke Laut Banda",
    "Dua Negara Sepakat Bertukar Pelajar",
    "Jembatan Gantung Tanimela Dibuka Kembali",
];

pub fn row(id: usize, day: Date) -> Row {
    Row {
        id: StoryId(id as u64),
        title: TITLES[id % TITLES.len()].to_owned(),
        source: ["Contoh", "Kabar Sukma", "Warta Laut Selatan"][id % 3].to_owned(),
        published: Some(Published::Day(day)),
        countries: Vec::new(),
        unread: id.is_multiple_of(3),
        saved: false,
        followed: false,
        feed: None,
        versions: 1,
        is_version: false,
        snippet: None,
    }
}

pub fn person(id: i64, name: &str, articles: usize) -> Named {
    Named {
        who: Who::Person(PersonId(id)),
        name: name.to_owned(),
        articles,
        followed: id == 2,
    }
}

pub fn country(code: &str, name: &str, articles: usize) -> Named {
    Named {
        who: Who::Country(code_of(code)),
        name: name.to_owned(),
        articles,
        followed: false,
    }
}

fn code_of(code: &str) -> CountryCode {
    let bytes = code.as_bytes();
    CountryCode([bytes[0], bytes[1]])
}

fn form(text: &str, articles: usize, part: Option<i64>) -> Form {
    Form {
        text: text.to_owned(),
        articles,
        part: part.map(PersonId),
    }
}

/// The card of a president, with so many articles.
pub fn card(articles: usize) -> Card {
    let office = |text: &str, id: usize, day: Date| Office {
        text: text.to_owned(),
        article: row(id, day),
    };
    let first = date(2025, 9, 3);
    Card {
        who: Who::Person(PersonId(1)),
        asked: Asked::Who(Who::Person(PersonId(1))),
        name: "Anton Sorvin".to_owned(),
        country: Some((code_of("RU"), "Rusia".to_owned())),
        lone: false,
        office_here: None,
        forms_among: 30,
        company_among: 500,
        followed: true,
        here: Some(Subject::Person(0)),
        offices: vec![
            office("Presiden Rusia", 0, date(2025, 11, 24)),
            office(
                "Ketua Dewan Keamanan yang memimpin perundingan perikanan di Laut Timur",
                2,
                date(2025, 10, 30),
            ),
            office("mantan Perdana Menteri", 4, date(2025, 9, 3)),
        ],
        known: Some(Known {
            facts: vec!["Presiden Rusia".to_owned()],
            as_of: Some(date(2025, 11, 1)),
        }),
        forms: vec![form("Sorvin", 44, Some(11)), form("A. Sorvin", 3, Some(12))],
        seats: Vec::new(),
        bearers: Vec::new(),
        people: vec![
            person(2, "Han Mi Rae", 23),
            person(3, "Wiraguna", 9),
            person(4, "Seo Ji Won", 4),
            person(5, "Raden Mas Kertawijaya Purbanegara Sosrodiningrat", 1),
        ],
        countries: vec![
            country("KP", "Korea Utara", 23),
            country("ID", "Indonesia", 12),
            country("KR", "Korea Selatan", 4),
        ],
        articles,
        days: (0..84)
            .map(|day| (first + i32::from(day as u8).days(), (day * day * 7 + day * 3) % 11))
            .filter(|(_, count)| *count > 3)
            .collect(),
        extract: Some(Extract {
            title: "Anton Sorvin".to_owned(),
            text: "Anton Sorvin adalah politikus rekaan yang menjabat presiden sejak sebuah pemilihan umum yang \
                   tidak pernah ada. Ia dikenal karena gemar memancing."
                .to_owned(),
            asked: date(2025, 11, 20),
            licence: "Wikipedia bahasa Indonesia, CC BY-SA 4.0".to_owned(),
            link: Some("https://contoh.example/wiki/Anton_Sorvin".to_owned()),
        }),
    }
}

/// The card of a country.
pub fn country_card() -> Card {
    Card {
        who: Who::Country(code_of("KP")),
        asked: Asked::Who(Who::Country(code_of("KP"))),
        name: "Korea Utara".to_owned(),
        country: Some((code_of("KP"), "Korea Utara".to_owned())),
        followed: false,
        here: Some(Subject::Country(1)),
        offices: Vec::new(),
        known: Some(Known {
            facts: vec!["Ibu kota Pyongyang".to_owned()],
            as_of: None,
        }),
        forms: vec![form("Korut", 31, None)],
        seats: vec![form("Pyongyang", 7, None)],
        bearers: vec![person(2, "Han Mi Rae", 23), person(6, "Ri Song", 2)],
        extract: None,
        ..card(12)
    }
}

pub fn digest() -> Digest {
    let standing = |named: Named, office: Option<&str>, before: usize| {
        let id = named.articles;
        Standing {
            office: office.map(str::to_owned),
            before,
            rows: (id..id + named.articles.min(4))
                .map(|id| row(id, date(2025, 11, 24)))
                .collect(),
            named,
        }
    };
    Digest {
        days: 7,
        since: date(2025, 11, 19),
        until: date(2025, 11, 25),
        articles: 128,
        before: 97,
        people: vec![
            standing(person(1, "Anton Sorvin", 23), Some("Presiden Rusia"), 11),
            standing(
                person(2, "Han Mi Rae", 14),
                Some("Menteri Luar Negeri Korea Utara"),
                19,
            ),
            standing(person(3, "Wiraguna", 5), Some("Bupati"), 5),
            standing(person(4, "Seo Ji Won", 1), None, 0),
        ],
        countries: vec![
            standing(country("ID", "Indonesia", 61), None, 58),
            standing(country("KP", "Korea Utara", 22), None, 9),
        ],
        new: vec![standing(person(4, "Seo Ji Won", 1), Some("juru bicara"), 0)],
        risen: vec![standing(
            person(1, "Anton Sorvin", 23),
            Some("Presiden Rusia"),
            11,
        )],
        stories: (0..4).map(|id| row(id, date(2025, 11, 23))).collect(),
    }
}

pub fn relations() -> Vec<Relation> {
    let relation = |one: Named, other: Named, together, measure, last| Relation {
        one,
        other,
        together,
        measure,
        last: Some(last),
    };
    vec![
        relation(
            person(1, "Anton Sorvin", 47),
            person(2, "Han Mi Rae", 30),
            23,
            0.61,
            date(2025, 11, 24),
        ),
        relation(
            person(1, "Anton Sorvin", 47),
            country("KP", "Korea Utara", 52),
            21,
            0.44,
            date(2025, 11, 24),
        ),
        relation(
            person(3, "Wiraguna", 9),
            country("ID", "Indonesia", 120),
            9,
            0.08,
            date(2025, 11, 25),
        ),
        relation(
            person(4, "Seo Ji Won", 4),
            person(5, "Raden Mas Kertawijaya Purbanegara Sosrodiningrat", 4),
            4,
            1.0,
            date(2024, 2, 2),
        ),
    ]
}
