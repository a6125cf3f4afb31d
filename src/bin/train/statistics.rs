//! What the unlabelled text says of words: how often they have a capital, and their cluster.

use std::collections::{HashMap, HashSet};
use std::io::Cursor;
use std::path::Path;

use anyhow::{Context, Result};
use warta::entity::gazetteer;
use warta::entity::tagger::hash;
use warta::entity::tagger::lexicon::Seen;
use warta::entity::tagger::{Field, Tagger};
use warta::entity::token::{self, Case};

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
pub fn capitals<'a>(unlabelled: impl Iterator<Item = &'a str>) -> HashMap<String, u8> {
    let mut counts: HashMap<String, [u32; 2]> = HashMap::new();
    for line in unlabelled {
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

/// Words that stand at least three times in some lines.
pub fn common<'a>(lines: impl Iterator<Item = &'a str>) -> HashSet<&'a str> {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for word in lines.flat_map(str::split_whitespace) {
        *counts.entry(word).or_default() += 1;
    }
    counts
        .into_iter()
        .filter(|(_, count)| *count >= 3)
        .map(|(word, _)| word)
        .collect()
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

/// What names each word was part of: the tagger's own reading of the unlabelled text, counted.
/// Two bits for each kind: the share of the word's capital appearances within sentences that were in
/// a name of that kind (none, under 20 %, under 70 %, more); two bits for how often it was seen.
pub fn usage<'a>(
    unlabelled: impl Iterator<Item = &'a str>,
    tagger: &Tagger,
) -> HashMap<String, u8> {
    let mut counts: HashMap<String, [u32; 4]> = HashMap::new();
    for line in unlabelled {
        let tokens = token::tokenize(line);
        let (mut words, mut capital) = (0, 0);
        for token in &tokens {
            words += usize::from(token.case >= Case::Lower);
            capital += usize::from(token.case.is_capital());
        }
        if words < 5 || capital * 10 > words * 6 {
            continue;
        }
        let words_known: Vec<_> = tokens
            .iter()
            .map(|token| gazetteer::word(token.text(line)))
            .collect();
        let mut kinds = vec![0_usize; tokens.len()];
        for span in tagger.tag(&[Field {
            text: line,
            tokens: &tokens,
            words: &words_known,
        }]) {
            kinds[span.tokens].fill(span.kind as usize + 1);
        }
        for (token, kind) in tokens.iter().zip(kinds) {
            if token.case.is_capital() && (kind > 0 || !token.opens_sentence) {
                let word = token.text(line);
                if let Some(count) = counts.get_mut(word) {
                    count[kind] += 1;
                } else {
                    let mut count = [0; 4];
                    count[kind] = 1;
                    counts.insert(word.to_owned(), count);
                }
            }
        }
    }
    counts
        .into_iter()
        .map(|(word, count)| {
            let total: u32 = count.iter().sum();
            let mut used = 0;
            for kind in 0..3 {
                let share = f64::from(count[kind + 1]) / f64::from(total);
                let level = if count[kind + 1] == 0 {
                    0
                } else {
                    1 + u8::from(share >= 0.2) + u8::from(share >= 0.7)
                };
                used |= level << (2 * kind);
            }
            let often = u8::from(total >= 2) + u8::from(total >= 5) + u8::from(total >= 20);
            (word, used | often << 6)
        })
        .filter(|(_, used)| *used != 0)
        .collect()
}
