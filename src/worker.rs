//! Reads sources, finds their names and keeps the library, beside the screen: jobs in, messages
//! out. What waits for the network has threads of its own, so that an article never does.

mod collections;
mod listing;
mod lookup;
mod network;
mod runs;
mod shelf;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::Context;
use jiff::Timestamp;

use crate::collection::{FeedKey, Request};
use crate::entity::{Entities, Recognizer};
use crate::feed::fetch::Limits as FetchLimits;
use crate::language::Language;
use crate::library::{self, ArticleId, FILE, Library, Query, Retention, Shelved, Undone};
use crate::message::{Job, Message};
use crate::source::problem::Problem;
use crate::source::{self, Fetched, Limits, Source};
use crate::story::{Mark, Story, StoryId, recognize};
use crate::worker::listing::Remaining;
use crate::worker::runs::Runs;
use crate::worker::shelf::Shelf;

/// What is read in this run only has an id with this bit; the rest are ids of the library.
const THIS_RUN: u64 = 1 << 63;

/// How long more rows of a list wait for what is wanted of its first ones.
const GRACE: Duration = Duration::from_millis(20);

/// What the user's settings say about the library.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The language of messages.
    pub language: Language,
    /// A story told by several feeds is one row.
    pub together: bool,
    /// How long articles are kept.
    pub retention: Retention,
    /// What fetching may cost.
    pub limits: FetchLimits,
    /// Where a name is looked up when it is asked for: an address with `{}` in place of the title.
    pub wikipedia: String,
    /// Minutes from one refresh to the next, the first at the start; none: only when asked for.
    pub refresh_minutes: Option<u32>,
}

/// The articles of this run and of the library, and what is needed to read more.
#[derive(Debug)]
struct Worker {
    recognizer: Arc<Recognizer>,
    setting: Setting,
    folder: PathBuf,
    library: Option<Library>,
    shelf: Shelf,
    /// Where the marks of this run were set, the last one last: they are taken back in turn.
    marked: Vec<Home>,
    /// What the list shows: its hits are marked in the articles.
    shown: Query,
    /// Rows of the list that have not been sent yet.
    remaining: Remaining,
    /// The article opened last.
    on_screen: Option<StoryId>,
    /// The same as it was then: it can be kept even if it has gone from the library since.
    opened: Option<Arc<Story>>,
    /// The refreshes that are going on.
    runs: Runs,
    /// The state of the library that the screen knows, see [`Library::changes`].
    changes: i64,
    /// Refreshes of ours have changed it since; the screen hears of those by themselves.
    changes_are_ours: bool,
    inbox: Sender<Message>,
    orders: Sender<Order>,
}

/// Where an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Home {
    /// It is read in this run only.
    Shelf,
    /// It is kept.
    Library,
}

/// The worker as the event loop sees it.
#[derive(Debug)]
pub struct Handle {
    orders: Sender<Order>,
    thread: JoinHandle<()>,
}

impl Handle {
    /// Asks for a job to be done.
    ///
    /// # Errors
    /// When the worker has died.
    pub fn order(&self, job: Job) -> anyhow::Result<()> {
        self.orders
            .send(Order::Job(job))
            .ok()
            .context("the worker is gone")
    }

    /// Waits until every job asked for is done, and no longer: what is still being fetched is left.
    pub fn finish(self) {
        if self.orders.send(Order::End).is_ok() {
            // It has panicked or is done; the panic has been reported.
            let _ = self.thread.join();
        }
    }
}

/// What the worker's thread is told, in one queue.
#[derive(Debug)]
enum Order {
    Job(Job),
    /// A source was read, beside this thread: a slow server must not keep an article waiting that
    /// is there already.
    Read(Box<Read>),
    End,
}

/// What came of a source.
#[derive(Debug)]
struct Read {
    source: Source,
    result: Result<(Fetched, Entities), Problem>,
}

