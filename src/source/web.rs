//! One page over http or https.

use std::io::ErrorKind;
use std::time::Instant;

use ureq::http::header::{CONTENT_ENCODING, CONTENT_TYPE, LOCATION};
use ureq::http::{Response, Uri};
use ureq::{Agent, Body};

use super::location;
use super::problem::Reason;
use super::{Limits, Raw};
use crate::article::scrub_line;

/// Says who asks, so that a publisher can tell us from a browser.
const USER_AGENT: &str = concat!(
    "warta/",
    env!("CARGO_PKG_VERSION"),
    " (terminal news reader)"
);

/// What we can read, best first.
const ACCEPT: &str = "text/html, application/xhtml+xml, text/markdown, text/plain, */*;q=0.1";

pub(super) fn read(address: &str, limits: &Limits) -> Result<Raw, Reason> {
    let reached = Client::new(ACCEPT, *limits).get(address, &[])?;
    if reached.response.status().is_success() {
        return body(reached.response, &reached.uri, limits);
    }
    Err(Reason::Status(reached.response.status().as_u16()))
}

/// Asks servers for pages and follows them where they point. Keeps connections open between
/// requests; any number of threads may use it.
#[derive(Debug)]
pub(crate) struct Client {
    agent: Agent,
    limits: Limits,
}

/// The answer at the end of the redirects, its body not yet read.
#[derive(Debug)]
pub(crate) struct Reached {
    /// Any status but a redirect.
    pub(crate) response: Response<Body>,
    /// Where it stands.
    pub(crate) uri: Uri,
    /// Where the address asked for has moved to for good.
    pub(crate) moved: Option<Uri>,
}

impl Client {
    /// `accept` says what kinds of answers can be read.
    pub(crate) fn new(accept: &str, limits: Limits) -> Self {
        // Redirects are followed here, not by ureq: it takes `file:///x` for a path on the same
        // server, and its errors do not tell a bad redirect from a broken answer.
        let agent = Agent::config_builder()
            .timeout_connect(Some(limits.connect))
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(USER_AGENT)
            .accept(accept)
            .build();
        Self {
            agent: agent.into(),
            limits,
        }
    }

    /// What one request may cost.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Asks for an address, with more headers than every request has.
    pub(crate) fn get(&self, address: &str, headers: &[(&str, &str)]) -> Result<Reached, Reason> {
        let deadline = Instant::now() + self.limits.total;
        let mut uri = location::parse(address).ok_or(Reason::BadAddress)?;
        let (mut moved, mut for_good) = (None, true);
        for _ in 0..=self.limits.redirects {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(Reason::TimedOut);
            }
            let mut request = self.agent.get(&uri);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let request = request.config().timeout_global(Some(left)).build();
            let response = request
                .call()
                .map_err(|error| reason(&error, &self.limits))?;
            let status = response.status().as_u16();
            if !matches!(status, 301 | 302 | 303 | 307 | 308) {
                if let Some(way) = unknown_compression(&response) {
                    return Err(Reason::Compressed(way));
                }
                return Ok(Reached {
                    response,
                    uri,
                    moved,
                });
            }
            let target = response.headers().get(LOCATION);
            let target = target.ok_or(Reason::BrokenAnswer)?;
            let target = String::from_utf8_lossy(target.as_bytes()).into_owned();
            uri = location::follow(&uri, &target).ok_or(Reason::BadRedirect)?;
            // What lies behind a redirect for the moment is not for good.
            for_good &= matches!(status, 301 | 308);
            if for_good {
                moved = Some(uri.clone());
            }
        }
        Err(Reason::TooManyRedirects)
    }
}

/// The compression of an answer, where it is one that was not asked for. What is no compression at
/// all ("utf-8") is a slip of the server that does no harm.
fn unknown_compression(response: &Response<Body>) -> Option<String> {
    const UNKNOWN: [&str; 5] = ["deflate", "compress", "x-compress", "x-gzip", "zstd"];
    let way = response.headers().get(CONTENT_ENCODING)?.to_str().ok()?;
    let way = scrub_line(way).to_ascii_lowercase();
    let is_unknown = way.split(',').any(|way| UNKNOWN.contains(&way.trim()));
    (response.status().is_success() && is_unknown).then_some(way)
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

pub(crate) fn reason(error: &ureq::Error, limits: &Limits) -> Reason {
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
