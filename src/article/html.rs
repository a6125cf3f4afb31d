//! A page to an article.

mod strip;

pub(super) use strip::without_leaked_tags;

use jiff::Timestamp;

use super::{Article, clean};

/// The article of a page.
pub(super) fn article(page: &str, now: Timestamp) -> Article {
    clean::article(&strip::text(page), now)
}