/// Starts the worker's thread for the library in a folder, which need not exist, and one that reads
/// the sources one after another.
pub fn spawn(
    setting: Setting,
    folder: PathBuf,
    sources: Vec<Source>,
    inbox: Sender<Message>,
) -> Handle {
    let (orders, queue) = channel();
    let recognizer = Arc::new(Recognizer::embedded());
    let count = sources.len();
    if count > 0 {
        let (orders, recognizer) = (orders.clone(), Arc::clone(&recognizer));
        thread::spawn(move || read_sources(sources, &recognizer, &orders));
    }
    if let Some(minutes) = setting.refresh_minutes {
        let inbox = inbox.clone();
        thread::spawn(move || remind(minutes, &inbox));
    }
    let mut worker = Worker {
        recognizer,
        setting,
        folder,
        library: None,
        shelf: Shelf::default(),
        marked: Vec::new(),
        shown: Query::default(),
        remaining: Remaining::default(),
        on_screen: None,
        opened: None,
        runs: Runs::default(),
        changes: 0,
        changes_are_ours: false,
        inbox,
        orders: orders.clone(),
    };
    let thread = thread::spawn(move || worker.work(count, &queue));
    Handle { orders, thread }
}

fn read_sources(sources: Vec<Source>, recognizer: &Recognizer, orders: &Sender<Order>) {
    for source in sources {
        let result = source::fetch(&source, &Limits::default()).map(|fetched| {
            let entities = recognize(&fetched.article, recognizer);
            (fetched, entities)
        });
        let read = Box::new(Read { source, result });
        if orders.send(Order::Read(read)).is_err() {
            return;
        }
    }
}

/// Says when it is time to look for news, now and every so many minutes.
fn remind(minutes: u32, inbox: &Sender<Message>) {
    while inbox.send(Message::RefreshDue).is_ok() {
        thread::sleep(Duration::from_secs(60 * u64::from(minutes.max(1))));
    }
}

impl Worker {
    /// The library, so much of it at a time that a job never waits long; then whatever comes.
    /// `reading` sources are still being read.
    fn work(&mut self, mut reading: usize, queue: &Receiver<Order>) {
        self.tell(Message::Reading(reading));
        self.open_library();
        self.begin(reading);
        self.name_waiting();
        let mut waiting = VecDeque::new();
        loop {
            self.send_more();
            let idle = waiting.is_empty() && self.remaining.is_empty();
            if idle {
                waiting.push_back(queue.recv().unwrap_or(Order::End));
            } else if waiting.is_empty() && self.remaining.has_begun() {
                // What is first on the screen will be asked for: that comes before more rows.
                waiting.extend(queue.recv_timeout(GRACE));
            }
            waiting.extend(queue.try_iter());
            match waiting.pop_front() {
                None => {}
                Some(Order::Job(Job::List(_))) if lists_again(&waiting) => {}
                Some(Order::Job(job)) => {
                    self.notice_changes();
                    self.perform(job);
                }
                Some(Order::Read(read)) => {
                    reading -= 1;
                    self.take(*read);
                    self.tell(Message::Reading(reading));
                }
                Some(Order::End) => return,
            }
        }
    }

    /// Tells the state. Where nobody listens any more the program is ending.
    fn tell(&self, message: Message) {
        let _ = self.inbox.send(message);
    }

    fn done(&self, text: impl Into<String>) {
        self.tell(Message::Done(text.into()));
    }

    fn failed(&self, problem: &library::Problem) {
        self.tell(Message::Failed(problem.line(self.setting.language)));
    }

    /// What came of something, or None after saying why nothing did.
    fn or_say<T>(&self, result: Result<T, library::Problem>) -> Option<T> {
        result.map_err(|problem| self.failed(&problem)).ok()
    }

    /// Opens the library if there is one.
    fn open_library(&mut self) {
        if self.folder.join(FILE).exists() {
            self.library();
        }
    }

    /// The list shown at the start: the library, or the samples where nothing else is to be shown.
    fn begin(&mut self, reading: usize) {
        self.list(&Request::default());
        if reading == 0 && self.library_is_empty() {
            self.shelf
                .put_samples(&self.recognizer, self.setting.language);
            self.find_kept();
            self.list(&Request::default());
            let feeds = self.library.as_ref().map(Library::feeds);
            let has_feeds = feeds.is_some_and(|feeds| feeds.is_ok_and(|feeds| !feeds.is_empty()));
            self.tell(Message::Samples(has_feeds));
        }
    }

    /// Finds those of the samples that were kept before: they stand in the list once, as they were
    /// marked.
    fn find_kept(&mut self) {
        let Some(library) = &self.library else {
            return;
        };
        let rows = library.rows(&Query::default(), 0..usize::MAX, &listing::now());
        for row in self.or_say(rows).unwrap_or_default() {
            let known = self
                .shelf
                .known(row.id, &row.title, (row.unread, row.saved));
            self.or_say(known);
        }
    }

