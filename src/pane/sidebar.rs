//! The sidebar: who is named, with the office the text gives them, and which countries.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use unicode_width::UnicodeWidthStr;

use crate::action::Action;
use crate::layout::inside;
use crate::pane::reader::typeset::wrap;
use crate::pane::{Look, frame, kind, truncated, write};
use crate::story::{Story, Subject};
use crate::theme::Kind;

/// An office takes at most so many lines.
const ROLE_LINES: usize = 2;

/// Which name the user is on, what is folded, and the first line shown.
#[derive(Debug, Default, Clone)]
pub struct Sidebar {
    selected: Option<Subject>,
    unfolded: bool,
    top: usize,
}

/// One line of the pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    Heading(Kind),
    Name(Subject),
    /// A line of the office of the person above: whose, and the bytes of the office on it.
    Role(usize, usize, usize),
    Blank,
    /// How many places and organisations are folded away.
    Folded(usize),
}

impl Sidebar {
    /// Starts anew for another story: nothing selected, at the top.
    pub fn reset(&mut self) {
        self.selected = None;
        self.top = 0;
    }

    /// The name the user is on.
    pub fn selected(&self) -> Option<Subject> {
        self.selected
    }

    /// Selects a name, unfolding its kind if it is folded away.
    pub fn select(&mut self, story: &Story, subject: Option<Subject>, area: Rect) {
        self.selected = subject;
        if matches!(subject, Some(Subject::Place(_) | Subject::Organisation(_))) {
            self.unfolded = true;
        }
        self.keep_in_view(story, area);
    }

    /// Shows or folds away places and organisations. A selected one that is folded away is no
    /// longer selected.
    pub fn toggle_others(&mut self, story: &Story, area: Rect) {
        self.unfolded = !self.unfolded;
        if !self.unfolded
            && matches!(
                self.selected,
                Some(Subject::Place(_) | Subject::Organisation(_))
            )
        {
            self.selected = None;
        }
        self.keep_in_view(story, area);
    }

    /// The name so many further down, to the first or the last at most; the first if none is
    /// selected yet.
    pub fn neighbour(&self, story: &Story, delta: isize) -> Option<Subject> {
        let subjects: Vec<Subject> = self.subjects(story);
        let last = subjects.len().checked_sub(1)?;
        let at = self
            .selected
            .and_then(|selected| subjects.iter().position(|subject| *subject == selected));
        let index = at.map_or(0, |at| at.saturating_add_signed(delta).min(last));
        subjects.get(index).copied()
    }

    /// The name drawn at a row of the screen.
    pub fn subject_at(&self, story: &Story, area: Rect, row: u16) -> Option<Subject> {
        let inner = inside(area);
        let index = self.top + usize::from(row.checked_sub(inner.y)?);
        match self.entries(story, inside(area).width).get(index)? {
            Entry::Name(subject) => Some(*subject),
            Entry::Role(person, ..) => Some(Subject::Person(*person)),
            Entry::Heading(_) | Entry::Blank | Entry::Folded(_) => None,
        }
    }

    /// Whether the line that says what is folded away is drawn at a row of the screen.
    pub fn fold_at(&self, story: &Story, area: Rect, row: u16) -> bool {
        let index = row
            .checked_sub(inside(area).y)
            .map(|row| self.top + usize::from(row));
        let entries = self.entries(story, inside(area).width);
        index
            .and_then(|index| entries.get(index))
            .is_some_and(|entry| matches!(entry, Entry::Folded(_)))
    }

    /// Scrolls by lines without selecting.
    pub fn scroll_by(&mut self, story: &Story, delta: isize, area: Rect) {
        let last = self
            .entries(story, inside(area).width)
            .len()
            .saturating_sub(usize::from(inside(area).height));
        self.top = self.top.saturating_add_signed(delta).min(last);
    }

    /// Scrolls just so far that the selected name, and its heading if it is the first, is shown.
    pub fn keep_in_view(&mut self, story: &Story, area: Rect) {
        let entries = self.entries(story, inside(area).width);
        let height = usize::from(inside(area).height);
        self.top = self.top.min(entries.len().saturating_sub(height));
        let Some(selected) = self.selected else {
            return;
        };
        let Some(first) = entries
            .iter()
            .position(|entry| *entry == Entry::Name(selected))
        else {
            return;
        };
        let roles = entries[first + 1..]
            .iter()
            .take_while(|entry| matches!(entry, Entry::Role(..)));
        let last = first + roles.count();
        let first = if first > 0 && matches!(entries[first - 1], Entry::Heading(_)) {
            first - 1
        } else {
            first
        };
        if first < self.top {
            self.top = first;
        } else if last >= self.top + height {
            self.top = (last + 1).saturating_sub(height);
        }
    }

    /// Draws the pane.
    pub fn draw(&self, story: Option<&Story>, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let heading = format!(" {} ", look.texts.people);
        frame(
            area,
            buffer,
            look,
            Line::styled(heading, look.theme.heading(look.focused)),
            None,
        );
        let Some(story) = story else { return };
        let inner = inside(area);
        let entries = self.entries(story, inside(area).width);
        if entries.is_empty() {
            let lines = textwrap::wrap(
                look.texts.no_names,
                usize::from(inner.width.saturating_sub(2)).max(1),
            );
            for (line, y) in lines.iter().zip(inner.y..inner.bottom()) {
                write(
                    buffer,
                    (inner.x + 1, y),
                    line,
                    inner.width.saturating_sub(2),
                    look.theme.muted(),
                );
            }
        }
        for (entry, y) in entries.iter().skip(self.top).zip(inner.y..inner.bottom()) {
            self.draw_entry(
                story,
                *entry,
                Rect {
                    y,
                    height: 1,
                    ..inner
                },
                buffer,
                look,
            );
        }
    }

