//! JSON Feed 1 and 1.1 (jsonfeed.org/version/1.1).

use std::borrow::Cow;

use jiff::Timestamp;
use serde_json::Value;

use super::address::absolute;
use super::draft::{Draft, Place};
use super::vocabulary::Field;
use super::{Enclosure, Feed, Unreadable};
use crate::article::scrub_line;

/// Reads a JSON Feed. `serde_json` itself refuses what is nested deeper than 128 levels.
pub(super) fn read(text: &str, address: Option<&str>, now: Timestamp) -> Result<Feed, Unreadable> {
    // Whatever stands after the object is none of ours.
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let Some(Ok(root)) = values.next() else {
        return Err(Unreadable::NotAFeed);
    };
    let Some(items) = root["items"].as_array() else {
        return Err(Unreadable::NotAFeed);
    };
    let site = root["home_page_url"].as_str();
    let site = site.and_then(|site| absolute(site, address));
    let place = Place {
        base: address.or(site.as_deref()),
        now,
    };
    let entries = items
        .iter()
        .filter(|item| item.is_object())
        .map(|item| draft(item, place).finish(place))
        .collect();
    Ok(Feed {
        title: root["title"].as_str().map(scrub_line),
        entries,
        site,
        ttl: None,
    })
}

fn draft<'a>(item: &'a Value, place: Place<'_>) -> Draft<'a> {
    let mut draft = Draft::default();
    let mut offer = |field, rank, name: &str| match &item[name] {
        Value::String(text) => draft.offer(field, rank, Cow::Borrowed(text)),
        // Version 1 allowed numbers as identities.
        Value::Number(number) => draft.offer(field, rank, Cow::Owned(number.to_string())),
        _ => {}
    };
    offer(Field::Guid, 1, "id");
    offer(Field::Link, 2, "url");
    offer(Field::Link, 1, "external_url");
    offer(Field::Title, 1, "title");
    offer(Field::Content, 2, "content_html");
    offer(Field::Summary, 1, "summary");
    offer(Field::Published, 1, "date_published");
    offer(Field::Updated, 1, "date_modified");
    if let Some(text) = item["content_text"].as_str() {
        draft.offer(Field::Content, 1, Cow::Owned(as_markup(text)));
    }
    // 1.1 has a list of authors, 1 had one.
    let authors = item["authors"].get(0).unwrap_or(&item["author"]);
    if let Some(name) = authors["name"].as_str() {
        draft.offer(Field::Author, 1, Cow::Borrowed(name));
    }
    let attachments = item["attachments"].as_array();
    draft.enclosures = attachments
        .into_iter()
        .flatten()
        .filter_map(|attachment| {
            Some(Enclosure {
                address: absolute(attachment["url"].as_str()?, place.base)?,
                media: attachment["mime_type"].as_str().map(scrub_line),
            })
        })
        .collect();
    draft
}

/// Plain text as the HTML that shows the same.
pub(super) fn as_markup(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('\n', "<br>")
}
