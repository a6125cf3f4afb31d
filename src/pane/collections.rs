//! What the list can show, to choose from: everything, searches kept, and the feeds by subject.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::collection::{Collection, Scope};
use crate::layout::inside;
use crate::pane::menu::{Entry, Menu, open, over};
use crate::pane::{Look, truncated, write, write_right};

/// The widest it is drawn.
const WIDTH: u16 = 76;

/// The collections, once they have come, and the one the user is on.
#[derive(Debug, Default, Clone)]
pub struct Collections {
    all: Vec<Collection>,
    menu: Menu,
    has_come: bool,
}

impl Collections {
    /// Takes in what there is; the user stays on the same collection, or is put on the one `shown`.
    pub fn show(&mut self, all: Vec<Collection>, shown: &Scope, screen: Rect) {
        let wanted = match self.selected() {
            Some(collection) => collection.scope.clone(),
            None => shown.clone(),
        };
        self.all = all;
        self.has_come = true;
        let at = self.all.iter().position(|one| one.scope == wanted);
        self.menu
            .move_to(at.unwrap_or(self.menu.selected().min(self.all.len().saturating_sub(1))));
        self.fit(screen);
    }

    /// The collection the user is on.
    pub fn selected(&self) -> Option<&Collection> {
        self.all.get(self.menu.selected())
    }

    /// Moves by so many.
    pub fn move_by(&mut self, delta: isize, screen: Rect) {
        self.menu.move_by(delta, self.all.len());
        self.fit(screen);
    }

    /// Moves to the one drawn at a row of the screen; whether there is one.
    pub fn move_to_row(&mut self, row: u16, screen: Rect) -> bool {
        let inner = inside(self.area(screen));
        let item = row
            .checked_sub(inner.y)
            .and_then(|line| self.menu.item_at(&self.entries(), usize::from(line)));
        if let Some(item) = item {
            self.menu.move_to(item);
        }
        item.is_some()
    }

    /// Whether a cell is within what is drawn.
    pub fn covers(&self, cell: (u16, u16), screen: Rect) -> bool {
        self.area(screen).contains(cell.into())
    }

    /// Keeps the user's row on a screen of another size.
    pub fn fit(&mut self, screen: Rect) {
        let height = usize::from(inside(self.area(screen)).height);
        let mut menu = self.menu;
        menu.keep_in_view(&self.entries(), height);
        self.menu = menu;
    }

    /// Draws them over the middle of the screen.
    pub fn draw(&self, screen: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let area = self.area(screen);
        let foot = truncated(
            look.texts.collection_keys,
            usize::from(area.width.saturating_sub(4)),
            look.glyphs.ellipsis,
        );
        let inner = open(area, buffer, look, look.texts.collections, &foot);
        if !self.has_come {
            write(
                buffer,
                (inner.x + 1, inner.y),
                look.texts.loading,
                inner.width.saturating_sub(1),
                look.theme.muted(),
            );
            return;
        }
        let entries = self.entries();
        self.menu
            .draw(&entries, inner, buffer, look, |index, line, buffer| {
                draw_one(&self.all[index], line, buffer, look);
            });
    }

    fn area(&self, screen: Rect) -> Rect {
        over(screen, WIDTH, self.entries().len().max(1))
    }

    /// The feeds stand under their subjects; what is not a feed stands before them.
    fn entries(&self) -> Vec<Entry<'_>> {
        let mut entries = Vec::with_capacity(self.all.len() + 8);
        let mut group = None;
        for (index, collection) in self.all.iter().enumerate() {
            if collection.subject != group {
                group.clone_from(&collection.subject);
                if let Some(subject) = &collection.subject {
                    entries.push(Entry::Heading(subject));
                }
            }
            entries.push(Entry::Item(index));
        }
        entries
    }
}

/// Title, trouble, whether articles come whole, and how many are unread.
fn draw_one(collection: &Collection, line: Rect, buffer: &mut Buffer, look: &Look<'_>) {
    let count = match collection.count {
        0 => String::new(),
        count => count.to_string(),
    };
    let whole = if collection.full_text {
        format!(" {}", look.texts.whole)
    } else {
        String::new()
    };
    let room = usize::from(line.width).saturating_sub(count.width() + 1);
    let style = if collection.count > 0 && collection.scope != Scope::Saved {
        look.theme.title()
    } else {
        look.theme.text()
    };
    let title = truncated(&collection.title, room, look.glyphs.ellipsis);
    let mut used = write(buffer, (line.x, line.y), &title, room as u16, style);
    let left = |used: u16| (room as u16).saturating_sub(used);
    used += write(
        buffer,
        (line.x + used, line.y),
        &whole,
        left(used),
        look.theme.muted(),
    );
    let said = match (&collection.trouble, &collection.scope) {
        (Some(trouble), _) => Some((format!("  ! {trouble}"), look.theme.alarm())),
        (None, Scope::Search { query, .. }) if *query != collection.title => {
            Some((format!("  {query}"), look.theme.muted()))
        }
        _ => None,
    };
    if let Some((words, style)) = said {
        let words = truncated(&words, usize::from(left(used)), look.glyphs.ellipsis);
        write(buffer, (line.x + used, line.y), &words, left(used), style);
    }
    write_right(buffer, line, &count, look.theme.accent());
}
