//! Lists of articles for the screen: looked up whole, sent in parts.

use std::collections::VecDeque;

use jiff::ZonedDateTime;

use super::shelf::is_sample;
use super::{Home, Worker, feed_id, home, story_id};
use crate::collection::{FeedKey, Request, Scope};
use crate::entity::{Field, Mention};
use crate::library::query::{Phrase, Typing};
use crate::library::{self, ArticleId, Query, snippet};
use crate::message::{Message, Rows};
use crate::story::{Row, Snippet, Story, StoryId};

/// Rows sent at first: more than any screen shows.
const FIRST_ROWS: usize = 200;
/// Rows sent at a time after that, between jobs.
const MORE_ROWS: usize = 2_000;
/// Rows with the part of the text that answers a search: sent fewer at a time, for each text is
/// read, and not at all for more than anyone looks through.
const FIRST_SNIPPETS: usize = 30;
const MORE_SNIPPETS: usize = 200;
const MOST_SNIPPETS: usize = 1_000;
/// Characters of such a part.
const SNIPPET: usize = 90;

/// The rest of the list that is being sent.
#[derive(Debug, Default)]
pub(super) struct Remaining {
    ticket: u64,
    ids: VecDeque<StoryId>,
    sent: usize,
    /// The beginning has not been sent.
    is_new: bool,
    /// How many of all are unread, where that is known before they are read.
    unread: Option<usize>,
}

impl Remaining {
    /// Nothing is left to be sent.
    pub fn is_empty(&self) -> bool {
        !self.is_new && self.ids.is_empty()
    }

    /// Only the first part has been sent.
    pub fn has_begun(&self) -> bool {
        !self.is_new && (1..=FIRST_ROWS).contains(&self.sent)
    }
}

/// The time in the user's time zone.
pub(super) fn now() -> ZonedDateTime {
    ZonedDateTime::now()
}

impl Worker {
    /// Looks a list up; what was still to be sent of another is given up.
    pub(super) fn list(&mut self, request: &Request) {
        let Some(mut query) = self.asked(request) else {
            return;
        };
        let mut ids = self.answers(request, &query);
        if !request.typing
            && let Ok(exact) = self.parse(&request.scope, &request.text, Typing::Done)
            && exact != query
        {
            // The list stays as it was seen while the last word was typed. Where that is more than
            // the word itself finds, the search says so from now on.
            let found = self.answers(request, &exact);
            if found.len() == ids.len() {
                ids = found;
                query = exact;
            } else {
                let text = format!("{}*", request.text);
                self.tell(Message::Searched(request.ticket, text));
            }
        }
        let narrowed = self.narrowed(query.clone(), &request.names, Home::Library);
        // To count what answers a search takes as long as the search itself.
        let unread = (ids.len() > FIRST_ROWS && !query.is_ranked()).then(|| {
            match (&narrowed, &self.library) {
                (Some(query), Some(library)) if !request.names.is_empty() => {
                    library.count(query, &now()).map_or(0, |count| count.unread)
                }
                _ => self.count(&request.scope, &request.text).unread,
            }
        });
        self.shown = query;
        self.remaining = Remaining {
            ticket: request.ticket,
            ids,
            sent: 0,
            is_new: true,
            unread,
        };
    }

    /// The articles that answer a query, of this run and of the library.
    fn answers(&mut self, request: &Request, query: &Query) -> VecDeque<StoryId> {
        let mut ids = VecDeque::new();
        if self.shows_shelf(&request.scope)
            && let Some(query) = self.narrowed(query.clone(), &request.names, Home::Shelf)
        {
            let found = self.shelf.ids(&query, &now());
            ids.extend(self.or_say(found).unwrap_or_default());
        }
        let narrowed = self.narrowed(query.clone(), &request.names, Home::Library);
        if let (Some(query), Some(library)) = (&narrowed, &self.library) {
            let found = library.ids(query, 0..usize::MAX, &now());
            let mut found = self.or_say(found).unwrap_or_default();
            // What was kept of this run is shown once.
            if self.shows_shelf(&request.scope) {
                found.retain(|id| !self.shelf.has_kept(*id));
            }
            ids.extend(found.into_iter().map(story_id));
        }
        ids
    }

    /// The query of a request; none after saying what is wrong with it.
    fn asked(&self, request: &Request) -> Option<Query> {
        // The last word may go on even when the box is closed: the list stays as it was seen. What
        // is wrong with a finished query is said all the same.
        if !request.typing
            && let Err(mistake) = Query::parse(&request.text, Typing::Done)
        {
            let line = mistake.line(self.setting.language);
            self.tell(Message::Mistaken(request.ticket, line));
            return None;
        }
        match self.parse(&request.scope, &request.text, Typing::Going) {
            Ok(query) => Some(query),
            Err(line) => {
                self.tell(Message::Mistaken(request.ticket, line));
                None
            }
        }
    }

    /// The query for what a list shows; none after saying what is wrong with it.
    pub(super) fn query(&self, scope: &Scope, text: &str, together: bool) -> Option<Query> {
        match self.parse(scope, text, Typing::Going) {
            Ok(query) => Some(Query { together, ..query }),
            Err(line) => {
                self.tell(Message::Failed(line));
                None
            }
        }
    }

