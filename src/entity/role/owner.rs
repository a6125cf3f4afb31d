//! Roles of one person that name another.
//!
//! ```text
//! Juru bicara | Presiden | Prabowo Subianto | , | Hasan Nasbi
//! ^ what Hasan Nasbi is, all of it before the comma
//!               ^ what Prabowo Subianto is
//! ```
//!
//! The words alone do not tell the two apart: "Utusan Khusus Presiden AS Steve Witkoff" is one man.
//! What tells them apart is a second name behind a comma, or that the first is a well-known holder
//! of the office that stands next to it.

use super::before::skip_titles;
use super::{Head, RoleCandidate, Tie};
use crate::entity::gazetteer::{Classes, Figure};
use crate::entity::reading::{Reading, Span};
use crate::entity::token::{Case, Gap};

/// Offices that someone in another's service is called after.
const OWNERS: [&str; 26] = [
    "bupati", "gubernur", "kaisar", "kanselir", "kapolri", "menhan", "menkeu", "menko", "menlu",
    "menteri", "panglima", "pangeran", "paus", "perdana", "pm", "presiden", "raja", "ratu",
    "sekjen", "sultan", "wagub", "walikota", "wapres", "wali", "wamenlu", "capres",
];

/// Words before an office that belong to it.
const BEFORE_OFFICE: [&str; 11] = [
    "almarhum", "bekas", "calon", "eks", "ex", "mantan", "mendiang", "penjabat", "pj", "plt",
    "wakil",
];

/// First words of a phrase that says whose someone is.
const RELATIONS: [&str; 22] = [
    "ajudan",
    "asisten",
    "jubir",
    "juru",
    "kuasa",
    "loyalis",
    "pembela",
    "pembunuh",
    "pendahulu",
    "pendukung",
    "penerus",
    "pengacara",
    "pengawal",
    "pengkritik",
    "penantang",
    "penasihat",
    "pesaing",
    "relawan",
    "sekretaris",
    "simpatisan",
    "sopir",
    "utusan",
];

/// What someone may have done to a person.
const DEEDS: [&str; 24] = [
    "pelecehan",
    "pemalsuan",
    "pembacok",
    "pembacokan",
    "pembunuh",
    "pembunuhan",
    "pemerkosa",
    "pemerkosaan",
    "pemukulan",
    "penculik",
    "penculikan",
    "penembak",
    "penembakan",
    "pengeroyok",
    "pengeroyokan",
    "penganiaya",
    "penganiayaan",
    "penghinaan",
    "penikaman",
    "penusuk",
    "penusukan",
    "penyekapan",
    "penyerang",
    "penyerangan",
];

/// Whether a role right before a name is that of whoever did something to its bearer: "pelaku
/// penembakan [Charlie Kirk]".
pub(super) fn is_of_culprit(reading: &Reading<'_>, found: RoleCandidate) -> bool {
    let span = found.span;
    found.tie == Tie::Before
        && span.len() > 1
        && is_one_of(reading, span.end - 1, &DEEDS)
        && is_one_of(
            reading,
            span.first,
            &[
                "pelaku",
                "tersangka",
                "terdakwa",
                "terpidana",
                "terduga",
                "saksi",
                "otak",
                "dalang",
            ],
        )
}

/// Whether the name that ends here is followed by another that is set beside it ("..., Hasan
/// Nasbi, ..."), rather than by the next of a list.
pub(super) fn leads_to_name(reading: &Reading<'_>, people: &[bool], end: usize) -> bool {
    if reading.text(end) != "," || reading.gap(end) == Gap::Line {
        return false;
    }
    let titles = Classes::RANK.with(Classes::HONORIFIC).with(Classes::DEGREE);
    let is_person = |at: usize| people.get(at).copied().unwrap_or(false);
    let mut at = end + 1;
    while at < end + 6 && !is_person(at) && (reading.is(at, titles) || reading.text(at) == ".") {
        at += 1;
    }
    if !is_person(at) || reading.gap(at) == Gap::Line {
        return false;
    }
    while is_person(at) && reading.gap(at) != Gap::Line {
        at += 1;
    }
    let joins = |at: usize| matches!(reading.text(at), "dan" | "serta" | "&" | "/" | ";");
    let goes_on = reading.text(at) == "," && (is_person(at + 1) || joins(at + 1));
    reading.gap(at) == Gap::Line || !(joins(at) || goes_on)
}

/// The role of a name that stands between another's role and that other's name.
pub(super) fn own_part(reading: &Reading<'_>, found: RoleCandidate) -> Option<RoleCandidate> {
    match inner_office(reading, found.span) {
        Some(span) => Some(RoleCandidate {
            span,
            head: Head::Office,
            ..found
        }),
        None => (!relates(reading, found.span)).then_some(found),
    }
}

