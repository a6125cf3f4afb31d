//! An article with its names: what the panes show.

use std::ops::Range;

use crate::article::{Article, Published};
use crate::entity::{CountryCode, Document, Entities, Field, Mention, Recognizer};

/// Names one article for as long as the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoryId(pub u64);

/// Names one feed of the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedKey(pub i64);

/// The part of a text that answers a search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// One line.
    pub text: String,
    /// The bytes of `text` that answer it: in order, apart, on character boundaries.
    pub hits: Vec<Range<usize>>,
}

/// What the article list shows of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
// Each of them is a mark of its own on the row.
#[allow(clippy::struct_excessive_bools)]
pub struct Row {
    /// The article.
    pub id: StoryId,
    /// Its headline, or the name of its file where it has none.
    pub title: String,
    /// Who published it: a host, a file name, or "Contoh".
    pub source: String,
    /// When it was published.
    pub published: Option<Published>,
    /// The countries named outright, by weight.
    pub countries: Vec<CountryCode>,
    /// Not yet opened by the user.
    pub unread: bool,
    /// Kept for good.
    pub saved: bool,
    /// It names someone or something the user follows.
    pub followed: bool,
    /// The feed it came with.
    pub feed: Option<FeedKey>,
    /// How many articles tell the same story, this one among them.
    pub versions: usize,
    /// One of the others, shown under the row it belongs to.
    pub is_version: bool,
    /// Where it answers what is searched for.
    pub snippet: Option<Snippet>,
}

/// What a user can mark an article as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It is read.
    Read,
    /// It is not read after all.
    Unread,
    /// It is kept for good.
    Saved,
    /// It need not be kept.
    Unsaved,
}

impl Mark {
    /// The mark that takes this one back.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Read => Self::Unread,
            Self::Unread => Self::Read,
            Self::Saved => Self::Unsaved,
            Self::Unsaved => Self::Saved,
        }
    }
}

/// How far an article was read: the field and the byte of it on the top line.
pub type Place = (Field, usize);

/// Someone or something named in a story: an index into the list of that kind in its [`Entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// `entities.people[i]`
    Person(usize),
    /// `entities.countries[i]`
    Country(usize),
    /// `entities.places[i]`
    Place(usize),
    /// `entities.organisations[i]`
    Organisation(usize),
}

/// A mention and who it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Highlight {
    /// Where.
    pub mention: Mention,
    /// Who or what.
    pub subject: Subject,
}

/// An article with its names, ready to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// The article.
    pub id: StoryId,
    /// Who published it.
    pub source: String,
    /// Where it stands on the web.
    pub link: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Everyone and everything named.
    pub entities: Entities,
    /// How far it was read when it was last left.
    pub place: Option<Place>,
    /// Which of the names the user follows.
    pub followed: Vec<Subject>,
    title: Option<String>,
    standfirst: Option<String>,
    text: String,
    highlights: Vec<Highlight>,
}

impl Story {
    /// Joins an article with the names found in it.
    ///
    /// `entities` must come from this article.
    pub fn new(
        id: StoryId,
        source: String,
        link: Option<String>,
        article: Article,
        entities: Entities,
    ) -> Self {
        let text = article.text();
        let mut highlights = Vec::new();
        for subject in subjects(&entities) {
            let mentions = mentions(&entities, subject);
            highlights.extend(mentions.map(|mention| Highlight { mention, subject }));
        }
        highlights.sort_unstable();
        let Article {
            title,
            standfirst,
            published,
            ..
        } = article;
        Self {
            id,
            source,
            link,
            published,
            entities,
            place: None,
            followed: Vec::new(),
            title,
            standfirst,
            text,
            highlights,
        }
    }

