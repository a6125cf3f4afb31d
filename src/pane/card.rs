//! The card of a name: who this is, and where else, with the article for every word of it.
//!
//! Any number of articles costs the same: they are asked for a page at a time, as one comes to
//! them.

use std::collections::BTreeMap;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

use crate::layout::inside;
use crate::lookup::{Card, Named, PAGE, PersonId, Who};
use crate::pane::card::chart::Unit;
use crate::pane::card::context::Context;
use crate::pane::sheet::{Choice, Column, Cursor, Part, Sheet};
use crate::pane::{Look, frame, truncated, who_kind, write};
use crate::story::Row;

pub mod chart;
pub mod context;
mod rows;

/// Pages kept; the farthest from the user go first.
const PAGES: usize = 8;
/// From so many cells within the border two columns are set.
const TWO_COLUMNS: u16 = 96;
/// Rows shown of a section that stands before others, until one asks for the rest.
const FOLDED: usize = 6;
/// Lines of the chart's bars.
const CHART_LINES: usize = 4;

/// A part of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Offices the articles gave.
    Offices,
    /// What our own lists say.
    Known,
    /// Mentions in the article on the screen.
    Here,
    /// The articles with the name.
    Articles,
    /// A country's people.
    Bearers,
    /// A country's seats.
    Seats,
    /// People named with it.
    People,
    /// Countries named with it.
    Countries,
    /// Other forms of the name.
    Forms,
    /// Articles over time.
    Chart,
    /// What the encyclopedia says.
    Extract,
}

/// The card on the screen and where the user is on it.
#[derive(Debug, Clone)]
pub struct CardPane {
    card: Card,
    here: Vec<Context>,
    pages: BTreeMap<usize, Vec<Row>>,
    cursor: Cursor<Section>,
    /// Sections of which all rows are shown.
    unfolded: Vec<Section>,
    /// The chart's unit, where the user chose one.
    unit: Option<Unit>,
}

impl CardPane {
    /// Shows a card, with the mentions in the article on the screen.
    pub fn new(card: Card, here: Vec<Context>, area: Rect) -> Self {
        let mut pane = Self {
            card,
            here,
            pages: BTreeMap::new(),
            cursor: Cursor::default(),
            unfolded: Vec::new(),
            unit: None,
        };
        pane.fit(area);
        pane
    }

    /// What is shown.
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// Shows the same card as it is now; the user stays where they are.
    pub fn renew(&mut self, card: Card, here: Vec<Context>, area: Rect) {
        // As many articles may be others.
        self.pages.clear();
        self.card = card;
        self.here = here;
        self.fit(area);
    }

    /// Shows the chart by the next longer unit, round and round.
    pub fn change_unit(&mut self, area: Rect) {
        let width = self
            .columns(area)
            .iter()
            .find(|column| {
                column
                    .parts
                    .iter()
                    .any(|part| part.section == Section::Chart)
            })
            .map_or(0, |column| column.area.width);
        self.unit = Some(self.unit(width).next());
    }

    /// Where Enter leads from the row the user is on.
    pub fn choice(&self) -> Option<Choice> {
        let (section, row) = self.cursor.selected()?;
        if self.folded(section, row).is_some() {
            return Some(Choice::Rest);
        }
        let card = |list: &[Named]| list.get(row).map(|named| Choice::Card(named.who));
        match section {
            Section::Offices => Some(Choice::Article(self.card.offices.get(row)?.article.id)),
            Section::Here => Some(Choice::Mention(self.here.get(row)?.mention)),
            Section::Articles => Some(Choice::Article(self.article(row)?.id)),
            Section::Bearers => card(&self.card.bearers),
            Section::People => card(&self.card.people),
            Section::Countries => card(&self.card.countries),
            Section::Known
            | Section::Seats
            | Section::Forms
            | Section::Chart
            | Section::Extract => None,
        }
    }

    /// Shows the rest of the section the user is in.
    pub fn unfold(&mut self, area: Rect) {
        if let Some((section, _)) = self.cursor.selected() {
            self.unfolded.push(section);
            self.fit(area);
        }
    }

    /// Whether an article the user is on is unread.
    pub fn is_unread(&self) -> bool {
        let row = match self.cursor.selected() {
            Some((Section::Articles, row)) => self.article(row),
            Some((Section::Offices, row)) => {
                self.card.offices.get(row).map(|office| &office.article)
            }
            _ => None,
        };
        row.is_some_and(|row| row.unread)
    }

