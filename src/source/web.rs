//! One page over http or https.

use std::io::ErrorKind;
use std::time::Instant;

use ureq::http::header::{CONTENT_TYPE, LOCATION};
use ureq::http::{Response, Uri};
use ureq::{Agent, Body};

use super::location;
use super::problem::Reason;
use super::{Limits, Raw};

/// Says who asks, so that a publisher can tell us from a browser.
const USER_AGENT: &str = concat!(
    "warta/",
    env!("CARGO_PKG_VERSION"),
    " (terminal news reader)"
);

/// What we can read, best first.
const ACCEPT: &str = "text/html, application/xhtml+xml, text/markdown, text/plain, */*;q=0.1";

pub(super) fn read(address: &str, limits: &Limits) -> Result<Raw, Reason> {
    let deadline = Instant::now() + limits.total;
    // Redirects are followed here, not by ureq: it takes `file:///x` for a path on the same
    // server, and its errors do not tell a bad redirect from a broken answer.
    let agent: Agent = Agent::config_builder()
        .timeout_connect(Some(limits.connect))
        .max_redirects(0)
        .http_status_as_error(false)
        .user_agent(USER_AGENT)
        .accept(ACCEPT)
        .build()
        .into();
    let mut uri = location::parse(address).ok_or(Reason::BadAddress)?;
    for _ in 0..=limits.redirects {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Reason::TimedOut);
        }
        let response = agent
            .get(&uri)
            .config()
            .timeout_global(Some(left))
            .build()
            .call()
            .map_err(|error| reason(&error, limits))?;
        if response.status().is_success() {
            return body(response, &uri, limits);
        }
        match response.status().as_u16() {
            301 | 302 | 303 | 307 | 308 => {
                let target = response
                    .headers()
                    .get(LOCATION)
                    .ok_or(Reason::BrokenAnswer)?;
                let target = String::from_utf8_lossy(target.as_bytes()).into_owned();
                uri = location::follow(&uri, &target).ok_or(Reason::BadRedirect)?;
            }
            status => return Err(Reason::Status(status)),
        }
    }
    Err(Reason::TooManyRedirects)
}

fn body(mut response: Response<Body>, uri: &Uri, limits: &Limits) -> Result<Raw, Reason> {
    let content_type = response
        .headers()
        .get(CONTENT_TYPE)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let bytes = response
        .body_mut()
        .with_config()
        .limit(limits.page_bytes)
        .read_to_vec()
        .map_err(|error| reason(&error, limits))?;
    Ok(Raw {
        content_type,
        address: Some(uri.to_string()),
        ..Raw::bare(bytes)
    })
}

fn reason(error: &ureq::Error, limits: &Limits) -> Reason {
    match error {
        ureq::Error::HostNotFound => Reason::HostNotFound,
        ureq::Error::Timeout(_) => Reason::TimedOut,
        ureq::Error::ConnectionFailed => Reason::Refused,
        ureq::Error::BadUri(_) => Reason::BadAddress,
        ureq::Error::BodyExceedsLimit(_) => Reason::TooLarge(limits.page_bytes),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_) => Reason::NotSecure,
        ureq::Error::Io(error) => match error.kind() {
            ErrorKind::ConnectionRefused
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::AddrNotAvailable => Reason::Refused,
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Reason::TimedOut,
            // The standard library gives a failed look-up no kind, only these words.
            _ if error.to_string().contains("failed to lookup address") => Reason::HostNotFound,
            _ => Reason::BrokenAnswer,
        },
        _ => Reason::BrokenAnswer,
    }
}
