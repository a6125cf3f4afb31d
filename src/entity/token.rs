//! Text into words and marks, in one pass over the bytes.
//!
//! Every character that is not white space belongs to exactly one token, so the tokens joined with
//! the gaps between them are the text again. A hyphen before a capital parts two words
//! (`Prabowo-Gibran`, `pro-Palestina`), before a small letter or a digit it joins (`Tae-yong`,
//! `kota-kota`, `U-23`), and `-nya` is always parted from its word. An apostrophe between letters
//! joins (`Ja'far`); a full stop joins in initials (`A.S.`), addresses (`detik.com`), numbers and
//! the abbreviations in [`ABBREVIATIONS`].

/// How a token is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Case {
    /// Punctuation or any other sign.
    Mark,
    /// Digits, perhaps with signs among them; no letters.
    Number,
    /// Letters without a capital.
    Lower,
    /// One capital at the start, small letters after it.
    Title,
    /// One capital letter, with or without a full stop.
    Initial,
    /// Two capitals or more, no small letter.
    Upper,
    /// Capitals and small letters in any other order (`KOMPAS.com`, `DeepSeek`, `PLTU-nya`).
    Mixed,
}

impl Case {
    /// True if the token has a capital letter, as every word of a name but a particle has.
    pub fn is_capital(self) -> bool {
        self >= Case::Title
    }
}

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Gap {
    /// Nothing.
    Glued,
    /// White space within a line.
    Space,
    /// At least one line break, or the start of the text.
    Line,
}

/// One word or mark of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte; more than `start`.
    pub end: u32,
    /// How it is written.
    pub case: Case,
    /// What stands before it.
    pub gap: Gap,
    /// True for the first word of a sentence or line, and for marks before it.
    pub opens_sentence: bool,
}

impl Token {
    /// The bytes of the token as it stands in `text`; empty if `text` is not the tokenized one.
    pub fn text<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize)
            .unwrap_or_default()
    }
}

/// Words that keep their full stop when a capital or digit follows it.
pub const ABBREVIATIONS: [&str; 40] = [
    "abd", "alm", "almh", "brigjen", "dr", "dra", "drs", "gen", "gg", "hj", "hlm", "ir", "jend",
    "jl", "jln", "jr", "kab", "kapt", "kec", "kel", "kol", "let", "mayjen", "mhd", "moh", "mohd",
    "mr", "mrs", "ms", "muh", "no", "ny", "prof", "prov", "sdr", "sr", "st", "tgl", "tn", "ust",
];

/// Cuts `text` into tokens. Texts past 4 GiB are read up to there.
pub fn tokenize(text: &str) -> Vec<Token> {
    // News prose has one token in five to six bytes.
    let mut tokens = Vec::with_capacity(text.len() / 5 + 8);
    tokenize_into(text, &mut tokens);
    tokens
}

/// [`tokenize`] into a list that is kept between texts; what it held is dropped.
pub fn tokenize_into(text: &str, tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
    };
    let mut gap = Gap::Line;
    let mut opens = true;
    let mut ended = false;
    while let Some((letter, width)) = reader.peek() {
        if letter.is_whitespace() {
            let line = matches!(letter, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
            gap = gap.max(if line { Gap::Line } else { Gap::Space });
            reader.at += width;
            continue;
        }
        let start = reader.at;
        let case = if is_word(letter) {
            reader.word()
        } else {
            reader.marks(letter, width);
            Case::Mark
        };
        let Ok(end) = u32::try_from(reader.at) else {
            return;
        };
        // A quotation mark or bracket neither ends a sentence nor keeps one from opening.
        let quotes = matches!(letter, '"' | '\'' | '”' | '’' | '“' | '‘' | ')' | '(');
        if gap == Gap::Line || (ended && gap == Gap::Space && (case > Case::Lower || quotes)) {
            opens = true;
        }
        tokens.push(Token {
            start: start as u32,
            end,
            case,
            gap,
            opens_sentence: opens,
        });
        if case != Case::Mark {
            opens = false;
            ended = false;
        } else if !quotes {
            ended = matches!(letter, '.' | '!' | '?' | '…');
        }
        gap = Gap::Glued;
    }
}