    /// The form of the name the user is on, if it can be parted from the others.
    pub fn form(&self) -> Option<(&str, PersonId)> {
        match self.cursor.selected()? {
            (Section::Forms, row) => {
                let form = self.card.forms.get(row)?;
                Some((&form.text, form.part?))
            }
            _ => None,
        }
    }

    /// The first article of a page that is on the screen and not there yet, if there is one.
    pub fn wanted(&self, area: Rect) -> Option<usize> {
        let shown: Range<usize> = self.cursor.shown(Section::Articles, &self.columns(area));
        let last = shown
            .end
            .checked_sub(1)?
            .min(self.card.articles.checked_sub(1)?);
        (shown.start / PAGE..=last / PAGE)
            .find(|page| !self.pages.contains_key(page))
            .map(|page| page * PAGE)
    }

    /// Takes in the articles from one on, as [`CardPane::wanted`] asked for them.
    pub fn take(&mut self, first: usize, rows: Vec<Row>) {
        let page = first / PAGE;
        self.pages.insert(page, rows);
        while self.pages.len() > PAGES {
            let ends = (self.pages.keys().next(), self.pages.keys().next_back());
            let farthest = match ends {
                (Some(&low), Some(&high)) if page.abs_diff(low) > page.abs_diff(high) => low,
                (_, Some(&high)) => high,
                _ => return,
            };
            self.pages.remove(&farthest);
        }
    }

    /// Draws the card over everything in an area.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let area = area.intersection(buffer.area);
        Clear.render(area, buffer);
        frame(area, buffer, look, self.heading(area, look), None);
        let (head, _) = split(area);
        self.draw_head(head, buffer, look);
        let columns = self.columns(area);
        self.cursor
            .draw(&columns, buffer, look, |entry, cells, buffer| {
                self.draw_entry(entry, cells, buffer, look);
            });
    }

    /// The name, with the mark of a followed one.
    fn heading(&self, area: Rect, look: &Look<'_>) -> Line<'static> {
        let mark = if self.card.followed {
            format!("{} ", look.glyphs.followed)
        } else {
            String::new()
        };
        let room = usize::from(area.width).saturating_sub(4 + mark.width());
        let name = truncated(&self.card.name, room, look.glyphs.ellipsis);
        Line::from(vec![
            Span::styled(format!(" {mark}"), look.theme.accent()),
            Span::styled(
                format!("{name} "),
                look.theme
                    .name(who_kind(self.card.who))
                    .add_modifier(Modifier::BOLD),
            ),
        ])
    }

    /// One line on who this is: the newest office, the country, in how many articles since when.
    fn draw_head(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        if area.height == 0 {
            return;
        }
        let texts = look.texts.lookup;
        // What the article on the screen says comes first.
        let newest = self.card.offices.first().map(|office| office.text.clone());
        let office = self.card.office_here.clone().or(newest);
        let country = self.card.country.as_ref();
        let country = country.map(|(code, name)| match self.card.who {
            Who::Person(_) => format!("{code} {name}"),
            Who::Country(_) => code.to_string(),
        });
        let mut count = (texts.count)(self.card.articles);
        if let Some((first, _)) = self.card.days.first() {
            count = format!("{count} {}", (texts.since)(&look.texts.day(*first)));
        }
        let followed = self.card.followed.then(|| texts.followed.to_owned());
        let dot = format!(" {} ", look.glyphs.dot);
        // An office of many words gives way to the rest.
        let rest: Vec<String> = country.into_iter().chain([count]).chain(followed).collect();
        let rest = rest.join(&dot);
        let room = usize::from(area.width).saturating_sub(rest.width() + dot.width());
        let said = office
            .map(|office| truncated(&office, room, look.glyphs.ellipsis))
            .filter(|office| office.width() > 3)
            .map_or(rest.clone(), |office| format!("{office}{dot}{rest}"));
        let said = truncated(&said, usize::from(area.width), look.glyphs.ellipsis);
        write(
            buffer,
            (area.x, area.y),
            &said,
            area.width,
            look.theme.text(),
        );
        if self.card.lone {
            let words = truncated(texts.lone, usize::from(area.width), look.glyphs.ellipsis);
            let below = (area.x, area.y + 1);
            write(buffer, below, &words, area.width, look.theme.muted());
        }
    }

    fn column(&self, order: &[Section], area: Rect) -> Column<Section> {
        let width = area.width.saturating_sub(3);
        let part = |section: &Section| {
            let (rows, height, selectable) = self.size(*section, width);
            Part {
                section: *section,
                rows,
                height,
                selectable,
            }
        };
        let parts = order.iter().map(part).filter(|part| part.rows > 0);
        Column {
            area,
            parts: parts.collect(),
        }
    }

    /// How many rows a section has in a column so many cells wide, how high they are, and whether
    /// one can be on them.
    fn size(&self, section: Section, width: u16) -> (usize, usize, bool) {
        let card = &self.card;
        match section {
            Section::Offices | Section::Here => {
                let all = self.all(section);
                let folded = self.folded(section, FOLDED).is_some();
                let rows = if folded { FOLDED + 1 } else { all };
                let height = if section == Section::Offices { 2 } else { 1 };
                (rows, height, true)
            }
            Section::Articles => (card.articles, 1, true),
            Section::Bearers => (card.bearers.len(), 1, true),
            Section::People => (card.people.len(), 1, true),
            Section::Countries => (card.countries.len(), 1, true),
            Section::Forms => {
                let parts = card.forms.iter().any(|form| form.part.is_some());
                (card.forms.len(), 1, parts)
            }
            Section::Seats => (card.seats.len(), 1, false),
            Section::Chart if card.days.is_empty() => (0, 1, false),
            Section::Chart => (CHART_LINES + 1, 1, false),
            Section::Known => (rows::known_lines(card, width).len(), 1, false),
            Section::Extract => (rows::extract_lines(card, width).len().max(1), 1, false),
        }
    }

    /// The rows of a section that can be folded, shown or not.
    fn all(&self, section: Section) -> usize {
        match section {
            Section::Offices => self.card.offices.len(),
            Section::Here => self.here.len(),
            _ => 0,
        }
    }

    /// How many rows are not shown, where a row stands for them.
    fn folded(&self, section: Section, row: usize) -> Option<usize> {
        // A single row is shown rather than spoken of.
        let folds = self.all(section) > FOLDED + 1 && !self.unfolded.contains(&section);
        (folds && row == FOLDED).then(|| self.all(section) - FOLDED)
    }

    fn unit(&self, width: u16) -> Unit {
        let most = usize::from(width.saturating_sub(3));
        self.unit
            .unwrap_or_else(|| Unit::fitting(&self.card.days, most))
    }

    fn article(&self, row: usize) -> Option<&Row> {
        self.pages.get(&(row / PAGE))?.get(row % PAGE)
    }
}

