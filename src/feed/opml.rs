//! OPML: lists of feeds, as other readers write and read them (opml.org/spec2.opml).
//!
//! Reading takes what can be read and says what cannot; no mistake in a file refuses the rest of
//! it. Outlines around feeds are folders, which here are subjects.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

use super::address::absolute;
use super::{repair, xml};
use crate::article::{Refusal, decode, html, scrub_line};

/// Between the names of folders in folders.
const WITHIN: &str = " / ";

/// Folders deeper than this are taken as one; a hostile file could nest any number.
const DEEPEST: usize = 16;

/// A feed in a list of feeds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// Where it is fetched from; http or https.
    pub address: String,
    /// What the list calls it.
    pub title: Option<String>,
    /// The page it belongs to.
    pub site: Option<String>,
    /// The folder it stands in; folders in folders apart by " / ".
    pub subject: Option<String>,
}

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outlines {
    /// The feeds in order, each address once.
    pub feeds: Vec<Listed>,
    /// What looks like a feed but is none that can be read.
    pub refused: Vec<Refused>,
}

/// An outline that cannot be subscribed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What the list calls it, or nothing.
    pub name: String,
    /// Why.
    pub cause: Cause,
}

/// Why an outline cannot be subscribed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// It says that it is a feed and not where.
    NoAddress,
    /// Its address is none of http or https; the address.
    OffTheWeb(String),
}

/// Reads a list of feeds. Refuses only what is no text at all; a file without any feed is an
/// empty list.
pub fn read(bytes: &[u8]) -> Result<Outlines, Refusal> {
    let text = decode::decode(bytes, None)?;
    let start = text.find('<').map_or("", |at| &text[at..]);
    let text = repair::repair(start);
    let mut reader = xml::lenient(&text);
    let mut reading = Reading::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if is_outline(tag.name().0) => {
                let folder = reading.outline(&tag);
                reading.folders.push(folder);
            }
            Ok(Event::Empty(tag)) if is_outline(tag.name().0) => {
                reading.outline(&tag);
            }
            Ok(Event::End(tag)) if is_outline(tag.name().0) => {
                reading.folders.pop();
            }
            Ok(Event::Eof) | Err(_) => return Ok(reading.outlines),
            Ok(_) => {}
        }
    }
}

/// Writes a list of feeds that any reader can take; `title` names the list.
pub fn write(title: &str, feeds: &[Listed]) -> String {
    let mut root = Folder::default();
    for feed in feeds {
        let path = feed.subject.as_deref().map(|subject| subject.split(WITHIN));
        let folder = path.into_iter().flatten().fold(&mut root, |folder, name| {
            folder.folders.entry(name).or_default()
        });
        folder.feeds.push(feed);
    }
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    \
         <title>{}</title>\n  </head>\n  <body>\n",
        escape(title)
    );
    root.write(&mut text, 2);
    text.push_str("  </body>\n</opml>\n");
    text
}

#[derive(Default)]
struct Reading {
    outlines: Outlines,
    /// The open outlines from the outside in; those that are no folders have no name.
    folders: Vec<Option<String>>,
}

impl Reading {
    /// Takes in one outline; its name if it is a folder.
    fn outline(&mut self, tag: &BytesStart<'_>) -> Option<String> {
        let (mut address, mut site, mut title, mut text) = (None, None, None, None);
        let (mut category, mut is_feed, mut is_comment) = (None, false, false);
        for (key, value) in xml::attributes(tag) {
            match key.to_ascii_lowercase().as_str() {
                "xmlurl" => address = Some(value),
                "htmlurl" => site = Some(value),
                "title" => title = Some(html::line(&value)),
                "text" => text = Some(html::line(&value)),
                "category" => category = Some(scrub_line(&value)),
                "type" => is_feed = matches!(value.as_str(), "rss" | "atom" | "feed"),
                "iscomment" => is_comment = value == "true",
                _ => {}
            }
        }
        let title = [title, text].into_iter().flatten();
        let title = title.into_iter().find(|title| !title.is_empty());
        if is_comment {
            return None;
        }
        let address = address.filter(|address| !address.trim().is_empty());
        let Some(address) = address else {
            if !is_feed {
                return title;
            }
            self.refuse(title, Cause::NoAddress);
            return None;
        };
        let Some(on_the_web) = absolute(&without_feed_scheme(address.trim()), None) else {
            self.refuse(title, Cause::OffTheWeb(scrub_line(&address)));
            return None;
        };
        let known = |feed: &Listed| feed.address == on_the_web;
        if !self.outlines.feeds.iter().any(known) {
            self.outlines.feeds.push(Listed {
                address: on_the_web,
                title,
                site: site.and_then(|site| absolute(&site, None)),
                subject: self.subject().or_else(|| first_category(&category?)),
            });
        }
        None
    }

    fn refuse(&mut self, title: Option<String>, cause: Cause) {
        let name = title.unwrap_or_default();
        self.outlines.refused.push(Refused { name, cause });
    }

    fn subject(&self) -> Option<String> {
        let names: Vec<&str> = self.folders.iter().flatten().map(String::as_str).collect();
        let names = &names[..names.len().min(DEEPEST)];
        (!names.is_empty()).then(|| names.join(WITHIN))
    }
}

/// `feed:https://…` and `feed://…`, which browsers once used for "subscribe".
fn without_feed_scheme(address: &str) -> Cow<'_, str> {
    match address.strip_prefix("feed:") {
        Some(rest) if rest.starts_with("//") => Cow::Owned(format!("http:{rest}")),
        Some(rest) => Cow::Borrowed(rest),
        None => Cow::Borrowed(address),
    }
}

/// The first of `/Ekonomi/Pasar,/Nasional`.
fn first_category(category: &str) -> Option<String> {
    let first = category.split(',').next()?;
    let names: Vec<&str> = first.split('/').map(str::trim).collect();
    let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
    (!names.is_empty()).then(|| names.join(WITHIN))
}

fn is_outline(name: &str) -> bool {
    name.eq_ignore_ascii_case("outline")
}

/// A folder as it is written: folders first, each in the order of the alphabet.
#[derive(Default)]
struct Folder<'a> {
    folders: BTreeMap<&'a str, Folder<'a>>,
    feeds: Vec<&'a Listed>,
}

impl Folder<'_> {
    fn write(&self, text: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        // Writing to a String cannot fail.
        for (name, folder) in &self.folders {
            let name = escape(*name);
            let _ = writeln!(text, "{indent}<outline text=\"{name}\" title=\"{name}\">");
            folder.write(text, depth + 1);
            let _ = writeln!(text, "{indent}</outline>");
        }
        for feed in &self.feeds {
            let title = escape(feed.title.as_deref().unwrap_or(&feed.address));
            let _ = write!(
                text,
                "{indent}<outline type=\"rss\" text=\"{title}\" title=\"{title}\" xmlUrl=\"{}\"",
                escape(&feed.address)
            );
            if let Some(site) = &feed.site {
                let _ = write!(text, " htmlUrl=\"{}\"", escape(site));
            }
            text.push_str("/>\n");
        }
    }
}
