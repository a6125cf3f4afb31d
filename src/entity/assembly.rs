//! From spans to [`Entities`]: who owns which words, in which order, with which role.

use std::collections::HashMap;

use super::reading::{Reading, Span};
use super::role::{self, RoleCandidate};
use super::tagger::{self, Kind};
use super::{
    Country, CountryCode, Entities, Field, Mention, Organisation, Person, Place, country, person,
};

/// A span the tagger takes for a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tagged {
    /// The tokens.
    pub(super) span: Span,
    /// What is named.
    pub(super) named: Kind,
    /// How sure that is, 0 to 1.
    pub(super) confidence: f32,
}

impl Tagged {
    /// The tagger's span as a run of the article's tokens.
    pub(super) fn new(reading: &Reading<'_>, name: &tagger::Span) -> Self {
        let field = Field::ALL.get(name.field).copied().unwrap_or(Field::Text);
        let (start, _) = reading.field_tokens(field);
        Self {
            span: Span {
                first: start + name.tokens.start,
                end: start + name.tokens.end,
            },
            named: name.kind,
            confidence: name.confidence,
        }
    }
}

/// A country by one of its forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CountryForm {
    /// The tokens.
    pub(super) span: Span,
    /// Which country.
    pub(super) code: CountryCode,
    /// The name newspapers use.
    pub(super) name: &'static str,
    /// By its capital or seat of government.
    pub(super) seat: bool,
}

/// Puts everything found together.
pub(super) fn assemble(reading: &Reading<'_>, tagged: &[Tagged]) -> Entities {
    let people_tags: Vec<(Span, f32)> = tagged
        .iter()
        .filter(|tag| tag.named == Kind::Person)
        .map(|tag| (tag.span, tag.confidence))
        .collect();
    let things: Vec<Span> = tagged
        .iter()
        .filter(|tag| tag.named != Kind::Person)
        .map(|tag| tag.span)
        .collect();
    let bearers = person::people(reading, &people_tags, &things);
    let mut owned = vec![false; reading.len()];
    let mut named: Vec<Span> = Vec::new();
    for bearer in &bearers {
        for candidate in &bearer.candidates {
            owned[candidate.span.first..candidate.span.end].fill(true);
            named.push(candidate.span);
        }
    }
    named.sort_unstable();
    let countries = &countries(reading, &named);

    let codes: Vec<(Span, CountryCode)> = countries
        .iter()
        .map(|form| (form.span, form.code))
        .collect();
    let mut roles: Vec<RoleCandidate> = Vec::new();
    let mut people: Vec<(u64, Person)> = bearers
        .iter()
        .map(|bearer| {
            roles.clear();
            let mut mentions = Vec::with_capacity(bearer.candidates.len());
            for candidate in &bearer.candidates {
                mentions.push(reading.mention(candidate.span));
                role::candidates(reading, &owned, candidate.span, bearer.figure, |found| {
                    roles.push(found);
                });
            }
            let role = role::choose(reading, &roles);
            // A well-known name is that of the figure unless the article says who else it is.
            let lone = !bearer.name.contains(' ');
            let by_name = bearer.figure.filter(|figure| {
                !role.is_some_and(|role| role::contradicts(reading, role, lone, figure))
            });
            let figure = by_name.or_else(|| {
                let spans = bearer.candidates.iter().map(|candidate| candidate.span);
                role::tells(reading, bearer.name, spans, role?)
            });
            let known = by_name.filter(|figure| lone && figure.name.contains(' '));
            (
                weight(
                    reading,
                    bearer.candidates.iter().map(|candidate| candidate.span),
                ),
                Person {
                    name: known.map_or(bearer.name, |figure| figure.name).to_owned(),
                    known: known.is_some(),
                    role: role.map(|span| reading.span_text(span).to_owned()),
                    country: role
                        .and_then(|span| role::country(reading, &codes, span))
                        .or(figure.map(|figure| figure.country)),
                    mentions,
                },
            )
        })
        .collect();
    people.sort_by_key(|(weight, person)| (std::cmp::Reverse(*weight), person.mentions[0]));

    let mut entities = Entities {
        people: people.into_iter().map(|(_, person)| person).collect(),
        countries: group_countries(reading, countries, &mut owned),
        ..Entities::default()
    };
    group_names(reading, tagged, &mut owned, &mut entities);
    entities
}

/// The countries outside the names of people, which are given in reading order.
fn countries(reading: &Reading<'_>, people: &[Span]) -> Vec<CountryForm> {
    let blocked = Field::ALL.map(|field| {
        let (start, tokens) = reading.field_tokens(field);
        let end = start + tokens.len();
        people
            .iter()
            .filter(|span| (start..end).contains(&span.first))
            .map(|span| span.first - start..span.end - start)
            .collect::<Vec<_>>()
    });
    let parts = Field::ALL.map(|field| country::Part {
        text: reading.field_text(field),
        tokens: reading.field_tokens(field).1,
        words: reading.field_words(field),
        blocked: &blocked[field as usize],
    });
    country::find(&parts)
        .into_iter()
        .filter_map(|found| {
            let (start, _) = reading.field_tokens(*Field::ALL.get(found.part)?);
            Some(CountryForm {
                span: Span {
                    first: start + found.tokens.start,
                    end: start + found.tokens.end,
                },
                code: found.country.code,
                name: found.country.name,
                seat: found.kind.is_seat(),
            })
        })
        .collect()
}

