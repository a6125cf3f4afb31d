//! What the article says someone is.
//!
//! Every mention is looked at: the words [`before`] the name ("Menteri Luar Negeri Korea Utara
//! Choe Son Hui"), the words [`after`] it ("Choe, menteri luar negeri Korea Utara,"), and those
//! before a list the name stands in, and
//! [`later`] sentences that point back to it. [`choose`] takes the most complete of what was found. A role
//! is always a piece of the text, never a word of ours.

mod after;
mod before;
mod choose;
mod later;
mod phrase;

use super::gazetteer::{Classes, Figure};
use super::reading::{Reading, Span};

pub(super) use choose::{choose, country};

/// A phrase that may say what someone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RoleCandidate {
    /// The phrase.
    pub(super) span: Span,
    /// How the text ties it to the name.
    pub(super) tie: Tie,
    /// What kind of word heads it.
    pub(super) head: Head,
}

/// How the text ties a role to a name; the first is the surest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tie {
    /// Right before the name, titles between them aside.
    Before,
    /// Before the name and a comma, colon or "yakni".
    BeforeComma,
    /// After the name and a comma, "selaku" or a bracket.
    After,
    /// After the name and a verb ("merupakan", "menjadi", "sebagai").
    AfterVerb,
    /// Before the first name of the list this one stands in.
    List,
    /// In a later sentence, pointing back ("pebalap Ducati itu").
    Later,
}

/// What kind of word a role begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Head {
    /// An office ("Presiden", "Direktur Utama").
    Office,
    /// What someone does or is ("pelatih", "warga").
    Occupation,
    /// A relative ("istri").
    Kin,
}

/// All roles the words around one mention offer.
pub(super) fn candidates(
    reading: &Reading<'_>,
    people: &[bool],
    mention: Span,
    mut each: impl FnMut(RoleCandidate),
) {
    before::before(reading, people, mention, &mut each);
    after::after(reading, people, mention, &mut each);
    later::later(reading, people, mention, &mut each);
}

/// Whether an article says that someone is not a well-known holder of an office: it calls them by an
/// occupation ("tukang becak bernama Prabowo") in which no word is of an office or in the figure's.
pub(super) fn contradicts(reading: &Reading<'_>, role: Span, figure: &Figure) -> bool {
    let own: Vec<String> = figure.office.split(' ').map(str::to_lowercase).collect();
    let shared = |at: usize| own.contains(&reading.text(at).to_lowercase());
    let office = Classes::OFFICE.with(Classes::RANK).with(Classes::HONORIFIC);
    let mut words = role.first..role.end;
    reading.is(role.first, Classes::OCCUPATION)
        && !words.any(|at| reading.is(at, office) || shared(at))
}
