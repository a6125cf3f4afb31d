//! The article list: title, source, age and countries of every article.
//!
//! Any number of rows costs the same: only those on the screen are looked at.

use std::collections::HashMap;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::layout::inside;
use crate::pane::reader::typeset::wrap;
use crate::pane::{Look, frame, truncated, write};
use crate::story::{Mark, Row, StoryId};
use crate::theme::Kind;

/// Titles take at most so many lines.
const TITLE_LINES: usize = 2;
/// What answers a search takes at most so many.
const SNIPPET_LINES: usize = 2;
/// Columns before the title: the mark of the selected row, the unread mark, a blank.
const MARGIN: u16 = 3;

/// The rows, the one the user is on, and the first one shown.
#[derive(Debug, Default)]
pub struct List {
    rows: Vec<Row>,
    /// How many of them are unread, counted along so that a frame need not look at every row.
    unread: usize,
    /// How many rows have still to come, and how many of them are unread.
    rest: (usize, usize),
    /// How many rows, from the first, stand above the library.
    on_top: usize,
    selected: usize,
    top: usize,
}

impl List {
    /// All rows, as shown from top to bottom.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The row the user is on.
    pub fn selected(&self) -> Option<&Row> {
        self.rows.get(self.selected)
    }

    /// What the screen says of the list beside the rows themselves, and which rows it shows.
    pub fn said(&self, area: Rect) -> (usize, usize, Range<usize>) {
        let all = self.rows.len() + self.rest.0;
        (self.unread(), all, self.shown(area))
    }

    /// Puts rows in place of those there are, the user on the first.
    pub fn replace(&mut self, rows: Vec<Row>, area: Rect) {
        *self = Self::default();
        self.append(rows, area);
    }

    /// Notes how many rows have still to come, and how many of them are unread.
    pub fn expect(&mut self, rest: (usize, usize)) {
        self.rest = rest;
    }

    /// Puts rows in place of those there are. The user stays on the same article where that is among
    /// them, at the same height of the screen.
    pub fn renew(&mut self, rows: Vec<Row>, area: Rect) {
        let rows = self.with_versions(rows);
        let above = self.selected.saturating_sub(self.top);
        let id = self.selected().map(|row| row.id);
        let at = rows.iter().position(|row| Some(row.id) == id);
        self.selected = at.unwrap_or(self.selected.min(rows.len().saturating_sub(1)));
        self.top = self.selected.saturating_sub(above);
        self.on_top = 0;
        self.rest = (0, 0);
        let counts = |row: &&Row| row.unread && !row.is_version;
        self.unread = rows.iter().filter(counts).count();
        self.rows = rows;
        self.keep_in_view(area);
    }

