//! RSS, Atom and CDF: one pass over the XML, no tree, no recursion.
//!
//! quick-xml finds the tags; that is all it is asked for. Elements need not match, references need
//! not exist, and a document type is passed over unread, so that no entity of a feed's own is ever
//! expanded. What a name means is decided by [`super::vocabulary`].

use std::borrow::Cow;

use jiff::Timestamp;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::address::absolute;
use super::draft::{Best, Draft, Place};
use super::json::as_markup;
use super::vocabulary::{Field, Prefixes, Vocabulary, field, is_aside};
use super::{Enclosure, Entry, Feed, Unreadable};
use crate::article::scrub_line;

/// Reads a feed out of XML. `address` is where it came from, for relative links.
pub(super) fn read(text: &str, address: Option<&str>, now: Timestamp) -> Result<Feed, Unreadable> {
    let mut xml = lenient(text);
    let mut reading = Reading {
        address,
        now,
        ..Reading::default()
    };
    loop {
        match xml.read_event() {
            Ok(Event::Start(tag)) => reading.start(&tag, false),
            Ok(Event::Empty(tag)) => reading.start(&tag, true),
            Ok(Event::End(tag)) => reading.end(tag.name().0),
            Ok(Event::Text(text)) => reading.text(text.into_inner()),
            Ok(Event::CData(text)) => reading.text(text.into_inner()),
            Ok(Event::GeneralRef(name)) => reading.reference(&name),
            Ok(Event::DocType(kind)) => reading.document_type(&kind),
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => {}
            // On an error the rest is cut off or beyond repair; what was whole before it counts.
            Ok(Event::Eof) | Err(_) => break,
        }
        if reading.is_page {
            return Err(Unreadable::Page);
        }
    }
    reading.finish()
}

/// A parser that bears what can be borne.
pub(super) fn lenient(text: &str) -> Reader<&[u8]> {
    let mut xml = Reader::from_str(text);
    let config = xml.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    xml
}

/// What has been read so far, and what is being read.
#[derive(Default)]
struct Reading<'a> {
    address: Option<&'a str>,
    now: Timestamp,
    prefixes: Prefixes,
    /// The feed's own `xml:base`.
    base: Option<String>,
    title: Best<'a>,
    site: Best<'a>,
    ttl: Option<u32>,
    entries: Vec<Entry>,
    entry: Option<(Scope, Draft<'a>)>,
    capture: Option<Capture<'a>>,
    /// An element with titles and links of something else.
    aside: Option<Scope>,
    /// An element that only feeds have was there.
    is_feed: bool,
    /// An element that only pages have was there before.
    is_page: bool,
}

/// An open element. It ends with the tag that balances it, however its inside is damaged.
struct Scope {
    name: String,
    /// Open elements of the same name inside.
    inner: u32,
}

impl Scope {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            inner: 0,
        }
    }

    fn start(&mut self, name: &str) {
        self.inner += u32::from(name == self.name);
    }

    /// Whether this end is the scope's own.
    fn end(&mut self, name: &str) -> bool {
        if name != self.name {
            return false;
        }
        let own = self.inner == 0;
        self.inner = self.inner.saturating_sub(1);
        own
    }
}

/// An element whose text is wanted.
struct Capture<'a> {
    scope: Scope,
    field: Field,
    rank: u8,
    text: Cow<'a, str>,
    form: Form,
}

/// How the text of an element is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// HTML, escaped or in CDATA; plain text is mostly HTML as well.
    Escaped,
    /// HTML as elements of the feed.
    Elements,
    /// Text whose brackets are brackets.
    Plain,
    /// Base64, which only Atom 0.3 had.
    Unreadable,
}

impl<'a> Capture<'a> {
    fn push(&mut self, text: Cow<'a, str>) {
        if self.text.is_empty() {
            self.text = text;
        } else {
            self.text.to_mut().push_str(&text);
        }
    }

    /// An element within the text: part of the text.
    fn start(&mut self, tag: &BytesStart<'_>, is_empty: bool) {
        if !is_empty {
            self.scope.start(tag.name().0);
        }
        if self.form == Form::Escaped {
            self.form = Form::Elements;
        }
        let text = self.text.to_mut();
        text.push('<');
        text.push_str(tag);
        text.push('>');
    }

    /// Whether the end is that of the text.
    fn end(&mut self, name: &str) -> bool {
        if self.scope.end(name) {
            return true;
        }
        let text = self.text.to_mut();
        text.push_str("</");
        text.push_str(name);
        text.push('>');
        false
    }
}

