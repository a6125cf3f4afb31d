//! What a page says of its article: title, date, description.
//!
//! From JSON-LD, Open Graph and other `<meta>`, `<time>`, and, where they say nothing, from what
//! stands near the headline. Read by a scan over tags, so it works on any page.

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::{blocks, tags};
use crate::article::{Published, clean, date};

/// Titles and descriptions longer than this, in bytes, are none.
const LONGEST: usize = 1000;

/// What a page says of its article.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) published: Option<Published>,
    pub(super) description: Option<String>,
}

/// All a page declares, before any of it is believed.
#[derive(Debug, Default)]
struct Declared {
    headline: Option<String>,
    /// From Open Graph, Twitter, `<meta name="title">` and `<title>`, in this order.
    titles: Vec<String>,
    /// The texts of `<h1>` to `<h3>`.
    headings: Vec<String>,
    /// Dates, best first.
    dates: Vec<String>,
    /// Texts of `<time>`.
    times: Vec<String>,
    descriptions: Vec<String>,
}

/// Reads the metadata of `page`, whose visible text is `lines`.
pub(super) fn of(page: &str, lines: &[&str], now: Timestamp) -> Metadata {
    let declared = declared(page);
    let title = title(&declared, lines);
    let near = title
        .as_deref()
        .and_then(|title| near_title(title, lines, now));
    let published = declared
        .dates
        .iter()
        .find_map(|text| published(text, near, now))
        .or(near)
        .or_else(|| {
            declared
                .times
                .iter()
                .find_map(|text| date::parse(text, now))
        });
    Metadata {
        title,
        published,
        description: declared.descriptions.into_iter().next(),
    }
}

fn declared(page: &str) -> Declared {
    let mut declared = Declared::default();
    let mut meta_titles: [Option<String>; 4] = [const { None }; 4];
    let mut meta_dates: [Option<String>; 2] = [const { None }; 2];
    let mut ends = Ends::default();
    for (at, tag) in tags::tags(page) {
        if tag.closes {
            continue;
        }
        let mut inner = || {
            let rest = &page[at + tag.length..];
            let inner = rest
                .get(..ends.of(&tag.name, rest)?)
                .filter(|inner| inner.len() <= LONGEST * 4)?;
            clean::line(&blocks::text(&blocks::of(inner)))
        };
        match tag.name.as_str() {
            "meta" => {
                let content = tag
                    .attribute("content")
                    .filter(|content| content.len() <= LONGEST);
                let Some(content) = content.and_then(clean::line) else {
                    continue;
                };
                let name = ["property", "name", "itemprop", "http-equiv"]
                    .iter()
                    .find_map(|name| tag.attribute(name))
                    .unwrap_or_default()
                    .to_ascii_lowercase();
                let item = tag
                    .attribute("itemprop")
                    .unwrap_or_default()
                    .to_ascii_lowercase();
                match name.as_str() {
                    "og:title" => _ = meta_titles[0].get_or_insert(content),
                    "twitter:title" => _ = meta_titles[1].get_or_insert(content),
                    "title" | "headline" => _ = meta_titles[2].get_or_insert(content),
                    "og:description" | "twitter:description" | "description" => {
                        declared.descriptions.push(content);
                    }
                    "article:published_time"
                    | "article:published"
                    | "datepublished"
                    | "pubdate"
                    | "publishdate"
                    | "publish_date"
                    | "publish-date"
                    | "dc.date.issued"
                    | "content_publishdate"
                    | "content_published_date"
                    | "parsely-pub-date"
                    | "og:published_time"
                    | "sailthru.date"
                    | "originalpublicationdate" => {
                        _ = meta_dates[0].get_or_insert(content);
                    }
                    _ if item == "datepublished" => _ = meta_dates[0].get_or_insert(content),
                    "date" | "dc.date" | "dcterms.created" | "datecreated" | "og:updated_time" => {
                        _ = meta_dates[1].get_or_insert(content);
                    }
                    _ => {}
                }
            }
            "title" if meta_titles[3].is_none() => meta_titles[3] = inner(),
            "h1" | "h2" | "h3" if declared.headings.len() < 100 => {
                declared.headings.extend(inner());
            }
            "time" if declared.times.len() < 50 => {
                let machine = tag.attribute("datetime").and_then(clean::line);
                let item = tag.attribute("itemprop").unwrap_or_default();
                if item.eq_ignore_ascii_case("datePublished") || tag.attribute("pubdate").is_some()
                {
                    meta_dates[1] = machine.clone().or_else(&mut inner);
                }
                declared.times.extend(machine.or_else(&mut inner));
            }
            "script"
                if tag
                    .attribute("type")
                    .is_some_and(|kind| kind.contains("ld+json")) =>
            {
                let rest = &page[at + tag.length..];
                if let Some(end) = ends.of("script", rest) {
                    read_json(&rest[..end], &mut declared);
                }
            }
            _ => {}
        }
    }
    declared.titles.extend(meta_titles.into_iter().flatten());
    declared.dates.extend(meta_dates.into_iter().flatten());
    declared
}

