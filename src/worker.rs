//! Reads articles, finds their names and keeps the library, beside the screen: jobs in, messages
//! out. The one thread that writes to the library while the reader is open.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError};
use std::thread::{self, JoinHandle};

use jiff::{Timestamp, ZonedDateTime};

use crate::article::{Article, Hints};
use crate::entity::{Document, Entities, Recognizer};
use crate::language::Language;
use crate::library::{self, ArticleId, FILE, Library, Query, Shelved};
use crate::message::{Job, Message};
use crate::samples::SAMPLES;
use crate::source::{self, Limits, Source};
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
    recognizer: Recognizer,
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
            recognizer: Recognizer::embedded(),
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
            rows.push(self.shelve(source.to_owned(), None, article).row(true));
        }
        Message::Listed(rows)
    }

    /// Reads a source.
    pub fn read(&mut self, source: &Source) -> Message {
        match source::fetch(source, &Limits::default()) {
            Ok(fetched) => {
                let story = self.shelve(source.label(), fetched.address, fetched.article);
                Message::Listed(vec![story.row(true)])
            }
            Err(problem) => Message::Failed(problem.line(self.language)),
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
            let marked = library.mark(&[article], kept_mark(mark));
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
            Ok(Some(undone)) => {
                let ids = undone.articles.into_iter().map(story_id).collect();
                Message::Marked(ids, opposite(undone.mark))
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

    /// An article of the library with its names; found again where they were kept in a way this
    /// program does not know.
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
        let entities = entities.unwrap_or_else(|| self.recognize(&article));
        let mut story = Story::new(story_id(id), source, link, article, entities);
        story.place = place.map(|place| (place.field, place.byte));
        story
    }

    fn recognize(&self, article: &Article) -> Entities {
        let text = article.text();
        self.recognizer.recognize(&Document {
            title: article.title.as_deref(),
            standfirst: article.standfirst.as_deref(),
            text: &text,
        })
    }

    fn shelve(&mut self, source: String, link: Option<String>, article: Article) -> Arc<Story> {
        let entities = self.recognize(&article);
        let id = StoryId(THIS_RUN | self.shelf.len() as u64);
        let story = Arc::new(Story::new(id, source, link, article, entities));
        self.shelf.push(Arc::clone(&story));
        story
    }
}

/// Starts the worker's thread. It ends when no more jobs can come, or nobody listens.
pub fn spawn(
    mut worker: Worker,
    sources: Vec<Source>,
    jobs: Receiver<Job>,
    inbox: Sender<Message>,
) -> JoinHandle<()> {
    thread::spawn(move || {
        // An error only says that nobody listens any more.
        let _ = work(&mut worker, &sources, &jobs, &inbox);
    })
}

/// The sources first, then the library, so much of it at a time that a job never waits long; then
/// whatever the user asks for.
fn work(
    worker: &mut Worker,
    sources: &[Source],
    jobs: &Receiver<Job>,
    inbox: &Sender<Message>,
) -> Result<(), std::sync::mpsc::SendError<Message>> {
    for source in sources {
        inbox.send(worker.read(source))?;
    }
    if let Some(problem) = worker.open_library() {
        inbox.send(problem)?;
    }
    let ids = match worker.library_ids() {
        Ok(ids) => ids,
        Err(problem) => {
            inbox.send(problem)?;
            Vec::new()
        }
    };
    if ids.is_empty() && sources.is_empty() {
        inbox.send(worker.read_samples())?;
    }
    let (first, rest) = ids.split_at(ids.len().min(FIRST_ROWS));
    for chunk in std::iter::once(first)
        .chain(rest.chunks(MORE_ROWS))
        .filter(|chunk| !chunk.is_empty())
    {
        inbox.send(worker.library_rows(chunk))?;
        loop {
            match jobs.try_recv() {
                Ok(job) => {
                    if let Some(message) = worker.perform(job) {
                        inbox.send(message)?;
                    }
                }
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return Ok(()),
            }
        }
    }
    for job in jobs {
        if let Some(message) = worker.perform(job) {
            inbox.send(message)?;
        }
    }
    Ok(())
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

fn kept_mark(mark: Mark) -> library::Mark {
    match mark {
        Mark::Read => library::Mark::Read,
        Mark::Unread => library::Mark::Unread,
        Mark::Saved => library::Mark::Saved,
        Mark::Unsaved => library::Mark::Unsaved,
    }
}

fn opposite(mark: library::Mark) -> Mark {
    match mark {
        library::Mark::Read => Mark::Unread,
        library::Mark::Unread => Mark::Read,
        library::Mark::Saved => Mark::Unsaved,
        library::Mark::Unsaved => Mark::Saved,
    }
}
