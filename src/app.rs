//! The program's state and the one function that changes it.

mod keys;
mod listing;
mod lookup;
mod mouse;
mod moves;
mod overlay;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::ZonedDateTime;
use ratatui::layout::Rect;

use crate::action::Action;
use crate::config::Config;
use crate::language::{Language, Texts};
use crate::layout::{Breadth, Layout, Pane, View, arrange};
use crate::message::{Job, Message, Progress};
use crate::pane::Glyphs;
use crate::pane::list::List;
use crate::pane::reader::{Reader, Setting};
use crate::pane::sidebar::Sidebar;
use crate::story::{Mark, Place, Story, StoryId};
use crate::theme::Theme;

pub use self::listing::Listing;
pub use self::overlay::{Overlay, Purpose};

/// A list of fewer rows is read again as soon as there is something new.
const SHORT_LIST: usize = 500;

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

/// What the last message did to what is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Picture {
    /// Nothing.
    Same,
    /// It may be another one.
    Changed,
    /// It is gone, and to be drawn whole.
    Lost,
}

/// Everything the program knows while it runs.
///
/// [`App::update`] is the only writer; `screen::draw` borrows it and changes nothing.
#[derive(Debug)]
pub struct App {
    setup: Setup,
    size: (u16, u16),
    view: View,
    listing: Listing,
    /// The lists one can go back to, the last one first.
    trail: Vec<Listing>,
    /// The number of the last list asked for.
    tickets: u64,
    reader: Reader,
    sidebar: Sidebar,
    overlays: Vec<Overlay>,
    story: Option<Arc<Story>>,
    /// The ways back from what was looked up, the last one last.
    returns: Vec<lookup::Return>,
    /// The article that is looked at though the list is not on it.
    guest: Option<lookup::Guest>,
    /// The article asked for last: one that comes later than the user wants it is not shown.
    wanted: Option<StoryId>,
    /// Feeds are being fetched.
    refreshing: Option<Progress>,
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
    picture: Picture,
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
            listing: Listing::default(),
            trail: Vec::new(),
            tickets: 0,
            reader: Reader::default(),
            sidebar: Sidebar::default(),
            overlays: Vec::new(),
            story: None,
            returns: Vec::new(),
            guest: None,
            wanted: None,
            refreshing: None,
            places: HashMap::new(),
            now,
            notice: None,
            keeping: Vec::new(),
            reading: None,
            failures: Vec::new(),
            touched: false,
            picture: Picture::Changed,
            ended: false,
        }
    }

    /// Takes in one thing that happened, and gives the work it asks for, in order.
    pub fn update(&mut self, message: Message) -> Vec<Job> {
        self.picture = match message {
            Message::Now(_) => Picture::Same,
            _ => Picture::Changed,
        };
        let asked = self.take_in(message);
        let mut jobs = std::mem::take(&mut self.keeping);
        jobs.extend(asked);
        jobs
    }

    /// What is fixed for this run.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// Columns and rows of the screen.
    pub fn size(&self) -> (u16, u16) {
        self.size
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
        &self.listing.list
    }

    /// The reader.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The sidebar.
    pub fn sidebar(&self) -> &Sidebar {
        &self.sidebar
    }

    /// How far the feeds are fetched, while they are.
    pub fn refreshing(&self) -> Option<Progress> {
        self.refreshing
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
        self.picture == Picture::Lost
    }

    /// Whether the last message may have changed what is on the screen.
    pub fn is_new(&self) -> bool {
        self.picture != Picture::Same
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
                self.picture = Picture::Lost;
                // A card may have room for more of its articles now.
                self.want_rows()
            }
            Message::Now(now) => {
                self.now = now;
                None
            }
            Message::Pasted(text) => self.pasted(&text),
            Message::Listed(rows) => self.listed(rows, self.area(Pane::List)),
            Message::Mistaken(ticket, reason) => self.mistaken(ticket, reason),
            Message::Collections(all) => {
                let (screen, shown) = (self.screen(), self.listing.request.scope.clone());
                for overlay in &mut self.overlays {
                    if let Overlay::Collections(collections) = overlay {
                        collections.show(all, &shown, screen);
                        break;
                    }
                }
                None
            }
            Message::NameTaken(name, request) => {
                self.ask_for_another_name(&name, request);
                None
            }
            Message::Versions(id, rows) => {
                let area = self.area(Pane::List);
                self.listing.list.unfold(id, rows, area);
                None
            }
            Message::Card(..)
            | Message::CardRows(..)
            | Message::CardChanged
            | Message::Following(..)
            | Message::Suggested(..)
            | Message::Digest(_)
            | Message::Relations(..) => self.looked_up(message),
            Message::Offered(offers) => {
                let screen = self.screen();
                if let Some(Overlay::Subscribe(subscribe)) = self.overlays.last_mut() {
                    subscribe.offer(offers, screen);
                }
                None
            }
            Message::Found(typed, found) => self.found(&typed, found),
            Message::Searched(ticket, text) => {
                if ticket == self.listing.request.ticket {
                    self.listing.request.text = text;
                }
                None
            }
            // What went wrong is the more important thing to say.
            Message::Samples(_) if self.notice.is_some() => None,
            Message::Samples(has_feeds) => {
                let (action, words) = if has_feeds {
                    (Action::Refresh, self.texts().samples_before_feeds)
                } else {
                    (Action::AddFeed, self.texts().samples_shown)
                };
                let key = self.setup.config.keymap.name(action);
                self.say(&words(&key))
            }
            Message::Refreshing(progress) => self.progressed(progress),
            Message::Refreshed(line) => {
                self.refreshing = None;
                if let Some(line) = line {
                    self.say(&line);
                }
                Some(self.changed())
            }
            Message::Changed => Some(self.changed()),
            Message::RefreshDue => (!self.is_fetching()).then_some(Job::Refresh(None)),
            Message::Opened(story, hits) => {
                self.opened(story, hits);
                None
            }
            Message::Marked(ids, mark) => {
                if mark == Mark::Read && ids.len() > 1 {
                    let key = self.setup.config.keymap.name(Action::Undo);
                    self.say(&(self.texts().marked_read)(ids.len(), &key));
                }
                for id in ids {
                    self.mark_in_lists(id, mark);
                }
                None
            }
            Message::OnTop(row) => {
                let area = self.area(Pane::List);
                self.first_list().put_on_top(row, area);
                if self.touched {
                    return None;
                }
                // What was asked for on the command line is what one wants to see first.
                self.listing.list.move_to(0, area);
                self.open_selected()
            }
            Message::Reading(left) => {
                self.reading = Some(left);
                // With nothing at all to show, the reader would be an odd place to say so.
                if left == 0 && self.first_list().rows().is_empty() && !self.failures.is_empty() {
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
            Pane::List => self.turn_to_list(),
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

    /// Gives the keys to the list, and the place the sidebar has where only two panes fit.
    fn turn_to_list(&mut self) {
        self.view.focus = Pane::List;
        self.view.sidebar_when_medium = false;
    }

    /// Marks an article, here and for good.
    fn mark(&mut self, id: StoryId, mark: Mark) -> Option<Job> {
        if self.mark_in_lists(id, mark) {
            self.keeping.push(Job::Mark(id, mark));
        }
        None
    }

    /// News of the feeds being fetched; what is new is put into the list now and then.
    fn progressed(&mut self, progress: Progress) -> Option<Job> {
        let before = self.refreshing.replace(progress);
        let new = progress.new > before.map_or(0, |before| before.new);
        let shown = self.listing.list.rows().len();
        // A long list is read again at the end only.
        (new && shown < SHORT_LIST && !self.listing.is_coming()).then(|| self.relist())
    }

    /// Feeds are being fetched.
    fn is_fetching(&self) -> bool {
        let progress = self.refreshing;
        progress.is_some_and(|progress| !progress.is_naming_only())
    }

    /// The library is not what it was.
    fn changed(&mut self) -> Job {
        let asks = |overlay: &Overlay| matches!(overlay, Overlay::Collections(_));
        if self.overlays.iter().any(asks) {
            self.keeping.push(Job::Collections);
        }
        self.relist()
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
        self.listing.list.keep_in_view(list);
        if let Some(story) = &self.story {
            self.reader.set(story, setting);
            self.sidebar.keep_in_view(story, sidebar);
        }
        let screen = self.screen();
        self.fit_overlays(screen);
    }

    /// Everything between header and footer.
    fn body(&self) -> Rect {
        self.layout()
            .map(|layout| layout.body())
            .unwrap_or_default()
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
