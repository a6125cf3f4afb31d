//! What the mouse does: it goes by what is under the pointer, not by which pane has the keys.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use super::App;
use super::lookup::asked;
use crate::action::Action;
use crate::layout::Pane;
use crate::message::Job;

/// Lines the wheel scrolls at a notch.
const WHEEL_LINES: isize = 3;

impl App {
    pub(super) fn mouse(&mut self, event: MouseEvent) -> Option<Job> {
        let cell = (event.column, event.row);
        let clicked = event.kind == MouseEventKind::Down(MouseButton::Left);
        let screen = self.screen();
        if clicked && !self.overlays.is_empty() {
            return self.click_overlay(cell, screen);
        }
        let pane = self.layout()?.pane_at(cell.0, cell.1)?;
        match event.kind {
            MouseEventKind::ScrollDown => self.wheel(pane, cell, WHEEL_LINES),
            MouseEventKind::ScrollUp => self.wheel(pane, cell, -WHEEL_LINES),
            MouseEventKind::Down(MouseButton::Left) => {
                self.notice = None;
                self.touched = true;
                self.click(pane, cell)
            }
            _ => None,
        }
    }

    fn wheel(&mut self, pane: Pane, cell: (u16, u16), lines: isize) -> Option<Job> {
        let screen = self.screen();
        if self.wheel_overlay(cell, lines, screen) {
            return None;
        }
        match pane {
            Pane::List => self.move_in_list(|list, area| list.move_by(lines.signum(), area)),
            Pane::Reader => self.scroll(|reader, setting| reader.scroll_by(lines, setting)),
            Pane::Sidebar => {
                let area = self.area(Pane::Sidebar);
                if let Some(story) = self.story.clone() {
                    self.sidebar.scroll_by(&story, lines, area);
                }
                None
            }
        }
    }

    fn click(&mut self, pane: Pane, cell: (u16, u16)) -> Option<Job> {
        let area = self.area(pane);
        match pane {
            Pane::List => {
                let row = self.listing.list.row_at(area, cell.1);
                self.look_at(Pane::List);
                let row = row?;
                self.move_in_list(|list, area| list.move_to(row, area))
            }
            Pane::Reader => {
                let story = self.story.clone()?;
                let hit = self.reader.subject_at(&story, self.setting(), cell);
                self.look_at(Pane::Reader);
                let (subject, place) = hit?;
                self.choose(&story, subject, Some(place));
                asked(&story, subject)
                    .is_some()
                    .then(|| self.open_card(subject))?
            }
            Pane::Sidebar => {
                let story = self.story.clone()?;
                if self.sidebar.fold_at(&story, area, cell.1) {
                    return self.act(Action::ToggleOthers);
                }
                let hit = self.sidebar.subject_at(&story, area, cell.1);
                let before = self.sidebar.selected();
                self.look_at(Pane::Sidebar);
                let subject = hit?;
                if before == hit {
                    return self.open_card(subject);
                }
                self.choose(&story, subject, None)
            }
        }
    }
}
