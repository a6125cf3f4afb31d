//! What the article says someone is.
//!
//! Every mention is looked at: the words [`before`] the name ("Menteri Luar Negeri Korea Utara
//! Choe Son Hui"), the words [`after`] it ("Choe, menteri luar negeri Korea Utara,"), and those
//! before a list the name stands in, and
//! [`later`] sentences that point back to it; [`owner`] keeps apart what somebody is and what
//! those in their service are. [`choose`] takes the most complete of what was found. A role
//! is always a piece of the text, never a word of ours.

mod after;
mod before;
mod choose;
mod later;
mod owner;
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

/// All roles the words around one mention offer. `figure` is whom the mention is known to mean.
pub(super) fn candidates(
    reading: &Reading<'_>,
    people: &[bool],
    mention: Span,
    figure: Option<&Figure>,
    mut each: impl FnMut(RoleCandidate),
) {
    before::before(reading, people, mention, &mut |found| {
        let own = match figure {
            Some(figure) => owner::of_figure(reading, figure, found),
            None => Some(found),
        };
        if let Some(own) = own {
            each(own);
        }
    });
    after::after(reading, people, mention, &mut each);
    later::later(reading, people, mention, &mut each);
}

/// With what newspapers never introduce the holder of a high office.
const EVERYDAY: [&str; 24] = [
    "bocah",
    "buruh",
    "guru",
    "karyawan",
    "karyawati",
    "kurir",
    "mahasiswa",
    "mahasiswi",
    "nelayan",
    "pedagang",
    "pelajar",
    "pemulung",
    "pengamen",
    "pengemudi",
    "penjual",
    "penumpang",
    "petani",
    "peternak",
    "satpam",
    "siswa",
    "siswi",
    "sopir",
    "tukang",
    "warga",
];

/// Whether a role is one that no holder of a high office has ("guru SD", "petani").
pub fn is_everyday(role: &str) -> bool {
    let first = role.split(' ').next().unwrap_or_default();
    EVERYDAY.iter().any(|word| word.eq_ignore_ascii_case(first))
}

/// The well-known figure that a name others bear too means by the office beside it.
pub(super) fn tells(
    reading: &Reading<'_>,
    name: &str,
    mut mentions: impl Iterator<Item = Span>,
    role: Span,
) -> Option<&'static Figure> {
    // Of these there are many in one body, and the second word says which.
    let of_many = ["Anggota", "Direktur", "Kepala", "Ketua", "Wakil"];
    let is_held = |figure: &Figure| {
        let mut office = figure.office.split(' ');
        let mut is_next = |at: usize| office.next() == Some(reading.text(at));
        figure.name == name
            && is_next(role.first)
            && (!of_many.contains(&reading.text(role.first)) || is_next(role.first + 1))
    };
    mentions.find_map(|mention| {
        let mut figures = reading.figures_of(mention).map(|form| form.figure);
        figures.find(|figure| is_held(figure))
    })
}

/// Offices of a town or village, which nobody who is known everywhere by one word holds.
const LOCAL: [&str; 8] = [
    "bupati", "camat", "danramil", "kades", "kapolres", "kapolsek", "lurah", "wabup",
];

/// Whether an article says that someone is not a well-known holder of an office.
///
/// It does when it calls whom it names by a lone word by an occupation ("tukang becak bernama
/// Prabowo") in which no word is of an office or in the figure's, or by an office of a town. Of a full name that is said only
/// by what no holder of an office is ("guru SD Anwar Ibrahim"): they are called many things.
pub(super) fn contradicts(
    reading: &Reading<'_>,
    role: Span,
    is_lone: bool,
    figure: &Figure,
) -> bool {
    let is_office = |at| {
        let office = Classes::OFFICE.with(Classes::RANK).with(Classes::HONORIFIC);
        let word = reading.text(at).to_lowercase();
        reading.is(at, office)
            || figure
                .office
                .split(' ')
                .any(|own| own.to_lowercase() == word)
    };
    let first = reading.text(role.first);
    let is_local = LOCAL.iter().any(|word| word.eq_ignore_ascii_case(first));
    if is_lone && is_local && !figure.office.starts_with(first) {
        return true;
    }
    reading.is(role.first, Classes::OCCUPATION)
        && (is_lone || is_everyday(first))
        && !(role.first..role.end).any(is_office)
}
