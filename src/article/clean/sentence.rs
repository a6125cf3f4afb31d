//! Where sentences end, and how a wall of text is broken into paragraphs.

use std::ops::Range;

use super::words::WordList;

/// A paragraph longer than this, in bytes, is a wall. Newspapers print 200 to 500.
const WALL: usize = 900;

/// Sentences are gathered until a paragraph has this many bytes.
const ENOUGH: usize = 280;

/// Short forms whose point ends no sentence. One-letter forms need no entry.
const SHORT: WordList = WordList(
    "dr drs dra prof ir hj kh tgk tn ny nn sdr sdri bpk yth jl jln gg no nos tlp telp kec \
     kab kel des prov st mr mrs ms jr sr rm ust kol letkol mayjen brigjen jend vs hlm tgl \
     pt cv spd",
);

/// The sentences of a paragraph. Joined they are the paragraph but for the space between them.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut rest = text.char_indices().peekable();
    while let Some((at, character)) = rest.next() {
        let end = match character {
            super::CUT => {
                push(&mut sentences, text, start..at);
                start = at;
                continue;
            }
            '.' | '!' | '?' | '…' => {
                while rest.next_if(|(_, c)| is_ending(*c)).is_some() {}
                rest.peek().map_or(text.len(), |(at, _)| *at)
            }
            _ => continue,
        };
        if ends_sentence(&text[start..at], character, &text[at..end], &text[end..]) {
            push(&mut sentences, text, start..end);
            start = end;
        }
    }
    push(&mut sentences, text, start..text.len());
    sentences
}

fn push(sentences: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let piece = &text[range.clone()];
    let from = range.start + (piece.len() - piece.trim_start().len());
    let to = range.start + piece.trim_end().len();
    if from < to {
        sentences.push(from..to);
    }
}

/// Marks that close a sentence after its point.
fn is_ending(character: char) -> bool {
    matches!(
        character,
        '.' | '!' | '?' | '…' | '"' | '”' | '’' | '\'' | ')' | ']'
    )
}

fn ends_sentence(before: &str, mark: char, closing: &str, after: &str) -> bool {
    let follows = after.trim_start();
    if follows.is_empty() || follows.starts_with(super::CUT) {
        return true;
    }
    if follows.len() == after.len() {
        return false; // No space: a number, an address, "KOMPAS.com".
    }
    let starts_one = follows.starts_with(|c: char| {
        c.is_uppercase()
            || c.is_ascii_digit()
            || matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | '•' | '@')
    });
    if !starts_one {
        return false;
    }
    if mark != '.' || closing.len() > 1 {
        return true;
    }
    let word = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    // "A. Yani", "Dr. Soetomo", "Jl. Sudirman". A number before the point is a list's ("1. Garuda").
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let is_item = !word.is_empty()
        && word.len() <= 2
        && word.bytes().all(|b| b.is_ascii_digit())
        && matches!(
            before[..before.len() - word.len()]
                .trim_end()
                .chars()
                .next_back(),
            None | Some(':' | ';' | '.')
        )
        && !ends_with_short_form(&before[..before.len() - word.len()]);
    !is_initial && !is_item && !SHORT.contains(&word.to_lowercase())
}

/// "No. 5": the number belongs to the short form and is no item of a list.
fn ends_with_short_form(text: &str) -> bool {
    text.trim_end().strip_suffix('.').is_some_and(|text| {
        let word = text.rsplit(|c: char| !c.is_alphanumeric()).next();
        word.is_some_and(|word| SHORT.contains(&word.to_lowercase()))
    })
}

/// Whether a line reads as prose, not as a headline, label or button.
pub(in crate::article) fn is_prose(line: &str) -> bool {
    let line = line.trim_end();
    let words = line.split_whitespace().count();
    let closed = line.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    match closed.chars().next_back() {
        Some('.') => words >= 3 && !closed.ends_with("..."),
        Some('?' | '!' | '…') => words >= 15 || line.starts_with(['"', '“']),
        Some(':') => words >= 8,
        _ => words >= 25,
    }
}

/// Breaks a wall into paragraphs of two or three sentences, never inside a quotation.
///
/// Given back unchanged where it is short enough.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    if text.len() <= WALL {
        return vec![text.to_owned()];
    }
    let mut paragraphs = Vec::new();
    let mut start = 0;
    let mut quoted = false;
    for sentence in sentences(text) {
        let opens_quote = text[sentence.clone()].starts_with(['"', '“']);
        let length = sentence.start - start;
        // A quotation is a good place for a break; one that never closes must not stop them all.
        if length >= ENOUGH / 2 && opens_quote && !quoted
            || length >= ENOUGH && !quoted
            || length >= WALL
        {
            paragraphs.push(text[start..sentence.start].trim_end().to_owned());
            start = sentence.start;
            quoted = false;
        }
        for character in text[sentence].chars() {
            match character {
                '"' => quoted = !quoted,
                '“' => quoted = true,
                '”' => quoted = false,
                _ => {}
            }
        }
    }
    let last = text[start..].trim_end();
    match paragraphs.last_mut() {
        Some(previous) if last.len() < ENOUGH / 4 => {
            previous.push(' ');
            previous.push_str(last);
        }
        _ => paragraphs.push(last.to_owned()),
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::{is_prose, paragraphs, sentences};

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_point_ends_a_sentence_only_where_one_begins() {
        check("Harga naik. Warga resah.", &["Harga naik.", "Warga resah."]);
        check(
            "Dr. Rini di Jl. A. Yani No. 5. Ia pulang.",
            &["Dr. Rini di Jl. A. Yani No. 5.", "Ia pulang."],
        );
        check(
            "Nilainya Rp 1.000.000. \"Besar,\" katanya.",
            &["Nilainya Rp 1.000.000.", "\"Besar,\" katanya."],
        );
        check(
            "\"Pulang!\" kata Rini. (Selasa)",
            &["\"Pulang!\" kata Rini.", "(Selasa)"],
        );
    }

    #[test]
    fn prose_is_told_from_headlines() {
        assert!(is_prose("Harga beras turun pada Senin."));
        assert!(!is_prose("Harga Beras Turun, Apa Sebabnya?"));
        assert!(!is_prose("Memuat..."));
    }

    #[test]
    fn a_wall_is_broken_and_nothing_is_lost() {
        let wall = "Warga desa itu menanam padi di lahan yang lama kosong. ".repeat(40);
        let broken = paragraphs(wall.trim());
        assert!(broken.len() > 4);
        assert_eq!(broken.join(" "), wall.trim());
    }
}
