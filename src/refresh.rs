//! From the servers to the library: feeds are fetched and kept, and what is new in them is cleaned
//! and read for names.
//!
//! Two steps, so that news can be read as soon as it is there. What a feed brings is kept as it came;
//! when the network is silent, and when all feeds are done, what waits in the library is cleaned,
//! read for names and indexed ([`names`]). A program that ends in between loses nothing: the next
//! refresh goes on.
//!
//! Three kinds of threads. Those of [`crate::feed::fetch`] ask and parse; one for each processor
//! cleans and recognises; the caller's owns the library. A feed that brought nothing new costs one
//! look into the library. No more than a few feeds are on their way at once, so that memory does not
//! grow with the number of feeds.

mod names;
mod pages;

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use crate::article::Article;
use crate::entity::Recognizer;
use crate::feed::Entry;
use crate::feed::fetch::{self, Answer, Limits, Outcome, Request, Validators};
use crate::language::Language;
use crate::library::identity::{self, Identity};
use crate::library::{
    self, ArticleId, Draft, Feed, FeedId, Finished, Library, Problem, Retention, Standing,
};
use crate::source::problem::Reason;

pub use self::pages::fill_in;

/// Answers and articles that have come and are not yet looked at. The next wait where they are.
const ON_THEIR_WAY: usize = 4;

/// When nothing has come for so long, the network is slower than we are.
const SILENCE: Duration = Duration::from_millis(20);

/// How often the caller may end a refresh in which nothing happens.
pub(crate) const PATIENCE: Duration = Duration::from_millis(100);

/// Something is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// A feed is fetched, and what it brought can be read.
    Feed(Done),
    /// Articles were cleaned and read for names; they can be searched for, and lists show their
    /// countries.
    Named {
        /// Which.
        articles: Vec<ArticleId>,
        /// How many still wait.
        left: usize,
    },
    /// The page of an article was fetched, of a feed whose articles are always fetched whole.
    Page(ArticleId, Option<Reason>),
    /// Nothing, for a tenth of a second.
    Silence,
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
    /// It was not asked for: another feed's answer said that the server wants to be left alone.
    pub is_left_alone: bool,
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
    /// What is kept of feeds that have no setting of their own.
    pub retention: Retention,
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

/// What earlier refreshes left that a refresh goes on with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Articles that wait to be read for names.
    pub names: bool,
    /// Articles whose pages are wanted.
    pub pages: bool,
}

