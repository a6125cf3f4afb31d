//! Following people and countries.
//!
//! A person is followed by one form of the name, and so under every form joined with it, then and
//! later. What is unread of the articles that name someone followed is what is new about them.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::card::{self, Resolved};
use super::known;
use super::person::{self, PersonId, Who, code, list};
use super::{Library, Problem};
use crate::entity::CountryCode;

/// Someone or something the user follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// A person by id, or a country.
    pub who: Who,
    /// The name.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// How many articles name it.
    pub articles: usize,
    /// How many of those are not yet read; [`MANY`] stands for so many or more.
    pub unread: usize,
}

/// Nobody reads on when told of more unread articles.
pub const MANY: usize = 1_000;

impl Library {
    /// Follows a person or country. False where it is followed already. A name that stands in no
    /// article yet is kept, and meets the articles to come.
    pub fn follow(&mut self, who: &Who, now: Timestamp) -> Result<bool, Problem> {
        self.write(|connection| {
            if is_followed(connection, who)? {
                return Ok(false);
            }
            let (person, country) = match card::resolve(connection, who)? {
                Resolved::Country(code) => (None, Some(code.to_string())),
                Resolved::Person(id) => (Some(id.0), None),
                Resolved::Nobody(name) => match person::introduce(connection, &name)? {
                    Some(id) => (Some(id), None),
                    None => return Ok(false),
                },
            };
            let changed = connection.execute(
                "INSERT OR IGNORE INTO followed (person, country, since) VALUES (?1, ?2, ?3)",
                params![person, country, now.as_second()],
            )?;
            Ok(changed > 0)
        })
    }

    /// Follows it no more. False where it was not followed.
    pub fn unfollow(&mut self, who: &Who) -> Result<bool, Problem> {
        self.write(|connection| {
            let changed = match card::resolve(connection, who)? {
                Resolved::Country(code) => connection
                    .execute("DELETE FROM followed WHERE country = ?1", [code.as_str()])?,
                Resolved::Person(id) => connection.execute(
                    &format!(
                        "DELETE FROM followed WHERE person IN ({})",
                        list(&person::forms(connection, id)?)
                    ),
                    [],
                )?,
                Resolved::Nobody(_) => 0,
            };
            Ok(changed > 0)
        })
    }

    /// Which of these the user follows, in their order.
    pub fn are_followed(&self, all: &[Who]) -> Result<Vec<bool>, Problem> {
        self.read(|connection| {
            if Following::read(connection)?.is_empty() {
                return Ok(vec![false; all.len()]);
            }
            all.iter().map(|who| is_followed(connection, who)).collect()
        })
    }

    /// Everyone followed, those with most unread first.
    pub fn followed(&self) -> Result<Vec<Followed>, Problem> {
        self.read(|connection| {
            let mut all = Vec::new();
            let mut select =
                connection.prepare_cached("SELECT person, country, since FROM followed")?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                let since = Timestamp::from_second(row.get(2)?).unwrap_or_default();
                let person: Option<i64> = row.get(0)?;
                let country: Option<String> = row.get(1)?;
                let (who, name, named) = if let Some(form) = person {
                    let id = person::root(connection, form)?;
                    let forms = list(&person::forms(connection, id)?);
                    let named = format!("person_named WHERE person IN ({forms})");
                    (Who::Person(id), person::name(connection, id)?, named)
                } else if let Some(code) = country.as_deref().and_then(code) {
                    let named = format!("country_named WHERE country = '{code}'");
                    (Who::Country(code), known::country_name(code), named)
                } else {
                    continue;
                };
                let articles = connection
                    .prepare_cached(&format!("SELECT count(DISTINCT article) FROM {named}"))?
                    .query_row([], |row| row.get(0))?;
                let unread = unread(connection, &named, articles)?;
                all.push(Followed {
                    who,
                    name,
                    since,
                    articles,
                    unread,
                });
            }
            all.sort_by(|a, b| (b.unread, &a.name).cmp(&(a.unread, &b.name)));
            // Two names that were followed and later joined are one.
            all.dedup_by(|a, b| a.who == b.who);
            Ok(all)
        })
    }
}

/// How many of some rows with names are of articles not yet read, up to [`MANY`].
///
/// Asked from the shorter side: of the articles named, or of those unread.
fn unread(connection: &Connection, named: &str, articles: usize) -> rusqlite::Result<usize> {
    let all: usize = connection
        .prepare_cached("SELECT count(*) FROM article WHERE unread = 1")?
        .query_row([], |row| row.get(0))?;
    let rows = if all < articles {
        format!(
            "SELECT id FROM article WHERE unread = 1
                 AND EXISTS (SELECT 1 FROM {named} AND article = article.id)"
        )
    } else {
        format!(
            "SELECT DISTINCT id FROM (SELECT article FROM {named}) AS names
                 CROSS JOIN article ON id = names.article WHERE unread = 1"
        )
    };
    connection
        .prepare_cached(&format!("SELECT count(*) FROM ({rows} LIMIT {MANY})"))?
        .query_row([], |row| row.get(0))
}

/// Does the user follow it?
pub(super) fn is_followed(connection: &Connection, who: &Who) -> rusqlite::Result<bool> {
    match card::resolve(connection, who)? {
        Resolved::Country(code) => connection
            .prepare_cached("SELECT 1 FROM followed WHERE country = ?1")?
            .exists([code.as_str()]),
        Resolved::Person(PersonId(id)) => Ok(connection
            .prepare_cached(
                "SELECT 1 FROM followed JOIN person ON person.id = followed.person
                 WHERE coalesce(who, person.id) = ?1",
            )?
            .query_row([id], |_| Ok(()))
            .optional()?
            .is_some()),
        Resolved::Nobody(_) => Ok(false),
    }
}

/// Who is followed, for asking about many names or articles at once.
#[derive(Debug, Default)]
pub(super) struct Following {
    people: Vec<PersonId>,
    /// Every form of everyone followed.
    forms: Vec<i64>,
    countries: Vec<CountryCode>,
}

impl Following {
    /// Looks up who is followed.
    pub fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let mut following = Self::default();
        let mut select = connection.prepare_cached("SELECT person, country FROM followed")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(form) = row.get::<_, Option<i64>>(0)? {
                let id = person::root(connection, form)?;
                following.forms.extend(person::forms(connection, id)?);
                following.people.push(id);
            }
            following
                .countries
                .extend(row.get_ref(1)?.as_str_or_null()?.and_then(code));
        }
        Ok(following)
    }

    /// Nobody is followed.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty() && self.countries.is_empty()
    }

    /// Is it followed?
    pub fn has(&self, who: &Who) -> bool {
        match who {
            Who::Person(id) => self.people.contains(id),
            Who::Country(code) => self.countries.contains(code),
            Who::Name { .. } => false,
        }
    }

    /// True of an article, `article.id`, that names someone followed.
    pub fn names(&self, article: &str) -> String {
        let countries: Vec<String> = self.countries.iter().map(|c| format!("'{c}'")).collect();
        format!(
            "(EXISTS (SELECT 1 FROM person_named WHERE article = {article} AND person IN ({}))
              OR EXISTS (SELECT 1 FROM country_named WHERE article = {article} AND country IN ({})))",
            list(&self.forms),
            countries.join(", ")
        )
    }
}
