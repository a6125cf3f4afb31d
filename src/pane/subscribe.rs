//! Adding a feed: an address is typed, or feeds are chosen from those worth offering.

use std::collections::BTreeSet;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::collection::Offer;
use crate::layout::inside;
use crate::pane::input::Input;
use crate::pane::menu::{Entry, Menu, open, over};
use crate::pane::{Look, truncated, write};

/// The widest it is drawn.
const WIDTH: u16 = 84;
/// Lines over the offers: what is typed, and what is said about it.
const HEAD: u16 = 3;

/// What is typed, what is offered, and what of it is marked.
#[derive(Debug, Default, Clone)]
pub struct Subscribe {
    input: Input,
    offers: Vec<Offer>,
    /// Indices of `offers`.
    marked: BTreeSet<usize>,
    menu: Menu,
    /// The keys go to the offers, not to the line above them.
    choosing: bool,
    /// What is being done, or went wrong.
    said: Option<(String, bool)>,
    /// The address whose feed is being looked for.
    wanted: Option<String>,
}

/// What a key in it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Nothing more.
    Nothing,
    /// To close it.
    Close,
    /// To find the feed at an address.
    Find(String),
    /// Something that is neither an address nor offered.
    Unknown,
    /// To subscribe to these.
    Take(Vec<Offer>),
}

impl Subscribe {
    /// Shows feeds to choose from; what is typed by then stays.
    pub fn offer(&mut self, offers: Vec<Offer>, screen: Rect) {
        self.marked.clear();
        self.offers = offers;
        self.menu = Menu::default();
        self.fit(screen);
    }

    /// Shows what an address leads to, to be chosen from at once.
    pub fn choose(&mut self, offers: Vec<Offer>, screen: Rect) {
        self.input = Input::default();
        self.wanted = None;
        self.choosing = true;
        self.offer(offers, screen);
    }

    /// Whether the user waits for what is at this address.
    pub fn waits_for(&self, typed: &str) -> bool {
        self.wanted.as_deref() == Some(typed)
    }

    /// Says what is being done, or what went wrong.
    pub fn say(&mut self, words: String, is_alarm: bool) {
        self.said = Some((words, is_alarm));
    }

    /// Puts a text into the line that is typed.
    pub fn paste(&mut self, text: &str, screen: Rect) {
        self.choosing = false;
        self.input.paste(text);
        self.typed(screen);
    }

    /// Takes a key.
    pub fn key(&mut self, event: KeyEvent, screen: Rect) -> Wish {
        if event.code == KeyCode::Enter {
            return self.enter();
        }
        if self.choosing {
            return self.key_among_offers(event, screen);
        }
        match event.code {
            KeyCode::Esc if self.input.value().is_empty() => return Wish::Close,
            KeyCode::Esc => {
                self.input = Input::default();
                self.typed(screen);
            }
            KeyCode::Down | KeyCode::Tab if !self.shown().is_empty() => self.choosing = true,
            _ => {
                if self.input.key(event) {
                    self.typed(screen);
                }
            }
        }
        Wish::Nothing
    }

    fn key_among_offers(&mut self, event: KeyEvent, screen: Rect) -> Wish {
        let count = self.shown().len();
        match event.code {
            KeyCode::Esc | KeyCode::Tab | KeyCode::BackTab => self.choosing = false,
            KeyCode::Up | KeyCode::Char('k') if self.menu.selected() == 0 => self.choosing = false,
            KeyCode::Up | KeyCode::Char('k') => self.menu.move_by(-1, count),
            KeyCode::Down | KeyCode::Char('j') => self.menu.move_by(1, count),
            KeyCode::PageUp => self.menu.move_by(-10, count),
            KeyCode::PageDown => self.menu.move_by(10, count),
            KeyCode::Home | KeyCode::Char('g') => self.menu.move_by(isize::MIN, count),
            KeyCode::End | KeyCode::Char('G') => self.menu.move_by(isize::MAX, count),
            KeyCode::Char(' ') => {
                self.toggle();
                self.menu.move_by(1, count);
            }
            _ => {}
        }
        self.fit(screen);
        Wish::Nothing
    }

    fn enter(&mut self) -> Wish {
        let typed = self.input.value().trim().to_owned();
        let shown = self.shown();
        let taken: Vec<usize> = if !self.choosing && is_address(&typed) {
            self.wanted = Some(typed.clone());
            return Wish::Find(typed);
        } else if !self.marked.is_empty() {
            self.marked.iter().copied().collect()
        } else if self.choosing {
            shown
                .get(self.menu.selected())
                .copied()
                .into_iter()
                .collect()
        } else if shown.is_empty() && !typed.is_empty() {
            return Wish::Unknown;
        } else if let ([only], false) = (shown.as_slice(), typed.is_empty()) {
            vec![*only]
        } else {
            self.choosing = !shown.is_empty();
            return Wish::Nothing;
        };
        Wish::Take(
            taken
                .into_iter()
                .filter_map(|index| self.offers.get(index).cloned())
                .collect(),
        )
    }

    /// Marks what is drawn at a row of the screen, or takes the mark off.
    pub fn click(&mut self, row: u16, screen: Rect) {
        let inner = self.rows(screen);
        let shown = self.shown();
        let entries = self.entries(&shown);
        let item = row
            .checked_sub(inner.y)
            .and_then(|line| self.menu.item_at(&entries, usize::from(line)));
        if let Some(item) = item {
            self.choosing = true;
            self.menu.move_to(item);
            self.toggle();
        }
    }

