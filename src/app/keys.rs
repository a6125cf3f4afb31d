//! What each action does: one arm for each, so that to learn what a key does one reads one line.

use crossterm::event::{KeyEvent, KeyEventKind};

use super::lookup::PERIODS;
use super::{App, Notice, Overlay, Picture};
use crate::action::Action;
use crate::collection::{FeedKey, Scope};
use crate::layout::{Breadth, Pane};
use crate::message::Job;
use crate::pane::collections::Collections;
use crate::pane::help::Help;
use crate::pane::palette::Palette;
use crate::pane::subscribe::Subscribe;
use crate::story::{Mark, StoryId};

impl App {
    pub(super) fn key(&mut self, event: KeyEvent) -> Option<Job> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        if !self.overlays.is_empty() {
            self.touched = true;
            self.notice = None;
            return self.in_overlay(event);
        }
        let action = self.setup.config.keymap.action(event)?;
        self.touched = true;
        self.notice = None;
        self.act(action)
    }

    pub(super) fn act(&mut self, action: Action) -> Option<Job> {
        if is_of_list(action) && self.listing.list.rows().is_empty() {
            return self.say(self.texts().empty_list);
        }
        match action {
            Action::Down => self.step(1),
            Action::Up => self.step(-1),
            Action::PageDown => self.page(1),
            Action::PageUp => self.page(-1),
            Action::First => self.step(isize::MIN),
            Action::Last => self.step(isize::MAX),
            Action::PaneLeft => self.look_at(left_of(self.view.focus)),
            Action::PaneRight => self.look_at(right_of(self.view.focus)),
            Action::NextPane => self.look_at(match self.view.focus {
                Pane::List => Pane::Reader,
                Pane::Reader => Pane::Sidebar,
                Pane::Sidebar => Pane::List,
            }),
            Action::PreviousPane => self.look_at(match self.view.focus {
                Pane::List => Pane::Sidebar,
                Pane::Reader => Pane::List,
                Pane::Sidebar => Pane::Reader,
            }),
            Action::Open => self.open(),
            Action::Back => self.back(),
            Action::NextArticle => self.move_article(1),
            Action::PreviousArticle => self.move_article(-1),
            Action::NextUnread => match self.listing.list.next_unread() {
                Some(index) => self.read_article(index),
                None => self.say(self.texts().no_unread),
            },
            Action::NextMention => self.step_mention(1),
            Action::PreviousMention => self.step_mention(-1),
            Action::ToggleRead => {
                if let Some(id) = self.left_over() {
                    return Some(Job::Mark(id, Mark::Unread));
                }
                let row = self.listing.list.selected()?;
                let mark = if row.unread { Mark::Read } else { Mark::Unread };
                self.mark(row.id, mark)
            }
            Action::ToggleSaved => {
                if let Some(id) = self.left_over() {
                    return Some(Job::Mark(id, Mark::Saved));
                }
                let row = self.listing.list.selected()?;
                let mark = if row.saved {
                    Mark::Unsaved
                } else {
                    Mark::Saved
                };
                self.mark(row.id, mark)
            }
            Action::Undo => Some(Job::Undo),
            Action::ToggleSidebar => self.toggle_sidebar(),
            Action::ToggleOnlyText => {
                // Where one pane fills the screen anyway there is nothing to put away.
                let alone = Breadth::of(self.size.0) == Breadth::Narrow;
                self.view.only_text = !self.view.only_text && self.story.is_some() && !alone;
                self.look_at(Pane::Reader)
            }
            Action::ToggleOthers => {
                let area = self.area(Pane::Sidebar);
                if let Some(story) = self.story.clone() {
                    self.sidebar.toggle_others(&story, area);
                    if self.sidebar.selected().is_none() {
                        self.reader.choose_nothing();
                    }
                }
                None
            }
            Action::Browse => self
                .link()
                .map(Job::Browse)
                .or_else(|| self.say(self.texts().no_link)),
            Action::CopyLink => match self.link() {
                Some(link) => Some(Job::Copy(link)),
                None => self.say(self.texts().no_link),
            },
            Action::Card => self.open_nearest_card(),
            Action::Filter => self.filter(false),
            Action::FilterOut => self.filter(true),
            Action::Follow => self.toggle_follow(),
            Action::Digest => Some(Job::Digest(PERIODS[0])),
            Action::Relations => Some(Job::Relations(self.listing.request.clone())),
            Action::Encyclopedia | Action::Join | Action::Part => {
                self.say(self.texts().lookup.on_card)
            }
            Action::Search => Some(self.open_search()),
            Action::SaveSearch => self.ask_for_name(),
            Action::Collections => {
                self.overlays
                    .push(Overlay::Collections(Collections::default()));
                Some(Job::Collections)
            }
            Action::AddFeed => {
                self.overlays.push(Overlay::Subscribe(Subscribe::default()));
                Some(Job::Offers)
            }
            Action::Remove => self.say(self.texts().remove_where),
            // The same key stops it.
            Action::Refresh if self.is_fetching() => {
                self.refreshing = None;
                Some(Job::StopRefresh)
            }
            Action::Refresh => Some(Job::Refresh(None)),
            Action::RefreshFeed => match self.feed() {
                Some(feed) => Some(Job::Refresh(Some(feed))),
                None if self.listing.list.rows().is_empty() => self.say(self.texts().empty_list),
                None => self.say(self.texts().no_feed),
            },
            Action::FullText => match self.story.as_ref().map(|story| (story.id, &story.link)) {
                Some((id, Some(_))) => {
                    self.notice = Some(Notice {
                        text: self.texts().fetching_text.to_owned(),
                        alarm: false,
                    });
                    Some(Job::FullText(id))
                }
                _ => self.say(self.texts().no_link),
            },
            Action::MarkAllRead => Some(Job::MarkAll(self.listing.request.clone(), Mark::Read)),
            Action::Versions => self.toggle_versions(),
            Action::Palette => {
                self.overlays.push(Overlay::Palette(Palette::default()));
                None
            }
            Action::Help => {
                self.overlays.push(Overlay::Help(Help::default()));
                None
            }
            Action::Redraw => {
                self.picture = Picture::Lost;
                None
            }
            Action::Suspend => Some(Job::Suspend),
            Action::Quit => {
                self.end_program();
                None
            }
        }
    }

    /// The article one reads, where the list it was opened from no longer has it. The row the list
    /// is on is another.
    fn left_over(&self) -> Option<StoryId> {
        let story = self.story.as_ref()?;
        let row = self.listing.list.selected();
        let is_other = row.is_none_or(|row| row.id != story.id);
        (self.view.focus != Pane::List && self.wanted.is_none() && is_other).then_some(story.id)
    }

    /// The feed the list shows, or else the one the article came with.
    fn feed(&self) -> Option<FeedKey> {
        match self.listing.request.scope {
            Scope::Feed(feed) => Some(feed),
            _ => self.listing.list.selected()?.feed,
        }
    }

    /// Shows the other versions of the story the user is on, or folds them away.
    fn toggle_versions(&mut self) -> Option<Job> {
        let area = self.area(Pane::List);
        if self.listing.list.fold(area) {
            return self.open_selected();
        }
        match self.listing.list.selected() {
            Some(row) if row.versions > 1 => Some(Job::Versions(row.id)),
            _ => self.say(self.texts().one_version),
        }
    }
}

/// Whether an action needs an article in the list.
fn is_of_list(action: Action) -> bool {
    matches!(
        action,
        Action::NextUnread
            | Action::ToggleRead
            | Action::ToggleSaved
            | Action::MarkAllRead
            | Action::Versions
            | Action::Browse
            | Action::CopyLink
            | Action::FullText
    )
}

fn left_of(pane: Pane) -> Pane {
    match pane {
        Pane::List | Pane::Reader => Pane::List,
        Pane::Sidebar => Pane::Reader,
    }
}

fn right_of(pane: Pane) -> Pane {
    match pane {
        Pane::List => Pane::Reader,
        Pane::Reader | Pane::Sidebar => Pane::Sidebar,
    }
}
