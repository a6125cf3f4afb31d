//! A page dump to an article: what is not article goes, nothing of the article is lost.
//!
//! In order: leaked character references are decoded and control characters dropped; lines become
//! paragraphs; inline junk is cut and a mark left in its place; glued words are parted; cross-links
//! go with their headlines; junk lines and sentences go; the head (title, standfirst, date) is
//! told from the body; walls of text are broken. The junk itself is data: `assets/junk.toml`.

mod glue;
mod headline;
mod junk;
mod lines;
mod mojibake;
mod pattern;
mod reference;
mod sentence;
mod words;

use std::borrow::Cow;

use jiff::Timestamp;

pub(super) use self::reference::decode as decode_references;
pub(super) use self::sentence::is_prose;

use self::junk::{Rules, Verdict};
use self::words::Words;
use super::{Article, Published, date, scrub};

/// Stands where inline junk was cut. Private use, so it cannot come from outside: [`scrub`] drops
/// it there.
const CUT: char = '\u{e000}';

/// A first line longer than this, in characters, is no title.
const TITLE: usize = 220;

/// A standfirst is one sentence, sometimes two, of at most so many bytes.
const STANDFIRST: usize = 420;

/// The article in a dump of text. Without line breaks it has no title: all is body.
pub(super) fn article(text: &str, now: Timestamp) -> Article {
    let text = plain(text);
    let rules = Rules::embedded();
    let is_apart = |line: &str| rules.verdict(line).is_some() || date::of_line(line, now).is_some();
    let lines = drop_junk(&lines::paragraphs(&text, is_apart), now);
    let (head, body) = split_head(lines);
    Article {
        title: head.title,
        standfirst: head.standfirst,
        published: head.published,
        paragraphs: finish(body),
    }
}

/// The paragraphs of a text that is known to be body: no head is looked for.
pub(super) fn body(text: &str, now: Timestamp) -> Vec<String> {
    let paragraphs = lines::paragraphs(&plain(text), |_| true);
    let lines = drop_junk(&paragraphs, now).into_iter();
    finish(lines.filter_map(Line::into_text).collect())
}

/// Whether a paragraph belongs to an article even at its ends: prose, or a list.
fn is_body(text: &str) -> bool {
    is_prose(text)
        || text.split_whitespace().count() >= 12
        || text.starts_with(['•', '*', '-', '–'])
        // A dateline that lost its sentence to the next line.
        || text.ends_with(['-', '–', '—'])
        || text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(". ")
}

/// Drops the short lines before the first and after the last paragraph of prose: labels, counters,
/// names of sections. Lists stay.
pub(super) fn without_ends(mut paragraphs: Vec<String>) -> Vec<String> {
    let Some(first) = paragraphs.iter().position(|text| is_body(text)) else {
        return paragraphs;
    };
    if let Some(last) = paragraphs.iter().rposition(|text| is_body(text))
        && !paragraphs[last].ends_with(':')
    {
        paragraphs.truncate(last + 1);
    }
    paragraphs.drain(..first);
    paragraphs
}

/// One line of text, decoded, scrubbed and mended: for titles and standfirsts from elsewhere.
pub(super) fn line(text: &str) -> Option<String> {
    let line = super::scrub_line(&mojibake::mend(&reference::decode(text)));
    (!line.is_empty()).then_some(line)
}

/// References decoded, control characters dropped, tags that leaked with the text taken out.
pub(super) fn plain(text: &str) -> String {
    let decoded = reference::decode(text);
    let decoded = super::html::without_leaked_tags(&decoded);
    scrub(&mojibake::mend(&decoded)).into_owned()
}

/// A line of the dump, seen by itself.
#[derive(Debug)]
enum Line {
    Text(String),
    /// It told when the article was published.
    Date(Published),
    /// Something else that stands in the head of pages: share buttons, by-lines.
    Head,
    /// Any other junk.
    Junk,
}

