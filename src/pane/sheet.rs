//! Columns of sections whose rows one moves over: what a card and a digest are set in.
//!
//! A section may have any number of rows; only those on the screen are looked at.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::entity::Mention;
use crate::lookup::Who;
use crate::pane::{Look, truncated, write, write_right};
use crate::story::StoryId;

/// Where Enter leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// To an article.
    Article(StoryId),
    /// To a mention in the article on the screen.
    Mention(Mention),
    /// To the card of a name.
    Card(Who),
    /// To the rest of the section.
    Rest,
}

/// One section of a column: a heading, its rows, a blank line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<S> {
    /// Which one.
    pub section: S,
    /// How many rows it has.
    pub rows: usize,
    /// The lines each of them takes.
    pub height: usize,
    /// Whether one can be on its rows.
    pub selectable: bool,
}

impl<S> Part<S> {
    /// The lines of the section: its heading, its rows, and a blank one.
    fn lines(&self) -> usize {
        1 + self.rows * self.height + 1
    }
}

/// One column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column<S> {
    /// Where it stands; the scroll bar is in its last cells.
    pub area: Rect,
    /// Its sections from top to bottom.
    pub parts: Vec<Part<S>>,
}

/// What stands on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry<S> {
    /// A section's heading.
    Heading(S),
    /// A row of a section, and which of the row's lines.
    Row(S, usize, usize),
}

/// The row the user is on, and the first line shown of each column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor<S> {
    selected: Option<(S, usize)>,
    tops: [usize; 2],
}

impl<S> Default for Cursor<S> {
    fn default() -> Self {
        Self {
            selected: None,
            tops: [0; 2],
        }
    }
}

impl<S: Copy + PartialEq> Column<S> {
    /// All lines of the column, without the blank one at its end.
    fn lines(&self) -> usize {
        let lines: usize = self.parts.iter().map(Part::lines).sum();
        lines.saturating_sub(1)
    }

    fn last_top(&self) -> usize {
        self.lines().saturating_sub(usize::from(self.area.height))
    }

    fn entry(&self, mut line: usize) -> Option<Entry<S>> {
        for part in &self.parts {
            if line == 0 {
                return Some(Entry::Heading(part.section));
            }
            if line <= part.rows * part.height {
                let (row, line) = ((line - 1) / part.height, (line - 1) % part.height);
                return Some(Entry::Row(part.section, row, line));
            }
            if line < part.lines() {
                return None;
            }
            line -= part.lines();
        }
        None
    }

    /// The lines of a row.
    fn place(&self, (section, row): (S, usize)) -> Option<Range<usize>> {
        let mut first = 0;
        for part in &self.parts {
            if part.section == section {
                let start = first + 1 + row * part.height;
                return (row < part.rows).then_some(start..start + part.height);
            }
            first += part.lines();
        }
        None
    }

    /// The first row one can be on that begins at or after a line.
    fn at_or_after(&self, line: usize) -> Option<(S, usize)> {
        let mut first = 0;
        for part in &self.parts {
            if part.selectable && part.rows > 0 {
                let row = line.saturating_sub(first + 1).div_ceil(part.height.max(1));
                if row < part.rows {
                    return Some((part.section, row));
                }
            }
            first += part.lines();
        }
        None
    }

    /// The last row one can be on that begins before a line.
    fn before(&self, line: usize) -> Option<(S, usize)> {
        let mut first = 0;
        let mut found = None;
        for part in &self.parts {
            if line <= first + 1 {
                break;
            }
            if part.selectable && part.rows > 0 {
                let rows = (line - first - 1).div_ceil(part.height.max(1));
                found = Some((part.section, rows.min(part.rows) - 1));
            }
            first += part.lines();
        }
        found
    }
}

impl<S: Copy + PartialEq> Cursor<S> {
    /// The row the user is on.
    pub fn selected(&self) -> Option<(S, usize)> {
        self.selected
    }

