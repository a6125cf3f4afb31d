//! The annotated texts, brought to one form: documents with marked spans.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use warta::entity::gazetteer::{self, WordId};
use warta::entity::tagger::hash;
use warta::entity::tagger::{Field, Kind};
use warta::entity::token::{self, Case, Token};

/// A marked stretch of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub field: usize,
    pub bytes: Range<usize>,
    pub reading: Reading,
}

/// What the annotation says of a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// A name of this kind.
    Name(Kind),
    /// Either no name or one of the kinds whose bit is set; what the bounds are is open.
    Doubtful(u8),
}

/// The bits of a [`Reading::Doubtful`].
pub fn bit(kind: Kind) -> u8 {
    1 << kind as u8
}

/// One text with its marks, in order and apart.
#[derive(Debug, Clone)]
pub struct Document {
    pub source: &'static str,
    pub fields: Vec<String>,
    pub tokens: Vec<Vec<Token>>,
    pub words: Vec<Vec<WordId>>,
    pub marks: Vec<Mark>,
    /// For corpora: the bytes of the corpus's own tokens.
    pub units: Vec<Range<usize>>,
    /// Documents of the same number tell the same story.
    pub story: usize,
}

impl Document {
    fn new(source: &'static str, fields: Vec<String>) -> Self {
        let tokens: Vec<Vec<Token>> = fields.iter().map(|text| token::tokenize(text)).collect();
        let words = tokens
            .iter()
            .zip(&fields)
            .map(|(tokens, text)| {
                tokens
                    .iter()
                    .map(|token| gazetteer::word(token.text(text)))
                    .collect()
            })
            .collect();
        Self {
            source,
            fields,
            tokens,
            words,
            marks: Vec::new(),
            units: Vec::new(),
            story: 0,
        }
    }

    /// Fields with their tokens, as the tagger takes them.
    pub fn borrowed(&self) -> Vec<Field<'_>> {
        (0..self.fields.len())
            .map(|at| Field {
                text: &self.fields[at],
                tokens: &self.tokens[at],
                words: &self.words[at],
            })
            .collect()
    }

    /// The tokens of a field that overlap some bytes of it.
    pub fn tokens_in(&self, field: usize, bytes: &Range<usize>) -> Range<usize> {
        let tokens = &self.tokens[field];
        let start = tokens.partition_point(|token| token.end as usize <= bytes.start);
        let end = tokens.partition_point(|token| (token.start as usize) < bytes.end);
        start..end.max(start)
    }
}

/// Lines of word and tag.
type Rows = Vec<(String, String)>;

fn read_rows(path: &Path) -> Result<Vec<Rows>> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut sentences = Vec::new();
    let mut rows = Rows::new();
    for line in text.lines().chain([""]) {
        if let Some((word, tag)) = line.split_once('\t') {
            rows.push((word.to_owned(), tag.to_owned()));
        } else if !rows.is_empty() {
            sentences.push(std::mem::take(&mut rows));
        }
    }
    Ok(sentences)
}

/// Sets a sentence from its tokens with ordinary spacing; also where each stands.
fn set_text(rows: &Rows) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut units = Vec::new();
    let mut quote_open = false;
    let is_quote = |word: &str| matches!(word, "\"" | "''" | "``");
    for (at, (word, _)) in rows.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| rows[at].0.as_str());
        let mut glued = before.is_none_or(|before| before.ends_with(['(', '[', '{', '“', '‘']))
            || word.starts_with([
                '.', ',', ';', ':', '!', '?', ')', ']', '}', '%', '”', '’', '…',
            ]);
        let mut word = word.as_str();
        if is_quote(word) {
            glued |= quote_open;
            quote_open = !quote_open;
            word = "\"";
        } else if before.is_some_and(is_quote) && quote_open {
            glued = true;
        }
        if !glued {
            text.push(' ');
        }
        units.push(text.len()..text.len() + word.len());
        text.push_str(word);
    }
    (text, units)
}

fn kind_of(tag: &str) -> Option<Kind> {
    match tag.get(2..)? {
        "PER" => Some(Kind::Person),
        "LOC" => Some(Kind::Place),
        "ORG" => Some(Kind::Organisation),
        _ => None,
    }
}

