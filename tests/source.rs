//! Sources with real parts: files on disk and an HTTP server on loopback that misbehaves.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "source/server.rs"]
mod server;

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use server::{Server, answer};
use warta::language::Language;
use warta::source::problem::Reason;
use warta::source::{self, Limits, Raw, Source};

/// Short enough for a test, long enough for a busy machine.
fn limits() -> Limits {
    Limits {
        connect: Duration::from_secs(5),
        total: Duration::from_secs(20),
        redirects: 4,
        page_bytes: 1 << 20,
        file_bytes: 1 << 20,
    }
}

fn fetch(server: &Server, path: &str) -> Result<Raw, Reason> {
    source::read(&Source::Address(server.address(path)), &limits())
        .map_err(|problem| problem.reason)
}

fn read_file(path: impl AsRef<Path>) -> Result<Raw, Reason> {
    source::read(&Source::File(path.as_ref().into()), &limits()).map_err(|problem| problem.reason)
}

#[test]
fn an_argument_is_taken_for_what_it_is() {
    let parse = |argument: &str| Source::parse(OsStr::new(argument));
    assert_eq!(parse("-"), Source::StandardInput);
    for address in ["http://a.id/b", "HTTPS://a.id", "http://"] {
        assert_eq!(parse(address), Source::Address(address.to_owned()));
    }
    for file in [
        "berita.txt",
        "./http://a",
        "-x",
        "",
        "12://a",
        "C:\\a.txt",
        "a b://c",
    ] {
        assert_eq!(parse(file), Source::File(file.into()), "{file:?}");
    }
    for other in [
        "file:///etc/passwd",
        "ftp://a.id/x",
        "gopher://a",
        "view-source:http://a",
    ] {
        assert!(!matches!(parse(other), Source::Address(_)), "{other:?}");
    }
    assert_eq!(
        parse("file:///etc/passwd"),
        Source::Refused("file:///etc/passwd".to_owned())
    );
}

#[test]
fn a_file_comes_whole_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("berita.txt");
    fs::write(&path, b"isi\xff").unwrap();
    let raw = read_file(&path).unwrap();
    assert_eq!(raw.bytes, b"isi\xff");
    assert_eq!(raw.file_name.as_deref(), Some("berita.txt"));
}

#[test]
fn what_is_no_readable_file_is_said_to_be_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("kosong");
    fs::write(&empty, "").unwrap();
    let large = folder.path().join("besar");
    fs::write(&large, vec![b'a'; (1 << 20) + 1]).unwrap();
    let full = folder.path().join("penuh");
    fs::write(&full, vec![b'a'; 1 << 20]).unwrap();

    assert_eq!(read_file(folder.path()), Err(Reason::Directory));
    assert_eq!(
        read_file(folder.path().join("tidak-ada")),
        Err(Reason::Missing)
    );
    assert_eq!(
        read_file(empty.join("di-bawah-berkas")),
        Err(Reason::Missing)
    );
    assert_eq!(read_file("a\0b"), Err(Reason::Missing));
    assert_eq!(read_file(&empty), Err(Reason::Empty));
    assert_eq!(read_file(&large), Err(Reason::TooLarge(1 << 20)));
    assert_eq!(read_file(&full).map(|raw| raw.bytes.len()), Ok(1 << 20));
}

#[cfg(unix)]
#[test]
fn devices_neither_hang_nor_fill_the_memory() {
    assert_eq!(read_file("/dev/zero"), Err(Reason::TooLarge(1 << 20)));
    assert_eq!(read_file("/dev/null"), Err(Reason::Empty));
}

#[test]
fn a_page_comes_with_what_the_server_says_of_it() {
    let server = Server::start(|request| match request.path.as_str() {
        "/lama" => answer("301 Moved Permanently", &[("Location", "/baru?a=1")], b""),
        "/baru?a=1" => answer(
            "200 OK",
            &[("Content-Type", "text/html; charset=ISO-8859-1")],
            b"caf\xe9",
        ),
        path => panic!("{path}"),
    });
    let raw = fetch(&server, "/lama").unwrap();
    assert_eq!(raw.bytes, b"caf\xe9");
    assert_eq!(
        raw.content_type.as_deref(),
        Some("text/html; charset=ISO-8859-1")
    );
    assert_eq!(raw.address, Some(server.address("/baru?a=1")));
}

