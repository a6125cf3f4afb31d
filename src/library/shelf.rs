//! One article, ready to be read: its text, its names, how far it was read.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{OptionalExtension, params};

use super::{ArticleId, FeedId, Library, Problem, names};
use crate::article::{Article, Published};
use crate::entity::{Document, Entities, Field};

/// Where the text of an article is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FullText {
    /// What the feed said.
    Feed = 0,
    /// The whole text, from the article's page.
    Page = 1,
    /// What the feed said; the page was tried and gave no text.
    Failed = 2,
}

/// How far an article was read: the field and the byte of it at the top of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which part.
    pub field: Field,
    /// A byte of it, on a character boundary.
    pub byte: usize,
}

/// An article of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    /// Its name.
    pub id: ArticleId,
    /// The feed it is from, if that is still there.
    pub feed: Option<FeedId>,
    /// The feed's title, or what stands in its place.
    pub source: String,
    /// Where it stands on the web.
    pub link: Option<String>,
    /// The article.
    pub article: Article,
    /// The names in it. None where the article still waits to be read for names, or where they
    /// were written in a way this program does not know: the article is then to be cleaned and read
    /// for names before it is shown.
    pub entities: Option<Entities>,
    /// Not yet read.
    pub unread: bool,
    /// Kept for good.
    pub saved: bool,
    /// How far it was read.
    pub place: Option<Place>,
    /// Where the text is from.
    pub full_text: FullText,
}

impl Library {
    /// The article of this name; None where it is gone.
    pub fn article(&self, id: ArticleId) -> Result<Option<Shelved>, Problem> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT article.feed, coalesce(feed.title, source), link, article.title,
                         published, unread, saved, place_field, place_byte, standfirst, text,
                         body.full_text, names
                     FROM article JOIN body ON body.article = article.id
                         LEFT JOIN feed ON feed.id = article.feed
                     WHERE article.id = ?1",
                )?
                .query_row([id.0], |row| {
                    let text: String = row.get(10)?;
                    let title: Option<String> = row.get(3)?;
                    let standfirst: Option<String> = row.get(9)?;
                    let source: String = row.get(1)?;
                    let document = Document {
                        // What the reader shows as the headline of an article without one.
                        title: Some(title.as_deref().unwrap_or(&source)),
                        standfirst: standfirst.as_deref(),
                        text: &text,
                    };
                    let blob: Vec<u8> = row.get(12)?;
                    let entities = names::decode(&blob, &document);
                    let place = place(row.get(7)?, row.get(8)?, &document);
                    let published: Option<String> = row.get(4)?;
                    Ok(Shelved {
                        id,
                        feed: row.get::<_, Option<i64>>(0)?.map(FeedId),
                        link: row.get(2)?,
                        entities,
                        unread: row.get(5)?,
                        saved: row.get(6)?,
                        place,
                        full_text: row.get(11)?,
                        article: Article {
                            published: published.as_deref().and_then(self::published),
                            paragraphs: paragraphs(&text),
                            title,
                            standfirst,
                        },
                        source,
                    })
                })
                .optional()
        })
    }

    /// Keeps how far an article was read.
    pub fn set_place(&mut self, id: ArticleId, place: Place) -> Result<(), Problem> {
        self.write(|connection| {
            connection
                .prepare_cached(
                    "UPDATE article SET place_field = ?2, place_byte = ?3 WHERE id = ?1",
                )?
                .execute(params![id.0, place.field as u8, place.byte])?;
            Ok(())
        })
    }
}

impl FromSql for FullText {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_i64()? {
            0 => Ok(Self::Feed),
            1 => Ok(Self::Page),
            2 => Ok(Self::Failed),
            other => Err(FromSqlError::OutOfRange(other)),
        }
    }
}

/// The paragraphs of a text that is kept.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n")
        .filter(|paragraph| !paragraph.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Reads a date as [`Published`] writes it.
pub(super) fn published(text: &str) -> Option<Published> {
    let Some((date, _)) = text.split_once('T') else {
        return text.parse().ok().map(Published::Day);
    };
    let (at, offset) = text.split_at_checked(text.len().checked_sub(6)?)?;
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let minutes = hours.parse::<i16>().ok()? * 60 + minutes.parse::<i16>().ok()?;
    let offset = match offset.as_bytes()[0] {
        b'+' => minutes,
        b'-' => -minutes,
        _ => return None,
    };
    debug_assert!(!date.is_empty());
    Some(Published::Minute {
        at: at.parse().ok()?,
        offset,
    })
}

/// The reading place as far as the text of today still has it.
fn place(field: Option<u8>, byte: Option<usize>, document: &Document<'_>) -> Option<Place> {
    let field = *Field::ALL.get(usize::from(field?))?;
    let byte = document.field(field).floor_char_boundary(byte?);
    Some(Place { field, byte })
}
