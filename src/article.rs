//! Articles: what warta shows, and how one is made from raw text, Markdown or a page.
//!
//! Pure: bytes or text in, an [`Article`] out.

mod clean;
pub mod date;
pub mod decode;
pub mod html;
mod markdown;
mod scrub;

use jiff::tz::Offset;
use jiff::{Timestamp, civil};

pub use self::scrub::{scrub, scrub_line};

/// Words apart by spaces: a list one can read and change.
#[derive(Debug, Clone, Copy)]
struct WordList(&'static str);

impl WordList {
    fn contains(self, word: &str) -> bool {
        self.0.split(' ').any(|found| found == word)
    }
}

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
    /// Reads any source: a page, Markdown, plain or scraped text.
    ///
    /// `now` is the moment of reading; dates such as "2 jam lalu" count from it.
    pub fn read(bytes: &[u8], hints: &Hints<'_>, now: Timestamp) -> Result<Self, Refusal> {
        if let Some(refusal) = hints.refusal() {
            return Err(refusal);
        }
        let text = decode::decode(bytes, hints.charset())?;
        Self::read_text(&text, hints, now)
    }

    /// [`Article::read`] for what is text already.
    pub fn read_text(text: &str, hints: &Hints<'_>, now: Timestamp) -> Result<Self, Refusal> {
        let article = match Kind::of(text, hints) {
            Kind::Feed => return Err(Refusal::Feed),
            Kind::Page => html::article(text, now),
            Kind::Markdown => markdown::article(text, now),
            Kind::Plain => clean::article(text, now),
        };
        if article.paragraphs.is_empty() {
            return Err(if scrub(text).trim().is_empty() {
                Refusal::Empty
            } else {
                Refusal::NoArticle
            });
        }
        Ok(article)
    }

    /// The article without the junk that may stand in its text: cross-links, adverts, share
    /// buttons, the title once more. A text that is nothing but junk stays.
    #[must_use]
    pub fn without_junk(mut self, now: Timestamp) -> Self {
        let mut body = clean::body(&self.text(), now);
        if body.len() > 1 && body.first() == self.title.as_ref() {
            body.remove(0);
        }
        if !body.is_empty() {
            self.paragraphs = body;
        }
        self
    }

    /// The body as one text, paragraphs separated by one blank line: what mentions count bytes in.
    pub fn text(&self) -> String {
        self.paragraphs.join("\n\n")
    }
}

/// What is known of a source besides its bytes; all of it may be missing or wrong.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// The `Content-Type` of the answer, with its parameters.
    pub content_type: Option<&'a str>,
    /// The file's name, or its path.
    pub file_name: Option<&'a str>,
    /// Where it came from.
    pub address: Option<&'a str>,
}

impl<'a> Hints<'a> {
    /// The charset that `content_type` names.
    pub(crate) fn charset(&self) -> Option<&'a str> {
        self.content_type?.split(';').skip(1).find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim()
                .eq_ignore_ascii_case("charset")
                .then(|| value.trim().trim_matches(['"', '\'']))
        })
    }

    fn media(&self) -> String {
        let media = self.content_type.unwrap_or_default();
        media
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    }

    /// Refuses a source that says itself that it is no text.
    fn refusal(&self) -> Option<Refusal> {
        let media = self.media();
        let kind = match media.as_str() {
            "application/pdf" => Some("PDF"),
            "application/zip" => Some("ZIP"),
            _ => None,
        };
        let foreign = ["image/", "audio/", "video/", "font/"]
            .iter()
            .any(|kind| media.starts_with(kind));
        (kind.is_some() || foreign).then_some(Refusal::Binary(kind))
    }

    /// The ending of the file's name or of the address's path, in small letters.
    fn ending(&self) -> String {
        let name = self.file_name.or(self.address).unwrap_or_default();
        let name = name.split(['?', '#']).next().unwrap_or_default();
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        name.rsplit_once('.')
            .map(|(_, ending)| ending.to_ascii_lowercase())
            .unwrap_or_default()
    }
}

/// Why a source gives no article. Each is one line for the user, worded by the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing in it, or nothing but white space.
    Empty,
    /// Not text; what it is, where that is known ("PDF", "JPEG").
    Binary(Option<&'static str>),
    /// More than [`decode::LIMIT`] bytes.
    TooLarge,
    /// A feed: a list of articles, to be subscribed to.
    Feed,
    /// Text, but nothing of it is an article.
    NoArticle,
}

/// How a text is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Page,
    Markdown,
    Plain,
    Feed,
}

impl Kind {
    /// The text itself decides first, then what was said of it.
    fn of(text: &str, hints: &Hints<'_>) -> Self {
        let head = text[..text.floor_char_boundary(4096)].to_ascii_lowercase();
        let start = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let root = after_prologue(start);
        let is_json_feed = start.starts_with('{') && start.contains("jsonfeed.org/version");
        if is_json_feed
            || ["<rss", "<feed", "<rdf:rdf"]
                .iter()
                .any(|feed| root.starts_with(feed))
        {
            return Self::Feed;
        }
        let media = hints.media();
        let ending = hints.ending();
        if ["<html", "<head", "<body"]
            .iter()
            .any(|page| root.starts_with(page))
            || start.starts_with("<!doctype html")
            || matches!(media.as_str(), "text/html" | "application/xhtml+xml")
            || matches!(ending.as_str(), "html" | "htm" | "xhtml" | "shtml")
        {
            return Self::Page;
        }
        if media == "text/markdown" || matches!(ending.as_str(), "md" | "markdown" | "mdown") {
            return Self::Markdown;
        }
        let tags = [
            "</p>", "</div>", "<p ", "<p>", "<div", "</a>", "<br", "</h1>", "</h2>", "<article",
            "<table",
        ];
        let tags: usize = tags.iter().map(|tag| head.matches(tag).count()).sum();
        if root.starts_with('<') && tags >= 2 || tags >= 8 {
            return Self::Page;
        }
        if start.starts_with("# ") || start.starts_with("---\n") && head.contains("\ntitle:") {
            return Self::Markdown;
        }
        Self::Plain
    }
}

/// Past XML declarations, comments and doctypes at the start of a page or feed.
fn after_prologue(text: &str) -> &str {
    let mut rest = text;
    loop {
        // A doctype with entities of its own ends in "]>".
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ']' | '>'));
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            ">"
        } else {
            return rest;
        };
        match rest.split_once(end) {
            Some((_, after)) => rest = after,
            None => return rest,
        }
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