    /// Puts the user on a row.
    pub fn select(&mut self, row: (S, usize), columns: &[Column<S>]) {
        self.selected = Some(row);
        self.keep_in_view(columns);
    }

    /// The rows of a section that are on the screen.
    pub fn shown(&self, section: S, columns: &[Column<S>]) -> Range<usize> {
        for (column, top) in columns.iter().zip(self.tops) {
            let mut first = 0;
            for part in &column.parts {
                if part.section == section {
                    let row = |line: usize| {
                        (line.saturating_sub(first + 1) / part.height.max(1)).min(part.rows)
                    };
                    let bottom = top + usize::from(column.area.height) + part.height;
                    return row(top)..row(bottom);
                }
                first += part.lines();
            }
        }
        0..0
    }

    /// Fits the cursor to columns that may have changed: the user is on a row that exists, and it
    /// is on the screen.
    pub fn keep_in_view(&mut self, columns: &[Column<S>]) {
        if let Some((section, row)) = self.selected {
            let part = columns
                .iter()
                .flat_map(|column| &column.parts)
                .find(|part| part.section == section && part.selectable && part.rows > 0);
            self.selected = part.map(|part| (section, row.min(part.rows - 1)));
        }
        if self.selected.is_none() {
            self.selected = columns.iter().find_map(|column| column.at_or_after(0));
        }
        for (column, top) in columns.iter().zip(&mut self.tops) {
            *top = (*top).min(column.last_top());
        }
        let Some((index, place)) = self.place(columns) else {
            return;
        };
        let height = usize::from(columns[index].area.height);
        let top = &mut self.tops[index];
        // The heading over a first row is shown with it.
        let first = if matches!(
            columns[index].entry(place.start - 1),
            Some(Entry::Heading(_))
        ) {
            place.start - 1
        } else {
            place.start
        };
        if place.end > *top + height {
            *top = place.end - height;
        }
        *top = (*top).min(first);
    }

    /// Moves to a neighbouring row of the column. Where text stands in between, or after the last
    /// row, the column is scrolled by lines until the next row is in sight.
    pub fn step(&mut self, delta: isize, columns: &[Column<S>]) {
        let Some((index, place)) = self.place(columns) else {
            self.scroll(0, delta, columns);
            return;
        };
        let column = &columns[index];
        let next = if delta > 0 {
            column.at_or_after(place.end)
        } else {
            column.before(place.start)
        };
        let (top, height) = (self.tops[index], usize::from(column.area.height));
        // A heading and the blank line above it are no text to stop at.
        let near = |place: &Range<usize>| {
            let slack = place.len() + 2;
            place.start + slack >= top && place.end <= top + height + slack
        };
        match next {
            Some(row) if column.place(row).is_some_and(|place| near(&place)) => {
                self.select(row, columns);
            }
            _ => self.scroll(index, delta, columns),
        }
    }

    /// Scrolls by the height of the column, a line of it kept in sight.
    pub fn page(&mut self, pages: isize, columns: &[Column<S>]) {
        let index = self.place(columns).map_or(0, |(index, _)| index);
        let Some(column) = columns.get(index) else {
            return;
        };
        let page = isize::from(i16::try_from(column.area.height).unwrap_or(i16::MAX) - 1).max(1);
        let before = self.tops[index];
        self.scroll(index, pages.saturating_mul(page), columns);
        if self.tops[index] == before {
            self.end(pages > 0, columns);
            return;
        }
        let in_sight = column.at_or_after(self.tops[index]);
        let bottom = self.tops[index] + usize::from(column.area.height);
        if let Some(row) = in_sight
            && column.place(row).is_some_and(|place| place.end <= bottom)
        {
            self.selected = Some(row);
        }
    }

