//! `warta feed add`: from an address to a subscription.

use jiff::Timestamp;

use super::super::{Outcome, complain, say, words};
use crate::article::{decode, scrub_line};
use crate::feed::discover::{Found, discover, usual_addresses};
use crate::feed::fetch::{self, Answer, Limits, Request};
use crate::feed::{self, fetch::Outcome as Fetched};
use crate::language::Language;
use crate::library::{FeedSettings, Library, NewFeed, Problem};
use crate::source::problem::Reason;
use crate::source::{self, Source};

/// An address as people type it: a host alone means https.
pub(super) fn address(typed: &str) -> String {
    let typed = scrub_line(typed);
    if typed.contains("://") {
        feed::address(&typed).unwrap_or(typed)
    } else {
        let https = format!("https://{typed}");
        feed::address(&https).unwrap_or(https)
    }
}

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
            complain(&words::several_feeds(&address, language));
            for Found { address, title } in found {
                say(&format!("{address}  {}", title.unwrap_or_default()));
            }
            return Ok(Outcome::Partly);
        }
        Err(NotFound::Failed(reason)) => {
            complain(&format!("{address}: {}", reason.text(language)));
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

/// Why an address led to no feed.
enum NotFound {
    /// The page names these; the user has to choose.
    Several(Vec<Found>),
    Failed(Reason),
}

/// The feed at an address, and where it really is.
fn find(address: &str) -> Result<(String, feed::Feed), NotFound> {
    let reason = match ask(address) {
        Ok(found) => return Ok(found),
        Err(reason) => reason,
    };
    if reason != Reason::Page {
        return Err(NotFound::Failed(reason));
    }
    let named = named_on(address).map_err(NotFound::Failed)?;
    match named.as_slice() {
        [] => usual_addresses(address)
            .iter()
            .find_map(|usual| ask(usual).ok())
            .ok_or(NotFound::Failed(Reason::NoFeedNamed)),
        [only] => ask(&only.address).map_err(NotFound::Failed),
        _ => Err(NotFound::Several(named)),
    }
}

fn ask(address: &str) -> Result<(String, feed::Feed), Reason> {
    let request = Request {
        address: address.to_owned(),
        ..Request::default()
    };
    let Answer { moved, outcome, .. } = fetch::one(&request, &Limits::default());
    match outcome {
        Fetched::New { feed, .. } => Ok((moved.unwrap_or(request.address), feed)),
        Fetched::NotModified => Err(Reason::BrokenAnswer),
        Fetched::Failed(reason) => Err(reason),
    }
}

/// The feeds that the page at an address names.
fn named_on(address: &str) -> Result<Vec<Found>, Reason> {
    let source = Source::Address(address.to_owned());
    let page = source::read(&source, &source::Limits::default());
    let page = page.map_err(|problem| problem.reason)?;
    let text = decode::decode(&page.bytes, page.hints().charset()).map_err(Reason::from)?;
    Ok(discover(&text, page.address.as_deref().unwrap_or(address)))
}
