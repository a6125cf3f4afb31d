//! What is known of a name, what the news of a time was about, and who is named with whom: what
//! the look-up screens show.

use jiff::civil::Date;

use crate::entity::CountryCode;
use crate::story::{Row, StoryId, Subject};

/// The articles of a card brought at a time: more than any screen shows.
pub const PAGE: usize = 200;

/// Names one person across articles for as long as the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub i64);

/// A name that means the same in every article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// A person.
    Person(PersonId),
    /// A country.
    Country(CountryCode),
}

/// Whom something is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Asked {
    /// A name that means the same in every article.
    Who(Who),
    /// A person by the name one article has, so that a lone word can be told from another.
    Named {
        /// As the article has it.
        name: String,
        /// Where it stands.
        story: StoryId,
    },
}

impl Asked {
    /// The name as the article has it, where it is one of an article.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Named { name, .. } => Some(name),
            Self::Who(_) => None,
        }
    }
}

/// Only the articles that name someone, or only those that do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Whom.
    pub asked: Asked,
    /// What they are called.
    pub name: String,
    /// The articles that do not.
    pub without: bool,
}

/// A name with the number of articles that bear it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Whom it names.
    pub who: Who,
    /// The fullest form.
    pub name: String,
    /// In so many articles.
    pub articles: usize,
    /// Whether the user follows it.
    pub followed: bool,
}

/// An office or description that an article gave someone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// The words of the article.
    pub text: String,
    /// The newest article that says so.
    pub article: Row,
}

/// A form of a name, with the number of articles it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// As written.
    pub text: String,
    /// In so many articles.
    pub articles: usize,
    /// What it is parted from the others by, where that can be done.
    pub part: Option<PersonId>,
}

/// What the program's own lists say; never an article's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// One fact each, in a few words.
    pub facts: Vec<String>,
    /// The month in which that was true, by its first day; none for what does not change.
    pub as_of: Option<Date>,
}

/// What an encyclopedia says, asked for by the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extract {
    /// The article's title there.
    pub title: String,
    /// Its first paragraph.
    pub text: String,
    /// When it was asked for.
    pub asked: Date,
    /// Where it comes from and on which terms, in one line.
    pub licence: String,
    /// Its address.
    pub link: Option<String>,
}

/// Everything known of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Whose card it is.
    pub who: Who,
    /// How it was asked for.
    pub asked: Asked,
    /// The fullest form.
    pub name: String,
    /// The country a person belongs to, with its name, or the country itself.
    pub country: Option<(CountryCode, String)>,
    /// A lone word: the articles may mean several people.
    pub lone: bool,
    /// Whether the user follows it.
    pub followed: bool,
    /// Which name of the article on the screen it is, if it stands there.
    pub here: Option<Subject>,
    /// What the article on the screen says the person is.
    pub office_here: Option<String>,
    /// Every office the articles gave, the newest first.
    pub offices: Vec<Office>,
    /// What the program's own lists say.
    pub known: Option<Known>,
    /// The other forms of the name, the most frequent first.
    pub forms: Vec<Form>,
    /// In so many of the latest articles spellings were counted.
    pub forms_among: usize,
    /// For a country: its seats of government in the news.
    pub seats: Vec<Form>,
    /// For a country: its people in the news, the most frequent first.
    pub bearers: Vec<Named>,
    /// In so many of the latest articles company was counted.
    pub company_among: usize,
    /// Whom it is most often named with.
    pub people: Vec<Named>,
    /// Which countries it is most often named with.
    pub countries: Vec<Named>,
    /// How many articles name it.
    pub articles: usize,
    /// On which days it was named and in how many articles, in order.
    pub days: Vec<(Date, usize)>,
    /// What an encyclopedia says, if it was ever asked.
    pub extract: Option<Extract>,
}

/// One name in a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The name, with the articles of this time.
    pub named: Named,
    /// The office the newest of them gives.
    pub office: Option<String>,
    /// In how many articles of the time before, which was as long.
    pub before: usize,
    /// Some of the articles of this time, the weightiest first.
    pub rows: Vec<Row>,
}

/// What the news of a time was about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// So many days.
    pub days: u16,
    /// The first day.
    pub since: Date,
    /// The last day.
    pub until: Date,
    /// So many articles.
    pub articles: usize,
    /// So many in the time before, which was as long.
    pub before: usize,
    /// Who was named most.
    pub people: Vec<Standing>,
    /// Which countries were named most.
    pub countries: Vec<Standing>,
    /// Who was not named before.
    pub new: Vec<Standing>,
    /// Who rose most against the time before.
    pub risen: Vec<Standing>,
    /// What was told by the most sources.
    pub stories: Vec<Row>,
}

/// Two names in the same articles.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// The one, with all its articles.
    pub one: Named,
    /// The other, with all its articles.
    pub other: Named,
    /// The articles that name both.
    pub together: usize,
    /// How much more often than by chance: 0 never, 1 only ever together.
    pub measure: f32,
    /// When they were last named together.
    pub last: Option<Date>,
}
