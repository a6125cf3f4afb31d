//! Many feeds at once, politely: asked for, read, and handed over one by one as they come.
//!
//! Plain threads and a channel. [`start`] knows neither the library nor the screen: whoever holds
//! the receiver decides what to keep, and ends everything by dropping it.

pub(crate) mod queue;
mod waiting;

use std::io::Read;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use ureq::Body;
use ureq::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, LAST_MODIFIED,
    RETRY_AFTER,
};
use ureq::http::{Response, Uri};

use self::queue::{Queue, Turn};
use super::{Feed, parse};
use crate::article::Hints;
use crate::source::problem::Reason;
use crate::source::web::{self, Client, Reached};
use crate::source::{self, location};

/// What can be read, best first. Many servers know feeds only as `text/xml`.
const ACCEPT: &str = "application/rss+xml, application/atom+xml, application/feed+json, \
    application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, \
    */*;q=0.5";

/// What fetching may cost us and the servers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// For one feed: time, redirects and bytes. Of a longer feed only the beginning is read.
    pub one: source::Limits,
    /// Feeds asked for or read at the same time.
    pub workers: NonZeroUsize,
    /// Connections to one host at the same time.
    pub per_host: NonZeroUsize,
    /// How long a host is left alone after an answer, as a multiple of the time it took to begin
    /// one: a fast server is asked again sooner than one that toils.
    pub rest: f32,
    /// The longest a host is left alone.
    pub longest_rest: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            one: source::Limits::default(),
            workers: NonZeroUsize::new(8).unwrap_or(NonZeroUsize::MIN),
            per_host: NonZeroUsize::MIN,
            rest: 0.25,
            longest_rest: Duration::from_secs(2),
        }
    }
}

/// A feed to be asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// Comes back with the answer.
    pub id: i64,
    /// Where it is.
    pub address: String,
    /// What is already known of it.
    pub validators: Validators,
    /// How many requests failed since one went well.
    pub failures: u32,
}

/// By what a server knows whether we already have its newest answer (RFC 9110, section 8.8).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag` of the last answer.
    pub etag: Option<String>,
    /// The `Last-Modified` of the last answer.
    pub last_modified: Option<String>,
}

/// What came of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The request's.
    pub id: i64,
    /// The address the feed has moved to for good; only from an answer that is a feed.
    pub moved: Option<String>,
    /// What was answered.
    pub outcome: Outcome,
    /// The feed is not to be asked again before; the server's word, or patience with one that
    /// fails.
    pub due: Option<Timestamp>,
}

/// How a request ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The feed, and what to ask with next time.
    New {
        /// The feed.
        feed: Feed,
        /// To be kept for the next request.
        validators: Validators,
        /// It is longer than the limit; the entries are those of its beginning.
        is_cut: bool,
    },
    /// There is nothing new.
    NotModified,
    /// It failed. What is known of the feed stays as it is.
    Failed(Reason),
    /// It was not asked for, because its host had just asked to be left alone.
    LeftAlone,
}

/// Asks for feeds in the background. The answers come in any order, one for each request, and the
/// receiver ends after the last; dropping it ends the work.
pub fn start(requests: Vec<Request>, limits: &Limits) -> Receiver<Answer> {
    let workers = limits.workers.get().min(requests.len());
    // Whoever stores the feeds may be slower than the network: a few may wait, not all.
    let (sender, receiver) = sync_channel(limits.workers.get());
    let shared = Arc::new(Shared {
        queue: Queue::new(requests, |request| &request.address, limits),
        client: Client::new(ACCEPT, limits.one),
        limits: *limits,
    });
    for _ in 0..workers {
        let (shared, sender) = (Arc::clone(&shared), sender.clone());
        thread::spawn(move || work(&shared, &sender));
    }
    receiver
}

/// Asks for one feed and waits for it.
pub fn one(request: &Request, limits: &Limits) -> Answer {
    let client = Client::new(ACCEPT, limits.one);
    let answer = ask(request, &client);
    finish(request, answer, limits)
}

/// What the threads have in common.
struct Shared {
    queue: Queue<Request>,
    client: Client,
    limits: Limits,
}

fn work(shared: &Shared, sender: &SyncSender<Answer>) {
    while let Some(turn) = shared.queue.next() {
        let answer = if let Some(until) = turn.left_alone {
            let request = shared.queue.release(turn, Duration::ZERO);
            Answer {
                id: request.id,
                moved: None,
                outcome: Outcome::LeftAlone,
                due: Some(until),
            }
        } else {
            answer(shared, turn)
        };
        if sender.send(answer).is_err() {
            shared.queue.close();
            return;
        }
    }
}

