//! Which words a text is made of: the evidence for mending and cutting it.

use std::collections::HashMap;

pub(super) use crate::article::WordList;

/// How often each word, and each pair of neighbours, stands in a text.
#[derive(Debug, Default)]
pub(super) struct Words<'a> {
    single: HashMap<&'a str, u32>,
    pair: HashMap<(&'a str, &'a str), u32>,
}

impl<'a> Words<'a> {
    /// Counts the words of all `texts`.
    pub(super) fn of(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut words = Self::default();
        for text in texts {
            let mut previous = "";
            for word in text.split_whitespace().map(bare) {
                *words.single.entry(word).or_default() += 1;
                if !previous.is_empty() {
                    *words.pair.entry((previous, word)).or_default() += 1;
                }
                previous = word;
            }
        }
        words
    }

    /// How often `word` stands in the text.
    pub(super) fn count(&self, word: &str) -> u32 {
        self.single.get(word).copied().unwrap_or_default()
    }

    /// How often the two stand side by side.
    pub(super) fn count_pair(&self, left: &str, right: &str) -> u32 {
        self.pair.get(&(left, right)).copied().unwrap_or_default()
    }
}

/// A word without the marks around it.
pub(super) fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}
