//! The help screen: every key, drawn from the key table.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

use crate::keymap::Keymap;
use crate::layout::inside;
use crate::pane::{Look, frame, truncated, write};

/// Cells between the two columns, and between a key and its words.
const GAP: u16 = 2;

/// The first row shown.
#[derive(Debug, Default, Clone, Copy)]
pub struct Help {
    top: usize,
}

impl Help {
    /// Scrolls by rows, to the first or the last page at most.
    pub fn scroll_by(&mut self, delta: isize, keymap: &Keymap, screen: Rect) {
        let area = area(keymap, screen);
        let rows = keymap.rows().count().div_ceil(columns(area));
        let last = rows.saturating_sub(usize::from(inside(area).height));
        self.top = self.top.saturating_add_signed(delta).min(last);
    }

    /// Draws the overlay in the middle of the screen.
    pub fn draw(&self, screen: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let area = area(look.keymap, screen);
        Clear.render(area, buffer);
        let heading = Line::styled(format!(" {} ", look.texts.help), look.theme.heading(true));
        let total = look.keymap.rows().count().div_ceil(columns(area));
        let shown = (self.top + usize::from(inside(area).height)).min(total);
        let more = if shown < total || self.top > 0 {
            format!("{shown}/{total} {} ", look.glyphs.dot)
        } else {
            String::new()
        };
        let leave = Line::styled(
            format!(" {more}{} ", look.texts.help_leave),
            look.theme.muted(),
        );
        frame(area, buffer, look, heading, Some(leave));
        let inner = inside(area);
        let rows: Vec<(String, &str)> = look
            .keymap
            .rows()
            .map(|(action, keys)| {
                let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
                (keys.join(" "), (look.texts.action)(action))
            })
            .collect();
        let columns = columns(area);
        let column_width = (inner.width / columns as u16).saturating_sub(GAP);
        let key_width = rows.iter().map(|(keys, _)| keys.width()).max().unwrap_or(0) as u16;
        let height = rows.len().div_ceil(columns);
        for (index, (keys, words)) in rows.iter().enumerate() {
            let (column, row) = (index / height, index % height);
            let Some(row) = row.checked_sub(self.top) else {
                continue;
            };
            if row >= usize::from(inner.height) {
                continue;
            }
            let x = inner.x + 1 + column as u16 * (column_width + GAP);
            let y = inner.y + row as u16;
            write(
                buffer,
                (x, y),
                keys,
                key_width.min(column_width),
                look.theme.accent(),
            );
            let room = column_width.saturating_sub(key_width + GAP);
            let words = truncated(words, usize::from(room), look.glyphs.ellipsis);
            write(
                buffer,
                (x + key_width + GAP, y),
                &words,
                room,
                look.theme.text(),
            );
        }
    }
}

/// The overlay: as large as it needs to be, as the screen allows.
fn area(keymap: &Keymap, screen: Rect) -> Rect {
    let width = screen
        .width
        .saturating_sub(4)
        .min(104)
        .max(screen.width.min(20));
    let rows = keymap
        .rows()
        .count()
        .div_ceil(if width >= 90 { 2 } else { 1 }) as u16;
    let height = (rows + 2)
        .min(screen.height.saturating_sub(2))
        .max(screen.height.min(3));
    Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height - height) / 2,
        width,
        height,
    }
}

fn columns(area: Rect) -> usize {
    if area.width >= 90 { 2 } else { 1 }
}