/// What the bytes of ASCII are, so that plain text needs no decoding.
const OTHER: u8 = 0;
const DIGIT: u8 = 1;
const SMALL: u8 = 2;
const CAPITAL: u8 = 3;
const CLASSES: [u8; 128] = {
    let mut table = [OTHER; 128];
    let mut byte = 0;
    while byte < 128 {
        let letter = byte as u8;
        table[byte] = if letter.is_ascii_digit() {
            DIGIT
        } else if letter.is_ascii_lowercase() || letter == b'_' {
            SMALL
        } else if letter.is_ascii_uppercase() {
            CAPITAL
        } else {
            OTHER
        };
        byte += 1;
    }
    table
};

fn class(letter: char) -> u8 {
    if letter.is_ascii() {
        CLASSES[letter as usize]
    } else if letter.is_uppercase() {
        CAPITAL
    } else if letter.is_numeric() {
        DIGIT
    } else if letter.is_alphabetic() || is_combining(letter) {
        SMALL
    } else {
        OTHER
    }
}

/// Accents written as characters of their own belong to the letter before them.
fn is_combining(letter: char) -> bool {
    matches!(
        letter,
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe0f}'
    )
}

fn is_word(letter: char) -> bool {
    class(letter) != OTHER
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn char_at(&self, at: usize) -> Option<(char, usize)> {
        let byte = *self.bytes.get(at)?;
        if byte < 128 {
            return Some((byte as char, 1));
        }
        let letter = self.text.get(at..)?.chars().next()?;
        Some((letter, letter.len_utf8()))
    }

    fn peek(&self) -> Option<(char, usize)> {
        self.char_at(self.at)
    }

    fn class_at(&self, at: usize) -> u8 {
        self.char_at(at).map_or(OTHER, |(letter, _)| class(letter))
    }

    /// Takes a mark, and with it all marks of the same kind glued to it ("...", "--").
    fn marks(&mut self, first: char, width: usize) {
        self.at += width;
        if matches!(first, '.' | '-' | '!' | '?' | '*' | '=' | '_') {
            while self.bytes.get(self.at) == Some(&(first as u8)) {
                self.at += 1;
            }
        }
    }

    /// Takes a word and says how it is written.
    fn word(&mut self) -> Case {
        let start = self.at;
        // Where the letters since the last full stop within the word began.
        let mut part = start;
        let mut counts = [0_u32; 4];
        let mut first = OTHER;
        let mut dotted = false;
        while let Some((letter, width)) = self.peek() {
            let kind = class(letter);
            if kind != OTHER {
                if first == OTHER {
                    first = kind;
                }
                counts[kind as usize] += 1;
                self.at += width;
                continue;
            }
            let next_at = self.at + width;
            let next = self.class_at(next_at);
            match letter {
                '\'' | '’' | '‘' | '`' if next >= SMALL => self.at = next_at,
                '-' | '‐' | '‑' if matches!(next, SMALL | DIGIT) && !self.is_nya(next_at) => {
                    self.at = next_at;
                }
                ',' | '/' | ':' | '.'
                    if next == DIGIT && self.bytes[self.at - 1].is_ascii_digit() =>
                {
                    self.at = next_at;
                }
                '&' if next == CAPITAL && self.at - start <= 2 && first == CAPITAL => {
                    self.at = next_at;
                }
                '.' if next >= SMALL => {
                    let short = self.at - part <= 2 && first == CAPITAL;
                    if !(short || (next == SMALL && counts[DIGIT as usize] == 0)) {
                        break;
                    }
                    dotted = true;
                    self.at = next_at;
                    part = next_at;
                }
                '.' if self.keeps_stop(start, part, dotted, next_at) => {
                    self.at = next_at;
                    break;
                }
                _ => break,
            }
        }
        let [_, digits, small, capitals] = counts;
        match (capitals, small) {
            (0, 0) if digits > 0 => Case::Number,
            (0, _) => Case::Lower,
            (1, 0) if digits == 0 => Case::Initial,
            (1, _) if first == CAPITAL && small > 0 => Case::Title,
            (_, 0) => Case::Upper,
            _ => Case::Mixed,
        }
    }

    /// Is what follows the hyphen just "nya"?
    fn is_nya(&self, at: usize) -> bool {
        self.bytes.get(at..at + 3) == Some(b"nya") && self.class_at(at + 3) == OTHER
    }

    /// Does the full stop at the reader's place, which ends the letters of the word, belong to it?
    fn keeps_stop(&self, start: usize, part: usize, dotted: bool, next_at: usize) -> bool {
        let word = &self.bytes[start..self.at];
        let single = self.at - part == 1 && self.bytes[part].is_ascii_uppercase();
        if single && dotted {
            return true;
        }
        let spaced = self.bytes.get(next_at) == Some(&b' ')
            && matches!(self.class_at(next_at + 1), CAPITAL | DIGIT);
        if !spaced {
            return false;
        }
        if single {
            return start == part;
        }
        let mut lower = [0_u8; 8];
        let Some(slot) = lower.get_mut(..word.len()) else {
            return false;
        };
        slot.copy_from_slice(word);
        slot.make_ascii_lowercase();
        std::str::from_utf8(slot).is_ok_and(|word| ABBREVIATIONS.binary_search(&word).is_ok())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        tokenize(text)
            .iter()
            .map(|token| token.text(text))
            .collect()
    }

    #[test]
    fn hyphens_part_before_capitals_only() {
        assert_eq!(words("Prabowo-Gibran"), ["Prabowo", "-", "Gibran"]);
        assert_eq!(words("pro-Palestina"), ["pro", "-", "Palestina"]);
        assert_eq!(
            words("Shin Tae-yong, kota-kota"),
            ["Shin", "Tae-yong", ",", "kota-kota"]
        );
        assert_eq!(words("timnas U-23, ke-2"), ["timnas", "U-23", ",", "ke-2"]);
        assert_eq!(words("SIM-nya"), ["SIM", "-", "nya"]);
    }

    #[test]
    fn full_stops_stay_in_initials_addresses_and_abbreviations() {
        assert_eq!(words("A.S. Hikam, S.H."), ["A.S.", "Hikam", ",", "S.H."]);
        assert_eq!(words("H. Muh. Amin"), ["H.", "Muh.", "Amin"]);
        assert_eq!(
            words("detik.com dan M.Si."),
            ["detik.com", "dan", "M.Si", "."]
        );
        assert_eq!(words("Rp 1.500,50."), ["Rp", "1.500,50", "."]);
        assert_eq!(words("pulang.Besok"), ["pulang", ".", "Besok"]);
        assert_eq!(words("ke AS. Presiden"), ["ke", "AS", ".", "Presiden"]);
    }

    #[test]
    fn apostrophes_join_letters_and_quote_words() {
        assert_eq!(
            words("Ja'far Ma’ruf 'Amin'"),
            ["Ja'far", "Ma’ruf", "'", "Amin", "'"]
        );
    }

    #[test]
    fn sentences_open_after_a_stop_and_at_lines() {
        let text = "Ia pulang. \"Besok,\" katanya.\nLalu tidur";
        let opening: Vec<_> = tokenize(text)
            .iter()
            .filter(|token| token.opens_sentence)
            .map(|token| token.text(text))
            .collect();
        assert_eq!(opening, ["Ia", "\"", "Besok", "Lalu"]);
    }

    #[test]
    fn the_abbreviations_are_in_order_for_the_search() {
        assert!(ABBREVIATIONS.is_sorted());
    }

    proptest! {
        #[test]
        fn tokens_and_gaps_are_the_text(text in "\\PC*|[a-zA-Z0-9 .,'’\\-/&\n]*") {
            let mut at = 0;
            for token in tokenize(&text) {
                prop_assert!(token.start < token.end);
                let gap = text.get(at..token.start as usize).unwrap();
                prop_assert!(gap.chars().all(char::is_whitespace));
                prop_assert_eq!(gap.is_empty(), token.gap == Gap::Glued && at > 0 || gap.is_empty());
                prop_assert!(!token.text(&text).contains(char::is_whitespace));
                prop_assert!(!token.text(&text).is_empty());
                at = token.end as usize;
            }
            prop_assert!(text.get(at..).unwrap().chars().all(char::is_whitespace));
        }
    }
}
