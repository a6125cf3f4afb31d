//! The model as it stands in the binary: read in place, nothing is parsed.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | [`MAGIC`] |
//! | 4 x 3 | bytes of the cluster paths, of the lexicon's entries, of the weights |
//! | 4 | score of one step of a weight, `f32` |
//! | 4 x 13 x 16 | [`Transitions`], `f32`, rows by label |
//! | ... | cluster paths, lexicon entries, weights |
//!
//! All numbers are little-endian. The weights are a hash table: entries of [`ENTRY`] bytes, 13 signed
//! weights and 3 bytes of the feature's hash to know it by, found by the hash's high bits and the
//! steps after it. A feature of whose three bytes none fits is not in the model and weighs nothing.

use std::borrow::Cow;

use super::chain::{LABELS, NEVER, Row, Transitions, WIDTH};
use super::hash;
use super::lexicon::Lexicon;

/// What the bytes of a model begin with; the digit is the layout's version.
pub const MAGIC: [u8; 8] = *b"warta-1\n";

/// Bytes of one entry of the weights.
pub const ENTRY: usize = WIDTH;
const HEADER: usize = 8 + 3 * 4 + 4;
const TRANSITIONS: usize = LABELS * WIDTH * 4;

/// Sums of weights, in steps.
pub type Sums = [i16; WIDTH];

/// A model over bytes of the binary or of a trainer.
#[derive(Debug, Clone)]
pub struct Model {
    bytes: Cow<'static, [u8]>,
    paths: usize,
    entries: usize,
    /// Score of one step.
    pub step: f32,
    /// Scores of one label after another.
    pub transitions: Box<Transitions>,
    /// Powers of e of them, for probabilities.
    pub factors: Box<Transitions>,
}

impl Model {
    /// Reads the header. `None` if these are not the bytes of a model of this layout.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>) -> Option<Self> {
        let bytes = bytes.into();
        let number = |at: usize| -> Option<[u8; 4]> { bytes.get(at..at + 4)?.try_into().ok() };
        if bytes.get(..8)? != MAGIC {
            return None;
        }
        let size = |at| number(at).map(|number| u32::from_le_bytes(number) as usize);
        let (paths, entries, weights) = (size(8)?, size(12)?, size(16)?);
        let step = f32::from_le_bytes(number(20)?);
        let mut transitions = Box::new([[NEVER; WIDTH]; LABELS]);
        for (at, score) in transitions.iter_mut().flatten().enumerate() {
            *score = f32::from_le_bytes(number(HEADER + at * 4)?);
        }
        let whole = HEADER + TRANSITIONS + paths + entries + weights;
        (bytes.len() == whole && weights % ENTRY == 0).then_some(Self {
            bytes,
            paths,
            entries,
            step,
            factors: Box::new(transitions.map(|row| row.map(f32::exp))),
            transitions,
        })
    }

    /// The model without a feature: everything is outside any name.
    pub fn empty() -> Self {
        Self {
            bytes: Cow::Borrowed(&[]),
            paths: 0,
            entries: 0,
            step: 0.0,
            transitions: Box::new([[NEVER; WIDTH]; LABELS]),
            factors: Box::new([[0.0; WIDTH]; LABELS]),
        }
    }

    /// Lays a model out. `features` are distinct hashes with their weights in steps.
    pub fn build(
        paths: &[u8],
        entries: &[u8],
        step: f32,
        transitions: &Transitions,
        features: &[(u64, [i8; LABELS])],
    ) -> Vec<u8> {
        // Two thirds full: most features asked for are not there, and are found missing in a few steps.
        let slots = features.len() * 3 / 2 + 1;
        let mut weights = vec![0; slots * ENTRY];
        for (feature, row) in features {
            let mut at = hash::slot(*feature, slots);
            while weights[at * ENTRY + LABELS..(at + 1) * ENTRY] != [0; 3] {
                at = (at + 1) % slots;
            }
            let entry = &mut weights[at * ENTRY..(at + 1) * ENTRY];
            for (byte, weight) in entry.iter_mut().zip(row) {
                *byte = weight.to_le_bytes()[0];
            }
            entry[LABELS..].copy_from_slice(&check(*feature));
        }
        let mut bytes = MAGIC.to_vec();
        for part in [paths.len(), entries.len(), weights.len()] {
            bytes.extend((part as u32).to_le_bytes());
        }
        bytes.extend(step.to_le_bytes());
        bytes.extend(
            transitions
                .iter()
                .flatten()
                .flat_map(|score| score.to_le_bytes()),
        );
        bytes.extend(paths);
        bytes.extend(entries);
        bytes.extend(weights);
        bytes
    }

    /// The word table.
    pub fn lexicon(&self) -> Lexicon<'_> {
        let (paths, rest) = self.tables().split_at(self.paths);
        Lexicon::new(paths, &rest[..self.entries])
    }

    fn tables(&self) -> &[u8] {
        self.bytes.get(HEADER + TRANSITIONS..).unwrap_or_default()
    }

    /// Scores from sums of weights.
    pub fn scores(&self, sums: &Sums) -> Row {
        sums.map(|sum| f32::from(sum) * self.step)
    }

    /// Adds the weights of a feature to `sums`.
    pub fn add(&self, feature: u64, sums: &mut Sums) {
        let (entries, _) = self.tables()[self.paths + self.entries..].as_chunks::<ENTRY>();
        let wanted = check(feature);
        let mut at = hash::slot(feature, entries.len());
        while let Some(entry) = entries.get(at) {
            let known = [entry[LABELS], entry[LABELS + 1], entry[LABELS + 2]];
            if known == wanted {
                for (sum, weight) in sums.iter_mut().zip(&entry[..LABELS]) {
                    *sum = sum.saturating_add(i16::from(weight.cast_signed()));
                }
                return;
            }
            if known == [0; 3] {
                return;
            }
            at = if at + 1 == entries.len() { 0 } else { at + 1 };
        }
    }
}

/// What a feature is known by in its entry: three low bytes of its hash, never all zero.
fn check(feature: u64) -> [u8; 3] {
    let [first, second, third, ..] = feature.to_le_bytes();
    [first, second, third | 1]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_is_built_is_found_again() {
        let features: Vec<_> = (0..200_u64)
            .map(|n| (hash::mix(n), [n as i8; LABELS]))
            .collect();
        let bytes = Model::build(&[], &[], 0.5, &[[1.0; WIDTH]; LABELS], &features);
        let model = Model::new(bytes).unwrap();
        for (feature, row) in features {
            let mut sums = [0; WIDTH];
            model.add(feature, &mut sums);
            assert_eq!(sums[..LABELS], row.map(i16::from));
        }
        let mut sums = [0; WIDTH];
        model.add(hash::mix(1000), &mut sums);
        assert_eq!(sums, [0; WIDTH]);
    }

    #[test]
    fn bytes_cut_short_are_no_model() {
        let bytes = Model::build(&[], &[], 0.5, &[[1.0; WIDTH]; LABELS], &[(7, [1; LABELS])]);
        for length in 0..bytes.len() {
            assert!(Model::new(bytes[..length].to_vec()).is_none());
        }
    }
}
