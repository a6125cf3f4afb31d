//! The features of a token, as hashes.
//!
//! [`of_word`] gives those that depend on one word alone, seen from up to two places away; the
//! tagger adds their weights up once per distinct word. [`of_place`] gives those over several words.

use super::hash::pair;
use super::word::{Brief, Word};
use crate::entity::gazetteer::{self, Classes, WordId};
use crate::entity::token::{Case, Gap, Token};

/// How far a word is seen: two to the left, two to the right.
pub const REACH: usize = 2;
/// Places a word is seen from: `REACH` before it, itself, `REACH` after it.
pub const PLACES: usize = 2 * REACH + 1;

/// Tokens that features of a place may look away from it: a whole run of capital words and one more.
pub const HORIZON: usize = 9;

/// Emits the features a word gives to the token `place - REACH` to the left of it: place 0 is the
/// word two to the left of the token, 2 the token itself, 4 the word two to the right.
pub fn of_word(word: &Word, place: usize, emit: &mut impl FnMut(u64)) {
    let brief = &word.brief;
    let mut give = |template: u64, value: u64| emit(pair(template * 8 + place as u64, value));
    give(1, brief.lower);
    give(2, u64::from(brief.outline));
    let (path, length) = word.path;
    if length == 0 {
        give(3, 0);
    } else {
        for bits in [4, 6, 8, 10, 12] {
            if bits < length {
                give(
                    4,
                    u64::from(path & ((1 << bits) - 1)) << 8 | u64::from(bits),
                );
            }
        }
        give(5, u64::from(brief.cluster));
    }
    give(6, u64::from(brief.capitals) << 8 | brief.case as u64);
    if word.usage != 0 {
        give(7, u64::from(word.usage));
        give(8, u64::from(word.usage & 3));
        give(9, u64::from(word.usage >> 2 & 3));
        give(10, u64::from(word.usage >> 4 & 3));
    }
    give(15, brief.classes.bits() << 3 | brief.case as u64);
    for_each_class(brief.classes, |class| give(16, class));
    let distance = place.abs_diff(REACH);
    if distance <= 1 {
        for suffix in word.suffixes[if distance == 0 { 0 } else { 2 }..]
            .iter()
            .flatten()
        {
            give(11, *suffix);
        }
    }
    if distance == 0 {
        for prefix in word.prefixes.iter().flatten() {
            give(12, *prefix);
        }
        give(13, u64::from(word.length) << 8 | brief.case as u64);
        if let (Some(prefix), Some(suffix)) = (word.prefixes[1], word.suffixes[2]) {
            give(14, pair(prefix, suffix));
        }
    }
}

/// The numbers of the classes in a set.
fn for_each_class(classes: Classes, mut give: impl FnMut(u64)) {
    let mut bits = classes.bits();
    while bits != 0 {
        give(u64::from(bits.trailing_zeros()));
        bits &= bits - 1;
    }
}

/// Classes of words after which a name stands or begins.
const CUES: Classes = Classes::OFFICE
    .with(Classes::OCCUPATION)
    .with(Classes::RANK)
    .with(Classes::HONORIFIC)
    .with(Classes::DEGREE)
    .with(Classes::KIN)
    .with(Classes::ORGANISATION_CUE)
    .with(Classes::PLACE_CUE)
    .with(Classes::VENUE_CUE)
    .with(Classes::EVENT_CUE)
    .with(Classes::TEAM_CUE)
    .with(Classes::ORGANISATION)
    .with(Classes::COUNTRY)
    .with(Classes::COUNTRY_ABBREVIATION);

/// A phrase of the closed lists that covers a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cover {
    /// What the phrase is; empty where no phrase of two words or more covers the token.
    pub classes: Classes,
    /// The token is the phrase's first (1), inner (2) or last (3).
    pub part: u8,
}

/// Finds the longest phrases of the closed lists, of two words or more.
pub fn covers(words: &[WordId], covers: &mut Vec<Cover>) {
    covers.clear();
    covers.resize(words.len(), Cover::default());
    let mut at = 0;
    while at < words.len() {
        let longest = if words[at].begins_phrase() {
            gazetteer::phrases(&words[at..])
                .filter(|phrase| phrase.len > 1)
                .last()
        } else {
            None
        };
        let Some(phrase) = longest else {
            at += 1;
            continue;
        };
        for (index, cover) in covers[at..at + phrase.len].iter_mut().enumerate() {
            cover.classes = phrase.classes;
            cover.part = 1 + u8::from(index > 0) + u8::from(index + 1 == phrase.len);
        }
        at += phrase.len;
    }
}

/// Where the words stand: a line of text, its tokens and what is known of each.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The tokens of one field of a document.
    pub tokens: &'a [Token],
    /// One for each token.
    pub briefs: &'a [Brief],
    /// One for each token.
    pub runs: &'a [Run],
    /// One for each token.
    pub covers: &'a [Cover],
}

/// The run of capital words a token stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Run {
    /// Words of the run before this token, at most 7.
    pub before: u8,
    /// Words of the run after this token, at most 7.
    pub after: u8,
    /// The whole line is in capitals (2), or nearly every word has one (1).
    pub style: u8,
}

