//! Whole articles from their pages, where the feed gives only a summary.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Instant;

use jiff::Timestamp;

use super::{PATIENCE, Progress, Setting};
use crate::article::Article;
use crate::feed::fetch::queue::Queue;
use crate::library::{self, ArticleId, Library, Problem};
use crate::source::problem::Reason;
use crate::source::{self, Limits, Source};
use crate::story::recognize;

/// An article whose page is wanted.
struct Wanted {
    id: ArticleId,
    address: String,
    /// What the feed calls it; that stays.
    title: Option<String>,
    /// Bytes of text the feed gave. A page with less was not understood.
    length: usize,
}

/// Fetches the pages of articles and keeps their text in place of the feed's, which stays where the
/// page cannot be had or holds less. `report` hears of each article, and of silence, and can end the
/// whole; whether it did.
pub fn fill_in(
    library: &mut Library,
    ids: &[ArticleId],
    setting: &Setting<'_>,
    mut report: impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, Problem> {
    let mut wanted = Vec::new();
    for id in ids {
        wanted.extend(look_up(library, *id)?);
    }
    let workers = setting.limits.workers.get().min(wanted.len());
    let queue = Arc::new(Queue::new(wanted, |wanted| &wanted.address, setting.limits));
    // However long a feed may be, a page is parsed whole, and costs many times its length.
    let limits = Limits {
        page_bytes: setting
            .limits
            .one
            .page_bytes
            .min(Limits::default().page_bytes),
        ..setting.limits.one
    };
    // A page that has come waits until the one before it is kept.
    let (sender, pages) = sync_channel(workers);
    for _ in 0..workers {
        let (sender, queue) = (sender.clone(), Arc::clone(&queue));
        // When the user ends the whole, nobody waits for the network.
        thread::spawn(move || work(&queue, &sender, &limits));
    }
    drop(sender);
    loop {
        let progress = match pages.recv_timeout(PATIENCE) {
            Ok((wanted, article)) => {
                let (article, reason) = match article {
                    Ok(article) => (Some(article), None),
                    Err(reason) => (None, Some(reason)),
                };
                keep(library, &wanted, article, setting)?;
                Progress::Page(wanted.id, reason)
            }
            Err(RecvTimeoutError::Timeout) => Progress::Silence,
            Err(RecvTimeoutError::Disconnected) => return Ok(ControlFlow::Continue(())),
        };
        if report(progress).is_break() {
            queue.close();
            return Ok(ControlFlow::Break(()));
        }
    }
}

fn look_up(library: &Library, id: ArticleId) -> Result<Option<Wanted>, Problem> {
    let shelved = library.article(id)?;
    Ok(shelved.and_then(|shelved| {
        Some(Wanted {
            id,
            address: shelved.link?,
            length: shelved.article.text().len(),
            title: shelved.article.title,
        })
    }))
}

/// What came of a page: its article, or why there is none.
type Page = (Wanted, Result<Article, Reason>);

fn work(queue: &Queue<Wanted>, sender: &SyncSender<Page>, limits: &Limits) {
    while let Some(turn) = queue.next() {
        let asked = Instant::now();
        let source = Source::Address(turn.item.address.clone());
        let fetched = source::fetch(&source, limits);
        let wanted = queue.release(turn, asked.elapsed());
        let article = fetched
            .map(|fetched| fetched.article)
            .map_err(|problem| problem.reason);
        if sender.send((wanted, article)).is_err() {
            queue.close();
            return;
        }
    }
}

/// Keeps the article of a page under the feed's title, if it has more to say than the feed.
fn keep(
    library: &mut Library,
    wanted: &Wanted,
    article: Option<Article>,
    setting: &Setting<'_>,
) -> Result<(), Problem> {
    let Some(article) = article.filter(|article| article.text().len() > wanted.length) else {
        return library.note_no_full_text(wanted.id);
    };
    let article = Article {
        title: wanted.title.clone().or(article.title),
        ..article
    };
    let entities = recognize(&article, setting.recognizer);
    match library.set_full_text(wanted.id, &article, &entities, Timestamp::now()) {
        // The user has unsubscribed meanwhile, and the article went with its feed.
        Err(problem) if problem.reason == library::Reason::Missing => Ok(()),
        result => result,
    }
}
