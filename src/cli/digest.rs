//! `warta digest`: what the news of a time was about, to read or as JSON.

use std::io::Write;

use jiff::{Timestamp, ZonedDateTime};
use serde::Serialize;

use super::search::End;
use crate::article::scrub_line;
use crate::language::Language;
use crate::library::digest::{Digest, Standing};
use crate::library::query::Since;
use crate::library::{ArticleId, Library, Who};

/// Writes the digest. Nothing more is to be said of it.
pub(super) fn write(
    library: &Library,
    since: Since,
    json: bool,
    language: Language,
    now: &ZonedDateTime,
    out: &mut impl Write,
) -> Result<Option<String>, End> {
    let since = Timestamp::from_second(since.moment(now)).unwrap_or(Timestamp::UNIX_EPOCH);
    let digest = library.digest(since, now)?;
    if json {
        let object = object(library, &digest)?;
        serde_json::to_writer(&mut *out, &object).map_err(std::io::Error::from)?;
        out.write_all(b"\n")?;
    } else {
        write_lines(library, &digest, language, now, out)?;
    }
    out.flush()?;
    Ok(None)
}

/// The headings and words of the digest in one language.
struct Words {
    articles: &'static str,
    before: &'static str,
    people: &'static str,
    countries: &'static str,
    new: &'static str,
    risen: &'static str,
    stories: &'static str,
    versions: &'static str,
}

const INDONESIAN: Words = Words {
    articles: "artikel",
    before: "sebelumnya",
    people: "Tokoh terbanyak",
    countries: "Negara terbanyak",
    new: "Baru muncul",
    risen: "Paling naik",
    stories: "Berita yang paling banyak dimuat",
    versions: "versi",
};

const ENGLISH: Words = Words {
    articles: "articles",
    before: "before",
    people: "People most in the news",
    countries: "Countries most in the news",
    new: "New",
    risen: "Risen most",
    stories: "Stories most sources told",
    versions: "versions",
};

fn write_lines(
    library: &Library,
    digest: &Digest,
    language: Language,
    now: &ZonedDateTime,
    out: &mut impl Write,
) -> Result<(), End> {
    let words = match language {
        Language::Indonesian => &INDONESIAN,
        Language::English => &ENGLISH,
    };
    let day = |moment: Timestamp| moment.to_zoned_datetime(now.time_zone().clone()).date();
    writeln!(
        out,
        "{} – {} · {} {} ({} {})",
        day(digest.since),
        day(digest.until),
        digest.articles,
        words.articles,
        digest.before,
        words.before
    )?;
    for (heading, standings) in [
        (words.people, &digest.people),
        (words.countries, &digest.countries),
        (words.new, &digest.new),
        (words.risen, &digest.risen),
    ] {
        if standings.is_empty() {
            continue;
        }
        writeln!(out, "\n{heading}")?;
        for standing in standings {
            write_standing(library, standing, words, out)?;
        }
    }
    if !digest.stories.is_empty() {
        writeln!(out, "\n{}", words.stories)?;
        for told in &digest.stories {
            for row in library.rows_of(&[told.article])? {
                let title = scrub_line(&row.title);
                writeln!(out, "{:>5}  {title} ({})", told.versions, words.versions)?;
            }
        }
    }
    Ok(())
}

fn write_standing(
    library: &Library,
    standing: &Standing,
    words: &Words,
    out: &mut impl Write,
) -> Result<(), End> {
    let mut line = standing.name.clone();
    if let Some(office) = &standing.office {
        line = line + ", " + office;
    }
    if standing.is_followed {
        line += " *";
    }
    let (before, name) = (standing.before, scrub_line(&line));
    writeln!(
        out,
        "{:>5}  {name} ({before} {})",
        standing.articles, words.before
    )?;
    for row in library.rows_of(&standing.top)? {
        writeln!(out, "         {}", scrub_line(&row.title))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Object<'a> {
    since: String,
    until: String,
    articles: usize,
    before: usize,
    people: Vec<Named<'a>>,
    countries: Vec<Named<'a>>,
    new: Vec<Named<'a>>,
    risen: Vec<Named<'a>>,
    stories: Vec<Story>,
}

#[derive(Serialize)]
struct Named<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    role: Option<&'a str>,
    articles: usize,
    before: usize,
    /// G², rounded to a hundredth.
    rise: f64,
    followed: bool,
    top: Vec<Titled>,
}

#[derive(Serialize)]
struct Story {
    #[serde(flatten)]
    article: Titled,
    versions: usize,
}

#[derive(Serialize)]
struct Titled {
    id: i64,
    title: String,
}

fn object<'a>(library: &Library, digest: &'a Digest) -> Result<Object<'a>, End> {
    let list = |standings: &'a [Standing]| -> Result<Vec<Named<'a>>, End> {
        standings
            .iter()
            .map(|standing| {
                Ok(Named {
                    name: &standing.name,
                    code: match &standing.who {
                        Who::Country(code) => Some(code.to_string()),
                        _ => None,
                    },
                    role: standing.office.as_deref(),
                    articles: standing.articles,
                    before: standing.before,
                    rise: (standing.rise * 100.0).round() / 100.0,
                    followed: standing.is_followed,
                    top: titled(library, &standing.top)?,
                })
            })
            .collect()
    };
    let mut stories = Vec::new();
    for told in &digest.stories {
        stories.extend(
            titled(library, &[told.article])?
                .into_iter()
                .map(|article| Story {
                    article,
                    versions: told.versions,
                }),
        );
    }
    Ok(Object {
        since: digest.since.to_string(),
        until: digest.until.to_string(),
        articles: digest.articles,
        before: digest.before,
        people: list(&digest.people)?,
        countries: list(&digest.countries)?,
        new: list(&digest.new)?,
        risen: list(&digest.risen)?,
        stories,
    })
}

fn titled(library: &Library, ids: &[ArticleId]) -> Result<Vec<Titled>, End> {
    let rows = library.rows_of(ids)?;
    Ok(rows
        .into_iter()
        .map(|row| Titled {
            id: row.id.0,
            title: row.title,
        })
        .collect())
}
