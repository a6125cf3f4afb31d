//! The card of a person or country: what all articles of the library say of it.
//!
//! Everything said of a person stands in one index, `person_named_where`, in the order of time, and
//! is read in one walk. A country may be named in nearly every article; its counts are kept by day
//! as articles come and go (`country_day`). Who is named with someone is counted in the latest
//! [`LATEST`] articles, and how the name is written in fewer still. So a card costs about the same
//! however many articles there are. Titles are left to [`Library::rows_of`], for the articles that
//! are on the screen.

mod chart;
mod company;
mod spelling;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;
use jiff::{Timestamp, ZonedDateTime};
use rusqlite::{Connection, OptionalExtension, params};

use super::fold;
use super::follow::is_followed;
use super::known::{self, Known};
use super::person::{self, PersonId, Who, code, list};
use super::{ArticleId, Library, Problem};
use crate::entity::CountryCode;
use crate::entity::gazetteer::Figure;

pub use chart::{Bar, Chart, Unit};
pub use company::{Company, Together};
pub use spelling::SPELLED;

/// How many articles, the latest, are read for who is named with someone.
pub const LATEST: usize = 500;

/// How many names a card lists as company.
const COMPANIONS: usize = 12;

/// What the library says of a person or country.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Whom it is about; a person of the library by id.
    pub who: Who,
    /// The full name.
    pub name: String,
    /// A lone word: the articles may mean several people.
    pub is_lone: bool,
    /// The offices that articles gave, the newest first. None for a country.
    pub offices: Vec<Office>,
    /// The country that most articles link the person to.
    pub country: Option<CountryCode>,
    /// The other forms of the name: those joined with it, then those of its latest articles. For a
    /// country the capitals and seats of government by which they name it.
    pub forms: Vec<Form>,
    /// How many articles name it.
    pub articles: usize,
    /// How often; for a country its seats among them.
    pub mentions: usize,
    /// Who and what is named with it.
    pub company: Company,
    /// How often it was named over time.
    pub chart: Chart,
    /// The same by day, without the days on which it was not named.
    pub days: Vec<Bar>,
    /// What is known beside the articles.
    pub known: Option<Known>,
    /// The user follows it.
    pub is_followed: bool,
}

/// An office that articles gave a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// As the latest article has it.
    pub office: String,
    /// How many articles gave it.
    pub articles: usize,
    /// The latest.
    pub last: Evidence,
    /// The earliest; the same where there is one.
    pub first: Evidence,
}

/// The article that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// Which.
    pub article: ArticleId,
    /// When it was published; when it was fetched where it does not say.
    pub moment: Timestamp,
}

/// A form of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// As it stands in articles.
    pub form: String,
    /// The form of the library, where it is one that can be parted ([`Library::part`]).
    pub id: Option<PersonId>,
    /// How many articles have it.
    pub articles: usize,
}

impl Library {
    /// The card of a person or country. A name that no article has gives a card with what is known
    /// beside articles and nothing else.
    ///
    /// Of a lone word that stands in an article, offices, country and company are from that article:
    /// another article may mean someone else by it.
    pub fn card(&self, who: &Who, now: &ZonedDateTime) -> Result<Card, Problem> {
        let stands_in = match who {
            Who::Name { article, .. } => *article,
            Who::Person(_) | Who::Country(_) => None,
        };
        self.read(|connection| match resolve(connection, who)? {
            Resolved::Person(id) => of_person(connection, id, stands_in, now),
            Resolved::Nobody(name) => Ok(of_nobody(who, name)),
            Resolved::Country(code) => of_country(connection, code, now),
        })
    }

    /// The articles that name a person or country, the newest first, as far as they stand in
    /// `range`.
    pub fn naming(&self, who: &Who, range: Range<usize>) -> Result<Vec<ArticleId>, Problem> {
        self.read(|connection| {
            let named = match resolve(connection, who)? {
                Resolved::Person(id) => persons(&person::forms(connection, id)?),
                Resolved::Country(code) => format!("country_named WHERE country = '{code}'"),
                Resolved::Nobody(_) => return Ok(Vec::new()),
            };
            latest(connection, &named, &range)
        })
    }
}

/// Whom a caller means.
pub(super) enum Resolved {
    /// A person of the library.
    Person(PersonId),
    /// A name that no article has.
    Nobody(String),
    /// A country.
    Country(CountryCode),
}

/// Finds whom a caller means.
pub(super) fn resolve(connection: &Connection, who: &Who) -> rusqlite::Result<Resolved> {
    Ok(match who {
        Who::Country(code) => Resolved::Country(*code),
        Who::Person(id) => match root(connection, id.0)? {
            Some(id) => Resolved::Person(id),
            None => Resolved::Nobody(String::new()),
        },
        Who::Name { name, article } => match person::find(connection, name, *article)? {
            Some(id) => Resolved::Person(id),
            None => Resolved::Nobody(name.clone()),
        },
    })
}

