//! What waits in the library, cleaned and read for names.

use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use jiff::Timestamp;

use crate::entity::Recognizer;
use crate::library::{ArticleId, Finished, Library, Problem, Waiting};
use crate::story::recognize;

/// Articles read at a time: some milliseconds of work.
const BLOCK: usize = 25;

/// Blocks handed out for each reader. Enough for them to go on while the library is written to.
const AHEAD: usize = 8;

/// Articles kept in one transaction. Others who want to write wait for no more than that, which is
/// some fiftieth of a second; the fewer, the more the index has to be merged afterwards.
const BATCH: usize = 400;

/// Where the readers take their work from.
pub(super) type Blocks = Mutex<Receiver<Vec<Waiting>>>;

/// Hands out what waits, and takes in what was made of it.
pub(super) struct Desk {
    tasks: Sender<Vec<Waiting>>,
    /// How many take from it: one for each processor.
    pub readers: usize,
    /// Still in the library only; the last is the next.
    waiting: Vec<ArticleId>,
    /// Blocks handed out and not yet back.
    out: usize,
    /// Back, and not yet kept.
    finished: Vec<Finished>,
}

/// A desk with these articles to be read, and where its readers take them from.
pub(super) fn desk(waiting: Vec<ArticleId>) -> (Desk, Blocks) {
    let (tasks, blocks) = channel();
    let desk = Desk {
        tasks,
        readers: thread::available_parallelism().map_or(1, NonZeroUsize::get),
        waiting,
        out: 0,
        finished: Vec::new(),
    };
    (desk, Mutex::new(blocks))
}

impl Desk {
    /// More articles are to be read; they come before those that wait already.
    pub fn add(&mut self, articles: Vec<ArticleId>) {
        self.waiting.extend(articles);
    }

    /// Nothing waits, and everything handed out is back and kept.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.out == 0
    }

    /// How many articles are not yet read and kept.
    pub fn left(&self) -> usize {
        self.waiting.len() + self.out * BLOCK
    }

    /// Gives the readers as much as they are to have before them.
    pub fn hand_out(&mut self, library: &Library) -> Result<(), Problem> {
        while self.out < AHEAD * self.readers && !self.waiting.is_empty() {
            let block = self
                .waiting
                .split_off(self.waiting.len().saturating_sub(BLOCK));
            let block = library.to_be_read(&block)?;
            // The readers end only after the desk.
            if !block.is_empty() && self.tasks.send(block).is_ok() {
                self.out += 1;
            }
        }
        Ok(())
    }

    /// Takes a block back; keeps what is finished when there is enough of it, and says what.
    pub fn take(
        &mut self,
        finished: Vec<Finished>,
        library: &mut Library,
    ) -> Result<Option<Vec<ArticleId>>, Problem> {
        self.out = self.out.saturating_sub(1);
        self.finished.extend(finished);
        if self.finished.len() < BATCH && self.out > 0 {
            return Ok(None);
        }
        let finished = std::mem::take(&mut self.finished);
        library.finish(&finished).map(Some)
    }
}

/// Cleans and recognises, block by block, until there is nothing more to come or nobody to take it.
pub(super) fn read(
    blocks: &Blocks,
    recognizer: &Recognizer,
    give_back: impl Fn(Vec<Finished>) -> bool,
) {
    loop {
        let block = blocks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(block) = block else {
            return;
        };
        let finished = block.into_iter().map(|waiting| finish(waiting, recognizer));
        if !give_back(finished.collect()) {
            return;
        }
    }
}

/// What becomes of an article as its feed gave it.
fn finish(waiting: Waiting, recognizer: &Recognizer) -> Finished {
    let article = waiting.article.clone().without_junk(Timestamp::now());
    let entities = recognize(&article, recognizer);
    waiting.finish(&article, entities)
}
