//! Feeds as bytes: a folder of cases after the traps of real servers, encodings, and properties.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use jiff::Timestamp;
use proptest::prelude::{any, proptest};
use warta::article::Hints;
use warta::feed::{Entry, Feed, Unreadable, parse};

/// The moment every case is read at.
fn now() -> Timestamp {
    "2025-10-29T12:00:00Z".parse().unwrap()
}

fn read(bytes: &[u8]) -> Result<Feed, Unreadable> {
    parse(bytes, &Hints::default(), now())
}

/// The titles of a feed; an entry without one is "-".
fn titles(bytes: &[u8]) -> Vec<String> {
    let entries = read(bytes).unwrap().entries;
    let titles = entries.into_iter().map(|entry| entry.title);
    titles
        .map(|title| title.unwrap_or("-".to_owned()))
        .collect()
}

fn describe(feed: &Feed) -> String {
    let mut text = String::new();
    let or_none = |value: &Option<String>| value.clone().unwrap_or("-".to_owned());
    writeln!(text, "{} | {}", or_none(&feed.title), or_none(&feed.site)).unwrap();
    for entry in &feed.entries {
        let Entry {
            guid,
            link,
            title,
            published,
            updated,
            author,
            paragraphs,
            enclosures,
        } = entry;
        writeln!(text, "\n# {}", or_none(title)).unwrap();
        for (name, value) in [("guid", guid), ("link", link), ("author", author)] {
            if let Some(value) = value {
                writeln!(text, "{name}: {value}").unwrap();
            }
        }
        for (name, value) in [("published", published), ("updated", updated)] {
            if let Some(value) = value {
                writeln!(text, "{name}: {value}").unwrap();
            }
        }
        for enclosure in enclosures {
            writeln!(
                text,
                "enclosure: {} {:?}",
                enclosure.address, enclosure.media
            )
            .unwrap();
        }
        for paragraph in paragraphs {
            writeln!(text, "    {paragraph}").unwrap();
        }
    }
    text
}

#[test]
fn every_case_reads_as_recorded() {
    insta::glob!("feed/cases/*", |path| {
        let bytes = std::fs::read(path).unwrap();
        let text = match read(&bytes) {
            Ok(feed) => describe(&feed),
            Err(reason) => format!("{reason:?}"),
        };
        insta::assert_snapshot!(text);
    });
}

#[test]
fn a_feed_in_any_encoding_reads_the_same() {
    let feed = |encoding: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"{encoding}\"?><rss><channel><item>\
             <title>“Kafe” café</title></item></channel></rss>"
        )
    };
    let utf16 = |little: bool, mark: bool| -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter();
        let text = feed("UTF-16");
        let units = units.chain(text.encode_utf16());
        let bytes = |unit: u16| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        };
        units.flat_map(bytes).collect()
    };
    let windows_1252 = |encoding: &str| -> Vec<u8> {
        let byte = |c| match c {
            '“' => 0x93,
            '”' => 0x94,
            other => u8::try_from(u32::from(other)).unwrap(),
        };
        feed(encoding).chars().map(byte).collect()
    };
    let marked = |marks: usize| format!("{}{}", "\u{feff}".repeat(marks), feed("UTF-8"));
    for (name, bytes) in [
        ("UTF-8", feed("UTF-8").into_bytes()),
        ("UTF-8 that declares UTF-16", feed("UTF-16").into_bytes()),
        (
            "UTF-8 that declares nonsense",
            feed("x-tidak-ada").into_bytes(),
        ),
        ("UTF-8 with a mark", marked(1).into_bytes()),
        ("UTF-8 with two marks", marked(2).into_bytes()),
        ("UTF-16LE", utf16(true, true)),
        ("UTF-16BE", utf16(false, true)),
        ("UTF-16LE without a mark", utf16(true, false)),
        ("UTF-16BE without a mark", utf16(false, false)),
        ("windows-1252", windows_1252("windows-1252")),
        ("windows-1252 that declares UTF-8", windows_1252("UTF-8")),
    ] {
        assert_eq!(titles(&bytes), ["“Kafe” café"], "{name}");
    }
}

#[test]
fn the_charset_of_http_counts_before_that_of_xml() {
    let mut bytes =
        b"<?xml version='1.0' encoding='iso-8859-15'?><rss><channel><item><title>".to_vec();
    bytes.extend([0xc0, 0xd0, 0xc8]);
    bytes.extend(b"</title></item></channel></rss>");
    let hints = Hints {
        content_type: Some("application/rss+xml; charset=windows-1251"),
        ..Hints::default()
    };
    let feed = parse(&bytes, &hints, now()).unwrap();
    assert_eq!(feed.entries[0].title.as_deref(), Some("АРИ"));
}

