//! OPML: lists of feeds, as other readers write and read them (opml.org/spec2.opml).
//!
//! Reading takes what can be read and says what cannot; no mistake in a file refuses the rest of
//! it, and a line that is broken costs no other ([`whole`]). Outlines around feeds are folders, which
//! here are subjects.

mod whole;

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

use self::whole::whole;
use super::address::{absolute, of_feed};
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
    /// The file ends before the list does.
    pub is_cut: bool,
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
    /// It is damaged; its beginning, for the name is not to be made out.
    Broken(String),
}

/// Reads a list of feeds. Refuses only what is no text at all; a file without any feed is an
/// empty list.
pub fn read(bytes: &[u8]) -> Result<Outlines, Refusal> {
    let text = decode::decode(bytes, None)?;
    let start = text.find('<').map_or("", |at| &text[at..]);
    let whole = whole(start);
    let mut reading = Reading::default();
    reading.outlines.is_cut = whole.is_cut;
    for beginning in whole.broken {
        reading.refuse(None, Cause::Broken(beginning));
    }
    let text = repair::repair(&whole.text);
    let mut reader = xml::lenient(&text);
    // Elements that a whole file closes.
    let (mut is_open, mut is_closed) = (false, false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if is_outline(tag.name().0) => {
                let outline = reading.outline(&tag);
                reading.open(outline);
            }
            Ok(Event::Empty(tag)) if is_outline(tag.name().0) => {
                reading.outline(&tag);
            }
            Ok(Event::End(tag)) if is_outline(tag.name().0) => reading.close(),
            Ok(Event::Start(tag)) => is_open |= is_root(tag.name().0),
            Ok(Event::End(tag)) => is_closed |= is_root(tag.name().0),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    reading.outlines.is_cut |= is_open && !is_closed;
    Ok(reading.outlines)
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
    /// The addresses of the feeds so far.
    known: HashSet<String>,
    /// The open outlines from the outside in.
    folders: Vec<Outline>,
    /// How many of those are comments.
    comments: usize,
}

/// What an outline is to those within it.
#[derive(Debug, PartialEq, Eq)]
enum Outline {
    Folder(String),
    /// It is passed over with all that is in it.
    Comment,
    Other,
}

impl Reading {
    fn open(&mut self, outline: Outline) {
        self.comments += usize::from(outline == Outline::Comment);
        self.folders.push(outline);
    }

    fn close(&mut self) {
        let outline = self.folders.pop();
        self.comments -= usize::from(outline == Some(Outline::Comment));
    }

    /// Takes in one outline.
    fn outline(&mut self, tag: &BytesStart<'_>) -> Outline {
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
        if is_comment || self.comments > 0 {
            return if is_comment {
                Outline::Comment
            } else {
                Outline::Other
            };
        }
        let address = address.filter(|address| !address.trim().is_empty());
        let Some(address) = address else {
            if !is_feed {
                return title.map_or(Outline::Other, Outline::Folder);
            }
            self.refuse(title, Cause::NoAddress);
            return Outline::Other;
        };
        let Some(on_the_web) = of_feed(&address) else {
            self.refuse(title, Cause::OffTheWeb(scrub_line(&address)));
            return Outline::Other;
        };
        if self.known.insert(on_the_web.clone()) {
            let category = category.as_deref().and_then(first_category);
            self.outlines.feeds.push(Listed {
                address: on_the_web,
                title,
                site: site.and_then(|site| absolute(&site, None)),
                subject: self.subject().or(category),
            });
        }
        Outline::Other
    }

    fn refuse(&mut self, title: Option<String>, cause: Cause) {
        let name = title.unwrap_or_default();
        self.outlines.refused.push(Refused { name, cause });
    }

    fn subject(&self) -> Option<String> {
        let names = self.folders.iter().filter_map(|outline| match outline {
            Outline::Folder(name) => Some(name.as_str()),
            Outline::Comment | Outline::Other => None,
        });
        let names: Vec<&str> = names.take(DEEPEST).collect();
        (!names.is_empty()).then(|| names.join(WITHIN))
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

/// Elements around the outlines.
fn is_root(name: &str) -> bool {
    name.eq_ignore_ascii_case("opml") || name.eq_ignore_ascii_case("body")
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
