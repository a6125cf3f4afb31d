//! The role a later sentence tells, by pointing back.
//!
//! ```text
//! Posisi ketiga ditempati Ogura . | Pebalap Trackhouse | itu | tampil solid
//! "Saya senang," katanya , ujar | pemain Timnas Voli | tersebut
//! ```
//!
//! The phrase is that of whoever was named last before it.

use super::phrase::{LONGEST, dangles, head, inside, is_verb};
use super::{RoleCandidate, Tie};
use crate::entity::Field;
use crate::entity::gazetteer::Classes;
use crate::entity::reading::{Reading, Span};
use crate::entity::token::{Case, Gap};

/// How many tokens behind a name a phrase that points back to it is looked for.
const REACH: usize = 60;

/// Offers the role that points back to the mention, if nobody else is named in between.
pub(super) fn later(
    reading: &Reading<'_>,
    people: &[bool],
    mention: Span,
    each: &mut impl FnMut(RoleCandidate),
) {
    if reading.field(mention.first) == Field::Title || is_object(reading, mention.first) {
        return;
    }
    let end = reading.len().min(mention.end + REACH);
    for at in mention.end..end {
        if people[at] {
            return;
        }
        let begins = reading.opens_sentence(at)
            || reading.is(at - 1, Classes::SPEECH)
            || reading.text(at - 1) == "sang";
        if begins
            && reading.case(at) != Case::Mark
            && let Some(found) = pointing(reading, people, at)
        {
            each(found);
            return;
        }
    }
}

/// Whether the name that begins here is what somebody else acts upon ("menyanjung Eliano"): the next
/// sentence may be about that other.
fn is_object(reading: &Reading<'_>, name: usize) -> bool {
    let first = super::before::skip_titles(reading, name, true);
    let Some(before) = first.checked_sub(1) else {
        return false;
    };
    let word = reading.text(before);
    reading.case(before) == Case::Lower
        && (matches!(
            word,
            "dengan" | "kepada" | "terhadap" | "soal" | "tentang" | "bagi"
        ) || word == "bertemu"
            || (is_verb(word) && word.starts_with("me")))
}

/// The phrase from here to "itu", without it.
fn pointing(reading: &Reading<'_>, people: &[bool], first: usize) -> Option<RoleCandidate> {
    let kind = head(reading, first)?;
    let end = reading.len().min(first + LONGEST);
    let stop = (first + 1..end).find(|&at| {
        people[at]
            || reading.gap(at) == Gap::Line
            || !(inside(reading, at) || matches!(reading.text(at), "-" | "(" | ")" | "/"))
    })?;
    let told = matches!(reading.text(stop), "itu" | "ini" | "tersebut")
        && stop > first + 1
        && !dangles(reading.text(stop - 1));
    told.then_some(RoleCandidate {
        span: Span { first, end: stop },
        tie: Tie::Later,
        head: kind,
    })
}
