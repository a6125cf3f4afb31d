//! The command palette: every action by its words, narrowed down as one types.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::action::Action;
use crate::keymap::Keymap;
use crate::language::Texts;
use crate::layout::inside;
use crate::pane::input::Input;
use crate::pane::menu::{Entry, Menu, open, over};
use crate::pane::{Look, truncated, write, write_right};

/// The widest it is drawn.
const WIDTH: u16 = 60;

/// What was typed, and the action the user is on.
#[derive(Debug, Default, Clone)]
pub struct Palette {
    input: Input,
    menu: Menu,
}

/// What a key in it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Nothing more.
    Nothing,
    /// To close it.
    Close,
    /// To close it and do this.
    Do(Action),
}

impl Palette {
    /// Takes a key.
    pub fn key(&mut self, event: KeyEvent, texts: &Texts, screen: Rect) -> Wish {
        let actions = self.shown(texts);
        let count = actions.len();
        match event.code {
            KeyCode::Esc => return Wish::Close,
            KeyCode::Enter => {
                return actions
                    .get(self.menu.selected())
                    .map_or(Wish::Close, |action| Wish::Do(*action));
            }
            KeyCode::Up | KeyCode::BackTab => self.menu.move_by(-1, count),
            KeyCode::Down | KeyCode::Tab => self.menu.move_by(1, count),
            KeyCode::PageUp => self.menu.move_by(-10, count),
            KeyCode::PageDown => self.menu.move_by(10, count),
            _ => {
                if self.input.key(event) {
                    self.menu = Menu::default();
                }
            }
        }
        self.fit(texts, screen);
        Wish::Nothing
    }

    /// Keeps the user's row on a screen of another size.
    pub fn fit(&mut self, texts: &Texts, screen: Rect) {
        let height = usize::from(inside(area(screen)).height.saturating_sub(1));
        let count = self.shown(texts).len();
        let entries: Vec<Entry<'_>> = (0..count).map(Entry::Item).collect();
        self.menu.keep_in_view(&entries, height);
    }

    /// Draws it over the middle of the screen.
    pub fn draw(&self, screen: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let actions = self.shown(look.texts);
        // It stays where it is and becomes shorter while one types.
        let whole = area(screen);
        let lines = u16::try_from(actions.len()).unwrap_or(u16::MAX);
        let area = Rect {
            height: whole.height.min(lines.saturating_add(3)),
            ..whole
        };
        let inner = open(
            area,
            buffer,
            look,
            look.texts.palette,
            look.texts.palette_keys,
        );
        let used = write(
            buffer,
            (inner.x + 1, inner.y),
            ": ",
            inner.width.saturating_sub(1),
            look.theme.accent(),
        );
        let line = Rect {
            x: inner.x + 1 + used,
            width: inner.width.saturating_sub(used + 2),
            height: 1.min(inner.height),
            ..inner
        };
        self.input.draw(line, buffer, look);
        let rows = Rect {
            y: inner.y + 1.min(inner.height),
            height: inner.height.saturating_sub(1),
            ..inner
        };
        let entries: Vec<Entry<'_>> = (0..actions.len()).map(Entry::Item).collect();
        self.menu
            .draw(&entries, rows, buffer, look, |item, line, buffer| {
                let action = actions[item];
                let keys = keys(look.keymap, action);
                let room = usize::from(line.width).saturating_sub(keys.width() + 1);
                let words = truncated((look.texts.action)(action), room, look.glyphs.ellipsis);
                write(
                    buffer,
                    (line.x, line.y),
                    &words,
                    room as u16,
                    look.theme.text(),
                );
                write_right(buffer, line, &keys, look.theme.muted());
            });
    }

    /// Puts a text into the line that is typed.
    pub fn paste(&mut self, text: &str) {
        self.input.paste(text);
        self.menu = Menu::default();
    }

    /// The actions that have every word typed in their words, those that begin so first.
    fn shown(&self, texts: &Texts) -> Vec<Action> {
        let typed = self.input.value().trim().to_lowercase();
        let mut actions: Vec<Action> = Action::ALL
            .into_iter()
            .filter(|action| *action != Action::Palette)
            .filter(|action| {
                let words = (texts.action)(*action).to_lowercase();
                typed.split_whitespace().all(|part| words.contains(part))
            })
            .collect();
        actions.sort_by_key(|action| !(texts.action)(*action).to_lowercase().starts_with(&typed));
        actions
    }
}

fn keys(keymap: &Keymap, action: Action) -> String {
    let keys: Vec<String> = keymap
        .keys(action)
        .iter()
        .map(ToString::to_string)
        .collect();
    keys.join(" ")
}

fn area(screen: Rect) -> Rect {
    over(screen, WIDTH, Action::ALL.len())
}