/// Stretches of rows with one tag: range of rows and the tag's name.
fn tagged(rows: &Rows) -> Vec<(Range<usize>, &str)> {
    let mut found: Vec<(Range<usize>, &str)> = Vec::new();
    for (at, (_, tag)) in rows.iter().enumerate() {
        let Some(name) = tag.get(2..) else { continue };
        match found.last_mut() {
            Some((range, last)) if !tag.starts_with('B') && range.end == at && *last == name => {
                range.end = at + 1;
            }
            _ => found.push((at..at + 1, name)),
        }
    }
    found
}

/// Reads one corpus of tagged sentences as it is.
pub fn read_tagged(directory: &Path, name: &'static str, part: &str) -> Result<Vec<Document>> {
    let path = directory.join(format!("corpora/{name}.{part}.conll"));
    let mut documents = Vec::new();
    for rows in read_rows(&path)? {
        let (text, units) = set_text(&rows);
        let mut document = Document::new(name, vec![text]);
        for (range, tag) in tagged(&rows) {
            let Some(kind) = kind_of(&format!("B-{tag}")) else {
                continue;
            };
            let bytes = units[range.start].start..units[range.end - 1].end;
            document.marks.push(Mark {
                field: 0,
                bytes,
                reading: Reading::Name(kind),
            });
        }
        document.units = units;
        documents.push(document);
    }
    Ok(documents)
}

/// Reads NERP, which is all in small letters: capitals are given back by the tags and by
/// `capitals`, how often (1 to 5) a word has one. Its organisations are not tagged, so that any
/// other capital word may be one.
pub fn read_nerp(
    directory: &Path,
    part: &str,
    capitals: &HashMap<String, u8>,
) -> Result<Vec<Document>> {
    let path = directory.join(format!("corpora/nerp.{part}.conll"));
    let mut documents = Vec::new();
    for mut rows in read_rows(&path)? {
        let mut opens = true;
        for (word, tag) in &mut rows {
            let often = capitals.get(word.as_str()).copied().unwrap_or_default();
            let particle = [
                "bin", "binti", "al", "van", "von", "de", "der", "dan", "di", "ke", "dari", "yang",
                "untuk",
            ]
            .contains(&word.as_str());
            let acronym = UPPER.contains(&word.as_str()) && often >= 4;
            let known_small = often == 1 && tag.len() > 1 && &tag[2..] != "PER";
            if acronym {
                *word = word.to_uppercase();
            } else if (tag != "O" && !particle && !known_small) || often >= 4 || opens {
                *word = warta::entity::tagger::word::title_case(word);
            }
            opens = opens && !word.chars().any(char::is_alphanumeric);
        }
        let (text, units) = set_text(&rows);
        let mut document = Document::new("nerp", vec![text]);
        let mut next = 0;
        for (range, tag) in tagged(&rows)
            .into_iter()
            .chain([(rows.len()..rows.len(), "")])
        {
            for (unit, (word, _)) in units[next..range.start]
                .iter()
                .zip(&rows[next..range.start])
            {
                if word.starts_with(char::is_uppercase) {
                    let reading = Reading::Doubtful(bit(Kind::Organisation));
                    document.marks.push(Mark {
                        field: 0,
                        bytes: unit.clone(),
                        reading,
                    });
                }
            }
            next = range.end;
            if range.is_empty() {
                break;
            }
            let bytes = units[range.start].start..units[range.end - 1].end;
            let reading = match kind_of(&format!("B-{tag}")) {
                Some(kind) => Reading::Name(kind),
                None => Reading::Doubtful(bit(Kind::Organisation) | bit(Kind::Place)),
            };
            document.marks.push(Mark {
                field: 0,
                bytes,
                reading,
            });
        }
        document.units = units;
        documents.push(document);
    }
    Ok(documents)
}

