//! The word table of the model: what the unlabelled text has shown of each word.
//!
//! A flat table in the model's bytes, read in place: `slots` entries of [`ENTRY`] bytes, found by
//! the high bits of the word's hash and the steps after it, checked by its low 32 bits.
//! Before it stand the paths of the clusters.

use super::hash;

/// Bytes of one entry: check (4), cluster (2), capitals (1), usage (1).
pub const ENTRY: usize = 8;

/// What the unlabelled text has shown of a word; all zero where it was not seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Number of its cluster, from 1.
    pub cluster: u16,
    /// How often it has a capital within sentences: 1 (hardly ever) to 5 (always).
    pub capitals: u8,
    /// Which kinds of names it was part of.
    pub usage: u8,
}

/// The table, over borrowed bytes.
#[derive(Debug, Clone, Copy)]
pub struct Lexicon<'a> {
    paths: &'a [u8],
    entries: &'a [u8],
}

impl<'a> Lexicon<'a> {
    /// Over the paths (5 bytes for each cluster: bits, length) and the entries.
    pub fn new(paths: &'a [u8], entries: &'a [u8]) -> Self {
        Self { paths, entries }
    }

    /// What was seen of the word with this hash.
    pub fn get(&self, word: u64) -> Seen {
        let slots = self.entries.len() / ENTRY;
        let mut at = hash::slot(word, slots);
        for _ in 0..slots {
            let Some(entry) = self.entries.get(at * ENTRY..(at + 1) * ENTRY) else {
                break;
            };
            let check = u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]]);
            if entry[4..8] == [0; 4] {
                break;
            }
            if check == word as u32 {
                return Seen {
                    cluster: u16::from_le_bytes([entry[4], entry[5]]),
                    capitals: entry[6],
                    usage: entry[7],
                };
            }
            at = if at + 1 == slots { 0 } else { at + 1 };
        }
        Seen::default()
    }

    /// The way from the root of the tree of clusters: bits, and how many of them.
    pub fn path(&self, cluster: u16) -> (u32, u8) {
        let at = usize::from(cluster) * 5;
        match self.paths.get(at..at + 5) {
            Some(bytes) => (
                u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]),
                bytes[4],
            ),
            None => (0, 0),
        }
    }
}

/// Builds the bytes of the entries. Words with the same hash are one word.
pub fn build(words: &[(u64, Seen)]) -> Vec<u8> {
    let slots = words.len() * 3 / 2 + 1;
    let mut bytes = vec![0; slots * ENTRY];
    for (word, seen) in words {
        if *seen == Seen::default() {
            continue;
        }
        let mut at = hash::slot(*word, slots);
        while bytes[at * ENTRY + 4..(at + 1) * ENTRY] != [0; 4] {
            at = (at + 1) % slots;
        }
        let entry = &mut bytes[at * ENTRY..(at + 1) * ENTRY];
        entry[..4].copy_from_slice(&(*word as u32).to_le_bytes());
        entry[4..6].copy_from_slice(&seen.cluster.to_le_bytes());
        entry[6] = seen.capitals;
        entry[7] = seen.usage;
    }
    bytes
}
