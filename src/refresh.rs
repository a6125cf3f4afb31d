//! From the servers to the library: feeds are fetched, what is new in them is cleaned and read for
//! names, and kept.
//!
//! Three kinds of threads. Those of [`crate::feed::fetch`] ask and parse; one for each processor
//! cleans and recognises; the caller's owns the library, compares and stores. A feed that brought
//! nothing new costs one look into the library. No more than a few feeds are on their way at once,
//! so that memory does not grow with the number of feeds.

mod pages;

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use jiff::Timestamp;

use crate::article::Article;
use crate::entity::{Document, Entities, Recognizer};
use crate::feed::Entry;
use crate::feed::fetch::{self, Answer, Limits, Outcome, Request, Validators};
use crate::language::Language;
use crate::library::identity::{self, Identity};
use crate::library::{self, ArticleId, Draft, Feed, FeedId, Library, Problem, Standing};
use crate::source::problem::Reason;

pub use self::pages::fill_in;

/// Feeds that are fetched and not yet stored.
const ON_THEIR_WAY: usize = 8;

/// Entries cleaned and recognised at a time. Small enough for one long feed to keep every
/// processor busy.
const BLOCK: usize = 25;

/// Something is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// A feed is fetched, and what it brought is stored.
    Feed(Done),
    /// The page of an article was fetched, of a feed whose articles are always fetched whole.
    Page(ArticleId),
}

/// One feed is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The feed.
    pub id: FeedId,
    /// What came of it.
    pub result: Result<Brought, Reason>,
}

/// What a feed brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Brought {
    /// Articles that were not there before.
    pub new: usize,
    /// Articles that say something else now.
    pub changed: usize,
    /// The feed is longer than the limit, and only its beginning was read.
    pub is_cut: bool,
}

/// What refreshing needs besides the feeds.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// Finds the names.
    pub recognizer: &'a Recognizer,
    /// What fetching may cost.
    pub limits: &'a Limits,
    /// Of the reasons kept with feeds that failed.
    pub language: Language,
}

/// The feeds that may be asked now, and how many have asked to be left alone for a while.
pub fn due(feeds: Vec<Feed>, now: Timestamp) -> (Vec<Feed>, usize) {
    let all = feeds.len();
    let due: Vec<Feed> = feeds
        .into_iter()
        .filter(|feed| feed.due.is_none_or(|due| due <= now))
        .collect();
    let waiting = all - due.len();
    (due, waiting)
}

