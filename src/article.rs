//! Articles: what warta shows, and how one is made from raw text, Markdown or a page.
//!
//! Pure: bytes or text in, an [`Article`] out.

use jiff::tz::Offset;
use jiff::{Timestamp, civil};

/// One article, clean: no page junk, no markup, no control characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// The headline.
    pub title: Option<String>,
    /// The line under the headline that sums the article up.
    pub standfirst: Option<String>,
    /// When it was published, as exactly as the source says.
    pub published: Option<Published>,
    /// The body. No paragraph is empty or contains a line break.
    pub paragraphs: Vec<String>,
}

impl Article {
    /// The body as one text, paragraphs separated by one blank line: what mentions count bytes in.
    pub fn text(&self) -> String {
        self.paragraphs.join("\n\n")
    }
}

/// When an article was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// Only the day is known.
    Day(civil::Date),
    /// The minute is known. `offset` is minutes east of UTC (WIB 420, WITA 480, WIT 540).
    Minute {
        /// Local date and time.
        at: civil::DateTime,
        /// Minutes east of UTC.
        offset: i16,
    },
}

impl Published {
    /// The day.
    pub fn date(&self) -> civil::Date {
        match self {
            Self::Day(date) => *date,
            Self::Minute { at, .. } => at.date(),
        }
    }

    /// The point in time, where the minute is known.
    pub fn instant(&self) -> Option<Timestamp> {
        match self {
            Self::Day(_) => None,
            Self::Minute { at, offset } => {
                let offset = Offset::from_seconds(i32::from(*offset) * 60).ok()?;
                offset.to_timestamp(*at).ok()
            }
        }
    }
}

impl std::fmt::Display for Published {
    /// `2025-10-27` or `2025-10-27T14:30:00+07:00`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(date) => write!(formatter, "{date}"),
            Self::Minute { at, offset } => {
                let sign = if *offset < 0 { '-' } else { '+' };
                let minutes = offset.unsigned_abs();
                write!(
                    formatter,
                    "{}{sign}{:02}:{:02}",
                    at.strftime("%Y-%m-%dT%H:%M:%S"),
                    minutes / 60,
                    minutes % 60
                )
            }
        }
    }
}