impl<'a> Reading<'a> {
    fn start(&mut self, tag: &BytesStart<'_>, is_empty: bool) {
        let full_name = tag.name().0;
        if self.capture.is_some() && self.start_within(tag, is_empty) {
            return;
        }
        if tag.contains("xmlns:") {
            self.declare_prefixes(tag);
        }
        let (vocabulary, name) = self.prefixes.resolve(full_name);
        let name = lower_case(name);
        let is_entry = is_entry(vocabulary, &name);
        if let Some(aside) = &mut self.aside {
            if !is_entry {
                if !is_empty {
                    aside.start(full_name);
                }
                return;
            }
            self.aside = None;
        }
        if is_entry {
            self.is_feed = true;
            self.start_entry(tag, is_empty);
            return;
        }
        if vocabulary == Vocabulary::Feed && self.start_special(tag, &name) {
            return;
        }
        if is_empty {
            return;
        }
        if is_aside(vocabulary, &name) {
            self.aside = Some(Scope::new(full_name));
        } else if let Some((field, rank)) = field(vocabulary, &name) {
            self.start_capture(tag, field, rank);
        }
    }

    /// An element inside a text that is wanted. `false` where it is not part of that text.
    fn start_within(&mut self, tag: &BytesStart<'_>, is_empty: bool) -> bool {
        let Some(capture) = &mut self.capture else {
            return false;
        };
        let name = tag.name().0;
        let (vocabulary, local) = self.prefixes.resolve(name);
        if self.entry.is_none() && is_entry(vocabulary, &lower_case(local)) {
            // The title of the feed was never closed.
            self.end_capture();
            return false;
        }
        if capture.field == Field::Author && local == "name" && !is_empty {
            // Atom's author has parts, of which only the name is wanted.
            capture.scope = Scope::new(name);
            capture.text = Cow::Borrowed("");
            return true;
        }
        let is_prose = matches!(capture.field, Field::Content | Field::Summary);
        if !is_prose && field(vocabulary, &lower_case(local)).is_some() {
            // A title or a link was never closed: `<title>Judul<link>…</link>`.
            self.end_capture();
            return false;
        }
        capture.start(tag, is_empty);
        true
    }

    fn start_entry(&mut self, tag: &BytesStart<'_>, is_empty: bool) {
        self.end_entry();
        let mut draft = Draft::default();
        for (key, value) in attributes(tag) {
            match key {
                "xml:base" => draft.base = absolute(&value, self.base()),
                "rdf:about" | "about" => {
                    draft.offer(Field::Guid, 1, Cow::Owned(value.clone()));
                    draft.offer(Field::Link, 2, Cow::Owned(value));
                }
                // CDF.
                "href" => draft.offer(Field::Link, 2, Cow::Owned(value)),
                _ if key.eq_ignore_ascii_case("lastmod") => {
                    draft.offer(Field::Updated, 1, Cow::Owned(value));
                }
                _ => {}
            }
        }
        self.entry = Some((Scope::new(tag.name().0), draft));
        if is_empty {
            self.end_entry();
        }
    }

    fn document_type(&mut self, kind: &str) {
        let name = kind.split_ascii_whitespace().next();
        self.is_page = !self.is_feed && name.is_some_and(|name| name.eq_ignore_ascii_case("html"));
    }

    /// Elements whose attributes matter. `false` where the element has nothing of that kind.
    fn start_special(&mut self, tag: &BytesStart<'_>, name: &str) -> bool {
        match name {
            "rss" | "feed" | "rdf" | "channel" => {
                self.is_feed = true;
                let base = attributes(tag).find(|(key, _)| *key == "xml:base");
                if let Some((_, base)) = base {
                    self.base = absolute(&base, self.base());
                }
                true
            }
            "html" => {
                self.is_page = !self.is_feed;
                true
            }
            // CDF has <a href="…"> for <link>.
            "link" | "a" => self.link(tag),
            "enclosure" => {
                self.enclosure(tag, "url");
                true
            }
            _ => false,
        }
    }

    /// `<link href="…">`. `false` for the link of RSS, whose address is its text.
    fn link(&mut self, tag: &BytesStart<'_>) -> bool {
        let (mut address, mut relation, mut media) = (None, None, None);
        for (key, value) in attributes(tag) {
            match key {
                "href" => address = Some(value),
                "rel" => relation = Some(value),
                "type" => media = Some(value),
                _ => {}
            }
        }
        let Some(address) = address else { return false };
        let relation = relation.as_deref().map_or("alternate", str::trim);
        if relation.eq_ignore_ascii_case("enclosure") {
            self.enclosure(tag, "href");
        } else if relation.eq_ignore_ascii_case("alternate") {
            let is_page = media.is_none_or(|media| media.contains("html"));
            let rank = if is_page { 7 } else { 5 };
            match &mut self.entry {
                Some((_, draft)) => draft.offer(Field::Link, rank, Cow::Owned(address)),
                None => self.site.offer(rank, Cow::Owned(address)),
            }
        }
        true
    }

