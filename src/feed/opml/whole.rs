//! Takes the broken lines out of a list of feeds before the parser sees it.
//!
//! To the parser a tag goes on to the next `>` outside quotes, so that one quote too few or too many
//! makes a tag of everything up to some later one. No tag has the beginning of an outline in it, nor
//! the end of the list: where it seems to, it is broken, and the list goes on there.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use crate::article::scrub_line;

/// What can only stand between tags, in small letters and without the `<`.
const BOUNDARIES: [&[u8]; 4] = [b"outline", b"/outline", b"/body", b"/opml"];

/// So many characters of a broken line are shown.
const SHOWN: usize = 60;

/// A list without its broken lines.
#[derive(Debug)]
pub(super) struct Whole<'a> {
    pub(super) text: Cow<'a, str>,
    /// The beginnings of the lines left out.
    pub(super) broken: Vec<String>,
    /// It ends within a tag or a comment.
    pub(super) is_cut: bool,
}

/// Leaves out every tag, comment or section that runs into the next outline.
pub(super) fn whole(text: &str) -> Whole<'_> {
    let bytes = text.as_bytes();
    // Found once, so that any number of comments without an end costs no more than one.
    let last = [b"-->", b"]]>"].map(|end| memmem::rfind(bytes, end));
    let mut broken = Vec::new();
    let mut is_cut = false;
    let mut kept = String::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(found) = memchr(b'<', &bytes[at..]) {
        let start = at + found;
        let rest = &bytes[start..];
        let tag = if rest.starts_with(b"<!--") {
            section(rest, b"-->", last[0].is_some_and(|last| last > start))
        } else if rest.starts_with(b"<![CDATA[") {
            section(rest, b"]]>", last[1].is_some_and(|last| last > start))
        } else if rest.get(1).is_some_and(u8::is_ascii_alphabetic) {
            tag(rest)
        } else {
            Tag::Ends(1)
        };
        match tag {
            Tag::Breaks(boundary) => {
                let line = &text[start..start + boundary];
                broken.push(scrub_line(line).chars().take(SHOWN).collect());
                kept.push_str(&text[done..start]);
                // A folder whose name is lost still has an end.
                if begins(&rest[1..], BOUNDARIES[0]) && !line.trim_end().ends_with("/>") {
                    kept.push_str("<outline>");
                }
                done = start + boundary;
                at = done;
            }
            Tag::Ends(end) => at = start + end,
            Tag::IsCut => {
                is_cut = true;
                kept.push_str(&text[done..start]);
                done = text.len();
                break;
            }
        }
    }
    let text = if done == 0 {
        Cow::Borrowed(text)
    } else {
        kept.push_str(&text[done..]);
        Cow::Owned(kept)
    };
    Whole {
        text,
        broken,
        is_cut,
    }
}

/// How what begins with a `<` goes on; all in bytes from there.
enum Tag {
    /// It ends before this.
    Ends(usize),
    /// Here something begins that cannot be within it.
    Breaks(usize),
    /// It does neither.
    IsCut,
}

fn tag(rest: &[u8]) -> Tag {
    let mut quote = None;
    for (at, &byte) in rest.iter().enumerate().skip(1) {
        match byte {
            b'>' if quote.is_none() => return Tag::Ends(at + 1),
            b'<' if is_boundary(&rest[at + 1..]) => return Tag::Breaks(at),
            b'"' | b'\'' if quote.is_none() => quote = Some(byte),
            _ if quote == Some(byte) => quote = None,
            _ => {}
        }
    }
    Tag::IsCut
}

/// A comment or a section of text; `ends` where there is an end.
fn section(rest: &[u8], end: &[u8], ends: bool) -> Tag {
    let found = if ends { memmem::find(rest, end) } else { None };
    if let Some(found) = found {
        return Tag::Ends(found + end.len());
    }
    let mut at = 1;
    while let Some(found) = memchr(b'<', &rest[at..]) {
        at += found + 1;
        if is_boundary(&rest[at..]) {
            return Tag::Breaks(at - 1);
        }
    }
    Tag::IsCut
}

fn is_boundary(text: &[u8]) -> bool {
    BOUNDARIES.iter().any(|name| begins(text, name))
}

/// Whether a text begins with this name and not with one that goes on.
fn begins(text: &[u8], name: &[u8]) -> bool {
    let head = text.get(..name.len());
    let next = text.get(name.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(name))
        && next.is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'/' | b'>'))
}
