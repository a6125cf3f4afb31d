//! `warta feed`: the feeds that are read.

use std::io::{self, BufWriter, Write};

use clap::Subcommand;
use jiff::Timestamp;
use serde::Serialize;

use super::{Outcome, complain, source_parser};
use crate::article::Published;
use crate::feed::{self, Entry, Feed};
use crate::language::Language;
use crate::source::problem::Problem;
use crate::source::{self, Limits, Source};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print the entries of a feed, storing nothing.
    Show {
        /// One JSON object a line: id, title, link, published, author, text.
        #[arg(long)]
        json: bool,
        /// The feed: a file, an http(s) address, or - for standard input.
        #[arg(value_name = "SOURCE", value_parser = source_parser())]
        source: Source,
    },
}

pub(super) fn run(command: Command, language: Language) -> anyhow::Result<Outcome> {
    match command {
        Command::Show { json, source } => show(&source, json, language),
    }
}

fn show(source: &Source, json: bool, language: Language) -> anyhow::Result<Outcome> {
    let entries = match read(source) {
        Ok(feed) => feed.entries,
        Err(problem) => {
            complain(&problem.line(language));
            return Ok(Outcome::Partly);
        }
    };
    let mut out = BufWriter::new(io::stdout().lock());
    for entry in &entries {
        if json {
            serde_json::to_writer(&mut out, &Line::of(entry))?;
            out.write_all(b"\n")?;
        } else {
            out.write_all(text(entry, language).as_bytes())?;
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn read(source: &Source) -> Result<Feed, Problem> {
    let raw = source::read(source, &Limits::default())?;
    feed::parse(&raw.bytes, &raw.hints(), Timestamp::now())
        .map_err(|reason| Problem::new(source, reason.into()))
}

/// One line of `warta feed show --json`.
#[derive(Debug, Serialize)]
struct Line<'a> {
    id: Option<&'a str>,
    title: Option<&'a str>,
    link: Option<&'a str>,
    #[serde(serialize_with = "as_text")]
    published: Option<Published>,
    author: Option<&'a str>,
    text: String,
}

impl<'a> Line<'a> {
    fn of(entry: &'a Entry) -> Self {
        Self {
            // A feed's own identity is the last resort: some number their items anew each time.
            id: entry
                .link
                .as_deref()
                .or(entry.guid.as_deref())
                .or(entry.title.as_deref()),
            title: entry.title.as_deref(),
            link: entry.link.as_deref(),
            published: entry.published.or(entry.updated),
            author: entry.author.as_deref(),
            text: entry.paragraphs.join("\n\n"),
        }
    }
}

#[allow(clippy::ref_option)] // What serde hands to such a function.
fn as_text<S: serde::Serializer>(
    published: &Option<Published>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match published {
        Some(published) => serializer.collect_str(published),
        None => serializer.serialize_none(),
    }
}

/// An entry for people: title, what is known about it, its text, a blank line.
fn text(entry: &Entry, language: Language) -> String {
    let mut lines: Vec<String> = entry.title.iter().cloned().collect();
    let published = entry.published.or(entry.updated);
    let about = [
        published.map(|published| language.texts().date(published, true)),
        entry.author.clone(),
        entry.link.clone(),
    ];
    lines.extend(about.into_iter().flatten());
    for paragraph in &entry.paragraphs {
        lines.push(String::new());
        lines.push(paragraph.clone());
    }
    lines.push("\n".to_owned());
    lines.join("\n")
}
