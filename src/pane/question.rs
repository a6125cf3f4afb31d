//! A question in one line at the bottom of the screen: a name to be typed, or yes and no.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::pane::input::Input;
use crate::pane::{Look, truncated, write};

/// What is asked, and what was typed so far.
#[derive(Debug, Clone)]
pub struct Question {
    asks: Asks,
    /// The answer that is typed; none where one key answers.
    pub input: Option<Input>,
}

/// The words before the answer.
#[derive(Debug, Clone)]
enum Asks {
    Plainly(&'static str),
    /// About something by name, which gives way where the line is short: the keys that answer stand
    /// at the end.
    About(fn(&str) -> String, String),
}

impl Question {
    /// Asks for something to be typed, where `answer` stands so far.
    pub fn typed(words: &'static str, answer: &str) -> Self {
        Self {
            asks: Asks::Plainly(words),
            input: Some(Input::new(answer)),
        }
    }

    /// Asks for a yes or no about something.
    pub fn confirm(words: fn(&str) -> String, name: &str) -> Self {
        Self {
            asks: Asks::About(words, name.to_owned()),
            input: None,
        }
    }

    /// Draws it in one line.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let width = area.width.saturating_sub(1);
        let words = match &self.asks {
            Asks::Plainly(words) => format!("{words} "),
            Asks::About(words, name) => {
                let room = usize::from(width).saturating_sub(words("").width());
                words(&truncated(name, room, look.glyphs.ellipsis))
            }
        };
        let used = write(
            buffer,
            (area.x + 1, area.y),
            &words,
            width,
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
