//! Bytes to a feed: the encoding, then whichever kind of feed it is.

use std::borrow::Cow;

use jiff::Timestamp;

use super::{Feed, Unreadable, json, repair, xml};
use crate::article::{Hints, Refusal, decode};

/// Reads a feed of any kind.
///
/// `hints` are what is known besides the bytes; the address makes relative links absolute. `now`
/// is the moment of reading: dates such as "2 jam lalu" count from it, and later ones are no dates.
pub fn parse(bytes: &[u8], hints: &Hints<'_>, now: Timestamp) -> Result<Feed, Unreadable> {
    let text = text(bytes, hints)?;
    // Some servers send two byte order marks, blank lines or a warning before the feed.
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if start.is_empty() {
        return Err(Unreadable::Empty);
    }
    if start.starts_with('{') {
        return json::read(start, hints.address, now);
    }
    let start = start.find('<').map_or("", |at| &start[at..]);
    xml::read(&repair::repair(start), hints.address, now)
}

/// The bytes as text. A feed that is UTF-8 and does not deny it, as nearly all are, is not copied.
fn text<'a>(bytes: &'a [u8], hints: &Hints<'_>) -> Result<Cow<'a, str>, Unreadable> {
    if let Some(text) = utf8(bytes)
        && !text.contains('\0')
        && !denies_utf8(text)
    {
        return Ok(Cow::Borrowed(text));
    }
    match decode::decode(bytes, hints.charset()) {
        Ok(text) => Ok(Cow::Owned(text)),
        Err(Refusal::Empty) => Err(Unreadable::Empty),
        Err(Refusal::TooLarge) => Err(Unreadable::TooLarge),
        Err(_) => Err(Unreadable::Binary),
    }
}

/// The bytes as UTF-8. The beginning of a feed too long may end within a character.
fn utf8(bytes: &[u8]) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()
        }
        Err(_) => None,
    }
}

/// Whether a text that is valid UTF-8 may be meant otherwise: the 7-bit encodings of East Asia
/// are, and say so with an escape character.
fn denies_utf8(text: &str) -> bool {
    text.is_ascii() && text.contains('\u{1b}')
}
