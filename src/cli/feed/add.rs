//! `warta feed add`: from an address to a subscription.

use jiff::Timestamp;

use super::super::{Outcome, complain, say, words};
use crate::article::scrub_line;
use crate::feed::discover::Found;
use crate::feed::finding::{NotFound, address, find};
use crate::language::Language;
use crate::library::{FeedSettings, Library, NewFeed, Problem};

/// What the user asked for.
pub(super) struct Wish<'a> {
    /// As it was typed.
    pub address: &'a str,
    /// The folder to list the feed under.
    pub subject: Option<String>,
    /// Fetch its articles whole.
    pub full_text: bool,
}

/// Subscribes to the feed at an address, or to the one that the page there names.
pub(super) fn add(
    library: &mut Library,
    wish: Wish<'_>,
    language: Language,
) -> Result<Outcome, Problem> {
    let address = address(wish.address);
    let (address, feed) = match find(&address) {
        Ok(found) => found,
        Err(NotFound::Several(found)) => {
            complain(&words::several_feeds(&scrub_line(wish.address), language));
            for Found { address, title } in found {
                say(&format!("{address}  {}", title.unwrap_or_default()));
            }
            return Ok(Outcome::Partly);
        }
        Err(NotFound::Failed(reason)) => {
            // Under the name that the user gave it.
            let typed = scrub_line(wish.address);
            complain(&format!("{typed}: {}", reason.text(language)));
            return Ok(Outcome::Partly);
        }
    };
    let mut feeds = library.feeds()?.into_iter();
    let known = feeds.find(|known| known.address == address);
    let title = feed.title.unwrap_or_else(|| address.clone());
    let line = if known.is_some() {
        words::already_there(&title, language)
    } else {
        words::added(&title, &address, language)
    };
    let subject = wish.subject.map(|subject| scrub_line(&subject));
    let feed = NewFeed {
        address,
        title,
        site: feed.site,
        subject: subject.filter(|subject| !subject.is_empty()),
    };
    let id = library.add_feed(&feed, Timestamp::now())?;
    if wish.full_text {
        let settings = FeedSettings {
            full_text: true,
            ..known.map(|known| known.settings).unwrap_or_default()
        };
        library.set_feed(id, settings)?;
    }
    say(&line);
    Ok(Outcome::Done)
}
