//! What can go wrong with a source, and how it is said to the user.

use std::io::{self, ErrorKind};

use super::Source;
use crate::article::Refusal;
use crate::language::Language;

/// One source that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The source's name, fit to be shown.
    pub name: String,
    /// Why.
    pub reason: Reason,
}

/// Why a source could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// No such file.
    Missing,
    /// A folder.
    Directory,
    /// The system does not let us read it.
    Denied,
    /// Nothing in it, or nothing but white space.
    Empty,
    /// More than this many bytes.
    TooLarge(u64),
    /// Not text. The kind of file where it is known ("PDF").
    Binary(Option<&'static str>),
    /// A feed, which is many articles.
    Feed,
    /// Text, but no article in it.
    NoArticle,
    /// A page where a feed was asked for.
    Page,
    /// Text, but no feed.
    NoFeed,
    /// A page that names no feed, on a site that has none where they are usual.
    NoFeedNamed,
    /// Some other failure of the file system, in the system's words.
    File(String),
    /// An address that begins with neither http nor https.
    OtherScheme,
    /// Not an address at all.
    BadAddress,
    /// No server by this name, or no network.
    HostNotFound,
    /// The server does not take connections.
    Refused,
    /// No answer, or no end of it, in time.
    TimedOut,
    /// The server ended the connection early or answered in no known way.
    BrokenAnswer,
    /// The server cannot prove who it is.
    NotSecure,
    /// More redirects than allowed.
    TooManyRedirects,
    /// A redirect to something other than http or https.
    BadRedirect,
    /// The server answered with this status.
    Status(u16),
    /// The server sent it compressed in this way, which was not asked for.
    Compressed(String),
}

impl Problem {
    /// Names the source a reason is about.
    pub fn new(source: &Source, reason: Reason) -> Self {
        Self {
            name: source.name(),
            reason,
        }
    }

    /// One line for the user: the source, what is wrong, and what to do where that is not plain.
    pub fn line(&self, language: Language) -> String {
        format!("{}: {}", self.name, self.reason.text(language))
    }
}

impl Reason {
    /// What an error of the file system means to the user.
    pub(super) fn of_file(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidInput => {
                Self::Missing
            }
            ErrorKind::IsADirectory => Self::Directory,
            ErrorKind::PermissionDenied => Self::Denied,
            _ => Self::File(error.to_string()),
        }
    }

    /// What is wrong, without the name of what it is about.
    pub fn text(&self, language: Language) -> String {
        let (indonesian, english) = match self {
            Self::Missing => ("berkas tidak ada", "no such file"),
            Self::Directory => (
                "ini folder; sebutkan berkas di dalamnya",
                "this is a folder; name a file in it",
            ),
            Self::Denied => (
                "tidak boleh dibaca; periksa izin berkasnya",
                "may not be read; check the permissions of the file",
            ),
            Self::Empty => ("kosong", "empty"),
            Self::TooLarge(limit) => return too_large(*limit, language),
            Self::Binary(kind) => return binary(*kind, language),
            Self::Feed => (
                "ini umpan (feed), bukan satu artikel",
                "this is a feed, not one article",
            ),
            Self::NoArticle => ("tidak ada artikel di dalamnya", "there is no article in it"),
            Self::Page => (
                "ini halaman web, bukan umpan (feed)",
                "this is a web page, not a feed",
            ),
            Self::NoFeed => ("bukan umpan (feed)", "not a feed"),
            Self::NoFeedNamed => (
                "halaman ini tidak menyebut umpan (feed)",
                "this page names no feed",
            ),
            Self::File(system) => {
                return match language {
                    Language::Indonesian => format!("tidak dapat dibaca: {system}"),
                    Language::English => format!("cannot be read: {system}"),
                };
            }
            Self::OtherScheme => (
                "hanya alamat http dan https yang dibuka",
                "only http and https addresses are opened",
            ),
            Self::BadAddress => ("bukan alamat yang sah", "not a valid address"),
            Self::HostNotFound => (
                "server tidak ditemukan; periksa alamat dan jaringan",
                "server not found; check the address and the network",
            ),
            Self::Refused => (
                "server tidak dapat dihubungi; periksa alamat atau coba lagi nanti",
                "the server cannot be reached; check the address or try again later",
            ),
            Self::TimedOut => (
                "server terlalu lama menjawab; coba lagi nanti",
                "the server took too long to answer; try again later",
            ),
            Self::BrokenAnswer => (
                "jawaban server rusak atau terputus; coba lagi nanti",
                "the answer of the server is broken or cut off; try again later",
            ),
            Self::NotSecure => (
                "sambungan tidak aman: sertifikat server tidak dapat dipercaya",
                "not secure: the certificate of the server cannot be trusted",
            ),
            Self::TooManyRedirects => (
                "alamat dialihkan berputar-putar",
                "the address is redirected in circles",
            ),
            Self::BadRedirect => (
                "dialihkan ke alamat yang bukan http atau https; tidak diikuti",
                "redirected to an address that is neither http nor https; not followed",
            ),
            Self::Status(status) => return answered(*status, language),
            Self::Compressed(way) => return compressed(way, language),
        };
        match language {
            Language::Indonesian => indonesian,
            Language::English => english,
        }
        .to_owned()
    }
}