    /// New rows, with the versions that are shown now below the rows of their stories.
    fn with_versions(&self, rows: Vec<Row>) -> Vec<Row> {
        let mut opened: Vec<Option<&[Row]>> = Vec::new();
        let mut places: HashMap<StoryId, usize> = HashMap::new();
        let mut rest = self.rows.as_slice();
        while let Some((_, after)) = rest.split_first() {
            let count = after.iter().take_while(|row| row.is_version).count();
            let (story, later) = rest.split_at(count + 1);
            if count > 0 {
                places.extend(story.iter().map(|row| (row.id, opened.len())));
                opened.push(Some(story));
            }
            rest = later;
        }
        if opened.is_empty() {
            return rows;
        }
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            let id = row.id;
            all.push(row);
            let place = places.get(&id).and_then(|&at| opened[at].take());
            let others = place.into_iter().flatten().filter(|other| other.id != id);
            all.extend(others.map(|other| Row {
                is_version: true,
                ..other.clone()
            }));
        }
        all
    }

    /// Shows other versions of a story below its row.
    pub fn unfold(&mut self, id: StoryId, versions: Vec<Row>, area: Rect) {
        let Some(at) = self.rows.iter().position(|row| row.id == id) else {
            return;
        };
        let is_open = self.rows.get(at + 1).is_some_and(|row| row.is_version);
        if is_open || self.rows[at].is_version {
            return;
        }
        let versions: Vec<Row> = versions
            .into_iter()
            .filter(|row| row.id != id)
            .map(|row| Row {
                is_version: true,
                ..row
            })
            .collect();
        let count = versions.len();
        if self.selected > at {
            self.selected += count;
        }
        let rest = self.rows.split_off(at + 1);
        self.rows.extend(versions.into_iter().chain(rest));
        if self.selected == at {
            // As many of them as there is room for are to be seen.
            self.selected = at + count;
            self.keep_in_view(area);
            self.selected = at;
        }
        self.keep_in_view(area);
    }

    /// Folds the versions of the story the user is on; whether there were any shown.
    pub fn fold(&mut self, area: Rect) -> bool {
        let is_version = |row: &Row| row.is_version;
        let Some(first) = self.rows[..(self.selected + 1).min(self.rows.len())]
            .iter()
            .rposition(|row| !row.is_version)
        else {
            return false;
        };
        let count = self.rows[first + 1..]
            .iter()
            .take_while(|row| is_version(row))
            .count();
        self.rows.drain(first + 1..first + 1 + count);
        self.selected = self.selected.min(first);
        self.keep_in_view(area);
        count > 0
    }

    /// Puts more rows below those there are. The user stays on the same article.
    pub fn append(&mut self, rows: Vec<Row>, area: Rect) {
        let unread = rows.iter().filter(|row| row.unread).count();
        self.unread += unread;
        self.rest.0 = self.rest.0.saturating_sub(rows.len());
        self.rest.1 = self.rest.1.saturating_sub(unread);
        self.rows.extend(rows);
        self.keep_in_view(area);
    }

    /// Puts a row above those there are, below others put there before. The user stays on the same
    /// article.
    pub fn put_on_top(&mut self, row: Row, area: Rect) {
        if self.on_top <= self.selected && !self.rows.is_empty() {
            self.selected += 1;
        }
        self.unread += usize::from(row.unread);
        self.rows.insert(self.on_top, row);
        self.on_top += 1;
        self.keep_in_view(area);
    }

    /// Moves by so many rows, to the first or the last at most.
    pub fn move_by(&mut self, delta: isize, area: Rect) {
        self.move_to(self.selected.saturating_add_signed(delta), area);
    }

    /// Moves to a row, to the last at most.
    pub fn move_to(&mut self, index: usize, area: Rect) {
        self.selected = index.min(self.rows.len().saturating_sub(1));
        self.keep_in_view(area);
    }

    /// Moves by the rows that fit on the screen.
    pub fn move_page(&mut self, pages: isize, area: Rect) {
        let shown = isize::try_from(self.shown(area).len()).unwrap_or(isize::MAX);
        self.move_by(pages.saturating_mul((shown - 1).max(1)), area);
    }

    /// The next unread row after the one the user is on, looking round from the start.
    pub fn next_unread(&self) -> Option<usize> {
        let later = (self.selected + 1)..self.rows.len();
        let earlier = 0..=self.selected.min(self.rows.len().saturating_sub(1));
        later
            .chain(earlier)
            .find(|&index| self.rows.get(index).is_some_and(|row| row.unread))
    }

    /// Marks one article; whether that changed it.
    pub fn mark(&mut self, id: StoryId, mark: Mark) -> bool {
        // The user's own row is the likeliest, and a mark must not cost a walk through 100,000.
        let at = match self.rows.get(self.selected) {
            Some(row) if row.id == id => Some(self.selected),
            _ => self.rows.iter().position(|row| row.id == id),
        };
        let Some(row) = at.and_then(|at| self.rows.get_mut(at)) else {
            return false;
        };
        // A story counts once.
        let counts = !row.is_version;
        let (place, value) = match mark {
            Mark::Read => (&mut row.unread, false),
            Mark::Unread => (&mut row.unread, true),
            Mark::Saved => (&mut row.saved, true),
            Mark::Unsaved => (&mut row.saved, false),
        };
        let changed = std::mem::replace(place, value) != value;
        match mark {
            Mark::Read if changed && counts => self.unread -= 1,
            Mark::Unread if changed && counts => self.unread += 1,
            _ => {}
        }
        changed
    }

    /// How many are not read yet.
    pub fn unread(&self) -> usize {
        self.unread + self.rest.1
    }

    /// The row drawn at a cell.
    pub fn row_at(&self, area: Rect, row: u16) -> Option<usize> {
        let inner = inside(area);
        let mut bottom = inner.y;
        for index in self.shown(area) {
            bottom += self.height(index, inner.width);
            if (inner.y..bottom).contains(&row) {
                return Some(index);
            }
        }
        None
    }

    /// Scrolls just so far that the whole selected row is on the screen, and so that no room is
    /// left below the last row while there are rows above.
    pub fn keep_in_view(&mut self, area: Rect) {
        let inner = inside(area);
        if inner.height == 0 {
            return;
        }
        // The highest first row from which a row still fits: walk up from it, to `highest`.
        let first_above = |last: usize, highest: usize| {
            let mut first = last;
            let mut used = self.height(first, inner.width);
            while first > highest {
                used += self.height(first - 1, inner.width);
                // The blank line under the last row may fall off the screen.
                if used > inner.height + 1 {
                    break;
                }
                first -= 1;
            }
            first
        };
        let lowest = first_above(self.rows.len().saturating_sub(1), 0);
        let top = self.top.min(self.selected).min(lowest);
        self.top = top.max(first_above(self.selected, top));
    }

    /// Draws the pane.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let heading = format!(" {} ", look.texts.articles);
        let position = (!self.rows.is_empty()).then(|| {
            Line::styled(
                format!(" {}/{} ", self.selected + 1, self.rows.len() + self.rest.0),
                look.theme.muted(),
            )
        });
        frame(
            area,
            buffer,
            look,
            Line::styled(heading, look.theme.heading(look.focused)),
            position,
        );
        let inner = inside(area);
        let mut y = inner.y;
        for index in self.shown(area) {
            let height = self.height(index, inner.width).min(inner.bottom() - y);
            self.draw_row(index, Rect { y, height, ..inner }, buffer, look);
            y += height;
        }
    }

    fn draw_row(&self, index: usize, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let row = &self.rows[index];
        let theme = look.theme;
        let selected = index == self.selected;
        let margin = margin(row);
        let width = area.width.saturating_sub(margin + 1);
        let mut lines: Vec<Line<'_>> = title_lines(&row.title, width, look.glyphs.ellipsis)
            .into_iter()
            .map(|line| {
                Line::styled(
                    line,
                    if row.unread {
                        theme.title()
                    } else {
                        theme.text()
                    },
                )
            })
            .collect();
        lines.push(facts(row, usize::from(width), look));
        lines.extend(snippet_lines(row, width, look));
        for (line, y) in lines.iter().zip(area.y..area.bottom()) {
            buffer.set_line(area.x + margin, y, line, width);
        }
        if row.unread {
            write(
                buffer,
                (area.x + margin - 2, area.y),
                look.glyphs.unread,
                1,
                theme.accent(),
            );
        }
        if row.saved {
            let below = area.y + 1;
            if below < area.bottom() {
                write(
                    buffer,
                    (area.x + margin - 2, below),
                    look.glyphs.saved,
                    1,
                    theme.accent(),
                );
            }
        }
        if selected {
            // The blank line under a row stays bare, so that rows do not run together.
            let body = Rect {
                height: area.height.min(lines.len() as u16),
                ..area
            };
            buffer.set_style(body, theme.selected(look.focused));
            for y in body.y..body.bottom() {
                write(
                    buffer,
                    (area.x, y),
                    look.glyphs.selected,
                    1,
                    theme.border(look.focused),
                );
            }
        }
    }

    /// The rows of which at least one line is on the screen.
    fn shown(&self, area: Rect) -> Range<usize> {
        let inner = inside(area);
        let mut used = 0;
        let mut end = self.top;
        while end < self.rows.len() && used < inner.height {
            used += self.height(end, inner.width);
            end += 1;
        }
        self.top..end
    }

    /// The lines a row takes, the blank one under it included.
    fn height(&self, index: usize, width: u16) -> u16 {
        let lines = |row: &Row| {
            let width = width.saturating_sub(margin(row) + 1);
            let snippet = row.snippet.as_ref().map_or(0, |snippet| {
                wrap(&snippet.text, width, false).len().min(SNIPPET_LINES)
            });
            title_lines(&row.title, width, "").len() + snippet
        };
        self.rows.get(index).map_or(0, |row| lines(row) as u16 + 2)
    }
}

