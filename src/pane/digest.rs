//! The digest: who and what was most in the news of a time, who is new, who rose, with the
//! articles.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

use crate::layout::inside;
use crate::lookup::{Digest, Named, Standing};
use crate::pane::lines::{draw_article, draw_name};
use crate::pane::sheet::{Choice, Column, Cursor, Entry, Part, Sheet, heading};
use crate::pane::{Look, frame, truncated, write, write_right};
use crate::story::Row;

/// From so many cells within the border two columns are set.
const TWO_COLUMNS: u16 = 96;
/// Articles shown under a name.
const ARTICLES: usize = 2;
/// Cells of a number of articles, and of its change.
const COUNT: u16 = 5;
const CHANGE: u16 = 7;

/// A part of the digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Who was named most.
    People,
    /// Which countries were.
    Countries,
    /// Who was not named before.
    New,
    /// Who rose most.
    Risen,
    /// What was told most widely.
    Stories,
}

/// The digest on the screen and where the user is in it.
#[derive(Debug, Clone)]
pub struct DigestPane {
    digest: Digest,
    cursor: Cursor<Section>,
}

/// What a row stands for: a name, or one of its articles.
enum Item<'a> {
    Name(&'a Standing),
    Article(&'a Row),
}

impl DigestPane {
    /// Shows a digest.
    pub fn new(digest: Digest, area: Rect) -> Self {
        let mut pane = Self {
            digest,
            cursor: Cursor::default(),
        };
        pane.fit(area);
        pane
    }

    /// What is shown.
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// Where Enter leads from the row the user is on.
    pub fn choice(&self) -> Option<Choice> {
        let (section, row) = self.cursor.selected()?;
        Some(match self.item(section, row)? {
            Item::Name(standing) => Choice::Card(standing.named.who),
            Item::Article(article) => Choice::Article(article.id),
        })
    }

    /// Whether an article the user is on is unread.
    pub fn is_unread(&self) -> bool {
        let row = self.cursor.selected();
        matches!(
            row.and_then(|(section, row)| self.item(section, row)),
            Some(Item::Article(article)) if article.unread
        )
    }

    /// The name the user is on, or whose article.
    pub fn named(&self) -> Option<&Named> {
        let (section, row) = self.cursor.selected()?;
        (0..=row)
            .rev()
            .find_map(|row| match self.item(section, row)? {
                Item::Name(standing) => Some(&standing.named),
                Item::Article(_) => None,
            })
    }

    /// Draws the digest over everything in an area.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let area = area.intersection(buffer.area);
        Clear.render(area, buffer);
        let (digest, texts) = (&self.digest, look.texts.lookup);
        let days = look.texts.days(digest.since, digest.until);
        let dot = look.glyphs.dot;
        let words = format!(" {} {dot} {days} ", texts.digest);
        let words = truncated(
            &words,
            usize::from(area.width.saturating_sub(2)),
            look.glyphs.ellipsis,
        );
        frame(
            area,
            buffer,
            look,
            Line::styled(words, look.theme.heading(true)),
            None,
        );
        let (head, body) = split(area);
        let columns = self.columns(area);
        if columns.iter().all(|column| column.parts.is_empty()) {
            let width = body.width.saturating_sub(2);
            write(
                buffer,
                (body.x + 1, body.y),
                texts.no_digest,
                width,
                look.theme.muted(),
            );
            return;
        }
        if head.height > 0 {
            let mut line = Line::styled((texts.count)(digest.articles), look.theme.text());
            if digest.before > 0 {
                let before = format!(" {dot} {}", (texts.before)(digest.before));
                line.push_span(Span::styled(before, look.theme.muted()));
            }
            buffer.set_line(head.x, head.y, &line, head.width);
        }
        self.cursor
            .draw(&columns, buffer, look, |entry, cells, buffer| {
                self.draw_entry(entry, cells, buffer, look);
            });
    }

    fn draw_entry(&self, entry: Entry<Section>, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let texts = look.texts.lookup;
        match entry {
            Entry::Heading(section) => {
                let words = match section {
                    Section::People => texts.most_people,
                    Section::Countries => texts.most_countries,
                    Section::New => texts.new,
                    Section::Risen => texts.risen,
                    Section::Stories => texts.stories,
                };
                heading(words, "", area, buffer, look);
            }
            Entry::Row(section, row, _) => match self.item(section, row) {
                Some(Item::Name(standing)) => {
                    draw_standing(standing, self.digest.before, area, buffer, look);
                }
                Some(Item::Article(article)) if section == Section::Stories => {
                    draw_article(article, area, buffer, look);
                }
                Some(Item::Article(article)) => draw_under(article, area, buffer, look),
                None => {}
            },
        }
    }

    fn standings(&self, section: Section) -> &[Standing] {
        match section {
            Section::People => &self.digest.people,
            Section::Countries => &self.digest.countries,
            Section::New => &self.digest.new,
            Section::Risen => &self.digest.risen,
            Section::Stories => &[],
        }
    }

    fn rows(&self, section: Section) -> usize {
        let names = self.standings(section).iter();
        let rows: usize = names.map(|standing| 1 + under(standing).len()).sum();
        match section {
            Section::Stories => self.digest.stories.len(),
            _ => rows,
        }
    }

    fn item(&self, section: Section, mut row: usize) -> Option<Item<'_>> {
        if section == Section::Stories {
            return self.digest.stories.get(row).map(Item::Article);
        }
        for standing in self.standings(section) {
            let articles = under(standing);
            match row.checked_sub(1) {
                None => return Some(Item::Name(standing)),
                Some(index) if index < articles.len() => {
                    return Some(Item::Article(&articles[index]));
                }
                Some(_) => row -= 1 + articles.len(),
            }
        }
        None
    }
}

