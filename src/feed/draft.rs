//! An entry on its way: what the elements said, and what is made of it in the end.

use std::borrow::Cow;

use jiff::civil::{DateTime, Time};
use jiff::fmt::rfc2822;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::address::absolute;
use super::vocabulary::Field;
use super::{Enclosure, Entry};
use crate::article::{Published, date, html, scrub_line};

/// The best text seen for one field.
#[derive(Debug, Clone, Default)]
pub(super) struct Best<'a> {
    rank: u8,
    text: Cow<'a, str>,
}

impl<'a> Best<'a> {
    /// Takes `text` if it says anything and is better than what is there.
    pub(super) fn offer(&mut self, rank: u8, text: Cow<'a, str>) {
        if rank > self.rank && !text.trim().is_empty() {
            *self = Self { rank, text };
        }
    }

    /// The text as it was given.
    pub(super) fn text(&self) -> Option<&str> {
        (self.rank > 0).then_some(&*self.text)
    }

    /// The text as one line without markup.
    pub(super) fn line(&self) -> Option<String> {
        let line = html::line(&self.text);
        (!line.is_empty()).then_some(line)
    }
}

/// Where an entry stands: what its links are relative to, and when it is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) base: Option<&'a str>,
    pub(super) now: Timestamp,
}

/// An entry whose elements are being read.
#[derive(Debug, Default)]
pub(super) struct Draft<'a> {
    /// The entry's own `xml:base`.
    pub(super) base: Option<String>,
    /// The `guid` is an address as well, unless it says otherwise.
    pub(super) guid_is_no_link: bool,
    pub(super) enclosures: Vec<Enclosure>,
    title: Best<'a>,
    link: Best<'a>,
    guid: Best<'a>,
    content: Best<'a>,
    summary: Best<'a>,
    published: Best<'a>,
    updated: Best<'a>,
    author: Best<'a>,
}

impl<'a> Draft<'a> {
    /// Takes in what one element said.
    pub(super) fn offer(&mut self, field: Field, rank: u8, text: Cow<'a, str>) {
        let best = match field {
            Field::Title => &mut self.title,
            Field::Link => &mut self.link,
            Field::Guid => &mut self.guid,
            Field::Content => &mut self.content,
            Field::Summary => &mut self.summary,
            Field::Published => &mut self.published,
            Field::Updated => &mut self.updated,
            Field::Author => &mut self.author,
            Field::TimeToLive => return,
        };
        best.offer(rank, text);
    }

    /// The entry: markup stripped, addresses made absolute, dates read.
    pub(super) fn finish(self, place: Place<'_>) -> Entry {
        let base = self.base.as_deref().or(place.base);
        let guid = scrub_line(&self.guid.text);
        let from_guid = |guid: &str| {
            let link = !self.guid_is_no_link && guid.starts_with("http");
            link.then(|| absolute(guid, None)).flatten()
        };
        let mut paragraphs = html::paragraphs(&self.content.text);
        if paragraphs.is_empty() {
            paragraphs = html::paragraphs(&self.summary.text);
        }
        Entry {
            link: self
                .link
                .text()
                .and_then(|link| absolute(link, base))
                .or_else(|| from_guid(&guid)),
            guid: (!guid.is_empty()).then_some(guid),
            title: self.title.line(),
            published: read_date(&self.published.text, place.now),
            updated: read_date(&self.updated.text, place.now),
            author: self.author.line().map(|author| without_mailbox(&author)),
            paragraphs,
            enclosures: self.enclosures,
        }
    }
}

/// The name in `redaksi@contoh.id (Sari Wulan)`, which is how RSS wants authors written.
fn without_mailbox(author: &str) -> String {
    let named = author.strip_suffix(')').and_then(|rest| {
        let (mailbox, name) = rest.split_once('(')?;
        (mailbox.contains('@') && !name.trim().is_empty()).then(|| name.trim().to_owned())
    });
    named.unwrap_or_else(|| author.to_owned())
}

/// A date as feeds write it, or as Indonesians do; nothing that lies ahead of `now`.
///
/// A day of grace, because clocks and time zones of servers are wrong more often than that.
fn read_date(text: &str, now: Timestamp) -> Option<Published> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let published = standard_date(text).or_else(|| date::parse(text, now))?;
    let latest = now.checked_add(SignedDuration::from_hours(24)).ok()?;
    let ahead = match published {
        Published::Day(day) => day > Offset::UTC.to_datetime(latest).date(),
        Published::Minute { .. } => published.instant().is_none_or(|instant| instant > latest),
    };
    (!ahead).then_some(published)
}

/// RFC 2822 (RSS) and RFC 3339 (Atom), which is what well-made feeds use.
fn standard_date(text: &str) -> Option<Published> {
    if text.as_bytes().first()?.is_ascii_digit() && text.as_bytes().get(4) == Some(&b'-') {
        let pieces = Pieces::parse(text).ok()?;
        let Some(time) = pieces.time() else {
            return Some(Published::Day(pieces.date()));
        };
        let offset = match pieces.to_numeric_offset() {
            Some(offset) => minutes(offset),
            None => date::WIB,
        };
        return Some(minute(pieces.date().to_datetime(time), offset));
    }
    let zoned = rfc2822::DateTimeParser::new()
        .relaxed_weekday(true)
        .parse_zoned_datetime(text)
        .ok()?;
    Some(minute(zoned.datetime(), minutes(zoned.offset())))
}

fn minutes(offset: Offset) -> i16 {
    i16::try_from(offset.seconds() / 60).unwrap_or_default()
}

fn minute(at: DateTime, offset: i16) -> Published {
    let time = at.time();
    let whole = Time::new(time.hour(), time.minute(), time.second(), 0).unwrap_or(time);
    Published::Minute {
        at: at.date().to_datetime(whole),
        offset,
    }
}
