//! The annotated articles: lists of forms, looked for in the text.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use anyhow::{Context, Result};
use warta::entity::tagger::{Kind, hash, word};
use warta::entity::token::{self, Case, Token};

use super::{Document, Mark, Reading, bit};

#[derive(serde::Deserialize)]
struct Article {
    id: String,
    title: String,
    text: String,
}

#[derive(serde::Deserialize)]
struct Gold {
    id: String,
    people: Vec<GoldPerson>,
    places: Vec<String>,
    organisations: Vec<String>,
}

#[derive(serde::Deserialize)]
struct GoldPerson {
    forms: Vec<String>,
}

/// Reads the annotated articles: forms are lists, so each is looked for in the text.
pub fn read(directory: &Path) -> Result<Vec<Document>> {
    let lines = |name: &str| {
        let path = directory.join(name);
        std::fs::read_to_string(&path).with_context(|| path.display().to_string())
    };
    let mut golds = HashMap::new();
    for line in lines("train.gold.jsonl")?
        .lines()
        .filter(|line| !line.trim().is_empty())
    {
        let gold: Gold = serde_json::from_str(line)?;
        golds.insert(gold.id.clone(), gold);
    }
    let mut documents = Vec::new();
    for line in lines("train.articles.jsonl")?
        .lines()
        .filter(|line| !line.trim().is_empty())
    {
        let article: Article = serde_json::from_str(line)?;
        let Some(gold) = golds.get(&article.id) else {
            continue;
        };
        let mut document = Document::new("articles", vec![article.title, article.text]);
        mark_forms(&mut document, gold);
        documents.push(document);
    }
    same_stories(&mut documents);
    Ok(documents)
}

fn words<'a>(text: &'a str, tokens: &[Token]) -> Vec<&'a str> {
    tokens.iter().map(|token| token.text(text)).collect()
}

fn mark_forms(document: &mut Document, gold: &Gold) {
    let mut forms: HashMap<Vec<String>, Kind> = HashMap::new();
    let mut parts: HashSet<String> = HashSet::new();
    let lists = [
        (Kind::Organisation, gold.organisations.clone()),
        (Kind::Place, gold.places.clone()),
    ]
    .into_iter()
    .chain(
        gold.people
            .iter()
            .map(|person| (Kind::Person, person.forms.clone())),
    );
    for (kind, list) in lists {
        for form in list {
            let tokens = token::tokenize(&form);
            let key: Vec<String> = words(&form, &tokens)
                .into_iter()
                .map(str::to_owned)
                .collect();
            if key.is_empty() {
                continue;
            }
            if kind == Kind::Person {
                parts.extend(
                    tokens
                        .iter()
                        .filter(|token| token.case >= Case::Title)
                        .map(|token| token.text(&form).to_owned()),
                );
            }
            // The headline may be in capitals.
            if form.len() > 3 {
                forms
                    .entry(key.iter().map(|word| word.to_uppercase()).collect())
                    .or_insert(kind);
            }
            forms.insert(key, kind);
        }
    }
    let longest = forms.keys().map(Vec::len).max().unwrap_or(0);
    for field in 0..document.fields.len() {
        let text = document.fields[field].clone();
        let tokens = &document.tokens[field];
        let all: Vec<String> = words(&text, tokens)
            .into_iter()
            .map(str::to_owned)
            .collect();
        let mut at = 0;
        while at < all.len() {
            let hit = (1..=longest.min(all.len() - at)).rev().find_map(|count| {
                forms
                    .get(&all[at..at + count])
                    .map(|kind| (count, Reading::Name(*kind)))
            });
            let hit = hit.or_else(|| {
                // A part of someone's name that is not listed alone.
                parts.contains(&all[at]).then_some((
                    1,
                    Reading::Doubtful(
                        bit(Kind::Person) | bit(Kind::Organisation) | bit(Kind::Place),
                    ),
                ))
            });
            if let Some((count, reading)) = hit {
                let bytes = tokens[at].start as usize..tokens[at + count - 1].end as usize;
                document.marks.push(Mark {
                    field,
                    bytes,
                    reading,
                });
                at += count;
            } else {
                at += 1;
            }
        }
    }
}

