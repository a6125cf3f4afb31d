//! Rows one chooses from, some of them headings: what the panes over the screen have in common.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget};

use crate::layout::inside;
use crate::pane::{Look, frame, write};

/// The item the user is on, and the first line shown.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Menu {
    selected: usize,
    top: usize,
}

/// One line of a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry<'a> {
    /// Words over the items that follow.
    Heading(&'a str),
    /// An item, by its index.
    Item(usize),
}

impl Menu {
    /// The item the user is on.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Moves by so many items of `count`, to the first or last at most.
    pub fn move_by(&mut self, delta: isize, count: usize) {
        let last = count.saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(delta).min(last);
    }

    /// Moves to an item.
    pub fn move_to(&mut self, item: usize) {
        self.selected = item;
    }

    /// Scrolls just so far that the item is within `height` lines, with its heading where that is
    /// the line above.
    pub fn keep_in_view(&mut self, entries: &[Entry<'_>], height: usize) {
        let Some(at) = self.line(entries) else {
            self.top = 0;
            return;
        };
        let above = entries[..at]
            .iter()
            .rposition(|entry| matches!(entry, Entry::Item(_)))
            .map_or(0, |item| item + 1);
        self.top = self.top.min(above).max((at + 1).saturating_sub(height));
        self.top = self.top.min(entries.len().saturating_sub(height));
    }

    /// The item drawn on a line of the area, counted from its first.
    pub fn item_at(&self, entries: &[Entry<'_>], line: usize) -> Option<usize> {
        match entries.get(self.top + line)? {
            Entry::Item(item) => Some(*item),
            Entry::Heading(_) => None,
        }
    }

    /// The lines on the screen.
    pub fn shown(&self, count: usize, height: usize) -> Range<usize> {
        self.top.min(count)..(self.top + height).min(count)
    }

    /// Draws the lines; `item` draws one item in its line.
    pub fn draw(
        &self,
        entries: &[Entry<'_>],
        area: Rect,
        buffer: &mut Buffer,
        look: &Look<'_>,
        mut item: impl FnMut(usize, Rect, &mut Buffer),
    ) {
        let shown = self.shown(entries.len(), usize::from(area.height));
        for (entry, y) in entries[shown].iter().zip(area.y..) {
            let line = Rect {
                y,
                height: 1,
                ..area
            };
            match entry {
                Entry::Heading(words) => {
                    write(
                        buffer,
                        (line.x + 1, y),
                        words,
                        line.width.saturating_sub(1),
                        look.theme.muted(),
                    );
                }
                Entry::Item(index) => {
                    let within = Rect {
                        x: line.x + 2,
                        width: line.width.saturating_sub(3),
                        ..line
                    };
                    item(*index, within, buffer);
                    if *index == self.selected {
                        buffer.set_style(line, look.theme.selected(true));
                        write(
                            buffer,
                            (line.x, y),
                            look.glyphs.selected,
                            1,
                            look.theme.border(true),
                        );
                    }
                }
            }
        }
    }

    fn line(&self, entries: &[Entry<'_>]) -> Option<usize> {
        entries
            .iter()
            .position(|entry| *entry == Entry::Item(self.selected))
    }
}

/// A place over the middle of the screen for so many lines, with a border.
pub fn over(screen: Rect, width: u16, lines: usize) -> Rect {
    let width = width
        .min(screen.width.saturating_sub(4))
        .max(screen.width.min(20));
    let lines = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2);
    let height = lines
        .min(screen.height.saturating_sub(2))
        .max(screen.height.min(3));
    Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height - height) / 2,
        width,
        height,
    }
}

/// Clears a place over the screen and draws its border; gives the room inside.
pub fn open(area: Rect, buffer: &mut Buffer, look: &Look<'_>, heading: &str, foot: &str) -> Rect {
    Clear.render(area, buffer);
    frame(
        area,
        buffer,
        look,
        Line::styled(format!(" {heading} "), look.theme.heading(true)),
        (!foot.is_empty()).then(|| Line::styled(format!(" {foot} "), look.theme.muted())),
    );
    inside(area)
}
