//! Where a redirect leads: RFC 3986, section 5, as far as http needs it.

mod host;

use std::fmt::Write as _;

use ureq::http::Uri;

use super::is_scheme;

/// The address that `location` means on the page `base`; nothing where it leads off the web or is
/// no address.
pub(crate) fn follow(base: &Uri, location: &str) -> Option<Uri> {
    let location = location.split('#').next().unwrap_or_default();
    let scheme = base.scheme_str()?;
    let authority = base.authority()?.as_str();
    let before_path = location.split(['/', '?']).next().unwrap_or_default();
    if let Some((scheme, _)) = before_path
        .split_once(':')
        .filter(|(name, _)| is_scheme(name))
    {
        let on_the_web =
            scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        return if on_the_web { parse(location) } else { None };
    }
    if location.starts_with("//") {
        return parse(&format!("{scheme}:{location}"));
    }
    let (path, query) = match location.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (location, None),
    };
    let path = if path.starts_with('/') {
        without_dots(path)
    } else if path.is_empty() {
        base.path().to_owned()
    } else {
        let folder = base
            .path()
            .rfind('/')
            .map_or("/", |end| &base.path()[..=end]);
        without_dots(&format!("{folder}{path}"))
    };
    let query = match query {
        Some(query) => format!("?{query}"),
        None if location.is_empty() => base
            .query()
            .map(|query| format!("?{query}"))
            .unwrap_or_default(),
        None => String::new(),
    };
    parse(&format!("{scheme}://{authority}{path}{query}"))
}

/// An http(s) address as people paste it or servers send it: the host as the network knows it; what
/// no address may hold becomes `%XX`, as browsers do; a fragment is the reader's business, not the
/// server's, and goes.
pub(crate) fn parse(address: &str) -> Option<Uri> {
    let address = address.trim().split('#').next().unwrap_or_default();
    let (scheme, rest) = address.split_once("://")?;
    let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let (user, place) = authority.split_at(authority.rfind('@').map_or(0, |at| at + 1));
    let mut sound = format!("{scheme}://{user}{}", host::ascii(place)?);
    for byte in path.bytes() {
        let allowed = byte.is_ascii_graphic()
            && !matches!(
                byte,
                b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}'
            );
        if allowed {
            sound.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(sound, "%{byte:02X}");
        }
    }
    let uri: Uri = sound.parse().ok()?;
    uri.scheme()?;
    uri.host().filter(|host| !host.is_empty())?;
    Some(uri)
}

/// Whether an address is one of http or https.
pub(crate) fn is_web(uri: &Uri) -> bool {
    matches!(uri.scheme_str(), Some("http" | "https"))
}

/// Takes `.` and `..` out of a path (section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    let mut rest = path.split('/').skip(1).peekable();
    while let Some(segment) = rest.next() {
        let last = rest.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    segments.pop();
                }
                if last {
                    segments.push("");
                }
            }
            _ => segments.push(segment),
        }
    }
    format!("/{}", segments.join("/"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn followed(location: &str) -> Option<String> {
        let base: Uri = "http://a.id:81/b/c/d?q".parse().unwrap();
        follow(&base, location).map(|uri| uri.to_string())
    }

    #[test]
    fn a_location_is_understood_as_the_rfc_says() {
        for (location, expected) in [
            ("http://x.id/y", "http://x.id/y"),
            ("HTTPS://X.id/Y", "https://x.id/Y"),
            (
                "//bücher.test:8080/é",
                "http://xn--bcher-kva.test:8080/%C3%A9",
            ),
            ("//x.id/y", "http://x.id/y"),
            ("/y?z", "http://a.id:81/y?z"),
            ("y", "http://a.id:81/b/c/y"),
            ("./y", "http://a.id:81/b/c/y"),
            ("../y", "http://a.id:81/b/y"),
            ("../../../y", "http://a.id:81/y"),
            ("..", "http://a.id:81/b/"),
            ("?z", "http://a.id:81/b/c/d?z"),
            ("#bagian", "http://a.id:81/b/c/d?q"),
            ("", "http://a.id:81/b/c/d?q"),
            ("/a b/é", "http://a.id:81/a%20b/%C3%A9"),
            ("/y#bagian", "http://a.id:81/y"),
        ] {
            assert_eq!(followed(location).as_deref(), Some(expected), "{location}");
        }
    }

    #[test]
    fn what_leads_off_the_web_is_no_address() {
        for location in [
            "file:///etc/passwd",
            "FILE:/etc/passwd",
            "ftp://a.id/",
            "data:text/plain,isi",
            "javascript:alert(1)",
            "http:",
            "http://",
            "http:///x",
            "http://a b/",
            "//",
        ] {
            assert_eq!(followed(location), None, "{location}");
        }
    }
}
