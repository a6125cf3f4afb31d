//! How words are folded and hashed. Read by the program and by its build script, so that both agree.

/// Longest word of the tables, in bytes after folding; a longer word is in none of them.
pub const LONGEST: usize = 32;

/// A word in the one form the tables know: lower case, curly apostrophes straight, without the full
/// stop that ends an abbreviation ("Muh." and "Muh" are one word).
#[derive(Debug, Clone, Copy)]
pub struct Folded {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Folded {
    /// Folds a word; `None` when it is too long to be in the tables.
    pub fn new(word: &str) -> Option<Self> {
        let word = match word.strip_suffix('.') {
            Some(stem) if !stem.is_empty() && !stem.ends_with('.') => stem,
            _ => word,
        };
        let mut folded = Self {
            bytes: [0; LONGEST],
            length: 0,
        };
        if word.is_ascii() {
            if word.len() > LONGEST {
                return None;
            }
            for (to, from) in folded.bytes.iter_mut().zip(word.bytes()) {
                *to = from.to_ascii_lowercase();
            }
            folded.length = word.len();
            return Some(folded);
        }
        for character in word.chars() {
            let character = match character {
                '’' | '‘' | 'ʼ' | '`' => '\'',
                other => other,
            };
            for lower in character.to_lowercase() {
                let mut buffer = [0; 4];
                for byte in lower.encode_utf8(&mut buffer).bytes() {
                    *folded.bytes.get_mut(folded.length)? = byte;
                    folded.length += 1;
                }
            }
        }
        Some(folded)
    }

    /// The folded bytes, UTF-8.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// FNV-1a over eight bytes at a time, with a final mix; the low bits choose the slot.
    pub fn hash(&self) -> u32 {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325 ^ self.length as u64;
        // The bytes past the word are zero, so whole chunks can be read.
        for chunk in self.bytes.chunks_exact(8).take(self.length.div_ceil(8)) {
            let word = chunk
                .iter()
                .rev()
                .fold(0, |word: u64, &byte| word << 8 | u64::from(byte));
            hash = (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            hash ^= hash >> 29;
        }
        (hash ^ hash >> 32) as u32
    }
}