/// The columns before a title; more before one that belongs to the row above.
fn margin(row: &Row) -> u16 {
    if row.is_version { 2 * MARGIN } else { MARGIN }
}

/// Where the article answers the search, with the hits marked.
fn snippet_lines<'a>(row: &'a Row, width: u16, look: &Look<'_>) -> Vec<Line<'a>> {
    let Some(snippet) = &row.snippet else {
        return Vec::new();
    };
    let (plain, hit) = (look.theme.muted(), look.theme.hit());
    wrap(&snippet.text, width, false)
        .into_iter()
        .take(SNIPPET_LINES)
        .map(|(line, _)| {
            let mut spans = Vec::new();
            let mut at = line.start;
            for range in &snippet.hits {
                let (start, end) = (range.start.max(line.start), range.end.min(line.end));
                if start < end {
                    spans.push(Span::styled(&snippet.text[at..start], plain));
                    spans.push(Span::styled(&snippet.text[start..end], hit));
                    at = end;
                }
            }
            spans.push(Span::styled(&snippet.text[at..line.end], plain));
            Line::from(spans)
        })
        .collect()
}

/// The title set to a width, its last line cut when there are more.
fn title_lines(title: &str, width: u16, ellipsis: &str) -> Vec<String> {
    let width = usize::from(width.max(1));
    // A title of megabytes must not be wrapped whole to show two lines of it.
    let most = title
        .char_indices()
        .nth(width * (TITLE_LINES + 2))
        .map_or(title.len(), |(index, _)| index);
    let options = textwrap::Options::new(width).wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    let mut lines: Vec<String> = textwrap::wrap(&title[..most], options)
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect();
    if lines.len() > TITLE_LINES {
        let rest = lines.split_off(TITLE_LINES - 1).join(" ");
        lines.push(truncated(&rest, width, ellipsis));
    }
    lines
}

