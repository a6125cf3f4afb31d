//! Which states are named, and where.
//!
//! Countries are a closed list, so finding them is looking up phrases; the work is in saying when
//! a form is *not* the country: in a currency ("dolar AS"), a language ("bahasa Inggris"), the name
//! of an organisation, event or venue ("Bank Indonesia", "Piala Asia Qatar"), a larger place
//! ("Amerika Latin"), a person ("Israel Katz") or a suspect's initials ("AS (29)"). Adjectives count
//! ("pasukan Israel"), and so does a country inside an office ("Presiden AS"), before or after a
//! hyphen ("pro-Palestina"), and behind a national team ("Timnas Indonesia"). Nothing is matched
//! by likeness: Senin is not Benin.

use std::ops::Range;

use super::gazetteer::{self, Classes, CountryFacts, Entry, FormKind, Phrase, WordId};
use super::token::{Case, Gap, Token};

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
        .with(Classes::SEAT);
    let (word, case) = (part.words[at], part.tokens[at].case);
    if !case.is_capital() || !word.begins().any(COUNTRY.with(LARGER)) {
        return 1;
    }
    let end = limit.unwrap_or(part.words.len()).min(part.words.len());
    let Some(phrase) = longest(&part.words[at..end], COUNTRY.with(LARGER)) else {
        return 1;
    };
    let range = at..at + phrase.len;
    let Some((country, kind)) = country_of(phrase) else {
        return phrase.len;
    };
    if kind == FormKind::Abbreviation {
        if !part.tokens[range.clone()]
            .iter()
            .all(|token| matches!(token.case, Case::Upper | Case::Initial))
        {
            return 1;
        }
        if is_initials(part, &range) {
            initials.push(word);
            return phrase.len;
        }
    }
    if part.is_money_or_language(&range)
        || part.is_inside_name(&range)
        || part.is_head_of_name(&range)
        || part.is_person(&range, phrase)
    {
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

/// The longest phrase that is one of the classes; a country where a phrase is that and more.
fn longest(words: &[WordId], of: Classes) -> Option<Phrase> {
    gazetteer::longest(words, of)
}

fn country_of(phrase: Phrase) -> Option<(&'static CountryFacts, FormKind)> {
    phrase.entries().find_map(|entry| match entry {
        Entry::Country(country, kind) => Some((country, kind)),
        _ => None,
    })
}

/// Is the abbreviation a person's initials: "AS (29)", "berinisial RI", "AS, MZ, dan RK"?
fn is_initials(part: &Part<'_>, range: &Range<usize>) -> bool {
    const SUSPECT: [&str; 8] = [
        "berinisial",
        "inisial",
        "insial",
        "tersangka",
        "terdakwa",
        "pelaku",
        "terduga",
        "korban",
    ];
    let after = |offset: usize| part.tokens.get(range.end + offset);
    if part.mark(range.end) == Some('(')
        && after(1).is_some_and(|token| token.case == Case::Number)
        && part.mark(range.end + 2) == Some(')')
    {
        return true;
    }
    let Some(before) = range.start.checked_sub(1) else {
        return false;
    };
    part.is_lower_word(before, &SUSPECT)
}

impl Part<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .map_or("", |token| token.text(self.text))
    }

    fn is(&self, at: usize, of: Classes) -> bool {
        self.words
            .get(at)
            .is_some_and(|word| word.classes().any(of))
    }

    /// The token, where it is a single mark on the same line as the token before it.
    fn mark(&self, at: usize) -> Option<char> {
        let token = self.tokens.get(at)?;
        (token.case == Case::Mark && token.gap != Gap::Line)
            .then(|| token.text(self.text).chars().next())
            .flatten()
    }

    fn is_lower_word(&self, at: usize, words: &[&str]) -> bool {
        let word = self.word(at);
        words.iter().any(|known| word.eq_ignore_ascii_case(known))
    }

    /// Does the token stand on the same line as the one before it?
    fn same_line(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.gap != Gap::Line)
    }

    fn before(&self, range: &Range<usize>) -> Option<usize> {
        (self.same_line(range.start)).then(|| range.start.checked_sub(1))?
    }

    /// "dolar AS", "US$", "bahasa Inggris".
    fn is_money_or_language(&self, range: &Range<usize>) -> bool {
        let money = self.mark(range.end) == Some('$')
            && self
                .tokens
                .get(range.end)
                .is_some_and(|token| token.gap == Gap::Glued);
        money
            || self.before(range).is_some_and(|before| {
                self.is(before, Classes::CURRENCY.with(Classes::LANGUAGE_CUE))
            })
    }

    /// Does a run of capitals that a name's first word opens lead up to the country?
    fn is_inside_name(&self, range: &Range<usize>) -> bool {
        /// Names of bodies with more words than this before the country are not met.
        const FARTHEST: usize = 7;
        const ENDS: Classes = Classes::OFFICE
            .with(Classes::SPEECH)
            .with(Classes::FUNCTION)
            .with(Classes::COMMON)
            .with(Classes::TEAM_CUE);
        let mut at = range.start;
        for _ in 0..FARTHEST {
            if !self.same_line(at) || at == 0 {
                return false;
            }
            at -= 1;
            let Some(token) = self.tokens.get(at) else {
                return false;
            };
            if self.is(at, Classes::NAME_HEAD) && token.case.is_capital() {
                return true;
            }
            let joins = matches!(token.case, Case::Lower) && matches!(self.word(at), "dan" | "of");
            if !joins
                && (!(token.case.is_capital() || token.case == Case::Number) || self.is(at, ENDS))
            {
                return false;
            }
        }
        false
    }

    /// "Thailand Open", "Malaysia Airlines".
    fn is_head_of_name(&self, range: &Range<usize>) -> bool {
        self.same_line(range.end)
            && self
                .tokens
                .get(range.end)
                .is_some_and(|token| token.case.is_capital())
            && gazetteer::longest(&self.words[range.end..], Classes::NAME_TAIL).is_some()
    }

    /// "Pak Oman", "Chad Smith": names of countries that people bear.
    fn is_person(&self, range: &Range<usize>, _phrase: Phrase) -> bool {
        const BORNE: [&str; 5] = ["Chad", "Georgia", "Kenya", "Oman", "Yaman"];
        if !BORNE.contains(&self.word(range.start)) {
            return false;
        }
        let title = Classes::HONORIFIC
            .with(Classes::GIVEN_NAME)
            .with(Classes::CLAN);
        if let Some(before) = self.before(range) {
            if self.is(before, Classes::OFFICE) {
                return false;
            }
            if self.is(before, title) && self.tokens[before].case.is_capital() {
                return true;
            }
            if self.tokens[before].case == Case::Lower {
                return false;
            }
        }
        self.same_line(range.end)
            && self
                .tokens
                .get(range.end)
                .is_some_and(|token| token.case == Case::Title)
            && !self.is(range.end, Classes::COMMON.with(Classes::FUNCTION))
    }
}