    /// Goes to the first or the last row of the column.
    pub fn end(&mut self, last: bool, columns: &[Column<S>]) {
        let index = self.place(columns).map_or(0, |(index, _)| index);
        let Some(column) = columns.get(index) else {
            return;
        };
        let row = if last {
            column.before(usize::MAX)
        } else {
            column.at_or_after(0)
        };
        self.selected = row;
        self.tops[index] = if last { column.last_top() } else { 0 };
    }

    /// Goes to the first row of the next section that has rows to be on, or of the one before,
    /// round and round.
    pub fn section(&mut self, delta: isize, columns: &[Column<S>]) {
        let sections: Vec<S> = columns
            .iter()
            .flat_map(|column| &column.parts)
            .filter(|part| part.selectable && part.rows > 0)
            .map(|part| part.section)
            .collect();
        let at = self
            .selected
            .and_then(|(section, _)| sections.iter().position(|other| *other == section));
        let count = isize::try_from(sections.len()).unwrap_or(1).max(1);
        let next = at.map_or(0, |at| {
            let at = isize::try_from(at).unwrap_or(0);
            usize::try_from((at + delta).rem_euclid(count)).unwrap_or(0)
        });
        let Some(&section) = sections.get(next) else {
            return;
        };
        self.select((section, 0), columns);
        // A section is shown from its heading down, as much of it as the column holds.
        if let Some((index, place)) = self.place(columns) {
            let part = columns[index]
                .parts
                .iter()
                .find(|part| part.section == section);
            let lines = part.map_or(0, |part| part.rows * part.height);
            let height = usize::from(columns[index].area.height);
            let top = &mut self.tops[index];
            if place.start + lines > *top + height {
                *top = (place.start - 1).min(columns[index].last_top());
            }
        }
    }

    /// Goes to the column beside, to the row nearest at the height the user is at.
    pub fn across(&mut self, delta: isize, columns: &[Column<S>]) {
        let Some((index, place)) = self.place(columns) else {
            return;
        };
        let Some(beside) = index.checked_add_signed(delta) else {
            return;
        };
        let Some(column) = columns.get(beside) else {
            return;
        };
        let line = place.start.saturating_sub(self.tops[index]) + self.tops[beside];
        let row = column.before(line + 1).or_else(|| column.at_or_after(line));
        if let Some(row) = row {
            self.select(row, columns);
        }
    }

    /// Scrolls a column by lines without moving to another row.
    pub fn scroll(&mut self, index: usize, delta: isize, columns: &[Column<S>]) {
        if let (Some(column), Some(top)) = (columns.get(index), self.tops.get_mut(index)) {
            *top = top.saturating_add_signed(delta).min(column.last_top());
        }
    }

    /// The row drawn at a cell.
    pub fn row_at(&self, (x, y): (u16, u16), columns: &[Column<S>]) -> Option<(S, usize)> {
        let index = column_at((x, y), columns)?;
        let column = &columns[index];
        let line = self.tops[index] + usize::from(y - column.area.y);
        match column.entry(line)? {
            Entry::Row(section, row, _) => column
                .parts
                .iter()
                .any(|part| part.section == section && part.selectable)
                .then_some((section, row)),
            Entry::Heading(_) => None,
        }
    }

    /// Draws every line on the screen with `put`, which is given the line's cells within the
    /// margins, then the mark of the row the user is on and the scroll bars.
    pub fn draw(
        &self,
        columns: &[Column<S>],
        buffer: &mut Buffer,
        look: &Look<'_>,
        mut put: impl FnMut(Entry<S>, Rect, &mut Buffer),
    ) {
        for (column, top) in columns.iter().zip(self.tops) {
            let area = column.area;
            for (line, y) in (top..).zip(area.y..area.bottom()) {
                let Some(entry) = column.entry(line) else {
                    continue;
                };
                let within = Rect {
                    x: area.x + 1,
                    y,
                    width: area.width.saturating_sub(3),
                    height: 1,
                };
                put(entry, within, buffer);
                if let Entry::Row(section, row, _) = entry
                    && self.selected == Some((section, row))
                {
                    let over = Rect {
                        x: area.x,
                        width: area.width.saturating_sub(1),
                        ..within
                    };
                    buffer.set_style(over.intersection(buffer.area), look.theme.selected(true));
                    write(
                        buffer,
                        (area.x, y),
                        look.glyphs.selected,
                        1,
                        look.theme.border(true),
                    );
                }
            }
            draw_scroll_bar(column, top, buffer, look);
        }
    }

