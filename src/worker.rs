//! Reads articles and finds their names, beside the screen: jobs in, messages out.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::thread;

use jiff::Timestamp;

use crate::article::{Article, Hints};
use crate::entity::{Document, Recognizer};
use crate::language::Language;
use crate::message::{Job, Message};
use crate::samples::SAMPLES;
use crate::source::{self, Limits, Source};
use crate::story::{Story, StoryId};

/// The articles of this run, and what is needed to read more.
#[derive(Debug)]
pub struct Worker {
    recognizer: Recognizer,
    language: Language,
    shelf: Vec<Arc<Story>>,
}

impl Worker {
    /// A worker with nothing on its shelf.
    pub fn new(language: Language) -> Self {
        Self {
            recognizer: Recognizer::embedded(),
            language,
            shelf: Vec::new(),
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

    fn shelve(&mut self, source: String, link: Option<String>, article: Article) -> Arc<Story> {
        let text = article.text();
        let entities = self.recognizer.recognize(&Document {
            title: article.title.as_deref(),
            standfirst: article.standfirst.as_deref(),
            text: &text,
        });
        let id = StoryId(self.shelf.len() as u64);
        let story = Arc::new(Story::new(id, source, link, article, entities));
        self.shelf.push(Arc::clone(&story));
        story
    }

    /// Does one job; what came of it, if the state needs to know.
    pub fn perform(&mut self, job: Job) -> Option<Message> {
        match job {
            Job::Open(id) => self
                .shelf
                .iter()
                .find(|story| story.id == id)
                .map(Arc::clone)
                .map(Message::Opened),
            Job::Browse(address) => match open::that_detached(&address) {
                Ok(()) => None,
                Err(error) => Some(Message::Failed(format!("{address}: {error}"))),
            },
            // These are the terminal's, and so the event loop's.
            Job::Copy(_) | Job::Suspend => None,
        }
    }
}

/// Starts the worker's thread. It ends when no more jobs can come, or nobody listens.
pub fn spawn(
    language: Language,
    sources: Vec<Source>,
    jobs: Receiver<Job>,
    inbox: Sender<Message>,
) {
    thread::spawn(move || {
        let mut worker = Worker::new(language);
        if sources.is_empty() && inbox.send(worker.read_samples()).is_err() {
            return;
        }
        for source in sources {
            if inbox.send(worker.read(&source)).is_err() {
                return;
            }
        }
        for job in jobs {
            if let Some(message) = worker.perform(job)
                && inbox.send(message).is_err()
            {
                return;
            }
        }
    });
}
