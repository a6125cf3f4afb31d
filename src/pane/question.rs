//! A question in one line at the bottom of the screen: a name to be typed, or yes and no.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::pane::input::Input;
use crate::pane::{Look, write};

/// What is asked, and what was typed so far.
#[derive(Debug, Clone)]
pub struct Question {
    /// The words before the answer.
    pub words: String,
    /// The answer that is typed; none where one key answers.
    pub input: Option<Input>,
}

impl Question {
    /// Draws it in one line.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let used = write(
            buffer,
            (area.x + 1, area.y),
            &format!("{} ", self.words),
            area.width.saturating_sub(1),
            look.theme.accent(),
        );
        if let Some(input) = &self.input {
            let room = Rect {
                x: area.x + 1 + used,
                width: area.width.saturating_sub(used + 1),
                ..area
            };
            input.draw(room, buffer, look);
        }
    }
}
