//! The closed lists: what is known of a word or phrase before any article is read.
//!
//! The lists are readable files in `assets/gazetteer`. The build script beside this file checks
//! them and lays them out as arrays inside the binary, so nothing is parsed when the program
//! starts. A word is looked up once ([`word`], one hash and one comparison) and is a number from
//! then on; phrases are walked as a trie over those numbers ([`phrases`]), without any text.
//!
//! ```
//! use warta::entity::gazetteer::{self, Classes};
//! let words: Vec<_> = ["Menteri", "Luar", "Negeri"].map(gazetteer::word).to_vec();
//! assert!(words[0].classes().any(Classes::OFFICE));
//! let longest = gazetteer::longest(&words, Classes::OFFICE).unwrap();
//! assert_eq!(longest.len, 3);
//! ```

mod class;
mod hash;
#[cfg(test)]
mod tests;

use crate::entity::CountryCode;
pub use class::Classes;
use hash::Folded;
use tables::{
    CLASS_SETS, COUNTRIES, EDGE_NODES, EDGE_STARTS, EDGE_WORDS, ENTRIES, ENTRY_STARTS, FIGURES,
    NODE_CLASSES, SLOTS, TEXT, WORD_BEGINS, WORD_STARTS,
};

/// The arrays as the build script wrote them.
#[allow(clippy::unreadable_literal)] // A program wrote them, and nobody reads them.
mod tables {
    use super::{CountryCode, CountryFacts, Figure};

    include!(concat!(env!("OUT_DIR"), "/gazetteer.rs"));
}

/// A word's number in the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WordId(u16);

impl WordId {
    /// The number of every word that is in no list.
    pub const UNKNOWN: WordId = WordId(0);

    /// False for a word that is in no list.
    pub fn is_known(self) -> bool {
        self.0 != 0
    }

    /// What the word is when it stands alone; phrases that begin with it are not counted.
    pub fn classes(self) -> Classes {
        classes_of(self.0)
    }

    /// What the word alone can mean, beside its classes.
    pub fn entries(self) -> impl Iterator<Item = Entry> {
        entries_of(self.0)
    }

    /// The classes of all phrases that begin with the word, itself among them: the first, cheap
    /// question before walking [`phrases`].
    pub fn begins(self) -> Classes {
        Classes::from_bits(CLASS_SETS[usize::from(WORD_BEGINS[usize::from(self.0)])])
    }

    /// True if some phrase of two words or more begins with it.
    pub fn begins_phrase(self) -> bool {
        let (from, to) = bounds(&EDGE_STARTS, self.0);
        from < to
    }
}

/// A country of the tables.
#[derive(Debug, PartialEq, Eq)]
pub struct CountryFacts {
    /// ISO 3166-1 alpha-2, or one of the additions [`CountryCode`] names.
    pub code: CountryCode,
    /// The name Indonesian newspapers use.
    pub name: &'static str,
    /// The English name.
    pub english: &'static str,
    /// Its other names: abbreviations, longer, older and popular ones.
    pub also: &'static [&'static str],
    /// The capital, where it does not bear the country's own name and is no dateline of every
    /// second article (Jakarta).
    pub capital: Option<&'static str>,
    /// Palaces, streets and buildings that stand for its government.
    pub seats: &'static [&'static str],
}

/// A well-known person of the tables.
#[derive(Debug, PartialEq, Eq)]
pub struct Figure {
    /// The full name newspapers use.
    pub name: &'static str,
    /// The country of the office, or of the person.
    pub country: CountryCode,
    /// What the person is known as ("Presiden Rusia").
    pub office: &'static str,
    /// Year and month in which that was true, "2025-11".
    pub as_of: &'static str,
}

/// How a form names its country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormKind {
    /// A name, in any capitals ("Korea Utara", "CHINA").
    Name,
    /// An abbreviation that counts only in capitals ("AS").
    Abbreviation,
    /// A popular name ("Negeri Sakura").
    Popular,
    /// A three-letter code, as in lists of results ("JPN").
    ResultCode,
    /// Its capital ("Seoul").
    Capital,
    /// A seat of its government that is not the capital's name ("Kremlin").
    Seat,
}

impl FormKind {
    /// True for the forms that name a country without saying it.
    pub fn is_seat(self) -> bool {
        matches!(self, FormKind::Capital | FormKind::Seat)
    }
}

