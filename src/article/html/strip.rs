//! Text of a page without building a tree: for pages no parser should be asked to read, and for
//! tags that leaked into plain text. One pass, no recursion, any input.

use std::borrow::Cow;

/// Elements whose content is never text to read.
const HIDDEN: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select",
    "button", "nav", "footer", "aside", "form",
];

/// Elements that stand within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "tt", "u", "wbr",
];

/// Elements that are blocks or breaks; with [`INLINE`] all that [`without_leaked_tags`] knows.
const BLOCK: &[&str] = &[
    "p",
    "br",
    "div",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "thead",
    "hr",
    "img",
    "figure",
    "figcaption",
    "section",
    "article",
    "main",
    "header",
    "pre",
    "center",
    "iframe",
    "script",
    "video",
];

/// The visible text of a page; blocks on lines of their own, apart by a blank line.
pub(super) fn text(page: &str) -> String {
    let mut text = String::with_capacity(page.len() / 2);
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        push_text(&mut text, &rest[..at]);
        rest = &rest[at..];
        let Some(tag) = Tag::at(rest) else {
            text.push('<');
            rest = &rest[1..];
            continue;
        };
        rest = &rest[tag.length..];
        if !tag.closes && HIDDEN.contains(&tag.name.as_str()) {
            rest = after_closing(rest, &tag.name);
        }
        if !tag.name.is_empty() && !INLINE.contains(&tag.name.as_str()) {
            text.push_str("\n\n");
        }
    }
    push_text(&mut text, rest);
    text
}

/// Tags that leaked into plain text go; `<` in "5 < 6" or an unknown "<nama>" stays.
pub(in super::super) fn without_leaked_tags(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = Tag::at(rest).filter(|tag| {
            let name = tag.name.as_str();
            name.is_empty() || INLINE.contains(&name) || BLOCK.contains(&name)
        });
        let Some(tag) = known else {
            kept.push('<');
            rest = &rest[1..];
            continue;
        };
        rest = &rest[tag.length..];
        if !tag.closes && matches!(tag.name.as_str(), "script" | "style") {
            rest = after_closing(rest, &tag.name);
        }
        if BLOCK.contains(&tag.name.as_str()) {
            kept.push('\n');
        }
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// Line breaks in the source of a page are spaces.
fn push_text(text: &mut String, piece: &str) {
    text.extend(
        piece
            .chars()
            .map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }),
    );
}

/// Past the closing tag of a hidden element; past nothing if it never closes, for then a broken
/// page would lose all that follows.
fn after_closing<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let start = from + at;
        if let Some(tag) = Tag::at(&rest[start..])
            && tag.name == name
        {
            return &rest[start + tag.length..];
        }
        from = start + 2;
    }
    rest
}

/// A tag, comment or declaration at the start of a text.
pub(super) struct Tag {
    /// In small letters; empty for comments and declarations.
    pub(super) name: String,
    /// `</name>`
    pub(super) closes: bool,
    /// Bytes from `<` past `>`.
    pub(super) length: usize,
}

impl Tag {
    /// `None` where `<` opens no tag, or none that ends.
    pub(super) fn at(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('<')?;
        if let Some(comment) = rest.strip_prefix("!--") {
            return Some(Self {
                name: String::new(),
                closes: false,
                length: comment.find("-->").map_or(text.len(), |end| end + 7),
            });
        }
        if rest.starts_with(['!', '?']) {
            return Some(Self {
                name: String::new(),
                closes: false,
                length: rest.find('>').map_or(text.len(), |end| end + 2),
            });
        }
        let closes = rest.starts_with('/');
        let name_from = usize::from(closes);
        let name = &rest[name_from..];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let name = &name[..name
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'))
            .unwrap_or(name.len())];
        let end = end_of_tag(rest)?;
        Some(Self {
            name: name.to_ascii_lowercase(),
            closes,
            length: 1 + end,
        })
    }
}

/// Past the `>` that is not inside a quoted value.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut previous = b' ';
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            // A quote opens a value only behind `=`; elsewhere it is a typing slip.
            (None, b'"' | b'\'') if previous == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            previous = byte;
        }
    }
    // A value that never closes: the first `>` has to do.
    text.find('>').map(|at| at + 1)
}