/// Fetches feeds and keeps what is new; then the pages of new articles, for feeds that are always
/// fetched whole. `report` hears of each as it is done, and can end the whole; what is stored by
/// then stays.
pub fn refresh(
    library: &mut Library,
    feeds: Vec<Feed>,
    setting: &Setting<'_>,
    mut report: impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<(), Problem> {
    match refresh_feeds(library, feeds, setting, &mut report)? {
        ControlFlow::Break(()) => Ok(()),
        ControlFlow::Continue(to_fill_in) => fill_in(library, &to_fill_in, setting, |id| {
            report(Progress::Page(id))
        }),
    }
}

/// The feeds themselves; the articles whose pages are wanted, unless `report` ended it.
fn refresh_feeds(
    library: &mut Library,
    feeds: Vec<Feed>,
    setting: &Setting<'_>,
    report: &mut impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<ControlFlow<(), Vec<ArticleId>>, Problem> {
    let mut left = feeds.len();
    if left == 0 {
        return Ok(ControlFlow::Continue(Vec::new()));
    }
    let requests = feeds.iter().map(request).collect();
    let feeds = feeds.into_iter().map(|feed| (feed.id, feed)).collect();
    let readers = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let answers = fetch::start(requests, setting.limits);
    let (tasks, waiting_tasks) = channel();
    let (inbox, arrivals) = channel();
    let (permits, permitted) = sync_channel(ON_THEIR_WAY);
    for _ in 0..ON_THEIR_WAY {
        // There is room for all of them.
        let _ = permits.try_send(());
    }
    let waiting_tasks = Mutex::new(waiting_tasks);
    thread::scope(|scope| {
        for _ in 0..readers {
            let inbox = inbox.clone();
            let tasks = &waiting_tasks;
            scope.spawn(move || read(tasks, &inbox, setting.recognizer));
        }
        // Not one of the scope: when the user ends the whole, nobody waits for the network.
        thread::spawn(move || forward(&answers, &permitted, &inbox));
        let mut storing = Storing {
            library,
            feeds,
            language: setting.language,
            tasks,
            permits,
            open: HashMap::new(),
            to_fill_in: Vec::new(),
        };
        for arrival in arrivals {
            let done = match arrival {
                Arrival::Answer(answer) => storing.answer(*answer)?,
                Arrival::Read(block) => storing.block(block)?,
            };
            left -= usize::from(done.is_some());
            if done.is_some_and(|done| report(Progress::Feed(done)).is_break()) {
                return Ok(ControlFlow::Break(()));
            }
            if left == 0 {
                break;
            }
        }
        Ok(ControlFlow::Continue(storing.to_fill_in))
    })
}

/// Which article each entry of an answer is, by the rules of [`identity`].
pub fn identities(entries: &[Entry]) -> Vec<Identity> {
    let texts: Vec<String> = entries.iter().map(|e| e.paragraphs.join("\n")).collect();
    let said: Vec<identity::Entry<'_>> = entries
        .iter()
        .zip(&texts)
        .map(|(entry, text)| identity::Entry {
            link: entry.link.as_deref(),
            guid: entry.guid.as_deref(),
            title: entry.title.as_deref(),
            published: entry.published.or(entry.updated),
            content: text,
        })
        .collect();
    identity::identify(&said)
}

fn request(feed: &Feed) -> Request {
    Request {
        id: feed.id.0,
        address: feed.address.clone(),
        validators: Validators {
            etag: feed.etag.clone(),
            last_modified: feed.last_modified.clone(),
        },
        failures: feed.failures,
    }
}

/// What comes to the thread that owns the library.
enum Arrival {
    Answer(Box<Answer>),
    Read(Block<Ready>),
}

/// Some of the entries of one feed, on their way to be read or back.
struct Block<T> {
    feed: FeedId,
    items: Vec<T>,
}

/// An entry to be cleaned and recognised.
struct Task {
    /// Its place in the feed.
    place: usize,
    entry: Entry,
    identity: Identity,
}

/// An entry ready to be kept.
struct Ready {
    place: usize,
    draft: Draft,
}

/// Lets answers through one by one, as the feeds before them are done.
fn forward(answers: &Receiver<Answer>, permitted: &Receiver<()>, inbox: &Sender<Arrival>) {
    for answer in answers {
        if permitted.recv().is_err() || inbox.send(Arrival::Answer(Box::new(answer))).is_err() {
            return;
        }
    }
}

/// Cleans and recognises until there is nothing more to come.
fn read(tasks: &Mutex<Receiver<Block<Task>>>, inbox: &Sender<Arrival>, recognizer: &Recognizer) {
    loop {
        let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Block { feed, items }) = task else {
            return;
        };
        let items = items
            .into_iter()
            .map(|task| Ready {
                place: task.place,
                draft: draft(task.entry, task.identity, recognizer),
            })
            .collect();
        if inbox.send(Arrival::Read(Block { feed, items })).is_err() {
            return;
        }
    }
}

/// An entry as the library keeps it.
fn draft(entry: Entry, identity: Identity, recognizer: &Recognizer) -> Draft {
    let article = entry.article().without_junk(Timestamp::now());
    let entities = recognize(&article, recognizer);
    Draft {
        identity,
        link: entry.link,
        guid: entry.guid,
        article,
        entities,
    }
}

fn recognize(article: &Article, recognizer: &Recognizer) -> Entities {
    recognizer.recognize(&Document {
        title: article.title.as_deref(),
        standfirst: article.standfirst.as_deref(),
        text: &article.text(),
    })
}

/// The thread that owns the library, at work.
struct Storing<'a> {
    library: &'a mut Library,
    feeds: HashMap<FeedId, Feed>,
    language: Language,
    tasks: Sender<Block<Task>>,
    permits: SyncSender<()>,
    open: HashMap<FeedId, Open>,
    /// New articles of feeds that are always fetched whole.
    to_fill_in: Vec<ArticleId>,
}

/// A feed whose entries are being read.
struct Open {
    ready: Vec<Ready>,
    /// Entries that are still being read.
    missing: usize,
    answer: library::Answer,
    is_cut: bool,
}