/// What the other is: all that stands before the comma, the first name with it.
///
/// `before` gives the role right before a name.
pub(super) fn with_owner(
    reading: &Reading<'_>,
    people: &[bool],
    name: usize,
    before: impl Fn(usize) -> Option<RoleCandidate>,
) -> Option<RoleCandidate> {
    let comma = skip_titles(reading, name, true).checked_sub(1)?;
    let mut owner = comma;
    while owner > 0 && people[owner - 1] && reading.gap(owner) != Gap::Line {
        owner -= 1;
    }
    if owner == comma || !leads_to_name(reading, people, comma) {
        return None;
    }
    let found = before(owner).filter(|found| found.tie == Tie::Before)?;
    let names_owner = inner_office(reading, found.span).is_some() || relates(reading, found.span);
    names_owner.then_some(RoleCandidate {
        span: Span {
            first: found.span.first,
            end: comma,
        },
        tie: Tie::BeforeComma,
        head: found.head,
    })
}

/// The part of a role that is a well-known figure's own; none where only somebody in their service
/// is told of ("pengacara Trump").
pub(super) fn of_figure(
    reading: &Reading<'_>,
    figure: &Figure,
    found: RoleCandidate,
) -> Option<RoleCandidate> {
    let office = figure.office.split(' ').find(|word| {
        !BEFORE_OFFICE
            .iter()
            .any(|before| before.eq_ignore_ascii_case(word))
    });
    let office = office.unwrap_or_default();
    let is_office = |at: usize| {
        let word = reading.text(at);
        word.eq_ignore_ascii_case(office)
            || (word.eq_ignore_ascii_case("PM") && office == "Perdana")
    };
    if found.tie != Tie::Before || is_office(found.span.first) {
        return Some(found);
    }
    match inner_office(reading, found.span) {
        Some(span) if (span.first..span.end).any(is_office) => Some(RoleCandidate {
            span,
            head: Head::Office,
            ..found
        }),
        Some(_) => Some(found),
        None => {
            let elsewhere = relates(reading, found.span) || is_of_others(reading, figure, found);
            (!elsewhere).then_some(found)
        }
    }
}

/// Whether a role of someone before ("mantan kepala staf Joe Biden") has no word of the figure's
/// office, and no name of what the office is of: then it is another's.
fn is_of_others(reading: &Reading<'_>, figure: &Figure, found: RoleCandidate) -> bool {
    let noun = noun(reading, found.span);
    let is_own = |at: usize| {
        figure
            .office
            .split(' ')
            .any(|own| own.eq_ignore_ascii_case(reading.text(at)))
    };
    noun > found.span.first
        && reading.case(noun) == Case::Lower
        && !is_one_of(reading, noun, &OWNERS)
        && (noun..found.span.end)
            .all(|at| !is_own(at) && (at == noun || !reading.case(at).is_capital()))
}

/// Whether a role only says that someone is in another's service, without saying whose
/// ("penasihat hukum", not "juru bicara Gedung Putih").
fn relates(reading: &Reading<'_>, role: Span) -> bool {
    let noun = noun(reading, role);
    // "Wakil" alone says that much of nobody.
    if noun == role.end {
        return true;
    }
    let kin = reading.is(noun, Classes::KIN) && !reading.is(noun, Classes::OFFICE);
    let begins = is_one_of(reading, noun, &RELATIONS) || (noun > role.first && kin);
    // "Kuasa Hukum", "Juru Bicara": two words are the noun itself.
    begins
        && (noun + 2..role.end).all(|at| !reading.case(at).is_capital())
        && reading.case(noun + 1) != Case::Upper
}

/// Where the noun of a role begins: "mantan [istri]".
pub(super) fn noun(reading: &Reading<'_>, role: Span) -> usize {
    (role.first..role.end)
        .find(|&at| !is_one_of(reading, at, &BEFORE_OFFICE))
        .unwrap_or(role.end)
}

fn is_one_of(reading: &Reading<'_>, at: usize, words: &[&str]) -> bool {
    words
        .iter()
        .any(|word| word.eq_ignore_ascii_case(reading.text(at)))
}

/// The last office of a role that begins with a word for somebody else.
pub(super) fn inner_office(reading: &Reading<'_>, role: Span) -> Option<Span> {
    let is_one_of = |at: usize, words: &[&str]| is_one_of(reading, at, words);
    let owns = |at: usize| {
        is_one_of(at, &OWNERS)
            || (is_one_of(at, &["sekretaris"]) && is_one_of(at + 1, &["jenderal"]))
    };
    let mut first = (role.first + 1..role.end).rev().find(|&at| owns(at))?;
    while first > role.first && (owns(first - 1) || is_one_of(first - 1, &BEFORE_OFFICE)) {
        first -= 1;
    }
    let outer = first.checked_sub(1).filter(|&at| at >= role.first)?;
    let is_joined = reading.case(outer) == Case::Mark
        || is_one_of(
            outer,
            &["dan", "serta", "sekaligus", "merangkap", "untuk", "bidang"],
        );
    (!is_joined).then_some(Span {
        first,
        end: role.end,
    })
}
