//! What can be said of one word without its neighbours.

use super::hash;
use super::lexicon::Lexicon;
use crate::entity::gazetteer::Classes;
use crate::entity::token::Case;

/// The few facts about a word that features over several words are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brief {
    /// Hash of the word in small letters.
    pub lower: u64,
    /// Hash of the word's outline: `Xx` for "Kompas", `X.X.` for "A.S.", `Xx-x` for "Tae-yong".
    pub outline: u32,
    /// The word's cluster in the unlabelled text, 0 where it is unknown.
    pub cluster: u16,
    /// How it is written.
    pub case: Case,
    /// What the closed lists say of the word alone.
    pub classes: Classes,
    /// How often the word has a capital within sentences of the unlabelled text: 1 (hardly ever)
    /// to 5 (always), 0 where it was not seen.
    pub capitals: u8,
}

/// All that is known of one word.
#[derive(Debug, Clone)]
pub struct Word {
    /// See [`Brief`].
    pub brief: Brief,
    /// Hashes of the first one to four letters, in small letters; fewer in a short word.
    pub prefixes: [Option<u64>; 4],
    /// Hashes of the last one to four letters, in small letters; fewer in a short word.
    pub suffixes: [Option<u64>; 4],
    /// The path of the cluster in the tree of clusters: bits from the root, and how many.
    pub path: (u32, u8),
    /// What names the word was part of in the unlabelled text; see [`Lexicon`].
    pub usage: u8,
    /// Letters of the word, at most 15.
    pub length: u8,
}

impl Word {
    /// Looks at one word.
    pub fn new(text: &str, case: Case, classes: Classes, lexicon: &Lexicon<'_>) -> Self {
        let lower = text.to_lowercase();
        let lower_hash = hash::bytes(lower.as_bytes());
        let exact = lexicon.get(hash::bytes(text.as_bytes()));
        let small = lexicon.get(lower_hash);
        let known = exact
            .cluster
            .max(if exact.cluster == 0 { small.cluster } else { 0 });
        let cluster = if known == 0 && case == Case::Upper {
            lexicon
                .get(hash::bytes(title_case(&lower).as_bytes()))
                .cluster
        } else {
            known
        };
        let mut prefixes = [None; 4];
        for (prefix, (at, letter)) in prefixes.iter_mut().zip(lower.char_indices()) {
            *prefix = Some(hash::bytes(&lower.as_bytes()[..at + letter.len_utf8()]));
        }
        let mut suffixes = [None; 4];
        for (suffix, (at, _)) in suffixes.iter_mut().zip(lower.char_indices().rev()) {
            *suffix = Some(hash::bytes(&lower.as_bytes()[at..]));
        }
        Self {
            brief: Brief {
                lower: lower_hash,
                outline: outline(text),
                cluster,
                case,
                classes,
                capitals: small.capitals,
            },
            prefixes,
            suffixes,
            path: lexicon.path(cluster),
            usage: exact.usage,
            length: lower.chars().take(15).count() as u8,
        }
    }
}

/// The word with its first letter a capital.
pub fn title_case(lower: &str) -> String {
    let mut letters = lower.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The hash of the word with every run of capitals, small letters, digits replaced by one sign.
fn outline(text: &str) -> u32 {
    let mut state = 0;
    let mut last = '\0';
    for letter in text.chars() {
        let sign = if letter.is_uppercase() {
            'X'
        } else if letter.is_numeric() {
            '0'
        } else if letter.is_alphabetic() {
            'x'
        } else {
            letter
        };
        if sign != last {
            state = hash::pair(state, u64::from(u32::from(sign)));
            last = sign;
        }
    }
    (state >> 32) as u32
}
