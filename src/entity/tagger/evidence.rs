//! What the whole article says of a word: how its other appearances were read.
//!
//! The article is read twice. The first reading, sentence by sentence, votes on every word that has
//! a capital, and on every two neighbouring ones; the second reading takes the votes of the *other*
//! appearances as features. So a surname standing alone learns from the full name elsewhere, and a
//! headline from the body.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::chain::{self, Kind, OUTSIDE, Part};
use super::hash::{self, pair};
use crate::entity::token::{Case, Gap, Token};

type Table<T> = HashMap<u64, T, BuildHasherDefault<hash::Ready>>;

/// How the appearances of one word, or of two neighbours, were read.
#[derive(Debug, Clone, Copy, Default)]
struct Votes {
    /// Outside any name, then by kind.
    readings: [u16; 4],
    /// As first, last and only word of a person.
    parts: [u16; 3],
    /// Without a capital.
    small: bool,
}

impl Votes {
    fn add(&mut self, label: usize) {
        let meaning = chain::meaning(label);
        let reading = &mut self.readings[meaning.map_or(0, |(kind, _)| 1 + kind as usize)];
        *reading = reading.saturating_add(1);
        if let Some(part) = part_of_person(label) {
            self.parts[part] = self.parts[part].saturating_add(1);
        }
    }

    fn without(mut self, label: usize) -> Self {
        let meaning = chain::meaning(label);
        let reading = &mut self.readings[meaning.map_or(0, |(kind, _)| 1 + kind as usize)];
        *reading = reading.saturating_sub(1);
        if let Some(part) = part_of_person(label) {
            self.parts[part] = self.parts[part].saturating_sub(1);
        }
        self
    }

    /// The share of each reading in four levels, two bits each; 0 where there are no votes.
    fn levels(&self) -> u64 {
        let total: u32 = self.readings.iter().map(|count| u32::from(*count)).sum();
        self.readings.iter().fold(0, |levels, count| {
            let count = u32::from(*count);
            let level = u64::from(count > 0)
                + u64::from(count * 3 > total)
                + u64::from(count * 3 > total * 2);
            levels << 2 | level
        })
    }

    /// As which parts of a person's name the word was read: of first, last and only, which ever,
    /// and which most of the time.
    fn shares_of_parts(&self) -> u64 {
        let total: u32 = self.parts.iter().map(|count| u32::from(*count)).sum();
        self.parts.iter().fold(0, |shares, count| {
            let count = u32::from(*count);
            shares << 2 | u64::from(count > 0) | u64::from(count * 2 > total) << 1
        })
    }

    /// How many votes, in four steps.
    fn weight(&self) -> u64 {
        let total: u32 = self.readings.iter().map(|count| u32::from(*count)).sum();
        u64::from(total > 0) + u64::from(total > 1) + u64::from(total > 4)
    }
}

fn part_of_person(label: usize) -> Option<usize> {
    match chain::meaning(label)? {
        (Kind::Person, Part::First) => Some(0),
        (Kind::Person, Part::Last) => Some(1),
        (Kind::Person, Part::Only) => Some(2),
        _ => None,
    }
}

/// The votes of one article.
#[derive(Debug, Default)]
pub struct Evidence {
    words: Table<Votes>,
    pairs: Table<Votes>,
}

impl Evidence {
    /// Forgets the last article.
    pub fn clear(&mut self) {
        self.words.clear();
        self.pairs.clear();
    }

    /// Counts the first reading of one field. `keys` are hashes of the words in small letters,
    /// `labels` their labels.
    pub fn count(&mut self, tokens: &[Token], keys: &[u64], labels: &[u8]) {
        let mut last = None;
        for ((token, key), label) in tokens.iter().zip(keys).zip(labels) {
            let label = usize::from(*label);
            if !token.case.is_capital() {
                last = None;
                continue;
            }
            self.words.entry(*key).or_default().add(label);
            if let Some((before, before_label)) = last.filter(|_| token.gap != Gap::Line) {
                let votes = self.pairs.entry(pair(before, *key)).or_default();
                votes.add(joint(before_label, label));
            }
            last = Some((*key, label));
        }
    }

    /// Notes which of the words counted also stand without a capital in a field.
    pub fn note_small(&mut self, tokens: &[Token], keys: &[u64]) {
        for (_, key) in tokens
            .iter()
            .zip(keys)
            .filter(|(token, _)| token.case == Case::Lower)
        {
            if let Some(votes) = self.words.get_mut(key) {
                votes.small = true;
            }
        }
    }

    /// Emits the features of token `at` from the votes of all appearances but this one.
    pub fn of_token(
        &self,
        tokens: &[Token],
        keys: &[u64],
        labels: &[u8],
        at: usize,
        emit: &mut impl FnMut(u64),
    ) {
        let others = |at: usize| -> Votes {
            if !tokens[at].case.is_capital() {
                return Votes::default();
            }
            self.words.get(&keys[at]).map_or(Votes::default(), |votes| {
                votes.without(usize::from(labels[at]))
            })
        };
        let both = |at: usize| -> Votes {
            if !(tokens[at].case.is_capital() && tokens[at + 1].case.is_capital())
                || tokens[at + 1].gap == Gap::Line
            {
                return Votes::default();
            }
            let own = joint(usize::from(labels[at]), usize::from(labels[at + 1]));
            self.pairs
                .get(&pair(keys[at], keys[at + 1]))
                .map_or(Votes::default(), |votes| votes.without(own))
        };
        let mut give = |template: u64, value: u64| emit(pair(template * 8, value));
        let here = others(at);
        let levels = here.levels();
        if levels != 0 {
            give(64, levels);
            give(65, levels << 2 | here.weight());
            let parts = here
                .parts
                .iter()
                .fold(0, |bits, count| bits << 1 | u64::from(*count > 0));
            give(66, parts << 2 | levels >> 4 & 3);
        }
        if here.small {
            give(67, levels);
        }
        let apart = |at: usize| tokens[at].gap == Gap::Line;
        let (mut before, mut after) = (0, 0);
        if at > 0 && !apart(at) {
            let votes = others(at - 1);
            before = votes.levels();
            // Where the neighbour's name always ended elsewhere, it ends here too.
            if votes.parts != [0; 3] {
                give(73, votes.shares_of_parts());
                give(74, votes.shares_of_parts() << 8 | levels);
            }
        }
        if at + 1 < tokens.len() && !apart(at + 1) {
            let votes = others(at + 1);
            after = votes.levels();
            if votes.parts != [0; 3] {
                give(75, votes.shares_of_parts());
                give(76, votes.shares_of_parts() << 8 | levels);
            }
        }
        if before != 0 {
            give(68, before);
        }
        if after != 0 {
            give(69, after);
        }
        if before | after != 0 {
            give(70, before << 16 | levels << 8 | after);
        }
        if at > 0 {
            let votes = both(at - 1);
            if votes.weight() > 0 {
                give(71, votes.levels() << 2 | votes.weight());
            }
        }
        if at + 1 < tokens.len() {
            let votes = both(at);
            if votes.weight() > 0 {
                give(72, votes.levels() << 2 | votes.weight());
            }
        }
    }
}

/// The reading of two neighbours: of the second, if both stand in one name, else outside.
fn joint(first: usize, second: usize) -> usize {
    match (chain::meaning(first), chain::meaning(second)) {
        (Some((_, Part::First | Part::Inner)), Some((_, Part::Inner | Part::Last))) => second,
        _ => OUTSIDE,
    }
}
