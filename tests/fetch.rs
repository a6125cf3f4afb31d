//! Feeds from servers that behave, and from servers that do not.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "source/server.rs"]
mod server;

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use server::{Server, answer};
use warta::feed::fetch::{Answer, Limits, Outcome, Request, Validators, one, start};
use warta::source::problem::Reason;

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.one.connect = Duration::from_millis(500);
    limits.one.total = Duration::from_secs(2);
    limits.one.page_bytes = 100_000;
    limits
}

fn feed(items: usize) -> String {
    let item = |n| format!("<item><title>Berita {n}</title><link>https://a.test/{n}</link></item>");
    let items: String = (0..items).map(item).collect();
    format!("<rss><channel><title>Umpan</title>{items}</channel></rss>")
}

fn request(id: i64, address: String) -> Request {
    Request {
        id,
        address,
        ..Request::default()
    }
}

/// What comes of one request to a server that answers everything with `bytes`.
fn ask(bytes: Vec<u8>) -> Answer {
    let server = Server::start(move |_| bytes.clone());
    one(&request(1, server.address("/rss")), &limits())
}

#[track_caller]
fn assert_fails(bytes: Vec<u8>, reason: &Reason) {
    assert_eq!(ask(bytes).outcome, Outcome::Failed(reason.clone()));
}

/// The titles of a new feed.
#[track_caller]
fn titles(answer: &Answer) -> Vec<&str> {
    let Outcome::New { feed, .. } = &answer.outcome else {
        panic!("no feed: {answer:?}");
    };
    let titles = feed.entries.iter().map(|entry| entry.title.as_deref());
    titles.map(Option::unwrap).collect()
}

#[test]
fn a_feed_comes_with_what_to_ask_with_next_time() {
    let server = Server::start(|request| {
        let known = request.head.contains("if-none-match: \"satu\"")
            && request
                .head
                .contains("if-modified-since: Mon, 27 Oct 2025 07:00:00 GMT");
        if known {
            return answer("304 Not Modified", &[], b"");
        }
        let headers = [
            ("ETag", "\"satu\""),
            ("Last-Modified", "Mon, 27 Oct 2025 07:00:00 GMT"),
        ];
        answer("200 OK", &headers, feed(2).as_bytes())
    });
    let mut request = request(7, server.address("/rss"));
    let first = one(&request, &limits());
    assert_eq!(titles(&first), ["Berita 0", "Berita 1"]);
    assert_eq!((first.id, first.due, &first.moved), (7, None, &None));
    let Outcome::New {
        validators, is_cut, ..
    } = first.outcome
    else {
        panic!("no feed");
    };
    assert!(!is_cut);
    request.validators = validators;
    assert_eq!(one(&request, &limits()).outcome, Outcome::NotModified);
    request.validators = Validators::default();
    assert_eq!(titles(&one(&request, &limits())).len(), 2);
}

#[test]
fn a_server_that_asks_for_patience_gets_it() {
    let wait = |status: &str, value: &str| {
        let answer = ask(answer(status, &[("Retry-After", value)], b"nanti"));
        assert!(matches!(
            answer.outcome,
            Outcome::Failed(Reason::Status(429 | 503 | 500))
        ));
        answer.due.map(|due| due.duration_since(Timestamp::now()))
    };
    let about = |wait: Option<SignedDuration>, seconds: i64| {
        let wait = wait.unwrap().as_secs();
        assert!((seconds - 5..=seconds).contains(&wait), "{wait}");
    };
    about(wait("429 Too Many Requests", "3600"), 3600);
    about(wait("503 Service Unavailable", "60"), 60);
    about(
        wait("429 Too Many Requests", "Thu, 31 Dec 2099 23:59:59 GMT"),
        86_400,
    );
    assert_eq!(wait("500 Internal Server Error", "60"), None);
    assert_eq!(wait("429 Too Many Requests", "besok"), None);
}

#[test]
fn a_host_that_asks_for_patience_is_asked_for_no_other_feed() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let busy = Server::start(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
        answer("429 Too Many Requests", &[("Retry-After", "120")], b"")
    });
    let other = Server::start(|_| answer("200 OK", &[], feed(1).as_bytes()));
    let mut requests: Vec<Request> = (0..5).map(|id| request(id, busy.address("/rss"))).collect();
    requests.push(request(5, other.address("/rss")));
    let answers: Vec<Answer> = start(requests, &limits()).iter().collect();
    assert_eq!((answers.len(), asked.load(Ordering::Relaxed)), (6, 1));
    let count = |outcome: &Outcome| answers.iter().filter(|a| a.outcome == *outcome).count();
    assert_eq!(count(&Outcome::Failed(Reason::Status(429))), 1);
    assert_eq!(count(&Outcome::LeftAlone), 4);
    for answer in answers.iter().filter(|answer| answer.id < 5) {
        let left = answer.due.unwrap().duration_since(Timestamp::now());
        assert!((110..=120).contains(&left.as_secs()), "{left:?}");
    }
}

