//! `warta refresh`: every feed fetched, without the reader.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::PathBuf;

use jiff::Timestamp;

use super::{Outcome, complain, open_library, say, words};
use crate::entity::Recognizer;
use crate::feed::fetch::Limits;
use crate::language::Language;
use crate::library::{FeedId, Problem};
use crate::refresh::{self, Progress, Setting};

/// How a refresh ended, in numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    /// Feeds that answered well.
    pub answered: usize,
    /// Feeds that failed.
    pub failed: usize,
    /// Feeds that asked to be left alone for a while.
    pub waiting: usize,
    /// Articles that were not there before.
    pub new: usize,
}

/// Fetches every feed that is due. A line for each that failed, and a summary; it fails as a whole
/// only where every feed did.
pub(super) fn run(folder: Option<PathBuf>, language: Language) -> Outcome {
    match refresh(folder, language) {
        Ok(Tally {
            answered: 0,
            failed,
            ..
        }) if failed > 0 => Outcome::Partly,
        Ok(_) => Outcome::Done,
        Err(problem) => {
            complain(&problem.line(language));
            Outcome::Partly
        }
    }
}

fn refresh(folder: Option<PathBuf>, language: Language) -> Result<Tally, Problem> {
    let mut library = open_library(folder, Timestamp::now(), language)?;
    let feeds = library.feeds()?;
    if feeds.is_empty() {
        complain(words::no_feeds(language));
        return Ok(Tally::default());
    }
    let (feeds, waiting) = refresh::due(feeds, Timestamp::now());
    let titles: HashMap<FeedId, String> = feeds
        .iter()
        .map(|feed| (feed.id, feed.title.clone()))
        .collect();
    let mut tally = Tally {
        waiting,
        ..Tally::default()
    };
    let setting = Setting {
        recognizer: &Recognizer::embedded(),
        limits: &Limits::default(),
        language,
    };
    refresh::refresh(&mut library, feeds, &setting, |progress| {
        let Progress::Feed(done) = progress else {
            return ControlFlow::Continue(());
        };
        let title = titles.get(&done.id).map_or("", String::as_str);
        match done.result {
            Ok(brought) => {
                tally.answered += 1;
                tally.new += brought.new;
                if brought.is_cut {
                    complain(&words::cut(title, language));
                }
            }
            Err(reason) => {
                tally.failed += 1;
                complain(&format!("{title}: {}", reason.text(language)));
            }
        }
        ControlFlow::Continue(())
    })?;
    say(&words::refreshed(tally, language));
    Ok(tally)
}
