//! Where everything stands on a screen of a given size: one pure function for drawing, scrolling
//! and mouse clicks alike.

use ratatui::layout::Rect;

/// One of the three panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The article list.
    List,
    /// The text.
    Reader,
    /// People and countries.
    Sidebar,
}

/// How many panes fit beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breadth {
    /// Below 70 columns: one pane at a time.
    Narrow,
    /// 70 to 109 columns: the text with either the list or the sidebar beside it.
    Medium,
    /// From 110 columns: all three.
    Wide,
}

impl Breadth {
    /// The breadth of a screen so many columns wide.
    pub fn of(columns: u16) -> Self {
        match columns {
            0..70 => Self::Narrow,
            70..110 => Self::Medium,
            _ => Self::Wide,
        }
    }
}

/// What the user has chosen to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// The pane the keys go to.
    pub focus: Pane,
    /// Whether the sidebar stands beside the text where all three panes fit.
    pub sidebar_when_wide: bool,
    /// Whether it stands there instead of the list where only two fit.
    pub sidebar_when_medium: bool,
    /// Only the text.
    pub only_text: bool,
}

/// The rectangles of one screen. A pane that is not shown has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layout {
    /// One line at the top.
    pub header: Rect,
    /// The article list with its border.
    pub list: Option<Rect>,
    /// The text with its border.
    pub reader: Option<Rect>,
    /// People and countries with their border.
    pub sidebar: Option<Rect>,
    /// One line at the bottom.
    pub footer: Rect,
}

/// Below this size only one line is shown: that the window is too small.
pub const SMALLEST: (u16, u16) = (20, 6);

impl Layout {
    /// The rectangle of a pane, if it is shown.
    pub fn pane(&self, pane: Pane) -> Option<Rect> {
        match pane {
            Pane::List => self.list,
            Pane::Reader => self.reader,
            Pane::Sidebar => self.sidebar,
        }
    }

    /// Everything between header and footer.
    pub fn body(&self) -> Rect {
        let y = self.header.bottom();
        Rect {
            y,
            height: self.footer.y.saturating_sub(y),
            ..self.header
        }
    }

    /// The shown pane under a cell.
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        [Pane::List, Pane::Reader, Pane::Sidebar]
            .into_iter()
            .find(|&pane| {
                self.pane(pane)
                    .is_some_and(|area| area.contains((column, row).into()))
            })
    }
}

/// Arranges the panes on a screen, or nothing when the screen is below [`SMALLEST`].
pub fn arrange(columns: u16, rows: u16, view: View) -> Option<Layout> {
    if columns < SMALLEST.0 || rows < SMALLEST.1 {
        return None;
    }
    let body = Rect::new(0, 1, columns, rows - 2);
    let mut layout = Layout {
        header: Rect::new(0, 0, columns, 1),
        footer: Rect::new(0, rows - 1, columns, 1),
        ..Layout::default()
    };
    let breadth = Breadth::of(columns);
    if view.only_text {
        layout.reader = Some(body);
        return Some(layout);
    }
    match breadth {
        Breadth::Narrow => match view.focus {
            Pane::List => layout.list = Some(body),
            Pane::Reader => layout.reader = Some(body),
            Pane::Sidebar => layout.sidebar = Some(body),
        },
        Breadth::Medium if view.sidebar_when_medium => {
            let (left, right) = split(body, columns - sidebar_width(columns));
            layout.reader = Some(left);
            layout.sidebar = Some(right);
        }
        Breadth::Medium => {
            let (left, right) = split(body, list_width(columns));
            layout.list = Some(left);
            layout.reader = Some(right);
        }
        Breadth::Wide => {
            let (left, rest) = split(body, list_width(columns));
            layout.list = Some(left);
            layout.reader = Some(rest);
            if view.sidebar_when_wide {
                let (middle, right) = split(rest, rest.width - sidebar_width(columns));
                layout.reader = Some(middle);
                layout.sidebar = Some(right);
            }
        }
    }
    Some(layout)
}

/// A border of one cell on each side.
pub fn inside(area: Rect) -> Rect {
    Rect {
        x: area.x.saturating_add(1),
        y: area.y.saturating_add(1),
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    }
}

/// The text column: centred in the reader, at most `measure` cells wide, with a margin of a cell
/// on each side and a line above.
pub fn text_column(reader: Rect, measure: u16) -> Rect {
    let inner = inside(reader);
    let width = measure.min(inner.width.saturating_sub(3));
    Rect {
        // The scroll bar stands in the last column, so the text is centred in what is left of it.
        x: inner.x + (inner.width.saturating_sub(1).saturating_sub(width)) / 2,
        y: inner.y,
        width,
        height: inner.height,
    }
}

fn list_width(columns: u16) -> u16 {
    (columns * 27 / 100).clamp(28, 44)
}

fn sidebar_width(columns: u16) -> u16 {
    (columns * 22 / 100).clamp(26, 38)
}

fn split(area: Rect, left: u16) -> (Rect, Rect) {
    let left = left.min(area.width);
    (
        Rect {
            width: left,
            ..area
        },
        Rect {
            x: area.x + left,
            width: area.width - left,
            ..area
        },
    )
}
