//! The chain of labels: which may follow which, the best one, and how sure it is.

use std::ops::Range;

/// A kind of name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// One human being.
    Person,
    /// A country, town, street, sea, building.
    Place,
    /// A company, party, ministry, club, newspaper.
    Organisation,
}

impl Kind {
    /// All kinds, in the order of their labels.
    pub const ALL: [Kind; 3] = [Kind::Person, Kind::Place, Kind::Organisation];
}

/// Labels: 0 is outside any name; then for each kind first, inner, last and only word of a name.
pub const LABELS: usize = 13;
/// Labels rounded up, so that rows of scores are whole vectors.
pub const WIDTH: usize = 16;
/// The label of what is no name.
pub const OUTSIDE: usize = 0;

/// Where in its name a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Part {
    /// The first of several.
    First,
    /// Neither first nor last.
    Inner,
    /// The last of several.
    Last,
    /// The only one.
    Only,
}

/// The label of a word in a name.
pub const fn label(kind: Kind, part: Part) -> usize {
    1 + kind as usize * 4 + part as usize
}

/// Kind and part of a label, `None` for [`OUTSIDE`].
pub fn meaning(label: usize) -> Option<(Kind, Part)> {
    let inside = label.checked_sub(1)?;
    let kind = *Kind::ALL.get(inside / 4)?;
    Some((
        kind,
        [Part::First, Part::Inner, Part::Last, Part::Only][inside % 4],
    ))
}

/// May a word labelled `next` follow one labelled `label`?
pub fn may_follow(label: usize, next: usize) -> bool {
    let open = |label| match meaning(label) {
        Some((kind, Part::First | Part::Inner)) => Some(kind),
        _ => None,
    };
    let goes_on = |label| match meaning(label) {
        Some((kind, Part::Inner | Part::Last)) => Some(kind),
        _ => None,
    };
    open(label) == goes_on(next)
}

/// Scores of all labels for one token.
pub type Row = [f32; WIDTH];

/// A score no path can make up for.
pub const NEVER: f32 = -1.0e9;

/// The scores of one label after another, with [`NEVER`] where it may not follow.
pub type Transitions = [Row; LABELS];

/// The best labels for a stretch of tokens between two that are [`OUTSIDE`] (Viterbi 1967).
/// `best` is room for the scores; the labels go to `labels`.
pub fn decode(
    emissions: &[Row],
    transitions: &Transitions,
    best: &mut Vec<Row>,
    labels: &mut Vec<u8>,
) {
    best.clear();
    labels.clear();
    labels.resize(emissions.len(), 0);
    let mut last = [NEVER; WIDTH];
    last[OUTSIDE] = 0.0;
    for emission in emissions {
        let mut next = [NEVER * 2.0; WIDTH];
        for (score, row) in last.iter().zip(transitions) {
            for column in 0..WIDTH {
                next[column] = next[column].max(score + row[column]);
            }
        }
        for column in 0..WIDTH {
            next[column] += emission[column];
        }
        best.push(next);
        last = next;
    }
    // From the end, where the next token is outside, back by the predecessor that gave each best.
    let mut after = OUTSIDE;
    for at in (0..emissions.len()).rev() {
        let mut top = f32::NEG_INFINITY;
        let mut choice = OUTSIDE;
        for candidate in 0..LABELS {
            let score = best[at][candidate] + transitions[candidate][after];
            if score > top {
                top = score;
                choice = candidate;
            }
        }
        labels[at] = choice as u8;
        after = choice;
    }
}

/// The names a chain of labels says: ranges and kinds, in order.
pub fn names(labels: &[u8], mut found: impl FnMut(Range<usize>, Kind)) {
    let mut start = 0;
    for (at, label) in labels.iter().enumerate() {
        match meaning(usize::from(*label)) {
            Some((_, Part::First)) => start = at,
            Some((kind, Part::Last)) => found(start..at + 1, kind),
            Some((kind, Part::Only)) => found(at..at + 1, kind),
            _ => {}
        }
    }
}
