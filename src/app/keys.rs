//! What each action does: one arm for each, so that to learn what a key does one reads one line.

use crossterm::event::{KeyEvent, KeyEventKind};

use super::App;
use crate::action::Action;
use crate::layout::{Breadth, Pane};
use crate::message::Job;
use crate::pane::help::Help;
use crate::story::Mark;

impl App {
    pub(super) fn key(&mut self, event: KeyEvent) -> Option<Job> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let action = self.setup.config.keymap.action(event)?;
        self.touched = true;
        self.notice = None;
        if self.help.is_some() {
            return self.in_help(action);
        }
        self.act(action)
    }

    pub(super) fn act(&mut self, action: Action) -> Option<Job> {
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
            Action::NextUnread => match self.list.next_unread() {
                Some(index) => self.read_article(index),
                None => self.say(self.texts().no_unread),
            },
            Action::NextMention => self.step_mention(1),
            Action::PreviousMention => self.step_mention(-1),
            Action::ToggleRead => {
                let row = self.list.selected()?;
                let mark = if row.unread { Mark::Read } else { Mark::Unread };
                self.mark(row.id, mark)
            }
            Action::ToggleSaved => {
                let row = self.list.selected()?;
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
            Action::Help => {
                self.help = Some(Help::default());
                None
            }
            Action::Redraw => {
                self.redraw = true;
                None
            }
            Action::Suspend => Some(Job::Suspend),
            Action::Quit => {
                self.end_program();
                None
            }
        }
    }

    /// The keys while the help screen is shown: it scrolls, and goes away.
    fn in_help(&mut self, action: Action) -> Option<Job> {
        let page = isize::from(i16::try_from(self.size.1 / 2).unwrap_or(1));
        let delta = match action {
            Action::Down => 1,
            Action::Up => -1,
            Action::PageDown => page,
            Action::PageUp => -page,
            Action::First => isize::MIN,
            Action::Last => isize::MAX,
            Action::Back | Action::Help | Action::Open => {
                self.help = None;
                return None;
            }
            Action::Quit | Action::Redraw | Action::Suspend => return self.act(action),
            _ => 0,
        };
        let screen = self.screen();
        if let Some(help) = &mut self.help {
            help.scroll_by(delta, &self.setup.config.keymap, screen);
        }
        None
    }
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
