//! Corpora of tagged sentences, one word and its tag a line.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use warta::entity::tagger::{Kind, word};

use super::{Document, Mark, Reading, bit};

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
pub fn read(directory: &Path, name: &'static str, part: &str) -> Result<Vec<Document>> {
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
                *word = word::title_case(word);
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
