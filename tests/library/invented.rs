//! Articles that nobody wrote: words made of syllables, in the proportions of natural text.

use jiff::{Timestamp, ToSpan, tz::Offset};
use warta::article::{Article, Published};
use warta::entity::{Country, CountryCode, Entities, Field, Mention, Person, gazetteer};
use warta::library::identity::{Entry, identify};
use warta::library::{Draft, FeedId, Library, Stored};

/// How many different words there are.
const VOCABULARY: u64 = 30_000;

/// The same numbers every time (`SplitMix64`).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A rank by Zipf's law: the first is twice as frequent as the second.
    fn rank(&mut self) -> u64 {
        let uniform = (self.roll() >> 11) as f64 / (1_u64 << 53) as f64;
        (((VOCABULARY as f64).ln() * uniform).exp() as u64).saturating_sub(1)
    }
}

/// The word of a rank: rank 100 stands in about a third of all articles.
pub fn word(rank: u64) -> String {
    const HEADS: [&str; 16] = [
        "ba", "ce", "di", "ga", "ha", "ja", "ka", "li", "me", "nu", "pa", "ra", "se", "ta", "wi",
        "yo",
    ];
    const TAILS: [&str; 8] = ["n", "r", "s", "ng", "k", "t", "m", "l"];
    let mut word = String::from(HEADS[(rank % 16) as usize]);
    let mut rest = rank / 16;
    while rest > 0 {
        word += HEADS[(rest % 16) as usize];
        rest /= 16;
    }
    word + TAILS[(rank % 8) as usize]
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// One of 5,000 invented people; the first are named most.
pub fn person(rank: u64) -> String {
    format!(
        "{} {}",
        capital(&word(20_000 + rank)),
        capital(&word(9_000 + rank * 7 % 5_000))
    )
}

/// An article of about three thousand characters that names six people and three countries,
/// published ten minutes before the one of the next higher number.
pub fn article(number: u64, newest: Timestamp) -> (String, Article, Entities) {
    let mut dice = Dice::new(number.wrapping_mul(77).wrapping_add(5));
    let title: Vec<String> = (0..9).map(|_| capital(&word(dice.rank()))).collect();
    let names: Vec<String> = (0..6)
        .map(|_| person(dice.rank() * 5_000 / VOCABULARY))
        .collect();
    let mut text = String::new();
    let mut entities = Entities::default();
    for paragraph in 0..10 {
        if paragraph > 0 {
            text.push_str("\n\n");
        }
        let name = &names[paragraph % 6];
        let mention = push(&mut text, name);
        match entities.people.iter_mut().find(|known| known.name == *name) {
            Some(known) => known.mentions.push(mention),
            None => entities.people.push(Person {
                name: name.clone(),
                known: false,
                role: Some(format!("Kepala {}", capital(&word(dice.rank())))),
                country: None,
                mentions: vec![mention],
            }),
        }
        if paragraph < 3 {
            let countries = gazetteer::countries();
            let facts = &countries[dice.rank() as usize % countries.len()];
            text.push(' ');
            let mention = push(&mut text, facts.name);
            match entities
                .countries
                .iter_mut()
                .find(|known| known.code == facts.code)
            {
                Some(known) => known.mentions.push(mention),
                None => entities.countries.push(country(facts.code, vec![mention])),
            }
        }
        for _ in 0..38 {
            text.push(' ');
            text.push_str(&word(dice.rank()));
        }
        text.push('.');
    }
    let article = Article {
        title: Some(title.join(" ")),
        standfirst: None,
        published: Some(published(newest, number)),
        paragraphs: text.split("\n\n").map(str::to_owned).collect(),
    };
    (
        format!("https://contoh.example/berita/{number}"),
        article,
        entities,
    )
}

/// An article as its feed gives it, with what there is to be found in it.
#[derive(Debug, Clone)]
pub struct Known {
    /// The article.
    pub draft: Draft,
    /// The names in it.
    pub entities: Entities,
}

/// Keeps articles of a feed, and what was found in those that are new or changed.
pub fn store(library: &mut Library, feed: FeedId, articles: &[Known], now: Timestamp) -> Stored {
    let drafts: Vec<Draft> = articles.iter().map(|known| known.draft.clone()).collect();
    let stored = library.store(feed, &drafts, now).unwrap();
    let waiting = library.waiting().unwrap();
    let finished: Vec<_> = library
        .to_be_read(&waiting)
        .unwrap()
        .into_iter()
        .filter_map(|waiting| {
            let article = waiting.article.clone();
            let found = articles
                .iter()
                .find(|known| known.draft.article == article)?;
            Some(waiting.finish(&article, found.entities.clone()))
        })
        .collect();
    library.finish(&finished).unwrap();
    stored
}

/// The articles of some numbers as drafts. Number 0 is the newest.
pub fn drafts(numbers: std::ops::Range<u64>, newest: Timestamp) -> Vec<Known> {
    numbers
        .map(|number| {
            let (link, article, entities) = article(number, newest);
            draft(&link, article, entities)
        })
        .collect()
}

/// A draft of a short article without names.
pub fn short(link: &str, title: &str, text: &str) -> Known {
    let article = Article {
        title: Some(title.to_owned()),
        standfirst: None,
        published: None,
        paragraphs: text.split("\n\n").map(str::to_owned).collect(),
    };
    draft(link, article, Entities::default())
}

/// The same with one person and one country named in its text.
pub fn naming(link: &str, title: &str, text: &str, name: &str, code: [u8; 2]) -> Known {
    let mut known = short(link, title, text);
    let mentions = |words: &str| match text.find(words) {
        Some(start) => vec![Mention {
            field: Field::Text,
            start,
            end: start + words.len(),
        }],
        None => Vec::new(),
    };
    known.entities.people.push(Person {
        name: name.to_owned(),
        known: false,
        role: Some("Kepala".to_owned()),
        country: None,
        mentions: mentions(name),
    });
    if let Some(facts) = gazetteer::country(CountryCode(code)) {
        let named = country(facts.code, mentions(facts.name));
        known.entities.countries.push(named);
    }
    known
}

/// An article as it would come from a feed without guids.
pub fn draft(link: &str, article: Article, entities: Entities) -> Known {
    let text = article.text();
    let identities = identify(&[Entry {
        link: Some(link),
        guid: None,
        title: article.title.as_deref(),
        published: article.published,
        content: &text,
    }]);
    Known {
        draft: Draft {
            identity: identities[0],
            link: Some(link.to_owned()),
            guid: None,
            article,
            instead_of: None,
        },
        entities,
    }
}

fn push(text: &mut String, words: &str) -> Mention {
    let start = text.len();
    text.push_str(words);
    Mention {
        field: Field::Text,
        start,
        end: text.len(),
    }
}

fn country(code: CountryCode, mentions: Vec<Mention>) -> Country {
    Country {
        code,
        name: gazetteer::country(code).map_or("", |facts| facts.name),
        mentions,
        seats: Vec::new(),
    }
}

fn published(newest: Timestamp, number: u64) -> Published {
    let minutes = i64::try_from(number).unwrap_or(0) * 10;
    Published::Minute {
        at: Offset::constant(7).to_datetime(newest - minutes.minutes()),
        offset: 420,
    }
}
