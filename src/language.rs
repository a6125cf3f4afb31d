//! Every text the interface shows, in every language it speaks.
//!
//! A language is a [`Texts`] value; the compiler refuses one with a text missing.

mod english;
mod indonesian;

use crate::action::Action;
use crate::article::Published;
use jiff::ZonedDateTime;
use lookup::LookupTexts;

pub mod lookup;

/// A language of the interface. The articles are Indonesian in either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, clap::ValueEnum)]
pub enum Language {
    /// Bahasa Indonesia.
    #[default]
    #[serde(rename = "id")]
    #[value(name = "id")]
    Indonesian,
    /// English.
    #[serde(rename = "en")]
    #[value(name = "en")]
    English,
}

impl Language {
    /// The language a POSIX locale name ("en_GB.UTF-8") asks for; Indonesian where it is unset or
    /// names neither.
    pub fn from_locale(locale: Option<&str>) -> Self {
        match locale {
            Some(locale) if locale.starts_with("en") => Self::English,
            _ => Self::Indonesian,
        }
    }

    /// Its texts.
    pub fn texts(self) -> &'static Texts {
        match self {
            Self::Indonesian => &indonesian::TEXTS,
            Self::English => &english::TEXTS,
        }
    }
}

/// Every text of one language.
#[derive(Debug)]
pub struct Texts {
    /// Heading of the article list.
    pub articles: &'static str,
    /// Heading of the sidebar's people.
    pub people: &'static str,
    /// Heading of the sidebar's countries.
    pub countries: &'static str,
    /// Heading of the sidebar's other places.
    pub places: &'static str,
    /// Heading of the sidebar's organisations.
    pub organisations: &'static str,
    /// Source name of the bundled sample articles.
    pub sample: &'static str,
    /// Source name of what is piped into the program.
    pub standard_input: &'static str,
    /// Heading of the help screen.
    pub help: &'static str,
    /// Shown while the articles are being read.
    pub loading: &'static str,
    /// The list has no article.
    pub no_articles: &'static str,
    /// The article names nobody and no country.
    pub no_names: &'static str,
    /// The window is below the smallest size.
    pub too_small: &'static str,
    /// The article has no address to open or copy.
    pub no_link: &'static str,
    /// The address was put on the clipboard.
    pub link_copied: &'static str,
    /// No name is chosen that something could be done with.
    pub no_name_chosen: &'static str,
    /// There is no unread article left.
    pub no_unread: &'static str,
    /// There is no mark left to take back.
    pub nothing_to_undo: &'static str,
    /// A mark, in the words of those below, was taken back of the article of this title or of so many.
    pub mark_undone: fn(&str, Option<&str>, usize) -> String,
    /// The mark of an article that was read.
    pub as_read: &'static str,
    /// Of one to be read again.
    pub as_unread: &'static str,
    /// Of one that is kept.
    pub as_saved: &'static str,
    /// Of one that need not be kept.
    pub as_unsaved: &'static str,
    /// Joining or parting names was taken back.
    pub names_undone: &'static str,
    /// Name of the list of all articles.
    pub all: &'static str,
    /// Name of the list of those not yet read.
    pub unread_ones: &'static str,
    /// Name of the list of those kept for good.
    pub saved_ones: &'static str,
    /// Before what is typed into the search box.
    pub search: &'static str,
    /// What can be typed into it.
    pub search_keys: &'static str,
    /// Nothing answers what is searched for.
    pub nothing_found: &'static str,
    /// Nothing is searched for that could be kept.
    pub no_search: &'static str,
    /// Asks for the name to keep a search under.
    pub name_of_search: &'static str,
    /// Asks for another name, for there is a search of that one.
    pub name_taken: &'static str,
    /// An article to be marked is no longer in the library.
    pub article_gone: &'static str,
    /// It is kept all the same, though its feed is no longer subscribed to.
    pub kept_without_feed: &'static str,
    /// The list is empty, so there is nothing to be done with it.
    pub empty_list: &'static str,
    /// Heading of what the list can show.
    pub collections: &'static str,
    /// Its keys.
    pub collection_keys: &'static str,
    /// Beside a feed whose articles are fetched whole.
    pub whole: &'static str,
    /// Asks whether a subscription is to be ended.
    pub ask_unsubscribe: fn(&str) -> String,
    /// Asks whether a search is to be forgotten.
    pub ask_forget: fn(&str) -> String,
    /// Where something can be removed.
    pub remove_where: &'static str,
    /// Over the feeds that are in no folder.
    pub feeds: &'static str,
    /// Heading of adding a feed.
    pub subscribe: &'static str,
    /// How that is done.
    pub subscribe_how: &'static str,
    /// Its keys while one types.
    pub subscribe_keys: &'static str,
    /// Its keys among the feeds offered.
    pub offer_keys: &'static str,
    /// Before the address that is typed.
    pub address: &'static str,
    /// The feed at an address is being looked for.
    pub looking_for: fn(&str) -> String,
    /// What was typed is neither an address nor the name of a feed offered.
    pub no_such_feed: &'static str,
    /// The feed was subscribed to before.
    pub already_subscribed: &'static str,
    /// From now on the articles of a feed are fetched whole.
    pub whole_from_now: &'static str,
    /// An address leads to several feeds.
    pub several_feeds: fn(usize) -> String,
    /// So many feeds were added.
    pub subscribed: fn(usize) -> String,
    /// The subscription was ended.
    pub unsubscribed: &'static str,
    /// A search is kept under this name.
    pub search_saved: fn(&str) -> String,
    /// A search is forgotten.
    pub search_forgotten: &'static str,
    /// The list shows no feed, nor is the article from one.
    pub no_feed: &'static str,
    /// There is no feed to fetch.
    pub no_feeds: &'static str,
    /// No feed wants to be asked yet.
    pub none_due: &'static str,
    /// A refresh is done: new articles, feeds that answered, feeds that failed.
    pub refreshed: fn(usize, usize, usize) -> String,
    /// A refresh was stopped, with so many new articles.
    pub refresh_stopped: fn(usize) -> String,
    /// So many articles have still to be read for names.
    pub unnamed: fn(usize) -> String,
    /// Beside the key that stops a refresh.
    pub stop: &'static str,
    /// The page of an article is being fetched.
    pub fetching_text: &'static str,
    /// The whole of the article of this title is there.
    pub text_fetched: fn(&str) -> String,
    /// The page of an article had no more to say than the feed.
    pub no_more_text: &'static str,
    /// The page of an article could not be had, and why.
    pub no_page: fn(&str) -> String,
    /// So many articles were marked read, and the key that takes it back.
    pub marked_read: fn(usize, &str) -> String,
    /// The story is told once only.
    pub one_version: &'static str,
    /// Heading of the command palette.
    pub palette: &'static str,
    /// Its keys.
    pub palette_keys: &'static str,
    /// The samples are shown, and the key that adds a feed.
    pub samples_shown: fn(&str) -> String,
    /// The same where there are subscriptions that were never fetched: the key that fetches them.
    pub samples_before_feeds: fn(&str) -> String,
    /// A damaged library was put there.
    pub set_aside: fn(&str) -> String,
    /// How one leaves the help screen.
    pub help_leave: &'static str,
    /// "3 unread".
    pub unread: fn(usize) -> String,
    /// "4 min read".
    pub reading_minutes: fn(usize) -> String,
    /// "2 of 7": which mention of the chosen name one is at.
    pub mention_of: fn(usize, usize) -> String,
    /// How many places and organisations are folded away, and the key that shows them.
    pub folded: fn(usize, &str) -> String,
    /// Short month names, January first.
    pub months: [&'static str; 12],
    /// "5 min" ago, "2 h" ago.
    pub minutes_ago: fn(i64) -> String,
    /// Hours ago.
    pub hours_ago: fn(i64) -> String,
    /// What an action does, in a few words, for the help screen.
    pub action: fn(Action) -> &'static str,
    /// The same in one word, for the line at the bottom.
    pub hint: fn(Action) -> &'static str,
    /// The look-up screens.
    pub lookup: &'static LookupTexts,
}

impl Texts {
    /// A date as a newspaper sets it: "27 Okt 2025".
    pub fn date(&self, published: Published) -> String {
        let date = published.date();
        format!("{} {} {}", date.day(), self.month(published), date.year())
    }

    fn month(&self, published: Published) -> &'static str {
        let index = usize::try_from(published.date().month() - 1).unwrap_or(0);
        self.months[index.min(11)]
    }

    /// How long ago something was published, as short as it can be said: minutes, hours, then the
    /// date: day and month of this year, month and year of an earlier one.
    pub fn age(&self, published: Published, now: &ZonedDateTime) -> String {
        if let Some(instant) = published.instant() {
            let minutes = now.timestamp().duration_since(instant).as_mins();
            match minutes {
                0..60 => return (self.minutes_ago)(minutes),
                60..1440 => return (self.hours_ago)(minutes / 60),
                _ => {}
            }
        }
        let (date, month) = (published.date(), self.month(published));
        if date.year() == now.year() {
            format!("{} {month}", date.day())
        } else {
            format!("{month} {}", date.year())
        }
    }
}