impl Storing<'_> {
    /// Takes in what a server said. The feed is done at once where nothing in it is to be read.
    fn answer(&mut self, answer: Answer) -> Result<Option<Done>, Problem> {
        let id = FeedId(answer.id);
        if let Some(address) = &answer.moved
            && let Err(problem) = self.library.move_feed(id, address)
            && problem.reason == library::Reason::ReadOnly
        {
            // Any other trouble, such as a second feed of that address, leaves the old one.
            return Err(problem);
        }
        let (feed, validators, is_cut) = match answer.outcome {
            Outcome::Failed(reason) => {
                let noted = library::Answer {
                    error: Some(reason.text(self.language)),
                    due: answer.due,
                    ..library::Answer::default()
                };
                return self.done(id, &noted, Err(reason)).map(Some);
            }
            Outcome::NotModified => {
                let known = self.feeds.get(&id);
                let noted = library::Answer {
                    etag: known.and_then(|feed| feed.etag.clone()),
                    last_modified: known.and_then(|feed| feed.last_modified.clone()),
                    due: answer.due,
                    error: None,
                };
                return self.done(id, &noted, Ok(Brought::default())).map(Some);
            }
            Outcome::New {
                feed,
                validators,
                is_cut,
            } => (feed, validators, is_cut),
        };
        self.name(id, feed.title.as_deref())?;
        let noted = library::Answer {
            etag: validators.etag,
            last_modified: validators.last_modified,
            due: answer.due,
            error: None,
        };
        let tasks = self.unknown(id, feed.entries)?;
        if tasks.is_empty() {
            let brought = Brought {
                is_cut,
                ..Brought::default()
            };
            return self.done(id, &noted, Ok(brought)).map(Some);
        }
        let open = Open {
            ready: Vec::with_capacity(tasks.len()),
            missing: tasks.len(),
            answer: noted,
            is_cut,
        };
        self.open.insert(id, open);
        let mut tasks = tasks.into_iter();
        loop {
            let items: Vec<Task> = tasks.by_ref().take(BLOCK).collect();
            // The readers end only after this thread.
            if items.is_empty() || self.tasks.send(Block { feed: id, items }).is_err() {
                return Ok(None);
            }
        }
    }

    /// A feed that was added without a name gets its own.
    fn name(&mut self, id: FeedId, title: Option<&str>) -> Result<(), Problem> {
        let Some(feed) = self.feeds.get(&id) else {
            return Ok(());
        };
        match title {
            Some(title) if feed.title == feed.address => {
                let subject = feed.subject.clone();
                self.library.rename_feed(id, title, subject.as_deref())
            }
            _ => Ok(()),
        }
    }

    /// The entries that the library does not have, or not as they are now.
    fn unknown(&self, id: FeedId, entries: Vec<Entry>) -> Result<Vec<Task>, Problem> {
        let entries: Vec<Entry> = entries.into_iter().filter(|e| !e.is_blank()).collect();
        let identities = identities(&entries);
        let standings = self.library.standings(id, &identities)?;
        let unknown = |standing| matches!(standing, Standing::New | Standing::Changed(_));
        let tasks = entries.into_iter().zip(identities).zip(standings);
        Ok(tasks
            .enumerate()
            .filter(|(_, (_, standing))| unknown(*standing))
            .map(|(place, ((entry, identity), _))| Task {
                place,
                entry,
                identity,
            })
            .collect())
    }

    /// Takes in entries that have been read; stores the feed when they are all there.
    fn block(&mut self, block: Block<Ready>) -> Result<Option<Done>, Problem> {
        let Some(open) = self.open.get_mut(&block.feed) else {
            return Ok(None);
        };
        open.missing = open.missing.saturating_sub(block.items.len());
        open.ready.extend(block.items);
        if open.missing > 0 {
            return Ok(None);
        }
        let Some(mut open) = self.open.remove(&block.feed) else {
            return Ok(None);
        };
        // Of two articles of the same minute the later one stored stands higher in lists, and the
        // first of a feed is to stand highest.
        open.ready
            .sort_unstable_by_key(|ready| std::cmp::Reverse(ready.place));
        let drafts: Vec<Draft> = open.ready.into_iter().map(|ready| ready.draft).collect();
        let stored = self.library.store(block.feed, &drafts, Timestamp::now())?;
        let feed = self.feeds.get(&block.feed);
        if feed.is_some_and(|feed| feed.settings.full_text) {
            self.to_fill_in.extend(&stored.new);
        }
        let brought = Brought {
            new: stored.new.len(),
            changed: stored.changed.len(),
            is_cut: open.is_cut,
        };
        self.done(block.feed, &open.answer, Ok(brought)).map(Some)
    }

    fn done(
        &mut self,
        id: FeedId,
        answer: &library::Answer,
        result: Result<Brought, Reason>,
    ) -> Result<Done, Problem> {
        match self.library.note_answer(id, answer, Timestamp::now()) {
            // The user has unsubscribed meanwhile.
            Err(problem) if problem.reason == library::Reason::Missing => {}
            result => result?,
        }
        // Room for the next feed; where nobody waits for it, nothing is lost.
        let _ = self.permits.try_send(());
        Ok(Done { id, result })
    }
}
