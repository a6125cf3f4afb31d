//! A bar chart over time: so many articles by day, week or month.

use jiff::ToSpan;
use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::pane::{Look, write, write_right};

/// The time one bar stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A day.
    Day,
    /// A week from Monday.
    Week,
    /// A month.
    Month,
}

impl Unit {
    const ALL: [Unit; 3] = [Unit::Day, Unit::Week, Unit::Month];

    /// The next longer one; after the longest the shortest.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Day => Self::Week,
            Self::Week => Self::Month,
            Self::Month => Self::Day,
        }
    }

    /// The shortest by which all days fit in so many bars, or else the longest.
    pub fn fitting(days: &[(Date, usize)], most: usize) -> Self {
        let fits = |unit: &Unit| bars(days, *unit, most + 1).len() <= most;
        Self::ALL.into_iter().find(fits).unwrap_or(Self::Month)
    }

    /// The first day of the bar a day falls in.
    fn start(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => {
                let since_monday = i64::from(day.weekday().to_monday_zero_offset());
                day.saturating_sub(since_monday.days())
            }
            Self::Month => day.first_of_month(),
        }
    }

    /// The first day of the bar before.
    fn before(self, start: Date) -> Date {
        match self {
            Self::Day => start.saturating_sub(1.day()),
            Self::Week => start.saturating_sub(7.days()),
            Self::Month => start.saturating_sub(1.month()),
        }
    }
}

/// One bar after another from the first day to the last, the bars without articles among them; the
/// newest so many. Each has its first day.
pub fn bars(days: &[(Date, usize)], unit: Unit, most: usize) -> Vec<(Date, usize)> {
    let Some(&(first, _)) = days.first() else {
        return Vec::new();
    };
    let mut bars: Vec<(Date, usize)> = Vec::new();
    let mut rest = days.iter().rev().peekable();
    let mut start = rest.peek().map_or(first, |(day, _)| unit.start(*day));
    while bars.len() < most && start >= unit.start(first) {
        let mut count = 0;
        while let Some((_, articles)) = rest.next_if(|(day, _)| *day >= start) {
            count += articles;
        }
        bars.push((start, count));
        let before = unit.before(start);
        if before == start {
            break;
        }
        start = before;
    }
    bars.reverse();
    bars
}

/// Draws one line of the chart, from 0 at the top; the line below the last of the bars names the
/// first and the last day.
pub fn draw_line(
    bars: &[(Date, usize)],
    unit: Unit,
    (line, height): (usize, usize),
    area: Rect,
    buffer: &mut Buffer,
    look: &Look<'_>,
) {
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else {
        return;
    };
    let width = bar_width(bars.len(), area.width);
    let drawn = (width * bars.len() as u16).min(area.width);
    if line == height {
        let name = |day: Date| match unit {
            Unit::Month => look.texts.month_of_year(day),
            Unit::Day | Unit::Week => look.texts.day(day),
        };
        let style = look.theme.muted();
        let (from, to) = (name(first.0), name(last.0));
        write(buffer, (area.x, area.y), &from, area.width, style);
        let under = Rect {
            width: drawn.max((from.width() + to.width() + 3) as u16),
            ..area
        };
        if bars.len() > 1 && under.width <= area.width {
            write_right(buffer, under, &to, style);
        }
        return;
    }
    let highest = bars.iter().map(|bar| bar.1).max().unwrap_or(0).max(1);
    let below = (height - 1 - line) * 8;
    for (index, (_, count)) in bars.iter().enumerate() {
        // Whatever there was is seen.
        let level = (count * height * 8).div_ceil(highest);
        let eighths = level.saturating_sub(below).min(8);
        let (glyph, style) = match (eighths, below) {
            (0, 0) => (look.glyphs.heights[0], look.theme.faint()),
            (0, _) => continue,
            _ => (look.glyphs.heights[eighths - 1], look.theme.accent()),
        };
        let cells = width.saturating_sub(1).max(1);
        let x = area.x + index as u16 * width;
        let room = area.right().saturating_sub(x).min(cells);
        write(
            buffer,
            (x, area.y),
            &glyph.repeat(usize::from(cells)),
            room,
            style,
        );
    }
}

/// The cells from one bar to the next; a bar is at most three wide, with one between.
fn bar_width(count: usize, width: u16) -> u16 {
    (width / (count as u16).max(1)).clamp(1, 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn bars_stand_side_by_side_with_nothing_left_out() {
        let days = [
            (date(2025, 10, 30), 2),
            (date(2025, 11, 1), 1),
            (date(2025, 11, 4), 5),
        ];
        let counts = |unit, most| {
            let bars = bars(&days, unit, most);
            bars.into_iter().map(|bar| bar.1).collect::<Vec<_>>()
        };
        assert_eq!(counts(Unit::Day, 99), [2, 0, 1, 0, 0, 5]);
        assert_eq!(counts(Unit::Day, 2), [0, 5]);
        assert_eq!(counts(Unit::Week, 99), [3, 5]);
        assert_eq!(counts(Unit::Month, 99), [2, 6]);
        assert_eq!(bars(&days, Unit::Week, 99)[0].0, date(2025, 10, 27));
        assert_eq!(bars(&[], Unit::Day, 9), []);
    }

    #[test]
    fn the_shortest_unit_that_fits_is_taken() {
        let days = [(date(2025, 1, 1), 1), (date(2025, 3, 1), 1)];
        assert_eq!(Unit::fitting(&days, 60), Unit::Day);
        assert_eq!(Unit::fitting(&days, 59), Unit::Week);
        assert_eq!(Unit::fitting(&days, 8), Unit::Month);
        assert_eq!(Unit::fitting(&days, 0), Unit::Month);
    }

    #[test]
    fn the_ends_of_the_calendar_are_survived() {
        let days = [(Date::MIN, 1), (Date::MAX, 1)];
        for unit in Unit::ALL {
            assert_eq!(bars(&days, unit, 50).len(), 50);
            assert_eq!(bars(&days[..1], unit, 50).len(), 1);
        }
    }
}