#[test]
fn freshness_and_failures_say_when_to_ask_again() {
    let fresh = ask(answer(
        "200 OK",
        &[("Cache-Control", "max-age=300")],
        feed(1).as_bytes(),
    ));
    let left = fresh
        .due
        .unwrap()
        .duration_since(Timestamp::now())
        .as_secs();
    assert!((290..=300).contains(&left), "{left}");
    let server = Server::start(|_| answer("500 Internal Server Error", &[], b""));
    let mut request = request(1, server.address("/rss"));
    assert_eq!(one(&request, &limits()).due, None);
    request.failures = 6;
    let left = one(&request, &limits())
        .due
        .unwrap()
        .duration_since(Timestamp::now());
    assert!((470..=480).contains(&left.as_secs()), "{left:?}");
}

#[test]
fn only_a_lasting_move_to_a_feed_is_told() {
    let server = Server::start(|request| match request.path.as_str() {
        "/rss" => answer("200 OK", &[], feed(1).as_bytes()),
        "/pindah" => answer("301 Moved Permanently", &[("Location", "/antara")], b""),
        "/antara" => answer("308 Permanent Redirect", &[("Location", "/rss")], b""),
        "/sebentar" => answer("302 Found", &[("Location", "/rss")], b""),
        "/campur" => answer("301 Moved Permanently", &[("Location", "/sebentar")], b""),
        "/masuk" => answer("301 Moved Permanently", &[("Location", "/halaman")], b""),
        _ => answer("200 OK", &[], b"<html><body>Masuk dulu</body></html>"),
    });
    let moved = |path: &str| {
        let answer = one(&request(1, server.address(path)), &limits());
        let is_feed = matches!(answer.outcome, Outcome::New { .. });
        (is_feed, answer.moved)
    };
    assert_eq!(moved("/rss"), (true, None));
    assert_eq!(moved("/pindah"), (true, Some(server.address("/rss"))));
    assert_eq!(moved("/sebentar"), (true, None));
    assert_eq!(moved("/campur"), (true, Some(server.address("/sebentar"))));
    assert_eq!(moved("/masuk"), (false, None));
}

#[test]
fn redirects_end_and_stay_on_the_web() {
    let redirect = |target: &str| answer("302 Found", &[("Location", target)], b"");
    assert_fails(redirect("/rss"), &Reason::TooManyRedirects);
    assert_fails(redirect("file:///etc/passwd"), &Reason::BadRedirect);
    assert_fails(redirect("javascript:alert(1)"), &Reason::BadRedirect);
    assert_fails(answer("302 Found", &[], b""), &Reason::BrokenAnswer);
}

#[test]
fn an_answer_that_is_no_feed_is_said_to_be_what_it_is() {
    assert_fails(answer("200 OK", &[], b""), &Reason::Empty);
    assert_fails(answer("200 OK", &[], b"\n"), &Reason::Empty);
    assert_fails(answer("204 No Content", &[], b""), &Reason::Empty);
    assert_fails(answer("200 OK", &[], b"<html></html>"), &Reason::Page);
    assert_fails(answer("200 OK", &[], b"Halo"), &Reason::NoFeed);
    assert_fails(
        answer("404 Not Found", &[], b"<rss/>"),
        &Reason::Status(404),
    );
    // There was no condition that this could be the answer to.
    assert_fails(answer("304 Not Modified", &[], b""), &Reason::Status(304));
    assert_fails(
        answer("200 OK", &[("Content-Encoding", "deflate")], b"x\x9c\x03"),
        &Reason::Compressed("deflate".to_owned()),
    );
    assert_fails(b"Halo\r\n\r\n".to_vec(), &Reason::BrokenAnswer);
    assert_fails(Vec::new(), &Reason::BrokenAnswer);
}

#[test]
fn an_answer_cut_off_is_not_taken_for_the_whole() {
    let body = feed(3);
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n",
        body.len() + 1
    );
    assert_fails((head + &body).into_bytes(), &Reason::BrokenAnswer);
    let chunk = format!("{:x}\r\n{body}\r\n", body.len());
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned() + &chunk;
    assert_fails(chunked.clone().into_bytes(), &Reason::BrokenAnswer);
    assert_eq!(titles(&ask((chunked + "0\r\n\r\n").into_bytes())).len(), 3);
}

