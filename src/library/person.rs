//! Who is who across articles.
//!
//! An article names people by forms: "Donald Trump", "Donald J. Trump", "Kim". A form is a row of
//! `person`, and two forms are one person only with evidence:
//!
//! - The same full name, of two words at least, is the same person.
//! - A form that the closed lists know of a well-known figure is that figure where an article gives
//!   the form with the figure's country, or with an office like the figure's.
//! - A lone word is never joined by itself: every "Kim" of which its article does not say more
//!   stays apart under the lone form, and [`Named::is_lone`] says that it may be several people.
//!   Where the article does say (a known figure's form, with an agreeing country or office, and no
//!   other figure it could be), that article's form is kept as one of its own, with the key
//!   `kim = kim jong un`, and is joined. For a form that others bear too the country counts only
//!   abroad: in Indonesian news nearly everyone is of Indonesia. A figure whose whole name is one
//!   word is kept so too (`sugiono = sugiono`), apart from every other of that name.
//! - What the user joined or parted stays so, whatever articles say later.
//!
//! Joined forms point at the one that stands for the person, `person.who`; its id is the person's.

pub(super) mod join;
mod office;

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::fold;
use super::known;
use super::query::{Phrase, Typing};
use super::{ArticleId, Library, Problem};
use crate::entity::gazetteer::{self, Entry, Figure};
use crate::entity::{CountryCode, Person, is_everyday};

/// A person of the library: the form of the name that stands for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub i64);

/// The country of which being named says nothing.
const HOME: CountryCode = CountryCode(*b"ID");

/// How many people are listed whom a name may mean.
const CANDIDATES: usize = 20;

/// Whom a card, a filter or a follow is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Who {
    /// A person of the library.
    Person(PersonId),
    /// A person by name; with the article the name stands in, where that is in the library, so that
    /// a lone word can be told from another.
    Name {
        /// As the article has it.
        name: String,
        /// Where it stands.
        article: Option<ArticleId>,
    },
    /// A country.
    Country(CountryCode),
}

/// Whom a name means that someone typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// This one.
    One(Who),
    /// One of these, the most named first.
    Several(Vec<Named>),
    /// Nobody that articles or the closed lists know.
    Nobody,
}

/// A person by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Who.
    pub id: PersonId,
    /// The form that stands for the person.
    pub name: String,
    /// A lone word, which may mean several people.
    pub is_lone: bool,
    /// How many articles name the person.
    pub articles: usize,
}

impl Library {
    /// The person that a name means, in an article where one is given; None where the library has
    /// no such name.
    pub fn person(
        &self,
        name: &str,
        article: Option<ArticleId>,
    ) -> Result<Option<PersonId>, Problem> {
        self.read(|connection| find(connection, name, article))
    }

    /// Whom a typed name means: a country by code or name, a person by the full name or by a form
    /// that is certain, or the only person with these words in the name.
    pub fn meant(&self, name: &str) -> Result<Meant, Problem> {
        if let Some(code) = known::country_called(name) {
            return Ok(Meant::One(Who::Country(code)));
        }
        let key = fold::key(name);
        if !is_lone(&key)
            && let Some(id) = self.person(name, None)?
        {
            return Ok(Meant::One(Who::Person(id)));
        }
        let certain: Vec<&Figure> = figures(name)
            .into_iter()
            .filter(|(figure, certain)| *certain || fold::key(figure.name) == key)
            .map(|(figure, _)| figure)
            .collect();
        if let [figure] = certain.as_slice() {
            if let Some(known) = self.figure(figure)? {
                return Ok(Meant::One(Who::Person(known)));
            }
            // Someone of that name who is in the news comes before a figure who is not.
            if self.person(name, None)?.is_none() {
                return Ok(Meant::One(Who::Name {
                    name: figure.name.to_owned(),
                    article: None,
                }));
            }
        }
        let mut people = self.people_called(name, Typing::Done, CANDIDATES)?;
        Ok(match people.len() {
            0 => {
                let begun = self.people_called(name, Typing::Going, CANDIDATES)?;
                if begun.is_empty() {
                    Meant::Nobody
                } else {
                    Meant::Several(begun)
                }
            }
            1 => Meant::One(Who::Person(people.remove(0).id)),
            _ => Meant::Several(people),
        })
    }

    /// Whether a person is only a lone word, of which nothing says who is meant.
    pub fn is_lone(&self, who: &Who) -> Result<bool, Problem> {
        self.read(|connection| {
            let Some(person) = join::person(connection, who)? else {
                return Ok(false);
            };
            // A word the user joined is no riddle.
            Ok(is_one_word(connection, person)? && forms(connection, person)?.len() == 1)
        })
    }

