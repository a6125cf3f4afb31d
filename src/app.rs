//! The program's state and the one function that changes it.

mod keys;
mod mouse;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::ZonedDateTime;
use ratatui::layout::Rect;

use crate::config::Config;
use crate::language::{Language, Texts};
use crate::layout::{Breadth, Layout, Pane, View, arrange};
use crate::message::{Job, Message};
use crate::pane::Glyphs;
use crate::pane::help::Help;
use crate::pane::list::List;
use crate::pane::reader::{Reader, Setting};
use crate::pane::sidebar::Sidebar;
use crate::story::{Mark, Place, Story, StoryId, Subject};
use crate::theme::Theme;

/// Names one moves by at a page key in the sidebar.
const NAMES_A_PAGE: isize = 5;

/// What is fixed for as long as the program runs.
#[derive(Debug)]
pub struct Setup {
    /// The user's settings.
    pub config: Config,
    /// The language of the interface.
    pub language: Language,
    /// Colours for this terminal.
    pub theme: Theme,
    /// Marks this terminal can show.
    pub glyphs: &'static Glyphs,
}

/// One line for the user at the bottom of the screen, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub text: String,
    /// Whether it is something that went wrong.
    pub alarm: bool,
}

/// Everything the program knows while it runs.
///
/// [`App::update`] is the only writer; `screen::draw` borrows it and changes nothing.
#[derive(Debug)]
pub struct App {
    setup: Setup,
    size: (u16, u16),
    view: View,
    list: List,
    reader: Reader,
    sidebar: Sidebar,
    help: Option<Help>,
    story: Option<Arc<Story>>,
    /// Where the user was in each article read before.
    places: HashMap<StoryId, Place>,
    now: ZonedDateTime,
    notice: Option<Notice>,
    /// Work asked for beside what the key was for: marks and places to be kept.
    keeping: Vec<Job>,
    /// Sources of this run still being read; none yet known at the very start.
    reading: Option<usize>,
    /// A line for each source that could not be read.
    failures: Vec<String>,
    /// Whether the user has done anything yet.
    touched: bool,
    redraw: bool,
    ended: bool,
}

impl App {
    /// The state before anything has happened, on a screen of so many columns and rows.
    pub fn new(setup: Setup, size: (u16, u16), now: ZonedDateTime) -> Self {
        Self {
            setup,
            size,
            view: View {
                focus: Pane::List,
                sidebar_when_wide: true,
                sidebar_when_medium: false,
                only_text: false,
            },
            list: List::default(),
            reader: Reader::default(),
            sidebar: Sidebar::default(),
            help: None,
            story: None,
            places: HashMap::new(),
            now,
            notice: None,
            keeping: Vec::new(),
            reading: None,
            failures: Vec::new(),
            touched: false,
            redraw: false,
            ended: false,
        }
    }

    /// Takes in one thing that happened, and gives the work it asks for, in order.
    pub fn update(&mut self, message: Message) -> Vec<Job> {
        self.redraw = false;
        let asked = self.take_in(message);
        let mut jobs = std::mem::take(&mut self.keeping);
        jobs.extend(asked);
        jobs
    }

