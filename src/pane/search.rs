//! The search box: a line at the bottom of the screen; the list shows what it finds as one types.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::pane::input::Input;
use crate::pane::{Look, truncated, write};

/// What is searched for.
#[derive(Debug, Default, Clone)]
pub struct Search {
    /// What was typed.
    pub input: Input,
    /// Why it cannot be searched for.
    pub mistake: Option<String>,
}

impl Search {
    /// Draws the box in one line.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let used = write(
            buffer,
            (area.x, area.y),
            &format!(" {} ", look.texts.search),
            area.width,
            look.theme.accent(),
        );
        let (words, style) = match &self.mistake {
            Some(mistake) => (mistake.as_str(), look.theme.alarm()),
            None => (look.texts.search_keys, look.theme.muted()),
        };
        let rest = area.width.saturating_sub(used);
        // What is typed comes first; what can be said beside it takes what is left.
        let typed = (self.input.value().width() as u16 + 2).max(24).min(rest);
        let words = truncated(
            words,
            usize::from(rest.saturating_sub(typed + 2)),
            look.glyphs.ellipsis,
        );
        let said = words.width() as u16;
        write(
            buffer,
            (area.right().saturating_sub(said + 1), area.y),
            &words,
            said,
            style,
        );
        let room = Rect {
            x: area.x + used,
            width: rest.saturating_sub(said + 2),
            ..area
        };
        self.input.draw(room, buffer, look);
    }
}
