//! `warta refresh`: every feed fetched, without the reader.

use std::collections::HashMap;
use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jiff::Timestamp;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::{Outcome, complain, open_library, say, settings, words};
use crate::app::Setup;
use crate::entity::Recognizer;
use crate::language::Language;
use crate::library::{Feed, FeedId, Problem};
use crate::refresh::{self, Done, Progress, Setting};

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
    /// The user ended it, with this signal.
    pub ended: Option<u8>,
}

/// Fetches every feed that is due. A line for each that failed, and a summary; it fails as a whole
/// only where every feed did, or the user ended it.
pub(super) fn run(folder: Option<PathBuf>, setup: &Setup) -> Outcome {
    match refresh(folder, setup) {
        Ok(Tally {
            ended: Some(signal),
            ..
        }) => Outcome::Ended(signal),
        Ok(Tally {
            answered: 0,
            failed,
            ..
        }) if failed > 0 => Outcome::Partly,
        Ok(_) => Outcome::Done,
        Err(problem) => {
            complain(&problem.line(setup.language));
            Outcome::Partly
        }
    }
}

fn refresh(folder: Option<PathBuf>, setup: &Setup) -> Result<Tally, Problem> {
    let language = setup.language;
    let mut library = open_library(folder, Timestamp::now(), language)?;
    let feeds = library.feeds()?;
    if feeds.is_empty() {
        complain(words::no_feeds(language));
        return Ok(Tally::default());
    }
    let (feeds, waiting) = refresh::due(feeds, Timestamp::now());
    let mut meter = Meter::new(&feeds, waiting, language);
    let setting = Setting {
        recognizer: &Recognizer::embedded(),
        limits: &settings::limits(&setup.config),
        language,
        retention: settings::retention(&setup.config),
    };
    let interrupted = interruption();
    refresh::refresh(&mut library, feeds, &setting, |progress| {
        meter.tell(progress);
        meter.tally.ended = interrupted.signal();
        if meter.tally.ended.is_some() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    meter.clear();
    say(&words::refreshed(meter.tally, language));
    Ok(meter.tally)
}

/// Whether the user wants the refresh to end.
struct Interruption(Arc<AtomicUsize>);

impl Interruption {
    /// The signal that said so.
    fn signal(&self) -> Option<u8> {
        let signal = u8::try_from(self.0.load(Ordering::Relaxed)).ok();
        signal.filter(|signal| *signal > 0)
    }
}

/// Listens for Ctrl-C and a polite kill. A second one ends the program at once, as it would anyway
/// where the first cannot be listened for.
fn interruption() -> Interruption {
    let interruption = Interruption(Arc::default());
    let again = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        let _ = flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&again));
        let _ = flag::register(signal, Arc::clone(&again));
        let number = usize::try_from(signal).unwrap_or_default();
        let _ = flag::register_usize(signal, Arc::clone(&interruption.0), number);
    }
    interruption
}

/// Counts, and shows how far it is where somebody looks on.
struct Meter {
    titles: HashMap<FeedId, String>,
    language: Language,
    tally: Tally,
    is_watched: bool,
    /// The line that stands there now.
    shown: String,
}

impl Meter {
    fn new(feeds: &[Feed], waiting: usize, language: Language) -> Self {
        let titles = feeds.iter().map(|feed| (feed.id, feed.title.clone()));
        Self {
            titles: titles.collect(),
            language,
            tally: Tally {
                waiting,
                ..Tally::default()
            },
            is_watched: io::stderr().is_terminal(),
            shown: String::new(),
        }
    }

    fn tell(&mut self, progress: Progress) {
        let line = match progress {
            Progress::Feed(done) => {
                self.count(done);
                self.fetching()
            }
            Progress::Named { left, .. } => words::reading(left, self.language),
            Progress::Silence | Progress::Page(..) if !self.shown.is_empty() => return,
            Progress::Silence | Progress::Page(..) => self.fetching(),
        };
        if self.is_watched {
            // Nothing depends on it.
            let _ = write!(io::stderr(), "\r\x1b[K{line}");
            self.shown = line;
        }
    }

    fn fetching(&self) -> String {
        let done = self.tally.answered + self.tally.failed;
        words::fetching(done, self.titles.len(), self.tally.new, self.language)
    }

    fn count(&mut self, done: Done) {
        let title = self.titles.get(&done.id).cloned().unwrap_or_default();
        match done.result {
            Ok(brought) if brought.is_left_alone => self.tally.waiting += 1,
            Ok(brought) => {
                self.tally.answered += 1;
                self.tally.new += brought.new;
                if brought.is_cut {
                    self.clear();
                    complain(&words::cut(&title, self.language));
                }
            }
            Err(reason) => {
                self.tally.failed += 1;
                self.clear();
                complain(&format!("{title}: {}", reason.text(self.language)));
            }
        }
    }

    /// Makes room for a line that stays.
    fn clear(&mut self) {
        if !std::mem::take(&mut self.shown).is_empty() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
