//! Bytes to text: which encoding, and whether it is text at all.
//!
//! Order of trust: byte order mark, then what HTTP or the page declares, then valid UTF-8, then
//! chardetng's guess from the bytes, whose last resort is windows-1252. Two declarations are not
//! believed, because following them can only spoil the text: UTF-8 for bytes that are not, and a
//! single-byte encoding for bytes that are valid UTF-8 beyond ASCII.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Refusal;

/// The largest source taken, in bytes. A newspaper page is below 2 MB; this leaves room for a book.
pub const LIMIT: usize = 32 << 20;

/// How far into a page its declaration of charset is looked for. HTML demands it within 1,024
/// bytes; real pages put scripts before it.
const DECLARATION_WITHIN: usize = 4096;

/// How much is looked at to tell text from binary, in bytes.
const SAMPLE: usize = 64 << 10;

/// Text from bytes, not yet scrubbed. `charset` is what HTTP said, as a label ("utf-8").
///
/// Refuses what is empty, too large, or not text.
pub fn decode(bytes: &[u8], charset: Option<&str>) -> Result<String, Refusal> {
    if bytes.len() > LIMIT {
        return Err(Refusal::TooLarge);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::Empty);
    }
    if let Some(kind) = known_binary(bytes) {
        return Err(Refusal::Binary(Some(kind)));
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[length..]);
        return text_or_empty(text.into_owned());
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return text_or_empty(text.into_owned());
    }
    if looks_binary(bytes) {
        return Err(Refusal::Binary(None));
    }
    let valid = std::str::from_utf8(bytes).ok();
    let declared = charset
        .and_then(|label| Encoding::for_label(label.trim().as_bytes()))
        .or_else(|| declared_in_page(bytes));
    match (valid, declared) {
        (Some(text), None) => Ok(text.to_owned()),
        (Some(text), Some(encoding)) if encoding.is_single_byte() || encoding == UTF_8 => {
            Ok(text.to_owned())
        }
        (_, Some(encoding)) if encoding != UTF_8 => {
            text_or_empty(encoding.decode_without_bom_handling(bytes).0.into_owned())
        }
        _ if is_damaged_utf8(bytes) => text_or_empty(String::from_utf8_lossy(bytes).into_owned()),
        _ => text_or_empty(
            guess(bytes)
                .decode_without_bom_handling(bytes)
                .0
                .into_owned(),
        ),
    }
}

fn text_or_empty(text: String) -> Result<String, Refusal> {
    if text.chars().all(char::is_whitespace) {
        Err(Refusal::Empty)
    } else {
        Ok(text)
    }
}

/// What the first bytes say of files people open by mistake.
fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 16] = [
        (b"%PDF-", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"GIF87a", "GIF"),
        (b"GIF89a", "GIF"),
        (b"PK\x03\x04", "ZIP"),
        (b"\x1f\x8b", "gzip"),
        (b"\xfd7zXZ\0", "xz"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x7fELF", "ELF"),
        (b"RIFF", "RIFF"),
        (b"OggS", "Ogg"),
        (b"ID3", "MP3"),
        (b"SQLite format 3\0", "SQLite"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft Office"),
    ];
    SIGNATURES
        .iter()
        .find(|(signature, _)| bytes.starts_with(signature))
        .map(|(_, kind)| *kind)
        .or_else(|| (bytes.get(4..8) == Some(b"ftyp")).then_some("MP4"))
}

/// UTF-16 text of our alphabet has a zero in every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if sample.len() < 8 {
        return None;
    }
    let zeros = |first: usize| {
        sample
            .iter()
            .skip(first)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    if even * 10 >= half * 7 && odd * 10 < half {
        Some(UTF_16BE)
    } else if odd * 10 >= half * 7 && even * 10 < half {
        Some(UTF_16LE)
    } else {
        None
    }
}

/// Text has next to no control characters. Zeros alone are borne up to a third, because there are
/// broken converters that leave them between words.
fn looks_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let count = |wanted: fn(&u8) -> bool| sample.iter().filter(|byte| wanted(byte)).count();
    let zeros = count(|byte| *byte == 0);
    let controls = count(|byte| matches!(byte, 1..=6 | 0x0e..=0x1a | 0x1c..=0x1f));
    zeros * 3 > sample.len() || controls * 50 > sample.len()
}

/// `<meta charset="…">`, `<meta … content="text/html; charset=…">` or `<?xml … encoding="…"?>`.
fn declared_in_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_WITHIN)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let label = if let Some(declaration) = head.trim_start().strip_prefix("<?xml") {
        declaration
            .split("?>")
            .next()
            .and_then(|declaration| value_after(declaration, "encoding"))
    } else {
        head.split("<meta")
            .skip(1)
            .find_map(|meta| value_after(meta.split('>').next()?, "charset"))
    }?;
    match Encoding::for_label(label.as_bytes())? {
        // A page whose declaration could be read byte by byte is not UTF-16 (HTML, 13.2.3.2).
        encoding if encoding == UTF_16LE || encoding == UTF_16BE => Some(UTF_8),
        encoding => Some(encoding),
    }
}

fn value_after<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(name)?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    let end = value
        .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/' | '>'))
        .unwrap_or(value.len());
    value.get(..end).filter(|label| !label.is_empty())
}

/// UTF-8 with a byte lost here and there: far more sequences that are right than wrong.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > wrong * 2
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    if encoding == UTF_8 {
        WINDOWS_1252
    } else {
        encoding
    }
}