fn root(connection: &Connection, form: i64) -> rusqlite::Result<Option<PersonId>> {
    person::root(connection, form).optional()
}

/// The rows of some forms of a name.
fn persons(forms: &[i64]) -> String {
    format!("person_named WHERE person IN ({})", list(forms))
}

/// The articles of rows with names, the newest first.
fn latest(
    connection: &Connection,
    named: &str,
    range: &Range<usize>,
) -> rusqlite::Result<Vec<ArticleId>> {
    // An article can have two forms of one person.
    connection
        .prepare_cached(&format!(
            "SELECT DISTINCT article, moment FROM {named}
             ORDER BY moment DESC, article DESC LIMIT ?1 OFFSET ?2"
        ))?
        .query_map(
            params![
                i64::try_from(range.len()).unwrap_or(i64::MAX),
                i64::try_from(range.start).unwrap_or(i64::MAX)
            ],
            |row| row.get(0).map(ArticleId),
        )?
        .collect()
}

fn of_nobody(who: &Who, name: String) -> Card {
    let known = known::figure(&name);
    Card {
        who: who.clone(),
        is_lone: known.is_none() && person::is_lone(&fold::key(&name)),
        name: known.map_or(name, |figure| figure.name.to_owned()),
        offices: Vec::new(),
        country: None,
        forms: Vec::new(),
        articles: 0,
        mentions: 0,
        company: Company::default(),
        chart: Chart::default(),
        days: Vec::new(),
        known: known.map(Known::Figure),
        is_followed: false,
    }
}

/// What one walk through the rows of a person finds.
#[derive(Default)]
struct Walk {
    articles: usize,
    mentions: usize,
    days: Vec<Bar>,
    countries: HashMap<CountryCode, usize>,
    /// As they are written.
    offices: HashMap<String, Office>,
    forms: HashMap<i64, usize>,
    /// The article and the day of the row before.
    last: Option<i64>,
    day: Option<i64>,
}

fn of_person(
    connection: &Connection,
    id: PersonId,
    stands_in: Option<ArticleId>,
    now: &ZonedDateTime,
) -> rusqlite::Result<Card> {
    let (key, name): (String, String) = connection
        .prepare_cached("SELECT key, name FROM person WHERE id = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let forms = person::forms(connection, id)?;
    let mut walk = walk(connection, &forms, None)?;
    // A word the user joined is no riddle.
    let is_lone = person::is_lone(&key) && forms.len() == 1;
    let known = walk.figure(&name).filter(|_| !is_lone);
    let only = stands_in.filter(|_| is_lone);
    if only.is_some() {
        let here = self::walk(connection, &forms, only)?;
        walk.offices = here.offices;
        walk.countries = here.countries;
    }
    let country = walk.country();
    let offices = merged(walk.offices.into_values().collect());
    let mut others = Vec::new();
    let mut keys = vec![fold::key(&name)];
    for &form in forms.iter().filter(|form| **form != id.0) {
        let form_name = person::name(connection, PersonId(form))?;
        keys.push(fold::key(&form_name));
        others.push(Form {
            form: form_name,
            id: Some(PersonId(form)),
            articles: walk.forms.get(&form).copied().unwrap_or(0),
        });
    }
    others.sort_by(|a, b| (b.articles, &a.form).cmp(&(a.articles, &b.form)));
    let among = latest(connection, &persons(&forms), &(0..LATEST))?;
    let who = Who::Person(id);
    others.extend(spelling::of(connection, &among, &who, &keys)?);
    let days = walk.days;
    Ok(Card {
        name,
        is_lone,
        offices,
        country,
        forms: others,
        articles: walk.articles,
        mentions: walk.mentions,
        company: company::of(
            connection,
            only.as_ref().map_or(&among, std::slice::from_ref),
            &who,
            &forms,
            COMPANIONS,
        )?,
        chart: Chart::new(&days, today(now)),
        days,
        known: known.map(Known::Figure),
        is_followed: is_followed(connection, &who)?,
        who,
    })
}

impl Walk {
    /// The country that most articles link the person to.
    fn country(&self) -> Option<CountryCode> {
        self.countries
            .iter()
            .max_by_key(|&(code, count)| (*count, Reverse(*code)))
            .map(|(code, _)| *code)
    }

    /// The well-known figure of this name, unless articles speak of somebody else.
    fn figure(&self, name: &str) -> Option<&'static Figure> {
        let offices: Vec<&str> = self.offices.keys().map(String::as_str).collect();
        known::figure(name)
            .filter(|figure| person::is_told_of(figure, name, self.country(), &offices))
    }
}

