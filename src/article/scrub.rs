//! The one place where control characters die.
//!
//! Every text, file name and address that enters the program goes through [`scrub`] or
//! [`scrub_line`]; nothing behind them needs to think about escape sequences again.
//! What goes: terminal sequences (ECMA-48: CSI, OSC, DCS, APC, PM, SOS, two-character escapes),
//! C0 and C1 controls, bidirectional controls (the reason: CVE-2021-42574, "Trojan Source"),
//! invisible format characters, tags, noncharacters, private use, and combining marks past the
//! fourth on one base.
//! What stays is every visible character, in order.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// Marks allowed on one base. Hebrew with points and accents and decomposed Vietnamese need
/// three; Thai, Tibetan and Javanese need at most four.
const MARKS_ON_ONE_BASE: usize = 4;

/// `text` without anything that could steer a terminal or hide from the eye.
///
/// Tabs and all kinds of space become a plain space; carriage returns, form feeds and the Unicode
/// separators of lines and paragraphs become `\n`. Idempotent, and free where nothing is wrong.
pub fn scrub(text: &str) -> Cow<'_, str> {
    // Most text is ASCII, and a block of it is seen through at once.
    let is_plain_ascii = |block: &[u8]| {
        let plain = |plain, byte: &u8| plain & matches!(byte, b' '..=b'~' | b'\n');
        block.iter().fold(true, plain)
    };
    if text.as_bytes().chunks(64).all(is_plain_ascii) || text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut output = Output {
        text: String::with_capacity(text.len()),
        ..Output::default()
    };
    let mut strings = Strings::default();
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        match character {
            '\u{1b}' => rest = after_escape(rest, &mut strings),
            '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => rest = strings.after(rest),
            '\u{9b}' => rest = after_control_sequence(rest),
            '\r' => {
                rest = rest.strip_prefix('\n').unwrap_or(rest);
                output.push('\n');
            }
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => output.push('\n'),
            // Quotes and dashes of windows-1252 that a careless converter left as C1 controls.
            '\u{91}' => output.push('‘'),
            '\u{92}' => output.push('’'),
            '\u{93}' => output.push('“'),
            '\u{94}' => output.push('”'),
            '\u{96}' => output.push('–'),
            '\u{97}' => output.push('—'),
            '\u{200c}' | '\u{200d}' => output.join(character),
            _ if is_space(character) => output.push(' '),
            _ if is_dropped(character) => {}
            _ => output.push(character),
        }
    }
    Cow::Owned(output.text)
}

