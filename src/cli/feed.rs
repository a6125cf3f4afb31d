//! `warta feed`: the feeds that are read.

mod add;

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::Subcommand;
use jiff::Timestamp;
use serde::Serialize;

use super::{Outcome, complain, open_library, say, settings, source_parser, words};
use crate::app::Setup;
use crate::article::Published;
use crate::feed::fetch::{self, Request};
use crate::feed::{self, Entry, Feed};
use crate::language::Language;
use crate::library::{self, Library};
use crate::refresh;
use crate::source::problem::{Problem, Reason};
use crate::source::{self, Limits, Source};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Subscribe to a feed. A page will do that names one; where it names several, they are listed.
    Add {
        /// The feed's address, or a page's.
        address: String,
        /// The folder to list it under.
        #[arg(long, value_name = "SUBJECT")]
        subject: Option<String>,
        /// Always fetch its articles whole, from their pages.
        #[arg(long)]
        full_text: bool,
    },
    /// List the feeds subscribed to.
    List {
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
    },
    /// End a subscription. Saved articles stay.
    Remove {
        /// The feed's address or title.
        feed: String,
    },
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

pub(super) fn run(
    command: Command,
    folder: Option<PathBuf>,
    setup: &Setup,
) -> anyhow::Result<Outcome> {
    let language = setup.language;
    if let Command::Show { json, source } = command {
        return show(&source, json, setup);
    }
    let open = || open_library(folder, Timestamp::now(), language);
    let result = match command {
        Command::Show { .. } => return Ok(Outcome::Done),
        Command::Add {
            address,
            subject,
            full_text,
        } if !address.trim().is_empty() => open().and_then(|mut library| {
            let wish = add::Wish {
                address: &address,
                subject,
                full_text,
            };
            add::add(&mut library, wish, language)
        }),
        Command::Add { .. } => {
            return Ok(Outcome::Misused(words::no_address_given(language).into()));
        }
        Command::List { json } => match open().and_then(|library| listed(&library)) {
            Ok(feeds) => return list(&feeds, json, language),
            Err(problem) => Err(problem),
        },
        Command::Remove { feed } => {
            open().and_then(|mut library| remove(&mut library, &feed, language))
        }
    };
    Ok(result.unwrap_or_else(|problem| {
        complain(&problem.line(language));
        Outcome::Partly
    }))
}

