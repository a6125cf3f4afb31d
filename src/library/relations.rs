//! Who is named with whom in the articles of a query.
//!
//! Of a query with more articles than [`AMONG`] its first are read, which are the newest, or the
//! best where it has words. Beside the number of articles that name both, a pair has its normalised
//! pointwise mutual information (Bouma 2009): 1 where neither is named without the other, 0 where
//! they meet as often as by chance, below 0 where they avoid each other. Two names met in one
//! article say nothing, so pairs are ordered by it only from [`FEWEST`] articles on.

use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::{Timestamp, ZonedDateTime};
use rusqlite::Connection;

use super::card::Together;
use super::follow::Following;
use super::known;
use super::person::{self, PersonId, Roots, Who};
use super::{ArticleId, Library, Problem, Query};
use crate::entity::CountryCode;

/// How many articles of a query are read.
pub const AMONG: usize = 5_000;

/// From how many articles on a bond says something.
pub const FEWEST: usize = 3;

/// How many people and countries of an article count, by weight. A list of two squads is no news of
/// six hundred friendships.
const NAMES: i64 = 12;

/// What pairs are ordered by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The articles that name both.
    #[default]
    Articles,
    /// How closely they belong together.
    Bond,
}

/// The pairs of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Relations {
    /// How many articles were read.
    pub among: usize,
    /// Pairs, in the order asked for.
    pub pairs: Vec<Pair>,
}

/// Two who are named together.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The one named in more articles, with how many those are.
    pub one: Together,
    /// The other.
    pub other: Together,
    /// In how many articles both are named.
    pub articles: usize,
    /// Normalised pointwise mutual information, -1 to 1.
    pub bond: f64,
    /// The newest article with both.
    pub last: Timestamp,
}

impl Library {
    /// The first pairs of people and countries named together in the articles of a query. The
    /// articles of a pair are those of the same query [`Query::with`] both.
    pub fn relations(
        &self,
        query: &Query,
        order: Order,
        limit: usize,
        now: &ZonedDateTime,
    ) -> Result<Relations, Problem> {
        let articles = self.ids(query, 0..AMONG, now)?;
        self.read(|connection| {
            let met = meet(connection, &articles)?;
            let mut pairs: Vec<(&(u32, u32), &Met)> = met.pairs.iter().collect();
            let among = articles.len();
            let bond = |pair: &(u32, u32), met_in: &Met| {
                let alone = |name: u32| met.counts.get(name as usize).copied().unwrap_or(0);
                bond(met_in.articles, alone(pair.0), alone(pair.1), among)
            };
            match order {
                Order::Articles => {
                    pairs.sort_unstable_by_key(|(pair, m)| (Reverse((m.articles, m.last)), **pair));
                }
                Order::Bond => {
                    pairs.retain(|(_, m)| m.articles >= FEWEST);
                    pairs.sort_by(|(a, m), (b, n)| {
                        bond(b, n)
                            .total_cmp(&bond(a, m))
                            .then(n.articles.cmp(&m.articles))
                            .then(a.cmp(b))
                    });
                }
            }
            let following = Following::read(connection)?;
            let pairs = pairs
                .into_iter()
                .take(limit)
                .map(|(&(a, b), found)| {
                    let mut one = met.together(connection, &following, a)?;
                    let mut other = met.together(connection, &following, b)?;
                    if other.articles > one.articles {
                        std::mem::swap(&mut one, &mut other);
                    }
                    Ok(Pair {
                        bond: bond(&(a, b), found),
                        one,
                        other,
                        articles: found.articles,
                        last: Timestamp::from_second(found.last).unwrap_or_default(),
                    })
                })
                .collect::<rusqlite::Result<_>>()?;
            Ok(Relations { among, pairs })
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Name {
    Person(i64),
    Country(CountryCode),
}

/// Names by number, and which of them met.
#[derive(Default)]
struct Meetings {
    numbers: HashMap<Name, u32>,
    names: Vec<Name>,
    counts: Vec<usize>,
    pairs: HashMap<(u32, u32), Met>,
}

#[derive(Default)]
struct Met {
    articles: usize,
    last: i64,
}

fn meet(connection: &Connection, articles: &[ArticleId]) -> rusqlite::Result<Meetings> {
    let roots = Roots::read(connection)?;
    let mut meetings = Meetings::default();
    let mut people = connection.prepare_cached(
        "SELECT person, moment FROM person_named WHERE article = ?1 AND place < ?2",
    )?;
    let mut countries = connection.prepare_cached(
        "SELECT country, moment FROM country_named WHERE article = ?1 AND place < ?2",
    )?;
    let mut here: Vec<u32> = Vec::new();
    for article in articles {
        here.clear();
        let mut moment = 0;
        let mut rows = people.query([article.0, NAMES])?;
        while let Some(row) = rows.next()? {
            moment = row.get(1)?;
            here.push(meetings.number(Name::Person(roots.of(row.get(0)?))));
        }
        let mut rows = countries.query([article.0, NAMES])?;
        while let Some(row) = rows.next()? {
            moment = row.get(1)?;
            if let Some(code) = person::code(row.get_ref(0)?.as_str()?) {
                here.push(meetings.number(Name::Country(code)));
            }
        }
        here.sort_unstable();
        here.dedup();
        for (at, &one) in here.iter().enumerate() {
            if let Some(count) = meetings.counts.get_mut(one as usize) {
                *count += 1;
            }
            for &other in &here[at + 1..] {
                let met = meetings.pairs.entry((one, other)).or_default();
                met.articles += 1;
                met.last = met.last.max(moment);
            }
        }
    }
    Ok(meetings)
}

impl Meetings {
    fn number(&mut self, name: Name) -> u32 {
        *self.numbers.entry(name).or_insert_with(|| {
            self.names.push(name);
            self.counts.push(0);
            self.names.len() as u32 - 1
        })
    }

    fn together(
        &self,
        connection: &Connection,
        following: &Following,
        number: u32,
    ) -> rusqlite::Result<Together> {
        let number = number as usize;
        let (who, name) = match self.names[number] {
            Name::Person(id) => {
                let id = PersonId(id);
                (Who::Person(id), person::name(connection, id)?)
            }
            Name::Country(code) => (Who::Country(code), known::country_name(code)),
        };
        Ok(Together {
            is_followed: following.has(&who),
            who,
            name,
            articles: self.counts[number],
        })
    }
}

/// How closely two belong together that meet in `both` of `all` articles.
fn bond(both: usize, one: usize, other: usize, all: usize) -> f64 {
    let all = all as f64;
    let share = |count: usize| count as f64 / all;
    if both as f64 >= all {
        return 1.0;
    }
    if both == 0 {
        return -1.0;
    }
    (share(both) / (share(one) * share(other))).ln() / -share(both).ln()
}

#[cfg(test)]
mod tests {
    use super::bond;

    #[test]
    fn a_bond_is_between_never_and_always() {
        assert!((bond(10, 10, 10, 1_000) - 1.0).abs() < 1e-9);
        assert!(bond(10, 100, 100, 1_000).abs() < 1e-9);
        assert!((bond(0, 100, 100, 1_000) + 1.0).abs() < 1e-9);
        assert!((bond(7, 7, 7, 7) - 1.0).abs() < 1e-9);
        assert!(bond(5, 10, 10, 1_000) < bond(9, 10, 10, 1_000));
    }
}