#[test]
fn a_slow_server_is_left_in_time() {
    let began = Instant::now();
    let server = Server::drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<rss>");
    let answer = one(&request(1, server.address("/rss")), &limits());
    assert_eq!(answer.outcome, Outcome::Failed(Reason::TimedOut));
    assert!(
        began.elapsed() < Duration::from_secs(6),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn of_a_feed_too_long_the_beginning_is_read() {
    let answer = ask(answer("200 OK", &[], feed(5000).as_bytes()));
    let entries = titles(&answer).len();
    assert!((1000..4999).contains(&entries), "{entries}");
    assert!(matches!(answer.outcome, Outcome::New { is_cut: true, .. }));
}

#[test]
fn a_bomb_does_not_go_off() {
    let bomb = include_bytes!("source/bom.gz");
    let headers = [("Content-Encoding", "gzip")];
    let answer = ask(answer("200 OK", &headers, bomb));
    assert!(matches!(answer.outcome, Outcome::Failed(_)), "{answer:?}");
}

#[test]
fn the_charset_of_the_answer_counts() {
    let body = b"<rss><channel><item><title>\xe0\xd0\xe8</title></item></channel></rss>";
    let headers = [("Content-Type", "text/xml; charset=windows-1251")];
    assert_eq!(titles(&ask(answer("200 OK", &headers, body))), ["аРи"]);
    let headers = [("Content-Type", "text/xml; charset=utf-8")];
    let body = b"<rss><channel><item><title>\x93kutip\x94</title></item></channel></rss>";
    assert_eq!(titles(&ask(answer("200 OK", &headers, body))), ["“kutip”"]);
}

#[test]
fn addresses_that_lead_nowhere_are_said_to() {
    for (address, reason) in [
        ("bukan alamat", Reason::BadAddress),
        ("http://127.0.0.1:1/", Reason::Refused),
        ("http://tidak-ada.invalid/", Reason::HostNotFound),
    ] {
        let answer = one(&request(1, address.to_owned()), &limits());
        assert_eq!(answer.outcome, Outcome::Failed(reason));
        assert_eq!(answer.due, None);
    }
}

#[test]
fn every_request_is_answered_once() {
    let server = Server::start(|request| match request.path.as_str() {
        "/7" => answer("500 Internal Server Error", &[], b""),
        path => answer("200 OK", &[], feed(path.len()).as_bytes()),
    });
    let mut requests: Vec<Request> = (0..20)
        .map(|id| request(id, server.address(&format!("/{id}"))))
        .collect();
    requests.push(request(20, "bukan alamat".to_owned()));
    let mut ids: Vec<i64> = start(requests, &limits())
        .iter()
        .map(|answer| answer.id)
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, (0..21).collect::<Vec<_>>());
    assert_eq!(start(Vec::new(), &limits()).iter().count(), 0);
}

#[test]
fn a_host_is_asked_by_one_worker_at_a_time_and_hosts_at_once() {
    #[derive(Default)]
    struct Seen {
        open: HashMap<usize, usize>,
        most_of_one: usize,
        most_of_all: usize,
    }
    let seen = Arc::new(Mutex::new(Seen::default()));
    let servers: Vec<Server> = (0..2)
        .map(|number| {
            let seen = Arc::clone(&seen);
            Server::start(move |_| {
                {
                    let mut seen = seen.lock().unwrap();
                    *seen.open.entry(number).or_default() += 1;
                    seen.most_of_one = seen.most_of_one.max(seen.open[&number]);
                    seen.most_of_all = seen.most_of_all.max(seen.open.values().sum());
                }
                thread::sleep(Duration::from_millis(40));
                *seen.lock().unwrap().open.get_mut(&number).unwrap() -= 1;
                answer("200 OK", &[], feed(1).as_bytes())
            })
        })
        .collect();
    let requests = |count: i64| -> Vec<Request> {
        let address = |id: i64| servers[usize::from(id % 2 == 0)].address("/rss");
        (0..count).map(|id| request(id, address(id))).collect()
    };
    assert_eq!(start(requests(8), &limits()).iter().count(), 8);
    let (one, all) = {
        let seen = seen.lock().unwrap();
        (seen.most_of_one, seen.most_of_all)
    };
    assert_eq!((one, all), (1, 2));
    let limits = Limits {
        per_host: NonZeroUsize::new(4).unwrap(),
        ..limits()
    };
    assert_eq!(start(requests(16), &limits).iter().count(), 16);
    assert!(seen.lock().unwrap().most_of_one > 1);
}

#[test]
fn dropping_the_receiver_ends_the_work() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let server = Server::start(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
        answer("200 OK", &[], feed(1).as_bytes())
    });
    let requests = (0..500)
        .map(|id| request(id, server.address("/rss")))
        .collect();
    let answers = start(requests, &limits());
    assert!(answers.recv().is_ok());
    drop(answers);
    thread::sleep(Duration::from_millis(300));
    let before = asked.load(Ordering::Relaxed);
    thread::sleep(Duration::from_millis(300));
    assert_eq!(asked.load(Ordering::Relaxed), before);
    assert!(before < 100, "{before}");
}