fn show(source: &Source, json: bool, setup: &Setup) -> anyhow::Result<Outcome> {
    let language = setup.language;
    let entries = match read(source, &settings::limits(&setup.config)) {
        Ok((feed, is_cut)) => {
            if is_cut {
                complain(&words::cut(&source.name(), language));
            }
            feed.entries
        }
        Err(problem) => {
            complain(&problem.line(language));
            return Ok(Outcome::Partly);
        }
    };
    let identities = refresh::identities(&entries);
    let mut out = BufWriter::new(io::stdout().lock());
    for (entry, identity) in entries.iter().zip(identities) {
        if json {
            serde_json::to_writer(&mut out, &Line::of(entry, identity.key))?;
            out.write_all(b"\n")?;
        } else {
            out.write_all(text(entry, language).as_bytes())?;
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// The feed, and whether that is its beginning only: what a server sends is read as a refresh reads
/// it.
fn read(source: &Source, limits: &fetch::Limits) -> Result<(Feed, bool), Problem> {
    if let Source::Address(address) = source {
        let request = Request {
            address: address.clone(),
            ..Request::default()
        };
        return match fetch::one(&request, limits).outcome {
            fetch::Outcome::New { feed, is_cut, .. } => Ok((feed, is_cut)),
            fetch::Outcome::Failed(reason) => Err(Problem::new(source, reason)),
            fetch::Outcome::NotModified | fetch::Outcome::LeftAlone => {
                Err(Problem::new(source, Reason::BrokenAnswer))
            }
        };
    }
    let raw = source::read(source, &Limits::default())?;
    feed::parse(&raw.bytes, &raw.hints(), Timestamp::now())
        .map(|feed| (feed, false))
        .map_err(|reason| Problem::new(source, reason.into()))
}

/// One line of `warta feed show --json`.
#[derive(Debug, Serialize)]
struct Line<'a> {
    /// The article's identity, which is the same in every answer of the feed.
    id: String,
    title: Option<&'a str>,
    link: Option<&'a str>,
    #[serde(serialize_with = "as_text")]
    published: Option<Published>,
    author: Option<&'a str>,
    text: String,
}

impl<'a> Line<'a> {
    fn of(entry: &'a Entry, identity: i64) -> Self {
        Self {
            id: format!("{identity:016x}"),
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
        published.map(|published| language.texts().date(published)),
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

/// A feed and how many of its articles are unread.
type Subscribed = (library::Feed, usize);

fn listed(library: &Library) -> Result<Vec<Subscribed>, library::Problem> {
    let unread = library.unread_by_feed()?;
    let unread = |feed: &library::Feed| {
        let found = unread.iter().find(|(id, _)| *id == feed.id);
        found.map_or(0, |(_, count)| *count)
    };
    let feeds = library.feeds()?.into_iter();
    Ok(feeds
        .map(|feed| (unread(&feed), feed))
        .map(|(unread, feed)| (feed, unread))
        .collect())
}

/// One line of `warta feed list --json`.
#[derive(Debug, Serialize)]
struct Subscription<'a> {
    address: &'a str,
    title: &'a str,
    site: Option<&'a str>,
    subject: Option<&'a str>,
    unread: usize,
    /// When it last answered well.
    fetched: Option<Timestamp>,
    /// It is not to be asked before.
    due: Option<Timestamp>,
    /// Why the last request failed.
    error: Option<&'a str>,
}

fn list(feeds: &[Subscribed], json: bool, language: Language) -> anyhow::Result<Outcome> {
    if feeds.is_empty() && !json {
        complain(words::no_feeds(language));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let mut subject = None;
    for (feed, unread) in feeds {
        if json {
            let line = Subscription {
                address: &feed.address,
                title: &feed.title,
                site: feed.site.as_deref(),
                subject: feed.subject.as_deref(),
                unread: *unread,
                fetched: feed.fetched,
                due: feed.due,
                error: feed.error.as_deref(),
            };
            serde_json::to_writer(&mut out, &line)?;
            out.write_all(b"\n")?;
            continue;
        }
        if subject != Some(&feed.subject) {
            subject = Some(&feed.subject);
            if let Some(subject) = &feed.subject {
                writeln!(out, "{subject}")?;
            }
        }
        let indent = if feed.subject.is_some() { "  " } else { "" };
        writeln!(out, "{indent}{} ({unread}) {}", feed.title, feed.address)?;
        if let Some(error) = &feed.error {
            writeln!(out, "{indent}  ! {error}")?;
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// Ends the subscription to the feed of this address, or else to the only one of this title.
fn remove(
    library: &mut Library,
    wanted: &str,
    language: Language,
) -> Result<Outcome, library::Problem> {
    let feeds = library.feeds()?;
    let address = crate::feed::finding::address(wanted);
    let by_address = feeds
        .iter()
        .filter(|feed| feed.address == address || feed.address == wanted);
    let mut found: Vec<&library::Feed> = by_address.collect();
    if found.is_empty() {
        let wanted = wanted.trim().to_lowercase();
        found = feeds
            .iter()
            .filter(|feed| feed.title.to_lowercase() == wanted)
            .collect();
    }
    match found.as_slice() {
        [feed] => {
            library.remove_feed(feed.id)?;
            say(&words::removed(&feed.title, language));
            Ok(Outcome::Done)
        }
        [] => {
            complain(&words::no_such_feed(wanted, language));
            Ok(Outcome::Partly)
        }
        several => {
            complain(words::several_of_that_title(language));
            for feed in several {
                complain(&format!("  {}", feed.address));
            }
            Ok(Outcome::Partly)
        }
    }
}
