//! The part of a text that answers a query, with the hits marked by their place.

use std::ops::Range;

use super::fold::{self, Word};
use super::query::Phrase;

/// A short part of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// One line; "…" at an end where the text goes on.
    pub text: String,
    /// The bytes of `text` that answer the query: in order, apart, on character boundaries.
    pub hits: Vec<Range<usize>>,
}

/// The `length` characters (about) of a text with the most different phrases of the query in them,
/// the first of equals; the beginning of the text where it has none.
pub fn snippet(text: &str, phrases: &[&Phrase], length: usize) -> Snippet {
    let words = fold::words(text);
    let hits = hits(&words, phrases);
    let from = best(&words, &hits, length);
    let Some(first) = words.get(from) else {
        return Snippet::default();
    };
    let last = words[from..]
        .iter()
        .take_while(|word| word.end - first.start <= length)
        .last()
        .unwrap_or(first);
    let start = if from == 0 { 0 } else { first.start };
    let end = if last == &words[words.len() - 1] {
        text.len()
    } else {
        last.end
    };
    cut(text, start..end, &words, &hits)
}

/// All places of a text that answer the query, in order and apart.
pub fn find(text: &str, phrases: &[&Phrase]) -> Vec<Range<usize>> {
    let words = fold::words(text);
    let mut places: Vec<Range<usize>> = Vec::new();
    for hit in hits(&words, phrases) {
        let place = words[hit.words.start].start..words[hit.words.end - 1].end;
        match places.last_mut() {
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => places.push(place),
        }
    }
    places
}

struct Hit {
    /// Indices of words.
    words: Range<usize>,
    phrase: usize,
}

fn hits(words: &[Word], phrases: &[&Phrase]) -> Vec<Hit> {
    let mut hits = Vec::new();
    for at in 0..words.len() {
        for (phrase, sought) in phrases.iter().enumerate() {
            if stands_at(words, at, sought) {
                hits.push(Hit {
                    words: at..at + sought.words.len(),
                    phrase,
                });
            }
        }
    }
    hits
}

fn stands_at(words: &[Word], at: usize, phrase: &Phrase) -> bool {
    let Some(here) = words.get(at..at + phrase.words.len()) else {
        return false;
    };
    let last = phrase.words.len() - 1;
    here.iter()
        .zip(&phrase.words)
        .enumerate()
        .all(|(index, (word, sought))| {
            if phrase.prefix && index == last {
                word.folded.starts_with(sought.as_str())
            } else {
                word.folded == *sought
            }
        })
}

/// The word at which the best part begins: some words before a hit, so that it is read in its
/// sentence.
fn best(words: &[Word], hits: &[Hit], length: usize) -> usize {
    let mut best = (0, 0);
    for (index, hit) in hits.iter().enumerate() {
        let start = words[hit.words.start].start;
        let mut found: Vec<usize> = hits[index..]
            .iter()
            .take_while(|other| words[other.words.end - 1].end - start <= length * 3 / 4)
            .map(|other| other.phrase)
            .collect();
        found.sort_unstable();
        found.dedup();
        if found.len() > best.0 {
            let lead = words[..hit.words.start]
                .iter()
                .rev()
                .take_while(|word| start - word.start <= length / 4)
                .count();
            best = (found.len(), hit.words.start - lead);
        }
    }
    best.1
}

/// The part as one line: every run of white space is one blank.
fn cut(text: &str, part: Range<usize>, words: &[Word], hits: &[Hit]) -> Snippet {
    let mut snippet = Snippet::default();
    if part.start > 0 {
        snippet.text.push('…');
    }
    // Where a hit begins or ends in the text, that place in the snippet.
    let mut places: Vec<(usize, usize)> = hits
        .iter()
        .map(|hit| (words[hit.words.start].start, words[hit.words.end - 1].end))
        .filter(|&(start, end)| start >= part.start && end <= part.end)
        .collect();
    places.dedup_by(|next, last| {
        let overlap = next.0 < last.1;
        if overlap {
            last.1 = last.1.max(next.1);
        }
        overlap
    });
    let mut places = places.into_iter().peekable();
    let mut begun = 0;
    for (offset, c) in text[part.clone()].char_indices() {
        let at = part.start + offset;
        if let Some(&(_, end)) = places.peek()
            && end == at
        {
            snippet.hits.push(begun..snippet.text.trim_end().len());
            places.next();
        }
        if let Some(&(start, _)) = places.peek()
            && start == at
        {
            begun = snippet.text.len();
        }
        if !c.is_whitespace() {
            snippet.text.push(c);
        } else if !snippet.text.is_empty() && !snippet.text.ends_with(' ') {
            snippet.text.push(' ');
        }
    }
    snippet.text.truncate(snippet.text.trim_end().len());
    if places.peek().is_some() {
        snippet.hits.push(begun..snippet.text.len());
    }
    if part.end < text.len() {
        snippet.text.push('…');
    }
    snippet
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{find, snippet};
    use crate::library::query::{Phrase, Query, Typing};
    use proptest::prelude::*;

    /// The snippet with its hits in brackets.
    fn check(text: &str, query: &str, length: usize, expected: &str) {
        let query = Query::parse(query, Typing::Done).unwrap();
        let phrases: Vec<&Phrase> = query.wanted().collect();
        let found = snippet(text, &phrases, length);
        let mut marked = String::new();
        let mut last = 0;
        for hit in &found.hits {
            marked += &found.text[last..hit.start];
            marked = marked + "[" + &found.text[hit.clone()] + "]";
            last = hit.end;
        }
        marked += &found.text[last..];
        assert_eq!(marked, expected);
    }

    #[test]
    fn the_part_with_the_hits_is_shown() {
        let text = "Hujan turun sejak pagi di lereng itu. Warga mengungsi.\n\nBanjir bandang \
                    datang pada sore hari, kata Jum'adi. Banjir surut malamnya.";
        check(
            text,
            "\"banjir bandang\" jumadi",
            72,
            "…Warga mengungsi. [Banjir bandang] datang pada sore hari, kata [Jum'adi]…",
        );
        check(text, "gempa", 30, "Hujan turun sejak pagi di…");
        check(text, "malam*", 40, "…surut [malamnya].");
        check("", "x", 10, "");
    }

    proptest! {
        #[test]
        fn hits_stand_in_order_on_boundaries(text in "(ab|é| |\n|-|b|\\PC){0,60}", length in 1_usize..80) {
            let query = Query::parse("ab \"b é\" b*", Typing::Done).unwrap();
            let phrases: Vec<&Phrase> = query.wanted().collect();
            let found = snippet(&text, &phrases, length);
            let mut last = 0;
            for hit in &found.hits {
                prop_assert!(hit.start >= last && hit.end > hit.start);
                prop_assert!(found.text.get(hit.clone()).is_some());
                last = hit.end;
            }
            prop_assert!(!found.text.contains('\n'));
            let mut last = 0;
            for hit in find(&text, &phrases) {
                prop_assert!(hit.start >= last && text.get(hit.clone()).is_some());
                last = hit.end;
            }
        }
    }
}
