//! `warta who`: the card of a person or country, to read or as JSON.

mod object;

use std::fmt::Write as _;
use std::io::{self, Write};

use jiff::{Timestamp, ZonedDateTime};
use serde::Serialize;

use super::search::End;
use super::words;
use crate::article::scrub_line;
use crate::language::Language;
use crate::library::card::{Bar, Card, Together};
use crate::library::known::country_name;
use crate::library::person::{Meant, Named};
use crate::library::reference::{self, Reference};
use crate::library::{Library, Row, Who};

/// Articles that the text lists; `--json` has as many.
const ARTICLES: usize = 50;

/// Offices that the text lists.
const OFFICES: usize = 20;

/// Cells of the longest bar of the chart.
const LONGEST_BAR: usize = 40;

/// The latest bars of the chart.
const BARS: usize = 24;

/// Writes the card of whom a name means; a line for the user where that is not one.
pub(super) fn write(
    library: &Library,
    name: &str,
    json: bool,
    language: Language,
    now: &ZonedDateTime,
    out: &mut impl Write,
) -> Result<Option<String>, End> {
    let line = match library.meant(name)? {
        Meant::Nobody => Some(words::nobody(name, language)),
        Meant::Several(people) => {
            write_candidates(&people, json, language, out)?;
            Some(words::several_people(name, language))
        }
        Meant::One(who) => {
            let card = library.card(&who, now)?;
            let told = Told::read(library, &card)?;
            if json {
                write_json(&object::object(&card, &told), out)?;
            } else {
                let mut page = String::new();
                write_page(&mut page, &card, &told, language);
                out.write_all(page.as_bytes())?;
            }
            None
        }
    };
    out.flush()?;
    Ok(line)
}

