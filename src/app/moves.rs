//! Moving: through the list, through the text, from name to name, and back.

use std::sync::Arc;

use ratatui::layout::Rect;

use super::{App, NAMES_A_PAGE};
use crate::entity::Mention;
use crate::layout::Pane;
use crate::message::Job;
use crate::pane::list::List;
use crate::pane::reader::{Reader, Setting};
use crate::story::{Place, Story, Subject};

impl App {
    pub(super) fn step(&mut self, delta: isize) -> Option<Job> {
        match self.view.focus {
            Pane::List => self.move_in_list(|list, area| list.move_by(delta, area)),
            Pane::Reader => self.scroll(|reader, setting| reader.scroll_by(delta, setting)),
            Pane::Sidebar => self.choose_neighbour(delta),
        }
    }

    pub(super) fn page(&mut self, pages: isize) -> Option<Job> {
        match self.view.focus {
            Pane::List => self.move_in_list(|list, area| list.move_page(pages, area)),
            Pane::Reader => self.scroll(|reader, setting| reader.scroll_page(pages, setting)),
            Pane::Sidebar => self.choose_neighbour(pages * NAMES_A_PAGE),
        }
    }

    pub(super) fn scroll(&mut self, scroll: impl FnOnce(&mut Reader, Setting)) -> Option<Job> {
        let setting = self.setting();
        scroll(&mut self.reader, setting);
        None
    }

    pub(super) fn move_in_list(&mut self, movement: impl FnOnce(&mut List, Rect)) -> Option<Job> {
        let area = self.area(Pane::List);
        movement(&mut self.listing.list, area);
        self.forget_returns();
        self.open_selected()
    }

    /// Asks for the article the user is on, unless it is on the screen. What is found in it may be
    /// another thing now.
    pub(super) fn open_selected(&mut self) -> Option<Job> {
        let id = self.listing.list.selected()?.id;
        let is_shown = self.story.as_ref().is_some_and(|story| story.id == id);
        if is_shown && !self.reader.has_hits() && self.listing.request.text.is_empty() {
            self.wanted = None;
            return None;
        }
        self.wanted = Some(id);
        Some(Job::Open(id))
    }

    /// The article is there: sets it, if the user has not gone on to another one meanwhile.
    pub(super) fn opened(&mut self, story: Arc<Story>, hits: Vec<Mention>) {
        if self.wanted != Some(story.id) {
            return;
        }
        self.keep_place();
        if self.story.as_ref() == Some(&story) {
            self.reader.mark_hits(hits);
            return;
        }
        let place = self.places.get(&story.id).copied().or(story.place);
        self.reader.show(&story, place, self.setting());
        self.reader.mark_hits(hits);
        self.sidebar.reset();
        self.welcome(&story);
        self.story = Some(story);
        if self.view.focus != Pane::List {
            self.mark_read();
        }
    }

    pub(super) fn open(&mut self) -> Option<Job> {
        match self.view.focus {
            Pane::List => {
                self.forget_returns();
                let job = self.open_selected();
                self.look_at(Pane::Reader);
                job
            }
            Pane::Sidebar => self.open_card(self.sidebar.selected()?),
            Pane::Reader => None,
        }
    }

    /// One step back: from only the text to all panes, from the sidebar to the text, from what was
    /// looked up to where one set out, from the light on a name to none, from the text to the list,
    /// from the list to the one before.
    pub(super) fn back(&mut self) -> Option<Job> {
        if self.view.only_text {
            self.view.only_text = false;
            self.fit();
            return None;
        }
        if self.view.focus != Pane::Sidebar && self.come_back() {
            return None;
        }
        match self.view.focus {
            Pane::Sidebar => self.look_at(Pane::Reader),
            Pane::Reader if self.reader.choose_nothing() => {
                self.sidebar.reset();
                None
            }
            Pane::Reader => self.look_at(Pane::List),
            Pane::List => {
                if self.leave_list() {
                    self.come_back();
                }
                None
            }
        }
    }

    pub(super) fn move_article(&mut self, delta: isize) -> Option<Job> {
        let area = self.area(Pane::List);
        self.listing.list.move_by(delta, area);
        self.forget_returns();
        self.open_selected()
    }

    pub(super) fn read_article(&mut self, index: usize) -> Option<Job> {
        let area = self.area(Pane::List);
        self.listing.list.move_to(index, area);
        self.forget_returns();
        let job = self.open_selected();
        self.look_at(Pane::Reader);
        job
    }

    pub(super) fn step_mention(&mut self, step: isize) -> Option<Job> {
        if self.reader.chosen().is_none() {
            let story = self.story.clone()?;
            return match self.reader.nearest(&story, step > 0) {
                Some((subject, place)) => self.choose(&story, subject, Some(place)),
                None => self.say(self.texts().no_names),
            };
        }
        self.scroll(|reader, setting| reader.step_mention(step, setting))
    }

    pub(super) fn choose_neighbour(&mut self, delta: isize) -> Option<Job> {
        let story = self.story.clone()?;
        match self.sidebar.neighbour(&story, delta) {
            Some(subject) => self.choose(&story, subject, None),
            None => self.say(self.texts().no_names),
        }
    }

    pub(super) fn choose(
        &mut self,
        story: &Story,
        subject: Subject,
        place: Option<Place>,
    ) -> Option<Job> {
        self.sidebar
            .select(story, Some(subject), self.area(Pane::Sidebar));
        self.reader.choose(story, subject, place, self.setting());
        None
    }
}
