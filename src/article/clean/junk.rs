//! The junk rules: what stands on pages without being news.
//!
//! The rules are data, `assets/junk.toml`, explained at its top. A rule without effect is a line to
//! delete there; a new kind of junk is a line to add there, with its example.

use std::sync::LazyLock;

use serde::Deserialize;

use super::pattern::Pattern;

const TOML: &str = include_str!("../../../assets/junk.toml");

/// No inline junk is longer, in bytes; a bracket that closes later belongs to the article.
const WITHIN: usize = 240;

/// Nor is any junk line, in bytes.
const LONGEST: usize = 900;

static EMBEDDED: LazyLock<Rules> =
    LazyLock::new(|| Rules::parse(TOML).unwrap_or_else(|_| Rules::default()));

/// All rules, ready to match.
#[derive(Debug, Default)]
pub(super) struct Rules {
    line: Vec<Rule>,
    head: Vec<Rule>,
    sentence: Vec<Rule>,
    within: Vec<Rule>,
    lead: Vec<Rule>,
    section: Vec<Rule>,
    end: Vec<Rule>,
    trail: Vec<Rule>,
    caption: Vec<Rule>,
}

/// What a line is, as far as the rules can tell from the line alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It goes.
    Line,
    /// It goes, and it marks the head of the page.
    Head,
    /// It goes, with the lines after it up to the next prose.
    Section,
    /// It goes, with all that follows.
    End,
}

#[derive(Debug)]
struct Rule {
    patterns: Vec<Pattern>,
    words: usize,
    /// Whether capitals count.
    case: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    line: Vec<Row>,
    head: Vec<Row>,
    sentence: Vec<Row>,
    within: Vec<Row>,
    lead: Vec<Row>,
    section: Vec<Row>,
    end: Vec<Row>,
    trail: Vec<Row>,
    caption: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    is: String,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default = "words")]
    words: usize,
    #[serde(default)]
    case: bool,
    #[cfg_attr(
        not(test),
        allow(dead_code, reason = "read by the test that runs them")
    )]
    example: Vec<String>,
    #[serde(default)]
    #[cfg_attr(
        not(test),
        allow(dead_code, reason = "read by the test that runs them")
    )]
    not: Vec<String>,
}

fn words() -> usize {
    30
}

impl Rules {
    /// The rules inside the binary, compiled at first use.
    pub(super) fn embedded() -> &'static Self {
        &EMBEDDED
    }

    fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let table: Table = toml::from_str(text)?;
        let rules = |rows: &[Row]| rows.iter().map(Rule::new).collect();
        Ok(Self {
            line: rules(&table.line),
            head: rules(&table.head),
            sentence: rules(&table.sentence),
            within: rules(&table.within),
            lead: rules(&table.lead),
            section: rules(&table.section),
            end: rules(&table.end),
            trail: rules(&table.trail),
            caption: rules(&table.caption),
        })
    }

    /// Whether a line standing by itself is junk.
    pub(super) fn verdict(&self, line: &str) -> Option<Verdict> {
        if line.len() > LONGEST {
            return None;
        }
        let line = Line::new(line);
        // Nothing to read: a rule of dashes, a lost backslash.
        if !line.text.contains(char::is_alphanumeric) {
            return Some(Verdict::Line);
        }
        // What reads as a sentence is only ever taken by a rule for sentences.
        let any = |rules: &[Rule]| !line.is_prose && rules.iter().any(|rule| rule.matches(&line));
        if any(&self.end) {
            Some(Verdict::End)
        } else if any(&self.section) {
            Some(Verdict::Section)
        } else if any(&self.head) {
            Some(Verdict::Head)
        } else if any(&self.line) || self.is_whole(&line) {
            Some(Verdict::Line)
        } else {
            None
        }
    }

    /// Whether a rule takes the whole paragraph, prose or not.
    fn is_whole(&self, line: &Line) -> bool {
        let mut rules = self.sentence.iter().chain(&self.caption);
        rules.any(|rule| rule.matches(line))
    }

    /// Whether one sentence of a paragraph is junk.
    pub(super) fn drops_sentence(&self, sentence: &str) -> bool {
        if sentence.len() > LONGEST {
            return false;
        }
        let line = Line::new(sentence);
        self.sentence.iter().any(|rule| rule.matches(&line))
    }

    /// All pieces of inline junk, in order and apart.
    pub(super) fn within(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for pattern in self.within.iter().flat_map(|rule| &rule.patterns) {
            let mut from = 0;
            while let Some((start, end)) = pattern.find(text, from, WITHIN) {
                found.push((start, end));
                from = end;
            }
        }
        // Of two that overlap the longer one holds the other.
        found.sort_unstable_by_key(|(start, end)| (*start, usize::MAX - *end));
        let mut done = 0;
        found.retain(|(start, end)| {
            let apart = *start >= done;
            if apart {
                done = *end;
            }
            apart
        });
        found
    }

    /// Length of the words at the start of `text` that open a cross-link ("Baca juga:").
    ///
    /// They open one only when a colon, a headline or nothing follows.
    pub(super) fn lead(&self, text: &str) -> Option<usize> {
        if !text.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        // All leads are ASCII, so bytes of the lowered text are bytes of the text.
        let head = text[..text.floor_char_boundary(40)].to_ascii_lowercase();
        self.lead
            .iter()
            .flat_map(|rule| &rule.patterns)
            .filter_map(|pattern| {
                let length = pattern.length_at_start(&head)?;
                let rest = &text[length..];
                let after = rest.trim_start();
                let opens = after.is_empty()
                    || after.starts_with([':', '"', '“', '\'', '‘', super::CUT])
                    || text[..length].ends_with(':')
                    || (rest.len() > after.len()
                        && after.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
                let colon = after
                    .strip_prefix(':')
                    .map_or(0, |_| rest.len() - after.len() + 1);
                opens.then_some(length + colon)
            })
            .max()
    }

    /// Where the junk at the end of the last paragraph begins.
    pub(super) fn trail(&self, text: &str) -> Option<usize> {
        self.trail
            .iter()
            .flat_map(|rule| &rule.patterns)
            .filter_map(|pattern| pattern.at_end(text))
            .min()
    }
}