/// How much a name counts: mentions in title and standfirst and early ones more.
fn weight(reading: &Reading<'_>, spans: impl Iterator<Item = Span>) -> u64 {
    let (start, tokens) = reading.field_tokens(Field::Text);
    let early = start + tokens.len() / 5;
    spans
        .map(|span| match reading.field(span.first) {
            Field::Title => 8,
            Field::Standfirst => 6,
            Field::Text if span.first < early => 4,
            Field::Text => 2,
        })
        .sum()
}

fn group_countries(
    reading: &Reading<'_>,
    forms: &[CountryForm],
    owned: &mut [bool],
) -> Vec<Country> {
    let mut countries: Vec<(u64, Country)> = Vec::new();
    for form in forms {
        let tokens = &mut owned[form.span.first..form.span.end];
        if tokens.contains(&true) {
            continue;
        }
        tokens.fill(true);
        let index = countries
            .iter()
            .position(|(_, country)| country.code == form.code)
            .unwrap_or_else(|| {
                countries.push((
                    0,
                    Country {
                        code: form.code,
                        name: form.name,
                        mentions: Vec::new(),
                        seats: Vec::new(),
                    },
                ));
                countries.len() - 1
            });
        let (total, country) = &mut countries[index];
        *total += weight(reading, std::iter::once(form.span));
        let mention = reading.mention(form.span);
        if form.seat {
            country.seats.push(mention);
        } else {
            country.mentions.push(mention);
        }
    }
    countries.sort_by_key(|(weight, country)| {
        let first = country.mentions.iter().chain(&country.seats).min().copied();
        (
            country.mentions.is_empty(),
            std::cmp::Reverse(*weight),
            first,
        )
    });
    countries.into_iter().map(|(_, country)| country).collect()
}

/// A place or organisation while its mentions are gathered.
struct Thing<'a> {
    named: Kind,
    name: &'a str,
    country: Option<CountryCode>,
    weight: u64,
    mentions: Vec<Mention>,
}

fn group_names(
    reading: &Reading<'_>,
    tagged: &[Tagged],
    owned: &mut [bool],
    entities: &mut Entities,
) {
    let mut things: Vec<Thing<'_>> = Vec::new();
    let mut numbers: HashMap<(Kind, String), usize> = HashMap::new();
    let mut last: Option<(Span, usize)> = None;
    for tag in tagged.iter().filter(|tag| tag.named != Kind::Person) {
        let Some(span) = free_part(tag.span, owned) else {
            continue;
        };
        // "dolar AS" where "AS" is named as well: the country is listed, and no place beside it.
        let repeats = tag.named == Kind::Place
            && reading.country_named(span).is_some_and(|code| {
                entities
                    .countries
                    .iter()
                    .any(|country| country.code == code)
            });
        if repeats {
            continue;
        }
        owned[span.first..span.end].fill(true);
        let text = reading.span_text(span);
        let key = (tag.named, text.to_lowercase());
        // "Komisi Pemilihan Umum (KPU)" is one organisation by two names.
        let full = last
            .filter(|(full, number)| {
                things[*number].named == tag.named
                    && full.end + 1 == span.first
                    && reading.text(full.end) == "("
                    && reading.text(span.end) == ")"
            })
            .map(|(_, number)| number);
        let number = match (numbers.get(&key), full) {
            (Some(&number), _) => number,
            (None, Some(full)) => {
                numbers.insert(key, full);
                full
            }
            (None, None) => {
                numbers.insert(key, things.len());
                things.push(Thing {
                    named: tag.named,
                    name: text,
                    country: reading.country_of_place(span),
                    weight: 0,
                    mentions: Vec::new(),
                });
                things.len() - 1
            }
        };
        things[number].weight += weight(reading, std::iter::once(span));
        things[number].mentions.push(reading.mention(span));
        last = Some((span, number));
    }
    things.sort_by_key(|thing| (std::cmp::Reverse(thing.weight), thing.mentions[0]));
    for thing in things {
        let name = thing.name.to_owned();
        let mentions = thing.mentions;
        match thing.named {
            Kind::Place => entities.places.push(Place {
                name,
                country: thing.country,
                mentions,
            }),
            _ => entities.organisations.push(Organisation { name, mentions }),
        }
    }
}

/// The longest run at the start or end of a span that nobody owns.
fn free_part(span: Span, owned: &[bool]) -> Option<Span> {
    let tokens = &owned[span.first..span.end];
    let Some(taken) = tokens.iter().position(|&taken| taken) else {
        return Some(span);
    };
    (taken > 0).then_some(Span {
        first: span.first,
        end: span.first + taken,
    })
}