/// Emits the features over several words for token `at`.
pub fn of_place(line: &Line<'_>, at: usize, emit: &mut impl FnMut(u64)) {
    let Some(here) = line.briefs.get(at) else {
        return;
    };
    let nothing = Brief {
        lower: 0,
        outline: 0,
        cluster: 0,
        case: Case::Mark,
        capitals: 0,
        classes: Classes::NONE,
    };
    // Words of other lines are not seen.
    let brief = |step: isize| -> Brief {
        let Some(index) = at
            .checked_add_signed(step)
            .filter(|index| *index < line.briefs.len())
        else {
            return nothing;
        };
        let between = if step < 0 {
            index + 1..at + 1
        } else {
            at + 1..index + 1
        };
        if line.tokens[between]
            .iter()
            .any(|token| token.gap == Gap::Line)
        {
            return nothing;
        }
        line.briefs[index]
    };
    let (before, after) = (brief(-1), brief(1));
    let (before2, after2) = (brief(-2), brief(2));
    let run = line.runs.get(at).copied().unwrap_or_default();
    let cluster = |brief: &Brief| u64::from(brief.cluster) << 4 | brief.case as u64;
    let mut give = |template: u64, value: u64| emit(pair(template * 8, value));
    give(32, pair(before.lower, here.lower));
    give(33, pair(here.lower, after.lower));
    give(
        34,
        u64::from(before.outline) << 32 | u64::from(here.outline),
    );
    give(35, u64::from(here.outline) << 32 | u64::from(after.outline));
    give(
        36,
        pair(
            u64::from(before.outline) << 32 | u64::from(here.outline),
            u64::from(after.outline),
        ),
    );
    give(37, cluster(&before) << 32 | cluster(here));
    give(38, cluster(here) << 32 | cluster(&after));
    give(39, cluster(&before) << 32 | cluster(&after));
    give(40, pair(before2.lower, before.lower));
    give(41, pair(after.lower, after2.lower));
    give(42, cluster(&before2) << 32 | cluster(&before));
    give(43, cluster(&after) << 32 | cluster(&after2));
    let token = &line.tokens[at];
    let opens = u64::from(token.opens_sentence);
    give(
        44,
        u64::from(run.style) << 16 | opens << 8 | u64::from(here.capitals) << 4 | here.case as u64,
    );
    give(
        45,
        u64::from(run.style) << 16
            | opens << 8
            | u64::from(run.before.min(3)) << 4
            | u64::from(run.after.min(3)),
    );
    if token.gap == Gap::Glued {
        give(46, cluster(&before) << 8 | here.case as u64);
    }
    for step in 0..3 {
        let Some(cover) = (at + step)
            .checked_sub(1)
            .and_then(|other| line.covers.get(other))
        else {
            continue;
        };
        if cover.part != 0 {
            let place = (step as u64) << 2 | u64::from(cover.part);
            for_each_class(cover.classes, |class| give(52, class << 4 | place));
        }
    }
    // The nearest word to the left within the run that says what kind of name follows.
    for step in 1..=usize::from(run.before) {
        let other = at - step;
        let cover = line.covers[other];
        let classes = if cover.part == 0 {
            line.briefs[other].classes
        } else {
            cover.classes
        };
        if classes.any(CUES) {
            let distance = step.min(4) as u64;
            for_each_class(classes, |class| give(53, class << 3 | distance));
            give(54, classes.bits() << 3 | distance);
            give(55, pair(line.briefs[other].lower, distance));
            break;
        }
    }
    if run.before > 0 {
        let outside = brief(-1 - isize::from(run.before));
        let place = u64::from(run.before.min(4));
        give(47, pair(outside.lower, place));
        give(48, cluster(&outside) << 8 | place);
        give(49, cluster(&outside) << 32 | cluster(here));
    }
    if run.after > 0 {
        let outside = brief(1 + isize::from(run.after));
        let place = u64::from(run.after.min(4));
        give(50, pair(outside.lower, place));
        give(51, cluster(&outside) << 8 | place);
    }
}

/// Measures the runs of capital words of a field.
pub fn runs(tokens: &[Token], runs: &mut Vec<Run>) {
    runs.clear();
    runs.resize(tokens.len(), Run::default());
    let mut start = 0;
    while start < tokens.len() {
        let end = (start + 1..tokens.len())
            .find(|at| tokens[*at].gap == Gap::Line)
            .unwrap_or(tokens.len());
        runs_of_line(&tokens[start..end], &mut runs[start..end]);
        start = end;
    }
}

fn runs_of_line(tokens: &[Token], runs: &mut [Run]) {
    let (mut words, mut capital, mut upper) = (0, 0, 0);
    for token in tokens {
        words += usize::from(token.case >= Case::Lower);
        capital += usize::from(token.case.is_capital());
        upper += usize::from(token.case == Case::Upper);
    }
    let style = if words > 3 && upper * 10 > words * 7 {
        2
    } else {
        u8::from(words > 3 && capital * 10 > words * 6)
    };
    let mut before = 0;
    for (at, token) in tokens.iter().enumerate() {
        let goes_on = at > 0 && token.gap != Gap::Line && tokens[at - 1].case.is_capital();
        before = if token.case.is_capital() && goes_on {
            before + 1
        } else {
            0
        };
        runs[at].before = before.min(7);
        runs[at].style = style;
    }
    let mut after = 0;
    for at in (0..tokens.len()).rev() {
        let goes_on = tokens
            .get(at + 1)
            .is_some_and(|next| next.case.is_capital());
        after = if tokens[at].case.is_capital() && goes_on {
            after + 1
        } else {
            0
        };
        runs[at].after = after.min(7);
    }
}