/// Reads everything said of a person, in all articles or in one, the newest first.
fn walk(
    connection: &Connection,
    forms: &[i64],
    article: Option<ArticleId>,
) -> rusqlite::Result<Walk> {
    let mut select = connection.prepare_cached(&format!(
        "SELECT article, moment, mentions, country, role, person FROM {}
         AND (?1 IS NULL OR article = ?1) ORDER BY moment DESC, article DESC",
        persons(forms)
    ))?;
    let mut rows = select.query([article.map(|article| article.0)])?;
    let mut walk = Walk::default();
    while let Some(row) = rows.next()? {
        let (article, moment): (i64, i64) = (row.get(0)?, row.get(1)?);
        let mentions: usize = row.get(2)?;
        let is_new = walk.last != Some(article);
        walk.last = Some(article);
        walk.articles += usize::from(is_new);
        walk.mentions += mentions;
        let day = chart::day(moment);
        if walk.day != Some(day) {
            walk.day = Some(day);
            walk.days.push(Bar::new(chart::date(day), 0, 0));
        }
        if let Some(bar) = walk.days.last_mut() {
            bar.articles += usize::from(is_new);
            bar.mentions += mentions;
        }
        *walk.forms.entry(row.get(5)?).or_default() += 1;
        if let Some(country) = row.get_ref(3)?.as_str_or_null()?.and_then(code) {
            *walk.countries.entry(country).or_default() += 1;
        }
        let office = row.get_ref(4)?.as_str_or_null()?;
        let Some(office) = office.filter(|office| says_what(office)) else {
            continue;
        };
        let evidence = Evidence::new(moment, article);
        if let Some(given) = walk.offices.get_mut(office) {
            given.articles += 1;
            given.first = evidence;
        } else {
            let given = Office {
                office: office.to_owned(),
                articles: 1,
                last: evidence,
                first: evidence,
            };
            walk.offices.insert(office.to_owned(), given);
        }
    }
    walk.days.reverse();
    Ok(walk)
}

/// Whether an office says more of someone than to whom they stand near in one article ("istrinya",
/// "tokoh lainnya", "jenazah").
fn says_what(office: &str) -> bool {
    let first = office.split(' ').next().unwrap_or_default();
    let points_back = first.ends_with("nya");
    !points_back && !office.ends_with(" lainnya") && !office.eq_ignore_ascii_case("jenazah")
}

/// Offices that differ only in capitals and the like as one, the newest first.
fn merged(mut written: Vec<Office>) -> Vec<Office> {
    written.sort_by_key(|office| Reverse((office.last.moment, office.last.article)));
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut offices: Vec<Office> = Vec::new();
    for office in written {
        let place = *places
            .entry(fold::key(&office.office))
            .or_insert(offices.len());
        if let Some(same) = offices.get_mut(place) {
            same.articles += office.articles;
            if office.first.moment < same.first.moment {
                same.first = office.first;
            }
        } else {
            offices.push(office);
        }
    }
    offices
}

fn of_country(
    connection: &Connection,
    code: CountryCode,
    now: &ZonedDateTime,
) -> rusqlite::Result<Card> {
    let mut days = Vec::new();
    let (mut articles, mut mentions) = (0, 0);
    let mut select = connection.prepare_cached(
        "SELECT day, articles, mentions + seats FROM country_day WHERE country = ?1 ORDER BY day",
    )?;
    let mut rows = select.query([code.as_str()])?;
    while let Some(row) = rows.next()? {
        let (named, times): (usize, usize) = (row.get(1)?, row.get(2)?);
        if named > 0 {
            days.push(Bar::new(chart::date(row.get(0)?), named, times));
            articles += named;
            mentions += times;
        }
    }
    let named = format!("country_named WHERE country = '{code}'");
    let among = latest(connection, &named, &(0..LATEST))?;
    let facts = known::country(code);
    let who = Who::Country(code);
    let seats = spelling::of(connection, &among, &who, &[])?;
    Ok(Card {
        name: known::country_name(code),
        is_lone: false,
        offices: Vec::new(),
        country: None,
        forms: seats,
        articles,
        mentions,
        company: company::of(connection, &among, &who, &[], COMPANIONS)?,
        chart: Chart::new(&days, today(now)),
        days,
        known: facts.map(Known::Country),
        is_followed: is_followed(connection, &who)?,
        who,
    })
}

impl Evidence {
    fn new(moment: i64, article: i64) -> Self {
        Self {
            article: ArticleId(article),
            moment: Timestamp::from_second(moment).unwrap_or_default(),
        }
    }
}

fn today(now: &ZonedDateTime) -> Date {
    chart::date(chart::day(now.timestamp().as_second()))
}