/// [`scrub`] for what must stay on one line: titles, file names, addresses.
///
/// Line breaks become spaces, runs of spaces one space, and the ends are trimmed.
pub fn scrub_line(text: &str) -> String {
    let scrubbed = scrub(text);
    let bytes = scrubbed.as_bytes();
    let is_line = !scrubbed.starts_with(' ')
        && !scrubbed.ends_with(' ')
        && memchr::memchr(b'\n', bytes).is_none()
        && memchr::memmem::find(bytes, b"  ").is_none();
    if is_line {
        return scrubbed.into_owned();
    }
    let mut line = String::with_capacity(scrubbed.len());
    for word in scrubbed.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

#[derive(Default)]
struct Output {
    text: String,
    /// The last character written.
    last: Option<char>,
    marks: usize,
    /// A joiner that is written only if the character after it wants to be joined.
    joiner: Option<char>,
}

impl Output {
    fn push(&mut self, character: char) {
        if is_mark(character) {
            // A mark at the start of a line has no base; it would sit on whatever stands before.
            if matches!(self.last, None | Some('\n')) || self.marks == MARKS_ON_ONE_BASE {
                return;
            }
            self.marks += 1;
        } else {
            self.marks = 0;
        }
        if let Some(joiner) = self.joiner.take()
            && self.last.is_some_and(|last| joins(last, character))
        {
            self.text.push(joiner);
        }
        self.text.push(character);
        self.last = Some(character);
    }

    fn join(&mut self, joiner: char) {
        self.joiner = Some(joiner);
    }
}

/// True where a whole text of such characters can be handed back untouched.
fn is_plain(character: char) -> bool {
    matches!(character,
        ' '..='~' | '\n' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20bf}')
}

fn is_space(character: char) -> bool {
    matches!(
        character,
        '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

fn is_dropped(character: char) -> bool {
    character.is_control()
        || u32::from(character) & 0xfffe == 0xfffe
        || matches!(character,
            // Soft hyphen, Arabic letter mark, fillers, Mongolian separator.
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{3164}' | '\u{ffa0}'
            // Zero width, direction marks, overrides, isolates, invisible operators.
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            // Variation selectors other than those of text and emoji; they can carry hidden data.
            | '\u{fe00}'..='\u{fe0d}' | '\u{e0100}'..='\u{e01ef}'
            | '\u{feff}' | '\u{fff0}'..='\u{fffc}' | '\u{fdd0}'..='\u{fdef}'
            // Shorthand and musical format characters, tags.
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}'
            // Private use: glyphs of some page's icon font, meaningless here.
            | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

fn is_mark(character: char) -> bool {
    !character.is_ascii() && character.width() == Some(0)
}

/// Whether a joiner between the two does something: emoji, or scripts whose letters it shapes.
fn joins(left: char, right: char) -> bool {
    (is_pictorial(left) && is_pictorial(right)) || (is_shaped(left) && is_shaped(right))
}

fn is_pictorial(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// Arabic, the scripts of India, Burmese, Khmer, Balinese, Sundanese, Javanese.
fn is_shaped(character: char) -> bool {
    matches!(character,
        '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}' | '\u{1b00}'..='\u{1bbf}' | '\u{a980}'..='\u{a9df}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
}

/// After ESC: past the rest of the sequence, or past nothing if it is not a known one.
fn after_escape<'a>(rest: &'a str, strings: &mut Strings) -> &'a str {
    let is_final = |c: char| matches!(c, '0'..='~');
    match rest.chars().next() {
        Some('[') => after_control_sequence(&rest[1..]),
        Some(']' | 'P' | 'X' | '^' | '_') => strings.after(&rest[1..]),
        // Intermediates and a final byte: designation of character sets and the like.
        Some(' '..='/') => {
            let after = rest.trim_start_matches(|c| matches!(c, ' '..='/'));
            after.strip_prefix(is_final).unwrap_or(rest)
        }
        Some('0'..='~') => &rest[1..],
        _ => rest,
    }
}

/// After CSI: parameters, intermediates, one final byte. A broken one loses only what was read.
fn after_control_sequence(rest: &str) -> &str {
    let rest = rest.trim_start_matches(|c| matches!(c, '0'..='?'));
    let rest = rest.trim_start_matches(|c| matches!(c, ' '..='/'));
    rest.strip_prefix(|c| matches!(c, '@'..='~'))
        .unwrap_or(rest)
}

/// Control strings: OSC, DCS, APC, PM and SOS.
#[derive(Default)]
struct Strings {
    /// Length of the rest of the text where the last search for an end gave up. Up to there, no
    /// string ends; without this a text of nothing but openings would be searched over and over.
    barren: Option<usize>,
}

impl Strings {
    /// Past the end of the string on the same line. Without an end only the opening goes, for the
    /// words after it may be the article.
    fn after<'a>(&mut self, rest: &'a str) -> &'a str {
        if self.barren.is_some_and(|barren| rest.len() >= barren) {
            return rest;
        }
        for (at, character) in rest.char_indices() {
            let after = &rest[at + character.len_utf8()..];
            match character {
                '\u{7}' | '\u{9c}' => return after,
                '\u{1b}' if after.starts_with('\\') => return &after[1..],
                '\n' => {
                    self.barren = Some(after.len());
                    return rest;
                }
                _ => {}
            }
        }
        self.barren = Some(0);
        rest
    }
}
