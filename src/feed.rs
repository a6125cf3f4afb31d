//! Feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, CDF and JSON Feed, as real servers send them.
//!
//! [`parse`] is the one way in: bytes in, a [`Feed`] or one reason out. It is pure, takes the
//! whole entries of a damaged or cut feed, and no bytes make it panic, recurse or expand.
//! Everything in a [`Feed`] is scrubbed: no control characters, no markup, addresses on the web
//! only.

pub mod catalogue;
pub mod discover;
pub mod fetch;
pub mod finding;
pub mod opml;

mod address;
mod draft;
mod json;
mod parse;
mod repair;
mod vocabulary;
mod xml;

pub use self::parse::parse;

use crate::article::{Article, Published, decode};
use crate::source::problem::Reason;

/// One feed, as it was at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// What it calls itself.
    pub title: Option<String>,
    /// The web page it belongs to.
    pub site: Option<String>,
    /// For how many minutes it asks to be left alone after an answer.
    pub ttl: Option<u32>,
    /// In the order of the feed, which is most often newest first.
    pub entries: Vec<Entry>,
}

/// One item of a feed. Every field may be missing: real feeds leave out any of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// What the feed calls its identity. Not to be relied on: there are feeds that number their
    /// items from one each time.
    pub guid: Option<String>,
    /// The web page of the article; http or https, never relative.
    pub link: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// When it was published. Never more than a day ahead of the moment of reading.
    pub published: Option<Published>,
    /// When it was last changed, under the same condition.
    pub updated: Option<Published>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The fullest text the feed gives. No paragraph is empty or contains a line break.
    pub paragraphs: Vec<String>,
    /// Files that belong to it, mostly sound and film.
    pub enclosures: Vec<Enclosure>,
}

impl Entry {
    /// Whether there is nothing in it that could be read.
    pub fn is_blank(&self) -> bool {
        self.title.is_none() && self.link.is_none() && self.paragraphs.is_empty()
    }

    /// What the reader shows of it.
    pub fn article(&self) -> Article {
        Article {
            title: self.title.clone(),
            standfirst: None,
            published: self.published.or(self.updated),
            paragraphs: self.paragraphs.clone(),
        }
    }
}

/// A file that belongs to an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosure {
    /// Where it is; http or https.
    pub address: String,
    /// Its media type, as the feed says ("audio/mpeg").
    pub media: Option<String>,
}

/// The address of a feed as warta keeps it: absolute, http or https, no fragment, nothing in it that
/// must be escaped.
pub fn address(text: &str) -> Option<String> {
    address::of_feed(text)
}

/// Why bytes give no feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// No bytes, or white space only. It says nothing about what the feed holds.
    Empty,
    /// Not text at all.
    Binary,
    /// More bytes than any feed has.
    TooLarge,
    /// A web page; it may name a feed.
    Page,
    /// Text, but not a feed, or cut off before anything of it could be read.
    NotAFeed,
}

impl From<Unreadable> for Reason {
    fn from(unreadable: Unreadable) -> Self {
        match unreadable {
            Unreadable::Empty => Self::Empty,
            Unreadable::Binary => Self::Binary(None),
            Unreadable::TooLarge => Self::TooLarge(decode::LIMIT as u64),
            Unreadable::Page => Self::Page,
            Unreadable::NotAFeed => Self::NoFeed,
        }
    }
}
