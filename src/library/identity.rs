//! Which entry of a feed is which article.
//!
//! The identity of an entry is ours, because the feeds' own cannot be relied on: there are feeds
//! whose `guid` is the entry's rank in the list, feeds without any, and feeds that add a campaign
//! parameter to every link. It is a 64-bit hash, unique within a feed, of the first of these that
//! the entry has:
//!
//! 1. its link, normalised ([`normal_link`]), where the link leads to more than a front page;
//! 2. its guid, where that can be a lasting one ([`is_lasting`]);
//! 3. its title and day; without a title, its text.
//!
//! Where several entries of one answer share a link but have lasting guids that differ (or
//! fragments: a live page with `#post-1`, `#post-2`), they are different articles and the guid is
//! hashed with the link.

use std::collections::HashMap;

use crate::article::Published;

/// What a feed says of one entry, before anything is cleaned or recognised.
#[derive(Debug, Clone, Copy, Default)]
pub struct Entry<'a> {
    /// The address of the article.
    pub link: Option<&'a str>,
    /// The feed's own idea of its identity.
    pub guid: Option<&'a str>,
    /// The headline.
    pub title: Option<&'a str>,
    /// When it was published.
    pub published: Option<Published>,
    /// The summary or text, as it stands in the feed.
    pub content: &'a str,
}

/// Who an entry is, and what it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// What it is known by.
    pub key: i64,
    /// What it may be known by from an answer in which it shared its link with others.
    pub other: Option<i64>,
    /// Changes whenever anything in the entry changes.
    pub digest: i64,
}

/// The identities of the entries of one answer, in their order.
pub fn identify(entries: &[Entry<'_>]) -> Vec<Identity> {
    let links: Vec<Option<String>> = entries
        .iter()
        .map(|entry| entry.link.and_then(normal_link))
        .collect();
    let mut guids: HashMap<&str, usize> = HashMap::new();
    for guid in entries.iter().filter_map(|entry| entry.guid) {
        *guids.entry(guid.trim()).or_default() += 1;
    }
    // A guid that two entries of one answer have names neither.
    let lasting = |entry: &Entry<'_>| {
        entry
            .guid
            .map(|guid| guid.trim().to_owned())
            .filter(|guid| is_lasting(guid) && guids.get(guid.as_str()) == Some(&1))
    };
    let mut shared: HashMap<&str, usize> = HashMap::new();
    for link in links.iter().flatten() {
        *shared.entry(link).or_default() += 1;
    }
    entries
        .iter()
        .zip(&links)
        .map(|(entry, link)| {
            let guid = lasting(entry).or_else(|| fragment(entry.link));
            let digest = digest(entry);
            match (link, guid) {
                (Some(link), Some(guid)) => {
                    let (alone, among) = (hash(&["link", link]), hash(&["link", link, &guid]));
                    let is_shared = shared.get(link.as_str()).is_some_and(|&count| count > 1);
                    Identity {
                        key: if is_shared { among } else { alone },
                        other: (!is_shared).then_some(among),
                        digest,
                    }
                }
                (Some(link), None) => identity(hash(&["link", link]), digest),
                (None, Some(guid)) => identity(hash(&["guid", &guid]), digest),
                (None, None) => identity(by_content(entry), digest),
            }
        })
        .collect()
}

