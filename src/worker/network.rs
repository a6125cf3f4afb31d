//! What waits for servers: feeds fetched, found and offered, pages fetched. Each has a thread of its
//! own with its own connection to the library, and says what came of it when it is done.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;

use jiff::Timestamp;

use super::{Order, Setting, Worker, feed_id};
use crate::collection::{FeedKey, Offer};
use crate::encyclopedia::{self, Fault};
use crate::entity::Recognizer;
use crate::feed::catalogue;
use crate::feed::finding::{self, NotFound};
use crate::library::{
    ArticleId, FILE, FeedSettings, FullText, Library, NewFeed, Problem, SavedSearch,
};
use crate::message::{Job, Message, Progress};
use crate::refresh::{self, fill_in};
use crate::source::Limits;
use crate::story::StoryId;

/// What a thread beside the worker needs.
struct Errand {
    folder: PathBuf,
    recognizer: Arc<Recognizer>,
    setting: Setting,
    inbox: Sender<Message>,
    orders: Sender<Order>,
    stop: Arc<AtomicBool>,
}

impl Worker {
    fn errand(&self) -> Errand {
        Errand {
            folder: self.folder.clone(),
            recognizer: Arc::clone(&self.recognizer),
            setting: self.setting.clone(),
            inbox: self.inbox.clone(),
            orders: self.orders.clone(),
            stop: Arc::default(),
        }
    }

    /// Fetches one feed, or all that are due.
    pub(super) fn refresh(&mut self, feed: Option<FeedKey>) {
        if !self.folder.join(FILE).exists() {
            let words = self.setting.language.texts().no_feeds;
            return self.tell(Message::Refreshed(Some(words.to_owned())));
        }
        let errand = self.errand();
        if let Some(before) = self.stop.replace(Arc::clone(&errand.stop)) {
            before.store(true, Ordering::Relaxed);
        }
        self.tell(Message::Refreshing(Progress::default()));
        thread::spawn(move || errand.refresh(feed));
    }

    pub(super) fn stop_refresh(&mut self) {
        if let Some(stop) = self.stop.take() {
            stop.store(true, Ordering::Relaxed);
        }
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
        let only = match added.as_slice() {
            [only] => Some(FeedKey(only.0)),
            _ => None,
        };
        self.refresh(only);
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

    pub(super) fn save_search(&mut self, name: String, query: String) {
        let words = (self.setting.language.texts().search_saved)(&name);
        let saved = self.change(|library| library.save_search(&SavedSearch { name, query }));
        if saved.is_some() {
            self.done(words);
        }
    }

    pub(super) fn forget_search(&mut self, name: &str) {
        let removed = self.change(|library| library.remove_search(name));
        if removed.is_some() {
            self.done(self.setting.language.texts().search_forgotten);
            self.collections();
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

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn refresh(&self, feed: Option<FeedKey>) {
        let line = match self.refreshed(feed) {
            Ok(line) => line,
            Err(problem) => {
                self.tell(Message::Refreshed(None));
                return self.failed(&problem);
            }
        };
        if self.is_stopped() {
            // Another refresh may be going on by now, and this is not the news that ends it.
            self.tell(Message::Done(line));
            self.tell(Message::Changed);
        } else {
            self.tell(Message::Refreshed(Some(line)));
        }
    }

    /// What there is to say after fetching.
    fn refreshed(&self, feed: Option<FeedKey>) -> Result<String, Problem> {
        let texts = self.setting.language.texts();
        let mut library = Library::open(&self.folder, Timestamp::now())?;
        let mut feeds = library.feeds()?;
        if feeds.is_empty() {
            return Ok(texts.no_feeds.to_owned());
        }
        if let Some(only) = feed {
            feeds.retain(|feed| feed.id == feed_id(only));
        } else {
            (feeds, _) = refresh::due(feeds, Timestamp::now());
            if feeds.is_empty() {
                return Ok(texts.none_due.to_owned());
            }
        }
        let mut progress = Progress {
            total: feeds.len(),
            ..Progress::default()
        };
        let mut failed = 0;
        self.tell(Message::Refreshing(progress));
        let setting = self.refresh_setting();
        refresh::refresh(&mut library, feeds, &setting, |news| {
            if self.is_stopped() {
                return ControlFlow::Break(());
            }
            match news {
                refresh::Progress::Feed(done) => {
                    progress.done += 1;
                    match done.result {
                        Ok(brought) => progress.new += brought.new,
                        Err(_) => failed += 1,
                    }
                    self.tell(Message::Refreshing(progress));
                }
                refresh::Progress::Named { left, .. } => {
                    progress.unnamed = left;
                    self.tell(Message::Refreshing(progress));
                }
                refresh::Progress::Page(..) | refresh::Progress::Silence => {}
            }
            ControlFlow::Continue(())
        })?;
        if self.is_stopped() {
            return Ok((texts.refresh_stopped)(progress.new));
        }
        Ok((texts.refreshed)(
            progress.new,
            progress.done - failed,
            failed,
        ))
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