impl Line {
    fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Cleans, line by line, what [`lines::paragraphs`] found.
fn drop_junk(paragraphs: &[String], now: Timestamp) -> Vec<Line> {
    let rules = Rules::embedded();
    let cut: Vec<Cow<'_, str>> = paragraphs
        .iter()
        .map(|text| cut_within(text, rules))
        .collect();
    let known = Words::of(cut.iter().map(AsRef::as_ref));
    let parted: Vec<String> = cut.iter().map(|text| glue::part(text, &known)).collect();
    let known = Words::of(parted.iter().map(String::as_str));
    let prose: usize = prose_in(&parted);
    let alone = parted.len() == 1;
    let mut seen = 0;
    let mut lines = Vec::with_capacity(parted.len());
    let mut skipping = false;
    for (paragraph, raw) in parted.iter().zip(paragraphs) {
        let is_prose = is_prose(paragraph);
        let verdict = rules.verdict(raw).or_else(|| {
            let mended = paragraph != raw;
            mended.then(|| rules.verdict(paragraph)).flatten()
        });
        skipping &= !is_prose && verdict != Some(Verdict::Head);
        match verdict {
            Some(Verdict::End) if seen * 5 >= prose * 3 && prose > 0 => break,
            Some(Verdict::Head) => lines.push(Line::Head),
            Some(Verdict::Section) => {
                skipping = true;
                // Between the last prose and such a line stand subjects and other headlines.
                if seen == prose && prose > 0 {
                    drop_labels(&mut lines);
                }
                lines.push(Line::Junk);
            }
            Some(Verdict::Line | Verdict::End) => lines.push(Line::Junk),
            None if skipping => lines.push(Line::Junk),
            None => match date::of_line(paragraph, now) {
                // Further down only a date with its time is surely the page's own.
                Some(found) if seen < 600 || matches!(found, Published::Minute { .. }) => {
                    lines.push(Line::Date(found));
                }
                _ => match drop_links(paragraph, &known, rules, alone) {
                    Kept::Text(text) => {
                        let text = drop_sentences(&text, rules);
                        lines.push(if text.is_empty() {
                            Line::Junk
                        } else {
                            Line::Text(text)
                        });
                    }
                    Kept::Nothing => lines.push(Line::Junk),
                    Kept::NothingNorNext => {
                        skipping = true;
                        lines.push(Line::Junk);
                    }
                },
            },
        }
        if is_prose {
            seen += paragraph.len();
        }
    }
    lines
}

/// Fewer short lines than these at the end may be a list of the article's own.
const LABELS: usize = 4;

/// Drops the short lines at the end.
fn drop_labels(lines: &mut Vec<Line>) {
    let is_label = |line: &Line| match line {
        Line::Text(text) => !is_body(text),
        Line::Junk => true,
        Line::Date(_) | Line::Head => false,
    };
    let end = lines
        .iter()
        .rposition(|line| !is_label(line))
        .map_or(0, |at| at + 1);
    let ends_open = match end.checked_sub(1).and_then(|at| lines.get(at)) {
        Some(Line::Text(text)) => text.ends_with(':'),
        _ => false,
    };
    let labels = lines[end..]
        .iter()
        .filter(|line| matches!(line, Line::Text(_)))
        .count();
    if labels >= LABELS && !ends_open {
        lines.truncate(end);
    }
}

fn prose_in(paragraphs: &[String]) -> usize {
    paragraphs
        .iter()
        .filter(|paragraph| is_prose(paragraph))
        .map(String::len)
        .sum()
}

/// Cuts the junk that stands inside lines and leaves [`CUT`].
fn cut_within<'a>(text: &'a str, rules: &Rules) -> Cow<'a, str> {
    let found = rules.within(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut done = 0;
    for (start, end) in found {
        kept.push_str(text[done..start].trim());
        kept.extend([' ', CUT, ' ']);
        done = end;
    }
    kept.push_str(text[done..].trim_start());
    Cow::Owned(kept)
}

enum Kept {
    Text(String),
    Nothing,
    /// The line only announces links ("Baca juga:"); the headlines are on the lines below.
    NothingNorNext,
}

/// Drops the cross-links of a paragraph. `alone` if it is the whole text, so that a line is not
/// the unit of anything.
fn drop_links(paragraph: &str, known: &Words<'_>, rules: &Rules, alone: bool) -> Kept {
    let mut kept = String::new();
    let mut done = 0;
    for start in starts(paragraph) {
        if start < done {
            continue;
        }
        let Some(length) = rules.lead(&paragraph[start..]) else {
            continue;
        };
        let headline = start + length;
        let rest = &paragraph[headline..];
        let rest_trimmed = rest.trim_start();
        if start == 0 && !alone {
            if rest_trimmed.is_empty() {
                return Kept::NothingNorNext;
            }
            // A line of its own is a link as a whole unless it plainly goes on.
            if rest.split_whitespace().count() <= 26 && sentence::sentences(rest).len() == 1 {
                return Kept::Nothing;
            }
        }
        let skipped = headline + (rest.len() - rest_trimmed.len());
        let end = skipped + headline::end(rest_trimmed, known);
        kept.push_str(&paragraph[done..start]);
        kept.push(CUT);
        kept.push(' ');
        done = end;
    }
    kept.push_str(&paragraph[done..]);
    Kept::Text(kept)
}

/// The bytes where a sentence may begin: capitals after a mark, or after a space where the
/// paragraph before lost its point ("… kata Rini Baca juga:").
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let mut previous = None;
    let mut spaced = true;
    text.char_indices().filter_map(move |(at, character)| {
        if character.is_whitespace() {
            spaced = true;
            return None;
        }
        let after_mark = previous.is_none_or(|previous: char| !previous.is_alphanumeric());
        let opens = character.is_uppercase() && (spaced || after_mark);
        previous = Some(character);
        spaced = false;
        opens.then_some(at)
    })
}