    /// The well-known figure, where articles name them.
    fn figure(&self, figure: &Figure) -> Result<Option<PersonId>, Problem> {
        let full = fold::key(figure.name);
        let key = if is_lone(&full) {
            format!("{full} = {full}")
        } else {
            full
        };
        self.read(|connection| {
            let form = connection
                .prepare_cached("SELECT id FROM person WHERE key = ?1")?
                .query_row([key], |row| row.get(0))
                .optional()?;
            form.map(|form| root(connection, form)).transpose()
        })
    }

    /// The people whose names have these words together, those named most first: what an incomplete
    /// name may mean. While it is being typed its last word may be a part of one.
    pub fn people_called(
        &self,
        words: &str,
        typing: Typing,
        limit: usize,
    ) -> Result<Vec<Named>, Problem> {
        self.read(|connection| {
            let mut roots = called(connection, &fold::key(words), typing == Typing::Going)?
                .into_iter()
                .map(|person| root(connection, person))
                .collect::<rusqlite::Result<Vec<_>>>()?;
            roots.sort_unstable();
            roots.dedup();
            let mut people = roots
                .into_iter()
                .map(|person| named(connection, person))
                .collect::<rusqlite::Result<Vec<_>>>()?;
            people.sort_by(|a, b| (b.articles, &a.name).cmp(&(a.articles, &b.name)));
            people.truncate(limit);
            Ok(people)
        })
    }
}

/// Ids of people by key, as far as a transaction has met them.
pub(super) type People = HashMap<String, i64>;

