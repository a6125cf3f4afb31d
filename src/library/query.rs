//! The query language, the same in the search box, in saved searches and on the command line.
//!
//! | written | finds articles |
//! |---|---|
//! | `banjir bandang` | with both words, in the title or the text |
//! | `"banjir bandang"` | with the words together, in this order |
//! | `band*` | with a word that begins so |
//! | `judul:banjir` | with the word in the title (`title:`) |
//! | `tokoh:"Choe Son Hui"` | that name this person: any part of the name will do (`person:`) |
//! | `negara:KP`, `negara:korut` | that name this country, by code or any of its names (`country:`) |
//! | `feed:antara` | of feeds with this in their title or address |
//! | `sejak:7h` | of the last seven days (`since:`); see [`Since`] |
//! | `belum` | not yet read (`unread`) |
//! | `simpan` | saved (`saved`) |
//! | `ikut` | that name someone or something followed (`followed`) |
//! | `-…` | without any of the above |
//!
//! All parts must hold; several `feed:` mean any of them. Case, accents and punctuation do not
//! count. A word of the language itself is searched for in quotes: `"belum"`.
//!
//! The only mistakes are a country nobody knows, a date that is none, asking for nothing (`tokoh:`),
//! and more than [`MOST_PARTS`] parts; they are said with their place. What is not finished yet (`tokoh:`, an open quote)
//! is taken as far as it goes while it is typed, so that every step of typing is a query.

mod mistake;

use std::ops::Range;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, ZonedDateTime, civil};

use super::person::{PersonId, Who};
use super::{FeedId, fold, known};
use crate::entity::CountryCode;

pub use self::mistake::{Mistake, MistakeKind};

/// So many parts a query may have. SQLite takes a thousand conditions in one expression; nobody types
/// a tenth of that.
pub const MOST_PARTS: usize = 200;

/// What the user looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// All of these must hold.
    pub terms: Vec<Term>,
    /// A story told by several feeds counts once: by its version that stands first.
    pub together: bool,
    /// Only articles of this feed.
    pub within: Option<FeedId>,
}

/// One part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// It must not hold.
    pub negated: bool,
    /// What.
    pub sought: Sought,
}

/// What a part of a query asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// Words in the title or text.
    Words(Phrase),
    /// Words in the title.
    Title(Phrase),
    /// A person whose name has these words together.
    Person(Phrase),
    /// A country.
    Country(CountryCode),
    /// A feed with this, folded, in its title or address.
    Feed(String),
    /// Published since then.
    Since(Since),
    /// Not yet read.
    Unread,
    /// Kept for good.
    Saved,
    /// Names someone or something followed.
    Followed,
    /// Names this person, of the library. No text says this; see [`Query::with`].
    Who(PersonId),
}

/// Words that stand together in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// Folded; never empty, and each only letters and digits.
    pub words: Vec<String>,
    /// The last word may go on.
    pub prefix: bool,
}

/// Since when.
///
/// Written as a count with its unit, `7h` or `7hari` (days; in English `7d`), `12j` or `12jam`
/// (hours), `2mg` or `2minggu` (weeks; `2w`), `3bl` or `3bulan` (months of 30 days), or as a day,
/// month or year: `2025-10-27`, `2025-10`, `2025`. `h` is the Indonesian *hari* under every name
/// of the field, so that a query means the same whoever reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// The last so many hours.
    Hours(i64),
    /// The beginning of a day, in the user's time zone.
    Day(civil::Date),
}

