//! The names of an article as they are kept, so that opening it recognises nothing again.
//!
//! One blob an article: a version byte, then the people, countries, places and organisations,
//! each list by its length. Numbers are LEB128, texts have their length before them, a missing text
//! is length 0 and any other is one more than its length. A mention is its field, its start, and
//! its length. About 40 bytes a name; reading one back takes some microseconds.

use crate::entity::gazetteer;
use crate::entity::{
    Country, CountryCode, Document, Entities, Field, Mention, Organisation, Person, Place,
};

/// The first byte of every blob. A reader that does not know it finds no names.
const VERSION: u8 = 1;

/// Writes the names down.
pub fn encode(entities: &Entities) -> Vec<u8> {
    let mut out = vec![VERSION];
    number(&mut out, entities.people.len());
    for person in &entities.people {
        text(&mut out, Some(&person.name));
        text(&mut out, person.role.as_deref());
        country(&mut out, person.country);
        out.push(u8::from(person.known));
        mentions(&mut out, &person.mentions);
    }
    number(&mut out, entities.countries.len());
    for named in &entities.countries {
        country(&mut out, Some(named.code));
        mentions(&mut out, &named.mentions);
        mentions(&mut out, &named.seats);
    }
    number(&mut out, entities.places.len());
    for place in &entities.places {
        text(&mut out, Some(&place.name));
        country(&mut out, place.country);
        mentions(&mut out, &place.mentions);
    }
    number(&mut out, entities.organisations.len());
    for organisation in &entities.organisations {
        text(&mut out, Some(&organisation.name));
        mentions(&mut out, &organisation.mentions);
    }
    out
}

/// Reads them back. None where the blob is not one of ours, or a mention in it does not stand in
/// `document`: then the article has to be read for names again.
pub fn decode(blob: &[u8], document: &Document<'_>) -> Option<Entities> {
    let (&version, rest) = blob.split_first()?;
    if version != VERSION {
        return None;
    }
    let mut reader = Reader { rest, document };
    let people = reader.list(|reader| {
        Some(Person {
            name: reader.text()??,
            role: reader.text()?,
            country: reader.country()?,
            known: reader.byte()? != 0,
            mentions: reader.mentions()?,
        })
    })?;
    let countries = reader.list(|reader| {
        let code = reader.country()??;
        Some(Country {
            code,
            name: gazetteer::country(code)?.name,
            mentions: reader.mentions()?,
            seats: reader.mentions()?,
        })
    })?;
    let places = reader.list(|reader| {
        Some(Place {
            name: reader.text()??,
            country: reader.country()?,
            mentions: reader.mentions()?,
        })
    })?;
    let organisations = reader.list(|reader| {
        Some(Organisation {
            name: reader.text()??,
            mentions: reader.mentions()?,
        })
    })?;
    reader.rest.is_empty().then_some(Entities {
        people,
        countries,
        places,
        organisations,
    })
}

fn number(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn text(out: &mut Vec<u8>, value: Option<&str>) {
    number(out, value.map_or(0, |value| value.len() + 1));
    out.extend_from_slice(value.unwrap_or_default().as_bytes());
}

fn country(out: &mut Vec<u8>, code: Option<CountryCode>) {
    out.extend_from_slice(&code.map_or([0, 0], |code| code.0));
}

fn mentions(out: &mut Vec<u8>, list: &[Mention]) {
    number(out, list.len());
    for mention in list {
        out.push(mention.field as u8);
        number(out, mention.start);
        number(out, mention.end - mention.start);
    }
}

struct Reader<'a> {
    rest: &'a [u8],
    document: &'a Document<'a>,
}

// The outer None is damage, the inner one a text or country that is not given.
#[allow(clippy::option_option)]
impl<'a> Reader<'a> {
    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        // Every item takes more than a byte, so a count beyond that is damage, not a list.
        if count > self.rest.len() {
            return None;
        }
        (0..count).map(|_| item(self)).collect()
    }

    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(byte)
    }

    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(bytes)
    }

    fn number(&mut self) -> Option<usize> {
        let mut value: u64 = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return usize::try_from(value).ok();
            }
        }
        None
    }

    fn text(&mut self) -> Option<Option<String>> {
        let Some(length) = self.number()?.checked_sub(1) else {
            return Some(None);
        };
        let bytes = self.bytes(length)?;
        Some(Some(std::str::from_utf8(bytes).ok()?.to_owned()))
    }

    fn country(&mut self) -> Option<Option<CountryCode>> {
        match self.bytes(2)? {
            [0, 0] => Some(None),
            &[a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => {
                Some(Some(CountryCode([a, b])))
            }
            _ => None,
        }
    }

    fn mentions(&mut self) -> Option<Vec<Mention>> {
        self.list(|reader| {
            let field = *Field::ALL.get(usize::from(reader.byte()?))?;
            let start = reader.number()?;
            let end = start.checked_add(reader.number()?)?;
            let mention = Mention { field, start, end };
            (!mention.text(reader.document).is_empty()).then_some(mention)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};
    use crate::entity::{
        Country, CountryCode, Document, Entities, Field, Mention, Organisation, Person, Place,
    };
    use proptest::prelude::*;

    const DOCUMENT: Document<'_> = Document {
        title: Some("Rusia dan Sari Dewi"),
        standfirst: None,
        text: "Menteri Sari Dewi tiba di Moskwa bersama Dewan Laut dan Kota Élan.",
    };

    fn mention(field: Field, words: &str) -> Mention {
        let start = DOCUMENT.field(field).find(words).unwrap_or_default();
        Mention {
            field,
            start,
            end: start + words.len(),
        }
    }

    fn entities() -> Entities {
        Entities {
            people: vec![Person {
                name: "Sari Dewi".into(),
                known: true,
                role: Some("Menteri".into()),
                country: Some(CountryCode(*b"ID")),
                mentions: vec![
                    mention(Field::Title, "Sari Dewi"),
                    mention(Field::Text, "Sari Dewi"),
                ],
            }],
            countries: vec![Country {
                code: CountryCode(*b"RU"),
                name: "Rusia",
                mentions: vec![mention(Field::Title, "Rusia")],
                seats: vec![mention(Field::Text, "Moskwa")],
            }],
            places: vec![Place {
                name: "Kota Élan".into(),
                country: None,
                mentions: vec![mention(Field::Text, "Kota Élan")],
            }],
            organisations: vec![Organisation {
                name: "Dewan Laut".into(),
                mentions: vec![mention(Field::Text, "Dewan Laut")],
            }],
        }
    }

    #[test]
    fn names_come_back_as_they_went() {
        assert_eq!(decode(&encode(&entities()), &DOCUMENT), Some(entities()));
        let none = Entities::default();
        assert_eq!(decode(&encode(&none), &DOCUMENT), Some(none));
    }

    #[test]
    fn names_of_another_text_are_not_taken() {
        let shorter = Document {
            text: "Menteri",
            ..DOCUMENT
        };
        assert_eq!(decode(&encode(&entities()), &shorter), None);
    }

    proptest! {
        #[test]
        fn damage_is_noticed_or_harmless(at in 0_usize..200, to in any::<u8>(), cut in 0_usize..200) {
            let mut blob = encode(&entities());
            let at = at % blob.len();
            blob[at] = to;
            let _ = decode(&blob, &DOCUMENT);
            blob.truncate(cut);
            let _ = decode(&blob, &DOCUMENT);
        }

        #[test]
        fn any_bytes_are_survived(blob in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = decode(&blob, &DOCUMENT);
        }
    }
}