    pub(super) fn parse(&self, scope: &Scope, text: &str, typing: Typing) -> Result<Query, String> {
        let language = self.setting.language;
        let text = match scope {
            Scope::All | Scope::Feed(_) => text.to_owned(),
            Scope::Unread => format!("belum {text}"),
            Scope::Saved => format!("simpan {text}"),
            Scope::Followed => format!("ikut {text}"),
            Scope::Search { query, .. } => format!("{query} {text}"),
        };
        let query =
            Query::parse(text.trim_start(), typing).map_err(|mistake| mistake.line(language))?;
        let query = match scope {
            Scope::Feed(feed) => query.within(feed_id(*feed)),
            _ => query,
        };
        // Among the articles of one feed nothing is told twice.
        let together = self.setting.together && query.within.is_none();
        Ok(Query { together, ..query })
    }

    /// Whether what is read in this run belongs to a list.
    pub(super) fn shows_shelf(&self, scope: &Scope) -> bool {
        !matches!(scope, Scope::Feed(_)) && (!self.shelf.is_sample() || self.library_is_empty())
    }

    /// Whether the user's library has no article but samples that were kept, or there is none.
    pub(super) fn library_is_empty(&self) -> bool {
        let library = self.library.as_ref();
        library.is_none_or(|library| library.holds_only(&is_sample).unwrap_or(false))
    }

    /// Sends the next part of the list, if any is left.
    pub(super) fn send_more(&mut self) {
        if self.remaining.is_empty() {
            return;
        }
        let searching = self.shown.is_ranked();
        let with_snippets = searching && self.remaining.sent < MOST_SNIPPETS;
        let size = match (self.remaining.is_new, with_snippets) {
            (true, true) => FIRST_SNIPPETS,
            (false, true) => MORE_SNIPPETS,
            (true, false) => FIRST_ROWS,
            (false, false) => MORE_ROWS,
        };
        let size = size.min(self.remaining.ids.len());
        let ids: Vec<StoryId> = self.remaining.ids.drain(..size).collect();
        let rows = self.rows(&ids, with_snippets);
        let begins = std::mem::take(&mut self.remaining.is_new);
        self.remaining.sent += size;
        let here = rows.iter().filter(|row| row.unread).count();
        let unread = self
            .remaining
            .unread
            .map_or(0, |all| all.saturating_sub(here));
        self.tell(Message::Listed(Rows {
            ticket: self.remaining.ticket,
            rows,
            begins,
            ends: self.remaining.ids.is_empty(),
            rest: (self.remaining.ids.len(), unread),
        }));
    }

    /// What the list shows of some articles.
    pub(super) fn rows(&self, ids: &[StoryId], with_snippets: bool) -> Vec<Row> {
        let mut rows = Vec::with_capacity(ids.len());
        let split = ids
            .iter()
            .position(|id| home(*id) == Home::Library)
            .unwrap_or(ids.len());
        let phrases: Vec<&Phrase> = self.shown.wanted().collect();
        for id in &ids[..split] {
            let Some(story) = self.shelf.story(*id) else {
                continue;
            };
            let (unread, saved) = self.shelf.marks(*id);
            let followed = !self.followed_in(story).is_empty();
            let answers = || snippet::snippet(story.document().text, &phrases, SNIPPET);
            rows.push(Row {
                saved,
                followed,
                snippet: with_snippets.then(|| answers().into()),
                ..story.row(unread)
            });
        }
        let Some(library) = &self.library else {
            return rows;
        };
        let articles: Vec<ArticleId> = ids[split..]
            .iter()
            .filter_map(|id| self.library_id(*id))
            .collect();
        let kept = self.or_say(library.rows_of(&articles)).unwrap_or_default();
        let kept_ids: Vec<ArticleId> = kept.iter().map(|row| row.id).collect();
        let mut snippets = if with_snippets {
            let snippets = library.snippets(&self.shown, &kept_ids, SNIPPET);
            self.or_say(snippets).unwrap_or_default().into_iter()
        } else {
            Vec::new().into_iter()
        };
        rows.extend(kept.into_iter().map(|kept| Row {
            snippet: snippets.next().map(Snippet::from),
            ..row(kept)
        }));
        rows
    }

    /// The other versions of a story.
    pub(super) fn versions(&self, id: StoryId) {
        let (Some(library), Some(article)) = (&self.library, self.library_id(id)) else {
            return;
        };
        if let Some(rows) = self.or_say(library.versions(article)) {
            self.tell(Message::Versions(id, rows.into_iter().map(row).collect()));
        }
    }

    /// Where a story answers what is searched for, in reading order.
    pub(super) fn hits(&self, story: &Story) -> Vec<Mention> {
        let phrases: Vec<&Phrase> = self.shown.wanted().collect();
        if phrases.is_empty() {
            return Vec::new();
        }
        let document = story.document();
        let found = Field::ALL.into_iter().flat_map(|field| {
            snippet::find(document.field(field), &phrases)
                .into_iter()
                .map(move |range| Mention {
                    field,
                    start: range.start,
                    end: range.end,
                })
        });
        found.collect()
    }
}

impl From<snippet::Snippet> for Snippet {
    fn from(snippet: snippet::Snippet) -> Self {
        Self {
            text: snippet.text,
            hits: snippet.hits,
        }
    }
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
        followed: row.names_followed,
        feed: row.feed.map(|feed| FeedKey(feed.0)),
        versions: row.versions,
        is_version: false,
        snippet: None,
    }
}