impl Sheet for DigestPane {
    type Section = Section;

    fn columns(&self, area: Rect) -> Vec<Column<Section>> {
        let (_, body) = split(area);
        let column = |sections: &[Section], area: Rect| Column {
            area,
            parts: sections
                .iter()
                .map(|&section| Part {
                    section,
                    rows: self.rows(section),
                    height: 1,
                    selectable: true,
                })
                .filter(|part| part.rows > 0)
                .collect(),
        };
        let first = [Section::People, Section::Countries];
        let second = [Section::New, Section::Risen, Section::Stories];
        let rest_is_empty = second.iter().all(|section| self.rows(*section) == 0);
        if body.width < TWO_COLUMNS {
            return vec![column(&[first.as_slice(), &second].concat(), body)];
        }
        let width = body.width / 2;
        let left = Rect { width, ..body };
        let right = Rect {
            x: body.x + width,
            width: body.width - width,
            ..body
        };
        if rest_is_empty {
            return vec![column(&first[..1], left), column(&first[1..], right)];
        }
        vec![column(&first, left), column(&second, right)]
    }

    fn cursor(&mut self) -> &mut Cursor<Section> {
        &mut self.cursor
    }
}

/// The articles shown under a name.
fn under(standing: &Standing) -> &[Row] {
    &standing.rows[..standing.rows.len().min(ARTICLES)]
}

/// A name, its office, in how many articles it stands and how that has changed.
/// Where there is no `past` to compare with, nothing is said of a change.
fn draw_standing(
    standing: &Standing,
    past: usize,
    area: Rect,
    buffer: &mut Buffer,
    look: &Look<'_>,
) {
    let (named, theme) = (&standing.named, look.theme);
    let room = area.width.saturating_sub(COUNT + CHANGE + 1);
    let used = draw_name(named, room, area, buffer, look) + 2;
    if let Some(office) = &standing.office
        && used + 8 < room
    {
        let office = truncated(office, usize::from(room - used), look.glyphs.ellipsis);
        write(
            buffer,
            (area.x + used, area.y),
            &office,
            room - used,
            theme.muted(),
        );
    }
    let [up, down] = look.glyphs.risen;
    let (change, style) = match (standing.before, named.articles) {
        _ if past == 0 => (String::new(), theme.muted()),
        (before, now) if now > before => (format!("{up} {}", now - before), theme.accent()),
        (before, now) if now < before => (format!("{down} {}", before - now), theme.muted()),
        _ => ("=".to_owned(), theme.muted()),
    };
    let counts = Rect {
        width: area.width.saturating_sub(CHANGE),
        ..area
    };
    write_right(buffer, counts, &named.articles.to_string(), theme.text());
    write_right(buffer, area, &change, style);
}

/// An article under a name.
fn draw_under(article: &Row, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
    let room = usize::from(area.width.saturating_sub(2));
    let source = if area.width < 64 {
        String::new()
    } else {
        truncated(&article.source, 16, look.glyphs.ellipsis)
    };
    let said = if source.is_empty() {
        0
    } else {
        source.width() + 2
    };
    let title = truncated(
        &article.title,
        room.saturating_sub(said),
        look.glyphs.ellipsis,
    );
    write(
        buffer,
        (area.x + 2, area.y),
        &title,
        room as u16,
        look.theme.muted(),
    );
    write_right(buffer, area, &source, look.theme.faint());
}

/// The line on how much there was, and the columns below it. On a low screen the columns have it
/// all.
fn split(area: Rect) -> (Rect, Rect) {
    let inner = inside(area);
    let head = if inner.height < 8 { 0 } else { 2 };
    let line = Rect {
        x: inner.x + 1,
        width: inner.width.saturating_sub(2),
        height: head,
        ..inner
    };
    let body = Rect {
        y: inner.y + head,
        height: inner.height - head,
        ..inner
    };
    (line, body)
}
