//! Sets an article in a column: which bytes of which field stand on which line.
//!
//! Lines are byte ranges, not copies, so that a mention can be found on the lines it stands on
//! however it is broken. The law: the lines of a field, joined, lose only white space.

use std::ops::Range;

use textwrap::core::{Fragment, Word};
use textwrap::word_splitters::split_words;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};
use textwrap::{WordSeparator, WordSplitter};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::entity::{Document, Field};
use crate::pane::reader::hyphen;

/// One line of the column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetLine {
    /// The field the bytes are in.
    pub field: Field,
    /// The bytes on this line; empty on a blank line, where it stands for the place between.
    pub range: Range<usize>,
    /// Whether a hyphen is shown at the end that is not in the text.
    pub hyphen: bool,
}

/// Sets title, standfirst and paragraphs, a blank line before each, in a column so many cells wide.
pub fn typeset(document: &Document<'_>, width: u16, hyphenate: bool) -> Vec<SetLine> {
    let mut lines = Vec::new();
    for field in Field::ALL {
        let text = document.field(field);
        let mut start = 0;
        for paragraph in text.split("\n\n") {
            if !paragraph.is_empty() {
                lines.push(SetLine {
                    field,
                    range: start..start,
                    hyphen: false,
                });
                // No word of a title is divided.
                let hyphenate = hyphenate && field != Field::Title;
                lines.extend(wrap(paragraph, width, hyphenate).into_iter().map(
                    |(range, hyphen)| SetLine {
                        field,
                        range: start + range.start..start + range.end,
                        hyphen,
                    },
                ));
            }
            start += paragraph.len() + 2;
        }
    }
    lines
}

/// Breaks a paragraph into lines by optimal fit: byte ranges without the white space at their ends,
/// and whether a hyphen is to be shown.
pub fn wrap(paragraph: &str, width: u16, hyphenate: bool) -> Vec<(Range<usize>, bool)> {
    let width = usize::from(width.max(1));
    let splitter = if hyphenate {
        WordSplitter::Custom(hyphen::break_points)
    } else {
        WordSplitter::HyphenSplitter
    };
    let words = WordSeparator::new().find_words(paragraph);
    let pieces: Vec<Piece<'_>> = split_words(words, &splitter)
        .flat_map(|word| cut(word, width))
        .collect();
    let widths = [width as f64];
    let lines = wrap_optimal_fit(&pieces, &widths, &Penalties::new())
        .unwrap_or_else(|_overflow| wrap_first_fit(&pieces, &widths));
    // The words follow each other without a gap: each is its letters and the white space after.
    let mut at = 0;
    lines
        .into_iter()
        .map(|line| {
            let start = at;
            at += line
                .iter()
                .map(|piece| piece.letters.len() + piece.whitespace.len())
                .sum::<usize>();
            let tail = line.last().map_or(0, |piece| piece.whitespace.len());
            let hyphen = line.last().is_some_and(|piece| piece.hyphen);
            (start..at - tail, hyphen)
        })
        .collect()
}

/// What is never broken, measured as it is drawn, letter by letter with their marks: textwrap's own
/// words are as wide as the sum of their characters, which an emoji of several is not.
#[derive(Debug)]
struct Piece<'a> {
    letters: &'a str,
    whitespace: &'a str,
    hyphen: bool,
}

impl Fragment for Piece<'_> {
    fn width(&self) -> f64 {
        cells(self.letters) as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.whitespace.width() as f64
    }

    fn penalty_width(&self) -> f64 {
        f64::from(u8::from(self.hyphen))
    }
}

/// The cells a text takes on the screen.
fn cells(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// A word that is wider than a line, cut between letters, a letter with its marks kept whole.
fn cut(word: Word<'_>, width: usize) -> Vec<Piece<'_>> {
    let piece = |letters, is_last| Piece {
        letters,
        whitespace: if is_last { word.whitespace } else { "" },
        hyphen: is_last && !word.penalty.is_empty(),
    };
    let mut pieces = Vec::with_capacity(1);
    let (mut start, mut filled) = (0, 0);
    if cells(word.word) > width {
        for (at, letter) in word.word.grapheme_indices(true) {
            let wide = letter.width();
            if filled > 0 && filled + wide > width {
                pieces.push(piece(&word.word[start..at], false));
                (start, filled) = (at, 0);
            }
            filled += wide;
        }
    }
    pieces.push(piece(&word.word[start..], true));
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn set(paragraph: &str, width: u16) -> Vec<&str> {
        wrap(paragraph, width, false)
            .into_iter()
            .map(|(range, _)| &paragraph[range])
            .collect()
    }

    #[test]
    fn optimal_fit_evens_out_the_lines() {
        // First fit would set "dia ke", "tk", "besar".
        assert_eq!(set("dia ke tk besar", 6), ["dia", "ke tk", "besar"]);
    }

    #[test]
    fn a_word_wider_than_the_column_is_cut() {
        assert_eq!(set("pertanggungjawaban", 8), ["pertangg", "ungjawab", "an"]);
    }

    #[test]
    fn an_emoji_of_several_characters_is_as_wide_as_it_is_shown() {
        assert_eq!(set("a 0\u{fe0f} b", 3), ["a", "0\u{fe0f}", "b"]);
        assert_eq!(set("0\u{fe0f}0\u{fe0f}", 3), ["0\u{fe0f}", "0\u{fe0f}"]);
    }

    #[test]
    fn blank_lines_stand_before_each_part() {
        let document = Document {
            title: Some("Judul"),
            standfirst: None,
            text: "Satu.\n\nDua.",
        };
        let lines = typeset(&document, 40, false);
        let shown: Vec<_> = lines
            .iter()
            .map(|line| &document.field(line.field)[line.range.clone()])
            .collect();
        assert_eq!(shown, ["", "Judul", "", "Satu.", "", "Dua."]);
    }

    proptest! {
        #[test]
        fn wrapping_loses_only_white_space(paragraph in "\\PC{0,200}", width in 1u16..90, hyphenate: bool) {
            let lines = wrap(&paragraph, width, hyphenate);
            let joined: String = lines.iter().map(|(range, _)| &paragraph[range.clone()]).collect();
            let bare = |text: &str| text.chars().filter(|letter| *letter != ' ').collect::<String>();
            prop_assert_eq!(bare(&joined), bare(&paragraph));
        }

        // Scripts whose signs join across white space are measured otherwise by every terminal.
        #[test]
        fn no_line_is_wider_than_the_column(paragraph in "[\\p{Latin}\\p{Han}0-9 .,\"'🙂🇮🇩-]{0,200}", width in 1u16..90, hyphenate: bool) {
            for (range, hyphen) in wrap(&paragraph, width, hyphenate) {
                let line = &paragraph[range];
                // A single letter wider than the column has nowhere else to go.
                let room = usize::from(width).max(2);
                prop_assert!(cells(line) + usize::from(hyphen) <= room || line.graphemes(true).count() <= 1);
            }
        }
    }
}
