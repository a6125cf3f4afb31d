//! The lines of each section of a card.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

use super::{CHART_LINES, CardPane, Section, chart};
use crate::action::Action;
use crate::lookup::{Card, Extract, Form, Named};
use crate::pane::lines::{draw_article, draw_named};
use crate::pane::sheet::{Entry, heading};
use crate::pane::{Look, truncated, who_kind, write, write_right};
use crate::story::Row;

impl CardPane {
    pub(super) fn draw_entry(
        &self,
        entry: Entry<Section>,
        area: Rect,
        buffer: &mut Buffer,
        look: &Look<'_>,
    ) {
        match entry {
            Entry::Heading(section) => {
                let (words, aside) = self.words(section, area.width, look);
                heading(words, &aside, area, buffer, look);
            }
            Entry::Row(section, row, line) => {
                self.draw_row(section, row, line, area, buffer, look);
            }
        }
    }

    /// A section's heading, and what is said beside it.
    fn words(&self, section: Section, width: u16, look: &Look<'_>) -> (&'static str, String) {
        let (card, texts) = (&self.card, look.texts.lookup);
        let number = |count: usize| count.to_string();
        let of_latest = |among: usize| {
            if among < card.articles {
                (texts.of_latest)(among)
            } else {
                String::new()
            }
        };
        match section {
            Section::Offices => (texts.offices, number(card.offices.len())),
            Section::Here => (texts.here, number(self.here.len())),
            Section::Articles => (texts.articles, number(card.articles)),
            Section::Bearers => (texts.bearers, String::new()),
            Section::Seats => (texts.seats, String::new()),
            Section::People => (texts.people, of_latest(card.company_among)),
            Section::Countries => (texts.countries, of_latest(card.company_among)),
            Section::Forms => (texts.forms, of_latest(card.forms_among)),
            Section::Chart => {
                let unit = self.unit(width + 3);
                let bars = chart::bars(&card.days, unit, usize::from(width));
                let highest = bars.iter().map(|bar| bar.1).max().unwrap_or(0);
                (texts.chart[unit as usize], (texts.most)(highest))
            }
            Section::Known => {
                let as_of = card.known.as_ref().and_then(|known| known.as_of);
                let as_of = as_of.map(|day| (texts.as_of)(&look.texts.month_of_year(day)));
                (texts.known, as_of.unwrap_or_default())
            }
            Section::Extract => {
                let asked = card.extract.as_ref().map(|extract| extract.asked);
                let asked = asked.map(|day| (texts.asked)(&look.texts.day(day)));
                (texts.extract, asked.unwrap_or_default())
            }
        }
    }

    fn draw_row(
        &self,
        section: Section,
        row: usize,
        line: usize,
        area: Rect,
        buffer: &mut Buffer,
        look: &Look<'_>,
    ) {
        let card = &self.card;
        if let Some(count) = self.folded(section, row) {
            if line == 0 {
                let words = (look.texts.lookup.rest)(count);
                let start = (area.x, area.y);
                write(buffer, start, &words, area.width, look.theme.muted());
            }
            return;
        }
        let most = |list: &[Named]| list.iter().map(|named| named.articles).max().unwrap_or(0);
        match section {
            Section::Offices => {
                if let Some(office) = card.offices.get(row) {
                    if line == 0 {
                        draw_office(&office.text, &office.article, area, buffer, look);
                    } else {
                        let title = truncated(
                            &office.article.title,
                            usize::from(area.width),
                            look.glyphs.ellipsis,
                        );
                        let start = (area.x, area.y);
                        write(buffer, start, &title, area.width, look.theme.muted());
                    }
                }
            }
            Section::Here => {
                if let Some(context) = self.here.get(row) {
                    let (before, name, after) =
                        context.cut(usize::from(area.width), look.glyphs.ellipsis);
                    let style = look
                        .theme
                        .name(who_kind(card.who))
                        .add_modifier(Modifier::BOLD);
                    let mut x = area.x;
                    for (text, style) in [
                        (before, look.theme.text()),
                        (name, style),
                        (after, look.theme.text()),
                    ] {
                        let room = area.right().saturating_sub(x);
                        x += write(buffer, (x, area.y), &text, room, style);
                    }
                }
            }
            Section::Articles => {
                if let Some(article) = self.article(row) {
                    draw_article(article, area, buffer, look);
                } else {
                    let (start, words) = ((area.x, area.y), look.texts.lookup.coming);
                    write(buffer, start, words, area.width, look.theme.faint());
                }
            }
            Section::Bearers => {
                draw_nth(&card.bearers, row, most(&card.bearers), area, buffer, look);
            }
            Section::People => draw_nth(&card.people, row, most(&card.people), area, buffer, look),
            Section::Countries => {
                draw_nth(
                    &card.countries,
                    row,
                    most(&card.countries),
                    area,
                    buffer,
                    look,
                );
            }
            Section::Forms => draw_form(card.forms.get(row), area, buffer, look),
            Section::Seats => draw_form(card.seats.get(row), area, buffer, look),
            Section::Chart => {
                let unit = self.unit(area.width + 3);
                let bars = chart::bars(&card.days, unit, usize::from(area.width));
                chart::draw_line(&bars, unit, (row, CHART_LINES), area, buffer, look);
            }
            Section::Known => {
                if let Some(text) = known_lines(card, area.width).get(row) {
                    write(
                        buffer,
                        (area.x, area.y),
                        text,
                        area.width,
                        look.theme.text(),
                    );
                }
            }
            Section::Extract => draw_extract(card, row, area, buffer, look),
        }
    }
}

