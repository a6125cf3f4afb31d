//! The feeds that a web page names.

use super::address::absolute;
use crate::article::html;

/// The addresses tried where a page names no feed, relative to its site: what the common systems
/// of newsrooms and blogs use. Never more than three, for each is a request nobody asked for.
const USUAL: [&str; 3] = ["/feed", "/rss", "/rss.xml"];

/// A feed that a page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub address: String,
    /// What the page calls it.
    pub title: Option<String>,
}

/// The feeds named in a page's head, in order, each once. `address` is the page's own.
pub fn discover(page: &str, address: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut base = address.to_owned();
    for element in html::elements(page, &["base", "link"]) {
        let reference = element.attribute("href");
        if element.name() == "base" {
            // Feeds named before it are relative to it as well, but no page has it so late.
            base = reference
                .and_then(|reference| absolute(&reference, Some(address)))
                .unwrap_or(base);
            continue;
        }
        let relation = element.attribute("rel").unwrap_or_default();
        let media = element.attribute("type").unwrap_or_default();
        if !relation
            .split_ascii_whitespace()
            .any(|word| word.eq_ignore_ascii_case("alternate"))
            || !is_feed(&media)
        {
            continue;
        }
        let Some(address) = reference.and_then(|reference| absolute(&reference, Some(&base)))
        else {
            continue;
        };
        if found.iter().all(|known| known.address != address) {
            let title = element.attribute("title").map(|title| html::line(&title));
            found.push(Found {
                address,
                title: title.filter(|title| !title.is_empty()),
            });
        }
    }
    found
}

/// Where a feed may be on the site of a page that names none.
pub fn usual_addresses(address: &str) -> Vec<String> {
    let usual = USUAL.iter();
    usual
        .filter_map(|path| absolute(path, Some(address)))
        .collect()
}

fn is_feed(media: &str) -> bool {
    let media = media.split(';').next().unwrap_or_default().trim();
    [
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
    ]
    .iter()
    .any(|known| media.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(head: &str, expected: &[(&str, Option<&str>)]) {
        let page = format!("<!doctype html><html><head>{head}</head><body></body></html>");
        let found = discover(&page, "https://contoh.test/kanal/ekonomi");
        let found: Vec<_> = found
            .iter()
            .map(|found| (found.address.as_str(), found.title.as_deref()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn feeds_are_found_however_they_are_named() {
        check(
            r#"<link rel="alternate" type="application/rss+xml" title="Berita &amp; Opini" href="/rss?a=1&amp;b=2">
               <LINK HREF='atom.xml' TYPE='application/atom+xml' REL='home Alternate'>
               <link rel=alternate type=application/feed+json href=//lain.test/feed.json>"#,
            &[
                ("https://contoh.test/rss?a=1&b=2", Some("Berita & Opini")),
                ("https://contoh.test/kanal/atom.xml", None),
                ("https://lain.test/feed.json", None),
            ],
        );
    }

    #[test]
    fn what_is_no_feed_is_left() {
        check(
            r#"<link rel="stylesheet" type="text/css" href="/a.css">
               <link rel="alternate" hreflang="en" href="/en">
               <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
               <link rel="alternate" type="application/rss+xml">
               <script>"<link rel='alternate' type='application/rss+xml' href='/x'>"</script>
               <!-- <link rel="alternate" type="application/rss+xml" href="/y"> -->"#,
            &[],
        );
    }

    #[test]
    fn a_feed_named_twice_is_one_and_base_counts() {
        check(
            r#"<base href="https://dasar.test/a/"><link rel="alternate" type="application/rss+xml" href="b.xml">
               <link rel="alternate" type="application/rss+xml" href="https://dasar.test/a/b.xml">"#,
            &[("https://dasar.test/a/b.xml", None)],
        );
    }

    #[test]
    fn at_most_three_addresses_are_guessed() {
        assert_eq!(
            usual_addresses("https://contoh.test/kanal/1"),
            [
                "https://contoh.test/feed",
                "https://contoh.test/rss",
                "https://contoh.test/rss.xml"
            ]
        );
    }
}
