//! An HTTP server on loopback that answers whatever a test wants, byte by byte.
#![allow(dead_code)] // Each test program uses a part of it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// What was asked for.
pub struct Request {
    /// Path and query.
    pub path: String,
    /// The request line and all headers.
    pub head: String,
}

/// Serves on a port of its own until the test program ends.
pub struct Server {
    address: SocketAddr,
}

impl Server {
    /// Answers each request with the bytes `respond` gives, then closes the connection.
    pub fn start(respond: impl Fn(&Request) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::serve(move |mut stream| {
            let bytes = respond(&request(&mut stream));
            // The client may have had enough before we are done.
            let _ = stream.write_all(&bytes);
        })
    }

    /// Answers each request with `start`, then one byte every tenth of a second, without end.
    pub fn drip(start: &'static [u8]) -> Self {
        Self::serve(move |mut stream| {
            request(&mut stream);
            let mut sent = stream.write_all(start);
            while sent.is_ok() {
                thread::sleep(Duration::from_millis(100));
                sent = stream.write_all(b"a");
            }
        })
    }

    /// The address of a path on this server.
    pub fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn serve(connection: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let connection = Arc::new(connection);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let connection = Arc::clone(&connection);
                thread::spawn(move || connection(stream));
            }
        });
        Self { address }
    }
}

/// A complete answer with its length.
pub fn answer(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n",
        body.len()
    );
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    head.push_str("\r\n");
    [head.as_bytes(), body].concat()
}

fn request(stream: &mut TcpStream) -> Request {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count == 1) {
        head.push(byte[0]);
        if !head[0].is_ascii_alphabetic() {
            break; // The greeting of TLS, which has no blank line to wait for.
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    Request { path, head }
}