impl Sheet for CardPane {
    type Section = Section;

    fn columns(&self, area: Rect) -> Vec<Column<Section>> {
        let (_, body) = split(area);
        if body.width < TWO_COLUMNS {
            // What a person or a country does not have has no rows, and so no heading.
            let order = [
                Section::Offices,
                Section::Known,
                Section::Here,
                Section::Bearers,
                Section::Seats,
                Section::Chart,
                Section::People,
                Section::Countries,
                Section::Forms,
                Section::Extract,
                Section::Articles,
            ];
            return vec![self.column(&order, body)];
        }
        let width = (body.width * 2 / 5).clamp(40, 64);
        let left = Rect {
            width: body.width - width - 1,
            ..body
        };
        let right = Rect {
            x: left.right() + 1,
            width,
            ..body
        };
        let (first, second) = (
            [
                Section::Offices,
                Section::Here,
                Section::Bearers,
                Section::Articles,
            ],
            [
                Section::Known,
                Section::Chart,
                Section::People,
                Section::Countries,
                Section::Seats,
                Section::Forms,
                Section::Extract,
            ],
        );
        vec![self.column(&first, left), self.column(&second, right)]
    }

    fn cursor(&mut self) -> &mut Cursor<Section> {
        &mut self.cursor
    }
}

/// The line on who this is, and the columns below it. On a low screen the columns have it all.
fn split(area: Rect) -> (Rect, Rect) {
    let inner = inside(area);
    let head = if inner.height < 8 { 0 } else { 2 };
    let line = Rect {
        x: inner.x + 1,
        width: inner.width.saturating_sub(2),
        height: head,
        ..inner
    };
    let body = Rect {
        y: inner.y + head,
        height: inner.height - head,
        ..inner
    };
    (line, body)
}