    fn enclosure(&mut self, tag: &BytesStart<'_>, key_of_address: &str) {
        let (mut address, mut media) = (None, None);
        for (key, value) in attributes(tag) {
            match key {
                "type" => media = Some(scrub_line(&value)),
                _ if key == key_of_address => address = absolute(&value, self.base()),
                _ => {}
            }
        }
        if let (Some(address), Some((_, draft))) = (address, &mut self.entry) {
            draft.enclosures.push(Enclosure { address, media });
        }
    }

    fn start_capture(&mut self, tag: &BytesStart<'_>, field: Field, rank: u8) {
        let mut form = Form::Escaped;
        for (key, value) in attributes(tag) {
            match (key, value.as_str()) {
                ("type", "xhtml" | "application/xhtml+xml") => form = Form::Elements,
                ("type", "text" | "text/plain") => form = Form::Plain,
                ("mode", "base64") => form = Form::Unreadable,
                ("isPermaLink", "false") => {
                    if let Some((_, draft)) = &mut self.entry {
                        draft.guid_is_no_link = true;
                    }
                }
                _ => {}
            }
        }
        self.capture = Some(Capture {
            scope: Scope::new(tag.name().0),
            field,
            rank,
            text: Cow::Borrowed(""),
            form,
        });
    }

    fn text(&mut self, text: Cow<'a, str>) {
        if let Some(capture) = &mut self.capture {
            capture.push(text);
        }
    }

    /// `&name;`
    fn reference(&mut self, name: &str) {
        let Some(capture) = &mut self.capture else {
            return;
        };
        capture.push(match name {
            // Within elements the reference stays for whoever reads the HTML.
            _ if capture.form == Form::Elements => Cow::Owned(format!("&{name};")),
            "lt" => Cow::Borrowed("<"),
            "gt" => Cow::Borrowed(">"),
            "amp" => Cow::Borrowed("&"),
            "quot" => Cow::Borrowed("\""),
            _ => Cow::Owned(htmlize::unescape(format!("&{name};")).into_owned()),
        });
    }

    fn end(&mut self, name: &str) {
        let is_of_entry = self
            .entry
            .as_ref()
            .is_some_and(|(scope, _)| scope.name == name);
        if let Some(capture) = &mut self.capture {
            // An element that was never closed ends with its entry.
            if is_of_entry && capture.scope.name != name || capture.end(name) {
                self.end_capture();
            }
        } else if self.aside.as_mut().is_some_and(|aside| aside.end(name)) {
            self.aside = None;
        }
        if is_of_entry
            && self
                .entry
                .as_mut()
                .is_some_and(|(scope, _)| scope.end(name))
        {
            self.aside = None;
            self.end_entry();
        }
    }

    fn end_capture(&mut self) {
        let Some(capture) = self.capture.take() else {
            return;
        };
        let text = match capture.form {
            Form::Escaped | Form::Elements => capture.text,
            Form::Plain => Cow::Owned(as_markup(&capture.text)),
            Form::Unreadable => return,
        };
        match (&mut self.entry, capture.field) {
            (Some((_, draft)), field) => draft.offer(field, capture.rank, text),
            (None, Field::Title) => self.title.offer(capture.rank, text),
            (None, Field::TimeToLive) => self.ttl = text.trim().parse().ok(),
            (None, Field::Link) => self.site.offer(capture.rank, text),
            (None, _) => {}
        }
    }

    fn end_entry(&mut self) {
        if let Some((_, draft)) = self.entry.take() {
            let place = Place {
                base: self.base(),
                now: self.now,
            };
            let entry = draft.finish(place);
            self.entries.push(entry);
        }
    }

    /// What relative addresses are relative to.
    fn base(&self) -> Option<&str> {
        self.base.as_deref().or(self.address).or(self.site.text())
    }

    fn declare_prefixes(&mut self, tag: &BytesStart<'_>) {
        for (key, value) in attributes(tag) {
            if let Some(prefix) = key.strip_prefix("xmlns:") {
                self.prefixes.declare(prefix, &value);
            }
        }
    }

    fn finish(self) -> Result<Feed, Unreadable> {
        if !self.is_feed {
            return Err(Unreadable::NotAFeed);
        }
        let base = self.base.as_deref().or(self.address);
        Ok(Feed {
            title: self.title.line(),
            ttl: self.ttl,
            site: self.site.text().and_then(|site| absolute(site, base)),
            entries: self.entries,
        })
    }
}

fn is_entry(vocabulary: Vocabulary, name: &str) -> bool {
    vocabulary == Vocabulary::Feed && matches!(name, "item" | "entry")
}

fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// The attributes of a tag, as far as they can be read, with their references decoded.
pub(super) fn attributes<'t>(tag: &'t BytesStart<'_>) -> impl Iterator<Item = (&'t str, String)> {
    let mut attributes = tag.html_attributes();
    attributes.with_checks(false);
    attributes.filter_map(|attribute| {
        let attribute = attribute.ok()?;
        let value = htmlize::unescape_attribute(attribute.value).into_owned();
        Some((attribute.key.0, value))
    })
}
