//! From an address as people type it to the feed that is meant.

use super::address::without_feed_scheme;
use super::discover::{Found, discover, usual_addresses};
use super::fetch::{self, Answer, Limits, Outcome, Request};
use super::{Feed, address as normal};
use crate::article::{decode, scrub_line};
use crate::source::problem::Reason;
use crate::source::{self, Source};

/// Why an address led to no feed.
#[derive(Debug)]
pub enum NotFound {
    /// The page there names these; the user has to choose.
    Several(Vec<Found>),
    /// Something went wrong.
    Failed(Reason),
}

/// An address as people type it: a host alone means https, and `feed:` before it nothing. What is
/// no address comes back as it was typed.
pub fn address(typed: &str) -> String {
    let typed = scrub_line(typed);
    let bare = without_feed_scheme(&typed);
    let found = if bare.contains("://") {
        normal(&bare)
    } else {
        normal(&format!("https://{bare}"))
    };
    found.unwrap_or(typed)
}

/// The feed at an address, or the one that the page there names, or that stands where the feeds of
/// most sites stand; and where it really is.
pub fn find(address: &str) -> Result<(String, Feed), NotFound> {
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

fn ask(address: &str) -> Result<(String, Feed), Reason> {
    let request = Request {
        address: address.to_owned(),
        ..Request::default()
    };
    let Answer { moved, outcome, .. } = fetch::one(&request, &Limits::default());
    match outcome {
        Outcome::New { feed, .. } => Ok((moved.unwrap_or(request.address), feed)),
        // One that is asked for alone, with no condition, has neither.
        Outcome::NotModified | Outcome::LeftAlone => Err(Reason::BrokenAnswer),
        Outcome::Failed(reason) => Err(reason),
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