/// A link without what does not say which article it leads to: scheme, case and `www.` of the
/// host, the marks of its AMP and mobile variants, fragment, tracking parameters, the order of
/// parameters, and a slash at the end. None where nothing but a host is left, or for no web link.
pub fn normal_link(link: &str) -> Option<String> {
    let link = link.trim();
    let (scheme, rest) = link.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let rest = rest.split_once('#').map_or(rest, |(before, _)| before);
    let (place, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, path) = place.split_once('/').unwrap_or((place, ""));
    let authority = authority.rsplit_once('@').map_or(authority, |(_, at)| at);
    let mut host = authority.to_lowercase();
    for port in [":80", ":443"] {
        if let Some(bare) = host.strip_suffix(port) {
            host = bare.to_owned();
        }
    }
    let mut host = host.as_str();
    for prefix in ["www.", "amp.", "m."] {
        if let Some(bare) = host.strip_prefix(prefix)
            && bare.contains('.')
        {
            host = bare;
        }
    }
    let segments: Vec<&str> = path
        .split('/')
        .filter(|segment| !segment.is_empty() && !segment.eq_ignore_ascii_case("amp"))
        .collect();
    let mut path = segments.join("/");
    if let Some(bare) = path.strip_suffix(".amp") {
        path = bare.to_owned();
    }
    let mut parameters: Vec<&str> = parameters
        .split('&')
        .flat_map(|parameter| parameter.split(';'))
        .filter(|parameter| !parameter.is_empty() && !is_tracking(parameter))
        .collect();
    parameters.sort_unstable();
    if host.is_empty() || (path.is_empty() && parameters.is_empty()) {
        return None;
    }
    let mut normal = format!("{host}/{path}");
    if !parameters.is_empty() {
        normal.push('?');
        normal.push_str(&parameters.join("&"));
    }
    Some(normal)
}

/// Can this guid be a lasting one? A short number is a rank, and very short text a label.
pub fn is_lasting(guid: &str) -> bool {
    let guid = guid.trim();
    guid.len() >= 5 && (guid.len() >= 6 || !guid.bytes().all(|byte| byte.is_ascii_digit()))
}

/// FNV-1a over the parts, each closed by a zero byte, and at the end the finalizer of
/// SplitMix64 so that every bit depends on every byte.
pub fn hash(parts: &[&str]) -> i64 {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for &byte in part.as_bytes().iter().chain(&[0]) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (state ^ (state >> 31)).cast_signed()
}

fn identity(key: i64, digest: i64) -> Identity {
    Identity {
        key,
        other: None,
        digest,
    }
}

fn by_content(entry: &Entry<'_>) -> i64 {
    match entry.title.map(str::trim).filter(|title| !title.is_empty()) {
        Some(title) => {
            let day = entry
                .published
                .map(|published| published.date().to_string())
                .unwrap_or_default();
            hash(&["title", title, &day])
        }
        None => hash(&["text", entry.content.trim()]),
    }
}

fn digest(entry: &Entry<'_>) -> i64 {
    let published = entry
        .published
        .map(|published| published.to_string())
        .unwrap_or_default();
    hash(&[
        entry.link.unwrap_or_default(),
        entry.title.unwrap_or_default(),
        &published,
        entry.content,
    ])
}

fn fragment(link: Option<&str>) -> Option<String> {
    let (_, fragment) = link?.split_once('#')?;
    (!fragment.is_empty()).then(|| fragment.to_owned())
}

/// Parameters that say where the reader comes from or how the page is set, not which page it is.
fn is_tracking(parameter: &str) -> bool {
    const PREFIXES: &[&str] = &["utm_", "at_", "mc_", "_ga", "pk_", "mtm_"];
    const NAMES: &[&str] = &[
        "amp", "cmpid", "dclid", "fbclid", "gbraid", "gclid", "igshid", "msclkid", "ocid", "ref",
        "single", "source", "wbraid", "yclid",
    ];
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let name = name.to_ascii_lowercase();
    PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || NAMES.contains(&name.as_str())
        || matches!(
            (name.as_str(), value),
            ("page", "all") | ("m", "0" | "1") | ("output", "amp")
        )
}

#[cfg(test)]
mod tests {
    use super::{Entry, identify, is_lasting, normal_link};
    use proptest::prelude::*;

