//! Who is named with whom: a table of pairs that one can sort.

use std::cmp::Reverse;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget};

use crate::layout::inside;
use crate::lookup::{Named, Relation, Who};
use crate::pane::lines::{draw_bar, draw_name};
use crate::pane::{Look, frame, truncated, write, write_right};

/// Cells of the columns at the right.
const TOGETHER: u16 = 9;
const MEASURE: u16 = 8;
const LAST: u16 = 14;
/// The least of the bars, and the most of a name where bars are drawn.
const BAR: u16 = 18;
const NAME: u16 = 40;
/// Below these widths a column is left out.
const WITH_MEASURE: u16 = 50;
const WITH_LAST: u16 = 64;
const WITH_BAR: u16 = 100;

/// By which column the table is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Most articles together first.
    #[default]
    Together,
    /// Closest first.
    Measure,
    /// Newest first.
    Last,
    /// By name.
    Pair,
}

/// The table, its order, and where the user is in it.
#[derive(Debug, Clone, Default)]
pub struct RelationsPane {
    relations: Vec<Relation>,
    /// In so many articles, the latest of the list, was looked.
    among: usize,
    sort: Sort,
    selected: usize,
    top: usize,
}

impl RelationsPane {
    /// Shows a table of so many articles.
    pub fn new(relations: Vec<Relation>, among: usize) -> Self {
        let mut pane = Self {
            relations,
            among,
            ..Self::default()
        };
        pane.sort();
        pane
    }

    /// The rows in their order.
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// By which column they are sorted.
    pub fn sorted_by(&self) -> Sort {
        self.sort
    }

    /// Moves by rows, to the first or the last at most.
    pub fn move_by(&mut self, delta: isize, area: Rect) {
        let last = self.relations.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(delta).min(last);
        self.fit(area);
    }

    /// Moves by the rows that fit on the screen.
    pub fn page(&mut self, pages: isize, area: Rect) {
        let height = isize::from(i16::try_from(table(area).height).unwrap_or(i16::MAX));
        self.move_by(pages.saturating_mul((height - 1).max(1)), area);
    }

    /// Sorts by the next column; the user stays on the same pair.
    pub fn change_sort(&mut self, area: Rect) {
        let pair = self.choice().map(pair);
        self.sort = match self.sort {
            Sort::Together => Sort::Measure,
            Sort::Measure => Sort::Last,
            Sort::Last => Sort::Pair,
            Sort::Pair => Sort::Together,
        };
        self.sort();
        let at = self
            .relations
            .iter()
            .position(|relation| Some(self::pair(relation)) == pair);
        self.selected = at.unwrap_or(0);
        self.fit(area);
    }

    /// Puts the user on the row drawn at a cell; whether there is one.
    pub fn click(&mut self, (x, y): (u16, u16), area: Rect) -> bool {
        let table = table(area);
        let row = self.top + usize::from(y.saturating_sub(table.y));
        let hit = table.contains((x, y).into()) && row < self.relations.len();
        if hit {
            self.selected = row;
        }
        hit
    }

    /// The pair the user is on.
    pub fn choice(&self) -> Option<&Relation> {
        self.relations.get(self.selected)
    }

    /// Scrolls just so far that the selected row is on the screen, and so that no room is left
    /// below the last row while there are rows above.
    pub fn fit(&mut self, area: Rect) {
        let height = usize::from(table(area).height).max(1);
        let lowest = self.relations.len().saturating_sub(height);
        let top = self.top.min(self.selected).min(lowest);
        self.top = top.max((self.selected + 1).saturating_sub(height));
    }

