//! Addresses as feeds give them: relative, padded, or leading off the web.

use std::borrow::Cow;

use crate::article::scrub_line;
use crate::source::location;

/// `reference` as an absolute http(s) address; `None` where it is none and `base` does not help.
pub(super) fn absolute(reference: &str, base: Option<&str>) -> Option<String> {
    let reference = scrub_line(reference);
    let (address, fragment) = match reference.split_once('#') {
        Some((address, fragment)) => (address, Some(fragment)),
        None => (reference.as_str(), None),
    };
    let uri = match location::parse(address) {
        Some(uri) => location::is_web(&uri).then_some(uri)?,
        None => location::follow(&location::parse(base?)?, address)?,
    };
    let mut absolute = uri.to_string();
    if let Some(fragment) = fragment {
        absolute.push('#');
        absolute.push_str(&fragment.replace(' ', "%20"));
    }
    Some(absolute)
}

/// The address of a feed as it is kept: without `feed:` before it and without a fragment, which
/// names a place in a page.
pub(super) fn of_feed(text: &str) -> Option<String> {
    let text = scrub_line(text);
    let address = without_feed_scheme(&text);
    absolute(address.split('#').next()?, None)
}

/// `feed:https://…` and `feed://…`, which browsers once used for "subscribe".
pub(super) fn without_feed_scheme(address: &str) -> Cow<'_, str> {
    let scheme = address.get(..5);
    match scheme.filter(|scheme| scheme.eq_ignore_ascii_case("feed:")) {
        Some(_) if address[5..].starts_with("//") => Cow::Owned(format!("http:{}", &address[5..])),
        Some(_) => Cow::Borrowed(&address[5..]),
        None => Cow::Borrowed(address),
    }
}
