//! A page to an article.
//!
//! The tree is built and the article found by `dom_smoothie`, a port of Mozilla's Readability; then
//! the same junk rules run as over any text. A page too deep or too large for a tree, or one where
//! too little was found, is read as its whole text.

mod blocks;
mod metadata;
mod nesting;
mod tags;

pub(super) use self::blocks::without_leaked_tags;

use std::borrow::Cow;

use dom_smoothie::{Config, Readability};
use jiff::Timestamp;

use self::blocks::Block;
use self::metadata::Metadata;
use super::{Article, clean, scrub_line};

/// A page whose text has fewer bytes than this in its article was not understood.
const TOO_LITTLE: usize = 140;

/// Larger pages are read without a tree, in bytes.
const LARGEST: usize = 8 << 20;

/// The article of a page.
pub(super) fn article(page: &str, now: Timestamp) -> Article {
    let all = blocks::of(page);
    let decoded = clean::plain(&blocks::text(&all));
    let lines: Vec<&str> = decoded
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let Metadata {
        title,
        published,
        description,
    } = metadata::of(page, &lines, now);
    let found = main_blocks(page)
        .map(|blocks| clean::body(&prose_of(&blocks), now))
        .filter(|paragraphs| paragraphs.iter().map(String::len).sum::<usize>() >= TOO_LITTLE);
    let mut article = match found {
        Some(paragraphs) => Article {
            paragraphs,
            ..Article::default()
        },
        None => clean::article(&prose_of(&all), now),
    };
    article.paragraphs = clean::without_ends(article.paragraphs);
    article.title = title.or(article.title);
    article.published = published.or(article.published);
    if let Some(title) = &article.title {
        article.paragraphs.retain(|paragraph| paragraph != title);
    }
    if let Some(description) = description {
        let stands_above = article.paragraphs.first() == Some(&description)
            && article
                .paragraphs
                .get(1)
                .is_some_and(|next| clean::has_dateline(next));
        // Elsewhere among the paragraphs it would be read twice.
        if stands_above || article.paragraphs.first() != Some(&description) {
            article
                .paragraphs
                .retain(|paragraph| *paragraph != description);
        }
        if stands_above || is_standfirst(&description, &article) {
            article.standfirst = Some(description);
        }
    }
    article
}

/// The visible paragraphs of a piece of HTML, such as the body of a feed's entry: no captions, and
/// no lists of links to other articles.
pub fn paragraphs(markup: &str) -> Vec<String> {
    let text = if markup.contains('<') {
        Cow::Owned(prose_of(&blocks::of(markup)))
    } else {
        Cow::Borrowed(markup)
    };
    let text = clean::decode_references(&text);
    let lines = text.lines().map(scrub_line);
    lines.filter(|line| !line.is_empty()).collect()
}

/// A piece of HTML as one line of text, such as the title of a feed's entry.
pub fn line(markup: &str) -> String {
    let text = without_leaked_tags(markup);
    scrub_line(&clean::decode_references(&text))
}

/// An element of a page that is known by its attributes, such as `<link>`.
pub struct Element<'a>(tags::Tag<'a>);

impl Element<'_> {
    /// In small letters.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The value of an attribute, its character references decoded.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let value = self.0.attribute(name)?;
        Some(htmlize::unescape_attribute(value).into_owned())
    }
}

/// The opening tags of a page with one of `names`, in order; not those in scripts or comments.
pub fn elements<'a>(page: &'a str, names: &[&str]) -> impl Iterator<Item = Element<'a>> {
    let wanted = |tag: &tags::Tag<'_>| !tag.closes && names.contains(&tag.name.as_str());
    tags::tags(page).filter_map(move |(_, tag)| wanted(&tag).then_some(Element(tag)))
}

/// The blocks of the element that holds the article.
fn main_blocks(page: &str) -> Option<Vec<Block>> {
    if page.len() > LARGEST || !nesting::is_bearable(page) {
        return None;
    }
    let config = Config {
        disable_json_ld: true,
        ..Config::default()
    };
    let found = Readability::new(page, None, Some(config))
        .ok()?
        .parse()
        .ok()?;
    Some(blocks::of(&found.content))
}

/// The blocks without menus and captions.
fn prose_of(blocks: &[Block]) -> String {
    blocks::text(
        blocks.iter().filter(|block| {
            !block.is_caption && (!block.is_links() || clean::is_prose(&block.text))
        }),
    )
}

/// A description that is a sentence of its own about this article, not a cut-off first paragraph.
fn is_standfirst(description: &str, article: &Article) -> bool {
    let words: Vec<String> = words(description).collect();
    if words.len() < 6
        || description.len() > 420
        || !description.ends_with(['.', '!', '?'])
        || description.ends_with("..")
    {
        return false;
    }
    let body: Vec<String> = article
        .paragraphs
        .iter()
        .flat_map(|paragraph| self::words(paragraph))
        .collect();
    let title: Vec<String> = article
        .title
        .iter()
        .flat_map(|title| self::words(title))
        .collect();
    if words.iter().all(|word| title.contains(word)) {
        return false;
    }
    let opening = &body[..body.len().min(words.len() * 2)];
    let in_opening = words.iter().filter(|word| opening.contains(word)).count();
    let in_body = words
        .iter()
        .filter(|word| body.contains(word) || title.contains(word))
        .count();
    in_opening * 10 < words.len() * 7 && in_body * 2 >= words.len()
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}
