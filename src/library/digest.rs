//! What the news of a time was about: who was named most, who is new, who rose most.
//!
//! Everything is counted in articles. A rise is measured against the same length of time before by
//! the log-likelihood ratio G² (Dunning 1993, as Rayson and Garside 2000 compare two corpora): with
//! *a* of *N* articles now and *b* of *M* before, G² = 2(a ln(a/E₁) + b ln(b/E₂)), where E₁ and E₂
//! are what each time would have if both named it alike. It needs no smoothing where *b* is 0, and
//! does not take three articles after one for more than three hundred after two hundred. Only what
//! exceeds [`SURE`] is said to have risen.
//!
//! Lone words are left out: nobody knows how many people they are.

use std::collections::HashMap;

use jiff::{Timestamp, ZonedDateTime};
use rusqlite::{Connection, OptionalExtension};

use super::follow::Following;
use super::known;
use super::person::{self, PersonId, Roots, Who, list};
use super::{ArticleId, Library, Problem};
use crate::entity::CountryCode;

/// G² from which a rise is no chance: one in a hundred (chi-square with one degree of freedom).
pub const SURE: f64 = 6.63;

/// How many names each list of a digest has at most.
pub const LENGTH: usize = 10;

/// Articles given with each name.
const TOP: usize = 3;

/// The least articles of someone new or risen.
const FEWEST: usize = 2;

/// What the news of a time was about.
#[derive(Debug, Clone, PartialEq)]
pub struct Digest {
    /// Its beginning.
    pub since: Timestamp,
    /// Its end.
    pub until: Timestamp,
    /// How many articles it has.
    pub articles: usize,
    /// How many the same length of time before has.
    pub before: usize,
    /// The people named in most articles.
    pub people: Vec<Standing>,
    /// The countries named in most articles.
    pub countries: Vec<Standing>,
    /// People whom no earlier article names. Empty where the library has no earlier article.
    pub new: Vec<Standing>,
    /// The people and countries that rose most. Empty where the time before has no article.
    pub risen: Vec<Standing>,
    /// The stories most sources told.
    pub stories: Vec<Told>,
}

/// How someone stands in a digest.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Who.
    pub who: Who,
    /// The name.
    pub name: String,
    /// The office that the newest article of the time gives.
    pub office: Option<String>,
    /// In how many articles.
    pub articles: usize,
    /// In how many of the time before.
    pub before: usize,
    /// G² of the change; negative for a fall.
    pub rise: f64,
    /// The articles that name it most, the newest of equals first.
    pub top: Vec<ArticleId>,
    /// The user follows it.
    pub is_followed: bool,
}

/// A story and how many articles of the time told it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The version that came first.
    pub article: ArticleId,
    /// How many there are.
    pub versions: usize,
}

impl Library {
    /// What the articles published from `since` to `now` were about.
    pub fn digest(&self, since: Timestamp, now: &ZonedDateTime) -> Result<Digest, Problem> {
        let until = now.timestamp();
        let (from, to) = (since.as_second(), until.as_second());
        let before = from.saturating_sub(to.saturating_sub(from).max(0));
        self.read(|connection| {
            let roots = Roots::read(connection)?;
            let this = count(connection, &roots, from, to.saturating_add(1))?;
            let past = count(connection, &roots, before, from)?;
            let reader = Reader {
                connection,
                following: Following::read(connection)?,
                from,
                this: &this,
                past: &past,
            };
            Ok(Digest {
                since,
                until,
                articles: this.articles,
                before: past.articles,
                people: reader.most(|name| matches!(name, Name::Person(_)))?,
                countries: reader.most(|name| matches!(name, Name::Country(_)))?,
                new: reader.newcomers()?,
                risen: reader.risen()?,
                stories: stories(connection, from, to)?,
            })
        })
    }
}

