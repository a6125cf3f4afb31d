//! Whose turn it is: no host is asked by more workers at once than it should be, nor too soon.

use std::collections::{HashMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::{Limits, host};

/// What waits to be asked for, shared by the workers.
pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
    limits: Limits,
}

/// What a worker has taken upon itself. It must be given back with [`Queue::release`].
pub(crate) struct Turn<T> {
    /// What is to be asked for.
    pub(crate) item: T,
    /// Its host wants to be left alone until then: it is not to be asked for, only given back.
    pub(crate) left_alone: Option<Timestamp>,
    host: Option<String>,
}

struct State<T> {
    waiting: VecDeque<Turn<T>>,
    hosts: HashMap<String, Host>,
}

/// What is going on with one host.
#[derive(Default)]
struct Host {
    /// Open requests.
    open: usize,
    /// It is left alone until then.
    rested: Option<Instant>,
    /// It has asked to be left alone until then, which is for all that waits here.
    left_alone: Option<Timestamp>,
}

impl<T> Queue<T> {
    /// Items in the order in which they are to be asked for, hosts permitting; `address` says
    /// where each is.
    pub(crate) fn new(items: Vec<T>, address: impl Fn(&T) -> &str, limits: &Limits) -> Self {
        let waiting = items.into_iter().map(|item| Turn {
            host: host(address(&item)),
            left_alone: None,
            item,
        });
        Self {
            state: Mutex::new(State {
                waiting: waiting.collect(),
                hosts: HashMap::new(),
            }),
            changed: Condvar::new(),
            limits: *limits,
        }
    }

    /// The next that may be asked for, once there is one; none when all have been taken.
    pub(crate) fn next(&self) -> Option<Turn<T>> {
        let mut state = self.state();
        loop {
            if state.waiting.is_empty() {
                return None;
            }
            let now = Instant::now();
            // How long until the first of the hosts has rested, where that is known.
            let mut pause: Option<Duration> = None;
            let free = state.waiting.iter().position(|turn| {
                let host = turn.host.as_ref();
                let Some(host) = host.and_then(|host| state.hosts.get(host)) else {
                    return true;
                };
                if host.left_alone.is_some() {
                    return true;
                }
                if host.open >= self.limits.per_host.get() {
                    return false;
                }
                let left = host.rested.map_or(Duration::ZERO, |rested| {
                    rested.saturating_duration_since(now)
                });
                if !left.is_zero() {
                    pause = Some(pause.map_or(left, |pause| pause.min(left)));
                }
                left.is_zero()
            });
            if let Some(mut turn) = free.and_then(|place| state.waiting.remove(place)) {
                if let Some(host) = &turn.host {
                    let host = state.hosts.entry(host.clone()).or_default();
                    host.open += 1;
                    turn.left_alone = host.left_alone;
                }
                return Some(turn);
            }
            // Only a worker that is done, or time, can free a host.
            state = if let Some(pause) = pause {
                let woken = self.changed.wait_timeout(state, pause);
                woken.unwrap_or_else(PoisonError::into_inner).0
            } else {
                let woken = self.changed.wait(state);
                woken.unwrap_or_else(PoisonError::into_inner)
            };
        }
    }

    /// Gives a host back that has answered, with how long it took to begin. The item stays.
    pub(crate) fn release(&self, turn: Turn<T>, began: Duration) -> T {
        let Turn { item, host, .. } = turn;
        let Some(host) = host else { return item };
        let rest = began.mul_f32(self.limits.rest.clamp(0.0, 1000.0));
        let rest = rest.min(self.limits.longest_rest);
        let mut state = self.state();
        let host = state.hosts.entry(host).or_default();
        host.open = host.open.saturating_sub(1);
        host.rested = Some(Instant::now() + rest);
        self.changed.notify_all();
        item
    }

    /// Leaves the host of an address alone: what waits for it is handed out to be given back.
    pub(crate) fn leave_alone(&self, address: &str, until: Timestamp) {
        if let Some(host) = host(address) {
            let mut state = self.state();
            state.hosts.entry(host).or_default().left_alone = Some(until);
            self.changed.notify_all();
        }
    }

    /// Lets no further request begin.
    pub(crate) fn close(&self) {
        self.state().waiting.clear();
        self.changed.notify_all();
    }

    /// A worker that panicked leaves the state whole: every change is one step.
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
