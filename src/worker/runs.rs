//! The refreshes that are going on at the same time, and what the screen is told of all of them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::message::Progress;
use crate::refresh::Backlog;

/// All that have begun since the last time none was going on or the user stopped them.
#[derive(Debug, Default)]
pub(super) struct Runs(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    stop: AtomicBool,
    states: Mutex<Vec<State>>,
}

/// How far one of them is.
#[derive(Debug, Default)]
struct State {
    progress: Progress,
    backlog: Backlog,
    is_over: bool,
}

/// One of them, in its own thread.
pub(super) struct Run {
    all: Arc<Shared>,
    index: usize,
    /// What it is to do of what earlier refreshes left.
    pub backlog: Backlog,
}

impl Runs {
    /// Begins another one. What is left from earlier is for one of them only: of what `wanted` says
    /// it takes what no other has. `tell` hears how far all of them are.
    pub fn begin(&self, progress: Progress, wanted: Backlog, tell: impl FnOnce(Progress)) -> Run {
        let mut states = self.0.states();
        let backlog = Backlog {
            names: wanted.names && !states.iter().any(|state| state.backlog.names),
            pages: wanted.pages && !states.iter().any(|state| state.backlog.pages),
        };
        states.push(State {
            progress,
            backlog,
            is_over: false,
        });
        tell(sum(&states));
        Run {
            all: Arc::clone(&self.0),
            index: states.len() - 1,
            backlog,
        }
    }

    /// Whether any is going on.
    pub fn are_going(&self) -> bool {
        !self.0.states().is_empty()
    }

    /// Stops all of them; `tell` says so, and after it nobody hears how far they are.
    pub fn stop(&mut self, tell: impl FnOnce()) {
        let stopped = std::mem::take(&mut self.0);
        let _states = stopped.states();
        stopped.stop.store(true, Ordering::Relaxed);
        tell();
    }
}

impl Run {
    /// Whether the user has stopped it.
    pub fn is_stopped(&self) -> bool {
        self.all.stop.load(Ordering::Relaxed)
    }

    /// Notes how far it is; `tell` hears how far all of them are. Nobody tells anything in between,
    /// so that what is heard last is so.
    pub fn note(&self, progress: Progress, tell: impl FnOnce(Progress)) {
        let mut states = self.all.states();
        if self.is_stopped() {
            return;
        }
        if let Some(state) = states.get_mut(self.index) {
            state.progress = progress;
        }
        tell(sum(&states));
    }

    /// Ends it; `tell` hears whether it was the last one.
    pub fn end(self, tell: impl FnOnce(bool)) {
        let mut states = self.all.states();
        if let Some(state) = states.get_mut(self.index) {
            state.is_over = true;
            state.backlog = Backlog::default();
            state.progress.unnamed = 0;
        }
        let is_last = states.iter().all(|state| state.is_over);
        if is_last {
            states.clear();
        }
        tell(is_last);
    }
}

impl Shared {
    fn states(&self) -> MutexGuard<'_, Vec<State>> {
        self.states.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn sum(states: &[State]) -> Progress {
    let mut all = Progress::default();
    for State { progress, .. } in states {
        all.done += progress.done;
        all.total += progress.total;
        all.new += progress.new;
        all.unnamed += progress.unnamed;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::{Progress, Runs};
    use crate::refresh::Backlog;

    #[test]
    fn what_is_left_is_for_one_of_them_and_the_last_one_ends_the_whole() {
        let all = Backlog {
            names: true,
            pages: true,
        };
        let feeds = |total| Progress {
            total,
            ..Progress::default()
        };
        let mut runs = Runs::default();
        let mut said = Vec::new();
        let naming = Backlog {
            names: true,
            pages: false,
        };
        let first = runs.begin(feeds(0), naming, |all| said.push(all.total));
        let second = runs.begin(feeds(5), all, |all| said.push(all.total));
        let third = runs.begin(feeds(1), all, |all| said.push(all.total));
        assert_eq!(said, [0, 5, 6]);
        assert!(first.backlog.names && !second.backlog.names && second.backlog.pages);
        assert_eq!(third.backlog, Backlog::default());
        first.end(|is_last| assert!(!is_last));
        third.end(|is_last| assert!(!is_last));
        assert!(runs.are_going());
        second.end(|is_last| assert!(is_last));
        assert!(!runs.are_going());
        let stopped = runs.begin(feeds(1), all, |_| ());
        let mut is_told = false;
        runs.stop(|| is_told = true);
        stopped.note(feeds(1), |_| is_told = false);
        assert!(is_told);
        assert!(stopped.is_stopped() && !runs.are_going());
        assert!(!runs.begin(feeds(1), all, |_| ()).is_stopped());
    }
}
