//! What waits for servers: feeds fetched, found and offered, pages fetched. Each has a thread of its
//! own with its own connection to the library, and says what came of it when it is done.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;

use jiff::Timestamp;

use super::runs::Run;
use super::{Order, Setting, Worker, feed_id};
use crate::collection::{FeedKey, Offer};
use crate::encyclopedia::{self, Fault};
use crate::entity::Recognizer;
use crate::feed::catalogue;
use crate::feed::finding::{self, NotFound};
use crate::library::{
    ArticleId, FILE, Feed, FeedId, FeedSettings, FullText, Library, NewFeed, Problem,
};
use crate::message::{Job, Message, Progress};
use crate::refresh::{self, Backlog, fill_in};
use crate::source::Limits;
use crate::story::StoryId;

/// What a thread beside the worker needs.
struct Errand {
    folder: PathBuf,
    recognizer: Arc<Recognizer>,
    setting: Setting,
    inbox: Sender<Message>,
    orders: Sender<Order>,
}

impl Worker {
    fn errand(&self) -> Errand {
        Errand {
            folder: self.folder.clone(),
            recognizer: Arc::clone(&self.recognizer),
            setting: self.setting.clone(),
            inbox: self.inbox.clone(),
            orders: self.orders.clone(),
        }
    }

    /// Fetches some feeds, or all that are due, beside what is being fetched already.
    pub(super) fn refresh(&mut self, feeds: Option<Vec<FeedId>>) {
        if !self.folder.join(FILE).exists() {
            let words = self.setting.language.texts().no_feeds;
            return self.tell(Message::Refreshed(Some(words.to_owned())));
        }
        let backlog = Backlog {
            names: true,
            pages: true,
        };
        // How many of them are due is known later.
        let known = || self.library.as_ref()?.feeds().ok();
        let total = match &feeds {
            Some(feeds) => Some(feeds.len()),
            None => known().map(|feeds| feeds.len()),
        };
        let progress = Progress {
            total: total.unwrap_or(0),
            ..Progress::default()
        };
        let run = self.begin_run(progress, backlog);
        let errand = self.errand();
        thread::spawn(move || errand.refresh(run, feeds));
    }

    /// Reads for names what an earlier run of the program left unread: until then no search finds
    /// it.
    pub(super) fn name_waiting(&mut self) {
        let Some(library) = self.library.as_ref().filter(|one| !one.is_read_only()) else {
            return;
        };
        let waiting = self.or_say(library.waiting()).unwrap_or_default();
        if waiting.is_empty() {
            return;
        }
        let progress = Progress {
            unnamed: waiting.len(),
            ..Progress::default()
        };
        let backlog = Backlog {
            names: true,
            pages: false,
        };
        let run = self.begin_run(progress, backlog);
        let errand = self.errand();
        thread::spawn(move || errand.name_waiting(run));
    }

    pub(super) fn stop_refresh(&mut self) {
        let inbox = &self.inbox;
        self.runs.stop(|| {
            // Where nobody listens any more the program is ending.
            let _ = inbox.send(Message::Refreshed(None));
        });
    }

    fn begin_run(&mut self, progress: Progress, backlog: Backlog) -> Run {
        self.changes_are_ours = true;
        self.runs
            .begin(progress, backlog, |all| self.tell(Message::Refreshing(all)))
    }

    /// Fetches the whole of an article.
    pub(super) fn full_text(&mut self, id: StoryId) {
        let Some(article) = self.library_id(id) else {
            return self.done(self.setting.language.texts().no_more_text);
        };
        let errand = self.errand();
        thread::spawn(move || errand.full_text(id, article));
    }

    /// Asks the encyclopedia for a name, unless what it said is fresh.
    pub(super) fn look_up(&mut self, name: String) {
        // What it says is kept, so there is to be a library.
        if self.library().is_some() {
            let errand = self.errand();
            thread::spawn(move || errand.look_up(&name));
        }
    }

    /// The feeds worth offering.
    pub(super) fn offers(&self) {
        let offers = catalogue::offers().into_iter().map(|offer| Offer {
            address: offer.address,
            title: offer.publisher,
            subject: Some(offer.subject),
        });
        self.tell(Message::Offered(offers.collect()));
    }

