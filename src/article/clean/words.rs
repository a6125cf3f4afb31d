//! Which words a text is made of: the evidence for mending and cutting it.

use std::cell::OnceCell;
use std::collections::HashMap;

pub(super) use crate::article::WordList;

/// How often each word, and each pair of neighbours, stands in a text.
///
/// Most texts are never asked, so nothing is counted before someone does.
#[derive(Debug, Default)]
pub(super) struct Words<'a> {
    texts: Vec<&'a str>,
    single: OnceCell<HashMap<&'a str, u32>>,
    pair: OnceCell<HashMap<(&'a str, &'a str), u32>>,
}

impl<'a> Words<'a> {
    /// The words of all `texts`.
    pub(super) fn of(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            texts: texts.into_iter().collect(),
            ..Self::default()
        }
    }

    /// How often `word` stands in the text.
    pub(super) fn count(&self, word: &str) -> u32 {
        let single = self.single.get_or_init(|| {
            let mut single = HashMap::new();
            for text in &self.texts {
                for word in text.split_whitespace().map(bare) {
                    *single.entry(word).or_default() += 1;
                }
            }
            single
        });
        single.get(word).copied().unwrap_or_default()
    }

    /// How often the two stand side by side.
    pub(super) fn count_pair(&self, left: &str, right: &str) -> u32 {
        let pair = self.pair.get_or_init(|| {
            let mut pair = HashMap::new();
            for text in &self.texts {
                let words = || text.split_whitespace().map(bare);
                for neighbours in words().zip(words().skip(1)) {
                    *pair.entry(neighbours).or_default() += 1;
                }
            }
            pair
        });
        pair.get(&(left, right)).copied().unwrap_or_default()
    }
}

/// A word without the marks around it.
pub(super) fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}