#[test]
fn a_relative_link_counts_from_the_address_of_the_feed() {
    let hints = Hints {
        address: Some("https://contoh.test/rss/nasional.xml"),
        ..Hints::default()
    };
    for (link, expected) in [
        ("baca/1", "https://contoh.test/rss/baca/1"),
        ("/baca/1", "https://contoh.test/baca/1"),
        ("//lain.test/1", "https://lain.test/1"),
        ("http://lain.test/é", "http://lain.test/%C3%A9"),
        (
            "#/cerita/7",
            "https://contoh.test/rss/nasional.xml#/cerita/7",
        ),
    ] {
        let text = format!("<rss><channel><item><link>{link}</link></item></channel></rss>");
        let feed = parse(text.as_bytes(), &hints, now()).unwrap();
        assert_eq!(feed.entries[0].link.as_deref(), Some(expected));
    }
}

#[test]
fn bytes_that_are_no_feed_say_why() {
    for (bytes, reason) in [
        (&b""[..], Unreadable::Empty),
        (b"\n", Unreadable::Empty),
        (b"\xef\xbb\xbf \r\n", Unreadable::Empty),
        (b"\x1f\x8b\x08\0\0\0\0\0", Unreadable::Binary),
        (b"Halo dunia", Unreadable::NotAFeed),
        (b"{\"error\": 404}", Unreadable::NotAFeed),
        (b"<urlset><url/></urlset>", Unreadable::NotAFeed),
        (b"<html><body>404</body></html>", Unreadable::Page),
    ] {
        assert_eq!(read(bytes), Err(reason), "{bytes:?}");
    }
}

#[test]
fn nesting_and_repetition_cost_little() {
    let deep = 200_000;
    let nested = format!("{}x{}", "<b>".repeat(deep), "</b>".repeat(deep));
    let json = format!("{{\"items\":{}1{}}}", "[".repeat(deep), "]".repeat(deep));
    assert_eq!(read(json.as_bytes()), Err(Unreadable::NotAFeed));
    for (name, inside) in [
        ("text", nested.clone()),
        ("never closed", "<i>".repeat(deep)),
        ("attributes", format!("<y {}/>", "a='1' ".repeat(deep))),
        ("prefixes", format!("<y {}/>", "xmlns:a='1' ".repeat(deep))),
        ("references", "&a;".repeat(deep)),
        ("brackets", "<".repeat(deep)),
    ] {
        let text = format!(
            "<rss><channel><item><title>t</title><description>{inside}</description></item>\
             </channel></rss>"
        );
        let began = std::time::Instant::now();
        assert_eq!(titles(text.as_bytes()), ["t"], "{name}");
        assert!(
            began.elapsed().as_secs() < 10,
            "{name}: {:?}",
            began.elapsed()
        );
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes: Vec<u8>) {
        let _ = read(&bytes);
    }

    /// Pieces of feeds in any order reach deeper than random bytes.
    #[test]
    fn no_pieces_panic(pieces in proptest::collection::vec(0..PIECES.len(), 0..40), cut in any::<usize>()) {
        let text: String = pieces.into_iter().map(|piece| PIECES[piece]).collect();
        let bytes = &text.as_bytes()[..cut.checked_rem(text.len()).unwrap_or(0)];
        for bytes in [text.as_bytes(), bytes] {
            if let Ok(feed) = read(bytes) {
                let described = describe(&feed);
                assert!(!described.contains(|c: char| c.is_control() && c != '\n'));
                assert!(feed.entries.iter().all(|entry| entry.paragraphs.iter().all(|p| !p.is_empty() && !p.contains('\n'))));
            }
        }
    }
}

const PIECES: &[&str] = &[
    "<rss>",
    "</rss>",
    "<channel>",
    "</channel>",
    "<item>",
    "</item>",
    "<item/>",
    "<feed>",
    "</feed>",
    "<entry>",
    "</entry>",
    "<title>",
    "</title>",
    "<title type='xhtml'>",
    "<link>",
    "</link>",
    "<link href='http://a/é'/>",
    "<link href='",
    "'>",
    "\"",
    "<description>",
    "</description>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?xml ?>",
    "<!DOCTYPE a [",
    "]>",
    "&lt;p&gt;",
    "&",
    "&amp;",
    "&#27;",
    "&#x110000;",
    "<",
    ">",
    "</",
    "<author>",
    "</author>",
    "<name>",
    "</name>",
    "<source>",
    "</source>",
    "<pubDate>",
    "</pubDate>",
    "Mon, 27 Oct 2025 07:30:00 +0000",
    "2025-10-27T24:61:00Z",
    "0000-00-00",
    "27 Okt 2025",
    "<guid isPermaLink='false'>",
    "</guid>",
    "<enclosure url='/x'/>",
    "<x:y xmlns:x='http://purl.org/dc/elements/1.1/'>",
    "</x:y>",
    "teks",
    "\u{1b}[31m",
    "\u{202e}",
    "é",
    " ",
    "\n\n",
    "<html>",
    "<channel xml:base='../x'>",
    "xmlns:",
    ":",
];