    /// Tells that another program has changed the library. Asked at every job, which costs next to
    /// nothing; while the user does nothing, nobody asks.
    fn notice_changes(&mut self) {
        let Some(changes) = self.library.as_ref().and_then(|one| one.changes().ok()) else {
            return;
        };
        let are_going = self.runs.are_going();
        let is_known = std::mem::replace(&mut self.changes, changes) == changes;
        if !is_known && !are_going && !self.changes_are_ours {
            self.tell(Message::Changed);
        }
        self.changes_are_ours = are_going;
    }

    /// Does one job.
    fn perform(&mut self, job: Job) {
        match job {
            Job::Open(id) => self.open(id),
            Job::List(request) => self.list(&request),
            Job::Collections => self.collections(),
            Job::Versions(id) => self.versions(id),
            Job::Mark(id, mark) => self.mark(id, mark),
            Job::MarkAll(request, mark) => self.mark_all(&request, mark),
            Job::Card(asked, story) => self.card(asked, story, None),
            Job::RenewCard(asked, who, story) => self.card(asked, story, Some(who)),
            Job::CardRows(who, first) => self.card_rows(who, first),
            Job::Follow(asked, name) => self.follow(&asked, &name),
            Job::Digest(days) => self.digest(days),
            Job::Relations(request) => self.relations(&request),
            Job::Suggest(beside, typed) => self.suggest(beside, typed),
            Job::Join {
                one,
                before,
                other,
                story,
            } => self.join(&one, before, other, story),
            Job::Encyclopedia(name) => self.look_up(name),
            Job::Part(asked, who, form, story) => self.part(asked, who, form, story),
            Job::Undo => self.undo(),
            Job::KeepPlace(id, (field, byte)) => {
                if let (Some(id), Some(library)) = (self.library_id(id), &mut self.library) {
                    // A place lost is no reason to trouble someone who is reading.
                    let _ = library.set_place(id, library::Place { field, byte });
                }
            }
            Job::Refresh(feed) => self.refresh(feed.map(|feed| vec![feed_id(feed)])),
            Job::StopRefresh => self.stop_refresh(),
            Job::FullText(id) => self.full_text(id),
            Job::Offers => self.offers(),
            Job::Subscribe(address) => self.find(address),
            Job::SubscribeTo(offers) => self.subscribe(&offers),
            Job::Unsubscribe(feed) => self.unsubscribe(feed),
            Job::KeepWhole(feed, whole) => self.keep_whole(feed, whole),
            Job::SaveSearch { name, request } => self.save_search(name, request),
            Job::ForgetSearch(name) => self.forget_search(&name),
            Job::Browse(address) => {
                if let Err(error) = open::that_detached(&address) {
                    self.tell(Message::Failed(format!("{address}: {error}")));
                }
            }
            // These are the terminal's, and so the event loop's.
            Job::Copy(_) | Job::Suspend => {}
        }
    }

    fn open(&mut self, id: StoryId) {
        let Some(mut story) = self.story_of(id) else {
            return;
        };
        let followed = self.followed_in(&story);
        if story.followed != followed {
            Arc::make_mut(&mut story).followed = followed;
        }
        self.on_screen = Some(id);
        self.opened = Some(Arc::clone(&story));
        let hits = self.hits(&story);
        self.tell(Message::Opened(story, hits));
    }

    fn mark(&mut self, id: StoryId, mark: Mark) {
        if home(id) == Home::Shelf {
            self.marked.push(Home::Shelf);
            let marked = self.shelf.mark(id, mark);
            if self.or_say(marked).is_some() {
                self.mark_kept(&[id], mark);
            }
            return;
        }
        let Some(article) = self.library_id(id) else {
            return;
        };
        // Who has read a story has read it, whichever feed told it.
        let whole = self.setting.together && mark == Mark::Read;
        let marked = self.change(|library| {
            let told = library.told(article)?;
            if told.is_empty() {
                return Ok(None);
            }
            let ids = if whole { told } else { vec![article] };
            library.mark(&ids, mark).map(Some)
        });
        match marked {
            Some(Some(marked)) => {
                self.marked.push(Home::Library);
                for other in marked.into_iter().filter(|one| *one != article) {
                    self.tell(Message::Marked(vec![story_id(other)], mark));
                }
            }
            Some(None) => self.mark_gone(id, mark),
            None => {}
        }
    }