/// Looks for the ends of elements, and stops where a broken page would make that costly.
#[derive(Default)]
struct Ends {
    /// Elements whose closing tag does not come any more.
    unclosed: Vec<String>,
    lookups: usize,
}

impl Ends {
    /// No page has more headings, scripts and times that matter.
    const LOOKUPS: usize = 300;

    /// Where an element that opened before `rest` closes.
    fn of(&mut self, name: &str, rest: &str) -> Option<usize> {
        self.lookups += 1;
        if self.lookups > Self::LOOKUPS || self.unclosed.iter().any(|unclosed| unclosed == name) {
            return None;
        }
        let end = tags::find_ignoring_case(rest, &format!("</{name}"));
        if end.is_none() {
            self.unclosed.push(name.to_owned());
        }
        end
    }
}

/// JSON-LD: the first object that has a headline or calls itself an article.
fn read_json(text: &str, declared: &mut Declared) {
    // Real pages put raw line breaks into strings.
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    // Depth is limited to 128 by the parser.
    let Ok(value) = serde_json::from_str::<serde_json::Value>(text.trim().trim_end_matches(';'))
    else {
        return;
    };
    let mut waiting = vec![&value];
    while let Some(value) = waiting.pop() {
        match value {
            serde_json::Value::Array(values) => waiting.extend(values.iter().rev()),
            serde_json::Value::Object(object) => {
                waiting.extend(object.get("@graph"));
                let is_article = object.contains_key("headline")
                    || object.get("@type").is_some_and(|kind| {
                        let kind = kind.to_string();
                        kind.contains("Article") || kind.contains("BlogPosting")
                    });
                if !is_article {
                    continue;
                }
                let text = |name: &str| {
                    object
                        .get(name)
                        .and_then(|value| value.as_str())
                        .filter(|value| value.len() <= LONGEST)
                        .and_then(clean::line)
                };
                if declared.headline.is_none() {
                    declared.headline = text("headline").or_else(|| text("name"));
                }
                declared.dates.extend(text("datePublished"));
                declared.descriptions.extend(text("description"));
            }
            _ => {}
        }
    }
}

/// The headline without the name of the site.
///
/// The longest part of a declared title, cut at its separators, that stands on the page as a
/// heading, or else as a line. Where none does, the declared headline, or the title without its
/// last part.
fn title(declared: &Declared, lines: &[&str]) -> Option<String> {
    let sources: Vec<&str> = declared
        .headline
        .iter()
        .chain(&declared.titles)
        .map(String::as_str)
        .collect();
    let parts: Vec<&str> = sources.iter().flat_map(|source| parts(source)).collect();
    let longest = |stands: &dyn Fn(&str) -> bool| {
        parts
            .iter()
            .filter(|part| part.split(' ').count() >= 3 && stands(&folded(part)))
            .max_by_key(|part| part.len())
            .copied()
    };
    let headings: Vec<String> = declared
        .headings
        .iter()
        .map(|heading| folded(heading))
        .collect();
    let lines: std::collections::HashSet<String> = lines
        .iter()
        .filter(|line| line.len() < 400)
        .map(|line| folded(line))
        .collect();
    let found = longest(&|part| headings.iter().any(|heading| heading == part))
        .or_else(|| longest(&|part| lines.contains(part)))
        .or(declared.headline.as_deref())
        .or_else(|| sources.first().map(|source| without_last_part(source)))
        .or_else(|| declared.headings.first().map(String::as_str))?;
    clean::line(found)
}

