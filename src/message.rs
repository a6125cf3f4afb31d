//! What comes in to the program's state, and the work it asks for.

use std::sync::Arc;

use crossterm::event::{KeyEvent, MouseEvent};
use jiff::ZonedDateTime;

use crate::collection::{Collection, FeedKey, Offer, Request};
use crate::entity::Mention;
use crate::lookup::{Asked, Card, Digest, Named, PersonId, Relation, Who};
use crate::story::{Mark, Place, Row, Story, StoryId, Subject};

/// Some of the articles of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    /// Of the request they answer; 0 for the list shown at the start.
    pub ticket: u64,
    /// In the order to be shown.
    pub rows: Vec<Row>,
    /// They are the first ones.
    pub begins: bool,
    /// No more will come.
    pub ends: bool,
    /// How many will still come after these, and how many of those are unread. Said with the first
    /// ones, so that what the screen says of the whole list does not change while it comes.
    pub rest: (usize, usize),
}

/// How far a refresh is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Feeds that are done.
    pub done: usize,
    /// Of so many.
    pub total: usize,
    /// Articles that were not there before.
    pub new: usize,
    /// Articles that have still to be read for names.
    pub unnamed: usize,
}

impl Progress {
    /// Nothing is fetched: only articles kept before are read for names.
    pub fn is_naming_only(self) -> bool {
        self.total == 0 && self.unnamed > 0
    }
}

/// One thing that happened. All of them arrive in one queue and go to `App::update`.
#[derive(Debug, Clone)]
pub enum Message {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse was clicked or its wheel turned.
    Mouse(MouseEvent),
    /// The terminal has a new size, in cells.
    Resized {
        /// Cells across.
        columns: u16,
        /// Cells down.
        rows: u16,
    },
    /// The time, in the user's time zone; sent before anything else that happened.
    Now(ZonedDateTime),
    /// The bracketed text of a paste.
    Pasted(String),
    /// Articles for the list.
    Listed(Rows),
    /// What a search means now that it is finished, where it is not what was typed: the request's
    /// ticket, and the search.
    Searched(u64, String),
    /// What was asked for cannot be searched for: the request's ticket, and why in one line.
    Mistaken(u64, String),
    /// Another search is kept under this name: what the list shows was not.
    NameTaken(String, Request),
    /// Everything the list can show.
    Collections(Vec<Collection>),
    /// The other versions of a story.
    Versions(StoryId, Vec<Row>),
    /// The feeds worth offering.
    Offered(Vec<Offer>),
    /// What is at the address that was typed: feeds, or why there is none in one line.
    Found(String, Result<Vec<Offer>, String>),
    /// Nothing but the bundled articles is shown; whether there are feeds to be fetched.
    Samples(bool),
    /// Feeds are being fetched.
    Refreshing(Progress),
    /// They are fetched, or it was ended: one line for the user where there is something to say.
    Refreshed(Option<String>),
    /// Something in the library has changed, so what is listed may have too.
    Changed,
    /// It is time to look for news.
    RefreshDue,
    /// An article to stand above the library: one of the sources of this run.
    OnTop(Row),
    /// A source of this run that could not be read: one line for the user.
    Unread(String),
    /// So many sources are still being read.
    Reading(usize),
    /// The article that was asked for, and where it answers what is searched for, in reading order.
    Opened(Arc<Story>, Vec<Mention>),
    /// A card that was asked for; or, of the one named, what it is now.
    Card(Box<Card>, Option<Who>),
    /// Articles of a card, from this one on.
    CardRows(Who, usize, Vec<Row>),
    /// Which names of an article are followed.
    Following(StoryId, Vec<Subject>),
    /// A card on the screen may not be what it was.
    CardChanged,
    /// The people that the words typed may mean.
    Suggested(String, Vec<Named>),
    /// What the news of some days was about.
    Digest(Box<Digest>),
    /// Who is named with whom in the list, as far as its latest articles say, which are so many.
    Relations(Vec<Relation>, usize),
    /// Some articles are now marked so.
    Marked(Vec<StoryId>, Mark),
    /// Something went wrong: one line for the user.
    Failed(String),
    /// Something that was asked for is done: one line for the user.
    Done(String),
    /// The terminal is gone, or the program was told to end.
    Ended,
}

/// Work for the outside world, which the state cannot do itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Job {
    /// Bring this article.
    Open(StoryId),
    /// Bring this list.
    List(Request),
    /// Bring everything the list can show.
    Collections,
    /// Bring the other versions of a story.
    Versions(StoryId),
    /// Fetch a feed, or all that are due.
    Refresh(Option<FeedKey>),
    /// Stop fetching feeds.
    StopRefresh,
    /// Fetch the whole article from its page.
    FullText(StoryId),
    /// Bring the feeds worth offering.
    Offers,
    /// Subscribe to the feed at an address, or to what the page there names.
    Subscribe(String),
    /// Subscribe to these feeds.
    SubscribeTo(Vec<Offer>),
    /// End a subscription.
    Unsubscribe(FeedKey),
    /// Always fetch a feed's articles whole, or no longer.
    KeepWhole(FeedKey, bool),
    /// Keep what a list shows as a search under a name.
    SaveSearch {
        /// Its name.
        name: String,
        /// The list.
        request: Request,
    },
    /// Forget the search of this name.
    ForgetSearch(String),
    /// Mark everything that a list shows.
    MarkAll(Request, Mark),
    /// Bring the card of someone, with what the article on the screen says.
    Card(Asked, Option<StoryId>),
    /// Bring it anew, in the place of that one's.
    RenewCard(Asked, Who, Option<StoryId>),
    /// Bring the articles of a card from this one on.
    CardRows(Who, usize),
    /// Follow someone, who is called so; or no longer.
    Follow(Asked, String),
    /// Bring what the news of so many days was about.
    Digest(u16),
    /// Bring who is named with whom in a list.
    Relations(Request),
    /// Bring the people that some words may mean, to be joined with someone.
    Suggest(Who, String),
    /// Join two names.
    Join {
        /// The one, as its card was asked for.
        one: Asked,
        /// Whose card it has.
        before: Who,
        /// The other.
        other: Who,
        /// The article on the screen.
        story: Option<StoryId>,
    },
    /// Part a form of a name from the others on a card.
    Part(Asked, Who, PersonId, Option<StoryId>),
    /// Look a name up in the encyclopedia.
    Encyclopedia(String),
    /// Keep a mark on this article.
    Mark(StoryId, Mark),
    /// Take the last mark back.
    Undo,
    /// Keep how far this article was read.
    KeepPlace(StoryId, Place),
    /// Show this address in the web browser.
    Browse(String),
    /// Give the terminal back and sleep until the shell wakes the program.
    Suspend,
    /// Put this text on the terminal's clipboard.
    Copy(String),
}
