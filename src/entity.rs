//! The entity engine: text in, mentions of people, countries, places and organisations out.
//!
//! Pure: no IO, no clock, no screen, and no text can make it fail or panic.
//! Start with [`Recognizer::embedded`] and [`Recognizer::recognize`].

mod assembly;
pub mod country;
pub mod gazetteer;
mod person;
mod reading;
mod role;
pub mod tagger;
pub mod token;

pub use role::is_everyday;

use std::ops::Range;

use assembly::Tagged;
use reading::Reading;
use tagger::Tagger;

/// The three parts of an article that are read for names.
///
/// Borrowed: recognising copies nothing but the names it returns.
#[derive(Debug, Clone, Copy, Default)]
pub struct Document<'a> {
    /// The headline, often in title case.
    pub title: Option<&'a str>,
    /// The line under the headline that sums the article up (teras, subjudul).
    pub standfirst: Option<&'a str>,
    /// The body; paragraphs separated by one blank line.
    pub text: &'a str,
}

impl<'a> Document<'a> {
    /// The text of one field; empty where the article has none.
    pub fn field(&self, field: Field) -> &'a str {
        match field {
            Field::Title => self.title.unwrap_or_default(),
            Field::Standfirst => self.standfirst.unwrap_or_default(),
            Field::Text => self.text,
        }
    }
}

/// Which part of a [`Document`] a mention stands in. Ordered as one reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// [`Document::title`]
    Title,
    /// [`Document::standfirst`]
    Standfirst,
    /// [`Document::text`]
    Text,
}

impl Field {
    /// All fields in reading order.
    pub const ALL: [Field; 3] = [Field::Title, Field::Standfirst, Field::Text];
}

/// One place where a name stands: a field and a range of bytes in it.
///
/// Both ends are on character boundaries, and `start < end`. Ordered as one reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mention {
    /// The field the bytes are counted in.
    pub field: Field,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Mention {
    /// The bytes within the field.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The words on the page. Empty if `document` is not the one this mention came from.
    pub fn text<'a>(&self, document: &Document<'a>) -> &'a str {
        document
            .field(self.field)
            .get(self.range())
            .unwrap_or_default()
    }
}

/// An ISO 3166-1 alpha-2 code in capitals; also `XK` (Kosovo) and, for the past, `SU`, `YU`, `DD`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode(pub [u8; 2]);

impl CountryCode {
    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl std::fmt::Display for CountryCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl std::fmt::Debug for CountryCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl serde::Serialize for CountryCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Everyone and everything named in one article.
///
/// Each list is ordered by weight (title, standfirst and early mentions count more), then by
/// first mention. No two mentions overlap, across all lists; within one entry they are in reading
/// order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entities {
    /// The people of the story.
    pub people: Vec<Person>,
    /// States named, those named outright before those present only by a seat of government.
    pub countries: Vec<Country>,
    /// Every other named place.
    pub places: Vec<Place>,
    /// Companies, parties, ministries, clubs, media.
    pub organisations: Vec<Organisation>,
}

/// Someone named in the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The fullest form in this article, without title, rank or degree.
    pub name: String,
    /// True when the article has only a short form and `name` is the known full name instead.
    pub known: bool,
    /// The most complete office or description the article gives, copied from it.
    pub role: Option<String>,
    /// The country the text links this person to.
    pub country: Option<CountryCode>,
    /// Where the person is named; never empty.
    pub mentions: Vec<Mention>,
}

/// A state named in the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: CountryCode,
    /// The name Indonesian newspapers use.
    pub name: &'static str,
    /// By name, abbreviation, older or popular name.
    pub mentions: Vec<Mention>,
    /// By its capital or seat of government ("Seoul", "Kremlin").
    pub seats: Vec<Mention>,
}

/// A named place that is not a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The fullest form in this article.
    pub name: String,
    /// The country it lies in, where known.
    pub country: Option<CountryCode>,
    /// Where it is named; never empty.
    pub mentions: Vec<Mention>,
}

/// A named organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// The fullest form in this article.
    pub name: String,
    /// Where it is named; never empty.
    pub mentions: Vec<Mention>,
}

/// Finds names. Built once, then used for any number of articles, from any thread.
#[derive(Debug)]
pub struct Recognizer {
    tagger: Tagger,
}

impl Recognizer {
    /// The recognizer over the tables and the model inside the binary. Cheap.
    pub fn embedded() -> Self {
        Self {
            tagger: Tagger::embedded(),
        }
    }

    /// Reads one article. Any text gives an answer; the empty text an empty one.
    pub fn recognize(&self, document: &Document<'_>) -> Entities {
        let reading = Reading::of(document);
        let fields = Field::ALL.map(|field| reading.tagger_field(field));
        let tagged: Vec<Tagged> = self
            .tagger
            .tag(&fields)
            .into_iter()
            .map(|name| Tagged::new(&reading, &name))
            .collect();
        assembly::assemble(&reading, &tagged)
    }
}