    /// What is fixed for this run.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The words of the interface.
    pub fn texts(&self) -> &'static Texts {
        self.setup.language.texts()
    }

    /// Where everything stands, or nothing when the window is too small.
    pub fn layout(&self) -> Option<Layout> {
        arrange(self.size.0, self.size.1, self.view)
    }

    /// The pane the keys go to.
    pub fn focus(&self) -> Pane {
        self.view.focus
    }

    /// The article list.
    pub fn list(&self) -> &List {
        &self.list
    }

    /// The reader.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The sidebar.
    pub fn sidebar(&self) -> &Sidebar {
        &self.sidebar
    }

    /// The help screen, while it is shown.
    pub fn help(&self) -> Option<Help> {
        self.help
    }

    /// The article on the screen.
    pub fn story(&self) -> Option<&Story> {
        self.story.as_deref()
    }

    /// The time, in the user's time zone.
    pub fn now(&self) -> &ZonedDateTime {
        &self.now
    }

    /// The line at the bottom, if something is to be said.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// Whether there are sources still being read.
    pub fn loading(&self) -> bool {
        self.reading != Some(0)
    }

    /// A line for each source that could not be read.
    pub fn failures(&self) -> &[String] {
        &self.failures
    }

    /// Whether the whole screen is to be drawn anew.
    pub fn redraw(&self) -> bool {
        self.redraw
    }

    /// Whether the program is to end.
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// How the text is set on this screen.
    pub fn setting(&self) -> Setting {
        let config = &self.setup.config;
        Setting {
            area: self.area(Pane::Reader),
            measure: config.measure,
            hyphenate: config.hyphenate,
        }
    }

    fn take_in(&mut self, message: Message) -> Option<Job> {
        match message {
            Message::Key(event) => self.key(event),
            Message::Mouse(event) => self.mouse(event),
            Message::Resized { columns, rows } => {
                self.size = (columns, rows);
                self.fit();
                // A window made small and large again has lost what stood in it, though the size
                // is the one we drew for.
                self.redraw = true;
                None
            }
            Message::Now(now) => {
                self.now = now;
                None
            }
            Message::Listed(rows) => {
                let first = self.list.rows().is_empty();
                self.list.append(rows, self.area(Pane::List));
                if first { self.open_selected() } else { None }
            }
            Message::Opened(story) => {
                self.opened(story);
                None
            }
            Message::Marked(ids, mark) => {
                for id in ids {
                    self.list.mark(id, mark);
                }
                None
            }
            Message::OnTop(row) => {
                let area = self.area(Pane::List);
                self.list.put_on_top(row, area);
                if self.touched {
                    return None;
                }
                // What was asked for on the command line is what one wants to see first.
                self.list.move_to(0, area);
                self.open_selected()
            }
            Message::Reading(left) => {
                self.reading = Some(left);
                // With nothing at all to show, the reader would be an odd place to say so.
                if left == 0 && self.list.rows().is_empty() && !self.failures.is_empty() {
                    self.ended = true;
                }
                None
            }
            Message::Unread(text) => {
                self.failures.push(text.clone());
                self.notice = Some(Notice { text, alarm: true });
                None
            }
            Message::Failed(text) => {
                self.notice = Some(Notice { text, alarm: true });
                None
            }
            Message::Done(text) => {
                self.notice = Some(Notice { text, alarm: false });
                None
            }
            Message::Ended => {
                self.end_program();
                None
            }
        }
    }

    fn step(&mut self, delta: isize) -> Option<Job> {
        match self.view.focus {
            Pane::List => self.move_in_list(|list, area| list.move_by(delta, area)),
            Pane::Reader => self.scroll(|reader, setting| reader.scroll_by(delta, setting)),
            Pane::Sidebar => self.choose_neighbour(delta),
        }
    }

    fn page(&mut self, pages: isize) -> Option<Job> {
        match self.view.focus {
            Pane::List => self.move_in_list(|list, area| list.move_page(pages, area)),
            Pane::Reader => self.scroll(|reader, setting| reader.scroll_page(pages, setting)),
            Pane::Sidebar => self.choose_neighbour(pages * NAMES_A_PAGE),
        }
    }

    fn scroll(&mut self, scroll: impl FnOnce(&mut Reader, Setting)) -> Option<Job> {
        let setting = self.setting();
        scroll(&mut self.reader, setting);
        None
    }

    fn move_in_list(&mut self, movement: impl FnOnce(&mut List, Rect)) -> Option<Job> {
        let area = self.area(Pane::List);
        movement(&mut self.list, area);
        self.open_selected()
    }

    /// Asks for the article the user is on, unless it is on the screen.
    fn open_selected(&mut self) -> Option<Job> {
        let id = self.list.selected()?.id;
        (self.story.as_ref().map(|story| story.id) != Some(id)).then_some(Job::Open(id))
    }

    /// The article is there: sets it, if the user has not gone on to another one meanwhile.
    fn opened(&mut self, story: Arc<Story>) {
        if self.list.selected().is_none_or(|row| row.id != story.id) {
            return;
        }
        self.keep_place();
        let place = self.places.get(&story.id).copied().or(story.place);
        self.reader.show(&story, place, self.setting());
        self.sidebar.reset();
        self.story = Some(story);
        if self.view.focus != Pane::List {
            self.mark_read();
        }
    }

    fn open(&mut self) -> Option<Job> {
        match self.view.focus {
            Pane::List => {
                let job = self.open_selected();
                self.look_at(Pane::Reader);
                job
            }
            Pane::Sidebar => {
                if let (Some(story), Some(subject)) = (self.story.clone(), self.sidebar.selected())
                {
                    self.choose(&story, subject, None);
                }
                self.look_at(Pane::Reader)
            }
            Pane::Reader => None,
        }
    }

    /// One step back: from only the text to all panes, from the light on a name to none, from the
    /// sidebar to the text, from the text to the list.
    fn back(&mut self) -> Option<Job> {
        if self.view.only_text {
            self.view.only_text = false;
            self.fit();
            return None;
        }
        match self.view.focus {
            Pane::Sidebar => self.look_at(Pane::Reader),
            Pane::Reader if self.reader.choose_nothing() => {
                self.sidebar.reset();
                None
            }
            Pane::Reader => self.look_at(Pane::List),
            Pane::List => None,
        }
    }

    fn move_article(&mut self, delta: isize) -> Option<Job> {
        let area = self.area(Pane::List);
        self.list.move_by(delta, area);
        self.open_selected()
    }

    fn read_article(&mut self, index: usize) -> Option<Job> {
        let area = self.area(Pane::List);
        self.list.move_to(index, area);
        let job = self.open_selected();
        self.look_at(Pane::Reader);
        job
    }

    fn step_mention(&mut self, step: isize) -> Option<Job> {
        if self.reader.chosen().is_none() {
            let story = self.story.clone()?;
            return match self.reader.nearest(&story, step > 0) {
                Some((subject, place)) => self.choose(&story, subject, Some(place)),
                None => self.say(self.texts().no_names),
            };
        }
        self.scroll(|reader, setting| reader.step_mention(step, setting))
    }

    fn choose_neighbour(&mut self, delta: isize) -> Option<Job> {
        let story = self.story.clone()?;
        match self.sidebar.neighbour(&story, delta) {
            Some(subject) => self.choose(&story, subject, None),
            None => self.say(self.texts().no_names),
        }
    }

    fn choose(&mut self, story: &Story, subject: Subject, place: Option<Place>) -> Option<Job> {
        self.sidebar
            .select(story, Some(subject), self.area(Pane::Sidebar));
        self.reader.choose(story, subject, place, self.setting());
        None
    }

    fn toggle_sidebar(&mut self) -> Option<Job> {
        let shown = self.layout().is_some_and(|layout| layout.sidebar.is_some());
        if !shown {
            self.view.only_text = false;
            self.view.sidebar_when_wide = true;
            return match Breadth::of(self.size.0) {
                // It stands beside the text without taking the keys from it.
                Breadth::Wide => self.look_at(self.view.focus),
                Breadth::Medium | Breadth::Narrow => self.look_at(Pane::Sidebar),
            };
        }
        if self.view.focus == Pane::Sidebar {
            self.view.focus = Pane::Reader;
        }
        self.view.sidebar_when_medium = false;
        if Breadth::of(self.size.0) == Breadth::Wide {
            self.view.sidebar_when_wide = false;
        }
        self.fit();
        None
    }

    /// Gives the keys to a pane, showing it if it is hidden.
    fn look_at(&mut self, pane: Pane) -> Option<Job> {
        if self.view.only_text && pane != Pane::Reader {
            self.view.only_text = false;
        }
        self.view.focus = pane;
        match pane {
            Pane::List => self.view.sidebar_when_medium = false,
            Pane::Sidebar => {
                self.view.sidebar_when_wide = true;
                self.view.sidebar_when_medium = true;
            }
            Pane::Reader => {}
        }
        self.fit();
        if pane != Pane::List {
            self.mark_read();
        }
        if pane == Pane::Sidebar && self.sidebar.selected().is_none() {
            return self.choose_neighbour(0);
        }
        None
    }

    /// Marks an article, here and for good.
    fn mark(&mut self, id: StoryId, mark: Mark) -> Option<Job> {
        if self.list.mark(id, mark) {
            self.keeping.push(Job::Mark(id, mark));
        }
        None
    }

    fn mark_read(&mut self) {
        if let Some(story) = &self.story {
            self.mark(story.id, Mark::Read);
        }
    }

    /// Notes where the user is in the article on the screen.
    fn keep_place(&mut self) {
        if let (Some(story), Some(place)) = (&self.story, self.reader.place())
            && self.places.insert(story.id, place) != Some(place)
        {
            self.keeping.push(Job::KeepPlace(story.id, place));
        }
    }

    fn end_program(&mut self) {
        self.keep_place();
        self.ended = true;
    }

    fn link(&self) -> Option<String> {
        self.story.as_ref().and_then(|story| story.link.clone())
    }

    fn say(&mut self, text: &str) -> Option<Job> {
        self.notice = Some(Notice {
            text: text.to_owned(),
            alarm: false,
        });
        None
    }

    /// Fits every pane to the screen after its size or what is shown has changed.
    fn fit(&mut self) {
        let (list, sidebar, setting) = (
            self.area(Pane::List),
            self.area(Pane::Sidebar),
            self.setting(),
        );
        self.list.keep_in_view(list);
        if let Some(story) = &self.story {
            self.reader.set(story, setting);
            self.sidebar.keep_in_view(story, sidebar);
        }
        let screen = self.screen();
        if let Some(help) = &mut self.help {
            help.scroll_by(0, &self.setup.config.keymap, screen);
        }
    }

    fn screen(&self) -> Rect {
        Rect::new(0, 0, self.size.0, self.size.1)
    }

    /// Where a pane is; one that is hidden has the place it would have if it were looked at.
    fn area(&self, pane: Pane) -> Rect {
        let shown = self.layout().and_then(|layout| layout.pane(pane));
        shown
            .or_else(|| {
                let view = View {
                    focus: pane,
                    only_text: false,
                    sidebar_when_wide: true,
                    sidebar_when_medium: pane == Pane::Sidebar,
                };
                arrange(self.size.0, self.size.1, view).and_then(|layout| layout.pane(pane))
            })
            .unwrap_or_default()
    }
}
