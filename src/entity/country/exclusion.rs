//! When the name of a country stands for something else.

use std::ops::Range;

use super::Part;
use crate::entity::gazetteer::{self, Classes, CountryFacts};
use crate::entity::token::{Case, Gap};

impl Part<'_> {
    /// Is the form at `range` part of a sum, a language, or another name?
    pub(super) fn excludes(&self, range: &Range<usize>, country: &CountryFacts) -> bool {
        self.is_money_or_language(range)
            || self.is_inside_name(range, country)
            || self.is_head_of_name(range)
            || self.is_of_a_body(range, country)
            || self.is_person(range)
    }

    /// Is the abbreviation a person's initials: "AS (29)", "berinisial RI", "AS, MZ, dan RK"?
    pub(super) fn is_initials(&self, range: &Range<usize>) -> bool {
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
        let after = |offset: usize| self.tokens.get(range.end + offset);
        if self.mark(range.end) == Some('(')
            && after(1).is_some_and(|token| token.case == Case::Number)
            && self.mark(range.end + 2) == Some(')')
        {
            return true;
        }
        let Some(before) = range.start.checked_sub(1) else {
            return false;
        };
        self.is_lower_word(before, &SUSPECT)
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
    pub(super) fn is_blessing(&self, range: &Range<usize>) -> bool {
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
}

fn is_indonesia(country: &CountryFacts) -> bool {
    country.code.as_str() == "ID"
}