/// Words NERP has in small letters that newspapers write in capitals.
const UPPER: [&str; 66] = [
    "apbd", "apbn", "as", "bi", "bmkg", "bnn", "bnpb", "bpjs", "bpk", "diy", "dki", "dpd", "dpr",
    "dprd", "dpp", "fifa", "hut", "itb", "jk", "kbri", "kpk", "kpu", "ktp", "lp", "ma", "mk",
    "mpr", "nato", "ntb", "ntt", "pan", "pbb", "pdi", "pdip", "pkb", "pks", "pln", "pns", "polri",
    "ppp", "psi", "pssi", "pt", "ri", "rs", "sbu", "sbu", "sby", "sd", "sma", "smp", "spbu", "tki",
    "tni", "tv", "ugm", "ui", "umkm", "upt", "uefa", "usa", "wib", "wita", "wni", "uu", "ykpk",
];

/// Countries idner2k leaves untagged half the time: an untagged capital word of these may be one.
const UNTAGGED: [&str; 34] = [
    "indonesia",
    "malaysia",
    "singapura",
    "thailand",
    "filipina",
    "vietnam",
    "australia",
    "jepang",
    "korea",
    "china",
    "cina",
    "tiongkok",
    "india",
    "pakistan",
    "afghanistan",
    "irak",
    "iran",
    "israel",
    "palestina",
    "suriah",
    "mesir",
    "turki",
    "arab",
    "rusia",
    "ukraina",
    "jerman",
    "prancis",
    "perancis",
    "inggris",
    "belanda",
    "italia",
    "spanyol",
    "amerika",
    "as",
];

/// In idner2k, untagged countries may be places.
pub fn doubt_countries(documents: &mut [Document]) {
    for document in documents {
        let mut doubtful = Vec::new();
        for token in &document.tokens[0] {
            let text = token.text(&document.fields[0]).to_lowercase();
            let bytes = token.start as usize..token.end as usize;
            let free = document
                .marks
                .iter()
                .all(|mark| mark.bytes.end <= bytes.start || mark.bytes.start >= bytes.end);
            if free && token.case.is_capital() && UNTAGGED.contains(&text.as_str()) {
                doubtful.push(Mark {
                    field: 0,
                    bytes,
                    reading: Reading::Doubtful(bit(Kind::Place)),
                });
            }
        }
        document.marks.extend(doubtful);
        document.marks.sort_by_key(|mark| mark.bytes.start);
    }
}

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
pub fn read_articles(directory: &Path) -> Result<Vec<Document>> {
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

/// Letters and digits of a text, in small letters: the same text set differently is the same.
fn skeleton(document: &Document) -> Vec<char> {
    document
        .fields
        .iter()
        .flat_map(|text| {
            text.to_lowercase()
                .chars()
                .filter(|letter| letter.is_alphanumeric())
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The runs of forty letters in some documents.
pub fn letter_runs<'a>(documents: impl Iterator<Item = &'a Document>) -> HashSet<u64> {
    documents
        .flat_map(|document| {
            skeleton(document)
                .windows(40)
                .map(run_hash)
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Does a line begin with one of the runs of [`letter_runs`]?
pub fn begins_with_run(line: &str, runs: &HashSet<u64>) -> bool {
    let letters: Vec<char> = line
        .to_lowercase()
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .take(40)
        .collect();
    letters.len() == 40 && runs.contains(&run_hash(&letters))
}

fn run_hash(run: &[char]) -> u64 {
    run.iter().fold(0, |state, letter| {
        hash::pair(state, u64::from(u32::from(*letter)))
    })
}

/// Drops documents that share a run of forty letters with any of `kept_back`, or are another's double.
pub fn without_copies(documents: Vec<Document>, kept_back: &[Document]) -> Vec<Document> {
    let mut runs = HashSet::new();
    let mut seen = HashSet::new();
    for document in kept_back {
        let skeleton = skeleton(document);
        runs.extend(skeleton.windows(40).map(run_hash));
        seen.insert(run_hash(&skeleton));
    }
    documents
        .into_iter()
        .filter(|document| {
            let skeleton = skeleton(document);
            (document.tokens[0].len() < 5 || seen.insert(run_hash(&skeleton)))
                && !skeleton
                    .windows(40)
                    .any(|run| runs.contains(&run_hash(run)))
        })
        .collect()
}
