//! The JSON of `warta entities`: what goes out, in the order in which it stands.
//!
//! Nothing is copied: every value borrows from the input and from the engine's answer, and is
//! written straight into the output.

use serde::ser::{SerializeStruct, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

use crate::article::Published;
use crate::entity::{Country, Document, Entities, Mention, Organisation, Person, Place};

/// One line of `warta entities --jsonl`.
#[derive(Debug, Deserialize)]
pub(super) struct Input<'a> {
    /// Any JSON value, handed back as it came; `null` too.
    #[serde(borrow, default, deserialize_with = "present")]
    pub id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    title: Option<Text<'a>>,
    #[serde(borrow)]
    text: Text<'a>,
}

impl Input<'_> {
    pub fn document(&self) -> Document<'_> {
        Document {
            title: self.title.as_ref().map(|title| title.0.as_ref()),
            standfirst: None,
            text: &self.text.0,
        }
    }
}

/// A string that is copied only where it holds an escape. Serde borrows inside a `Cow` only when
/// told to, and cannot be told so inside an `Option`; hence the wrapper.
#[derive(Debug, Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// Keeps a `null` apart from a key that is not there.
fn present<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(value).map(Some)
}

/// One line of output.
pub(super) struct Output<'a> {
    pub id: Option<&'a RawValue>,
    pub published: Option<Published>,
    pub document: &'a Document<'a>,
    pub entities: &'a Entities,
}

impl Serialize for Output<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self {
            document, entities, ..
        } = *self;
        let mut object = serializer.serialize_struct("Output", 9)?;
        if let Some(id) = self.id {
            object.serialize_field("id", id)?;
        }
        object.serialize_field("title", &document.title)?;
        object.serialize_field("standfirst", &document.standfirst)?;
        object.serialize_field("published", &self.published.map(|date| date.to_string()))?;
        object.serialize_field("text", document.text)?;
        object.serialize_field("people", &Within(document, &entities.people))?;
        object.serialize_field("countries", &Within(document, &entities.countries))?;
        object.serialize_field("places", &Within(document, &entities.places))?;
        object.serialize_field("organisations", &Within(document, &entities.organisations))?;
        object.end()
    }
}

/// The line that stands where the input had none we can read.
#[derive(Debug, Serialize)]
pub(super) struct Rejected {
    pub error: String,
    /// The line of the input, from 1.
    pub line: u64,
}

/// A part of the engine's answer beside the document that its bytes are counted in.
struct Within<'a, T>(&'a Document<'a>, &'a T);

impl<T> Serialize for Within<'_, Vec<T>>
where
    for<'a> Within<'a, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.1.iter().map(|entry| Within(self.0, entry)))
    }
}

impl Serialize for Within<'_, Person> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(document, person) = self;
        let mut object = serializer.serialize_struct("Person", 5)?;
        object.serialize_field("name", &person.name)?;
        if person.known {
            object.serialize_field("known", &true)?;
        }
        object.serialize_field("role", &person.role)?;
        object.serialize_field("country", &person.country)?;
        object.serialize_field("mentions", &Within(document, &person.mentions))?;
        object.end()
    }
}

impl Serialize for Within<'_, Country> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(document, country) = self;
        let mut object = serializer.serialize_struct("Country", 4)?;
        object.serialize_field("code", &country.code)?;
        object.serialize_field("name", country.name)?;
        object.serialize_field("mentions", &Within(document, &country.mentions))?;
        object.serialize_field("seats", &Within(document, &country.seats))?;
        object.end()
    }
}

impl Serialize for Within<'_, Place> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(document, place) = self;
        let mut object = serializer.serialize_struct("Place", 3)?;
        object.serialize_field("name", &place.name)?;
        object.serialize_field("country", &place.country)?;
        object.serialize_field("mentions", &Within(document, &place.mentions))?;
        object.end()
    }
}

impl Serialize for Within<'_, Organisation> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(document, organisation) = self;
        let mut object = serializer.serialize_struct("Organisation", 2)?;
        object.serialize_field("name", &organisation.name)?;
        object.serialize_field("mentions", &Within(document, &organisation.mentions))?;
        object.end()
    }
}

impl Serialize for Within<'_, Mention> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(document, mention) = self;
        let mut object = serializer.serialize_struct("Mention", 4)?;
        object.serialize_field("field", &mention.field)?;
        object.serialize_field("start", &mention.start)?;
        object.serialize_field("end", &mention.end)?;
        object.serialize_field("text", mention.text(document))?;
        object.end()
    }
}