/// The signed log-likelihood ratio of `a` in `n` against `b` in `m`.
fn rise(a: usize, n: usize, b: usize, m: usize) -> f64 {
    let (a, n, b, m) = (a as f64, n as f64, b as f64, m as f64);
    if n == 0.0 || m == 0.0 {
        return 0.0;
    }
    let rate = (a + b) / (n + m);
    let part = |seen: f64, of: f64| {
        if seen > 0.0 {
            seen * (seen / (of * rate)).ln()
        } else {
            0.0
        }
    };
    let likelihood = 2.0 * (part(a, n) + part(b, m));
    if a / n < b / m {
        -likelihood
    } else {
        likelihood
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Name {
    Person(i64),
    Country(CountryCode),
}

/// The names of some time by the number of articles.
struct Counted {
    articles: usize,
    names: HashMap<Name, usize>,
}

fn count(connection: &Connection, roots: &Roots, from: i64, to: i64) -> rusqlite::Result<Counted> {
    let mut names: HashMap<Name, usize> = HashMap::new();
    let mut people = connection.prepare_cached(
        "SELECT person FROM article CROSS JOIN person_named ON article = id
         WHERE article.moment >= ?1 AND article.moment < ?2",
    )?;
    let mut rows = people.query([from, to])?;
    while let Some(row) = rows.next()? {
        *names
            .entry(Name::Person(roots.of(row.get(0)?)))
            .or_default() += 1;
    }
    let mut countries = connection.prepare_cached(
        "SELECT country FROM article CROSS JOIN country_named ON article = id
         WHERE article.moment >= ?1 AND article.moment < ?2",
    )?;
    let mut rows = countries.query([from, to])?;
    while let Some(row) = rows.next()? {
        if let Some(code) = person::code(row.get_ref(0)?.as_str()?) {
            *names.entry(Name::Country(code)).or_default() += 1;
        }
    }
    let articles = connection
        .prepare_cached("SELECT count(*) FROM article WHERE moment >= ?1 AND moment < ?2")?
        .query_row([from, to], |row| row.get(0))?;
    Ok(Counted { articles, names })
}

/// Reads the lists of a digest.
struct Reader<'a> {
    connection: &'a Connection,
    following: Following,
    from: i64,
    this: &'a Counted,
    past: &'a Counted,
}

impl Reader<'_> {
    fn most(&self, kind: impl Fn(Name) -> bool) -> rusqlite::Result<Vec<Standing>> {
        let names = self
            .this
            .names
            .iter()
            .map(|(&name, &count)| (count as f64, name));
        self.first(names.filter(|&(_, name)| kind(name)).collect(), |_| {
            Ok(true)
        })
    }

    fn newcomers(&self) -> rusqlite::Result<Vec<Standing>> {
        let is_first = !self
            .connection
            .prepare_cached("SELECT 1 FROM article WHERE moment < ?1")?
            .exists([self.from])?;
        if is_first {
            return Ok(Vec::new());
        }
        let names = self.this.names.iter().filter(|&(name, &count)| {
            matches!(name, Name::Person(_)) && count >= FEWEST && self.past(*name) == 0
        });
        self.first(
            names.map(|(&name, &count)| (count as f64, name)).collect(),
            |name| self.is_new(name),
        )
    }

    fn risen(&self) -> rusqlite::Result<Vec<Standing>> {
        let rises = self.this.names.iter().filter_map(|(&name, &count)| {
            let rise = rise(
                count,
                self.this.articles,
                self.past(name),
                self.past.articles,
            );
            (count >= FEWEST && rise > SURE).then_some((rise, name))
        });
        self.first(rises.collect(), |name| Ok(!self.is_new(name)?))
    }

    /// The first names by weight that pass a test, with what is said of each.
    fn first(
        &self,
        mut names: Vec<(f64, Name)>,
        passes: impl Fn(Name) -> rusqlite::Result<bool>,
    ) -> rusqlite::Result<Vec<Standing>> {
        names.sort_unstable_by(|(a, one), (b, other)| b.total_cmp(a).then(one.cmp(other)));
        let mut standings = Vec::new();
        for (_, name) in names {
            if standings.len() == LENGTH {
                break;
            }
            if !self.is_lone(name)? && passes(name)? {
                standings.push(self.standing(name)?);
            }
        }
        Ok(standings)
    }

    fn past(&self, name: Name) -> usize {
        self.past.names.get(&name).copied().unwrap_or(0)
    }

    fn is_lone(&self, name: Name) -> rusqlite::Result<bool> {
        match name {
            Name::Person(id) => person::is_one_word(self.connection, PersonId(id)),
            Name::Country(_) => Ok(false),
        }
    }

    /// No article before this time names the person.
    fn is_new(&self, name: Name) -> rusqlite::Result<bool> {
        let Name::Person(id) = name else {
            return Ok(false);
        };
        for form in person::forms(self.connection, PersonId(id))? {
            let is_older = self
                .connection
                .prepare_cached("SELECT 1 FROM person_named WHERE person = ?1 AND moment < ?2")?
                .exists([form, self.from])?;
            if is_older {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn standing(&self, name: Name) -> rusqlite::Result<Standing> {
        let articles = self.this.names.get(&name).copied().unwrap_or(0);
        let before = self.past(name);
        let (who, called, rows, office) = match name {
            Name::Person(id) => {
                let id = PersonId(id);
                let forms = list(&person::forms(self.connection, id)?);
                let rows = format!("person_named WHERE person IN ({forms})");
                let office = self
                    .connection
                    .prepare_cached(&format!(
                        "SELECT role FROM {rows} AND moment >= ?1 AND role IS NOT NULL
                         ORDER BY moment DESC LIMIT 1"
                    ))?
                    .query_row([self.from], |row| row.get(0))
                    .optional()?;
                let called = person::name(self.connection, id)?;
                (Who::Person(id), called, rows, office)
            }
            Name::Country(code) => (
                Who::Country(code),
                known::country_name(code),
                format!("country_named WHERE country = '{code}'"),
                None,
            ),
        };
        let top = self
            .connection
            .prepare_cached(&format!(
                "SELECT article FROM {rows} AND moment >= ?1
                 ORDER BY mentions DESC, moment DESC LIMIT {TOP}"
            ))?
            .query_map([self.from], |row| row.get(0).map(ArticleId))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(Standing {
            is_followed: self.following.has(&who),
            who,
            name: called,
            office,
            articles,
            before,
            rise: rise(articles, self.this.articles, before, self.past.articles),
            top,
        })
    }
}

fn stories(connection: &Connection, from: i64, to: i64) -> rusqlite::Result<Vec<Told>> {
    connection
        .prepare_cached(
            "SELECT min(id), count(*) AS versions FROM article
             WHERE moment >= ?1 AND moment <= ?2 AND story IS NOT NULL
             GROUP BY story HAVING versions > 1 ORDER BY versions DESC, 1 DESC LIMIT 10",
        )?
        .query_map([from, to], |row| {
            Ok(Told {
                article: ArticleId(row.get(0)?),
                versions: row.get(1)?,
            })
        })?
        .collect()
}

#[cfg(test)]
mod tests {
    use super::rise;

    /// Worked out by hand: 2 (30 ln(30/20) + 10 ln(10/20)).
    #[test]
    fn a_rise_is_the_log_likelihood_ratio() {
        assert!((rise(30, 100, 10, 100) - 10.465).abs() < 0.001);
        assert!((rise(10, 100, 30, 100) + 10.465).abs() < 0.001);
        assert!(rise(20, 100, 40, 200).abs() < 1e-9);
        assert!((rise(5, 100, 0, 100) - 6.931).abs() < 0.001);
        assert!(rise(0, 0, 0, 100).abs() < 1e-9);
        // Three after one says less than three hundred after two hundred.
        assert!(rise(3, 1000, 1, 1000) < rise(300, 1000, 200, 1000));
    }
}
