//! Which states are named, and where.
//!
//! Countries are a closed list, so finding them is looking up phrases; the work is in saying when
//! a form is *not* the country: in a currency ("dolar AS"), a language ("bahasa Inggris"), the name
//! of an organisation, event or venue ("Bank Indonesia", "Piala Asia Qatar"), a larger place
//! ("Amerika Latin"), a person ("Israel Katz") or a suspect's initials ("AS (29)"). Adjectives count
//! ("pasukan Israel"), and so does a country inside an office ("Presiden AS"), before or after a
//! hyphen ("pro-Palestina"), and behind a national team ("Timnas Indonesia"). Nothing is matched
//! by likeness: Senin is not Benin.

#[cfg(test)]
mod tests;

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
    let Some(phrase) = gazetteer::longest(&part.words[at..end], COUNTRY.with(LARGER)) else {
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
        if part.is_blessing(&range) {
            return phrase.len;
        }
    }
    if part.is_money_or_language(&range)
        || part.is_inside_name(&range, country)
        || part.is_head_of_name(&range)
        || part.is_of_a_body(&range, country)
        || part.is_person(&range)
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

fn is_indonesia(country: &CountryFacts) -> bool {
    country.code.as_str() == "ID"
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

    /// Does a phrase of the classes begin here and end no later than `end`?
    fn begins(&self, at: usize, of: Classes, end: usize) -> bool {
        self.words.get(at..end).is_some_and(|words| {
            words.first().is_some_and(|word| word.begins().any(of))
                && gazetteer::longest(words, of).is_some()
        })
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

    /// The run of capitals that leads up to the country on its line: "Kamar Dagang dan Industri
    /// (Kadin)" before "Indonesia". A bracket with an abbreviation in it is part of the run.
    fn run_before(&self, range: &Range<usize>) -> Range<usize> {
        /// Names of bodies with more tokens than this before the country are not met.
        const FARTHEST: usize = 10;
        let mut start = range.start;
        while start > 0 && range.start - start < FARTHEST && self.same_line(start) {
            let at = start - 1;
            let token = self.tokens[at];
            let joins = token.case == Case::Lower
                && (self.word(at) == "of"
                    || start != range.start && matches!(self.word(at), "dan" | "untuk"));
            let bracket = self.mark(at) == Some(')')
                && start >= 3
                && self.tokens[start - 2].case >= Case::Title
                && self.mark(start - 3) == Some('(');
            if bracket {
                start -= 3;
            } else if token.case.is_capital() || token.case == Case::Number || joins {
                start = at;
            } else {
                break;
            }
        }
        while start < range.start && !self.tokens[start].case.is_capital() {
            start += 1;
        }
        start..range.start
    }

    /// Does the name of something else lead up to the country, and swallow it: "Piala Asia Qatar"?
    fn is_inside_name(&self, range: &Range<usize>, country: &CountryFacts) -> bool {
        /// Common words that names of events and bodies are made of, in headlines too.
        const IN_NAMES: [&str; 6] = [
            "dunia",
            "nasional",
            "internasional",
            "utama",
            "muda",
            "rakyat",
        ];
        let run = self.run_before(range);
        let headline = !run.is_empty() && self.is_headline(run.end);
        for at in run.clone().rev() {
            if !self.tokens[at].case.is_capital() {
                continue;
            }
            if self.begins(at, Classes::NAME_HEAD, run.end) {
                // After a foreign body's own name the country says where it is ("Universitas
                // Kansai Jepang"); in an event's it is part of the name ("Piala Asia U-23 Qatar").
                return is_indonesia(country)
                    || at + 1 == run.end
                    || self.word(run.end - 1) == "of"
                    || self.is(at, Classes::EVENT_CUE);
            }
            if self.is(
                at,
                Classes::OFFICE
                    .with(Classes::TEAM_CUE)
                    .with(Classes::SPEECH),
            ) {
                return false;
            }
            // A headline runs on through its verbs: in "Bank Dunia Puji Indonesia" the bank's name
            // ends before "Puji". In running text common words in capitals are part of the name.
            if headline
                && self.is(at, Classes::COMMON.with(Classes::FUNCTION))
                && !self.is_lower_word(at, &IN_NAMES)
            {
                return false;
            }
        }
        false
    }

    /// "DPR RI", "Kementerian Sosial Republik Indonesia", "Frisian Flag Indonesia": bodies and firms
    /// bear the name of their own country at their end. Only Indonesia's do so in the Indonesian
    /// press as a matter of course; a foreign country after a body says whose it is.
    fn is_of_a_body(&self, range: &Range<usize>, country: &CountryFacts) -> bool {
        const NAMED: Classes = Classes::ORGANISATION
            .with(Classes::MEDIA)
            .with(Classes::BRAND);
        const STANDS_FREE: Classes = Classes::OFFICE
            .with(Classes::OCCUPATION)
            .with(Classes::TEAM_CUE)
            .with(Classes::RANK)
            .with(Classes::SPEECH);
        /// First words of what is no body's name, or of a body that is the state itself.
        const NO_BODY: [&str; 9] = [
            "pemerintah",
            "tim",
            "masyarakat",
            "wilayah",
            "tentara",
            "pasukan",
            "militer",
            "pemuda",
            "kota",
        ];
        if !is_indonesia(country) {
            return false;
        }
        if self.mark(range.start.wrapping_sub(1)) == Some('-') {
            let before = range.start.wrapping_sub(2);
            return self.word(range.start) == "RI" && self.is(before, Classes::ORGANISATION);
        }
        let run = self.run_before(range);
        let named = run.clone().any(|at| {
            gazetteer::phrases(&self.words[at..run.end])
                .any(|phrase| at + phrase.len == run.end && phrase.classes.any(NAMED))
        });
        if run.is_empty() || self.is_headline(run.end) {
            return named;
        }
        // What is left of the run behind the last office or team in it.
        let free = run
            .clone()
            .filter_map(|at| {
                let phrase = gazetteer::longest(&self.words[at..run.end], STANDS_FREE)?;
                Some(at + phrase.len)
            })
            .max();
        let rest = free.unwrap_or(run.start)..run.end;
        let Some(first) = rest.clone().next() else {
            return false;
        };
        let body =
            self.is(first, Classes::ORGANISATION_CUE) && !self.is_lower_word(first, &NO_BODY);
        let unknown = self.word(range.start) != "RI"
            && (free.is_none() || rest.len() > 1)
            && rest.clone().all(|at| {
                let classes = self
                    .words
                    .get(at)
                    .map_or(Classes::NONE, |word| word.classes());
                (classes.is_empty() || classes.any(NAMED)) && self.tokens[at].case == Case::Title
            });
        named || body || unknown
    }

    /// Is the line a headline, all of its longer words in capitals?
    fn is_headline(&self, at: usize) -> bool {
        /// Longer lines are lists of names or running text, not headlines; so no line is read far.
        const LONGEST: usize = 40;
        let mut before = (0..=at).rev().take(LONGEST);
        let Some(begins) = before.find(|&at| at == 0 || !self.same_line(at)) else {
            return false;
        };
        let line = self.tokens[begins..]
            .iter()
            .take(LONGEST + 1)
            .enumerate()
            .take_while(|(offset, token)| *offset == 0 || token.gap != Gap::Line);
        let (mut capitals, mut small) = (0, 0);
        let mut stopped = false;
        let mut length = 0;
        for (offset, token) in line {
            length = offset + 1;
            stopped = token.case == Case::Mark && token.text(self.text) == ".";
            if token.case.is_capital() {
                capitals += 1;
            } else if token.case == Case::Lower && !self.is(begins + offset, Classes::FUNCTION) {
                small += 1;
            }
        }
        // Headlines do not end with a full stop.
        !stopped && length <= LONGEST && capitals >= 3 * small
    }

    /// "Nabi Ibrahim AS": the blessing said after a prophet's name.
    fn is_blessing(&self, range: &Range<usize>) -> bool {
        (2..=3)
            .filter_map(|distance| range.start.checked_sub(distance))
            .any(|at| self.is_lower_word(at, &["nabi", "malaikat"]))
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
    fn is_person(&self, range: &Range<usize>) -> bool {
        const BORNE: [&str; 5] = ["Chad", "Georgia", "Kenya", "Oman", "Yaman"];
        if !BORNE.contains(&self.word(range.start)) {
            return false;
        }
        let named = Classes::HONORIFIC
            .with(Classes::GIVEN_NAME)
            .with(Classes::CLAN);
        if let Some(before) = self.before(range) {
            if self.is(before, Classes::OFFICE.with(Classes::OCCUPATION)) {
                return false;
            }
            if self.is(before, named) && self.tokens[before].case.is_capital() {
                return true;
            }
            if self.tokens[before].case == Case::Lower {
                return self.is(range.end, named)
                    && self.tokens[range.end].case == Case::Title
                    && !self.is_lower_word(before, &["di", "ke", "dari", "untuk"]);
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
