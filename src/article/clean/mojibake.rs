//! UTF-8 that a careless converter read as windows-1252: "â€œkutipâ€\u{9d}", "â\u{80}\u{94}".

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// What such sequences begin with: those of two, three and four characters.
const LEADS: [char; 7] = ['Â', 'Ã', 'Ä', 'Å', 'â', 'ï', 'ð'];

/// `text` with such sequences read as they were meant.
///
/// Only those that no one types: accented letters followed by signs or control characters that
/// together are one character of UTF-8, and none of them a quotation mark unless after "â€".
pub(super) fn mend(text: &str) -> Cow<'_, str> {
    if !text.contains(LEADS) {
        return Cow::Borrowed(text);
    }
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(LEADS) {
        mended.push_str(&rest[..at]);
        rest = &rest[at..];
        let lead = rest.chars().next().unwrap_or_default();
        let length = match lead {
            'ð' => 4,
            'â' | 'ï' => 3,
            _ => 2,
        };
        let end = rest
            .char_indices()
            .nth(length)
            .map_or(rest.len(), |(at, _)| at);
        let sequence = &rest[..end];
        let quoted = lead != 'â' && sequence.contains(['«', '»', '‘', '’', '“', '”']);
        if let Some(meant) = meant(sequence).filter(|meant| !quoted && meant.chars().count() == 1) {
            mended.push_str(&meant);
            rest = &rest[end..];
        } else {
            mended.push(lead);
            rest = &rest[lead.len_utf8()..];
        }
    }
    mended.push_str(rest);
    Cow::Owned(mended)
}

/// The characters as bytes of windows-1252, read as UTF-8.
fn meant(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(4);
    for character in text.chars() {
        match u8::try_from(u32::from(character)) {
            Ok(byte) if byte >= 0x80 => bytes.push(byte),
            Ok(_) => return None,
            Err(_) => {
                let mut buffer = [0; 4];
                let (encoded, _, failed) = WINDOWS_1252.encode(character.encode_utf8(&mut buffer));
                if failed {
                    return None;
                }
                bytes.extend_from_slice(&encoded);
            }
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn what_no_one_types_is_mended_and_real_letters_stay() {
        assert_eq!(
            mend("â€œYaâ€\u{9d}, kata Rini â€“ lalu"),
            "“Ya”, kata Rini – lalu"
        );
        assert_eq!(mend("diaâ\u{80}\u{94}tuduhan"), "dia—tuduhan");
        assert_eq!(mend("5Â°C, caf\u{c3}©"), "5°C, café");
        assert_eq!(mend("Ä±, ð\u{9f}\u{8d}\u{9a}, â\u{9c}\u{a8}"), "ı, 🍚, ✨");
        assert_eq!(mend("SÃO, Âge, pâte, «CAFÉ»"), "SÃO, Âge, pâte, «CAFÉ»");
    }
}
