//! Which entry of a feed is which article.
//!
//! The identity of an entry is ours, because the feeds' own cannot be relied on: there are feeds
//! whose `guid` is the entry's rank in the list, feeds without any, feeds that add a campaign
//! parameter to every link, and feeds whose entries all lead to one page. An entry has a name, a
//! 64-bit hash unique within a feed, of the first of these that it has:
//!
//! 1. its link, normalised ([`normal_link`]), where the link leads to more than a front page;
//! 2. its guid, where that can be a lasting one ([`is_lasting`]);
//! 3. its title and day; without a title, its text.
//!
//! Where entries of one answer would have one name and are not the same, it is made longer until it
//! tells them apart: by lasting guids that differ (or fragments: a live page with `#post-1`,
//! `#post-2`), else by titles that differ, else by the times of publication where those and the
//! texts differ. Of entries that even this does not tell apart the first counts, and the others say
//! nothing.
//!
//! So the length of a name depends on what else is in the answer, and an entry is looked for under
//! all of its names: it is the article that has its name and says the same, else the one with
//! a longer name of it, else the one with its name, which then says something else now. A shorter
//! name is that of several entries and counts only for an article that says exactly the same.
//!
//! An entry that is none of these may still be an article whose link has changed: the one that had
//! its guid, where the guid is lasting, nothing else in the answer is that article, and something
//! more speaks for it: the guid is of a kind that is never given twice ([`is_given_once`]), or the
//! title or the minute of publication is the same.

mod link;

use std::collections::HashMap;

use crate::article::Published;

pub use self::link::normal_link;

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

/// The names an entry may have, from the shortest: link, guid, title, time.
const NAMES: usize = 4;

/// Who an entry is, and what it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// What it is known by: the shortest of its names that tells it from the rest of its answer.
    pub key: i64,
    /// Changes whenever anything in the entry changes.
    pub digest: i64,
    /// Its guid, where that can be a lasting one.
    pub guid: Option<Guid>,
    /// The shortest first. What an entry does not have makes none longer.
    names: [i64; NAMES],
}

/// A guid, and what must agree for an article of another link to be the same by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guid {
    /// See [`hash_of_guid`].
    pub hash: i64,
    is_given_once: bool,
    /// Hashes of what the entry says besides, where it does.
    title: Option<i64>,
    minute: Option<i64>,
}

impl Guid {
    fn new(guid: &str, entry: &Entry<'_>) -> Self {
        let minute = entry
            .published
            .filter(|published| matches!(published, Published::Minute { .. }));
        Self {
            hash: hash_of_guid(guid),
            is_given_once: is_given_once(guid),
            title: entry.title.map(|title| hash(&[title])),
            minute: minute.map(|minute| hash(&[&minute.to_string()])),
        }
    }

    /// Whether an article that has this guid, but another link, is the same one.
    pub fn agrees(&self, title: Option<&str>, published: Option<&str>) -> bool {
        let is = |own: Option<i64>, text: Option<&str>| {
            own.is_some() && own == text.map(|text| hash(&[text]))
        };
        self.is_given_once || is(self.title, title) || is(self.minute, published)
    }
}

impl Identity {
    /// All names it may be known by, from whatever answer.
    pub fn names(&self) -> [i64; NAMES] {
        self.names
    }

    /// The names from answers in which its key was also another's, the longest first.
    pub fn longer(&self) -> impl Iterator<Item = i64> {
        let key = self.key;
        let names = self.names.into_iter().rev();
        names.take_while(move |name| *name != key)
    }

    /// The names from answers in which less told it from the others.
    pub fn shorter(&self) -> impl Iterator<Item = i64> {
        let key = self.key;
        self.names.into_iter().take_while(move |name| *name != key)
    }
}