/// Drops junk sentences and the marks of what was cut.
fn drop_sentences(text: &str, rules: &Rules) -> String {
    let mut kept = String::with_capacity(text.len());
    for range in sentence::sentences(text) {
        let sentence = text[range].trim_matches(|c: char| c == CUT || c.is_whitespace());
        if sentence.is_empty() || rules.drops_sentence(sentence) {
            continue;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.extend(sentence.chars().filter(|c| *c != CUT));
    }
    kept
}

#[derive(Default)]
struct Head {
    title: Option<String>,
    standfirst: Option<String>,
    published: Option<Published>,
}

/// Tells title, standfirst and date from the body.
fn split_head(lines: Vec<Line>) -> (Head, Vec<String>) {
    let mut head = Head::default();
    let texts: Vec<usize> = (0..lines.len())
        .filter(|index| matches!(lines[*index], Line::Text(_)))
        .collect();
    let text = |index: usize| match texts.get(index).and_then(|at| lines.get(*at)) {
        Some(Line::Text(text)) => text.as_str(),
        _ => "",
    };
    // A section's name ("Nasional") above the title.
    let kicker = usize::from(
        text(0).split_whitespace().count() <= 2
            && is_title(text(1))
            && text(1).split_whitespace().count() >= 4
            && texts.len() > 2,
    );
    let mut body_from = 0;
    if texts.len() > kicker + 1 && is_title(text(kicker)) {
        head.title = Some(without_site(text(kicker)).to_owned());
        body_from = kicker + 1;
        while text(body_from) == text(kicker) {
            body_from += 1;
        }
        if let (Some(next), Some(after)) = (texts.get(body_from), texts.get(body_from + 1)) {
            let before_furniture = lines[*next..*after]
                .iter()
                .any(|line| matches!(line, Line::Head | Line::Date(_)));
            let candidate = text(body_from);
            if before_furniture && is_standfirst(candidate) {
                head.standfirst = Some(candidate.to_owned());
                body_from += 1;
            }
        }
    }
    head.published = lines.iter().find_map(|line| match line {
        Line::Date(published) => Some(*published),
        _ => None,
    });
    let keep = texts.get(body_from).copied().unwrap_or(lines.len());
    let body = lines
        .into_iter()
        .skip(keep)
        .filter_map(Line::into_text)
        .collect();
    (head, body)
}

/// A headline: not long, not closed by a point, not the first sentence of a story.
fn is_title(line: &str) -> bool {
    let closed = line.trim_end_matches(['"', '”', '’', '\'', ')']);
    !line.is_empty()
        && line.chars().count() <= TITLE
        && (!closed.ends_with('.') || closed.ends_with(".."))
        && !closed.ends_with([',', ':', ';'])
        && !has_dateline(line)
        && !line.starts_with(['•', '*'])
        && sentence::sentences(line).len() == 1
}

/// "Putin Bertemu Kim | contoh.co", "… - Kompas.com": the name of the site goes.
fn without_site(title: &str) -> &str {
    [" | ", " - ", " – ", " — "]
        .iter()
        .filter_map(|mark| title.rsplit_once(mark))
        .find(|(title, site)| {
            let is_domain = !site.contains(' ')
                && site
                    .rsplit_once('.')
                    .is_some_and(|(name, end)| !name.is_empty() && (2..=4).contains(&end.len()));
            title.len() >= 10 && is_domain
        })
        .map_or(title, |(title, _)| title.trim_end())
}

fn is_standfirst(line: &str) -> bool {
    line.len() <= STANDFIRST
        && line.split_whitespace().count() >= 5
        && sentence::sentences(line).len() == 1
        && !has_dateline(line)
}

/// "JAKARTA, KOMPAS.com - Presiden …": only a body begins so.
pub(super) fn has_dateline(line: &str) -> bool {
    let head = &line[..line.floor_char_boundary(70)];
    [" - ", "- ", " -- ", " – ", "– ", " — ", "— "]
        .iter()
        .filter_map(|dash| head.split_once(dash))
        .any(|(place, _)| {
            let first = place.split([' ', ',']).next().unwrap_or_default();
            let capitals = first.len() >= 3 && first.chars().all(char::is_uppercase);
            capitals
                && (place.contains(',') || place.contains('(') || place.split(' ').count() <= 2)
                || place.contains(".CO")
                || place.contains(".com,")
                || place.contains("(ANTARA)")
        })
}

/// The last steps on the body: the desk's initials at the end, and walls of text.
fn finish(mut paragraphs: Vec<String>) -> Vec<String> {
    let rules = Rules::embedded();
    while let Some(last) = paragraphs.last_mut() {
        while let Some(at) = rules.trail(last) {
            last.truncate(last[..at].trim_end().len());
        }
        if !last.is_empty() {
            break;
        }
        paragraphs.pop();
    }
    let total: usize = paragraphs.iter().map(String::len).sum();
    paragraphs
        .into_iter()
        .flat_map(|paragraph| {
            // Where most of the text is one paragraph, the source had none.
            if paragraph.len() * 2 > total {
                sentence::paragraphs(&paragraph)
            } else {
                vec![paragraph]
            }
        })
        .collect()
}
