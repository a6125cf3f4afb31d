//! The reader: the text in one centred column, every name coloured by its kind.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::entity::{Field, Mention};
use crate::layout::{inside, text_column};
use crate::pane::reader::typeset::{SetLine, typeset};
use crate::pane::{Look, frame, kind, truncated, write};
use crate::story::{Highlight, Place, Story, Subject};
use crate::theme::Kind;

pub mod hyphen;
pub mod typeset;

/// The name chosen in the sidebar: its mentions, and the one the user is at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Who or what.
    pub subject: Subject,
    mentions: Vec<Mention>,
    at: usize,
}

impl Chosen {
    /// Which mention the user is at, from 1, and how many there are.
    pub fn position(&self) -> (usize, usize) {
        (self.at + 1, self.mentions.len())
    }
}

/// The set text and where the user is in it.
#[derive(Debug, Default, Clone)]
pub struct Reader {
    lines: Vec<SetLine>,
    width: u16,
    top: usize,
    /// What the user last scrolled to: a window that grows and shrinks again comes back to it.
    anchor: Option<Place>,
    chosen: Option<Chosen>,
    /// Where the text answers what is searched for, in reading order and apart.
    hits: Vec<Mention>,
}

impl Reader {
    /// Sets a story from the place last read, with no name chosen.
    pub fn show(&mut self, story: &Story, place: Option<Place>, setting: Setting) {
        *self = Self {
            anchor: place,
            ..Self::default()
        };
        self.set(story, setting);
    }

    /// Sets the story anew if the column has another width, and shows the place the user was at.
    pub fn set(&mut self, story: &Story, setting: Setting) {
        let width = setting.column().width;
        if width != self.width && width > 0 {
            self.lines = typeset(&story.document(), width, setting.hyphenate);
            self.width = width;
        }
        let line = self.anchor.map_or(0, |place| self.line_of(place));
        self.top = line.min(self.last_top(setting));
    }

    /// Marks where the text answers what is searched for.
    pub fn mark_hits(&mut self, hits: Vec<Mention>) {
        self.hits = hits;
    }

    /// Whether any such place is marked.
    pub fn has_hits(&self) -> bool {
        !self.hits.is_empty()
    }

    /// The place to come back to, once the user has left the beginning.
    pub fn place(&self) -> Option<Place> {
        self.anchor
    }

    /// Scrolls by lines, to the first or the last full page at most.
    pub fn scroll_by(&mut self, delta: isize, setting: Setting) {
        self.scroll_to(self.top.saturating_add_signed(delta), setting);
    }

    /// Scrolls by pages, a line of each kept in sight.
    pub fn scroll_page(&mut self, pages: isize, setting: Setting) {
        let page =
            isize::from(i16::try_from(setting.column().height).unwrap_or(i16::MAX) - 1).max(1);
        self.scroll_by(pages.saturating_mul(page), setting);
    }

    /// Scrolls so that a line is the top one, or the last page is shown.
    pub fn scroll_to(&mut self, line: usize, setting: Setting) {
        self.top = line.min(self.last_top(setting));
        self.anchor = self
            .lines
            .get(self.top)
            .map(|line| (line.field, line.range.start));
    }

    /// The name whose mentions are lit.
    pub fn chosen(&self) -> Option<&Chosen> {
        self.chosen.as_ref()
    }

    /// Lights a name's mentions and scrolls to the first, or to the one at `place`.
    pub fn choose(
        &mut self,
        story: &Story,
        subject: Subject,
        place: Option<Place>,
        setting: Setting,
    ) {
        let mentions = story.mentions(subject);
        let at = place.and_then(|(field, byte)| {
            mentions
                .iter()
                .position(|mention| mention.field == field && mention.range().contains(&byte))
        });
        self.chosen = Some(Chosen {
            subject,
            mentions,
            at: at.unwrap_or(0),
        });
        self.bring_into_view(setting);
    }

    /// Puts the light out; gives whether there was one.
    pub fn choose_nothing(&mut self) -> bool {
        self.chosen.take().is_some()
    }