    /// The three fields the mentions count their bytes in.
    pub fn document(&self) -> Document<'_> {
        Document {
            title: self.title.as_deref(),
            standfirst: self.standfirst.as_deref(),
            text: &self.text,
        }
    }

    /// The title; its first words where the article has none, or else its source.
    pub fn headline(&self) -> String {
        if let Some(title) = &self.title {
            return title.clone();
        }
        let mut words = String::new();
        for word in self.text.split_whitespace() {
            if words.len() + word.len() > 60 {
                words.push_str(" …");
                break;
            }
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
        }
        if words.is_empty() {
            self.source.clone()
        } else {
            words
        }
    }

    /// The article without its names.
    pub fn article(&self) -> Article {
        Article {
            title: self.title.clone(),
            standfirst: self.standfirst.clone(),
            published: self.published,
            paragraphs: self
                .text
                .split("\n\n")
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
                .collect(),
        }
    }

    /// Every mention of every kind, in reading order, none overlapping another.
    pub fn highlights(&self) -> &[Highlight] {
        &self.highlights
    }

    /// The highlights that touch `start..end` of a field.
    pub fn highlights_within(&self, field: Field, start: usize, end: usize) -> &[Highlight] {
        let from = self.highlights.partition_point(|highlight| {
            (highlight.mention.field, highlight.mention.end) <= (field, start)
        });
        let rest = &self.highlights[from..];
        let until = rest.partition_point(|highlight| {
            (highlight.mention.field, highlight.mention.start) < (field, end)
        });
        &rest[..until]
    }

    /// All mentions of one subject in reading order; for a country its seats among them.
    pub fn mentions(&self, subject: Subject) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = mentions(&self.entities, subject).collect();
        mentions.sort_unstable();
        mentions
    }

    /// What a subject is called in this story.
    pub fn name(&self, subject: Subject) -> &str {
        match subject {
            Subject::Person(index) => &self.entities.people[index].name,
            Subject::Country(index) => self.entities.countries[index].name,
            Subject::Place(index) => &self.entities.places[index].name,
            Subject::Organisation(index) => &self.entities.organisations[index].name,
        }
    }

    /// The seats of government by which a country is named, each once, in reading order.
    pub fn seats(&self, country: usize) -> Vec<&str> {
        let document = self.document();
        let mut names: Vec<&str> = Vec::new();
        for seat in &self.entities.countries[country].seats {
            let name = seat.text(&document);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Every subject, people first, then countries, places and organisations.
    pub fn subjects(&self) -> impl Iterator<Item = Subject> + '_ {
        subjects(&self.entities)
    }

    /// Minutes it takes to read, at the 200 words a minute usual for Indonesian prose; at least 1.
    pub fn minutes(&self) -> usize {
        self.text.split_whitespace().count().div_ceil(200).max(1)
    }

    /// What the article list shows of this story.
    pub fn row(&self, unread: bool) -> Row {
        let named = self
            .entities
            .countries
            .iter()
            .filter(|country| !country.mentions.is_empty());
        Row {
            id: self.id,
            title: self.headline(),
            source: self.source.clone(),
            published: self.published,
            countries: named.map(|country| country.code).collect(),
            unread,
            saved: false,
            followed: !self.followed.is_empty(),
            feed: None,
            versions: 1,
            is_version: false,
            snippet: None,
        }
    }
}

/// The names in an article.
pub fn recognize(article: &Article, recognizer: &Recognizer) -> Entities {
    recognizer.recognize(&Document {
        title: article.title.as_deref(),
        standfirst: article.standfirst.as_deref(),
        text: &article.text(),
    })
}

fn subjects(entities: &Entities) -> impl Iterator<Item = Subject> {
    (0..entities.people.len())
        .map(Subject::Person)
        .chain((0..entities.countries.len()).map(Subject::Country))
        .chain((0..entities.places.len()).map(Subject::Place))
        .chain((0..entities.organisations.len()).map(Subject::Organisation))
}

fn mentions(entities: &Entities, subject: Subject) -> impl Iterator<Item = Mention> {
    let none: &[Mention] = &[];
    let (named, seats) = match subject {
        Subject::Person(index) => (entities.people[index].mentions.as_slice(), none),
        Subject::Country(index) => {
            let country = &entities.countries[index];
            (country.mentions.as_slice(), country.seats.as_slice())
        }
        Subject::Place(index) => (entities.places[index].mentions.as_slice(), none),
        Subject::Organisation(index) => (entities.organisations[index].mentions.as_slice(), none),
    };
    named.iter().chain(seats).copied()
}
