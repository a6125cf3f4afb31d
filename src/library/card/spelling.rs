//! How the latest articles write a name: "Putin" beside "Vladimir Putin", "Kremlin" for Russia.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use super::Form;
use crate::entity::{Document, Entities, Mention};
use crate::library::person::Who;
use crate::library::{ArticleId, fold, names};

/// How many articles are read for it, the latest.
pub const SPELLED: usize = 30;

/// How many spellings are said.
const MOST: usize = 8;

/// The spellings of a name in some articles, beside those whose keys are `known`, the most frequent
/// first. Of a country only its capitals and seats of government count: its other names say nothing
/// about it.
pub fn of(
    connection: &Connection,
    among: &[ArticleId],
    who: &Who,
    known: &[String],
) -> rusqlite::Result<Vec<Form>> {
    let mut counted: HashMap<String, (String, usize)> = HashMap::new();
    for &article in among.iter().take(SPELLED) {
        let mut met: Vec<String> = Vec::new();
        read(connection, article, |document, entities| {
            for mention in mentions(entities, who, known) {
                let written = mention.text(document);
                let key = fold::key(written);
                if known.contains(&key) || met.contains(&key) {
                    continue;
                }
                counted
                    .entry(key.clone())
                    .or_insert_with(|| (written.to_owned(), 0))
                    .1 += 1;
                met.push(key);
            }
        })?;
    }
    let mut forms: Vec<Form> = counted
        .into_values()
        .map(|(form, articles)| Form {
            form,
            id: None,
            articles,
        })
        .collect();
    forms.sort_by(|a, b| (b.articles, &a.form).cmp(&(a.articles, &b.form)));
    forms.truncate(MOST);
    Ok(forms)
}

fn mentions<'a>(entities: &'a Entities, who: &Who, known: &[String]) -> Vec<&'a Mention> {
    match who {
        Who::Country(code) => entities
            .countries
            .iter()
            .filter(|country| country.code == *code)
            .flat_map(|country| &country.seats)
            .collect(),
        _ => entities
            .people
            .iter()
            .filter(|person| known.contains(&fold::key(&person.name)))
            .flat_map(|person| &person.mentions)
            .collect(),
    }
}

/// Shows the names of an article together with its text.
fn read(
    connection: &Connection,
    article: ArticleId,
    show: impl FnOnce(&Document<'_>, &Entities),
) -> rusqlite::Result<()> {
    type Texts = (String, Option<String>, String, Vec<u8>);
    let found: Option<Texts> = connection
        .prepare_cached(
            "SELECT coalesce(article.title, feed.title, source), standfirst, text, names
             FROM article JOIN body ON body.article = article.id
                 LEFT JOIN feed ON feed.id = article.feed
             WHERE article.id = ?1",
        )?
        .query_row([article.0], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    if let Some((title, standfirst, text, blob)) = found {
        let document = Document {
            title: Some(&title),
            standfirst: standfirst.as_deref(),
            text: &text,
        };
        if let Some(entities) = names::decode(&blob, &document) {
            show(&document, &entities);
        }
    }
    Ok(())
}
