//! Reads articles, finds their names and keeps the library, beside the screen: jobs in, messages
//! out. The one thread that writes to the library while the reader is open.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SendError, Sender, TryRecvError, channel};
use std::thread::{self, JoinHandle};

use anyhow::Context;
use jiff::{Timestamp, ZonedDateTime};

use crate::article::{Article, Hints};
use crate::entity::{Document, Entities, Recognizer};
use crate::language::Language;
use crate::library::{self, ArticleId, FILE, Library, Query, Shelved, Undone};
use crate::message::{Job, Message};
use crate::samples::SAMPLES;
use crate::source::problem::Problem;
use crate::source::{self, Fetched, Limits, Source};
use crate::story::{Mark, Row, Story, StoryId};

/// Rows of the library sent at first: more than any screen shows.
const FIRST_ROWS: usize = 200;
/// Rows sent at a time after that, between jobs.
const MORE_ROWS: usize = 2_000;
/// What is read in this run only has an id with this bit; the rest are ids of the library.
const THIS_RUN: u64 = 1 << 63;

/// The articles of this run and of the library, and what is needed to read more.
#[derive(Debug)]
pub struct Worker {
    recognizer: Arc<Recognizer>,
    language: Language,
    folder: PathBuf,
    library: Option<Library>,
    shelf: Vec<Arc<Story>>,
    /// What of the shelf was put into the library.
    kept: HashMap<StoryId, ArticleId>,
}

impl Worker {
    /// A worker with nothing on its shelf, for the library in a folder, which need not exist.
    pub fn new(language: Language, folder: PathBuf) -> Self {
        Self {
            recognizer: Arc::new(Recognizer::embedded()),
            language,
            folder,
            library: None,
            shelf: Vec::new(),
            kept: HashMap::new(),
        }
    }

    /// Opens the library if there is one: what went wrong, if anything.
    pub fn open_library(&mut self) -> Option<Message> {
        let exists = self.folder.join(FILE).exists();
        exists.then(|| self.library().err()).flatten()
    }

    /// The articles of the library in the order of the list, the newest first.
    pub fn library_ids(&self) -> Result<Vec<ArticleId>, Message> {
        let Some(library) = &self.library else {
            return Ok(Vec::new());
        };
        library
            .ids(&Query::default(), 0..usize::MAX, &ZonedDateTime::now())
            .map_err(|problem| self.failed(&problem))
    }

    /// What the list shows of some articles of the library.
    pub fn library_rows(&self, ids: &[ArticleId]) -> Message {
        let Some(library) = &self.library else {
            return Message::Listed(Vec::new());
        };
        match library.rows_of(ids) {
            Ok(rows) => Message::Listed(rows.into_iter().map(row).collect()),
            Err(problem) => self.failed(&problem),
        }
    }

    /// Reads the bundled articles.
    pub fn read_samples(&mut self) -> Message {
        let source = self.language.texts().sample;
        let mut rows = Vec::new();
        for sample in SAMPLES {
            let hints = Hints {
                file_name: Some(sample.name),
                ..Hints::default()
            };
            // A test reads them all, so none is left out.
            let Ok(article) = Article::read(sample.bytes, &hints, Timestamp::now()) else {
                continue;
            };
            let entities = recognize(&self.recognizer, &article);
            let story = self.shelve(source.to_owned(), None, article, entities);
            rows.push(story.row(true));
        }
        Message::Listed(rows)
    }

    /// Takes what was read of a source onto the shelf.
    fn take(&mut self, read: Read) -> Message {
        match read.result {
            Ok((fetched, entities)) => {
                let source = match read.source {
                    Source::StandardInput => self.language.texts().standard_input.to_owned(),
                    source => source.label(),
                };
                let story = self.shelve(source, fetched.address, fetched.article, entities);
                Message::OnTop(story.row(true))
            }
            Err(problem) => Message::Unread(problem.line(self.language)),
        }
    }

    /// Does one job; what came of it, if the state needs to know.
    pub fn perform(&mut self, job: Job) -> Option<Message> {
        match job {
            Job::Open(id) => self.open(id),
            Job::Mark(id, mark) => self.mark(id, mark).err(),
            Job::Undo => Some(self.undo()),
            Job::KeepPlace(id, (field, byte)) => {
                let id = self.library_id(id)?;
                // A place lost is no reason to trouble someone who is reading.
                let _ = self
                    .library
                    .as_mut()?
                    .set_place(id, library::Place { field, byte });
                None
            }
            Job::Browse(address) => match open::that_detached(&address) {
                Ok(()) => None,
                Err(error) => Some(Message::Failed(format!("{address}: {error}"))),
            },
            // These are the terminal's, and so the event loop's.
            Job::Copy(_) | Job::Suspend => None,
        }
    }

    fn open(&self, id: StoryId) -> Option<Message> {
        if let Some(story) = self.shelf.iter().find(|story| story.id == id) {
            return Some(Message::Opened(Arc::clone(story)));
        }
        match self.library.as_ref()?.article(self.library_id(id)?) {
            Ok(Some(shelved)) => Some(Message::Opened(Arc::new(self.story(shelved)))),
            Ok(None) => None,
            Err(problem) => Some(self.failed(&problem)),
        }
    }

    fn mark(&mut self, id: StoryId, mark: Mark) -> Result<(), Message> {
        if let Some(article) = self.library_id(id) {
            let library = self.library()?;
            let marked = library.mark(&[article], mark);
            return marked.map(|_| ()).map_err(|problem| self.failed(&problem));
        }
        // An article of this run enters the library when it is to be kept.
        if mark == Mark::Saved
            && let Some(story) = self
                .shelf
                .iter()
                .find(|story| story.id == id)
                .map(Arc::clone)
        {
            let article = story.article();
            let link = story.link.as_deref();
            let now = Timestamp::now();
            let kept = self
                .library()?
                .keep(&story.source, link, &article, &story.entities, now);
            let kept = kept.map_err(|problem| self.failed(&problem))?;
            self.kept.insert(id, kept);
        }
        Ok(())
    }