#[test]
fn the_server_is_told_who_asks_and_what_we_can_read() {
    let server = Server::start(|request| {
        answer("200 OK", &[], request.head.to_ascii_lowercase().as_bytes())
    });
    let head = String::from_utf8(fetch(&server, "/").unwrap().bytes).unwrap();
    assert!(head.contains("user-agent: warta/"), "{head}");
    assert!(head.contains("accept-encoding: gzip, br"), "{head}");
    assert!(head.contains("accept: text/html"), "{head}");
}

#[test]
fn an_address_is_taken_as_people_paste_it() {
    let server = Server::start(|request| answer("200 OK", &[], request.path.as_bytes()));
    let raw = fetch(&server, "/berita baru/é|a?b=%20").unwrap();
    assert_eq!(raw.bytes, b"/berita%20baru/%C3%A9%7Ca?b=%20");
}

#[test]
fn an_answer_that_is_no_page_is_said_to_be_what_it_is() {
    let server =
        Server::start(|request| answer(&request.path[1..].replace('_', " "), &[], b"maaf"));
    for (status, code) in [
        ("404_Not_Found", 404),
        ("403_Forbidden", 403),
        ("500_Oops", 500),
        ("429_Wait", 429),
    ] {
        assert_eq!(
            fetch(&server, &format!("/{status}")),
            Err(Reason::Status(code))
        );
    }
    let server = Server::start(|_| answer("200 OK", &[], b""));
    assert_eq!(fetch(&server, "/"), Err(Reason::Empty));
    let server = Server::start(|_| b"\x1b[31mSSH-2.0-OpenSSH\r\n\r\n".to_vec());
    assert_eq!(fetch(&server, "/"), Err(Reason::BrokenAnswer));
    let server = Server::start(|_| Vec::new());
    assert_eq!(fetch(&server, "/"), Err(Reason::BrokenAnswer));
}

