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

/// Sums over all paths through a stretch of tokens (forward and backward, Rabiner 1989), scaled so
/// that they stay near 1.
#[derive(Debug, Default)]
pub struct Lattice {
    /// What each label of each token multiplies a path by.
    pub factors: Vec<Row>,
    /// The share of all paths up to a token that end in each label.
    pub forward: Vec<Row>,
    /// What the paths from a label to the end make of that share: forward times backward is the
    /// probability of the label.
    pub backward: Vec<Row>,
}

impl Lattice {
    /// Fills the lattice; `table` holds powers of e of [`Transitions`], `allowed` the labels each
    /// token may have, as bits. Gives the logarithm of the sum over all paths, `None` if no path
    /// is left.
    pub fn sweep(
        &mut self,
        emissions: &[Row],
        table: &Transitions,
        allowed: Option<&[u16]>,
    ) -> Option<f64> {
        self.factors.clear();
        self.forward.clear();
        let mut log = 0.0;
        let mut last = [0.0; WIDTH];
        last[OUTSIDE] = 1.0;
        for (at, emission) in emissions.iter().enumerate() {
            let allowed = allowed.map_or(u16::MAX, |allowed| allowed[at]);
            let top = emission[..LABELS]
                .iter()
                .copied()
                .fold(f32::NEG_INFINITY, f32::max);
            let mut factor = [0.0; WIDTH];
            for column in 0..LABELS {
                if allowed >> column & 1 == 1 {
                    factor[column] = (emission[column] - top).max(-80.0).exp();
                }
            }
            let mut next = step(&last, table);
            let mut total = 0.0;
            for column in 0..WIDTH {
                next[column] *= factor[column];
                total += next[column];
            }
            if total.is_nan() || total < 1.0e-37 {
                return None;
            }
            for column in 0..WIDTH {
                next[column] /= total;
                factor[column] /= total;
            }
            log += f64::from(top) + f64::from(total).ln();
            self.forward.push(next);
            self.factors.push(factor);
            last = next;
        }
        let end: f32 = last
            .iter()
            .zip(table)
            .map(|(share, row)| share * row[OUTSIDE])
            .sum();
        if end.is_nan() || end < 1.0e-37 {
            return None;
        }
        self.backward.clear();
        self.backward.resize(emissions.len(), [0.0; WIDTH]);
        let mut backward = [0.0; WIDTH];
        for (value, row) in backward.iter_mut().zip(table) {
            *value = row[OUTSIDE] / end;
        }
        for at in (0..emissions.len()).rev() {
            self.backward[at] = backward;
            let mut here = [0.0; WIDTH];
            for column in 0..WIDTH {
                here[column] = self.factors[at][column] * backward[column];
            }
            let mut previous = [0.0; WIDTH];
            for (value, row) in previous.iter_mut().zip(table) {
                for column in 0..WIDTH {
                    *value += row[column] * here[column];
                }
            }
            backward = previous;
        }
        Some(log + f64::from(end).ln())
    }

    /// The probability of some labels from token `start` on, after [`Lattice::sweep`].
    pub fn probability(&self, table: &Transitions, start: usize, labels: &[u8]) -> f32 {
        let mut share = match start.checked_sub(1) {
            Some(before) => step(&self.forward[before], table),
            None => table[OUTSIDE],
        };
        let mut last = None;
        let mut product = 1.0;
        for (at, label) in (start..).zip(labels) {
            let label = usize::from(*label);
            if let Some(last) = last {
                share = table[last as usize];
            }
            product *= share[label] * self.factors[at][label];
            last = Some(label as u8);
            if at + 1 == start + labels.len() {
                product *= self.backward[at][label];
            }
        }
        product.clamp(0.0, 1.0)
    }
}

/// What comes to each label from the shares of the labels before.
fn step(shares: &Row, table: &Transitions) -> Row {
    let mut next = [0.0; WIDTH];
    for (share, row) in shares.iter().zip(table) {
        for column in 0..WIDTH {
            next[column] += share * row[column];
        }
    }
    next
}
