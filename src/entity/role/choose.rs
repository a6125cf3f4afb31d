//! The best of all roles the article offers for one person, and the country it ties them to.

use super::{Head, RoleCandidate, Tie};
use crate::entity::gazetteer::Classes;
use crate::entity::reading::{Reading, Span};
use crate::entity::{CountryCode, Field};

/// The most complete role; earlier ones first among equals.
pub(crate) fn choose(reading: &Reading<'_>, candidates: &[RoleCandidate]) -> Option<Span> {
    let mut best: Option<(i32, Span)> = None;
    for candidate in candidates {
        let value = value(reading, candidate);
        if best.is_none_or(|(other, _)| value > other) {
            best = Some((value, candidate.span));
        }
    }
    best.map(|(_, span)| span)
}

fn value(reading: &Reading<'_>, candidate: &RoleCandidate) -> i32 {
    let tie = match candidate.tie {
        Tie::Before => 40,
        Tie::BeforeComma => 38,
        Tie::After => 31,
        Tie::AfterVerb => 20,
        Tie::List => 15,
        Tie::Later => 10,
    };
    let head = match candidate.head {
        Head::Office => 10,
        Head::Occupation => 6,
        Head::Kin => 2,
    };
    let span = candidate.span;
    let words = i32::try_from(span.len().min(4)).unwrap_or(4);
    // A headline shortens offices; "Ayatollah" or "Ajun Komisaris" alone is a title
    // rather than an office.
    let title = if reading.field(span.first) == Field::Title {
        25
    } else {
        0
    };
    let rank = Classes::HONORIFIC.with(Classes::RANK);
    let bare = if (span.first..span.end).all(|at| reading.is(at, rank)) {
        30
    } else {
        0
    };
    tie + head + 3 * words - title - bare - lateness(reading, span)
}

/// How far down the text a phrase stands, 0 to 20: people are introduced when first named.
fn lateness(reading: &Reading<'_>, span: Span) -> i32 {
    let (start, tokens) = reading.field_tokens(Field::Text);
    let down = span.first.saturating_sub(start) * 20 / tokens.len().max(1);
    i32::try_from(down).unwrap_or(20)
}

/// The country a role names, or the state a national office belongs to.
pub(crate) fn country(
    reading: &Reading<'_>,
    countries: &[(Span, CountryCode)],
    role: Span,
) -> Option<CountryCode> {
    // The countries are in reading order, so the first that does not end before the role is the
    // only one to look at.
    let from = countries.partition_point(|(span, _)| span.end <= role.first);
    if let Some((span, code)) = countries.get(from)
        && span.meets(role)
    {
        return Some(*code);
    }
    let national = (role.first..role.end).any(|at| NATIONAL.contains(&reading.text(at)));
    reading
        .country_of_place(role)
        .or(national.then_some(CountryCode(*b"ID")))
}

/// Bodies and offices that only Indonesia has, by the names its newspapers use.
const NATIONAL: [&str; 34] = [
    "BGN",
    "BI",
    "BIN",
    "BKN",
    "BMKG",
    "BNN",
    "BNPB",
    "BNPT",
    "BPBD",
    "BPK",
    "BPOM",
    "BPS",
    "BRIN",
    "Bappenas",
    "Bareskrim",
    "Bawaslu",
    "Bulog",
    "Bupati",
    "DPD",
    "DPR",
    "DPRD",
    "Kapolda",
    "Kapolres",
    "Kapolri",
    "Kapolsek",
    "Kejagung",
    "KPK",
    "KPU",
    "MPR",
    "OJK",
    "Polda",
    "Polres",
    "Polri",
    "TNI",
];