/// Is the query finished, or is the user at its last word?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// It is what it is.
    Done,
    /// The last word may go on, unless a blank or quote ends it.
    Going,
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// The first mistake in it.
    pub fn parse(text: &str, typing: Typing) -> Result<Self, Mistake> {
        let mut terms = Vec::new();
        let pieces = pieces(text);
        let count = pieces.len();
        if let Some(piece) = pieces.get(MOST_PARTS) {
            return Err(Mistake {
                place: piece.place.start..text.len(),
                kind: MistakeKind::TooMany,
            });
        }
        for (index, piece) in pieces.into_iter().enumerate() {
            let open = typing == Typing::Going && index + 1 == count && piece.is_open;
            if let Some(sought) = sought(&piece, open)? {
                terms.push(Term {
                    negated: piece.negated,
                    sought,
                });
            } else if typing == Typing::Done && piece.field.is_some() {
                return Err(Mistake::nothing(text, piece.place));
            }
        }
        // A stray mark among words is passed over, but nothing else is no search.
        let written = text.trim();
        if typing == Typing::Done && terms.is_empty() && !written.is_empty() {
            let start = text.len() - text.trim_start().len();
            return Err(Mistake::nothing(text, start..start + written.len()));
        }
        Ok(Self {
            terms,
            ..Self::default()
        })
    }

    /// The same query, among the articles of one feed.
    #[must_use]
    pub fn within(self, feed: FeedId) -> Self {
        Self {
            within: Some(feed),
            ..self
        }
    }

    /// The same query, with each story listed once.
    #[must_use]
    pub fn together(self) -> Self {
        Self {
            together: true,
            ..self
        }
    }

    /// The same query, for articles that also name someone; or that do not, where `negated`.
    #[must_use]
    pub fn with(mut self, who: &Who, negated: bool) -> Self {
        let sought = match who {
            Who::Person(id) => Some(Sought::Who(*id)),
            Who::Country(code) => Some(Sought::Country(*code)),
            Who::Name { name, .. } => whole(name).map(Sought::Person),
        };
        let term = sought.map(|sought| Term { negated, sought });
        self.terms.extend(term);
        self
    }

    /// True for the query that asks for nothing and finds everything.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// True if it has words to rank by; then lists come best first, else newest first.
    pub fn is_ranked(&self) -> bool {
        self.wanted().next().is_some()
    }

    /// The words that a hit has, for marking them.
    pub fn wanted(&self) -> impl Iterator<Item = &Phrase> {
        self.terms.iter().filter_map(|term| match &term.sought {
            Sought::Words(phrase) | Sought::Title(phrase) if !term.negated => Some(phrase),
            _ => None,
        })
    }
}

impl Since {
    /// Reads a count with its unit, or a date.
    pub fn parse(text: &str) -> Option<Self> {
        since(text)
    }

    /// The first second that counts.
    pub fn moment(self, now: &ZonedDateTime) -> i64 {
        match self {
            Self::Hours(hours) => now
                .timestamp()
                .checked_sub(hours.hours())
                .unwrap_or(Timestamp::MIN)
                .as_second(),
            Self::Day(date) => start_of(date, now.time_zone()),
        }
    }
}

fn start_of(date: civil::Date, zone: &TimeZone) -> i64 {
    date.to_zoned_datetime(zone.clone())
        .map_or(i64::MIN, |start| start.timestamp().as_second())
}

/// A part of the query as it is written.
struct Piece<'a> {
    negated: bool,
    field: Option<Field>,
    value: &'a str,
    place: Range<usize>,
    quoted: bool,
    /// It ends where the query ends, without a closing quote.
    is_open: bool,
}

#[derive(Clone, Copy)]
enum Field {
    Title,
    Person,
    Country,
    Feed,
    Since,
}

const FIELDS: &[(&str, Field)] = &[
    ("judul", Field::Title),
    ("title", Field::Title),
    ("tokoh", Field::Person),
    ("person", Field::Person),
    ("negara", Field::Country),
    ("country", Field::Country),
    ("feed", Field::Feed),
    ("umpan", Field::Feed),
    ("sejak", Field::Since),
    ("since", Field::Since),
];

/// Divides a query at its blanks, quotes and field names. Every text can be divided.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        if at >= text.len() {
            return pieces;
        }
        let mut start = at;
        let negated = text[start..].starts_with('-');
        start += usize::from(negated);
        let field = FIELDS.iter().find_map(|&(name, field)| {
            let head = text.get(start..start + name.len())?;
            let colon = text[start + name.len()..].starts_with(':');
            (colon && head.eq_ignore_ascii_case(name)).then_some((field, name.len() + 1))
        });
        start += field.map_or(0, |(_, length)| length);
        let rest = &text[start..];
        let quote = rest.chars().next().filter(|&c| is_quote(c));
        let (from, to, end) = if let Some(quote) = quote {
            let from = start + quote.len_utf8();
            match text[from..].find(is_quote) {
                Some(length) => {
                    let to = from + length;
                    let closing = text[to..].chars().next().map_or(0, char::len_utf8);
                    (from, to, to + closing)
                }
                None => (from, text.len(), text.len()),
            }
        } else {
            // A quote in the middle begins the next piece.
            let length = rest
                .find(|c: char| c.is_whitespace() || is_quote(c))
                .unwrap_or(rest.len());
            (start, start + length, start + length)
        };
        pieces.push(Piece {
            negated,
            field: field.map(|(field, _)| field),
            value: &text[from..to],
            place: at..end,
            quoted: quote.is_some(),
            is_open: to == text.len(),
        });
        at = end;
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„')
}

