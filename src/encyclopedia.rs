//! Wikipedia, asked for one name when the user wants it, and never otherwise.
//!
//! What is asked is the REST summary of one title
//! (<https://www.mediawiki.org/wiki/Page_Content_Service>): title, first paragraph, address. The
//! answer is kept in the library, an answer of "no such article" too, and counts for a week.

use std::fmt::Write;

use jiff::Timestamp;
use serde::Deserialize;
use ureq::http::StatusCode;

use crate::article::{scrub, scrub_line};
use crate::language::Language;
use crate::library::reference::{Reference, Summary};
use crate::library::{self, Library};
use crate::source::Limits;
use crate::source::problem::{Problem, Reason};
use crate::source::web::{self, Client};

/// A summary has some kilobytes; what has more is none.
const LARGEST: u64 = 1 << 20;

/// What goes wrong; each has a line for the user.
#[derive(Debug)]
pub enum Fault {
    /// The library.
    Library(library::Problem),
    /// The way to the encyclopedia, or its answer.
    Source(Problem),
}

impl Fault {
    /// One line for the user.
    pub fn line(&self, language: Language) -> String {
        match self {
            Self::Library(problem) => problem.line(language),
            Self::Source(problem) => problem.line(language),
        }
    }
}

/// What the encyclopedia says of a name: as it is kept, or asked for where nothing fresh is.
///
/// `template` is the address with `{}` in place of the title. Where the library cannot be written
/// the answer is given all the same.
pub fn look_up(
    library: &mut Library,
    name: &str,
    template: &str,
    limits: Limits,
    now: Timestamp,
) -> Result<Reference, Fault> {
    if let Some(kept) = library.reference(name).map_err(Fault::Library)?
        && kept.is_fresh(now)
    {
        return Ok(kept);
    }
    let answer = ask(name, template, limits, now).map_err(Fault::Source)?;
    if !library.is_read_only() {
        library
            .keep_reference(name, &answer)
            .map_err(Fault::Library)?;
    }
    Ok(answer)
}

/// Asks the encyclopedia, whatever is kept. For a thread that has no library.
///
/// # Errors
/// Where it cannot be reached or its answer cannot be read; that it has no such article is none.
pub fn ask(
    name: &str,
    template: &str,
    limits: Limits,
    now: Timestamp,
) -> Result<Reference, Problem> {
    let address = template.replace("{}", &title(name));
    let limits = Limits {
        page_bytes: LARGEST,
        ..limits
    };
    answer(&address, limits, now).map_err(|reason| Problem {
        name: "Wikipedia".to_owned(),
        reason,
    })
}

fn answer(address: &str, limits: Limits, now: Timestamp) -> Result<Reference, Reason> {
    let mut reached = Client::new("application/json", limits).get(address, &[])?;
    let none = Reference {
        asked: now,
        summary: None,
    };
    match reached.response.status() {
        StatusCode::NOT_FOUND => return Ok(none),
        status if !status.is_success() => return Err(Reason::Status(status.as_u16())),
        _ => {}
    }
    let bytes = reached
        .response
        .body_mut()
        .with_config()
        .limit(limits.page_bytes)
        .read_to_vec()
        .map_err(|error| web::reason(&error, &limits))?;
    let page: Page = serde_json::from_slice(&bytes).map_err(|_| Reason::BrokenAnswer)?;
    let text = scrub(page.extract.trim()).into_owned();
    // A page that tells apart those who bear a name is about none of them.
    if text.is_empty() || page.kind == "disambiguation" {
        return Ok(none);
    }
    Ok(Reference {
        asked: now,
        summary: Some(Summary {
            title: scrub_line(&page.title),
            text,
            address: page.content_urls.map(|urls| scrub_line(&urls.desktop.page)),
        }),
    })
}

/// The part of the answer that is kept.
#[derive(Deserialize)]
struct Page {
    title: String,
    /// "standard", "disambiguation", "no-extract".
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    extract: String,
    content_urls: Option<Addresses>,
}

#[derive(Deserialize)]
struct Addresses {
    desktop: Address,
}

#[derive(Deserialize)]
struct Address {
    page: String,
}

/// A name as a title in an address: blanks as `_`, and everything but letters, digits and `_-.`
/// percent-encoded (RFC 3986).
fn title(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut title = String::new();
    for byte in words.join("_").bytes() {
        if byte.is_ascii_alphanumeric() || b"_-.".contains(&byte) {
            title.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(title, "%{byte:02X}");
        }
    }
    title
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn titles_are_safe_in_an_address() {
        assert_eq!(title(" Kim  Jong Un "), "Kim_Jong_Un");
        assert_eq!(title("R.A. Kartini/../x?y"), "R.A._Kartini%2F..%2Fx%3Fy");
        assert_eq!(title("Élan"), "%C3%89lan");
    }
}
