//! Lines that several screens share: an article, a name with its number of articles.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::lookup::{Named, Who};
use crate::pane::{Look, truncated, who_kind, write, write_right};
use crate::story::Row;

/// Cells of the bar beside a name.
const BAR: u16 = 10;
/// Cells of a date in a list of articles: "27 Okt 2025" and two blanks.
const DATE: u16 = 13;

/// An article on one line: date, title, and the source where there is room for it.
pub fn draw_article(article: &Row, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
    let theme = look.theme;
    let date = article
        .published
        .map(|published| look.texts.date(published));
    let dated = if area.width < 40 { 0 } else { DATE };
    let title_style = if article.unread {
        theme.title()
    } else {
        theme.text()
    };
    let source = if area.width < 64 {
        String::new()
    } else {
        truncated(&article.source, 18, look.glyphs.ellipsis)
    };
    let said = if source.is_empty() {
        0
    } else {
        source.width() + 2
    };
    if dated > 0 {
        let date = date.unwrap_or_default();
        let room = DATE - 2;
        let from = area.x + room.saturating_sub(date.width() as u16);
        write(buffer, (from, area.y), &date, room, theme.muted());
    }
    let room = usize::from(area.width).saturating_sub(usize::from(dated) + said);
    let title = truncated(&article.title, room, look.glyphs.ellipsis);
    let start = (area.x + dated, area.y);
    write(buffer, start, &title, room as u16, title_style);
    write_right(buffer, area, &source, theme.muted());
}

/// A name with its number of articles and, where there is room, a bar against the `most` of the
/// list.
pub fn draw_named(named: &Named, most: usize, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
    let count = named.articles.to_string();
    let digits = most.max(named.articles).to_string().len();
    let bar = if area.width < 36 { 0 } else { BAR };
    let said = digits as u16 + 1 + bar;
    draw_name(
        named,
        area.width.saturating_sub(said + 1),
        area,
        buffer,
        look,
    );
    let numbers = Rect {
        width: area.width.saturating_sub(if bar > 0 { bar + 1 } else { 0 }),
        ..area
    };
    write_right(buffer, numbers, &count, look.theme.muted());
    if bar > 0 {
        let cells = Rect {
            x: area.right() - bar,
            width: bar,
            ..area
        };
        draw_bar(named.articles, most, cells, buffer, look);
    }
}

/// A name in the colour of its kind, a country after its code, with the mark of a followed one, in
/// at most so many cells; gives the cells it took.
pub fn draw_name(
    named: &Named,
    width: u16,
    area: Rect,
    buffer: &mut Buffer,
    look: &Look<'_>,
) -> u16 {
    let theme = look.theme;
    let mut x = area.x;
    let end = area.x + width;
    if let Who::Country(code) = named.who {
        let code = format!("{code} ");
        x += write(buffer, (x, area.y), &code, width, theme.muted());
    }
    let mark = if named.followed { 2 } else { 0 };
    let room = end.saturating_sub(x + mark);
    let name = truncated(&named.name, usize::from(room), look.glyphs.ellipsis);
    x += write(
        buffer,
        (x, area.y),
        &name,
        room,
        theme.name(who_kind(named.who)),
    );
    if named.followed && x + 1 < end {
        write(
            buffer,
            (x + 1, area.y),
            look.glyphs.followed,
            1,
            theme.accent(),
        );
        x += 2;
    }
    x - area.x
}

/// A bar of eighths of a cell, as long as the area for the `most`.
pub fn draw_bar(value: usize, most: usize, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
    let cells = usize::from(area.width);
    let eighths = (value * cells * 8).div_ceil(most.max(1)).min(cells * 8);
    let [.., full] = look.glyphs.lengths;
    let mut bar = full.repeat(eighths / 8);
    if !eighths.is_multiple_of(8) {
        bar.push_str(look.glyphs.lengths[eighths % 8 - 1]);
    }
    write(
        buffer,
        (area.x, area.y),
        &bar,
        area.width,
        look.theme.faint(),
    );
}