    /// The article to be marked is no longer in the library: another program has ended its feed.
    /// Where it is the one on the screen it can still be kept.
    fn mark_gone(&mut self, id: StoryId, mark: Mark) {
        let texts = self.setting.language.texts();
        let story = self.opened.clone().filter(|story| story.id == id);
        if mark == Mark::Saved
            && let Some(story) = story
        {
            let (article, link) = (story.article(), story.link.as_deref());
            let now = Timestamp::now();
            let kept = self.change(|library| {
                library.keep(&story.source, link, &article, &story.entities, now)
            });
            if kept.is_some() {
                self.done(texts.kept_without_feed);
                self.tell(Message::Changed);
            }
            return;
        }
        self.tell(Message::Marked(vec![id], mark.opposite()));
        self.tell(Message::Failed(texts.article_gone.to_owned()));
        self.tell(Message::Changed);
    }

    /// Marks of articles of this run hold in the library too: they enter it when they are to be
    /// kept, and leave it again when they need not be.
    fn mark_kept(&mut self, ids: &[StoryId], mark: Mark) {
        for &id in ids {
            match (mark, self.shelf.kept(id)) {
                (Mark::Saved, _) => self.keep(id),
                (Mark::Unsaved, Some(article)) => {
                    if self.change(|library| library.let_go(article)).is_some() {
                        self.shelf.is_let_go(id);
                    }
                }
                (Mark::Read | Mark::Unread, Some(article)) => {
                    self.change(|library| library.mark(&[article], mark));
                }
                (_, None) => {}
            }
        }
    }

    /// An article of this run enters the library when it is to be kept.
    fn keep(&mut self, id: StoryId) {
        let Some(story) = self.shelf.story(id).map(Arc::clone) else {
            return;
        };
        let (article, link) = (story.article(), story.link.as_deref());
        let now = Timestamp::now();
        let kept = self
            .change(|library| library.keep(&story.source, link, &article, &story.entities, now));
        if let Some(article) = kept {
            self.shelf.is_kept(id, article);
        }
    }

    fn mark_all(&mut self, request: &Request, mark: Mark) {
        let Some(query) = self.query(&request.scope, &request.text, false) else {
            return;
        };
        let mut ids: Vec<StoryId> = Vec::new();
        let shows_shelf = self.shows_shelf(&request.scope);
        if shows_shelf
            && let Some(query) = self.narrowed(query.clone(), &request.names, Home::Shelf)
        {
            let marked = self.shelf.mark_all(&query, mark);
            let marked = self.or_say(marked).unwrap_or_default();
            if !marked.is_empty() {
                self.marked.push(Home::Shelf);
            }
            ids.extend(marked);
        }
        if let Some(query) = self.narrowed(query, &request.names, Home::Library)
            && let Some(library) = &mut self.library
        {
            let marked = library.mark_all(&query, mark, &listing::now());
            let mut marked = self.or_say(marked).unwrap_or_default();
            if !marked.is_empty() {
                self.marked.push(Home::Library);
            }
            if shows_shelf {
                marked.retain(|id| !self.shelf.has_kept(*id));
            }
            ids.extend(marked.into_iter().map(story_id));
        }
        if ids.is_empty() {
            self.done(self.setting.language.texts().no_unread);
        } else {
            self.tell(Message::Marked(ids, mark));
        }
    }

    fn undo(&mut self) {
        let home = self.marked.pop().unwrap_or(Home::Library);
        let nothing = self.setting.language.texts().nothing_to_undo;
        if home == Home::Shelf {
            let undone = self.shelf.undo();
            let (articles, mark) = match self.or_say(undone) {
                Some(Some(Undone::Mark { mark, articles })) => (articles, mark.opposite()),
                Some(Some(Undone::People)) => return self.people_undone(),
                _ => return self.done(nothing),
            };
            let ids: Vec<StoryId> = articles
                .into_iter()
                .filter_map(|id| self.shelf.of(id))
                .collect();
            // What was kept by the mark that is taken back is let go in the library too.
            self.mark_kept(&ids, mark);
            return self.unmarked(ids, mark);
        }
        let Some(library) = &mut self.library else {
            return self.done(nothing);
        };
        let undone = library.undo();
        match self.or_say(undone) {
            Some(Some(Undone::Mark { mark, articles })) => {
                let ids = articles.into_iter().map(story_id).collect();
                self.unmarked(ids, mark.opposite());
            }
            Some(Some(Undone::People)) => self.people_undone(),
            Some(None) => self.done(nothing),
            None => {}
        }
    }

