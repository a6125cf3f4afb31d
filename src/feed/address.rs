//! Addresses as feeds give them: relative, padded, or leading off the web.

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
