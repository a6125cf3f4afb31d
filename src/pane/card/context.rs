//! Each mention of a name in the article on the screen, within its sentence, on one line.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::entity::Mention;
use crate::pane::truncated;
use crate::story::{Story, Subject};

/// No screen shows more of a sentence before or after the name, in bytes.
const REACH: usize = 400;

/// A mention with the words around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// Where it stands.
    pub mention: Mention,
    before: String,
    name: String,
    after: String,
}

/// Every mention of a name in a story, in reading order.
pub fn contexts(story: &Story, subject: Subject) -> Vec<Context> {
    let document = story.document();
    let mentions = story.mentions(subject).into_iter();
    mentions
        .map(|mention| {
            let text = document.field(mention.field);
            let (before, after) = (&text[..mention.start], &text[mention.end..]);
            Context {
                mention,
                before: one_line(before[sentence_start(before)..].trim_start()),
                name: one_line(mention.text(&document)),
                after: one_line(&after[..paragraph_end(after)]),
            }
        })
        .collect()
}

impl Context {
    /// What stands before the name, the name, and what stands after it, in so many cells together.
    ///
    /// The name is always among them. What leads up to it gives way so that at least three fifths
    /// of the rest are left for what follows, if there is so much.
    pub fn cut(&self, width: usize, ellipsis: &str) -> (String, String, String) {
        let name = truncated(&self.name, width, ellipsis);
        let room = width - name.width();
        let after = self.after.width().min(room - room * 2 / 5);
        let before = tail(&self.before, room - after, ellipsis);
        let after = truncated(&self.after, room - before.width(), ellipsis);
        (before, name, after)
    }
}

/// The end of a text in so many cells, from the beginning of a word.
fn tail(text: &str, width: usize, ellipsis: &str) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(ellipsis.width() + 1);
    let mut used = 0;
    let mut from = text.len();
    for (byte, grapheme) in text.grapheme_indices(true).rev() {
        used += grapheme.width();
        if used > room {
            break;
        }
        from = byte;
    }
    // The word that was cut into goes as a whole.
    let kept = &text[from..];
    let kept = match kept.find(' ') {
        Some(blank) if !text[..from].ends_with(' ') => &kept[blank + 1..],
        None if !text[..from].ends_with(' ') => "",
        _ => kept,
    };
    let cut = format!("{ellipsis} {kept}");
    if cut.width() <= width {
        cut
    } else {
        String::new()
    }
}

/// The byte at which the sentence begins that goes on to the end of a text.
fn sentence_start(text: &str) -> usize {
    let from = floor(text, text.len().saturating_sub(REACH));
    let near = &text[from..];
    let ends = [". ", "! ", "? ", "\n", ".” ", ".\" "];
    let start = ends
        .iter()
        .filter_map(|end| Some(near.rfind(end)? + end.len()))
        .max();
    from + start.unwrap_or(0)
}

/// The byte at which the paragraph ends that a text begins with.
fn paragraph_end(text: &str) -> usize {
    let near = &text[..floor(text, text.len().min(REACH))];
    near.find("\n\n").unwrap_or(near.len())
}

/// The last boundary of characters at or before a byte.
fn floor(text: &str, byte: usize) -> usize {
    (0..=byte)
        .rev()
        .find(|&byte| text.is_char_boundary(byte))
        .unwrap_or(0)
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::Context;
    use crate::entity::{Field, Mention};
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn the_name_is_always_shown_and_the_width_never_passed() {
        let context = Context {
            mention: Mention {
                field: Field::Text,
                start: 0,
                end: 1,
            },
            before: "Pertemuan itu dihadiri pula oleh Menteri Luar Negeri ".to_owned(),
            name: "Han Mi Rae".to_owned(),
            after: " yang menyampaikan surat dari pemimpin negaranya.".to_owned(),
        };
        let line = |width| {
            let (before, name, after) = context.cut(width, "…");
            format!("{before}{name}{after}")
        };
        for width in 0..150 {
            assert!(line(width).width() <= width, "{width}: {}", line(width));
            assert!(width < 10 || line(width).contains("Han Mi Rae"), "{width}");
        }
        assert_eq!(
            line(60),
            "… Luar Negeri Han Mi Rae yang menyampaikan surat dari pemim…"
        );
    }
}