    /// Whether a cell is within what is drawn.
    pub fn covers(&self, cell: (u16, u16), screen: Rect) -> bool {
        self.area(screen).contains(cell.into())
    }

    /// Keeps the user's row on a screen of another size.
    pub fn fit(&mut self, screen: Rect) {
        let height = usize::from(self.rows(screen).height);
        let shown = self.shown();
        let mut menu = self.menu;
        menu.keep_in_view(&self.entries(&shown), height);
        self.menu = menu;
    }

    /// Draws it over the middle of the screen.
    pub fn draw(&self, screen: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let area = self.area(screen);
        let keys = if self.choosing {
            look.texts.offer_keys
        } else {
            look.texts.subscribe_keys
        };
        let keys = truncated(
            keys,
            usize::from(area.width.saturating_sub(4)),
            look.glyphs.ellipsis,
        );
        let inner = open(area, buffer, look, look.texts.subscribe, &keys);
        let used = write(
            buffer,
            (inner.x + 1, inner.y),
            look.texts.address,
            inner.width.saturating_sub(1),
            look.theme.accent(),
        );
        let line = Rect {
            x: inner.x + used + 2,
            width: inner.width.saturating_sub(used + 3),
            height: 1.min(inner.height),
            ..inner
        };
        if self.choosing {
            write(
                buffer,
                (line.x, line.y),
                self.input.value(),
                line.width,
                look.theme.text(),
            );
        } else {
            self.input.draw(line, buffer, look);
        }
        let (words, style) = match &self.said {
            Some((words, true)) => (words.as_str(), look.theme.alarm()),
            Some((words, false)) => (words.as_str(), look.theme.text()),
            None => (look.texts.subscribe_how, look.theme.muted()),
        };
        let width = inner.width.saturating_sub(2);
        let mut lines = textwrap::wrap(words, usize::from(width).max(1));
        let room = usize::from(HEAD.min(inner.height)).saturating_sub(1);
        if lines.len() > room && room > 0 {
            let rest = lines.split_off(room - 1).join(" ");
            lines.push(truncated(&rest, usize::from(width), look.glyphs.ellipsis).into());
        }
        for (line, y) in lines.iter().take(room).zip(inner.y + 1..) {
            write(buffer, (inner.x + 1, y), line, width, style);
        }
        let shown = self.shown();
        let rows = self.rows(screen);
        let entries = self.entries(&shown);
        let menu = self.menu;
        let mut draw_one = |item: usize, line: Rect, buffer: &mut Buffer| {
            let Some(&index) = shown.get(item) else {
                return;
            };
            let offer = &self.offers[index];
            let mark = if self.marked.contains(&index) {
                "[x] "
            } else {
                "[ ] "
            };
            let used = write(
                buffer,
                (line.x, line.y),
                mark,
                line.width,
                look.theme.accent(),
            );
            let room = line.width.saturating_sub(used);
            let title = truncated(&offer.title, usize::from(room), look.glyphs.ellipsis);
            let name = write(
                buffer,
                (line.x + used, line.y),
                &title,
                room,
                look.theme.text(),
            );
            let room = room.saturating_sub(name + 2);
            let address = truncated(&offer.address, usize::from(room), look.glyphs.ellipsis);
            write(
                buffer,
                (line.x + used + name + 2, line.y),
                &address,
                room,
                look.theme.muted(),
            );
        };
        if self.choosing {
            menu.draw(&entries, rows, buffer, look, draw_one);
        } else {
            // Nothing is chosen while one types.
            let mut nobody = menu;
            nobody.move_to(usize::MAX);
            nobody.draw(&entries, rows, buffer, look, &mut draw_one);
        }
    }

    fn toggle(&mut self) {
        if let Some(&index) = self.shown().get(self.menu.selected())
            && !self.marked.remove(&index)
        {
            self.marked.insert(index);
        }
    }

    fn typed(&mut self, screen: Rect) {
        self.said = None;
        self.wanted = None;
        self.menu = Menu::default();
        self.fit(screen);
    }

    /// The offers that have every word typed in their name, subject or address.
    fn shown(&self) -> Vec<usize> {
        let typed = self.input.value().to_lowercase();
        let has = |offer: &Offer| {
            let subject = offer.subject.as_deref().unwrap_or_default();
            let all = format!("{} {subject} {}", offer.title, offer.address).to_lowercase();
            typed.split_whitespace().all(|word| all.contains(word))
        };
        (0..self.offers.len())
            .filter(|&index| has(&self.offers[index]))
            .collect()
    }

    fn entries<'a>(&'a self, shown: &[usize]) -> Vec<Entry<'a>> {
        let mut entries = Vec::new();
        let mut group = None;
        for (item, &index) in shown.iter().enumerate() {
            let subject = self.offers[index].subject.as_deref();
            if subject != group {
                group = subject;
                entries.extend(subject.map(Entry::Heading));
            }
            entries.push(Entry::Item(item));
        }
        entries
    }

    fn area(&self, screen: Rect) -> Rect {
        let all: Vec<usize> = (0..self.offers.len()).collect();
        over(screen, WIDTH, self.entries(&all).len() + usize::from(HEAD))
    }

    fn rows(&self, screen: Rect) -> Rect {
        let inner = inside(self.area(screen));
        Rect {
            y: inner.y + HEAD.min(inner.height),
            height: inner.height.saturating_sub(HEAD),
            ..inner
        }
    }
}

/// An address is told from the name of a feed by its dots.
fn is_address(typed: &str) -> bool {
    typed.contains('.') || typed.contains("://") || typed.starts_with("localhost")
}