/// Gives articles that share a third of their five-word runs the same story number.
fn same_stories(documents: &mut [Document]) {
    let shingles: Vec<HashSet<u64>> = documents
        .iter()
        .map(|document| {
            let text = document.fields.join("\n").to_lowercase();
            let words: Vec<u64> = text
                .split_whitespace()
                .map(|word| hash::bytes(word.as_bytes()))
                .collect();
            words
                .windows(5)
                .map(|run| run.iter().fold(0, |state, word| hash::pair(state, *word)))
                .collect()
        })
        .collect();
    let mut owners: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, set) in shingles.iter().enumerate() {
        for shingle in set {
            owners.entry(*shingle).or_default().push(at);
        }
    }
    let mut story: Vec<usize> = (0..documents.len()).collect();
    for at in 0..documents.len() {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for shingle in &shingles[at] {
            for other in &owners[shingle] {
                if *other < at {
                    *shared.entry(*other).or_default() += 1;
                }
            }
        }
        for (other, count) in shared {
            if count * 6 > shingles[at].len().min(shingles[other].len()) {
                let (old, new) = (story[at].max(story[other]), story[at].min(story[other]));
                story
                    .iter_mut()
                    .filter(|story| **story == old)
                    .for_each(|story| *story = new);
            }
        }
    }
    for (document, story) in documents.iter_mut().zip(story) {
        document.story = story;
    }
}

/// Small words of headlines.
const SMALL_IN_HEADLINES: [&str; 24] = [
    "di", "ke", "dari", "dan", "yang", "untuk", "dengan", "pada", "dalam", "oleh", "atau", "bagi",
    "para", "soal", "saat", "usai", "hingga", "bin", "al", "jadi", "akan", "agar", "karena",
    "sebagai",
];

/// Up to two sentences of an article, with people in them, set as headlines are.
pub fn as_headlines(document: &Document) -> Vec<Document> {
    let (text, tokens) = (&document.fields[1], &document.tokens[1]);
    let mut found = Vec::new();
    let mut start = 0;
    for end in 1..=tokens.len() {
        if end < tokens.len() && !tokens[end].opens_sentence {
            continue;
        }
        let bytes = tokens[start].start as usize..tokens[end - 1].end as usize;
        let marks: Vec<&Mark> = document
            .marks
            .iter()
            .filter(|mark| {
                mark.field == 1 && mark.bytes.start >= bytes.start && mark.bytes.end <= bytes.end
            })
            .collect();
        let person = marks
            .iter()
            .any(|mark| mark.reading == Reading::Name(Kind::Person));
        if (6..=16).contains(&(end - start)) && person && found.len() < 2 {
            let mut title = String::new();
            let mut at = bytes.start;
            let mut starts = Vec::new();
            for token in &tokens[start..end] {
                title.push_str(&text[at..token.start as usize]);
                starts.push((token.start as usize, token.end as usize, title.len()));
                let word = token.text(text);
                if token.case == Case::Lower && !SMALL_IN_HEADLINES.contains(&word) {
                    title.push_str(&word::title_case(word));
                } else {
                    title.push_str(word);
                }
                at = token.end as usize;
            }
            let place = |byte: usize| {
                starts
                    .iter()
                    .find(|(from, to, _)| (*from..*to).contains(&byte))
                    .map_or(0, |(from, _, new)| new + byte - from)
            };
            let mut headline = Document::new("headlines", vec![title]);
            headline.marks = marks
                .into_iter()
                .map(|mark| Mark {
                    field: 0,
                    bytes: place(mark.bytes.start)..place(mark.bytes.end - 1) + 1,
                    reading: mark.reading,
                })
                .collect();
            headline.story = document.story;
            found.push(headline);
        }
        start = end;
    }
    found
}
