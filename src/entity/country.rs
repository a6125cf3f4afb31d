//! Which states are named, and where.
//!
//! Countries are a closed list, so finding them is looking up phrases; the work is in saying when
//! a form is *not* the country: in a currency ("dolar AS"), a language ("bahasa Inggris"), the name
//! of an organisation, event or venue ("Bank Indonesia", "Piala Asia Qatar"), a larger place
//! ("Amerika Latin"), a person ("Israel Katz") or a suspect's initials ("AS (29)"). Adjectives count
//! ("pasukan Israel"), and so does a country inside an office ("Presiden AS"), before or after a
//! hyphen ("pro-Palestina"), and behind a national team ("Timnas Indonesia"). Nothing is matched
//! by likeness: Senin is not Benin.

mod exclusion;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;

use super::CountryCode;
use super::gazetteer::{self, Classes, CountryFacts, Entry, FormKind, Phrase, WordId};
use super::token::{Case, Token};

/// One field of an article, ready to be searched.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// The text the tokens were cut from.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// What [`gazetteer::word`] says of each token; as long as `tokens`.
    pub words: &'a [WordId],
    /// Runs of tokens that are known to be the name of a person or an organisation, in order: no
    /// country is taken from inside them.
    pub blocked: &'a [Range<usize>],
}

/// A country by one of its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The number of the part it stands in.
    pub part: usize,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Which country.
    pub country: &'static CountryFacts,
    /// How it is named; [`FormKind::is_seat`] parts mentions from seats.
    pub kind: FormKind,
}

/// So many countries must have their three-letter codes in an article for any code to count.
const FEWEST_LISTED: usize = 4;

/// Finds the countries of an article, part by part, in reading order.
///
/// All parts are heard together, since a suspect's initials in one are no country in another.
pub fn find(parts: &[Part<'_>]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut initials: Vec<WordId> = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let mut at = 0;
        let mut blocked = part.blocked.iter().peekable();
        while at < part.words.len().min(part.tokens.len()) {
            while blocked.next_if(|range| range.end <= at).is_some() {}
            if let Some(range) = blocked.peek()
                && range.start <= at
            {
                at = range.end;
                continue;
            }
            let next = blocked.peek().map(|range| range.start);
            at += look(part, number, at, next, &mut found, &mut initials);
        }
    }
    // Single codes are mostly other abbreviations; a list of results has codes of many countries.
    let codes = found
        .iter()
        .filter(|form| form.kind == FormKind::ResultCode);
    let listed: BTreeSet<CountryCode> = codes.map(|form| form.country.code).collect();
    if listed.len() < FEWEST_LISTED {
        found.retain(|form| form.kind != FormKind::ResultCode);
    }
    // "AS (29)" once makes every bare "AS" of the article that suspect.
    found.retain(|form| {
        form.kind != FormKind::Abbreviation
            || !parts
                .get(form.part)
                .and_then(|part| part.words.get(form.tokens.start))
                .is_some_and(|word| initials.contains(word))
    });
    found
}

/// Looks for a country at one token and says how many tokens are read with it.
fn look(
    part: &Part<'_>,
    number: usize,
    at: usize,
    limit: Option<usize>,
    found: &mut Vec<Found>,
    initials: &mut Vec<WordId>,
) -> usize {
    /// Names that may hold a country and are longer than it.
    const LARGER: Classes = Classes::PLACE
        .with(Classes::ORGANISATION)
        .with(Classes::MEDIA)
        .with(Classes::BRAND)
        .with(Classes::FIGURE);
    const COUNTRY: Classes = Classes::COUNTRY
        .with(Classes::COUNTRY_ABBREVIATION)
        .with(Classes::RESULT_CODE)
        .with(Classes::SEAT);
    let (word, case) = (part.words[at], part.tokens[at].case);
    if !case.is_capital() || !word.begins().any(COUNTRY.with(LARGER)) {
        return 1;
    }
    let end = limit.unwrap_or(part.words.len()).min(part.words.len());
    let Some(phrase) = gazetteer::longest(&part.words[at..end], COUNTRY.with(LARGER)) else {
        return 1;
    };
    let range = at..at + phrase.len;
    let Some((country, kind)) = country_of(phrase) else {
        return phrase.len;
    };
    if matches!(kind, FormKind::Abbreviation | FormKind::ResultCode) {
        if !part.tokens[range.clone()]
            .iter()
            .all(|token| matches!(token.case, Case::Upper | Case::Initial))
        {
            return 1;
        }
        if part.is_initials(&range) {
            initials.push(word);
            return phrase.len;
        }
        if part.is_blessing(&range) {
            return phrase.len;
        }
    }
    if part.excludes(&range, country) {
        return phrase.len;
    }
    found.push(Found {
        part: number,
        tokens: range,
        country,
        kind,
    });
    phrase.len
}

fn country_of(phrase: Phrase) -> Option<(&'static CountryFacts, FormKind)> {
    phrase.entries().find_map(|entry| match entry {
        Entry::Country(country, kind) => Some((country, kind)),
        _ => None,
    })
}