/// What our own lists say, set to a width.
pub(super) fn known_lines(card: &Card, width: u16) -> Vec<String> {
    let facts = card.known.iter().flat_map(|known| &known.facts);
    facts.flat_map(|fact| wrapped(fact, width)).collect()
}

/// What the encyclopedia says, set to a width, with its licence at the end.
pub(super) fn extract_lines(card: &Card, width: u16) -> Vec<String> {
    let Some(Extract {
        title,
        text,
        licence,
        ..
    }) = &card.extract
    else {
        return Vec::new();
    };
    // The article there may be about someone else.
    let mut lines = wrapped(title, width);
    lines.extend(wrapped(text, width));
    lines.extend(wrapped(licence, width));
    lines
}

fn wrapped(text: &str, width: u16) -> Vec<String> {
    textwrap::wrap(text, usize::from(width).max(1))
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect()
}

/// A line of the encyclopedia's word, or how to ask for it.
fn draw_extract(card: &Card, row: usize, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
    let start = (area.x, area.y);
    let Some(extract) = &card.extract else {
        let words = (look.texts.lookup.ask)(&look.keymap.name(Action::Encyclopedia));
        let words = truncated(&words, usize::from(area.width), look.glyphs.ellipsis);
        write(buffer, start, &words, area.width, look.theme.muted());
        return;
    };
    let lines = extract_lines(card, area.width);
    let terms = wrapped(&extract.licence, area.width).len();
    let style = if row + terms >= lines.len() {
        look.theme.muted()
    } else if row < wrapped(&extract.title, area.width).len() {
        look.theme.text().add_modifier(Modifier::BOLD)
    } else {
        look.theme.text()
    };
    if let Some(text) = lines.get(row) {
        write(buffer, start, text, area.width, style);
    }
}

fn draw_office(text: &str, article: &Row, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
    let date = article
        .published
        .map(|published| look.texts.date(published));
    let date = date.unwrap_or_default();
    let room = usize::from(area.width).saturating_sub(date.width() + 2);
    let text = truncated(text, room, look.glyphs.ellipsis);
    write(
        buffer,
        (area.x, area.y),
        &text,
        area.width,
        look.theme.text(),
    );
    write_right(buffer, area, &date, look.theme.muted());
}

fn draw_nth(
    list: &[Named],
    row: usize,
    most: usize,
    area: Rect,
    buffer: &mut Buffer,
    look: &Look<'_>,
) {
    if let Some(named) = list.get(row) {
        draw_named(named, most, area, buffer, look);
    }
}

fn draw_form(form: Option<&Form>, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
    let Some(form) = form else { return };
    let style = look.theme.muted();
    let said = form.articles.to_string();
    let room = usize::from(area.width).saturating_sub(said.width() + 1);
    let text = truncated(&form.text, room, look.glyphs.ellipsis);
    write(
        buffer,
        (area.x, area.y),
        &text,
        area.width,
        look.theme.text(),
    );
    write_right(buffer, area, &said, style);
}