/// The forms that the user said lone words of an article mean.
pub(super) fn placed(connection: &Connection, article: ArticleId) -> rusqlite::Result<People> {
    connection
        .prepare_cached("SELECT key, person FROM placed WHERE article = ?1")?
        .query_map([article.0], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// The form under which an article's person is kept; None for a name without a letter or digit.
pub(super) fn keep(
    connection: &Connection,
    named: &Person,
    people: &mut People,
) -> rusqlite::Result<Option<i64>> {
    let key = fold::key(&named.name);
    if key.is_empty() {
        return Ok(None);
    }
    let Some(figure) = meant(&named.name, named.country, named.role.as_deref()) else {
        return form(connection, &key, &named.name, people).map(Some);
    };
    let full = fold::key(figure.name);
    if key == full && !is_lone(&key) {
        return form(connection, &key, &named.name, people).map(Some);
    }
    let key = if is_lone(&key) {
        format!("{key} = {full}")
    } else {
        key
    };
    let person = form(connection, &key, &named.name, people)?;
    if is_lone(&full) {
        return Ok(Some(person));
    }
    let known = form(connection, &full, figure.name, people)?;
    connection
        .prepare_cached(
            "UPDATE person SET who = coalesce((SELECT who FROM person WHERE id = ?2), ?2)
             WHERE id = ?1 AND who IS NULL AND decided = 0
                 AND NOT EXISTS (SELECT 1 FROM person AS other WHERE other.who = ?1)",
        )?
        .execute([person, known])?;
    Ok(Some(person))
}

/// The form of a name that no article has yet; None for a name without a letter or digit.
pub(super) fn introduce(connection: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    let key = fold::key(name);
    if key.is_empty() {
        return Ok(None);
    }
    form(connection, &key, name, &mut People::new()).map(Some)
}

/// Is the key one word, of which nothing says who is meant?
pub(super) fn is_lone(key: &str) -> bool {
    !key.contains(' ')
}

/// The known figures that a name can mean as a whole, and whether it is certain by the name alone.
pub(super) fn figures(name: &str) -> Vec<(&'static Figure, bool)> {
    let words: Vec<_> = name.split_whitespace().map(gazetteer::word).collect();
    if !words.first().is_some_and(|word| word.is_known()) {
        return Vec::new();
    }
    let mut figures: Vec<(&'static Figure, bool)> = gazetteer::phrases(&words)
        .filter(|phrase| phrase.len == words.len())
        .flat_map(gazetteer::Phrase::entries)
        .filter_map(|entry| match entry {
            Entry::Figure { figure, certain } => Some((figure, certain)),
            _ => None,
        })
        .collect();
    figures.dedup_by_key(|(figure, _)| *figure);
    figures
}

/// The one known figure that a name means by what its article says of it.
fn meant(name: &str, country: Option<CountryCode>, role: Option<&str>) -> Option<&'static Figure> {
    // Of a lone word the office says more than the country, where there is one.
    let has_office = is_lone(&fold::key(name)) && role.is_some();
    let mut agreeing = figures(name)
        .into_iter()
        .filter(|(figure, certain)| {
            let telling = country.filter(|&code| {
                if has_office {
                    code != HOME && role.is_some_and(|role| office::is_alike(figure, role))
                } else {
                    code != HOME || *certain
                }
            });
            agrees(figure, telling, role) && country.is_none_or(|code| code == figure.country)
        })
        .map(|(figure, _)| figure);
    let first = agreeing.next()?;
    agreeing.next().is_none().then_some(first)
}

/// Whether articles that give a figure's name mean the figure. For a name that others bear too they
/// must say so by a country abroad or an office; for any other they must only say nothing else.
pub(super) fn is_told_of(
    figure: &Figure,
    name: &str,
    country: Option<CountryCode>,
    offices: &[&str],
) -> bool {
    if country.is_some_and(|code| code != figure.country) {
        return false;
    }
    if (country.is_none() && offices.is_empty()) || country.is_some_and(|code| code != HOME) {
        return true;
    }
    let is_certain = figures(name)
        .into_iter()
        .any(|(known, certain)| certain && known == figure);
    if is_certain {
        return offices.is_empty() || !offices.iter().all(|role| is_everyday(role));
    }
    offices
        .iter()
        .any(|role| office::is_same(figure, role) || office::is_alike(figure, role))
}

/// Does an article's word of someone agree with what is known of a figure?
fn agrees(figure: &Figure, country: Option<CountryCode>, role: Option<&str>) -> bool {
    country == Some(figure.country) || role.is_some_and(|role| office::is_same(figure, role))
}

/// The id of a form of a name.
fn form(
    connection: &Connection,
    key: &str,
    name: &str,
    people: &mut People,
) -> rusqlite::Result<i64> {
    if let Some(&person) = people.get(key) {
        return Ok(person);
    }
    let found = connection
        .prepare_cached("SELECT id FROM person WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    let person = if let Some(person) = found {
        person
    } else {
        connection
            .prepare_cached("INSERT INTO person (key, name) VALUES (?1, ?2)")?
            .execute([key, name])?;
        let person = connection.last_insert_rowid();
        let mut words = connection
            .prepare_cached("INSERT OR IGNORE INTO person_word (word, person) VALUES (?1, ?2)")?;
        for word in key.split(' ').filter(|word| *word != "=") {
            words.execute(params![word, person])?;
        }
        person
    };
    people.insert(key.to_owned(), person);
    Ok(person)
}

/// The person that a name means.
pub(super) fn find(
    connection: &Connection,
    name: &str,
    article: Option<ArticleId>,
) -> rusqlite::Result<Option<PersonId>> {
    let key = fold::key(name);
    if let (Some(article), true) = (article, is_lone(&key)) {
        let here = connection
            .prepare_cached(
                "SELECT person.id FROM person_named JOIN person ON person.id = person
                 WHERE article = ?1 AND (key = ?2 OR key GLOB ?2 || ' = *') ORDER BY place LIMIT 1",
            )?
            .query_row(params![article.0, key], |row| row.get(0))
            .optional()?;
        if let Some(form) = here {
            return root(connection, form).map(Some);
        }
    }
    let form = connection
        .prepare_cached("SELECT id FROM person WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    form.map(|form| root(connection, form)).transpose()
}

/// The person of a form.
pub(super) fn root(connection: &Connection, form: i64) -> rusqlite::Result<PersonId> {
    connection
        .prepare_cached("SELECT coalesce(who, id) FROM person WHERE id = ?1")?
        .query_row([form], |row| row.get(0).map(PersonId))
}

/// The name of a person.
pub(super) fn name(connection: &Connection, person: PersonId) -> rusqlite::Result<String> {
    connection
        .prepare_cached("SELECT name FROM person WHERE id = ?1")?
        .query_row([person.0], |row| row.get(0))
}

/// Is the person only a lone word, of which nothing says who is meant?
pub(super) fn is_one_word(connection: &Connection, person: PersonId) -> rusqlite::Result<bool> {
    let key: String = connection
        .prepare_cached("SELECT key FROM person WHERE id = ?1")?
        .query_row([person.0], |row| row.get(0))?;
    Ok(is_lone(&key))
}

/// Whom every joined form stands for, for counting many at once.
pub(super) struct Roots(HashMap<i64, i64>);

impl Roots {
    /// Reads them all; there are few beside the forms that stand for themselves.
    pub fn read(connection: &Connection) -> rusqlite::Result<Self> {
        connection
            .prepare_cached("SELECT id, who FROM person WHERE who IS NOT NULL")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()
            .map(Self)
    }

    /// The form that stands for the person of a form.
    pub fn of(&self, form: i64) -> i64 {
        self.0.get(&form).copied().unwrap_or(form)
    }
}

/// The ids of all forms of a person, the one that stands for them first.
pub(super) fn forms(connection: &Connection, person: PersonId) -> rusqlite::Result<Vec<i64>> {
    let mut forms = vec![person.0];
    let mut joined = connection.prepare_cached("SELECT id FROM person WHERE who = ?1")?;
    for form in joined.query_map([person.0], |row| row.get(0))? {
        forms.push(form?);
    }
    Ok(forms)
}

/// The forms that have the words of a folded phrase together; the last word may go on.
pub(super) fn called(
    connection: &Connection,
    phrase: &str,
    prefix: bool,
) -> rusqlite::Result<Vec<i64>> {
    let Some(first) = phrase.split(' ').next().filter(|word| !word.is_empty()) else {
        return Ok(Vec::new());
    };
    let last = if prefix && is_lone(phrase) {
        // Beyond every word that begins so.
        format!("{first}\u{10ffff}")
    } else {
        first.to_owned()
    };
    let mut select = connection.prepare_cached(
        "SELECT DISTINCT person.id, key FROM person_word JOIN person ON person.id = person
         WHERE word BETWEEN ?1 AND ?2",
    )?;
    let mut rows = select.query(params![first, last])?;
    let mut people = Vec::new();
    // "jokowi" is no word of the name it is known to mean.
    let mut known = connection.prepare_cached("SELECT id FROM person WHERE key = ?1")?;
    for (figure, _) in figures(phrase).into_iter().filter(|(_, certain)| *certain) {
        let ids = known.query_map([fold::key(figure.name)], |row| row.get(0))?;
        people.extend(ids.collect::<rusqlite::Result<Vec<i64>>>()?);
    }
    let sought = format!(" {phrase}{}", if prefix { "" } else { " " });
    while let Some(row) = rows.next()? {
        let key = format!(" {} ", row.get_ref(1)?.as_str()?);
        if key.contains(&sought) {
            people.push(row.get(0)?);
        }
    }
    people.sort_unstable();
    people.dedup();
    Ok(people)
}

/// The forms of all people that have a form with the words of a phrase together.
pub(super) fn sought(connection: &Connection, phrase: &Phrase) -> rusqlite::Result<Vec<i64>> {
    let mut sought = Vec::new();
    for form in called(connection, &phrase.words.join(" "), phrase.prefix)? {
        sought.extend(forms(connection, root(connection, form)?)?);
    }
    sought.sort_unstable();
    sought.dedup();
    Ok(sought)
}

/// Joins the forms of known figures in articles that were kept before forms were joined.
pub(super) fn join_figures(connection: &Connection) -> rusqlite::Result<()> {
    let mut people = People::new();
    let mut every = connection.prepare("SELECT id, name FROM person")?;
    let all: Vec<(i64, String)> = every
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut naming =
        connection.prepare("SELECT article, role, country FROM person_named WHERE person = ?1")?;
    for (form, name) in all {
        if figures(&name).is_empty() {
            continue;
        }
        let named: Vec<(i64, Option<String>, Option<String>)> = naming
            .query_map([form], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (article, role, country) in named {
            let named = Person {
                name: name.clone(),
                known: false,
                role,
                country: country.as_deref().and_then(code),
                mentions: Vec::new(),
            };
            if let Some(told) = keep(connection, &named, &mut people)?
                && told != form
            {
                connection
                    .prepare_cached(
                        "UPDATE OR IGNORE person_named SET person = ?3
                         WHERE article = ?1 AND person = ?2",
                    )?
                    .execute([article, form, told])?;
            }
        }
    }
    Ok(())
}

/// Two capital letters as a country's code.
pub(super) fn code(text: &str) -> Option<CountryCode> {
    text.as_bytes().try_into().ok().map(CountryCode)
}

/// A person with their name.
fn named(connection: &Connection, person: PersonId) -> rusqlite::Result<Named> {
    let (key, name): (String, String) = connection
        .prepare_cached("SELECT key, name FROM person WHERE id = ?1")?
        .query_row([person.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let articles = connection
        .prepare(&format!(
            "SELECT count(DISTINCT article) FROM person_named WHERE person IN ({})",
            list(&forms(connection, person)?)
        ))?
        .query_row([], |row| row.get(0))?;
    Ok(Named {
        id: person,
        name,
        is_lone: is_lone(&key),
        articles,
    })
}

/// Ids as SQL.
pub(super) fn list(ids: &[i64]) -> String {
    let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
    ids.join(", ")
}