    fn entry<'a>(link: &'a str, guid: &'a str, title: &'a str) -> Entry<'a> {
        Entry {
            link: (!link.is_empty()).then_some(link),
            guid: (!guid.is_empty()).then_some(guid),
            title: (!title.is_empty()).then_some(title),
            published: None,
            content: "",
        }
    }

    #[test]
    fn one_article_has_one_link() {
        for link in [
            "https://www.contoh.id/hukum/berita-12",
            "http://contoh.id/hukum/berita-12/",
            "HTTPS://Contoh.ID:443/hukum/berita-12#komentar",
            "https://contoh.id/hukum/berita-12?utm_source=rss&utm_medium=feed",
            "https://contoh.id/hukum/berita-12?page=all",
            "https://amp.contoh.id/hukum/berita-12",
            "https://m.contoh.id/hukum/berita-12?fbclid=abc&m=1",
            "https://contoh.id/hukum/berita-12/amp/",
            "https://contoh.id/amp/hukum/berita-12",
            "https://contoh.id/hukum/berita-12?amp=1",
        ] {
            assert_eq!(
                normal_link(link).as_deref(),
                Some("contoh.id/hukum/berita-12"),
                "{link}"
            );
        }
    }

    #[test]
    fn what_names_the_article_stays() {
        for (link, expected) in [
            ("https://contoh.id/?p=77&utm_id=1", Some("contoh.id/?p=77")),
            ("https://contoh.id/b?z=1&a=2", Some("contoh.id/b?a=2&z=1")),
            (
                "https://contoh.id/baca?page=2",
                Some("contoh.id/baca?page=2"),
            ),
            ("https://contoh.id/?m=artikel", Some("contoh.id/?m=artikel")),
            ("https://contoh.id/Berita", Some("contoh.id/Berita")),
            ("https://m.id/x", Some("m.id/x")),
            ("https://contoh.id/", None),
            ("https://contoh.id/?utm_source=rss", None),
            ("mailto:redaksi@contoh.id", None),
            ("bukan tautan", None),
        ] {
            assert_eq!(normal_link(link).as_deref(), expected, "{link}");
        }
    }

    #[test]
    fn a_rank_is_no_lasting_guid() {
        for rank in ["1", "10", "100", "99999", "", "baru"] {
            assert!(!is_lasting(rank), "{rank}");
        }
        for guid in ["https://contoh.id/?p=1", "100234", "tag:contoh.id,2025:1"] {
            assert!(is_lasting(guid), "{guid}");
        }
    }

    #[test]
    fn a_ranked_entry_that_moves_stays_itself() {
        let one = identify(&[
            entry("https://c.id/a", "1", "A"),
            entry("https://c.id/b", "2", "B"),
        ]);
        let two = identify(&[
            entry("https://c.id/b", "1", "B"),
            entry("https://c.id/a", "2", "A"),
        ]);
        assert_eq!(one[0], two[1]);
        assert_eq!(one[1], two[0]);
    }

    #[test]
    fn entries_that_share_a_link_are_told_apart_by_their_guids() {
        let shared = identify(&[
            entry("https://c.id/langsung#a", "https://c.id/langsung#a", "A"),
            entry("https://c.id/langsung#b", "https://c.id/langsung#b", "B"),
        ]);
        assert_ne!(shared[0].key, shared[1].key);
        let alone = identify(&[entry(
            "https://c.id/langsung#b",
            "https://c.id/langsung#b",
            "B",
        )]);
        assert_eq!(alone[0].other, Some(shared[1].key));
        let same = identify(&[
            entry("https://c.id/a", "1", "A"),
            entry("https://c.id/a/", "2", "A"),
        ]);
        assert_eq!(same[0].key, same[1].key);
    }

    #[test]
    fn without_link_and_guid_the_title_and_day_decide() {
        let feed = identify(&[
            entry("https://c.id/", "", "A"),
            entry("https://c.id/", "", "B"),
            entry("", "", "A"),
        ]);
        assert_ne!(feed[0].key, feed[1].key);
        assert_eq!(feed[0].key, feed[2].key);
    }

    proptest! {
        #[test]
        fn any_link_is_survived_and_normal_links_are_stable(link in "(https?://)?\\PC{0,40}") {
            if let Some(normal) = normal_link(&link) {
                let again = normal_link(&format!("https://{normal}"));
                // A host may lose one more "m." or the path one more "amp"; it then stays.
                if let Some(again) = again {
                    prop_assert_eq!(normal_link(&format!("https://{again}")), Some(again));
                }
            }
        }
    }
}
