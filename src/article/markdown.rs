//! Markdown to an article.

use jiff::Timestamp;

use super::{Article, clean};

/// The article of a Markdown text.
pub(super) fn article(text: &str, now: Timestamp) -> Article {
    clean::article(text, now)
}
