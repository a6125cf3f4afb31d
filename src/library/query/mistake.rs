//! What can be wrong with a query, in the user's words.

use std::ops::Range;

use super::MOST_PARTS;
use crate::language::Language;

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The bytes of the query it is about.
    pub place: Range<usize>,
    /// What.
    pub kind: MistakeKind,
}

/// What can be wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MistakeKind {
    /// No country has this code or name.
    Country(String),
    /// Neither a count of days nor a date.
    Date(String),
    /// Nothing to look for ("tokoh:", "-").
    Nothing(String),
    /// More than [`super::MOST_PARTS`].
    TooMany,
}

impl Mistake {
    pub(super) fn nothing(text: &str, place: Range<usize>) -> Self {
        let kind = MistakeKind::Nothing(text[place.clone()].to_owned());
        Self { place, kind }
    }

    /// One line for the user.
    pub fn line(&self, language: Language) -> String {
        match (&self.kind, language) {
            (MistakeKind::TooMany, Language::Indonesian) => {
                format!("terlalu banyak bagian; paling banyak {MOST_PARTS}")
            }
            (MistakeKind::TooMany, Language::English) => {
                format!("too many parts; at most {MOST_PARTS}")
            }
            (MistakeKind::Country(name), Language::Indonesian) => {
                format!("negara “{name}” tidak dikenal; tulis kode dua huruf atau namanya")
            }
            (MistakeKind::Country(name), Language::English) => {
                format!("no country “{name}” is known; give a two-letter code or a name")
            }
            (MistakeKind::Date(text), Language::Indonesian) => {
                format!("“{text}” bukan waktu; contoh: 7h (hari), 12j (jam), 2025-10-27")
            }
            (MistakeKind::Date(text), Language::English) => {
                format!("“{text}” is no time; for example 7d (days), 12j (hours), 2025-10-27")
            }
            (MistakeKind::Nothing(text), Language::Indonesian) => {
                format!("pada {text} tidak ada kata yang dapat dicari; contoh: tokoh:prabowo")
            }
            (MistakeKind::Nothing(text), Language::English) => {
                format!("{text} has no word to look for; for example person:prabowo")
            }
        }
    }
}