/// Source, age and countries. The source gives way so that the age and two countries are seen.
fn facts<'a>(row: &'a Row, width: usize, look: &Look<'_>) -> Line<'a> {
    let dot = format!(" {} ", look.glyphs.dot);
    let age = row
        .published
        .map(|published| look.texts.age(published, look.now));
    let age = age.map(|age| format!("{dot}{age}")).unwrap_or_default();
    let codes = match row.countries.len() {
        0 => 0,
        1 => dot.width() + 2,
        _ => dot.width() + 5,
    };
    let versions = match row.versions {
        count if count < 2 || row.is_version => String::new(),
        count => format!("{dot}+{}", count - 1),
    };
    let age = age + &versions;
    let mark = if row.followed {
        format!("{} ", look.glyphs.followed)
    } else {
        String::new()
    };
    let room = width.saturating_sub(mark.width() + age.width() + codes);
    let source = truncated(&row.source, room.max(6), look.glyphs.ellipsis);
    let room = width.saturating_sub(mark.width());
    let said = truncated(&format!("{source}{age}"), room, look.glyphs.ellipsis);
    let mut line = Line::styled(mark, look.theme.accent());
    line.push_span(Span::styled(said, look.theme.muted()));
    let mut separator = dot;
    for code in &row.countries {
        if line.width() + separator.width() + 2 > width {
            break;
        }
        let before = std::mem::replace(&mut separator, " ".to_owned());
        line.push_span(Span::styled(before, look.theme.muted()));
        line.push_span(Span::styled(
            code.to_string(),
            look.theme.name(Kind::Country),
        ));
    }
    line
}
