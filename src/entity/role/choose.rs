//! The best of all roles the article offers for one person, and the country it ties them to.

use super::{Head, RoleCandidate, Tie};
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
        Tie::After => 36,
        Tie::AfterVerb => 20,
        Tie::List => 15,
    };
    let head = match candidate.head {
        Head::Office => 10,
        Head::Occupation => 6,
        Head::Kin => 2,
    };
    let words = i32::try_from(candidate.span.len().min(6)).unwrap_or(6);
    // A headline shortens offices and capitalises what is none.
    let title = if reading.field(candidate.span.first) == Field::Title {
        -25
    } else {
        0
    };
    tie + head + 3 * words + title
}

/// The country a role names, or the state a national office belongs to.
pub(crate) fn country(
    reading: &Reading<'_>,
    countries: &[(Span, CountryCode)],
    role: Span,
) -> Option<CountryCode> {
    if let Some((_, code)) = countries.iter().find(|(span, _)| span.meets(role)) {
        return Some(*code);
    }
    let national = (role.first..role.end).any(|at| {
        matches!(
            reading.text(at),
            "TNI"
                | "Polri"
                | "DPR"
                | "DPD"
                | "MPR"
                | "KPK"
                | "Kapolri"
                | "Polda"
                | "Polres"
                | "DPRD"
                | "Bupati"
                | "Kapolda"
                | "Kapolres"
        )
    });
    national.then_some(CountryCode(*b"ID"))
}