    /// Looks for the feed at an address, and subscribes to it where there is one only.
    pub(super) fn find(&self, typed: String) {
        let errand = self.errand();
        thread::spawn(move || errand.find(typed));
    }

    /// Subscribes to feeds, and fetches them.
    pub(super) fn subscribe(&mut self, offers: &[Offer]) {
        let texts = self.setting.language.texts();
        let added = self.change(|library| {
            let before = library.feeds()?;
            let mut add = |offer: &Offer| {
                let feed = NewFeed {
                    address: offer.address.clone(),
                    title: offer.title.clone(),
                    site: None,
                    subject: offer.subject.clone(),
                };
                library.add_feed(&feed, Timestamp::now())
            };
            let mut added = offers.iter().map(&mut add).collect::<Result<Vec<_>, _>>()?;
            added.retain(|id| before.iter().all(|feed| feed.id != *id));
            Ok(added)
        });
        let Some(added) = added else {
            return;
        };
        if added.is_empty() {
            return self.done(texts.already_subscribed);
        }
        self.done((texts.subscribed)(added.len()));
        self.tell(Message::Changed);
        self.refresh(Some(added));
    }

    pub(super) fn unsubscribe(&mut self, feed: FeedKey) {
        let removed = self.change(|library| library.remove_feed(feed_id(feed)));
        if removed.is_some() {
            self.done(self.setting.language.texts().unsubscribed);
            self.tell(Message::Changed);
        }
    }

    pub(super) fn keep_whole(&mut self, feed: FeedKey, full_text: bool) {
        let set = self.change(|library| {
            let known = library
                .feeds()?
                .into_iter()
                .find(|one| one.id == feed_id(feed));
            let settings = FeedSettings {
                full_text,
                ..known.map(|feed| feed.settings).unwrap_or_default()
            };
            library.set_feed(feed_id(feed), settings)
        });
        if set.is_some() {
            self.collections();
            if full_text {
                self.done(self.setting.language.texts().whole_from_now);
            }
        }
    }
}

impl Errand {
    /// Tells the state. Where nobody listens any more the program is ending.
    fn tell(&self, message: Message) {
        let _ = self.inbox.send(message);
    }

    fn failed(&self, problem: &Problem) {
        self.tell(Message::Failed(problem.line(self.setting.language)));
    }

