//! Makes damaged XML bearable for the parser, without a change to what is sound.
//!
//! Most damage the parser bears by itself (see [`super::xml`]): stray `&`, unknown references,
//! elements that are never closed. What it does not bear is a `<` that opens nothing, and a
//! section that never ends; both are common where a newsroom pastes text by hand.

use std::borrow::Cow;

use memchr::{memchr, memmem};

/// `text` with every `<` that opens nothing written as `&lt;`, and cut before the first tag,
/// comment or CDATA section that never ends. Borrowed where nothing was wrong.
pub(super) fn repair(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut repaired = String::new();
    let mut done = 0;
    let mut at = 0;
    let mut end = text.len();
    while let Some(found) = memchr(b'<', &bytes[at..]) {
        let open = at + found;
        let rest = &bytes[open..];
        let length = if rest.starts_with(b"<![CDATA[") {
            memmem::find(rest, b"]]>").map(|end| end + 3)
        } else if rest.starts_with(b"<!--") {
            memmem::find(rest, b"-->").map(|end| end + 3)
        } else if opens(rest) {
            // Where a tag ends is the parser's to find; quotes may hide a `>`.
            Some(1)
        } else {
            repaired.push_str(&text[done..open]);
            repaired.push_str("&lt;");
            done = open + 1;
            Some(1)
        };
        let Some(length) = length else {
            end = open;
            break;
        };
        at = open + length;
    }
    if done == 0 {
        return Cow::Borrowed(&text[..end]);
    }
    repaired.push_str(&text[done..end]);
    Cow::Owned(repaired)
}

/// Whether a `<` opens a tag, a declaration or an instruction.
fn opens(text: &[u8]) -> bool {
    match text.get(1) {
        Some(b'/') => text.get(2).is_some_and(|byte| is_name_start(*byte)),
        Some(b'!') => text
            .get(2..9)
            .is_some_and(|word| word.eq_ignore_ascii_case(b"DOCTYPE")),
        Some(b'?') => true,
        Some(byte) => is_name_start(*byte),
        None => false,
    }
}

fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte == b':' || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_xml_is_not_touched() {
        for text in [
            "<rss><item/></rss>",
            "<?xml version='1.0'?><!DOCTYPE rss><a b='x > y'>t</a>",
            "<a><![CDATA[1 < 2 <]]></a><!-- < -->",
        ] {
            assert!(matches!(repair(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn a_bracket_that_opens_nothing_is_text() {
        for (text, expected) in [
            ("<t>laba < 5 persen</t>", "<t>laba &lt; 5 persen</t>"),
            ("<t>a <3 b</t>", "<t>a &lt;3 b</t>"),
            ("<t><! bukan></t>", "<t>&lt;! bukan></t>"),
            ("<t>habis <", "<t>habis &lt;"),
        ] {
            assert_eq!(repair(text), expected);
        }
    }

    #[test]
    fn what_never_ends_is_cut() {
        assert_eq!(repair("<a/><b><![CDATA[putus"), "<a/><b>");
        assert_eq!(repair("<a/><!-- putus"), "<a/>");
    }
}
