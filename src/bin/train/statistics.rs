//! What the unlabelled text says of words: how often they have a capital, and their cluster.

use std::collections::HashMap;
use std::io::Cursor;
use std::path::Path;

use anyhow::{Context, Result};
use warta::entity::tagger::hash;
use warta::entity::tagger::lexicon::Seen;

/// The sentences of the unlabelled text, words and marks parted by spaces.
pub fn read_unlabelled(directory: &Path) -> Result<String> {
    let path = directory.join("corpora/unlabelled.txt.xz");
    let packed = std::fs::read(&path).with_context(|| path.display().to_string())?;
    let mut text = Vec::new();
    lzma_rs::xz_decompress(&mut Cursor::new(packed), &mut text).context("unlabelled.txt.xz")?;
    Ok(String::from_utf8(text)?)
}

/// How often each word, in small letters, has a capital where only names do: 1 (under 2 %), 2
/// (under 20 %), 3 (under 60 %), 4 (under 95 %), 5. Headlines, sentence starts and what follows an
/// opening mark do not count; a word seen less than three times has no figure.
pub fn capitals(unlabelled: &str) -> HashMap<String, u8> {
    let mut counts: HashMap<String, [u32; 2]> = HashMap::new();
    for line in unlabelled.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let is_capital = |word: &str| word.starts_with(char::is_uppercase);
        let letters = words
            .iter()
            .filter(|word| word.chars().all(char::is_alphabetic))
            .count();
        let capital = words
            .iter()
            .filter(|word| is_capital(word) && word.chars().all(char::is_alphabetic))
            .count();
        if words.len() < 5 || letters == 0 || capital * 10 > letters * 6 {
            continue;
        }
        for pair in words.windows(2) {
            if pair[1].starts_with(char::is_alphabetic)
                && !matches!(pair[0], "\"" | "“" | "”" | "‘" | "'" | "(" | ":" | ".")
            {
                counts.entry(pair[1].to_lowercase()).or_default()
                    [usize::from(is_capital(pair[1]))] += 1;
            }
        }
    }
    counts
        .into_iter()
        .filter(|(_, [small, capital])| small + capital >= 3)
        .map(|(word, [small, capital])| {
            let share = f64::from(capital) / f64::from(small + capital);
            let often = 1 + [0.02, 0.2, 0.6, 0.95]
                .iter()
                .filter(|bound| share >= **bound)
                .count();
            (word, often as u8)
        })
        .collect()
}

/// Reads the clusters: the paths in the model's form, and the number of each word's cluster.
pub fn read_clusters(path: &Path) -> Result<(Vec<u8>, HashMap<String, u16>)> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut numbers: HashMap<&str, u16> = HashMap::new();
    let mut paths = vec![0; 5];
    let mut words = HashMap::new();
    for line in text.lines() {
        let mut columns = line.split('\t');
        let (Some(bits), Some(word)) = (columns.next(), columns.next()) else {
            continue;
        };
        let next = numbers.len() as u16 + 1;
        let number = *numbers.entry(bits).or_insert_with(|| {
            let path = bits
                .bytes()
                .rev()
                .fold(0_u32, |path, bit| path << 1 | u32::from(bit == b'1'));
            paths.extend(path.to_le_bytes());
            paths.push(bits.len() as u8);
            next
        });
        words.insert(word.to_owned(), number);
    }
    Ok((paths, words))
}

/// One table of all that was seen, in an order that does not change between runs.
pub fn seen(
    capitals: &HashMap<String, u8>,
    clusters: &HashMap<String, u16>,
    usage: &HashMap<String, u8>,
) -> Vec<(u64, Seen)> {
    let mut table: HashMap<&str, Seen> = HashMap::new();
    for (word, often) in capitals {
        table.entry(word).or_default().capitals = *often;
    }
    for (word, cluster) in clusters {
        table.entry(word).or_default().cluster = *cluster;
    }
    for (word, used) in usage {
        table.entry(word).or_default().usage = *used;
    }
    let mut list: Vec<_> = table
        .into_iter()
        .map(|(word, seen)| (hash::bytes(word.as_bytes()), seen))
        .collect();
    list.sort_by_key(|(word, _)| *word);
    list.dedup_by_key(|(word, _)| *word);
    list
}