/// The identities of the entries of one answer, in their order.
pub fn identify(entries: &[Entry<'_>]) -> Vec<Identity> {
    let mut guids: HashMap<&str, usize> = HashMap::new();
    for guid in entries.iter().filter_map(|entry| entry.guid) {
        *guids.entry(guid.trim()).or_default() += 1;
    }
    // A guid that two entries of one answer have names neither.
    let lasting = |guid: &&str| is_lasting(guid) && guids.get(guid) == Some(&1);
    let mut identities: Vec<Identity> = entries
        .iter()
        .map(|entry| {
            let guid = entry.guid.map(str::trim).filter(lasting);
            let names = names(entry, guid.or_else(|| fragment(entry.link)));
            Identity {
                key: names[0],
                digest: digest(entry),
                guid: guid.map(|guid| Guid::new(guid, entry)),
                names,
            }
        })
        .collect();
    for length in 0..NAMES - 1 {
        // Of each name who has it first, and whether somebody else has it too.
        let mut owners: HashMap<i64, (usize, bool)> = HashMap::new();
        for (index, identity) in identities.iter().enumerate() {
            let owner = owners
                .entry(identity.names[length])
                .or_insert((index, false));
            let first = owner.0;
            owner.1 |= differ(
                (identity, &entries[index]),
                (&identities[first], &entries[first]),
            );
        }
        let is_shared = |name| owners.get(&name).is_some_and(|(_, is_shared)| *is_shared);
        let mut is_told_apart = true;
        for identity in &mut identities {
            if identity.key == identity.names[length] && is_shared(identity.key) {
                identity.key = identity.names[length + 1];
                is_told_apart = false;
            }
        }
        if is_told_apart {
            break;
        }
    }
    identities
}

/// Can this guid be a lasting one? A short number is a rank, and very short text a label.
pub fn is_lasting(guid: &str) -> bool {
    let guid = guid.trim();
    guid.len() >= 5 && (guid.len() >= 6 || !guid.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Is this guid of a kind that is never given to a second article? Those are the number that
/// WordPress gives (`?p=123`), the schemes that promise it (`tag:`, RFC 4151; `urn:`, RFC 8141),
/// numbers too large for a rank, and UUIDs.
pub fn is_given_once(guid: &str) -> bool {
    /// More digits than a rank has.
    const LARGE: usize = 5;
    /// The hexadecimal digits of a UUID.
    const UUID: usize = 32;
    let guid = guid.trim().to_ascii_lowercase();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let of_wordpress = guid
        .split_once("?p=")
        .is_some_and(|(_, number)| is_number(number));
    let digits = guid.bytes().rev().take_while(u8::is_ascii_digit).count();
    let last = guid.rsplit(['/', ':', '=']).next().unwrap_or_default();
    let is_uuid = last.bytes().filter(u8::is_ascii_hexdigit).count() == UUID
        && last
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    of_wordpress
        || guid.starts_with("tag:")
        || guid.starts_with("urn:")
        || digits >= LARGE
        || is_uuid
}

/// What a guid is found again by.
pub fn hash_of_guid(guid: &str) -> i64 {
    hash(&["guid", guid.trim()])
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

/// Whether two entries of one answer that have a name in common are two articles.
fn differ(one: (&Identity, &Entry<'_>), other: (&Identity, &Entry<'_>)) -> bool {
    let [_, guid, title, time] = one.0.names;
    let [_, other_guid, other_title, other_time] = other.0.names;
    guid != other_guid
        || title != other_title
        || (time != other_time && one.1.content.trim() != other.1.content.trim())
}

/// The names of an entry, each hashed with what the one before has and one thing more.
fn names(entry: &Entry<'_>, guid: Option<&str>) -> [i64; NAMES] {
    let link = entry.link.and_then(normal_link);
    let title = entry.title.map(str::trim).unwrap_or_default();
    let day = entry
        .published
        .map(|published| published.date().to_string())
        .unwrap_or_default();
    let time = entry
        .published
        .map(|published| published.to_string())
        .unwrap_or_default();
    let mut parts: Vec<&str> = match (&link, guid) {
        (Some(link), _) => vec!["link", link],
        (None, Some(guid)) => vec!["guid", guid],
        (None, None) if title.is_empty() => vec!["text", entry.content.trim()],
        (None, None) => vec!["title", title, &day],
    };
    let shortest = hash(&parts);
    if link.is_some() {
        parts.extend(guid);
    }
    let with_guid = hash(&parts);
    if link.is_some() || guid.is_some() {
        parts.extend(["title", title]);
    }
    let with_title = hash(&parts);
    parts.extend(["time", &time]);
    [shortest, with_guid, with_title, hash(&parts)]
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

fn fragment(link: Option<&str>) -> Option<&str> {
    let (_, fragment) = link?.split_once('#')?;
    (!fragment.is_empty()).then_some(fragment)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Entry, identify, is_given_once, is_lasting};

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
        assert!(alone[0].longer().any(|name| name == shared[1].key));
        assert!(shared[1].shorter().any(|name| name == alone[0].key));
        let same = identify(&[
            entry("https://c.id/a", "1", "A"),
            entry("https://c.id/a/", "2", "A"),
        ]);
        assert_eq!(same[0].key, same[1].key);
    }

    #[test]
    fn entries_that_share_all_but_a_title_are_told_apart_by_it() {
        let entries: Vec<String> = (0..3).map(|n| format!("Gempa {n}")).collect();
        let feed: Vec<Entry<'_>> = entries
            .iter()
            .map(|title| entry("https://c.id/gempa", "", title))
            .collect();
        let all = identify(&feed);
        assert!(all[0].key != all[1].key && all[1].key != all[2].key);
        let fewer = identify(&feed[1..]);
        assert_eq!(fewer[0].key, all[1].key);
        let alone = identify(&feed[2..]);
        assert!(alone[0].longer().any(|name| name == all[2].key));
    }

    #[test]
    fn one_title_at_two_times_is_two_articles_where_the_texts_differ() {
        let at = |time: &str, content: &'static str| Entry {
            published: Some(crate::article::Published::Minute {
                at: time.parse().unwrap(),
                offset: 420,
            }),
            content,
            ..entry("https://c.id/gempa", "", "Info Gempa")
        };
        let (early, late) = ("2025-10-27T10:00:00", "2025-10-27T12:00:00");
        let two = identify(&[at(early, "Magnitudo 5."), at(late, "Magnitudo 4.")]);
        assert_ne!(two[0].key, two[1].key);
        let twice = identify(&[at(early, "Magnitudo 5."), at(late, "Magnitudo 5.")]);
        assert_eq!(twice[0].key, twice[1].key);
    }

    #[test]
    fn a_guid_that_could_be_a_rank_may_be_given_twice() {
        for guid in ["item-1", "post-0042", "https://contoh.id/rss#3", "berita"] {
            assert!(!is_given_once(guid), "{guid}");
        }
        for guid in [
            "https://contoh.id/?p=77",
            "tag:contoh.id,2025:satu",
            "urn:contoh:1",
            "berita-1002345",
            "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        ] {
            assert!(is_given_once(guid), "{guid}");
        }
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
}
