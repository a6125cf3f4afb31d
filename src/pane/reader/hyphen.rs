//! Where an Indonesian word may be divided at a line end.
//!
//! Our own rule after the official orthography (Ejaan yang Disempurnakan, "Pemenggalan kata"):
//! V-CV, VC-CV, and `ng ny kh sy` are one consonant. The orthography also keeps affixes whole
//! ("ber-akhir", "makan-an"), which cannot be told from the letters alone ("be-rani", "ma-kan"),
//! so a break that would be wrong under either reading is not offered at all.

/// Fewest letters left on the line and taken to the next.
const SHORTEST: (usize, usize) = (2, 3);

/// Byte offsets in `word` at which it may be divided, in order. Hyphens already in it count too.
pub fn break_points(word: &str) -> Vec<usize> {
    let mut points: Vec<usize> = Vec::new();
    let mut start = 0;
    for piece in word.split_inclusive('-') {
        let letters = piece.strip_suffix('-').unwrap_or(piece);
        // A name is never divided, nor anything that is not a plain word.
        let core = letters.trim_end_matches(|letter: char| letter.is_ascii_punctuation());
        if core.bytes().all(|byte| byte.is_ascii_lowercase()) {
            points.extend(
                syllables(core.as_bytes())
                    .into_iter()
                    .map(|point| start + point),
            );
        }
        start += piece.len();
        if piece.len() > letters.len() && start < word.len() && !letters.is_empty() {
            points.push(start);
        }
    }
    points
}

fn syllables(word: &[u8]) -> Vec<usize> {
    let vowel = |index: usize| matches!(word[index], b'a' | b'e' | b'i' | b'o' | b'u');
    let mut points = Vec::new();
    let mut index = 0;
    while index < word.len() {
        if !vowel(index) {
            index += 1;
            continue;
        }
        // From this vowel over the consonants to the next one.
        let after = index + 1;
        let Some(next) = (after..word.len()).find(|&place| vowel(place)) else {
            break;
        };
        let consonants = units(&word[after..next]);
        let point = match consonants.as_slice() {
            // Two vowels together may be a diphthong ("pantai", "saudara").
            [] => None,
            [_] => Some(after),
            // "di-proses" or "prog-ram": whether a stop and r or l part depends on the word.
            [1, 1, ..] if liquid_cluster(&word[after..next]) => None,
            [first, ..] => Some(after + first),
        };
        if let Some(point) = point
            && point >= SHORTEST.0
            && word.len() - point >= SHORTEST.1
            && !(consonants.len() == 1 && doubtful(word, point, consonants[0]))
        {
            points.push(point);
        }
        index = next;
    }
    points
}

fn liquid_cluster(run: &[u8]) -> bool {
    matches!(
        run,
        [
            b'b' | b'd' | b'f' | b'g' | b'k' | b'p' | b't',
            b'l' | b'r',
            ..
        ]
    )
}

/// The lengths of the consonants in a run, a digraph being one.
fn units(run: &[u8]) -> Vec<usize> {
    let mut lengths = Vec::new();
    let mut rest = run;
    while !rest.is_empty() {
        let digraph = [&b"ng"[..], b"ny", b"kh", b"sy"]
            .iter()
            .any(|pair| rest.starts_with(pair));
        let length = if digraph { 2 } else { 1 };
        lengths.push(length);
        rest = &rest[length..];
    }
    lengths
}

/// Whether a V-CV break might cut an affix: the consonant could end a prefix, or begin what is left
/// of a stem before a suffix.
fn doubtful(word: &[u8], point: usize, consonant: usize) -> bool {
    const PREFIXES: [&[u8]; 9] = [
        b"ber", b"ter", b"per", b"meng", b"peng", b"mem", b"men", b"pem", b"pen",
    ];
    const SUFFIXES: [&[u8]; 2] = [b"an", b"i"];
    let before_vowel = &word[..point + consonant];
    let after = &word[point + consonant..];
    PREFIXES.contains(&before_vowel) || SUFFIXES.contains(&after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(word: &str) -> String {
        let mut text = word.to_owned();
        for point in break_points(word).into_iter().rev() {
            text.insert(point, '|');
        }
        text
    }

    #[test]
    fn syllables_by_the_orthography() {
        for expected in [
            "ke|luarga",
            "ban|tuan",
            "peme|rin|tah",
            "in|stru|men",
            "sa|ngatlah",
            "peris|tiwa",
        ] {
            let word = expected.replace('|', "");
            assert_eq!(shown(&word), expected);
        }
    }

    #[test]
    fn a_stop_before_a_liquid_is_not_parted() {
        assert_eq!(shown("diproses"), "dipro|ses");
        assert_eq!(shown("program"), "program");
    }

    #[test]
    fn affixes_are_never_cut() {
        assert_eq!(shown("berakhir"), "bera|khir");
        assert_eq!(shown("makanan"), "ma|kanan");
        assert!(!shown("menyukai").contains("n|y"));
    }

    #[test]
    fn names_numbers_and_marks_are_left_whole() {
        for whole in ["Indonesia", "10.000", "KPK", "dan", "di"] {
            assert_eq!(shown(whole), whole);
        }
        assert_eq!(shown("anak-anak"), "anak-|anak");
    }
}