    fn draw_entry(
        &self,
        story: &Story,
        entry: Entry,
        area: Rect,
        buffer: &mut Buffer,
        look: &Look<'_>,
    ) {
        let theme = look.theme;
        let start = (area.x + 1, area.y);
        let width = area.width.saturating_sub(2);
        match entry {
            Entry::Heading(kind) => {
                let words = match kind {
                    Kind::Person => look.texts.people,
                    Kind::Country => look.texts.countries,
                    Kind::Place => look.texts.places,
                    Kind::Organisation => look.texts.organisations,
                };
                let used = write(buffer, start, words, width, theme.heading(look.focused)) + 1;
                let rule = look
                    .glyphs
                    .border
                    .horizontal_top
                    .repeat(usize::from(width.saturating_sub(used)));
                write(
                    buffer,
                    (start.0 + used, start.1),
                    &rule,
                    width.saturating_sub(used),
                    theme.faint(),
                );
            }
            Entry::Name(subject) => draw_name(story, subject, area, buffer, look),
            Entry::Role(person, from, to) => {
                let role = story.entities.people[person]
                    .role
                    .as_deref()
                    .unwrap_or_default();
                let role = truncated(&role[from..to], usize::from(width), look.glyphs.ellipsis);
                write(buffer, start, &role, width, theme.muted());
            }
            Entry::Blank => {}
            Entry::Folded(count) => {
                let words = (look.texts.folded)(count, &look.keymap.name(Action::ToggleOthers));
                let words = truncated(&words, usize::from(width), look.glyphs.ellipsis);
                write(buffer, start, &words, width, theme.muted());
            }
        }
        let owner = match entry {
            Entry::Name(subject) => Some(subject),
            Entry::Role(person, ..) => Some(Subject::Person(person)),
            Entry::Heading(_) | Entry::Blank | Entry::Folded(_) => None,
        };
        if owner.is_some() && owner == self.selected {
            buffer.set_style(area, theme.selected(look.focused));
            write(
                buffer,
                (area.x, area.y),
                look.glyphs.selected,
                1,
                theme.border(look.focused),
            );
        }
    }

    /// Every name that is not folded away, from top to bottom.
    fn subjects(&self, story: &Story) -> Vec<Subject> {
        let folded =
            |subject: &Subject| matches!(subject, Subject::Place(_) | Subject::Organisation(_));
        story
            .subjects()
            .filter(|subject| self.unfolded || !folded(subject))
            .collect()
    }

    fn entries(&self, story: &Story, width: u16) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut heading = Some(Kind::Person);
        for subject in self.subjects(story) {
            let kind = kind(subject);
            // The pane's own heading stands for the people.
            if heading != Some(kind) {
                if !entries.is_empty() {
                    entries.push(Entry::Blank);
                }
                entries.push(Entry::Heading(kind));
                heading = Some(kind);
            }
            entries.push(Entry::Name(subject));
            if let Subject::Person(index) = subject {
                let role = story.entities.people[index]
                    .role
                    .as_deref()
                    .unwrap_or_default();
                let lines = role_lines(role, width.saturating_sub(2));
                entries.extend(
                    lines
                        .into_iter()
                        .map(|(from, to)| Entry::Role(index, from, to)),
                );
            }
        }
        let others = story.entities.places.len() + story.entities.organisations.len();
        if !self.unfolded && others > 0 {
            if !entries.is_empty() {
                entries.push(Entry::Blank);
            }
            entries.push(Entry::Folded(others));
        }
        entries
    }
}

fn draw_name(story: &Story, subject: Subject, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
    let theme = look.theme;
    let width = area.width.saturating_sub(2);
    let name = story.name(subject);
    let (label, said) = match subject {
        Subject::Country(index) => {
            let country = &story.entities.countries[index];
            let said = if country.mentions.is_empty() {
                story.seats(index).join(", ")
            } else {
                count(story, subject)
            };
            (format!("{} ", country.code), said)
        }
        _ => (String::new(), count(story, subject)),
    };
    // The name comes before what is said of it: a long seat is cut first.
    let room = usize::from(width).saturating_sub(label.width() + name.width() + 1);
    let said = truncated(&said, room.max(3), look.glyphs.ellipsis);
    let room = usize::from(width).saturating_sub(label.width() + said.width() + 1);
    let mark = if story.followed.contains(&subject) {
        look.glyphs.followed
    } else {
        ""
    };
    let name = truncated(
        name,
        room.saturating_sub(2 * mark.width()),
        look.glyphs.ellipsis,
    );
    let start = area.x + 1;
    let used = write(buffer, (start, area.y), &label, width, theme.muted());
    write(
        buffer,
        (start + used, area.y),
        &name,
        width.saturating_sub(used),
        theme.name(kind(subject)),
    );
    let after = start + used + name.width() as u16 + 1;
    write(buffer, (after, area.y), mark, 1, theme.accent());
    let right = (start + width).saturating_sub(said.width() as u16);
    write(
        buffer,
        (right, area.y),
        &said,
        said.width() as u16,
        theme.muted(),
    );
}

/// The bytes of an office on each of its lines; the last line runs on to the end, to be cut where
/// it is drawn.
fn role_lines(role: &str, width: u16) -> Vec<(usize, usize)> {
    let mut lines: Vec<(usize, usize)> = wrap(role, width, false)
        .into_iter()
        .map(|(range, _)| (range.start, range.end))
        .collect();
    if lines.len() > ROLE_LINES {
        lines.truncate(ROLE_LINES);
        lines[ROLE_LINES - 1].1 = role.len();
    }
    lines
}

fn count(story: &Story, subject: Subject) -> String {
    story.mentions(subject).len().to_string()
}
