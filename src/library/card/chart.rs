//! How often something was named over time, by day, week or month.

use jiff::civil::{Date, date as civil_date};
use jiff::{Span, ToSpan};

/// Up to so many days are shown day by day.
const DAYS: i64 = 45;

/// Up to so many days are shown week by week: a year and a little.
const WEEKS: i64 = 400;

/// Seconds by which Jakarta's day begins before that of UTC.
const JAKARTA: i64 = 7 * 3_600;

/// The counts of one thing over time, without a gap, from the first time it was named to today.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chart {
    /// What one bar stands for.
    pub unit: Unit,
    /// The bars, the oldest first; empty where it was never named.
    pub bars: Vec<Bar>,
}

/// What a bar of a chart stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unit {
    /// A day of Jakarta.
    #[default]
    Day,
    /// A week from Monday.
    Week,
    /// A calendar month.
    Month,
}

/// One bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Its first day.
    pub from: Date,
    /// Articles that name it.
    pub articles: usize,
    /// Mentions in them.
    pub mentions: usize,
}

impl Bar {
    pub(super) fn new(from: Date, articles: usize, mentions: usize) -> Self {
        Self {
            from,
            articles,
            mentions,
        }
    }
}

impl Chart {
    /// Bars over counts by day, the oldest first, up to `today`.
    pub fn new(days: &[Bar], today: Date) -> Self {
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            return Self::default();
        };
        let last = last.from.max(today);
        let length = (last - first.from).get_days();
        let unit = match i64::from(length) {
            days if days <= DAYS => Unit::Day,
            days if days <= WEEKS => Unit::Week,
            _ => Unit::Month,
        };
        let mut bars = Vec::new();
        let mut from = unit.start(first.from);
        while from <= last {
            bars.push(Bar::new(from, 0, 0));
            let Ok(next) = from.checked_add(unit.length()) else {
                break;
            };
            from = next;
        }
        for day in days {
            let after = bars.partition_point(|bar| bar.from <= day.from);
            if let Some(bar) = after.checked_sub(1).and_then(|at| bars.get_mut(at)) {
                bar.articles += day.articles;
                bar.mentions += day.mentions;
            }
        }
        Self { unit, bars }
    }
}

impl Unit {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The first day of the bar a day belongs to.
    fn start(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => {
                let past = day.weekday().to_monday_zero_offset();
                day.checked_sub(i64::from(past).days()).unwrap_or(day)
            }
            Self::Month => day.first_of_month(),
        }
    }

    fn length(self) -> Span {
        match self {
            Self::Day => 1.day(),
            Self::Week => 1.week(),
            Self::Month => 1.month(),
        }
    }
}

/// The day of Jakarta of a moment, counted from 1970.
pub fn day(moment: i64) -> i64 {
    (moment + JAKARTA).div_euclid(86_400)
}

/// A day counted from 1970 as a date; what lies beyond the calendar at its end.
pub fn date(day: i64) -> Date {
    civil_date(1970, 1, 1)
        .checked_add(day.clamp(-4_000_000, 2_900_000).days())
        .unwrap_or(if day < 0 { Date::MIN } else { Date::MAX })
}
