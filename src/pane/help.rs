//! The help screen: every key, drawn from the key table.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::keymap::Keymap;
use crate::layout::inside;
use crate::pane::menu::{open, over};
use crate::pane::{Look, truncated, write};

/// The widest it is drawn.
const WIDTH: u16 = 104;
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
        let total = look.keymap.rows().count().div_ceil(columns(area));
        let shown = (self.top + usize::from(inside(area).height)).min(total);
        let more = if shown < total || self.top > 0 {
            format!("{shown}/{total} {} ", look.glyphs.dot)
        } else {
            String::new()
        };
        let leave = format!("{more}{}", look.texts.help_leave);
        let inner = open(area, buffer, look, look.texts.help, &leave);
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
    let rows = keymap.rows().count();
    // The width does not depend on the lines.
    let columns = columns(over(screen, WIDTH, 0));
    over(screen, WIDTH, rows.div_ceil(columns))
}

fn columns(area: Rect) -> usize {
    if area.width >= 90 { 2 } else { 1 }
}
