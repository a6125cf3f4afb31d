//! The JSON of `warta who`.

use jiff::Timestamp;
use serde::Serialize;

use super::{Told, day};
use crate::library::card::{Card, Together};
use crate::library::known::{self, Known};
use crate::library::reference::{self, Reference};
use crate::library::{ArticleId, Row, Who};

/// The object of `--json`.
#[derive(Serialize)]
pub(super) struct Object<'a> {
    name: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    lone: bool,
    followed: bool,
    country: Option<String>,
    articles: usize,
    mentions: usize,
    offices: Vec<Office<'a>>,
    forms: Vec<Counted<'a>>,
    /// In how many of the latest articles the company was counted.
    among: usize,
    people: Vec<Counted<'a>>,
    countries: Vec<Counted<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    its_people: Vec<Counted<'a>>,
    unit: &'static str,
    chart: Vec<Column>,
    latest: Vec<Article<'a>>,
    known: Option<KnownFacts>,
    reference: Option<Extract<'a>>,
}

#[derive(Serialize)]
struct Office<'a> {
    role: &'a str,
    articles: usize,
    first: Proof<'a>,
    last: Proof<'a>,
}

#[derive(Serialize)]
struct Proof<'a> {
    id: i64,
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
}

#[derive(Serialize)]
struct Counted<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    articles: usize,
}

#[derive(Serialize)]
struct Column {
    from: String,
    articles: usize,
    mentions: usize,
}

#[derive(Serialize)]
struct Article<'a> {
    id: i64,
    title: &'a str,
    feed: &'a str,
    published: Option<String>,
    link: Option<&'a str>,
}

#[derive(Serialize)]
struct KnownFacts {
    #[serde(skip_serializing_if = "Option::is_none")]
    office: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    capital: Option<&'static str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    seats: &'static [&'static str],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    also: &'static [&'static str],
    country: String,
    as_of: &'static str,
}

#[derive(Serialize)]
struct Extract<'a> {
    title: &'a str,
    text: &'a str,
    link: Option<&'a str>,
    licence: &'static str,
    asked: String,
}

/// The card with the articles it refers to.
pub(super) fn object<'a>(card: &'a Card, told: &'a Told) -> Object<'a> {
    let code = match &card.who {
        Who::Country(code) => Some(code.to_string()),
        _ => None,
    };
    let proof = |article: ArticleId, moment: Timestamp, title: Option<&'a str>| Proof {
        id: article.0,
        date: day(moment),
        title,
    };
    Object {
        name: &card.name,
        kind: if code.is_some() { "country" } else { "person" },
        code,
        lone: card.is_lone,
        followed: card.is_followed,
        country: card.country.map(|code| code.to_string()),
        articles: card.articles,
        mentions: card.mentions,
        offices: card
            .offices
            .iter()
            .zip(&told.offices)
            .map(|(office, row)| Office {
                role: &office.office,
                articles: office.articles,
                first: proof(office.first.article, office.first.moment, None),
                last: proof(
                    office.last.article,
                    office.last.moment,
                    row.as_ref().map(|row| row.title.as_str()),
                ),
            })
            .collect(),
        forms: card
            .forms
            .iter()
            .map(|form| Counted {
                name: &form.form,
                code: None,
                articles: form.articles,
            })
            .collect(),
        among: card.company.among,
        people: counted(&card.company.people),
        countries: counted(&card.company.countries),
        its_people: counted(&card.company.its_people),
        unit: card.chart.unit.name(),
        chart: card
            .chart
            .bars
            .iter()
            .map(|bar| Column {
                from: bar.from.to_string(),
                articles: bar.articles,
                mentions: bar.mentions,
            })
            .collect(),
        latest: told.articles.iter().map(article).collect(),
        known: card.known.map(known_facts),
        reference: told.reference.as_ref().and_then(extract),
    }
}

fn counted(list: &[Together]) -> Vec<Counted<'_>> {
    list.iter()
        .map(|together| Counted {
            name: &together.name,
            code: match &together.who {
                Who::Country(code) => Some(code.to_string()),
                _ => None,
            },
            articles: together.articles,
        })
        .collect()
}

fn article(row: &Row) -> Article<'_> {
    Article {
        id: row.id.0,
        title: &row.title,
        feed: &row.source,
        published: row.published.map(|published| published.to_string()),
        link: row.link.as_deref(),
    }
}

fn known_facts(known: Known) -> KnownFacts {
    match known {
        Known::Figure(figure) => KnownFacts {
            office: Some(figure.office),
            capital: None,
            seats: &[],
            also: &[],
            country: figure.country.to_string(),
            as_of: figure.as_of,
        },
        Known::Country(facts) => KnownFacts {
            office: None,
            capital: known::capital(facts),
            seats: facts.seats,
            also: facts.also,
            country: facts.code.to_string(),
            as_of: known::COUNTRIES_AS_OF,
        },
    }
}

fn extract(reference: &Reference) -> Option<Extract<'_>> {
    let summary = reference.summary.as_ref()?;
    Some(Extract {
        title: &summary.title,
        text: &summary.text,
        link: summary.address.as_deref(),
        licence: reference::LICENCE,
        asked: day(reference.asked),
    })
}
