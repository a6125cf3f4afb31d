//! `warta show`: an article as text, the people and countries after it.

use std::fmt::Write as _;

use crossterm::style::StyledContent;
use ratatui::backend::IntoCrossterm;
use ratatui::style::Style;

use crate::article::Article;
use crate::entity::{Document, Field, Recognizer};
use crate::language::Texts;
use crate::pane::kind;
use crate::pane::reader::typeset::{SetLine, typeset};
use crate::story::{Story, StoryId, Subject, recognize};
use crate::theme::Theme;

/// How a page is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'a> {
    /// The widest a line may be, in cells.
    pub width: u16,
    /// Whether words may be divided.
    pub hyphenate: bool,
    /// Colours, where the page goes to a terminal.
    pub theme: Option<Theme>,
    pub texts: &'a Texts,
}

/// Sets an article: title, standfirst, date, text, then people and countries with how often each
/// is named.
pub(super) fn page(article: Article, setting: &Setting<'_>) -> String {
    let entities = recognize(&article, &Recognizer::embedded());
    // Without a title there is none: an empty name does not stand in for it.
    let story = &Story::new(StoryId(0), String::new(), None, article, entities);
    let document = &story.document();
    let mut page = Page {
        text: String::new(),
        theme: setting.theme,
    };
    let mut dated = story.published.is_none();
    for line in typeset(document, setting.width, setting.hyphenate) {
        // The date stands between the headings and the text.
        if !dated && line.field == Field::Text {
            page.date(story, setting);
            dated = true;
        }
        page.line(story, document, &line);
    }
    if !dated {
        page.date(story, setting);
    }
    let people = story
        .subjects()
        .filter(|subject| matches!(subject, Subject::Person(_)));
    page.names(setting.texts.people, people.collect(), story, setting);
    let countries = story
        .subjects()
        .filter(|subject| matches!(subject, Subject::Country(_)));
    page.names(setting.texts.countries, countries.collect(), story, setting);
    // The first part brings a blank line before it, as every part does.
    page.text.trim_start_matches('\n').to_owned()
}

/// A page as far as it is written.
struct Page {
    text: String,
    theme: Option<Theme>,
}

impl Page {
    fn date(&mut self, story: &Story, setting: &Setting<'_>) {
        let Some(published) = story.published else {
            return;
        };
        self.text.push('\n');
        let date = setting.texts.date(published);
        for line in textwrap::wrap(&date, usize::from(setting.width)) {
            self.styled(&line, self.theme.map(|theme| theme.muted()));
            self.text.push('\n');
        }
    }

    /// One line of the article, its names lit.
    fn line(&mut self, story: &Story, document: &Document<'_>, line: &SetLine) {
        let field = document.field(line.field);
        let plain = self.theme.map(|theme| match line.field {
            Field::Title => theme.title(),
            Field::Standfirst => theme.standfirst(),
            Field::Text => Style::new(),
        });
        let mut at = line.range.start;
        for highlight in story.highlights_within(line.field, line.range.start, line.range.end) {
            let start = highlight.mention.start.max(at);
            let end = highlight.mention.end.min(line.range.end);
            self.styled(field.get(at..start).unwrap_or_default(), plain);
            let lit = self.theme.map(|theme| theme.name(kind(highlight.subject)));
            let lit = plain.zip(lit).map(|(plain, lit)| plain.patch(lit));
            self.styled(field.get(start..end).unwrap_or_default(), lit);
            at = end;
        }
        self.styled(field.get(at..line.range.end).unwrap_or_default(), plain);
        self.text.push_str(if line.hyphen { "-\n" } else { "\n" });
    }

    /// A heading and one entry for each name: how often it stands in the article, the name, and
    /// what the article says of it.
    fn names(
        &mut self,
        heading: &str,
        subjects: Vec<Subject>,
        story: &Story,
        setting: &Setting<'_>,
    ) {
        if subjects.is_empty() {
            return;
        }
        let width = usize::from(setting.width);
        self.text.push('\n');
        for line in textwrap::wrap(heading, width) {
            self.styled(&line, self.theme.map(|theme| theme.heading(true)));
            self.text.push('\n');
        }
        for subject in subjects {
            let count = story.mentions(subject).len();
            let (name, rest) = entry(story, subject);
            let count = format!("{count:>4}  ");
            // Where there is no room for columns there are none.
            let (first, next) = match width {
                24.. => (count.as_str(), "      "),
                4.. => ("", "  "),
                _ => ("", ""),
            };
            let whole = format!("{name}{rest}");
            let options = textwrap::Options::new(width)
                .initial_indent(first)
                .subsequent_indent(next);
            let mut name_left = name.len();
            for (number, line) in textwrap::wrap(&whole, options).iter().enumerate() {
                let indent = if number == 0 { first } else { next };
                self.text.push_str(indent);
                let words = line.get(indent.len()..).unwrap_or_default();
                let lit = words.floor_char_boundary(name_left.min(words.len()));
                self.styled(
                    &words[..lit],
                    self.theme.map(|theme| theme.name(kind(subject))),
                );
                self.styled(&words[lit..], self.theme.map(|theme| theme.muted()));
                self.text.push('\n');
                name_left = name_left.saturating_sub(words.len() + 1);
            }
        }
    }

    fn styled(&mut self, text: &str, style: Option<Style>) {
        match style.filter(|style| *style != Style::new() && !text.is_empty()) {
            Some(style) => {
                // Writing to a String cannot fail.
                let _ = write!(
                    self.text,
                    "{}",
                    StyledContent::new(style.into_crossterm(), text)
                );
            }
            None => self.text.push_str(text),
        }
    }
}

/// A name, and what follows it: a person's office; a country's code and the seats it is named by.
fn entry(story: &Story, subject: Subject) -> (&str, String) {
    let rest = match subject {
        Subject::Person(index) => match &story.entities.people[index].role {
            Some(role) => format!(", {role}"),
            None => String::new(),
        },
        Subject::Country(index) => {
            let seats = story.seats(index);
            let seats = if seats.is_empty() {
                String::new()
            } else {
                format!(": {}", seats.join(", "))
            };
            format!(" ({}){seats}", story.entities.countries[index].code)
        }
        Subject::Place(_) | Subject::Organisation(_) => String::new(),
    };
    (story.name(subject), rest)
}