    /// The column the user is in, and the lines of the row.
    fn place(&self, columns: &[Column<S>]) -> Option<(usize, Range<usize>)> {
        let selected = self.selected?;
        columns
            .iter()
            .enumerate()
            .find_map(|(index, column)| Some((index, column.place(selected)?)))
    }
}

/// A screen set in columns of sections: how one moves over it.
pub trait Sheet {
    /// Its sections.
    type Section: Copy + PartialEq;

    /// The sections in their columns on an area.
    fn columns(&self, area: Rect) -> Vec<Column<Self::Section>>;

    /// Where the user is.
    fn cursor(&mut self) -> &mut Cursor<Self::Section>;

    /// Fits it to a screen of another size.
    fn fit(&mut self, area: Rect) {
        let columns = self.columns(area);
        self.cursor().keep_in_view(&columns);
    }

    /// Moves with one of the cursor's moves.
    fn go(
        &mut self,
        area: Rect,
        go: impl FnOnce(&mut Cursor<Self::Section>, &[Column<Self::Section>]),
    ) {
        let columns = self.columns(area);
        go(self.cursor(), &columns);
    }

    /// Scrolls the column under a cell.
    fn wheel(&mut self, cell: (u16, u16), lines: isize, area: Rect) {
        let columns = self.columns(area);
        if let Some(index) = column_at(cell, &columns) {
            self.cursor().scroll(index, lines, &columns);
        }
    }

    /// Puts the user on the row drawn at a cell; whether there is one.
    fn click(&mut self, cell: (u16, u16), area: Rect) -> bool {
        let columns = self.columns(area);
        let row = self.cursor().row_at(cell, &columns);
        if let Some(row) = row {
            self.cursor().select(row, &columns);
        }
        row.is_some()
    }
}

/// The column a cell is in.
fn column_at<S>(cell: (u16, u16), columns: &[Column<S>]) -> Option<usize> {
    columns
        .iter()
        .position(|column| column.area.contains(cell.into()))
}

/// A section's heading: its words, a rule, and what is said of it at the right.
pub fn heading(words: &str, aside: &str, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
    let width = usize::from(area.width);
    let words = truncated(words, width, look.glyphs.ellipsis);
    let room = width.saturating_sub(words.width() + 4);
    let aside = if aside.width() > room { "" } else { aside };
    let said = if aside.is_empty() {
        0
    } else {
        aside.width() + 1
    };
    let used = write(
        buffer,
        (area.x, area.y),
        &words,
        area.width,
        look.theme.heading(true),
    ) + 1;
    let rule = width.saturating_sub(usize::from(used) + said);
    let rule = look.glyphs.border.horizontal_top.repeat(rule);
    write(
        buffer,
        (area.x + used, area.y),
        &rule,
        area.width.saturating_sub(used),
        look.theme.faint(),
    );
    write_right(buffer, area, aside, look.theme.muted());
}

fn draw_scroll_bar<S: Copy + PartialEq>(
    column: &Column<S>,
    top: usize,
    buffer: &mut Buffer,
    look: &Look<'_>,
) {
    let (area, total) = (column.area, column.lines());
    let height = usize::from(area.height);
    if height == 0 || area.width == 0 || total <= height {
        return;
    }
    let row = |line: usize| area.y + (line * height / total) as u16;
    let last = row((top + height).min(total) - 1);
    for y in row(top)..=last {
        write(
            buffer,
            (area.right() - 1, y),
            look.glyphs.thumb,
            1,
            look.theme.faint(),
        );
    }
}