    /// The person or country named next below the top of the screen, or last above it, and where;
    /// round the ends of the text.
    pub fn nearest(&self, story: &Story, forward: bool) -> Option<(Subject, Place)> {
        let shown = |subject| matches!(subject, Subject::Person(_) | Subject::Country(_));
        let names = || {
            story
                .highlights()
                .iter()
                .filter(move |highlight| shown(highlight.subject))
        };
        let top = self
            .lines
            .get(self.top)
            .map(|line| (line.field, line.range.start))?;
        let place = |highlight: &Highlight| (highlight.mention.field, highlight.mention.start);
        let found = if forward {
            names()
                .find(|highlight| place(highlight) >= top)
                .or_else(|| names().next())
        } else {
            names()
                .rfind(|highlight| place(highlight) < top)
                .or_else(|| names().next_back())
        };
        found.map(|highlight| (highlight.subject, place(highlight)))
    }

    /// Goes to the next or an earlier mention of the chosen name, round and round.
    pub fn step_mention(&mut self, step: isize, setting: Setting) {
        if let Some(chosen) = &mut self.chosen {
            let count = isize::try_from(chosen.mentions.len())
                .unwrap_or(isize::MAX)
                .max(1);
            let at = isize::try_from(chosen.at).unwrap_or(0);
            chosen.at = usize::try_from((at + step).rem_euclid(count)).unwrap_or(0);
            self.bring_into_view(setting);
        }
    }

    /// The name drawn at a cell, and the place of the cell in the text.
    pub fn subject_at(
        &self,
        story: &Story,
        setting: Setting,
        cell: (u16, u16),
    ) -> Option<(Subject, Place)> {
        let column = setting.column();
        if !column.contains(cell.into()) {
            return None;
        }
        let line = self.lines.get(self.top + usize::from(cell.1 - column.y))?;
        let text = &story.document().field(line.field)[line.range.clone()];
        let byte = line.range.start + byte_at_cell(text, cell.0 - column.x)?;
        let highlight = story
            .highlights_within(line.field, byte, byte + 1)
            .first()?;
        Some((highlight.subject, (line.field, byte)))
    }

    /// Draws the pane.
    pub fn draw(
        &self,
        story: Option<&Story>,
        setting: Setting,
        buffer: &mut Buffer,
        look: &Look<'_>,
    ) {
        let area = setting.area;
        let inner = inside(area);
        let heading = story.map_or_else(Line::default, |story| {
            let room = usize::from(inner.width).saturating_sub(2);
            let facts = truncated(&facts(story, look), room, look.glyphs.ellipsis);
            Line::styled(format!(" {facts} "), look.theme.heading(look.focused))
        });
        let foot = self
            .foot(setting, look)
            .map(|foot| Line::styled(foot, look.theme.muted()));
        frame(area, buffer, look, heading, foot);
        let Some(story) = story else { return };
        let column = setting.column();
        for (line, y) in self
            .lines
            .iter()
            .skip(self.top)
            .zip(column.y..column.bottom())
        {
            self.draw_line(
                story,
                line,
                Rect {
                    y,
                    height: 1,
                    ..column
                },
                buffer,
                look,
            );
        }
        self.draw_scroll_bar(inner, setting, buffer, look);
    }

    fn draw_line(
        &self,
        story: &Story,
        line: &SetLine,
        area: Rect,
        buffer: &mut Buffer,
        look: &Look<'_>,
    ) {
        let field = story.document().field(line.field);
        let plain = match line.field {
            Field::Title => look.theme.title(),
            Field::Standfirst => look.theme.standfirst(),
            Field::Text => look.theme.text(),
        };
        let (mut x, mut at) = (area.x, line.range.start);
        let mut put = |text: &str, style: Style| {
            x += write(
                buffer,
                (x, area.y),
                text,
                area.right().saturating_sub(x),
                style,
            );
        };
        for highlight in story.highlights_within(line.field, line.range.start, line.range.end) {
            let start = highlight.mention.start.max(line.range.start);
            let end = highlight.mention.end.min(line.range.end);
            put(&field[at..start], plain);
            put(
                &field[start..end],
                self.name_style(story, highlight.subject, plain, look),
            );
            at = end;
        }
        put(&field[at..line.range.end], plain);
        if line.hyphen {
            put("-", plain);
        }
        self.draw_hits(field, line, area, buffer, look);
    }

    /// Lays the mark of a hit over what is drawn already.
    fn draw_hits(
        &self,
        field: &str,
        line: &SetLine,
        area: Rect,
        buffer: &mut Buffer,
        look: &Look<'_>,
    ) {
        let first = self
            .hits
            .partition_point(|hit| (hit.field, hit.end) <= (line.field, line.range.start));
        for hit in &self.hits[first..] {
            if (hit.field, hit.start) >= (line.field, line.range.end) {
                return;
            }
            let start = hit.start.max(line.range.start);
            let end = hit.end.min(line.range.end);
            let (Some(before), Some(within)) =
                (field.get(line.range.start..start), field.get(start..end))
            else {
                continue;
            };
            let cells = Rect {
                x: area.x + before.width() as u16,
                width: within.width() as u16,
                ..area
            };
            buffer.set_style(cells.intersection(area), look.theme.hit());
        }
    }

