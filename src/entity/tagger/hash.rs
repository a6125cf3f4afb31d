//! One hash for words, features and tables; the same on every machine, for the model holds its values.

use std::hash::Hasher;

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Spreads the bits of `value` (the finalizer of Murmur3, after Stafford's mix 13).
pub const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// The hash of two values in order.
pub const fn pair(first: u64, second: u64) -> u64 {
    mix(first.rotate_left(23).wrapping_mul(MULTIPLIER) ^ second)
}

/// The hash of some bytes, eight at a time.
pub fn bytes(bytes: &[u8]) -> u64 {
    let mut state = bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        state = (state.rotate_left(23) ^ u64::from_le_bytes(word)).wrapping_mul(MULTIPLIER);
    }
    let mut tail = 0;
    for byte in chunks.remainder().iter().rev() {
        tail = (tail << 8) | u64::from(*byte);
    }
    mix((state.rotate_left(23) ^ tail).wrapping_mul(MULTIPLIER))
}

/// The place of `hash` in a table of `size` slots, by its high bits.
pub const fn slot(hash: u64, size: usize) -> usize {
    ((hash as u128 * size as u128) >> 64) as usize
}

/// For tables whose keys are hashes already.
#[derive(Debug, Default, Clone, Copy)]
pub struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = self::bytes(bytes);
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}
