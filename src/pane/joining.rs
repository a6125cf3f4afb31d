//! Joining a name with another: one types the other name and chooses among those that articles
//! have.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::layout::inside;
use crate::lookup::{Asked, Card, Named, Who};
use crate::pane::input::Input;
use crate::pane::lines::draw_named;
use crate::pane::menu::{Entry, Menu, open, over};
use crate::pane::{Look, truncated, write};

/// The widest it is drawn.
const WIDTH: u16 = 60;
/// Names shown at a time.
const ROWS: usize = 10;

/// Whose name is joined, what was typed, and the names it may mean.
#[derive(Debug, Clone)]
pub struct Joining {
    asked: Asked,
    who: Who,
    name: String,
    input: Input,
    people: Vec<Named>,
    menu: Menu,
}

/// What a key in it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Nothing more.
    Nothing,
    /// To close it.
    Close,
    /// The names that these words may mean, of the library that knows someone.
    Suggest(Who, String),
    /// To join two names.
    Join {
        /// The one, as it was asked for.
        one: Asked,
        /// Whose card it has now.
        before: Who,
        /// The other.
        other: Who,
    },
}

impl Joining {
    /// Asks for a name to join with that of a card.
    pub fn new(card: &Card) -> Self {
        Self {
            asked: card.asked.clone(),
            who: card.who,
            name: card.name.clone(),
            input: Input::default(),
            people: Vec::new(),
            menu: Menu::default(),
        }
    }

    /// Takes a key.
    pub fn key(&mut self, event: KeyEvent, screen: Rect) -> Wish {
        let count = self.people.len();
        match event.code {
            KeyCode::Esc => return Wish::Close,
            KeyCode::Enter => {
                let chosen = self.people.get(self.menu.selected());
                return chosen.map_or(Wish::Nothing, |named| Wish::Join {
                    one: self.asked.clone(),
                    before: self.who,
                    other: named.who,
                });
            }
            KeyCode::Up | KeyCode::BackTab => self.menu.move_by(-1, count),
            KeyCode::Down | KeyCode::Tab => self.menu.move_by(1, count),
            KeyCode::PageUp => self.menu.move_by(-10, count),
            KeyCode::PageDown => self.menu.move_by(10, count),
            _ => {
                let before = self.input.value().to_owned();
                self.input.key(event);
                if self.input.value() != before {
                    return self.typed();
                }
            }
        }
        self.fit(screen);
        Wish::Nothing
    }

    /// Takes a text that was pasted.
    pub fn paste(&mut self, text: &str) -> Wish {
        self.input.paste(text);
        self.typed()
    }

    /// Takes in the names that what is typed may mean; those of an earlier letter come too late.
    pub fn suggest(&mut self, typed: &str, people: Vec<Named>, screen: Rect) {
        if typed == self.input.value() {
            self.people = people;
            self.people.retain(|named| named.who != self.who);
            self.menu = Menu::default();
            self.fit(screen);
        }
    }

    /// Keeps the user's row on a screen of another size.
    pub fn fit(&mut self, screen: Rect) {
        let height = usize::from(inside(area(screen)).height.saturating_sub(1));
        self.menu.keep_in_view(&self.entries(), height);
    }

    /// Draws it over the middle of the screen.
    pub fn draw(&self, screen: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let area = area(screen);
        let texts = look.texts.lookup;
        let heading = (texts.join_with)(&self.name);
        let heading = truncated(
            &heading,
            usize::from(area.width.saturating_sub(4)),
            look.glyphs.ellipsis,
        );
        let inner = open(area, buffer, look, &heading, texts.join_keys);
        let line = Rect {
            x: inner.x + 1,
            width: inner.width.saturating_sub(2),
            height: inner.height.min(1),
            ..inner
        };
        self.input.draw(line, buffer, look);
        let list = Rect {
            y: inner.y + line.height,
            height: inner.height - line.height,
            ..inner
        };
        if self.people.is_empty() && !self.input.value().trim().is_empty() {
            let start = (list.x + 1, list.y);
            write(
                buffer,
                start,
                texts.no_such_name,
                line.width,
                look.theme.muted(),
            );
        }
        let most = self.people.iter().map(|named| named.articles).max();
        self.menu.draw(
            &self.entries(),
            list,
            buffer,
            look,
            |index, line, buffer| {
                draw_named(&self.people[index], most.unwrap_or(0), line, buffer, look);
            },
        );
    }

    fn typed(&mut self) -> Wish {
        if self.input.value().trim().is_empty() {
            self.people.clear();
            return Wish::Nothing;
        }
        Wish::Suggest(self.who, self.input.value().to_owned())
    }

    fn entries(&self) -> Vec<Entry<'static>> {
        (0..self.people.len()).map(Entry::Item).collect()
    }
}

fn area(screen: Rect) -> Rect {
    over(screen, WIDTH, ROWS + 1)
}
