//! Whose turn it is: no host is asked by more workers at once than it should be, nor too soon.

use std::collections::{HashMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Limits, Request, host};

/// The requests that wait, shared by the workers.
pub(super) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
    limits: Limits,
}

struct State {
    waiting: VecDeque<(Option<String>, Request)>,
    hosts: HashMap<String, Host>,
}

/// What is going on with one host.
#[derive(Default)]
struct Host {
    /// Open requests.
    open: usize,
    /// It is left alone until then.
    rested: Option<Instant>,
}

impl Queue {
    pub(super) fn new(requests: Vec<Request>, limits: &Limits) -> Self {
        let waiting = requests
            .into_iter()
            .map(|request| (host(&request.address), request));
        Self {
            state: Mutex::new(State {
                waiting: waiting.collect(),
                hosts: HashMap::new(),
            }),
            changed: Condvar::new(),
            limits: *limits,
        }
    }

    /// The next request that may be made, once there is one; none when all have been taken.
    pub(super) fn next(&self) -> Option<Request> {
        let mut state = self.state();
        loop {
            if state.waiting.is_empty() {
                return None;
            }
            let now = Instant::now();
            // How long until the first of the hosts has rested, where that is known.
            let mut pause: Option<Duration> = None;
            let free = state.waiting.iter().position(|(host, _)| {
                let Some(host) = host.as_ref().and_then(|host| state.hosts.get(host)) else {
                    return true;
                };
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
            if let Some((host, request)) = free.and_then(|place| state.waiting.remove(place)) {
                if let Some(host) = host {
                    state.hosts.entry(host).or_default().open += 1;
                }
                return Some(request);
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

    /// Says that a request is answered, and after how long the answer began.
    pub(super) fn release(&self, request: &Request, began: Duration) {
        let Some(host) = host(&request.address) else {
            return;
        };
        let rest = began.mul_f32(self.limits.rest.clamp(0.0, 1000.0));
        let rest = rest.min(self.limits.longest_rest);
        let mut state = self.state();
        let host = state.hosts.entry(host).or_default();
        host.open = host.open.saturating_sub(1);
        host.rested = Some(Instant::now() + rest);
        self.changed.notify_all();
    }

    /// Lets no further request begin.
    pub(super) fn close(&self) {
        self.state().waiting.clear();
        self.changed.notify_all();
    }

    /// A worker that panicked leaves the state whole: every change is one step.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
