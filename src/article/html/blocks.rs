//! The text of a page in blocks, without building a tree.
//!
//! For the element that holds the article, for pages no parser should be asked to read, and for
//! tags that leaked into plain text.

use std::borrow::Cow;

use super::tags::Scanner;
use crate::article::WordList;

/// Elements whose content is never text to read.
const HIDDEN: WordList = WordList(
    "script style noscript template svg head iframe object select button nav footer aside \
     form",
);

/// Elements that stand within a line.
const INLINE: WordList = WordList(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp \
     small span strike strong sub sup tt u wbr",
);

/// Elements that are blocks or breaks; with [`INLINE`] all that [`without_leaked_tags`] knows.
const BLOCK: WordList = WordList(
    "p br div li ul ol h1 h2 h3 h4 h5 h6 blockquote table tr td th tbody thead hr img \
     figure figcaption section article main header pre center iframe script video",
);

/// Elements whose text explains a picture, which a terminal does not show.
const CAPTIONS: WordList = WordList("figcaption figure caption");

/// What stands on the page as one paragraph, heading or item.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Character references are not decoded yet; a `<br>` is a line break.
    pub(super) text: String,
    /// How many bytes of it stand in links.
    linked: usize,
    /// It explains a picture.
    pub(super) is_caption: bool,
}

impl Block {
    /// Whether it is nothing but links: menus, lists of other articles.
    pub(super) fn is_links(&self) -> bool {
        self.linked * 10 >= self.text.trim().len() * 8
    }
}

/// The visible blocks of a page in order, none empty.
pub(super) fn of(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut block = Block::default();
    let mut scanner = Scanner::new(page);
    let (mut in_link, mut captions) = (false, 0_usize);
    loop {
        let from = scanner.at;
        let next = scanner.next();
        let to = next.as_ref().map_or(page.len(), |(start, _)| *start);
        push(&mut block, &page[from..to], in_link);
        let Some((_, tag)) = next else {
            finish(&mut blocks, &mut block, captions);
            return blocks;
        };
        let name = tag.name.as_str();
        if !tag.closes && HIDDEN.contains(name) {
            scanner.skip_content(name);
        }
        match name {
            "" => {}
            "a" => in_link = !tag.closes,
            "br" => block.text.push('\n'),
            name if INLINE.contains(name) => {}
            name => {
                finish(&mut blocks, &mut block, captions);
                if CAPTIONS.contains(name) {
                    captions = if tag.closes {
                        captions.saturating_sub(1)
                    } else {
                        captions + 1
                    };
                }
            }
        }
    }
}

/// The blocks as one text, apart by blank lines.
pub(super) fn text<'a>(blocks: impl IntoIterator<Item = &'a Block>) -> String {
    let mut text = String::new();
    for block in blocks {
        text.push_str(&block.text);
        text.push_str("\n\n");
    }
    text
}

/// Line breaks in the source of a page are spaces.
fn push(block: &mut Block, piece: &str, in_link: bool) {
    let before = block.text.len();
    let mut done = 0;
    for at in memchr::memchr2_iter(b'\n', b'\r', piece.as_bytes()) {
        block.text.push_str(&piece[done..at]);
        block.text.push(' ');
        done = at + 1;
    }
    block.text.push_str(&piece[done..]);
    if in_link {
        block.linked += piece.trim().len().min(block.text.len() - before);
    }
}

fn finish(blocks: &mut Vec<Block>, block: &mut Block, captions: usize) {
    let block = std::mem::take(block);
    if !block.text.trim().is_empty() {
        blocks.push(Block {
            is_caption: captions > 0,
            ..block
        });
    }
}

/// Tags that leaked into plain text go; `<` in "5 < 6" or an unknown "<nama>" stays.
pub(in crate::article) fn without_leaked_tags(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut scanner = Scanner::new(text);
    loop {
        let from = scanner.at;
        let Some((start, tag)) = scanner.next() else {
            kept.push_str(&text[from..]);
            return Cow::Owned(kept);
        };
        let name = tag.name.as_str();
        if !name.is_empty() && !INLINE.contains(name) && !BLOCK.contains(name) {
            kept.push_str(&text[from..scanner.at]);
            continue;
        }
        kept.push_str(&text[from..start]);
        if !tag.closes && matches!(name, "script" | "style") {
            scanner.skip_content(name);
        }
        if BLOCK.contains(name) {
            kept.push('\n');
        }
    }
}
