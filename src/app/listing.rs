//! What the list shows: a collection, or what of it answers a search; and the way back.

use ratatui::layout::Rect;

use super::{App, Picture};
use crate::collection::{Request, Scope};
use crate::layout::Pane;
use crate::message::{Job, Rows};
use crate::pane::list::List;
use crate::pane::reader::Reader;
use crate::story::{Mark, Row};

/// A list, and what it was asked for with.
#[derive(Debug, Default)]
pub struct Listing {
    /// What was asked for.
    pub request: Request,
    /// What the collection is called; empty for all articles.
    pub title: String,
    /// Its rows, as far as they have come.
    pub list: List,
    /// Rows that take the place of those shown when all of them are there.
    staged: Option<Vec<Row>>,
    /// Every row is there.
    is_complete: bool,
    /// The library has changed since.
    is_stale: bool,
}

impl Listing {
    /// Whether rows have still to come.
    pub fn is_coming(&self) -> bool {
        !self.is_complete && self.staged.is_none()
    }
}

impl App {
    /// What the list shows.
    pub fn listing(&self) -> &Listing {
        &self.listing
    }

    /// Takes in rows that were asked for; others are of no use any more.
    pub(super) fn listed(&mut self, rows: Rows, area: Rect) -> Option<Job> {
        if rows.ticket != self.listing.request.ticket {
            return None;
        }
        let listing = &mut self.listing;
        listing.is_complete = rows.ends;
        if let Some(staged) = &mut listing.staged {
            staged.extend(rows.rows);
            if !rows.ends {
                return None;
            }
            let before = listing.list.selected().map(|row| row.id);
            let rows = listing.staged.take().unwrap_or_default();
            listing.list.renew(rows, area);
            let now = listing.list.selected().map(|row| row.id);
            // Who reads an article that has gone from the list goes on reading it.
            if before == now || self.view.focus != Pane::List {
                return None;
            }
            return self.open_first();
        }
        if rows.begins {
            listing.list.replace(rows.rows, area);
            listing.list.expect(rows.rest);
            return self.open_first();
        }
        let before = listing.list.said(area);
        listing.list.append(rows.rows, area);
        if rows.ends {
            listing.list.expect((0, 0));
        }
        if listing.list.said(area) == before {
            self.picture = Picture::Same;
        }
        None
    }

    /// Opens the article the user is on in a list that has come; where it has none, none is shown.
    fn open_first(&mut self) -> Option<Job> {
        if self.listing.list.rows().is_empty() {
            self.keep_place();
            self.story = None;
            self.wanted = None;
            self.reader = Reader::default();
            self.sidebar.reset();
            self.view.only_text = false;
            self.fit();
        }
        self.open_selected()
    }

    /// Shows another list; the one shown so far can be gone back to.
    pub(super) fn show_list(&mut self, request: Request, title: String) -> Job {
        let listing = Listing {
            request,
            title,
            ..Listing::default()
        };
        self.trail
            .push(std::mem::replace(&mut self.listing, listing));
        self.ask()
    }

    /// Shows another collection: there is nothing to go back to from it but all articles.
    pub(super) fn show_collection(&mut self, scope: Scope, title: String) -> Option<Job> {
        if !self.trail.is_empty() {
            self.listing = self.trail.swap_remove(0);
            self.trail.clear();
        }
        self.returns.clear();
        self.turn_to_list();
        self.fit();
        let Request { text, names, .. } = &self.listing.request;
        if scope == self.listing.request.scope && text.is_empty() && names.is_empty() {
            return self.came_back();
        }
        let request = Request {
            scope,
            ..Request::default()
        };
        Some(self.show_list(request, title))
    }

    /// Asks anew for what the list is to show.
    pub(super) fn ask(&mut self) -> Job {
        self.tickets += 1;
        self.listing.request.ticket = self.tickets;
        self.listing.staged = None;
        self.listing.is_complete = false;
        self.listing.is_stale = false;
        Job::List(self.listing.request.clone())
    }

    /// Asks for the same list as it is now. Until all of it is there the old rows stand.
    pub(super) fn relist(&mut self) -> Job {
        for listing in &mut self.trail {
            listing.is_stale = true;
        }
        let job = self.ask();
        if !self.listing.list.rows().is_empty() {
            self.listing.staged = Some(Vec::new());
        }
        job
    }

    /// Goes back to the list before; whether there was one.
    pub(super) fn leave_list(&mut self) -> bool {
        let Some(before) = self.trail.pop() else {
            return false;
        };
        self.listing = before;
        let job = self.came_back();
        self.keeping.extend(job);
        true
    }

    fn came_back(&mut self) -> Option<Job> {
        let area = self.area(Pane::List);
        self.listing.list.keep_in_view(area);
        // Rows on their way to it were given up when it was left.
        if self.listing.is_stale || !self.listing.is_complete {
            let job = self.relist();
            self.keeping.push(job);
        }
        self.open_selected()
    }

    /// Marks an article in every list it may stand in; whether that changed it in the one shown.
    pub(super) fn mark_in_lists(&mut self, id: crate::story::StoryId, mark: Mark) -> bool {
        for listing in &mut self.trail {
            listing.list.mark(id, mark);
        }
        self.listing.list.mark(id, mark)
    }

    /// The list that shows all articles.
    pub(super) fn first_list(&mut self) -> &mut List {
        match self.trail.first_mut() {
            Some(listing) => &mut listing.list,
            None => &mut self.listing.list,
        }
    }
}