impl Rule {
    fn new(row: &Row) -> Self {
        Self {
            patterns: std::iter::once(&row.is)
                .chain(&row.also)
                .map(|pattern| Pattern::new(pattern))
                .collect(),
            words: row.words,
            case: row.case,
        }
    }

    fn matches(&self, line: &Line) -> bool {
        let (text, end) = if self.case {
            (&line.text, line.text_end)
        } else {
            (&line.lower, line.lower_end)
        };
        let without_tail = (end < text.len()).then(|| &text[..end]);
        line.words <= self.words
            && self.patterns.iter().any(|pattern| {
                pattern.matches(text) || without_tail.is_some_and(|text| pattern.matches(text))
            })
    }
}

/// Marks a page hangs on its labels: "Bagikan:", "Next »", "Loading...".
const TAIL: [char; 10] = ['!', ':', '.', '…', '»', '>', '›', '|', ' ', '→'];

/// A line as the rules see it.
struct Line {
    text: String,
    lower: String,
    /// Where the [`TAIL`] of `text` begins.
    text_end: usize,
    /// Where the tail of `lower` begins.
    lower_end: usize,
    words: usize,
    is_prose: bool,
}

impl Line {
    fn new(line: &str) -> Self {
        let line = line.trim_start_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '•' | '·' | '▪' | '-' | '–' | '|' | '»' | '>' | super::CUT
                )
        });
        let mut text = String::with_capacity(line.len());
        let mut words = 0;
        let parts = line.split([' ', '\n', super::CUT]);
        for word in parts.filter(|word| !word.is_empty()) {
            // "Baca juga :" is "Baca juga:".
            if words > 0 && !word.starts_with(':') {
                text.push(' ');
            }
            text.push_str(word);
            words += 1;
        }
        let lower = text.to_lowercase();
        Self {
            text_end: text.trim_end_matches(TAIL).len(),
            lower_end: lower.trim_end_matches(TAIL).len(),
            lower,
            words,
            is_prose: words >= 8 && text.ends_with('.'),
            text,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test may stop")]

    use super::{Line, Row, Rule, Rules, TOML, Table};

    #[test]
    fn every_example_is_matched_and_every_counter_example_left() {
        let table: Table = toml::from_str(TOML).expect("junk.toml can be read");
        let rules = Rules::parse(TOML).expect("junk.toml can be compiled");
        let lines = [
            &table.line,
            &table.head,
            &table.sentence,
            &table.section,
            &table.end,
            &table.caption,
        ];
        for row in lines.into_iter().flatten() {
            check(row, |text, rule| {
                rules.verdict(text).is_some() && rule.matches(&Line::new(text))
            });
        }
        for row in &table.within {
            check(row, |text, rule| {
                rule.patterns
                    .iter()
                    .any(|pattern| pattern.find(text, 0, 240).is_some())
            });
        }
        for row in &table.trail {
            check(row, |text, rule| {
                rule.patterns
                    .iter()
                    .any(|pattern| pattern.at_end(text) == Some(0))
            });
        }
        for row in &table.lead {
            check(row, |text, _| rules.lead(text).is_some());
        }
    }

    fn check(row: &Row, matches: impl Fn(&str, &Rule) -> bool) {
        let rule = Rule::new(row);
        assert!(!row.example.is_empty(), "{:?} has no example", row.is);
        for example in &row.example {
            assert!(
                matches(example, &rule),
                "{:?} does not match {example:?}",
                row.is
            );
        }
        for text in &row.not {
            assert!(!matches(text, &rule), "{:?} matches {text:?}", row.is);
        }
    }
}