    fn name_style(&self, story: &Story, subject: Subject, plain: Style, look: &Look<'_>) -> Style {
        if self
            .chosen
            .as_ref()
            .is_some_and(|chosen| chosen.subject == subject)
        {
            return look.theme.chosen_name();
        }
        if story.followed.contains(&subject) {
            return plain.patch(look.theme.followed_name(kind(subject)));
        }
        match subject {
            Subject::Person(_) => plain.patch(look.theme.name(Kind::Person)),
            Subject::Country(_) => plain.patch(look.theme.name(Kind::Country)),
            // Folded away in the sidebar, so quiet in the text until one is chosen.
            Subject::Place(_) | Subject::Organisation(_) => plain,
        }
    }

    fn draw_scroll_bar(&self, inner: Rect, setting: Setting, buffer: &mut Buffer, look: &Look<'_>) {
        let height = usize::from(inner.height);
        let total = self.lines.len();
        if inner.width == 0 || height == 0 || total == 0 {
            return;
        }
        let x = inner.right() - 1;
        let row = |line: usize| inner.y + (line * height / total.max(height)) as u16;
        if total > height {
            let bottom = row((self.top + usize::from(setting.column().height)).min(total) - 1);
            for y in row(self.top)..=bottom {
                write(buffer, (x, y), look.glyphs.thumb, 1, look.theme.faint());
            }
        }
        for mention in self.chosen.iter().flat_map(|chosen| &chosen.mentions) {
            let y = row(self.line_of((mention.field, mention.start)));
            write(buffer, (x, y), look.glyphs.tick, 1, look.theme.tick());
        }
    }

    fn foot(&self, setting: Setting, look: &Look<'_>) -> Option<String> {
        let mention = self.chosen.as_ref().map(|chosen| {
            let (at, count) = chosen.position();
            (look.texts.mention_of)(at, count)
        });
        let last = self.last_top(setting);
        let share = (last > 0).then(|| format!("{}%", self.top * 100 / last));
        let words: Vec<String> = mention.into_iter().chain(share).collect();
        (!words.is_empty()).then(|| format!(" {} ", words.join(&format!(" {} ", look.glyphs.dot))))
    }

    /// The line a place stands on.
    fn line_of(&self, place: Place) -> usize {
        let after = self
            .lines
            .partition_point(|line| (line.field, line.range.start) <= place);
        after.saturating_sub(1)
    }

    fn last_top(&self, setting: Setting) -> usize {
        self.lines
            .len()
            .saturating_sub(usize::from(setting.column().height).max(1))
    }

    /// Scrolls to the mention the user is at only if it is not on the screen already, and then so
    /// that it stands in the upper third, with what led up to it above.
    fn bring_into_view(&mut self, setting: Setting) {
        let Some(mention) = self
            .chosen
            .as_ref()
            .and_then(|chosen| chosen.mentions.get(chosen.at))
        else {
            return;
        };
        let line = self.line_of((mention.field, mention.start));
        let height = usize::from(setting.column().height);
        if !(self.top..self.top + height).contains(&line) {
            self.scroll_to(line.saturating_sub(height / 3), setting);
        }
    }
}

/// How the text is set: the pane's place on the screen and the user's wishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The pane with its border.
    pub area: Rect,
    /// The widest the column may be, in cells.
    pub measure: u16,
    /// Whether words are divided.
    pub hyphenate: bool,
}

impl Setting {
    fn column(&self) -> Rect {
        text_column(self.area, self.measure)
    }
}

/// Date, source and reading time.
fn facts(story: &Story, look: &Look<'_>) -> String {
    let date = story.published.map(|published| look.texts.date(published));
    let minutes = (look.texts.reading_minutes)(story.minutes());
    let facts: Vec<String> = date
        .into_iter()
        .chain([story.source.clone(), minutes])
        .collect();
    facts.join(&format!(" {} ", look.glyphs.dot))
}

/// The byte of the character that covers a cell of a line.
fn byte_at_cell(text: &str, cell: u16) -> Option<usize> {
    let mut used = 0;
    for (byte, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > usize::from(cell) {
            return Some(byte);
        }
    }
    None
}
