//! One line that is typed into.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use tui_input::{Input as Line, InputRequest};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::pane::{Look, write};

/// What was typed, and where the user is in it.
#[derive(Debug, Default, Clone)]
pub struct Input {
    line: Line,
}

impl Input {
    /// A line that holds a text, with the user at its end.
    pub fn new(text: &str) -> Self {
        Self {
            line: Line::new(text.to_owned()),
        }
    }

    /// What was typed.
    pub fn value(&self) -> &str {
        self.line.value()
    }

    /// Takes a key as a shell's line does; gives whether it was one that types or moves here.
    pub fn key(&mut self, event: KeyEvent) -> bool {
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        let request = match event.code {
            KeyCode::Char('a') if control => InputRequest::GoToStart,
            KeyCode::Char('e') if control => InputRequest::GoToEnd,
            KeyCode::Char('u') if control => InputRequest::DeleteFromStart,
            KeyCode::Char('k') if control => InputRequest::DeleteTillEnd,
            KeyCode::Char('w') if control => InputRequest::DeletePrevWord,
            KeyCode::Char('h') if control => InputRequest::DeletePrevChar,
            KeyCode::Char('b') if alt => InputRequest::GoToPrevWord,
            KeyCode::Char('f') if alt => InputRequest::GoToNextWord,
            KeyCode::Char(letter) if !control && !alt => InputRequest::InsertChar(letter),
            KeyCode::Backspace if control || alt => InputRequest::DeletePrevWord,
            KeyCode::Backspace => InputRequest::DeletePrevChar,
            KeyCode::Delete => InputRequest::DeleteNextChar,
            KeyCode::Left if control || alt => InputRequest::GoToPrevWord,
            KeyCode::Right if control || alt => InputRequest::GoToNextWord,
            KeyCode::Left => InputRequest::GoToPrevChar,
            KeyCode::Right => InputRequest::GoToNextChar,
            KeyCode::Home => InputRequest::GoToStart,
            KeyCode::End => InputRequest::GoToEnd,
            _ => return false,
        };
        self.line.handle(request);
        true
    }

    /// Puts a text in where the user is; line ends in it become blanks.
    pub fn paste(&mut self, text: &str) {
        for letter in text.trim().chars() {
            let letter = if letter.is_whitespace() { ' ' } else { letter };
            if !letter.is_control() {
                self.line.handle(InputRequest::InsertChar(letter));
            }
        }
    }

    /// Draws the end of the line that the user is at, with the cursor.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let width = usize::from(area.width);
        if width == 0 || area.height == 0 {
            return;
        }
        let scroll = self.line.visual_scroll(width.saturating_sub(1));
        let (mut column, mut start) = (0, self.value().len());
        for (at, letter) in self.value().grapheme_indices(true) {
            if column >= scroll {
                start = at;
                break;
            }
            column += letter.width();
        }
        let shown = &self.value()[start..];
        write(
            buffer,
            (area.x, area.y),
            shown,
            area.width,
            look.theme.text(),
        );
        let cursor = self.line.visual_cursor().saturating_sub(column) as u16;
        if cursor < area.width {
            let cell = Rect::new(area.x + cursor, area.y, 1, 1);
            buffer.set_style(cell, Style::new().add_modifier(Modifier::REVERSED));
        }
    }
}