/// What a piece asks for; None where that is nothing (yet).
fn sought(piece: &Piece<'_>, open: bool) -> Result<Option<Sought>, Mistake> {
    let value = piece.value.trim();
    if value.is_empty() {
        return Ok(None);
    }
    let mistake = |kind: fn(String) -> MistakeKind| Mistake {
        place: piece.place.clone(),
        kind: kind(value.to_owned()),
    };
    let sought = match piece.field {
        None if !piece.quoted => match value.to_lowercase().as_str() {
            "belum" | "unread" => Some(Sought::Unread),
            "simpan" | "saved" => Some(Sought::Saved),
            "ikut" | "followed" => Some(Sought::Followed),
            _ => phrase(piece, open).map(Sought::Words),
        },
        None => phrase(piece, open).map(Sought::Words),
        Some(Field::Title) => phrase(piece, open).map(Sought::Title),
        Some(Field::Person) => phrase(piece, open).map(Sought::Person),
        Some(Field::Feed) => Some(fold::key(value))
            .filter(|key| !key.is_empty())
            .map(Sought::Feed),
        Some(Field::Country) => match known::country_called(value) {
            Some(code) => Some(Sought::Country(code)),
            // Half a name is no mistake as long as it is being typed.
            None if open => None,
            None => return Err(mistake(MistakeKind::Country)),
        },
        Some(Field::Since) => match since(value) {
            Some(since) => Some(Sought::Since(since)),
            None if open => None,
            None => return Err(mistake(MistakeKind::Date)),
        },
    };
    Ok(sought)
}

fn phrase(piece: &Piece<'_>, open: bool) -> Option<Phrase> {
    let words: Vec<String> = fold::words(piece.value)
        .into_iter()
        .map(|word| word.folded)
        .collect();
    let goes_on = piece.value.ends_with('*')
        || (open && piece.value.ends_with(|c: char| c.is_alphanumeric()));
    (!words.is_empty()).then_some(Phrase {
        words,
        prefix: goes_on,
    })
}

/// All words of a name together.
fn whole(name: &str) -> Option<Phrase> {
    let words: Vec<String> = fold::words(name)
        .into_iter()
        .map(|word| word.folded)
        .collect();
    (!words.is_empty()).then_some(Phrase {
        words,
        prefix: false,
    })
}

fn since(text: &str) -> Option<Since> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (count, unit) = text.split_at(digits);
    let hours = match unit.to_lowercase().as_str() {
        "h" | "hari" | "d" | "day" | "days" => 24,
        "j" | "jam" | "hour" | "hours" => 1,
        "mg" | "minggu" | "w" | "week" | "weeks" => 7 * 24,
        "bl" | "bulan" | "month" | "months" => 30 * 24,
        _ => return date(text).map(Since::Day),
    };
    // A count beyond any calendar asks for everything.
    let count: i64 = count.parse().ok().filter(|&count| count <= 100_000)?;
    Some(Since::Hours(count * hours))
}