#[test]
fn an_answer_cut_off_is_not_taken_for_the_whole() {
    let server =
        Server::start(|_| b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhanya ini".to_vec());
    assert_eq!(fetch(&server, "/"), Err(Reason::BrokenAnswer));
    let server = Server::start(|_| {
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsatu\r\n".to_vec()
    });
    assert_eq!(fetch(&server, "/"), Err(Reason::BrokenAnswer));
}

#[test]
fn redirects_end() {
    let server = Server::start(|request| {
        let next = format!("{}a", request.path);
        answer("302 Found", &[("Location", &next)], b"")
    });
    assert_eq!(fetch(&server, "/"), Err(Reason::TooManyRedirects));
    let server = Server::start(|_| answer("302 Found", &[("Location", "/")], b""));
    assert_eq!(fetch(&server, "/"), Err(Reason::TooManyRedirects));
}

#[test]
fn redirects_stay_on_the_web() {
    for location in [
        "file:///etc/passwd",
        "file:/etc/passwd",
        "ftp://127.0.0.1/x",
        "data:text/plain,isi",
        "javascript:alert(1)",
        "http://",
        "http://a b/",
    ] {
        let server = Server::start(move |_| answer("302 Found", &[("Location", location)], b""));
        assert_eq!(
            fetch(&server, "/"),
            Err(Reason::BadRedirect),
            "{location:?}"
        );
    }
    // What is no header at all is refused before anyone asks where it leads.
    let server = Server::start(|_| answer("302 Found", &[("Location", "\x1b[31m")], b""));
    assert_eq!(fetch(&server, "/"), Err(Reason::BrokenAnswer));
    let server = Server::start(|_| answer("302 Found", &[], b""));
    assert_eq!(fetch(&server, "/"), Err(Reason::BrokenAnswer));
}

#[test]
fn a_page_too_large_is_not_read_to_its_end() {
    let server = Server::start(|_| answer("200 OK", &[], &vec![b'a'; (1 << 20) + 1]));
    assert_eq!(fetch(&server, "/"), Err(Reason::TooLarge(1 << 20)));
    let server = Server::start(|_| answer("200 OK", &[], &vec![b'a'; 1 << 20]));
    assert_eq!(fetch(&server, "/").map(|raw| raw.bytes.len()), Ok(1 << 20));
    let server = Server::start(|_| {
        let mut endless = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
        endless.resize(64 << 20, b'a');
        endless
    });
    assert_eq!(fetch(&server, "/"), Err(Reason::TooLarge(1 << 20)));
}

#[test]
fn compression_is_undone_within_the_limit() {
    let server = Server::start(|_| {
        answer(
            "200 OK",
            &[("Content-Encoding", "gzip")],
            include_bytes!("source/kecil.gz"),
        )
    });
    assert_eq!(
        fetch(&server, "/").map(|raw| raw.bytes),
        Ok(b"Berita yang dimampatkan.\n".to_vec())
    );
    let server = Server::start(|_| {
        answer(
            "200 OK",
            &[("Content-Encoding", "br")],
            include_bytes!("source/kecil.br"),
        )
    });
    assert_eq!(
        fetch(&server, "/").map(|raw| raw.bytes),
        Ok(b"Berita yang dimampatkan.\n".to_vec())
    );
    // 16 MB of one letter in 16 kB.
    let server = Server::start(|_| {
        answer(
            "200 OK",
            &[("Content-Encoding", "gzip")],
            include_bytes!("source/bom.gz"),
        )
    });
    assert_eq!(fetch(&server, "/"), Err(Reason::TooLarge(1 << 20)));
    let server =
        Server::start(|_| answer("200 OK", &[("Content-Encoding", "gzip")], b"bukan gzip"));
    assert_eq!(fetch(&server, "/"), Err(Reason::BrokenAnswer));
}

#[test]
fn a_slow_server_is_left_in_time() {
    let server = Server::start(|_| {
        std::thread::sleep(Duration::from_secs(30));
        Vec::new()
    });
    let limits = Limits {
        total: Duration::from_millis(300),
        ..limits()
    };
    let before = Instant::now();
    let result = source::read(&Source::Address(server.address("/")), &limits);
    assert_eq!(
        result.map_err(|problem| problem.reason),
        Err(Reason::TimedOut)
    );
    assert!(
        before.elapsed() < Duration::from_secs(10),
        "{:?}",
        before.elapsed()
    );
}

#[test]
fn a_server_that_drips_is_left_in_time() {
    let server = Server::drip(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    let limits = Limits {
        total: Duration::from_millis(700),
        ..limits()
    };
    let before = Instant::now();
    let result = source::read(&Source::Address(server.address("/")), &limits);
    assert_eq!(
        result.map_err(|problem| problem.reason),
        Err(Reason::TimedOut)
    );
    assert!(
        before.elapsed() < Duration::from_secs(10),
        "{:?}",
        before.elapsed()
    );
}

#[test]
fn an_address_that_leads_nowhere_is_said_to() {
    let reason = |address: &str| {
        source::read(&Source::Address(address.to_owned()), &limits())
            .map_err(|problem| problem.reason)
            .unwrap_err()
    };
    let port = {
        let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        gone.local_addr().unwrap().port()
    };
    assert_eq!(
        reason(&format!("http://127.0.0.1:{port}/")),
        Reason::Refused
    );
    for bad in [
        "http://",
        "http:///x",
        "http://a:b:c/",
        "http://[::1",
        "https://",
    ] {
        assert_eq!(reason(bad), Reason::BadAddress, "{bad}");
    }
    assert_eq!(reason("http://tidak-ada.invalid/"), Reason::HostNotFound);
    let plain = Server::start(|_| answer("200 OK", &[], b"bukan TLS"));
    let secure = plain.address("/").replace("http:", "https:");
    assert!(matches!(
        reason(&secure),
        Reason::NotSecure | Reason::BrokenAnswer
    ));
}

#[test]
fn only_http_and_https_are_opened() {
    let source = Source::parse(OsStr::new("file:///etc/passwd"));
    let problem = source::read(&source, &limits()).unwrap_err();
    assert_eq!(problem.reason, Reason::OtherScheme);
}

#[test]
fn a_line_for_the_user_is_one_line_without_controls() {
    let names = ["a\x1b[2Jb\nc\rd", "http://x/\u{9b}31m\u{202e}", "a\x07\0b"];
    for name in names {
        let problem = source::read(&Source::parse(OsStr::new(name)), &limits()).unwrap_err();
        for language in [Language::Indonesian, Language::English] {
            let line = problem.line(language);
            assert!(
                !line.chars().any(|c| c.is_control() || c == '\u{202e}'),
                "{line:?}"
            );
        }
    }
}
