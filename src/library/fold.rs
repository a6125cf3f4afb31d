//! Words as the search compares them: without case, accents or punctuation.
//!
//! The same folding makes the index, reads queries, keys the names of people and finds the hits
//! to be marked in a snippet, so none of them can disagree with another.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// The longest folded word that is kept, in bytes. What is longer is not a word but some code.
const LONGEST: usize = 64;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its first byte in the text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The word, folded; never empty, only letters and digits.
    pub folded: String,
}

/// The words of a text in reading order.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut folded = String::new();
    let mut previous = ' ';
    for (at, c) in text.char_indices() {
        if joins(previous, c, &text[at..]) {
            continue;
        }
        let before = folded.len();
        let inside = push_folded(&mut folded, c);
        if before == 0 && !folded.is_empty() {
            start = at;
        }
        if !inside && !folded.is_empty() {
            words.push(word(start, at, &mut folded));
        }
        previous = c;
    }
    if !folded.is_empty() {
        words.push(word(start, text.len(), &mut folded));
    }
    words
}

/// Adds the folded words of a text to `out`, each followed by one blank.
pub fn fold_into(out: &mut String, text: &str) {
    out.reserve(text.len());
    let mut length = 0;
    let mut previous = ' ';
    for (at, c) in text.char_indices() {
        if joins(previous, c, &text[at..]) {
            continue;
        }
        let before = out.len();
        let inside = if c.is_ascii() {
            // Most of any Indonesian text.
            if c.is_ascii_alphanumeric() {
                out.push(c.to_ascii_lowercase());
                true
            } else {
                false
            }
        } else {
            push_folded(out, c)
        };
        length += out.len() - before;
        if length > LONGEST {
            out.truncate(boundary(out, out.len() - length + LONGEST));
            length = LONGEST;
        }
        if !inside && length > 0 {
            out.push(' ');
            length = 0;
        }
        previous = c;
    }
    if length > 0 {
        out.push(' ');
    }
}

/// The folded words of a short text with one blank between them: the key of a name.
pub fn key(text: &str) -> String {
    let mut key = String::new();
    fold_into(&mut key, text);
    key.truncate(key.trim_end().len());
    key
}

fn word(start: usize, end: usize, folded: &mut String) -> Word {
    folded.truncate(boundary(folded, LONGEST));
    Word {
        start,
        end,
        folded: std::mem::take(folded),
    }
}

fn boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

/// An apostrophe within a word ("Jum'at", "Ma'ruf") is left out, so that both spellings meet.
fn joins(previous: char, c: char, rest: &str) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02BC}')
        && previous.is_alphabetic()
        && rest[c.len_utf8()..]
            .chars()
            .next()
            .is_some_and(char::is_alphabetic)
}

/// Adds the folded form of a character; false where it ends the word.
fn push_folded(out: &mut String, c: char) -> bool {
    let mut inside = is_combining_mark(c);
    decompose_canonical(c, |part| {
        if part.is_alphanumeric() && !is_combining_mark(part) {
            inside = true;
            out.extend(part.to_lowercase().filter(|l| l.is_alphanumeric()));
        }
    });
    inside
}

#[cfg(test)]
mod tests {
    use super::{fold_into, key, words};
    use proptest::prelude::*;

    #[test]
    fn case_accents_and_apostrophes_go() {
        for (text, expected) in [
            ("Choe Son-hui", "choe son hui"),
            ("Jum'at, 27/10", "jumat 27 10"),
            ("Ma\u{2019}ruf 'Amin'", "maruf amin"),
            ("Erdoğan Müller São Nguyễn", "erdogan muller sao nguyen"),
            ("  —  ", ""),
            ("İ e\u{301}", "i e"),
        ] {
            assert_eq!(key(text), expected, "{text}");
        }
    }

    #[test]
    fn words_know_where_they_stand() {
        let text = "“Jum'at” é.";
        let found: Vec<_> = words(text).iter().map(|w| &text[w.start..w.end]).collect();
        assert_eq!(found, ["Jum'at", "é"]);
    }

    #[test]
    fn endless_words_are_cut() {
        assert_eq!(key(&"é".repeat(500)).len(), 64);
    }

    proptest! {
        #[test]
        fn both_ways_of_folding_agree(text in ".{0,80}") {
            let joined: Vec<_> = words(&text).into_iter().map(|w| w.folded).collect();
            prop_assert_eq!(joined.join(" "), key(&text));
        }

        #[test]
        fn words_stand_in_order_on_boundaries(text in "\\PC{0,60}") {
            let mut last = 0;
            for word in words(&text) {
                prop_assert!(word.start >= last && word.end > word.start);
                prop_assert!(text.get(word.start..word.end).is_some());
                prop_assert!(word.folded.chars().all(char::is_alphanumeric));
                last = word.end;
            }
        }

        #[test]
        fn what_is_folded_folds_to_itself(text in ".{0,60}") {
            let mut once = String::new();
            fold_into(&mut once, &text);
            let mut twice = String::new();
            fold_into(&mut twice, &once);
            prop_assert_eq!(once, twice);
        }
    }
}
