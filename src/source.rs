//! Sources: where an article comes from, and its bytes.
//!
//! A source is a file, an http(s) address or standard input. [`read`] takes its bytes, within
//! [`Limits`], and whatever else is known of them; what the bytes mean is [`crate::article`]'s to
//! say. This is the only module that opens what the user names.

pub mod problem;

pub(crate) mod location;
pub(crate) mod web;

use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use crate::article::{Article, Hints, scrub_line};
use problem::{Problem, Reason};

/// Where an article comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    /// `-`: what is piped into the program.
    StandardInput,
    /// A file, or anything that reads like one.
    File(PathBuf),
    /// An http or https address.
    Address(String),
    /// An address of any other kind, which is never opened. It is kept so that the user hears why.
    Refused(String),
}

impl Source {
    /// Takes an argument of the command line for what it is.
    ///
    /// Only `-` is standard input and only what begins with a scheme is an address; all else names
    /// a file. A file whose name looks like an address is reached as `./http:…`.
    pub fn parse(argument: &OsStr) -> Self {
        if argument == "-" {
            return Self::StandardInput;
        }
        let Some(text) = argument.to_str() else {
            return Self::File(argument.into());
        };
        match text.split_once("://") {
            Some((scheme, _)) if is_scheme(scheme) => {
                if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") {
                    Self::Address(text.to_owned())
                } else {
                    Self::Refused(text.to_owned())
                }
            }
            _ => Self::File(argument.into()),
        }
    }

    /// A short name for lists: the host of an address, the last part of a path.
    pub fn label(&self) -> String {
        match self {
            Self::StandardInput => "-".to_owned(),
            Self::File(path) => {
                let name = path.file_name().unwrap_or(path.as_os_str());
                scrub_line(&name.to_string_lossy())
            }
            Self::Address(address) | Self::Refused(address) => {
                let rest = address
                    .split_once("://")
                    .map_or(address.as_str(), |(_, rest)| rest);
                let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
                let host = host.rsplit('@').next().unwrap_or_default();
                scrub_line(host.strip_prefix("www.").unwrap_or(host))
            }
        }
    }

    /// The name to show: as the user gave it, without anything a terminal would act on.
    pub fn name(&self) -> String {
        match self {
            Self::StandardInput => "-".to_owned(),
            Self::File(path) => scrub_line(&path.to_string_lossy()),
            Self::Address(address) | Self::Refused(address) => scrub_line(address),
        }
    }
}

/// What reading may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Time to reach a server, name lookup and TLS included.
    pub connect: Duration,
    /// Time for one address, redirects and body included.
    pub total: Duration,
    /// Redirects followed before the address counts as going round in circles.
    pub redirects: u32,
    /// Bytes of a page, after gzip or brotli is undone.
    pub page_bytes: u64,
    /// Bytes of a file or of standard input. Endless devices end here.
    pub file_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            total: Duration::from_secs(30),
            redirects: 10,
            page_bytes: 8 << 20,
            file_bytes: 64 << 20,
        }
    }
}

/// The bytes of a source, and what was said about them on the way. Never without bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    /// As they came; a page's compression is undone.
    pub bytes: Vec<u8>,
    /// The last part of the path of a file.
    pub file_name: Option<String>,
    /// The `Content-Type` of the answer, with its parameters.
    pub content_type: Option<String>,
    /// Where the page was in the end, after all redirects.
    pub address: Option<String>,
}

impl Raw {
    fn bare(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            file_name: None,
            content_type: None,
            address: None,
        }
    }

    /// What helps to understand the bytes.
    pub fn hints(&self) -> Hints<'_> {
        Hints {
            content_type: self.content_type.as_deref(),
            file_name: self.file_name.as_deref(),
            address: self.address.as_deref(),
        }
    }
}

/// Reads all of a source.
///
/// Blocks until the source ends or a limit is reached: the screen's thread must not call it.
pub fn read(source: &Source, limits: &Limits) -> Result<Raw, Problem> {
    let raw = match source {
        Source::StandardInput => read_stream(io::stdin().lock(), limits).map(Raw::bare),
        Source::File(path) => read_file(path, limits),
        Source::Address(address) => web::read(address, limits),
        Source::Refused(_) => Err(Reason::OtherScheme),
    };
    raw.and_then(|raw| {
        if raw.bytes.is_empty() {
            Err(Reason::Empty)
        } else {
            Ok(raw)
        }
    })
    .map_err(|reason| Problem::new(source, reason))
}

/// An article from outside, and where it is on the web.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The article.
    pub article: Article,
    /// The address after all redirects, for sources that are on the web.
    pub address: Option<String>,
}

/// Reads a source as an article.
pub fn fetch(source: &Source, limits: &Limits) -> Result<Fetched, Problem> {
    let raw = read(source, limits)?;
    let article = Article::read(&raw.bytes, &raw.hints(), Timestamp::now())
        .map_err(|refusal| Problem::new(source, refusal.into()))?;
    Ok(Fetched {
        article,
        address: raw.address,
    })
}

/// Whether a source is so plainly wrong that it need not be opened to say so.
///
/// # Errors
/// What [`read`] would say of a missing file, a folder, or an address that is never opened.
pub fn check(source: &Source) -> Result<(), Problem> {
    let reason = match source {
        // Not opened: to a pipe, that would be the beginning and the end of its reader.
        Source::File(path) => match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => Reason::Directory,
            Ok(_) => return Ok(()),
            Err(error) => Reason::of_file(&error),
        },
        Source::Refused(_) => Reason::OtherScheme,
        Source::StandardInput | Source::Address(_) => return Ok(()),
    };
    Err(Problem::new(source, reason))
}

/// Opens a source to be read bit by bit, without a limit to the whole. Only pages are read at once.
pub fn open(source: &Source, limits: &Limits) -> Result<Box<dyn Read>, Problem> {
    match source {
        Source::StandardInput => Ok(Box::new(io::stdin().lock())),
        Source::File(path) => match open_file(path) {
            Ok((file, _)) => Ok(Box::new(file)),
            Err(reason) => Err(Problem::new(source, reason)),
        },
        Source::Address(_) | Source::Refused(_) => {
            read(source, limits).map(|raw| -> Box<dyn Read> { Box::new(Cursor::new(raw.bytes)) })
        }
    }
}

fn open_file(path: &Path) -> Result<(File, Metadata), Reason> {
    let file = File::open(path).map_err(|error| Reason::of_file(&error))?;
    let metadata = file.metadata().map_err(|error| Reason::of_file(&error))?;
    if metadata.is_dir() {
        return Err(Reason::Directory);
    }
    Ok((file, metadata))
}

fn read_file(path: &Path, limits: &Limits) -> Result<Raw, Reason> {
    let (file, metadata) = open_file(path)?;
    if metadata.len() > limits.file_bytes {
        return Err(Reason::TooLarge(limits.file_bytes));
    }
    Ok(Raw {
        file_name: path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned()),
        ..Raw::bare(read_stream(file, limits)?)
    })
}

/// Reads to the end, or to one byte past the limit, which is an error.
fn read_stream(stream: impl Read, limits: &Limits) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    stream
        .take(limits.file_bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Reason::of_file(&error))?;
    if bytes.len() as u64 > limits.file_bytes {
        return Err(Reason::TooLarge(limits.file_bytes));
    }
    Ok(bytes)
}

/// A letter, then letters, digits, `+`, `-`, `.` (RFC 3986, section 3.1).
fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}
