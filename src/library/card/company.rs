//! Who and what is named together with someone.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use crate::entity::CountryCode;
use crate::library::ArticleId;
use crate::library::follow::Following;
use crate::library::known;
use crate::library::person::{self, PersonId, Who, code};

/// Who is named together with someone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Company {
    /// In how many articles was looked, the latest ones.
    pub among: usize,
    /// The people, most frequent first.
    pub people: Vec<Together>,
    /// The countries, most frequent first.
    pub countries: Vec<Together>,
    /// For a country: those people whom articles link to it.
    pub its_people: Vec<Together>,
}

/// Someone named together with someone else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// Who.
    pub who: Who,
    /// The name.
    pub name: String,
    /// In how many articles.
    pub articles: usize,
    /// The user follows it.
    pub is_followed: bool,
}

/// Counts the company of someone in some articles.
pub fn of(
    connection: &Connection,
    among: &[ArticleId],
    who: &Who,
    forms: &[i64],
    most: usize,
) -> rusqlite::Result<Company> {
    let own_country = match who {
        Who::Country(code) => Some(*code),
        _ => None,
    };
    let mut people: HashMap<i64, usize> = HashMap::new();
    let mut its_people: HashMap<i64, usize> = HashMap::new();
    let mut countries: HashMap<CountryCode, usize> = HashMap::new();
    let mut persons =
        connection.prepare_cached("SELECT person, country FROM person_named WHERE article = ?1")?;
    let mut states =
        connection.prepare_cached("SELECT country FROM country_named WHERE article = ?1")?;
    for article in among {
        let mut rows = persons.query([article.0])?;
        while let Some(row) = rows.next()? {
            let form: i64 = row.get(0)?;
            if forms.contains(&form) {
                continue;
            }
            *people.entry(form).or_default() += 1;
            if own_country.is_some()
                && row.get_ref(1)?.as_str_or_null()?.and_then(code) == own_country
            {
                *its_people.entry(form).or_default() += 1;
            }
        }
        let mut rows = states.query([article.0])?;
        while let Some(row) = rows.next()? {
            if let Some(country) = code(row.get_ref(0)?.as_str()?)
                && Some(country) != own_country
            {
                *countries.entry(country).or_default() += 1;
            }
        }
    }
    let following = Following::read(connection)?;
    let mut countries: Vec<Together> = countries
        .into_iter()
        .map(|(code, articles)| Together {
            is_followed: following.has(&Who::Country(code)),
            who: Who::Country(code),
            name: known::country_name(code),
            articles,
        })
        .collect();
    sort(&mut countries, most);
    Ok(Company {
        among: among.len(),
        people: named(connection, &following, people, most)?,
        countries,
        its_people: named(connection, &following, its_people, most)?,
    })
}

/// The people of some counted forms, those counted most first.
fn named(
    connection: &Connection,
    following: &Following,
    forms: HashMap<i64, usize>,
    most: usize,
) -> rusqlite::Result<Vec<Together>> {
    let mut people: HashMap<PersonId, usize> = HashMap::new();
    for (form, count) in forms {
        // An article with two forms of one person counts twice; that is rare, and never much.
        if let Some(person) = person::root(connection, form).optional()? {
            *people.entry(person).or_default() += count;
        }
    }
    let mut counted: Vec<(PersonId, usize)> = people.into_iter().collect();
    counted.sort_unstable_by_key(|&(person, count)| (std::cmp::Reverse(count), person));
    counted.truncate(most);
    let mut people = counted
        .into_iter()
        .map(|(person, articles)| {
            Ok(Together {
                is_followed: following.has(&Who::Person(person)),
                who: Who::Person(person),
                name: person::name(connection, person)?,
                articles,
            })
        })
        .collect::<rusqlite::Result<Vec<_>>>()?;
    sort(&mut people, most);
    Ok(people)
}

fn sort(list: &mut Vec<Together>, most: usize) {
    list.sort_by(|a, b| (b.articles, &a.name).cmp(&(a.articles, &b.name)));
    list.truncate(most);
}
