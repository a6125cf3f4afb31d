//! Character references that leaked into the text: `&nbsp;`, `&amp;quot;`, `&#39;`.

use std::borrow::Cow;

/// The longest name of HTML is 33 bytes (`CounterClockwiseContourIntegral;`).
const LONGEST: usize = 34;

/// `text` with references decoded, also those escaped twice or three times.
///
/// Only what ends in a semicolon is a reference: "R&D" and "?a=1&copy=2" stay as they are.
pub(in crate::article) fn decode(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..3 {
        match decode_once(&text) {
            Some(decoded) => text = Cow::Owned(decoded),
            None => break,
        }
    }
    text
}

/// `None` where there was nothing to decode.
fn decode_once(text: &str) -> Option<String> {
    let mut decoded = String::new();
    let mut done = 0;
    for (at, _) in text.match_indices('&') {
        if at < done {
            continue;
        }
        let name: &str = text.get(at..text.floor_char_boundary(at + LONGEST))?;
        let Some(end) = name.find(';') else { continue };
        let reference = &name[..=end];
        let well_formed = reference[1..end]
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'#');
        if !well_formed || end < 2 {
            continue;
        }
        let character = htmlize::unescape(reference);
        if character != reference {
            decoded.push_str(&text[done..at]);
            decoded.push_str(&character);
            done = at + reference.len();
        }
    }
    (done > 0).then(|| {
        decoded.push_str(&text[done..]);
        decoded
    })
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references_are_decoded_and_look_alikes_left() {
        assert_eq!(decode("Rp&nbsp;5 &ldquo;naik&rdquo;"), "Rp\u{a0}5 “naik”");
        assert_eq!(decode("&amp;amp;nbsp;"), "\u{a0}");
        assert_eq!(decode("&#39;a&#x27;"), "'a'");
        assert_eq!(
            decode("R&D dan Q&A; a=1&copy=2 &tidakada; &;"),
            "R&D dan Q&A; a=1&copy=2 &tidakada; &;"
        );
    }
}
