//! `warta search`: the library from the command line, as lines to read or as JSON.

use std::io::{self, Write};

use jiff::ZonedDateTime;
use serde::Serialize;

use crate::article::scrub_line;
use crate::entity::CountryCode;
use crate::language::Language;
use crate::library::{ArticleId, Library, Problem, Query, Row};

/// Articles fetched at a time; what has been printed is let go.
const BLOCK: usize = 200;

/// Characters of text shown of each article.
const SNIPPET: usize = 200;

/// What `warta search` prints.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    /// One object a line, not lines to read.
    pub json: bool,
    /// No more articles than this.
    pub limit: usize,
    /// Of the words beside what the articles say.
    pub language: Language,
}

/// Why printing ended early.
pub(super) enum End {
    /// The library.
    Library(Problem),
    /// Standard output.
    Output(io::Error),
}

/// Writes the articles that answer a query, in their order; how many there were.
pub(super) fn write(
    library: &Library,
    query: &Query,
    form: Form,
    now: &ZonedDateTime,
    out: &mut impl Write,
) -> Result<usize, End> {
    // The order is fixed once, so that articles coming in meanwhile shift nothing.
    let ids = library.ids(query, 0..form.limit, now)?;
    for block in ids.chunks(BLOCK) {
        let rows = library.rows_of(block)?;
        let shown: Vec<ArticleId> = rows.iter().map(|row| row.id).collect();
        let snippets = library.snippets(query, &shown, SNIPPET)?;
        for (row, snippet) in rows.iter().zip(&snippets) {
            if form.json {
                let object = Object {
                    id: row.id.0,
                    title: &row.title,
                    feed: &row.source,
                    link: row.link.as_deref(),
                    published: row.published.map(|published| published.to_string()),
                    unread: row.unread,
                    saved: row.saved,
                    people: library.people_in(row.id)?,
                    countries: library.countries_in(row.id)?,
                    snippet: &snippet.text,
                };
                serde_json::to_writer(&mut *out, &object).map_err(io::Error::from)?;
                out.write_all(b"\n")?;
            } else {
                write_lines(row, &snippet.text, form.language, out)?;
            }
        }
    }
    out.flush()?;
    Ok(ids.len())
}

/// One line of `--json`.
#[derive(Serialize)]
struct Object<'a> {
    id: i64,
    title: &'a str,
    feed: &'a str,
    link: Option<&'a str>,
    published: Option<String>,
    unread: bool,
    saved: bool,
    people: Vec<String>,
    countries: Vec<CountryCode>,
    snippet: &'a str,
}

fn write_lines(
    row: &Row,
    snippet: &str,
    language: Language,
    out: &mut impl Write,
) -> io::Result<()> {
    let texts = language.texts();
    let mut about = vec![row.source.clone()];
    about.extend(row.published.map(|published| texts.date(published)));
    if !row.countries.is_empty() {
        let codes: Vec<&str> = row.countries.iter().map(CountryCode::as_str).collect();
        about.push(codes.join(" "));
    }
    let (unread, saved) = match language {
        Language::Indonesian => ("belum dibaca", "disimpan"),
        Language::English => ("unread", "saved"),
    };
    about.extend(row.unread.then(|| unread.to_owned()));
    about.extend(row.saved.then(|| saved.to_owned()));
    writeln!(out, "{}", scrub_line(&row.title))?;
    writeln!(out, "  {}", scrub_line(&about.join(" · ")))?;
    if !snippet.is_empty() {
        writeln!(out, "  {}", scrub_line(snippet))?;
    }
    if let Some(link) = &row.link {
        writeln!(out, "  {}", scrub_line(link))?;
    }
    writeln!(out)
}

impl From<Problem> for End {
    fn from(problem: Problem) -> Self {
        Self::Library(problem)
    }
}

impl From<io::Error> for End {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
