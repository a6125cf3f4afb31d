//! What is known of a name before any article: the figures and countries of the closed lists.
//!
//! It is shown apart from what articles say, with the month in which it was true. An article's own
//! word comes first.

use super::fold;
use super::person;
use crate::entity::CountryCode;
use crate::entity::gazetteer::{self, CountryFacts, Entry, Figure};
use crate::language::lookup::LookupTexts;

/// The month of which the lists of countries, capitals and seats of government are true.
pub const COUNTRIES_AS_OF: &str = "2025-11";

/// What the closed lists know of a person or country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Name, country, office, and as of when.
    Figure(&'static Figure),
    /// Names, capital and seats of government.
    Country(&'static CountryFacts),
}

impl Known {
    /// What the lists say, one fact each: of a figure the office and the country; of a country the
    /// capital with the seats of government, and its other names.
    pub fn facts(self, texts: &LookupTexts) -> Vec<String> {
        match self {
            Self::Figure(figure) => vec![figure.office.to_owned(), country_name(figure.country)],
            Self::Country(facts) => {
                let seats = capital(facts).map(|capital| {
                    let places: Vec<&str> = [capital].iter().chain(facts.seats).copied().collect();
                    format!("{} {}", texts.capital, places.join(", "))
                });
                let also = (!facts.also.is_empty())
                    .then(|| format!("{} {}", texts.also, facts.also.join(", ")));
                seats.into_iter().chain(also).collect()
            }
        }
    }

    /// The month in which that was true: "2025-11".
    pub fn as_of(self) -> &'static str {
        match self {
            Self::Figure(figure) => figure.as_of,
            Self::Country(_) => COUNTRIES_AS_OF,
        }
    }
}

/// The well-known figure of exactly this full name.
pub fn figure(name: &str) -> Option<&'static Figure> {
    let key = fold::key(name);
    person::figures(name)
        .into_iter()
        .map(|(figure, _)| figure)
        .find(|figure| fold::key(figure.name) == key)
}

/// The country of this code.
pub fn country(code: CountryCode) -> Option<&'static CountryFacts> {
    gazetteer::country(code)
}

/// What a country is called; its code where nobody knows it.
pub fn country_name(code: CountryCode) -> String {
    country(code).map_or_else(|| code.to_string(), |facts| facts.name.to_owned())
}

/// The capital of a country, where it has one.
pub fn capital(country: &'static CountryFacts) -> Option<&'static str> {
    match &country.code.0 {
        // The lists leave it out: in Indonesian news it says where an article was written.
        b"ID" => Some("Jakarta"),
        b"SG" | b"MC" | b"VA" => Some(country.name),
        _ => country.capital,
    }
}

/// The country of a code or name, in any case. "AS" is what Indonesians call the United States, not
/// the code of American Samoa.
pub fn country_called(text: &str) -> Option<CountryCode> {
    match *text.to_ascii_uppercase().as_bytes() {
        [b'A', b'S'] => return Some(CountryCode(*b"US")),
        [a, b] if gazetteer::country(CountryCode([a, b])).is_some() => {
            return Some(CountryCode([a, b]));
        }
        _ => {}
    }
    let key = fold::key(text);
    let named = gazetteer::countries()
        .iter()
        .find(|country| fold::key(country.name) == key || fold::key(country.english) == key);
    if let Some(country) = named {
        return Some(country.code);
    }
    let words: Vec<_> = text.split_whitespace().map(gazetteer::word).collect();
    gazetteer::phrases(&words)
        .filter(|phrase| phrase.len == words.len())
        .flat_map(gazetteer::Phrase::entries)
        .find_map(|entry| match entry {
            Entry::Country(country, _) => Some(country.code),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::country_called;

    #[test]
    fn countries_by_code_name_and_alias() {
        for (text, code) in [
            ("kp", "KP"),
            ("KP", "KP"),
            ("Korea Utara", "KP"),
            ("korut", "KP"),
            ("us", "US"),
            ("AS", "US"),
            ("RI", "ID"),
        ] {
            let found = country_called(text).map(|code| code.to_string());
            assert_eq!(found.as_deref(), Some(code), "{text}");
        }
        assert_eq!(country_called("Atlantis"), None);
    }
}
