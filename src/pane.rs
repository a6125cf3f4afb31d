//! The panes: one file each with its state, its moves and its drawing.
//!
//! A pane's state is changed only by `App::update`; drawing borrows it and changes nothing. Where
//! everything stands comes from [`crate::layout`], for drawing and moves alike.

use jiff::ZonedDateTime;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::border;
use ratatui::text::Line;
use ratatui::widgets::{Block, Widget};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::keymap::Keymap;
use crate::language::Texts;
use crate::lookup::Who;
use crate::story::Subject;
use crate::theme::{Kind, Theme};

pub mod card;
pub mod collections;
pub mod digest;
pub mod help;
pub mod input;
pub mod joining;
pub mod lines;
pub mod list;
pub mod menu;
pub mod palette;
pub mod question;
pub mod reader;
pub mod relations;
pub mod search;
pub mod sheet;
pub mod sidebar;
pub mod subscribe;

/// What every pane needs to draw itself.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// Colours.
    pub theme: Theme,
    /// Words.
    pub texts: &'static Texts,
    /// Marks and borders.
    pub glyphs: &'static Glyphs,
    /// Keys, where one is named on the screen.
    pub keymap: &'a Keymap,
    /// The time in the user's zone, for the age of an article.
    pub now: &'a ZonedDateTime,
    /// Whether the keys go to this pane.
    pub focused: bool,
}

/// The marks that are not text.
#[derive(Debug)]
pub struct Glyphs {
    border: border::Set<'static>,
    selected: &'static str,
    unread: &'static str,
    saved: &'static str,
    thumb: &'static str,
    tick: &'static str,
    /// Beside a name that the user follows.
    pub followed: &'static str,
    /// Eighths of a cell, from its foot up.
    heights: [&'static str; 8],
    /// Eighths of a cell, from its left.
    lengths: [&'static str; 8],
    /// Beside what has risen, and what has fallen.
    risen: [&'static str; 2],
    /// Stands before what is searched for.
    pub search: &'static str,
    /// Stands before how far a refresh is.
    pub refresh: &'static str,
    /// Stands for what did not fit.
    pub ellipsis: &'static str,
    /// Stands between two facts on a line.
    pub dot: &'static str,
}

/// For terminals that show Unicode; nothing here needs a special font.
pub static UNICODE: Glyphs = Glyphs {
    border: border::ROUNDED,
    selected: "▌",
    unread: "●",
    saved: "★",
    thumb: "▐",
    tick: "◀",
    followed: "◆",
    heights: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    lengths: ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    risen: ["▲", "▼"],
    search: "⌕",
    refresh: "⟳",
    ellipsis: "…",
    dot: "·",
};

/// For terminals whose locale is not UTF-8.
pub static ASCII: Glyphs = Glyphs {
    border: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
    selected: ">",
    unread: "*",
    saved: "!",
    thumb: "#",
    tick: "<",
    followed: "@",
    heights: ["_", ".", ".", ":", ":", "|", "|", "#"],
    lengths: ["-", "-", "-", "-", "=", "=", "=", "="],
    risen: ["^", "v"],
    search: "/",
    refresh: "@",
    ellipsis: "~",
    dot: "-",
};

/// The kind of a subject, for its colour and heading.
pub fn kind(subject: Subject) -> Kind {
    match subject {
        Subject::Person(_) => Kind::Person,
        Subject::Country(_) => Kind::Country,
        Subject::Place(_) => Kind::Place,
        Subject::Organisation(_) => Kind::Organisation,
    }
}

/// The kind of a name that means the same in every article.
pub fn who_kind(who: Who) -> Kind {
    match who {
        Who::Person(_) => Kind::Person,
        Who::Country(_) => Kind::Country,
    }
}

/// Draws a pane's border with words in its upper and lower edge.
fn frame(
    area: Rect,
    buffer: &mut Buffer,
    look: &Look<'_>,
    heading: Line<'_>,
    foot: Option<Line<'_>>,
) {
    let mut block = Block::bordered()
        .border_set(look.glyphs.border)
        .border_style(look.theme.border(look.focused))
        .title_top(heading);
    if let Some(foot) = foot {
        block = block.title_bottom(foot.right_aligned());
    }
    block.render(area, buffer);
}

/// Writes `text` at a cell, cut to `width` cells, and gives the cells it took.
fn write(buffer: &mut Buffer, (x, y): (u16, u16), text: &str, width: u16, style: Style) -> u16 {
    if !buffer.area.contains((x, y).into()) {
        return 0;
    }
    buffer
        .set_stringn(x, y, text, usize::from(width), style)
        .0
        .saturating_sub(x)
}

/// Writes `text` so that it ends where the area ends, if the area holds it.
fn write_right(buffer: &mut Buffer, area: Rect, text: &str, style: Style) {
    let width = text.width() as u16;
    if width <= area.width {
        write(buffer, (area.right() - width, area.y), text, width, style);
    }
}

/// `text` cut to so many cells, an ellipsis in place of what did not fit.
pub fn truncated(text: &str, width: usize, ellipsis: &str) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(ellipsis.width());
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += grapheme.width();
        if used > room {
            break;
        }
        kept.push_str(grapheme);
    }
    kept.truncate(kept.trim_end().len());
    if width >= ellipsis.width() {
        kept.push_str(ellipsis);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truncating_never_passes_the_width_and_cuts_no_grapheme() {
        assert_eq!(truncated("Berita hari ini", 20, "…"), "Berita hari ini");
        assert_eq!(truncated("Berita hari ini", 8, "…"), "Berita…");
        assert_eq!(truncated("日本語", 4, "…"), "日…");
        assert_eq!(truncated("Berita", 1, "…"), "…");
        assert_eq!(truncated("Berita", 0, "…"), "");
    }
}
