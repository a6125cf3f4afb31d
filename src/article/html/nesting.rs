//! How deep a page is nested, before a parser is asked to build its tree.
//!
//! html5ever's cost grows with the square of the depth: 100,000 nested elements take it more than
//! fifteen seconds, 500 less than a millisecond. Real pages are 20 to 60 deep.

use super::tags;
use crate::article::WordList;

/// Deeper pages are read without a tree.
const DEEPEST: usize = 500;

/// So are pages with more tags than this; real ones have 1,000 to 10,000.
const MOST_TAGS: usize = 80_000;

/// Elements that hold nothing, or that the next of their kind closes: they do not nest.
const FLAT: WordList = WordList(
    "area base br col embed hr img input link meta param source track wbr p li dt dd td th \
     tr thead tbody tfoot option optgroup html head body rp rt",
);

/// Whether a parser can build the tree of this page in good time.
pub(super) fn is_bearable(page: &str) -> bool {
    let mut depth = 0_usize;
    for (count, (_, tag)) in tags::tags(page).enumerate() {
        if FLAT.contains(&tag.name) {
            continue;
        }
        if tag.closes {
            depth = depth.saturating_sub(1);
        } else {
            depth += 1;
        }
        if depth > DEEPEST || count > MOST_TAGS {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::is_bearable;

    #[test]
    fn depth_counts_and_length_does_not() {
        assert!(is_bearable(&"<div><p>satu</p></div>".repeat(1000)));
        assert!(is_bearable(&"<p>satu<li>dua<br>".repeat(1000)));
        assert!(!is_bearable(&"<div>".repeat(1000)));
        assert!(!is_bearable(&"<b><p>".repeat(1000)));
        assert!(!is_bearable(&"<i></i>".repeat(50_000)));
    }
}