    /// Says which mark was taken back; `mark` is what holds now.
    fn unmarked(&self, ids: Vec<StoryId>, mark: Mark) {
        let texts = self.setting.language.texts();
        let undone = match mark.opposite() {
            Mark::Read => texts.as_read,
            Mark::Unread => texts.as_unread,
            Mark::Saved => texts.as_saved,
            Mark::Unsaved => texts.as_unsaved,
        };
        let only = match ids.as_slice() {
            [only] => self.story_of(*only),
            _ => None,
        };
        let title = only.as_ref().and_then(|story| story.document().title);
        self.done((texts.mark_undone)(undone, title, ids.len()));
        self.tell(Message::Marked(ids, mark));
    }

    fn people_undone(&self) {
        self.done(self.setting.language.texts().names_undone);
        self.tell(Message::CardChanged);
        self.tell(Message::Changed);
    }

    /// Takes what was read of a source onto the shelf.
    fn take(&mut self, read: Read) {
        let language = self.setting.language;
        match read.result {
            Ok((fetched, entities)) => {
                let source = match read.source {
                    Source::StandardInput => language.texts().standard_input.to_owned(),
                    source => source.label(),
                };
                let story = self
                    .shelf
                    .put(source, fetched.address, fetched.article, entities);
                self.tell(Message::OnTop(story.row(true)));
            }
            Err(problem) => self.tell(Message::Unread(problem.line(language))),
        }
    }

    /// Changes the library, begun if there is none; nothing after saying why it could not be.
    fn change<T>(
        &mut self,
        work: impl FnOnce(&mut Library) -> Result<T, library::Problem>,
    ) -> Option<T> {
        let changed = work(self.library()?);
        self.or_say(changed)
    }

    /// The library, opened or begun if it is not open yet; none after saying why it cannot be.
    fn library(&mut self) -> Option<&mut Library> {
        if self.library.is_none() {
            let opened = Library::open(&self.folder, Timestamp::now());
            let library = self.or_say(opened)?;
            if let Some(aside) = library.set_aside() {
                let texts = self.setting.language.texts();
                let line = (texts.set_aside)(&aside.to_string_lossy());
                self.tell(Message::Failed(line));
            }
            self.changes = library.changes().unwrap_or_default();
            self.library = Some(library);
        }
        self.library.as_mut()
    }

    /// The article of the library that a story is; none for one of this run that is not kept.
    fn library_id(&self, id: StoryId) -> Option<ArticleId> {
        match home(id) {
            Home::Library => i64::try_from(id.0).ok().map(ArticleId),
            Home::Shelf => self.shelf.kept(id),
        }
    }

    /// An article of the library with its names; cleaned and read for them where that is not yet
    /// done, or was kept in a way this program does not know.
    fn story(&self, shelved: Shelved) -> Story {
        let Shelved {
            id,
            source,
            link,
            article,
            entities,
            place,
            ..
        } = shelved;
        let (article, entities) = if let Some(entities) = entities {
            (article, entities)
        } else {
            let article = article.without_junk(Timestamp::now());
            let entities = recognize(&article, &self.recognizer);
            (article, entities)
        };
        let mut story = Story::new(story_id(id), source, link, article, entities);
        story.place = place.map(|place| (place.field, place.byte));
        story
    }
}

fn home(id: StoryId) -> Home {
    if id.0 & THIS_RUN == 0 {
        Home::Library
    } else {
        Home::Shelf
    }
}

/// Whether another list is asked for later: then this one need not be looked up.
fn lists_again(waiting: &VecDeque<Order>) -> bool {
    waiting
        .iter()
        .any(|order| matches!(order, Order::Job(Job::List(_))))
}

fn story_id(id: ArticleId) -> StoryId {
    StoryId(id.0.unsigned_abs())
}

fn feed_id(key: FeedKey) -> library::FeedId {
    library::FeedId(key.0)
}