    fn refresh_setting(&self) -> refresh::Setting<'_> {
        refresh::Setting {
            recognizer: &self.recognizer,
            limits: &self.setting.limits,
            language: self.setting.language,
            retention: self.setting.retention,
        }
    }

    fn refresh(&self, run: Run, feeds: Option<Vec<FeedId>>) {
        let refreshed = self.refreshed(&run, feeds);
        self.end(run, refreshed.map(Some));
    }

    fn name_waiting(&self, run: Run) {
        let named = Library::open(&self.folder, Timestamp::now())
            .and_then(|mut library| self.go_on(&run, &mut library, Vec::new()));
        self.end(run, named.map(|_| None));
    }

    /// Says what came of a run.
    fn end(&self, run: Run, result: Result<Option<String>, Problem>) {
        let is_stopped = run.is_stopped();
        let (line, problem) = match result {
            Ok(line) => (line, None),
            Err(problem) => (None, Some(problem)),
        };
        run.end(|is_last| {
            if is_last && !is_stopped {
                self.tell(Message::Refreshed(line));
            } else {
                // Another one is going on, and this is not the news that ends it.
                if let Some(line) = line {
                    self.tell(Message::Done(line));
                }
                self.tell(Message::Changed);
            }
        });
        if let Some(problem) = problem {
            self.failed(&problem);
        }
    }

    /// What there is to say after fetching.
    fn refreshed(&self, run: &Run, wanted: Option<Vec<FeedId>>) -> Result<String, Problem> {
        let texts = self.setting.language.texts();
        let mut library = Library::open(&self.folder, Timestamp::now())?;
        let mut feeds = library.feeds()?;
        if feeds.is_empty() {
            return Ok(texts.no_feeds.to_owned());
        }
        if let Some(wanted) = wanted {
            feeds.retain(|feed| wanted.contains(&feed.id));
        } else {
            (feeds, _) = refresh::due(feeds, Timestamp::now());
            if feeds.is_empty() {
                if run.backlog.pages && !library.pages_wanted()?.is_empty() {
                    self.go_on(run, &mut library, feeds)?;
                }
                return Ok(texts.none_due.to_owned());
            }
        }
        let (progress, failed) = self.go_on(run, &mut library, feeds)?;
        if run.is_stopped() {
            return Ok((texts.refresh_stopped)(progress.new));
        }
        Ok((texts.refreshed)(
            progress.new,
            progress.done - failed,
            failed,
        ))
    }

    /// Fetches feeds, and goes on with what the run is to do of what is left from earlier; how far
    /// it came, and how many feeds failed.
    fn go_on(
        &self,
        run: &Run,
        library: &mut Library,
        feeds: Vec<Feed>,
    ) -> Result<(Progress, usize), Problem> {
        let mut progress = Progress {
            total: feeds.len(),
            ..Progress::default()
        };
        if run.backlog.names {
            progress.unnamed = library.waiting()?.len();
        }
        let mut failed = 0;
        let note = |progress| run.note(progress, |all| self.tell(Message::Refreshing(all)));
        note(progress);
        let setting = self.refresh_setting();
        refresh::go_on(library, feeds, run.backlog, &setting, |news| {
            if run.is_stopped() {
                return ControlFlow::Break(());
            }
            match news {
                refresh::Progress::Feed(done) => {
                    progress.done += 1;
                    match done.result {
                        Ok(brought) => progress.new += brought.new,
                        Err(_) => failed += 1,
                    }
                    note(progress);
                }
                refresh::Progress::Named { left, .. } => {
                    progress.unnamed = left;
                    note(progress);
                }
                refresh::Progress::Page(..) | refresh::Progress::Silence => {}
            }
            ControlFlow::Continue(())
        })?;
        Ok((progress, failed))
    }

    fn full_text(&self, id: StoryId, article: ArticleId) {
        let texts = self.setting.language.texts();
        let setting = self.refresh_setting();
        let mut fault = None;
        let fetched = Library::open(&self.folder, Timestamp::now()).and_then(|mut library| {
            let _ = fill_in(&mut library, &[article], &setting, |news| {
                if let refresh::Progress::Page(_, reason) = news {
                    fault = reason;
                }
                ControlFlow::Continue(())
            })?;
            library.article(article)
        });
        match (fetched, fault) {
            (Ok(_), Some(reason)) => {
                let reason = reason.text(self.setting.language);
                self.tell(Message::Done((texts.no_page)(&reason)));
            }
            (Ok(Some(shelved)), None) if shelved.full_text == FullText::Page => {
                let _ = self.orders.send(Order::Job(Job::Open(id)));
                let title = shelved.article.title.unwrap_or_default();
                self.tell(Message::Done((texts.text_fetched)(&title)));
            }
            (Ok(_), None) => self.tell(Message::Done(texts.no_more_text.to_owned())),
            (Err(problem), _) => self.failed(&problem),
        }
    }

    fn look_up(&self, name: &str) {
        let texts = self.setting.language.texts().lookup;
        let now = Timestamp::now();
        let found = Library::open(&self.folder, now)
            .map_err(Fault::Library)
            .and_then(|mut library| {
                encyclopedia::look_up(
                    &mut library,
                    name,
                    &self.setting.wikipedia,
                    Limits::default(),
                    now,
                )
            });
        match found {
            Ok(found) => {
                self.tell(Message::Done(match found.summary {
                    Some(_) => (texts.found)(name),
                    None => (texts.not_found)(name),
                }));
                self.tell(Message::CardChanged);
            }
            // Quietly: nobody is the worse for it.
            Err(fault) => self.tell(Message::Done(fault.line(self.setting.language))),
        }
    }

    fn find(&self, typed: String) {
        let found = match finding::find(&finding::address(&typed)) {
            Ok((address, feed)) => {
                let title = feed.title.unwrap_or_else(|| address.clone());
                Ok(vec![Offer {
                    address,
                    title,
                    subject: None,
                }])
            }
            Err(NotFound::Several(found)) => Ok(found
                .into_iter()
                .map(|found| Offer {
                    title: found.title.unwrap_or_else(|| found.address.clone()),
                    address: found.address,
                    subject: None,
                })
                .collect()),
            Err(NotFound::Failed(reason)) => Err(reason.text(self.setting.language)),
        };
        self.tell(Message::Found(typed, found));
    }
}