/// A title and all runs of its parts between separators.
fn parts(title: &str) -> Vec<&str> {
    let mut cuts = vec![(0, 0)];
    for separator in [
        " | ", " - ", " – ", " — ", " :: ", " » ", " › ", ": ", " · ",
    ] {
        cuts.extend(
            title
                .match_indices(separator)
                .map(|(at, _)| (at, at + separator.len())),
        );
    }
    cuts.push((title.len(), title.len()));
    cuts.sort_unstable();
    // A title with more separators than this is a list; its parts are of no use.
    cuts.truncate(12);
    let mut parts = Vec::new();
    for (index, (_, from)) in cuts.iter().enumerate() {
        parts.extend(
            cuts[index + 1..]
                .iter()
                .filter_map(|(to, _)| title.get(*from..*to)),
        );
    }
    parts
}

fn without_last_part(title: &str) -> &str {
    [" | ", " - ", " – ", " — ", " :: ", " » "]
        .iter()
        .filter_map(|separator| title.rfind(separator).map(|at| &title[..at]))
        .filter(|part| part.split(' ').count() >= 3)
        .min_by_key(|part| part.len())
        .unwrap_or(title)
}

/// For comparing: letters and digits in small letters, single spaces.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

/// A declared date. `near` is what stands visibly near the headline.
fn published(text: &str, near: Option<Published>, now: Timestamp) -> Option<Published> {
    let found = date::parse(text, now)?;
    let Published::Minute { at, offset } = found else {
        // The visible line may know the minute of the same day.
        return Some(match near {
            Some(Published::Minute { at, .. }) if Published::Day(at.date()) == found => near?,
            _ => found,
        });
    };
    if offset != 0 {
        return Some(found);
    }
    // Some newsrooms write their local time and a "Z" behind it. Their form gives them away, or
    // the time the reader sees.
    let is_local = text.contains(" T")
        || matches!(near, Some(Published::Minute { at: seen, .. })
            if seen.date() == at.date() && seen.hour() == at.hour() && seen.minute() == at.minute());
    Some(Published::Minute {
        at: if is_local { at } else { in_wib(at) },
        offset: date::WIB,
    })
}

/// The same moment on the clock of the newsrooms.
fn in_wib(at: DateTime) -> DateTime {
    at.checked_add(jiff::SignedDuration::from_mins(i64::from(date::WIB)))
        .unwrap_or(at)
}

/// The date on the line nearest to a headline; one with its time before one without.
fn near_title(title: &str, lines: &[&str], now: Timestamp) -> Option<Published> {
    let title = folded(title);
    let places = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.len() < 400 && folded(line) == title)
        .map(|(place, _)| place)
        .take(20);
    places
        .flat_map(|place| {
            let behind = (1..=8).map(move |distance| (distance * 2, place.checked_add(distance)));
            let before =
                (1..=6).map(move |distance| (distance * 2 + 1, place.checked_sub(distance)));
            behind.chain(before)
        })
        .filter_map(|(distance, place)| {
            let line = lines.get(place?).filter(|line| line.len() <= 120)?;
            let found = date::of_line(line, now)?;
            Some((matches!(found, Published::Day(_)), distance, found))
        })
        .min_by_key(|(is_day, distance, _)| (*is_day, *distance))
        .map(|(_, _, found)| found)
}