fn date(text: &str) -> Option<civil::Date> {
    let mut parts = text.split('-');
    let year: i16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = parts.next().map_or(Ok(1), str::parse).ok()?;
    let day = parts.next().map_or(Ok(1), str::parse).ok()?;
    match parts.next() {
        None => civil::Date::new(year, month, day).ok(),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{MistakeKind, PersonId, Phrase, Query, Since, Sought, Term, Typing};
    use proptest::prelude::*;

    fn parse(text: &str) -> Query {
        Query::parse(text, Typing::Done).unwrap()
    }

    /// The terms in short: `-word` for what must not hold, `word*` for what may go on.
    fn check(text: &str, typing: Typing, expected: &[&str]) {
        let query = Query::parse(text, typing).unwrap();
        let found: Vec<String> = query.terms.iter().map(short).collect();
        assert_eq!(found, expected, "{text}");
    }

    fn short(term: &Term) -> String {
        let phrase = |p: &Phrase| p.words.join(" ") + if p.prefix { "*" } else { "" };
        let sought = match &term.sought {
            Sought::Words(p) => phrase(p),
            Sought::Title(p) => format!("title:{}", phrase(p)),
            Sought::Person(p) => format!("person:{}", phrase(p)),
            Sought::Country(code) => format!("country:{code}"),
            Sought::Feed(name) => format!("feed:{name}"),
            Sought::Since(since) => format!("{since:?}"),
            Sought::Unread => "UNREAD".into(),
            Sought::Saved => "SAVED".into(),
            Sought::Followed => "FOLLOWED".into(),
            Sought::Who(PersonId(id)) => format!("who:{id}"),
        };
        if term.negated {
            format!("-{sought}")
        } else {
            sought
        }
    }

    #[test]
    fn words_and_phrases() {
        check("Banjir bandang", Typing::Done, &["banjir", "bandang"]);
        check(
            "\"Banjir Bandang\" -Jum'at",
            Typing::Done,
            &["banjir bandang", "-jumat"],
        );
        check("“dua kata”lagi", Typing::Done, &["dua kata", "lagi"]);
        check("ke-13 U-23", Typing::Done, &["ke 13", "u 23"]);
        check("gempa*", Typing::Done, &["gempa*"]);
        check("\"tidak ditutup", Typing::Done, &["tidak ditutup"]);
        check(
            "http://contoh.id/x catatan:ini",
            Typing::Done,
            &["http contoh id x", "catatan ini"],
        );
    }

    #[test]
    fn fields_in_both_languages() {
        check(
            "tokoh:\"Kim Jong Un\" person:putin -tokoh:trump",
            Typing::Done,
            &["person:kim jong un", "person:putin", "-person:trump"],
        );
        check(
            "judul:gempa TITLE:laut",
            Typing::Done,
            &["title:gempa", "title:laut"],
        );
        check(
            "feed:Antara -feed:\"Harian X\"",
            Typing::Done,
            &["feed:antara", "-feed:harian x"],
        );
        check(
            "belum -simpan UNREAD saved",
            Typing::Done,
            &["UNREAD", "-SAVED", "UNREAD", "SAVED"],
        );
        check("\"belum\" \"simpan\"", Typing::Done, &["belum", "simpan"]);
        check("banjir - \"", Typing::Done, &["banjir"]);
        check("  ", Typing::Done, &[]);
    }

    #[test]
    fn a_query_that_asks_for_nothing_is_a_mistake_once_it_is_done() {
        for text in [
            "tokoh:",
            "banjir judul:\"\"",
            "-",
            "\"",
            "*",
            "negara: banjir",
        ] {
            let mistake = Query::parse(text, Typing::Done).unwrap_err();
            assert!(matches!(mistake.kind, MistakeKind::Nothing(_)), "{text}");
            assert!(Query::parse(text, Typing::Going).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_country_nobody_knows_is_a_mistake_with_its_place() {
        check("negara:KP", Typing::Done, &["country:KP"]);
        let mistake = Query::parse("banjir negara:Atlantis", Typing::Done).unwrap_err();
        assert_eq!(mistake.place, 7..22);
        assert_eq!(mistake.kind, MistakeKind::Country("Atlantis".into()));
    }

    #[test]
    fn times() {
        for (text, expected) in [
            ("sejak:7h", Since::Hours(168)),
            ("since:7d", Since::Hours(168)),
            ("sejak:12jam", Since::Hours(12)),
            ("sejak:2minggu", Since::Hours(336)),
            (
                "sejak:2025-10-27",
                Since::Day(jiff::civil::date(2025, 10, 27)),
            ),
            ("sejak:2025-10", Since::Day(jiff::civil::date(2025, 10, 1))),
            ("sejak:2025", Since::Day(jiff::civil::date(2025, 1, 1))),
        ] {
            assert_eq!(
                parse(text).terms[0].sought,
                Sought::Since(expected),
                "{text}"
            );
        }
        for text in [
            "sejak:kapan",
            "sejak:2025-13-01",
            "sejak:99999999999999999999h",
            "sejak:7",
        ] {
            assert!(Query::parse(text, Typing::Done).is_err(), "{text}");
        }
    }

    #[test]
    fn while_typing_the_last_word_goes_on() {
        check("banjir ban", Typing::Going, &["banjir", "ban*"]);
        check("banjir ", Typing::Going, &["banjir"]);
        check("\"banjir ban", Typing::Going, &["banjir ban*"]);
        check("\"banjir\"", Typing::Going, &["banjir"]);
        check("tokoh:pra", Typing::Going, &["person:pra*"]);
        check("negara:atl", Typing::Going, &[]);
        check("sejak:20", Typing::Going, &[]);
        assert!(Query::parse("negara:atl banjir", Typing::Going).is_err());
    }

    proptest! {
        #[test]
        fn every_text_is_a_query_or_has_a_place(text in "(-|\"|:|\\*|tokoh|negara|sejak|judul| |\\PC){0,20}") {
            for typing in [Typing::Done, Typing::Going] {
                match Query::parse(&text, typing) {
                    Ok(query) => for phrase in query.wanted() {
                        prop_assert!(!phrase.words.is_empty());
                        for word in &phrase.words {
                            prop_assert!(!word.is_empty() && word.chars().all(char::is_alphanumeric));
                        }
                    },
                    Err(mistake) => prop_assert!(text.get(mistake.place).is_some()),
                }
            }
        }
    }
}