    fn undo(&mut self) -> Message {
        let nothing = Message::Done(self.language.texts().nothing_to_undo.to_owned());
        let Some(library) = self.library.as_mut() else {
            return nothing;
        };
        match library.undo() {
            Ok(Some(Undone::Mark { mark, articles })) => {
                let ids = articles.into_iter().map(story_id).collect();
                Message::Marked(ids, mark.opposite())
            }
            Ok(Some(Undone::People)) => {
                Message::Done(self.language.texts().names_undone.to_owned())
            }
            Ok(None) => nothing,
            Err(problem) => self.failed(&problem),
        }
    }

    /// The library, opened or begun if it is not open yet.
    fn library(&mut self) -> Result<&mut Library, Message> {
        if self.library.is_none() {
            let opened = Library::open(&self.folder, Timestamp::now());
            self.library = Some(opened.map_err(|problem| self.failed(&problem))?);
        }
        self.library.as_mut().ok_or(Message::Ended)
    }

    /// The article of the library that a story is; none for one of this run that is not kept.
    fn library_id(&self, id: StoryId) -> Option<ArticleId> {
        if id.0 & THIS_RUN == 0 {
            i64::try_from(id.0).ok().map(ArticleId)
        } else {
            self.kept.get(&id).copied()
        }
    }

    fn failed(&self, problem: &library::Problem) -> Message {
        Message::Failed(problem.line(self.language))
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
            let entities = recognize(&self.recognizer, &article);
            (article, entities)
        };
        let mut story = Story::new(story_id(id), source, link, article, entities);
        story.place = place.map(|place| (place.field, place.byte));
        story
    }

    fn shelve(
        &mut self,
        source: String,
        link: Option<String>,
        article: Article,
        entities: Entities,
    ) -> Arc<Story> {
        let id = StoryId(THIS_RUN | self.shelf.len() as u64);
        let story = Arc::new(Story::new(id, source, link, article, entities));
        self.shelf.push(Arc::clone(&story));
        story
    }
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

    /// Waits until every job asked for is done, and no longer: a source still being read is left.
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

/// Starts the worker's thread, and one that reads the sources one after another.
pub fn spawn(mut worker: Worker, sources: Vec<Source>, inbox: Sender<Message>) -> Handle {
    let (orders, queue) = channel();
    let count = sources.len();
    if count > 0 {
        let (orders, recognizer) = (orders.clone(), Arc::clone(&worker.recognizer));
        thread::spawn(move || {
            for source in sources {
                let result = source::fetch(&source, &Limits::default()).map(|fetched| {
                    let entities = recognize(&recognizer, &fetched.article);
                    (fetched, entities)
                });
                if orders
                    .send(Order::Read(Box::new(Read { source, result })))
                    .is_err()
                {
                    return;
                }
            }
        });
    }
    let thread = thread::spawn(move || {
        // An error only says that nobody listens any more.
        let _ = work(&mut worker, count, &queue, &inbox);
    });
    Handle { orders, thread }
}

/// The library, so much of it at a time that a job never waits long; then whatever comes.
/// `reading` sources are still being read.
fn work(
    worker: &mut Worker,
    mut reading: usize,
    queue: &Receiver<Order>,
    inbox: &Sender<Message>,
) -> Result<(), SendError<Message>> {
    inbox.send(Message::Reading(reading))?;
    if let Some(problem) = worker.open_library() {
        inbox.send(problem)?;
    }
    let mut ids = match worker.library_ids() {
        Ok(ids) => ids,
        Err(problem) => {
            inbox.send(problem)?;
            Vec::new()
        }
    };
    if ids.is_empty() && reading == 0 {
        inbox.send(worker.read_samples())?;
    }
    let mut size = FIRST_ROWS;
    loop {
        if !ids.is_empty() {
            let rest = ids.split_off(ids.len().min(size));
            inbox.send(worker.library_rows(&ids))?;
            (ids, size) = (rest, MORE_ROWS);
        }
        let order = if ids.is_empty() {
            queue.recv().unwrap_or(Order::End)
        } else {
            match queue.try_recv() {
                Ok(order) => order,
                Err(TryRecvError::Empty) => continue,
                Err(TryRecvError::Disconnected) => Order::End,
            }
        };
        match order {
            Order::Job(job) => {
                if let Some(message) = worker.perform(job) {
                    inbox.send(message)?;
                }
            }
            Order::Read(read) => {
                reading -= 1;
                inbox.send(worker.take(*read))?;
                inbox.send(Message::Reading(reading))?;
            }
            Order::End => return Ok(()),
        }
    }
}

fn recognize(recognizer: &Recognizer, article: &Article) -> Entities {
    let text = article.text();
    recognizer.recognize(&Document {
        title: article.title.as_deref(),
        standfirst: article.standfirst.as_deref(),
        text: &text,
    })
}

fn story_id(id: ArticleId) -> StoryId {
    StoryId(id.0.unsigned_abs())
}

fn row(row: library::Row) -> Row {
    Row {
        id: story_id(row.id),
        title: if row.title.is_empty() {
            row.source.clone()
        } else {
            row.title
        },
        source: row.source,
        published: row.published,
        countries: row.countries,
        unread: row.unread,
        saved: row.saved,
    }
}
