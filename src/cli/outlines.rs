//! `warta import` and `warta export`: lists of feeds from and for other programs.

use std::io::{self, Write};
use std::path::PathBuf;

use jiff::Timestamp;

use super::{Outcome, complain, open_library, say, words};
use crate::feed::opml::{self, Cause, Listed, Outlines, Refused};
use crate::language::Language;
use crate::library::{Library, NewFeed, Problem};
use crate::source::{self, Limits, Source, problem};

/// Subscribes to the feeds of an OPML file and says what in it is no feed. Without any it fails.
pub(super) fn import(source: &Source, folder: Option<PathBuf>, language: Language) -> Outcome {
    let read = source::read(source, &Limits::default()).and_then(|raw| {
        let outlines = opml::read(&raw.bytes);
        outlines.map_err(|refusal| problem::Problem::new(source, refusal.into()))
    });
    let Outlines {
        feeds,
        refused,
        is_cut,
    } = match read {
        Ok(outlines) => outlines,
        Err(problem) => {
            complain(&problem.line(language));
            return Outcome::Partly;
        }
    };
    for Refused { name, cause } in &refused {
        let line = match cause {
            Cause::NoAddress => words::no_address(name, language),
            Cause::OffTheWeb(address) => words::off_the_web(name, address, language),
            Cause::Broken(beginning) => words::broken_line(beginning, language),
        };
        complain(&line);
    }
    if is_cut {
        complain(&words::cut_off(&source.name(), language));
    }
    if feeds.is_empty() {
        complain(&words::no_list(&source.name(), language));
        return Outcome::Partly;
    }
    let added = open_library(folder, Timestamp::now(), language)
        .and_then(|mut library| subscribe(&mut library, &feeds));
    match added {
        Ok(added) => {
            say(&words::imported(
                added,
                feeds.len() - added,
                refused.len(),
                language,
            ));
            Outcome::Done
        }
        Err(problem) => {
            complain(&problem.line(language));
            Outcome::Partly
        }
    }
}

/// Adds feeds; how many were not there.
fn subscribe(library: &mut Library, feeds: &[Listed]) -> Result<usize, Problem> {
    let new = feeds.iter().map(|feed| NewFeed {
        address: feed.address.clone(),
        // The feed's own title takes the place of its address when it is first fetched.
        title: feed.title.clone().unwrap_or_else(|| feed.address.clone()),
        site: feed.site.clone(),
        subject: feed.subject.clone(),
    });
    library.add_feeds(&new.collect::<Vec<_>>(), Timestamp::now())
}

/// Writes the feeds as OPML to standard output.
pub(super) fn export(folder: Option<PathBuf>, language: Language) -> anyhow::Result<Outcome> {
    let feeds =
        open_library(folder, Timestamp::now(), language).and_then(|library| library.feeds());
    let feeds = match feeds {
        Ok(feeds) => feeds,
        Err(problem) => {
            complain(&problem.line(language));
            return Ok(Outcome::Partly);
        }
    };
    let listed: Vec<Listed> = feeds
        .into_iter()
        .map(|feed| Listed {
            address: feed.address,
            title: Some(feed.title),
            site: feed.site,
            subject: feed.subject,
        })
        .collect();
    let mut out = io::stdout().lock();
    out.write_all(opml::write("warta", &listed).as_bytes())?;
    out.flush()?;
    Ok(Outcome::Done)
}