fn write_json(object: &impl Serialize, out: &mut impl Write) -> Result<(), End> {
    serde_json::to_writer(&mut *out, object).map_err(io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}

/// The people a name may mean.
fn write_candidates(
    people: &[Named],
    json: bool,
    language: Language,
    out: &mut impl Write,
) -> Result<(), End> {
    #[derive(Serialize)]
    struct Candidate<'a> {
        name: &'a str,
        articles: usize,
    }
    #[derive(Serialize)]
    struct Candidates<'a> {
        candidates: Vec<Candidate<'a>>,
    }
    if json {
        let candidates = people
            .iter()
            .map(|person| Candidate {
                name: &person.name,
                articles: person.articles,
            })
            .collect();
        return write_json(&Candidates { candidates }, out);
    }
    let (articles, lone) = match language {
        Language::Indonesian => ("artikel", "kata tunggal, mungkin beberapa orang"),
        Language::English => ("articles", "a lone word, perhaps several people"),
    };
    for person in people {
        let name = scrub_line(&person.name);
        write!(out, "{name} · {} {articles}", person.articles)?;
        if person.is_lone {
            write!(out, " · {lone}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// What the card refers to, read from the library.
struct Told {
    /// The articles that name it, the latest first.
    articles: Vec<Row>,
    /// For each office of the card the article that gave it last.
    offices: Vec<Option<Row>>,
    reference: Option<Reference>,
}

impl Told {
    fn read(library: &Library, card: &Card) -> Result<Self, End> {
        let articles = library.naming(&card.who, 0..ARTICLES)?;
        let offices = card
            .offices
            .iter()
            .map(|office| Ok(library.rows_of(&[office.last.article])?.pop()))
            .collect::<Result<_, End>>()?;
        Ok(Self {
            articles: library.rows_of(&articles)?,
            offices,
            reference: library.reference(&card.name)?,
        })
    }
}

/// The words of the card in one language.
struct Words {
    lone: &'static str,
    followed: &'static str,
    counts: [&'static str; 2],
    offices: &'static str,
    forms: &'static str,
    seats: &'static str,
    its_people: &'static str,
    people: &'static str,
    countries: &'static str,
    among: &'static str,
    chart: &'static str,
    articles: &'static str,
    known: &'static str,
    asked: &'static str,
}

const INDONESIAN: Words = Words {
    lone: "kata tunggal: mungkin beberapa orang",
    followed: "diikuti",
    counts: ["artikel", "sebutan"],
    offices: "Jabatan menurut berita",
    forms: "Bentuk lain",
    seats: "Disebut lewat",
    its_people: "Tokohnya dalam berita",
    people: "Sering bersama",
    countries: "Bersama negara",
    among: "artikel terakhir",
    chart: "Artikel per waktu",
    articles: "Berita",
    known: "Diketahui, bukan dari berita",
    asked: "diambil",
};

const ENGLISH: Words = Words {
    lone: "a lone word: perhaps several people",
    followed: "followed",
    counts: ["articles", "mentions"],
    offices: "Offices as the articles say",
    forms: "Other forms",
    seats: "Named by",
    its_people: "Its people in the news",
    people: "Often with",
    countries: "With countries",
    among: "latest articles",
    chart: "Articles over time",
    articles: "Articles",
    known: "Known, not from articles",
    asked: "asked",
};

fn write_page(page: &mut String, card: &Card, told: &Told, language: Language) {
    let words = match language {
        Language::Indonesian => &INDONESIAN,
        Language::English => &ENGLISH,
    };
    let texts = language.texts();
    let mut head = vec![card.name.clone()];
    if let Some(office) = card.offices.first() {
        head.push(office.office.clone());
    }
    match (&card.who, card.country) {
        (Who::Country(code), _) => head.push(code.to_string()),
        (_, Some(code)) => head.push(country_name(code)),
        _ => {}
    }
    head.extend(card.is_lone.then(|| words.lone.to_owned()));
    head.extend(card.is_followed.then(|| words.followed.to_owned()));
    line(page, &head.join(" · "));
    let [articles, mentions] = words.counts;
    line(
        page,
        &format!("{} {articles}, {} {mentions}", card.articles, card.mentions),
    );
    if !card.offices.is_empty() {
        line(page, "");
        line(page, words.offices);
        for (office, row) in card.offices.iter().zip(&told.offices).take(OFFICES) {
            let mut text = format!("{}: {} {articles}", office.office, office.articles);
            if let Some(row) = row {
                let date = row.published.map(|published| texts.date(published));
                let about: Vec<String> = date.into_iter().chain([row.title.clone()]).collect();
                let _ = write!(text, " ({})", about.join(", "));
            }
            entry(page, &text);
        }
    }
    let forms: Vec<String> = card
        .forms
        .iter()
        .map(|form| format!("{} ({})", form.form, form.articles))
        .collect();
    let heading = match card.who {
        Who::Country(_) => words.seats,
        _ => words.forms,
    };
    section(page, heading, &forms);
    let company = &card.company;
    let among = |heading: &str| format!("{heading} ({} {})", company.among, words.among);
    section(page, &among(words.its_people), &names(&company.its_people));
    section(page, &among(words.people), &names(&company.people));
    section(page, &among(words.countries), &names(&company.countries));
    write_chart(page, words.chart, &card.chart.bars);
    if !told.articles.is_empty() {
        line(page, "");
        line(page, words.articles);
        for row in &told.articles {
            let date = row.published.map(|published| texts.date(published));
            let about: Vec<String> = [date, Some(row.source.clone())]
                .into_iter()
                .flatten()
                .collect();
            entry(page, &format!("{} ({})", row.title, about.join(" · ")));
        }
    }
    if let Some(known) = card.known {
        line(page, "");
        line(page, &format!("{} ({})", words.known, known.as_of()));
        for fact in known.facts(texts.lookup) {
            entry(page, &fact);
        }
    }
    if let Some(Reference {
        asked,
        summary: Some(summary),
    }) = &told.reference
    {
        line(page, "");
        let day = day(*asked);
        line(
            page,
            &format!(
                "{} ({}, {} {day})",
                summary.title,
                reference::LICENCE,
                words.asked
            ),
        );
        entry(page, &summary.text);
    }
}

/// One line, whatever an article holds.
fn line(page: &mut String, text: &str) {
    page.push_str(scrub_line(text).trim());
    page.push('\n');
}

/// One line below a heading.
fn entry(page: &mut String, text: &str) {
    page.push_str("  ");
    line(page, text);
}

fn section(page: &mut String, heading: &str, entries: &[String]) {
    if !entries.is_empty() {
        line(page, "");
        line(page, heading);
        entry(page, &entries.join(" · "));
    }
}

fn names(list: &[Together]) -> Vec<String> {
    list.iter()
        .map(|together| format!("{} ({})", together.name, together.articles))
        .collect()
}

fn write_chart(page: &mut String, heading: &str, bars: &[Bar]) {
    let bars = &bars[bars.len().saturating_sub(BARS)..];
    let most = bars.iter().map(|bar| bar.articles).max().unwrap_or(0);
    if most == 0 {
        return;
    }
    line(page, "");
    line(page, heading);
    for bar in bars {
        let length = (bar.articles * LONGEST_BAR).div_ceil(most);
        entry(
            page,
            &format!("{} {} {}", bar.from, "#".repeat(length), bar.articles),
        );
    }
}

fn day(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%d").to_string()
}
