//! What the article list can show: everything, one feed, a search; and what is asked of the library
//! to show it.

pub use crate::story::FeedKey;

use crate::lookup::Filter;

/// A set of articles with a name of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Scope {
    /// Every article.
    #[default]
    All,
    /// Those not yet read.
    Unread,
    /// Those kept for good.
    Saved,
    /// Those that name someone or something followed.
    Followed,
    /// Those of one feed.
    Feed(FeedKey),
    /// Those that answer a query kept under a name.
    Search {
        /// Its name.
        name: String,
        /// In the query language.
        query: String,
    },
}

/// A scope as it is offered to the user.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Collection {
    /// What it holds.
    pub scope: Scope,
    /// What it is called.
    pub title: String,
    /// The folder a feed is listed under.
    pub subject: Option<String>,
    /// How many of its articles are not read yet; of those kept for good, how many there are.
    pub count: usize,
    /// Why a feed could not be fetched the last time.
    pub trouble: Option<String>,
    /// Whether a feed's articles are fetched whole from their pages.
    pub full_text: bool,
}

/// What the list is to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// Comes back with every answer: what was asked before the last time is of no use any more.
    pub ticket: u64,
    /// The articles it is about.
    pub scope: Scope,
    /// Which of them, in the query language; empty: all.
    pub text: String,
    /// And only those with these names, or without them.
    pub names: Vec<Filter>,
    /// The user is still at the last word.
    pub typing: bool,
}

/// A feed that can be subscribed to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Offer {
    /// Where it is fetched from.
    pub address: String,
    /// Whose it is.
    pub title: String,
    /// What it is about.
    pub subject: Option<String>,
}