impl From<Refusal> for Reason {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Empty => Self::Empty,
            Refusal::TooLarge => Self::TooLarge(crate::article::decode::LIMIT as u64),
            Refusal::Binary(kind) => Self::Binary(kind),
            Refusal::Feed => Self::Feed,
            Refusal::NoArticle => Self::NoArticle,
        }
    }
}

fn too_large(limit: u64, language: Language) -> String {
    let megabytes = limit >> 20;
    match language {
        Language::Indonesian => format!("terlalu besar; paling banyak {megabytes} MB"),
        Language::English => format!("too large; at most {megabytes} MB"),
    }
}

fn binary(kind: Option<&str>, language: Language) -> String {
    match (language, kind) {
        (Language::Indonesian, None) => "bukan teks".to_owned(),
        (Language::Indonesian, Some(kind)) => format!("bukan teks melainkan {kind}"),
        (Language::English, None) => "not text".to_owned(),
        (Language::English, Some(kind)) => format!("not text but {kind}"),
    }
}

fn compressed(way: &str, language: Language) -> String {
    match language {
        Language::Indonesian => {
            format!("server mengirimnya termampat sebagai “{way}”, yang tidak diminta")
        }
        Language::English => {
            format!("the server sent it compressed as “{way}”, which was not asked for")
        }
    }
}

fn answered(status: u16, language: Language) -> String {
    match (language, status) {
        (Language::Indonesian, 404 | 410) => {
            format!("halaman tidak ada ({status})")
        }
        (Language::Indonesian, 401 | 402 | 403 | 451) => {
            format!("server tidak mengizinkan halaman ini dibaca ({status})")
        }
        (Language::Indonesian, 304) => {
            "server menjawab “tidak ada yang baru” (304), padahal belum memberi apa pun".to_owned()
        }
        (Language::Indonesian, 429) => "server meminta menunggu (429); coba lagi nanti".to_owned(),
        (Language::Indonesian, 500..) => {
            format!("server sedang bermasalah ({status}); coba lagi nanti")
        }
        (Language::Indonesian, _) => format!("server menjawab {status}"),
        (Language::English, 404 | 410) => format!("no such page ({status})"),
        (Language::English, 401 | 402 | 403 | 451) => {
            format!("the server does not let this page be read ({status})")
        }
        (Language::English, 304) => {
            "the server answered “nothing new” (304), and has given nothing yet".to_owned()
        }
        (Language::English, 429) => "the server asks to wait (429); try again later".to_owned(),
        (Language::English, 500..) => {
            format!("the server is in trouble ({status}); try again later")
        }
        (Language::English, _) => format!("the server answered {status}"),
    }
}