/// Asks for what a turn is about.
fn answer(shared: &Shared, turn: Turn<Request>) -> Answer {
    let asked = Instant::now();
    let answer = ask(&turn.item, &shared.client);
    let mut began = asked.elapsed();
    if let Ok(arrived) = &answer {
        began = arrived.began;
        // The word of one feed's server is that of all feeds there.
        if let Some(until) = asked_to_wait(arrived, Timestamp::now()) {
            let address = arrived.uri.to_string();
            shared.queue.leave_alone(&address, until);
        }
    }
    // The host is free again before its answer is parsed.
    let request = shared.queue.release(turn, began);
    finish(&request, answer, &shared.limits)
}

/// An answer of a server as bytes.
struct Arrived {
    status: u16,
    headers: HeaderMap,
    uri: Uri,
    moved: Option<Uri>,
    bytes: Vec<u8>,
    /// How long it took until the answer began.
    began: Duration,
}

fn ask(request: &Request, client: &Client) -> Result<Arrived, Reason> {
    let asked = Instant::now();
    let mut headers = Vec::new();
    let validators = &request.validators;
    if let Some(etag) = &validators.etag {
        headers.push(("If-None-Match", etag.as_str()));
    }
    if let Some(last_modified) = &validators.last_modified {
        headers.push(("If-Modified-Since", last_modified.as_str()));
    }
    let Reached {
        mut response,
        uri,
        moved,
    } = client.get(&request.address, &headers)?;
    let began = asked.elapsed();
    let bytes = if response.status().is_success() {
        read(&mut response, client.limits())?
    } else {
        Vec::new()
    };
    Ok(Arrived {
        status: response.status().as_u16(),
        headers: std::mem::take(response.headers_mut()),
        uri,
        moved,
        bytes,
        began,
    })
}

/// The body, decompressed, up to one byte past the limit.
fn read(response: &mut Response<Body>, limits: &source::Limits) -> Result<Vec<u8>, Reason> {
    let most = limits.page_bytes + 1;
    let length = text(response.headers(), &CONTENT_LENGTH).and_then(|text| text.parse().ok());
    let length: u64 = length.unwrap_or_default();
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(most)).unwrap_or_default());
    let body = response.body_mut().with_config().limit(most + 1).reader();
    body.take(most)
        .read_to_end(&mut bytes)
        .map_err(|error| web::reason(&error.into(), limits))?;
    Ok(bytes)
}

fn finish(request: &Request, answer: Result<Arrived, Reason>, limits: &Limits) -> Answer {
    let now = Timestamp::now();
    let arrived = match answer {
        Ok(arrived) => arrived,
        Err(reason) => {
            let due = waiting::after_failure(&reason, request.failures, now);
            return failed(request, reason, due);
        }
    };
    let header = |name: &HeaderName| text(&arrived.headers, name);
    let is_conditional = request.validators != Validators::default();
    if arrived.status == 304 && is_conditional {
        return Answer {
            id: request.id,
            moved: arrived.moved.map(|uri| uri.to_string()),
            outcome: Outcome::NotModified,
            due: waiting::while_fresh(header(&CACHE_CONTROL), None, now),
        };
    }
    if !(200..300).contains(&arrived.status) {
        let reason = Reason::Status(arrived.status);
        let due = asked_to_wait(&arrived, now)
            .or_else(|| waiting::after_failure(&reason, request.failures, now));
        return failed(request, reason, due);
    }
    let most = usize::try_from(limits.one.page_bytes).unwrap_or(usize::MAX);
    let is_cut = arrived.bytes.len() > most;
    let address = arrived.uri.to_string();
    let hints = Hints {
        content_type: header(&CONTENT_TYPE),
        file_name: None,
        address: Some(&address),
    };
    let bytes = &arrived.bytes[..arrived.bytes.len().min(most)];
    match parse(bytes, &hints, now) {
        Ok(feed) => Answer {
            id: request.id,
            moved: arrived.moved.as_ref().map(Uri::to_string),
            due: waiting::while_fresh(header(&CACHE_CONTROL), feed.ttl, now),
            outcome: Outcome::New {
                feed,
                validators: Validators {
                    etag: header(&ETAG).map(str::to_owned),
                    last_modified: header(&LAST_MODIFIED).map(str::to_owned),
                },
                is_cut,
            },
        },
        Err(unreadable) => {
            let reason = unreadable.into();
            let due = waiting::after_failure(&reason, request.failures, now);
            failed(request, reason, due)
        }
    }
}

/// Until when a server asks to be left alone.
fn asked_to_wait(arrived: &Arrived, now: Timestamp) -> Option<Timestamp> {
    if !matches!(arrived.status, 429 | 503) {
        return None;
    }
    waiting::retry_after(text(&arrived.headers, &RETRY_AFTER)?, now)
}

fn failed(request: &Request, reason: Reason, due: Option<Timestamp>) -> Answer {
    Answer {
        id: request.id,
        moved: None,
        outcome: Outcome::Failed(reason),
        due,
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The host and port a request goes to; nothing where the address is none.
fn host(address: &str) -> Option<String> {
    let uri = location::parse(address)?;
    let authority = uri.authority()?;
    Some(authority.as_str().rsplit('@').next()?.to_ascii_lowercase())
}
