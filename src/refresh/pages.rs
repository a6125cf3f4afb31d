//! Whole articles from their pages, where the feed gives only a summary.

use std::ops::ControlFlow;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Instant;

use jiff::Timestamp;

use super::{Setting, recognize};
use crate::article::Article;
use crate::entity::{Entities, Recognizer};
use crate::feed::fetch::queue::{Queue, Turn};
use crate::library::{ArticleId, Library, Problem};
use crate::source::{self, Source};

/// An article whose page is wanted.
struct Wanted {
    id: ArticleId,
    address: String,
    /// What the feed calls it; that stays.
    title: Option<String>,
    /// Bytes of text the feed gave. A page with less was not understood.
    length: usize,
}

/// A whole article, and the names in it.
type Page = (Article, Entities);

/// Fetches the pages of articles and keeps their text in place of the feed's, which stays where the
/// page cannot be had or holds less. `report` hears of each article, and can end the whole.
pub fn fill_in(
    library: &mut Library,
    ids: &[ArticleId],
    setting: &Setting<'_>,
    mut report: impl FnMut(ArticleId) -> ControlFlow<()>,
) -> Result<(), Problem> {
    let mut wanted = Vec::new();
    for id in ids {
        wanted.extend(look_up(library, *id)?);
    }
    let workers = setting.limits.workers.get().min(wanted.len());
    let queue = Queue::new(wanted, |wanted| &wanted.address, setting.limits);
    let (sender, pages) = channel();
    thread::scope(|scope| {
        for _ in 0..workers {
            let (sender, queue) = (sender.clone(), &queue);
            scope.spawn(move || work(queue, &sender, setting));
        }
        drop(sender);
        for (id, page) in pages {
            match page {
                Some((article, entities)) => {
                    library.set_full_text(id, &article, &entities, Timestamp::now())?;
                }
                None => library.note_no_full_text(id)?,
            }
            if report(id).is_break() {
                break;
            }
        }
        queue.close();
        Ok(())
    })
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

fn work(queue: &Queue<Wanted>, sender: &Sender<(ArticleId, Option<Page>)>, setting: &Setting<'_>) {
    while let Some(turn) = queue.next() {
        let page = read(queue, turn, setting);
        if sender.send(page).is_err() {
            queue.close();
            return;
        }
    }
}

fn read(
    queue: &Queue<Wanted>,
    turn: Turn<Wanted>,
    setting: &Setting<'_>,
) -> (ArticleId, Option<Page>) {
    let asked = Instant::now();
    let source = Source::Address(turn.item.address.clone());
    let fetched = source::fetch(&source, &setting.limits.one);
    let wanted = queue.release(turn, asked.elapsed());
    let page = fetched
        .ok()
        .and_then(|fetched| whole(fetched.article, &wanted, setting.recognizer));
    (wanted.id, page)
}

/// The article of a page under the feed's title, if it has more to say than the feed.
fn whole(article: Article, wanted: &Wanted, recognizer: &Recognizer) -> Option<Page> {
    if article.text().len() <= wanted.length {
        return None;
    }
    let article = Article {
        title: wanted.title.clone().or(article.title),
        ..article
    };
    let entities = recognize(&article, recognizer);
    Some((article, entities))
}