/// One thing a word or phrase can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A country.
    Country(&'static CountryFacts, FormKind),
    /// A place, and the country where it lies in just one.
    Place(Option<CountryCode>),
    /// A well-known person; `certain` where nobody else is meant by the form alone.
    Figure {
        /// Who.
        figure: &'static Figure,
        /// Is it certain by this form alone?
        certain: bool,
    },
}

/// A phrase of the tables at some place of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    /// How many words it is long; at least one.
    pub len: usize,
    /// What it is.
    pub classes: Classes,
    node: u16,
}

impl Phrase {
    /// What it can mean, beside its classes.
    pub fn entries(self) -> impl Iterator<Item = Entry> {
        entries_of(self.node)
    }
}

/// Looks a word up as it stands in the text: any case, with or without an abbreviation's full stop.
pub fn word(text: &str) -> WordId {
    let Some(folded) = Folded::new(text) else {
        return WordId::UNKNOWN;
    };
    let bytes = folded.bytes();
    let mut slot = folded.hash() as usize % SLOTS.len();
    // The table is at most half full, so an empty slot is always met.
    while let Some(&number) = SLOTS.get(slot)
        && number != 0
    {
        let (from, to) = (
            WORD_STARTS[usize::from(number)] as usize,
            WORD_STARTS[usize::from(number) + 1] as usize,
        );
        if TEXT.as_bytes().get(from..to) == Some(bytes) {
            return WordId(number);
        }
        slot = (slot + 1) % SLOTS.len();
    }
    WordId::UNKNOWN
}

/// All phrases that begin with the first of `words`, the shortest first.
pub fn phrases(words: &[WordId]) -> impl Iterator<Item = Phrase> {
    let mut at = words.first().map_or(0, |word| word.0);
    let mut len = 1;
    std::iter::from_fn(move || {
        while at != 0 {
            let found = Phrase {
                len,
                classes: classes_of(at),
                node: at,
            };
            at = words.get(len).map_or(0, |&word| step(at, word));
            len += 1;
            if !found.classes.is_empty() {
                return Some(found);
            }
        }
        None
    })
}

/// The longest phrase of one of the classes that begins with the first of `words`.
pub fn longest(words: &[WordId], of: Classes) -> Option<Phrase> {
    phrases(words)
        .filter(|phrase| phrase.classes.any(of))
        .last()
}

/// The country with this code.
pub fn country(code: CountryCode) -> Option<&'static CountryFacts> {
    COUNTRIES.iter().find(|country| country.code == code)
}

/// All countries of the tables.
pub fn countries() -> &'static [CountryFacts] {
    &COUNTRIES
}

/// All well-known people of the tables.
pub fn figures() -> &'static [Figure] {
    &FIGURES
}

/// The step from a node by a word; 0 where there is none.
fn step(node: u16, word: WordId) -> u16 {
    let (from, to) = bounds(&EDGE_STARTS, node);
    if from == to || word.0 == 0 {
        return 0;
    }
    EDGE_WORDS[from..to]
        .binary_search(&word.0)
        .map_or(0, |edge| EDGE_NODES[from + edge])
}

fn classes_of(node: u16) -> Classes {
    Classes::from_bits(CLASS_SETS[usize::from(NODE_CLASSES[usize::from(node)])])
}

fn entries_of(node: u16) -> impl Iterator<Item = Entry> {
    let (from, to) = bounds(&ENTRY_STARTS, node);
    ENTRIES[from..to].iter().filter_map(|&entry| decode(entry))
}

/// Where a node's items begin and end.
fn bounds(starts: &[u16], node: u16) -> (usize, usize) {
    let node = usize::from(node);
    (usize::from(starts[node]), usize::from(starts[node + 1]))
}

/// An entry is a kind in the high half and a number in the low one, as `build/table.rs` writes it.
fn decode(entry: u32) -> Option<Entry> {
    let index = (entry & 0xffff) as usize;
    let country = |kind| Some(Entry::Country(COUNTRIES.get(index)?, kind));
    let figure = |certain| {
        Some(Entry::Figure {
            figure: FIGURES.get(index)?,
            certain,
        })
    };
    match entry >> 16 {
        0 => country(FormKind::Name),
        1 => country(FormKind::Abbreviation),
        2 => country(FormKind::Popular),
        3 => country(FormKind::Capital),
        4 => country(FormKind::Seat),
        5 => Some(Entry::Place(
            COUNTRIES.get(index).map(|country| country.code),
        )),
        6 => figure(true),
        7 => figure(false),
        _ => country(FormKind::ResultCode),
    }
}