/// Fetches feeds and keeps what is new; reads it for names, and what still waits from earlier; then
/// fetches the pages of new articles, for feeds that are always fetched whole, and those that are
/// wanted from earlier; at last drops what is older than is to be kept.
///
/// `report` hears of each step as it is done, and of silence, and can end the whole within
/// a tenth of a second; what is kept by then stays.
pub fn refresh(
    library: &mut Library,
    feeds: Vec<Feed>,
    setting: &Setting<'_>,
    report: impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<(), Problem> {
    let all = Backlog {
        names: true,
        pages: true,
    };
    go_on(library, feeds, all, setting, report)
}

/// The same with as much of what is left from earlier as `backlog` says: where another refresh is
/// going on, that is its work. Without feeds it is nothing but that.
pub fn go_on(
    library: &mut Library,
    feeds: Vec<Feed>,
    backlog: Backlog,
    setting: &Setting<'_>,
    mut report: impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<(), Problem> {
    let is_for_feeds = !feeds.is_empty();
    let wanted = if backlog.pages {
        library.pages_wanted()?
    } else {
        Vec::new()
    };
    let waiting = if backlog.names {
        library.waiting()?
    } else {
        Vec::new()
    };
    let ControlFlow::Continue(mut to_fill_in) =
        refresh_feeds(library, feeds, waiting, setting, &mut report)?
    else {
        return Ok(());
    };
    to_fill_in.extend(wanted);
    if fill_in(library, &to_fill_in, setting, &mut report)?.is_continue() && is_for_feeds {
        library.retain(setting.retention, Timestamp::now())?;
    }
    library.settle()
}

/// The feeds themselves; the articles whose pages are wanted, unless `report` ended it.
fn refresh_feeds(
    library: &mut Library,
    feeds: Vec<Feed>,
    waiting: Vec<ArticleId>,
    setting: &Setting<'_>,
    report: &mut impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<ControlFlow<(), Vec<ArticleId>>, Problem> {
    let requests: Vec<Request> = feeds.iter().map(request).collect();
    let mut left = requests.len();
    let answers = fetch::start(requests, setting.limits);
    let mut storing = Storing {
        library,
        feeds: feeds.into_iter().map(|feed| (feed.id, feed)).collect(),
        language: setting.language,
        to_fill_in: Vec::new(),
    };
    let (desk, blocks) = names::desk(waiting);
    thread::scope(|scope| {
        // It goes, as `arrivals` does, before the scope waits for the threads: that ends them.
        let mut desk = desk;
        let (inbox, arrivals) = sync_channel(ON_THEIR_WAY);
        for _ in 0..desk.readers {
            let (inbox, blocks) = (inbox.clone(), &blocks);
            scope.spawn(move || {
                names::read(blocks, setting.recognizer, |finished| {
                    inbox.send(Arrival::Read(finished)).is_ok()
                });
            });
        }
        // Not one of the scope: when the user ends the whole, nobody waits for the network.
        thread::spawn(move || forward(&answers, &inbox));
        while left > 0 || !desk.is_empty() {
            let mut patience = PATIENCE;
            if left == 0 {
                desk.hand_out(storing.library)?;
            } else if !desk.is_empty() {
                patience = SILENCE;
            }
            let progress = match arrivals.recv_timeout(patience) {
                Ok(Arrival::Answer(answer)) => {
                    left -= 1;
                    storing.answer(*answer)?.map(|(done, fresh)| {
                        desk.add(fresh);
                        Progress::Feed(done)
                    })
                }
                Ok(Arrival::Read(finished)) => {
                    desk.take(finished, storing.library)?
                        .map(|articles| Progress::Named {
                            articles,
                            left: desk.left(),
                        })
                }
                Err(RecvTimeoutError::Timeout) => {
                    desk.hand_out(storing.library)?;
                    Some(Progress::Silence)
                }
                Err(RecvTimeoutError::Disconnected) => break,
            };
            if progress.is_some_and(|progress| report(progress).is_break()) {
                return Ok(ControlFlow::Break(()));
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
    Read(Vec<Finished>),
}

/// Lets answers through one by one, as those before them are looked at.
fn forward(answers: &Receiver<Answer>, inbox: &SyncSender<Arrival>) {
    for answer in answers {
        if inbox.send(Arrival::Answer(Box::new(answer))).is_err() {
            return;
        }
    }
}

/// The thread that owns the library, at work.
struct Storing<'a> {
    library: &'a mut Library,
    feeds: HashMap<FeedId, Feed>,
    language: Language,
    /// New articles of feeds that are always fetched whole.
    to_fill_in: Vec<ArticleId>,
}

impl Storing<'_> {
    /// Takes in what a server said; what came of it, and the articles to be read for names. Nothing
    /// where the user has unsubscribed meanwhile, here or in another program: the other feeds go on.
    fn answer(&mut self, answer: Answer) -> Result<Option<(Done, Vec<ArticleId>)>, Problem> {
        match self.take_in(answer) {
            Err(problem) if problem.reason == library::Reason::Missing => Ok(None),
            result => result.map(Some),
        }
    }

    fn take_in(&mut self, answer: Answer) -> Result<(Done, Vec<ArticleId>), Problem> {
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
                return Ok((self.done(id, &noted, Err(reason))?, Vec::new()));
            }
            Outcome::LeftAlone => {
                if let Some(due) = answer.due {
                    self.library.note_due(id, due)?;
                }
                let brought = Brought {
                    is_left_alone: true,
                    ..Brought::default()
                };
                let result = Ok(brought);
                return Ok((Done { id, result }, Vec::new()));
            }
            Outcome::NotModified => {
                let known = self.feeds.get(&id);
                let noted = library::Answer {
                    etag: known.and_then(|feed| feed.etag.clone()),
                    last_modified: known.and_then(|feed| feed.last_modified.clone()),
                    due: answer.due,
                    error: None,
                };
                return Ok((self.done(id, &noted, Ok(Brought::default()))?, Vec::new()));
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
        let mut drafts = self.unknown(id, feed.entries)?;
        // Of two articles of the same minute the later one stored stands higher in lists, and the
        // first of a feed is to stand highest.
        drafts.reverse();
        let stored = self.library.store(id, &drafts, Timestamp::now())?;
        let feed = self.feeds.get(&id);
        if feed.is_some_and(|feed| feed.settings.full_text) {
            self.to_fill_in.extend(&stored.new);
        }
        let brought = Brought {
            new: stored.new.len(),
            changed: stored.changed.len(),
            is_cut,
            is_left_alone: false,
        };
        let done = self.done(id, &noted, Ok(brought))?;
        let mut fresh = stored.changed;
        fresh.extend(stored.new);
        Ok((done, fresh))
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

    /// The entries that the library does not have, or not as they are now. Of those that the rules
    /// take for one article the first counts, so that two which differ do not take turns.
    fn unknown(&self, id: FeedId, entries: Vec<Entry>) -> Result<Vec<Draft>, Problem> {
        let entries: Vec<Entry> = entries.into_iter().filter(|e| !e.is_blank()).collect();
        let identities = identities(&entries);
        let standings = self.library.standings(id, &identities)?;
        let mut seen = HashSet::new();
        let entries = entries.into_iter().zip(identities).zip(standings);
        Ok(entries
            .filter(|((_, identity), _)| seen.insert(identity.key))
            .filter_map(|((entry, identity), standing)| match standing {
                Standing::New | Standing::Changed(_) => Some(draft(entry, identity, None)),
                Standing::Moved(id) => Some(draft(entry, identity, Some(id))),
                Standing::Same(_) | Standing::Dropped => None,
            })
            .collect())
    }

    fn done(
        &mut self,
        id: FeedId,
        answer: &library::Answer,
        result: Result<Brought, Reason>,
    ) -> Result<Done, Problem> {
        self.library.note_answer(id, answer, Timestamp::now())?;
        Ok(Done { id, result })
    }
}

/// An entry as the library keeps it.
fn draft(entry: Entry, identity: Identity, instead_of: Option<ArticleId>) -> Draft {
    Draft {
        identity,
        instead_of,
        article: Article {
            title: entry.title,
            standfirst: None,
            published: entry.published.or(entry.updated),
            paragraphs: entry.paragraphs,
        },
        link: entry.link,
        guid: entry.guid,
    }
}