    /// Draws the table over everything in an area.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let area = area.intersection(buffer.area);
        Clear.render(area, buffer);
        let texts = look.texts.lookup;
        let heading = Line::styled(format!(" {} ", texts.relations), look.theme.heading(true));
        let foot = (!self.relations.is_empty()).then(|| {
            let among = (texts.of_latest)(self.among);
            let (row, rows) = (self.selected + 1, self.relations.len());
            let position = format!(" {among} {} {row}/{rows} ", look.glyphs.dot);
            Line::styled(position, look.theme.muted())
        });
        frame(area, buffer, look, heading, foot);
        let table = table(area);
        if self.relations.is_empty() {
            let words = truncated(
                texts.no_relations,
                usize::from(table.width.saturating_sub(2)),
                look.glyphs.ellipsis,
            );
            write(
                buffer,
                (table.x + 1, inside(area).y),
                &words,
                table.width,
                look.theme.muted(),
            );
            return;
        }
        self.draw_head(area, buffer, look);
        let most = self.relations.iter().map(|relation| relation.together);
        let most = most.max().unwrap_or(0);
        let rows = self.relations.iter().enumerate().skip(self.top);
        for ((index, relation), y) in rows.zip(table.y..table.bottom()) {
            let row = Rect {
                y,
                height: 1,
                ..table
            };
            draw_row(relation, most, row, buffer, look);
            if index == self.selected {
                buffer.set_style(row, look.theme.selected(true));
                let mark = look.glyphs.selected;
                write(buffer, (row.x, y), mark, 1, look.theme.border(true));
            }
        }
    }

    fn draw_head(&self, area: Rect, buffer: &mut Buffer, look: &Look<'_>) {
        let inner = inside(area);
        let places = Places::of(Rect { height: 1, ..inner });
        let texts = look.texts.lookup;
        let words = |words: &str, sort: Sort| {
            if self.sort == sort {
                format!("{words} {}", look.glyphs.risen[1])
            } else {
                words.to_owned()
            }
        };
        let style = |sort: Sort| {
            if self.sort == sort {
                look.theme.heading(true)
            } else {
                look.theme.muted()
            }
        };
        let pair = words(texts.pair, Sort::Pair);
        let start = (places.one.x, inner.y);
        write(buffer, start, &pair, places.one.width, style(Sort::Pair));
        for (place, text, sort) in [
            (Some(places.together), texts.together, Sort::Together),
            (places.measure, texts.measure, Sort::Measure),
            (places.last, texts.last, Sort::Last),
        ] {
            if let Some(place) = place {
                write_right(buffer, place, &words(text, sort), style(sort));
            }
        }
    }

    fn sort(&mut self) {
        let names = |relation: &Relation| {
            let (one, other) = (&relation.one.name, &relation.other.name);
            (one.to_lowercase(), other.to_lowercase())
        };
        match self.sort {
            Sort::Together => self
                .relations
                .sort_by_cached_key(|relation| (Reverse(relation.together), names(relation))),
            Sort::Measure => self.relations.sort_by(|one, other| {
                let measure = other.measure.total_cmp(&one.measure);
                measure.then(other.together.cmp(&one.together))
            }),
            Sort::Last => self
                .relations
                .sort_by_cached_key(|relation| (Reverse(relation.last), names(relation))),
            Sort::Pair => self.relations.sort_by_cached_key(names),
        }
    }
}

fn pair(relation: &Relation) -> (Who, Who) {
    (relation.one.who, relation.other.who)
}

/// The cells of each column on one row.
struct Places {
    one: Rect,
    other: Rect,
    together: Rect,
    bar: Option<Rect>,
    measure: Option<Rect>,
    last: Option<Rect>,
}

impl Places {
    fn of(row: Rect) -> Self {
        let mut right = row.right().saturating_sub(1).max(row.x);
        let mut take = |width: u16, shown: bool| {
            shown.then(|| {
                let width = width.min(right - row.x);
                right -= width;
                Rect {
                    x: right,
                    width,
                    ..row
                }
            })
        };
        let last = take(LAST, row.width >= WITH_LAST);
        let measure = take(MEASURE, row.width >= WITH_MEASURE);
        // What the names have no use for makes the bars longer.
        let spare = row
            .width
            .saturating_sub(2 * NAME + TOGETHER + MEASURE + LAST);
        let bar = take(spare.max(BAR), row.width >= WITH_BAR);
        let together = take(TOGETHER, true).unwrap_or(row);
        let x = (row.x + 1).min(right);
        let width = right - x;
        let half = width / 2;
        Self {
            one: Rect {
                x,
                width: half,
                ..row
            },
            other: Rect {
                x: x + half,
                width: width - half,
                ..row
            },
            together,
            bar: bar.map(|bar| Rect {
                x: bar.x + 2.min(bar.width),
                width: bar.width.saturating_sub(2),
                ..bar
            }),
            measure,
            last,
        }
    }
}

/// The rows under the head of the table.
fn table(area: Rect) -> Rect {
    let inner = inside(area);
    let head = u16::from(inner.height > 1);
    Rect {
        y: inner.y + head,
        height: inner.height - head,
        ..inner
    }
}

fn draw_row(relation: &Relation, most: usize, row: Rect, buffer: &mut Buffer, look: &Look<'_>) {
    let places = Places::of(row);
    let mut name = |named: &Named, place: Rect| {
        draw_name(named, place.width.saturating_sub(1), place, buffer, look);
    };
    name(&relation.one, places.one);
    name(&relation.other, places.other);
    let together = relation.together.to_string();
    write_right(buffer, places.together, &together, look.theme.text());
    if let Some(place) = places.bar {
        draw_bar(relation.together, most, place, buffer, look);
    }
    if let Some(place) = places.measure {
        let share = format!(
            "{:.0}%",
            f64::from(relation.measure.clamp(0.0, 1.0)) * 100.0
        );
        write_right(buffer, place, &share, look.theme.muted());
    }
    if let (Some(place), Some(day)) = (places.last, relation.last) {
        write_right(buffer, place, &look.texts.day(day), look.theme.muted());
    }
}
