//! What stands over the panes for a while, and what the keys do in it.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;

use super::App;
use crate::action::Action;
use crate::collection::{Collection, FeedKey, Offer, Request, Scope};
use crate::message::Job;
use crate::pane::card::CardPane;
use crate::pane::collections::Collections;
use crate::pane::digest::DigestPane;
use crate::pane::help::Help;
use crate::pane::input::Input;
use crate::pane::joining::Joining;
use crate::pane::palette::{self, Palette};
use crate::pane::question::Question;
use crate::pane::relations::RelationsPane;
use crate::pane::search::Search;
use crate::pane::sheet::Sheet;
use crate::pane::subscribe::{self, Subscribe};
use crate::story::Mark;

/// Something over the panes. The last one of the stack has the keys.
#[derive(Debug)]
pub enum Overlay {
    /// All keys.
    Help(Help),
    /// The search box.
    Search(Search),
    /// What the list can show.
    Collections(Collections),
    /// Adding a feed.
    Subscribe(Subscribe),
    /// Every action by its words.
    Palette(Palette),
    /// What is known of a name.
    Card(Box<CardPane>),
    /// What the news of some days was about.
    Digest(Box<DigestPane>),
    /// Who is named with whom.
    Relations(Box<RelationsPane>),
    /// Joining a name with another.
    Joining(Joining),
    /// A question, and what is done with the answer.
    Question(Question, Purpose),
}

/// What the answer to a question is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// The name under which what a list shows is to be kept.
    SaveSearch(Request),
    /// Whether a subscription is to be ended.
    Unsubscribe(FeedKey),
    /// Whether a search is to be forgotten.
    Forget(String),
}

impl App {
    /// What stands over the panes, the uppermost last.
    pub fn overlays(&self) -> &[Overlay] {
        &self.overlays
    }

    /// A key for the uppermost overlay.
    pub(super) fn in_overlay(&mut self, event: KeyEvent) -> Option<Job> {
        let action = self.setup.config.keymap.action(event);
        let typed = matches!(event.code, KeyCode::Char(_))
            && !event
                .modifiers
                .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        // A letter may be a part of what is typed; every other key that ends the program does.
        if !typed
            && matches!(
                action,
                Some(Action::Quit | Action::Suspend | Action::Redraw)
            )
        {
            return self.act(action?);
        }
        let screen = self.screen();
        match self.overlays.last_mut()? {
            Overlay::Help(_) => self.in_help(action?),
            Overlay::Search(_) => self.in_search(event),
            Overlay::Collections(_) => self.in_collections(action?),
            Overlay::Subscribe(subscribe) => {
                let wish = subscribe.key(event, screen);
                self.grant(wish)
            }
            Overlay::Palette(palette) => {
                match palette.key(event, self.setup.language.texts(), screen) {
                    palette::Wish::Nothing => None,
                    palette::Wish::Close => self.close(),
                    palette::Wish::Do(action) => {
                        self.overlays.pop();
                        self.act(action)
                    }
                }
            }
            Overlay::Card(_) => self.in_card(action?),
            Overlay::Digest(_) => self.in_digest(action?),
            Overlay::Relations(_) => self.in_relations(action?),
            Overlay::Joining(joining) => {
                let wish = joining.key(event, screen);
                self.join(wish)
            }
            Overlay::Question(..) => self.in_question(event),
        }
    }

    /// A text that was pasted.
    pub(super) fn pasted(&mut self, text: &str) -> Option<Job> {
        let screen = self.screen();
        match self.overlays.last_mut() {
            Some(Overlay::Search(search)) => {
                search.input.paste(text);
                return self.search_typed();
            }
            Some(Overlay::Subscribe(subscribe)) => subscribe.paste(text, screen),
            Some(Overlay::Palette(palette)) => palette.paste(text),
            Some(Overlay::Question(question, _)) => {
                if let Some(input) = &mut question.input {
                    input.paste(text);
                }
            }
            Some(Overlay::Joining(joining)) => {
                let wish = joining.paste(text);
                return self.join(wish);
            }
            Some(
                Overlay::Help(_)
                | Overlay::Collections(_)
                | Overlay::Card(_)
                | Overlay::Digest(_)
                | Overlay::Relations(_),
            )
            | None => {}
        }
        None
    }

    /// Opens the search box on what is searched for now.
    pub(super) fn open_search(&mut self) -> Job {
        self.view.only_text = false;
        self.turn_to_list();
        self.fit();
        let request = self.listing.request.clone();
        let search = Search {
            input: Input::new(&request.text),
            mistake: None,
        };
        self.overlays.push(Overlay::Search(search));
        let title = self.listing.title.clone();
        let job = self.show_list(request, title);
        self.listing.request.typing = true;
        job
    }

    fn in_search(&mut self, event: KeyEvent) -> Option<Job> {
        match event.code {
            KeyCode::Esc => {
                self.overlays.pop();
                self.leave_list();
                return None;
            }
            KeyCode::Enter => return self.search_entered(),
            KeyCode::Up => return self.step(-1),
            KeyCode::Down => return self.step(1),
            KeyCode::PageUp => return self.page(-1),
            KeyCode::PageDown => return self.page(1),
            _ => {}
        }
        match self.overlays.last_mut() {
            Some(Overlay::Search(search)) => {
                search.input.key(event);
                self.search_typed()
            }
            _ => None,
        }
    }

    fn search_typed(&mut self) -> Option<Job> {
        let Some(Overlay::Search(search)) = self.overlays.last_mut() else {
            return None;
        };
        search.mistake = None;
        let text = search.input.value().to_owned();
        if text == self.listing.request.text {
            return None;
        }
        self.listing.request.text = text;
        self.listing.request.typing = true;
        Some(self.ask())
    }

    /// The search is finished; what is wrong with it is said now, and the box stays until it is
    /// mended.
    fn search_entered(&mut self) -> Option<Job> {
        if self.listing.request.text.trim().is_empty() {
            self.overlays.pop();
            self.leave_list();
            return None;
        }
        let same_scope = |one: &Request, other: &Request| one.scope == other.scope;
        // A search that was changed is not one step of its own.
        if let Some(before) = self.trail.last()
            && !before.request.text.is_empty()
            && same_scope(&before.request, &self.listing.request)
        {
            self.trail.pop();
        }
        self.overlays.pop();
        self.turn_to_list();
        self.listing.request.typing = false;
        Some(self.relist())
    }

    /// What is searched for is no query: the box is shown again with the reason.
    pub(super) fn mistaken(&mut self, ticket: u64, reason: String) -> Option<Job> {
        if ticket != self.listing.request.ticket {
            return None;
        }
        if !matches!(self.overlays.last(), Some(Overlay::Search(_))) {
            let input = Input::new(&self.listing.request.text);
            self.overlays.push(Overlay::Search(Search {
                input,
                mistake: None,
            }));
        }
        if let Some(Overlay::Search(search)) = self.overlays.last_mut() {
            search.mistake = Some(reason);
        }
        None
    }

    /// Asks for the name to keep a search under.
    pub(super) fn ask_for_name(&mut self) -> Option<Job> {
        let request = self.listing.request.clone();
        let names = request.names.iter().map(|filter| filter.name.as_str());
        let parts: Vec<&str> = std::iter::once(request.text.trim())
            .chain(names)
            .filter(|part| !part.is_empty())
            .collect();
        if parts.is_empty() {
            return self.say(self.texts().no_search);
        }
        let question = Question::typed(self.texts().name_of_search, &parts.join(" "));
        self.overlays
            .push(Overlay::Question(question, Purpose::SaveSearch(request)));
        None
    }

    /// Asks again, for the name is that of another search.
    pub(super) fn ask_for_another_name(&mut self, name: &str, request: Request) {
        let question = Question::typed(self.texts().name_taken, name);
        self.overlays
            .push(Overlay::Question(question, Purpose::SaveSearch(request)));
    }

    fn in_question(&mut self, event: KeyEvent) -> Option<Job> {
        let Some(Overlay::Question(question, purpose)) = self.overlays.last_mut() else {
            return None;
        };
        let purpose = purpose.clone();
        let Some(input) = &mut question.input else {
            // One key answers: yes, or anything else.
            let yes = matches!(event.code, KeyCode::Char('y' | 'Y'));
            self.overlays.pop();
            return match purpose {
                _ if !yes => None,
                Purpose::Unsubscribe(feed) => Some(Job::Unsubscribe(feed)),
                Purpose::Forget(name) => Some(Job::ForgetSearch(name)),
                Purpose::SaveSearch(_) => None,
            };
        };
        match (event.code, purpose) {
            (KeyCode::Esc, _) => self.close(),
            (KeyCode::Enter, Purpose::SaveSearch(request)) => {
                let name = input.value().trim().to_owned();
                if name.is_empty() {
                    return None;
                }
                self.overlays.pop();
                Some(Job::SaveSearch { name, request })
            }
            _ => {
                input.key(event);
                None
            }
        }
    }

    fn in_collections(&mut self, action: Action) -> Option<Job> {
        let screen = self.screen();
        let Some(Overlay::Collections(collections)) = self.overlays.last_mut() else {
            return None;
        };
        if let Some(delta) = delta(action, screen.height) {
            collections.move_by(delta, screen);
            return None;
        }
        match action {
            Action::Back | Action::Collections => self.close(),
            Action::Undo | Action::Refresh | Action::Help | Action::Quit => self.act(action),
            Action::AddFeed => {
                self.overlays.pop();
                self.act(action)
            }
            _ => {
                let chosen = collections.selected().cloned()?;
                self.with_collection(action, chosen)
            }
        }
    }

    /// What a key does with the collection the user is on.
    fn with_collection(&mut self, action: Action, chosen: Collection) -> Option<Job> {
        let texts = self.texts();
        match (action, chosen.scope) {
            (Action::Open | Action::PaneRight, scope) => {
                self.overlays.pop();
                let title = if scope == Scope::All {
                    String::new()
                } else {
                    chosen.title
                };
                self.show_collection(scope, title)
            }
            (Action::RefreshFeed, Scope::Feed(feed)) => Some(Job::Refresh(Some(feed))),
            (Action::FullText, Scope::Feed(feed)) => Some(Job::KeepWhole(feed, !chosen.full_text)),
            (Action::MarkAllRead, scope) => {
                let request = Request {
                    scope,
                    ..Request::default()
                };
                Some(Job::MarkAll(request, Mark::Read))
            }
            (Action::Remove, Scope::Feed(feed)) => {
                let question = Question::confirm(texts.ask_unsubscribe, &chosen.title);
                self.confirm(question, Purpose::Unsubscribe(feed))
            }
            (Action::Remove, Scope::Search { name, .. }) => {
                let question = Question::confirm(texts.ask_forget, &name);
                self.confirm(question, Purpose::Forget(name))
            }
            _ => None,
        }
    }

    fn confirm(&mut self, question: Question, purpose: Purpose) -> Option<Job> {
        self.overlays.push(Overlay::Question(question, purpose));
        None
    }

    /// What there is at an address; nobody waits for it any more where the user has gone on.
    pub(super) fn found(&mut self, typed: &str, found: Result<Vec<Offer>, String>) -> Option<Job> {
        let (screen, texts) = (self.screen(), self.texts());
        let Some(Overlay::Subscribe(subscribe)) = self.overlays.last_mut() else {
            return None;
        };
        if !subscribe.waits_for(typed) {
            return None;
        }
        match found {
            Err(reason) => subscribe.say(reason, true),
            Ok(offers) if offers.len() == 1 => {
                self.overlays.pop();
                return Some(Job::SubscribeTo(offers));
            }
            Ok(offers) => {
                let words = (texts.several_feeds)(offers.len());
                subscribe.choose(offers, screen);
                subscribe.say(words, false);
            }
        }
        None
    }

    fn grant(&mut self, wish: subscribe::Wish) -> Option<Job> {
        match wish {
            subscribe::Wish::Nothing => None,
            subscribe::Wish::Close => self.close(),
            subscribe::Wish::Find(address) => {
                let words = (self.texts().looking_for)(&address);
                if let Some(Overlay::Subscribe(subscribe)) = self.overlays.last_mut() {
                    subscribe.say(words, false);
                }
                Some(Job::Subscribe(address))
            }
            subscribe::Wish::Unknown => {
                let words = self.texts().no_such_feed.to_owned();
                if let Some(Overlay::Subscribe(subscribe)) = self.overlays.last_mut() {
                    subscribe.say(words, true);
                }
                None
            }
            subscribe::Wish::Take(offers) => {
                self.overlays.pop();
                (!offers.is_empty()).then_some(Job::SubscribeTo(offers))
            }
        }
    }

    pub(super) fn close(&mut self) -> Option<Job> {
        self.overlays.pop();
        None
    }

    /// The keys while the help screen is shown: it scrolls, and goes away.
    fn in_help(&mut self, action: Action) -> Option<Job> {
        let screen = self.screen();
        match action {
            Action::Back | Action::Help | Action::Open => return self.close(),
            Action::Quit => return self.act(action),
            _ => {}
        }
        if let (Some(delta), Some(Overlay::Help(help))) =
            (delta(action, screen.height), self.overlays.last_mut())
        {
            help.scroll_by(delta, &self.setup.config.keymap, screen);
        }
        None
    }

    /// A click while something stands over the panes; one beside it puts it away.
    pub(super) fn click_overlay(&mut self, cell: (u16, u16), screen: Rect) -> Option<Job> {
        match self.overlays.last_mut()? {
            Overlay::Collections(collections) if collections.covers(cell, screen) => {
                if collections.move_to_row(cell.1, screen) {
                    return self.in_collections(Action::Open);
                }
                None
            }
            Overlay::Subscribe(subscribe) if subscribe.covers(cell, screen) => {
                subscribe.click(cell.1, screen);
                None
            }
            Overlay::Search(_) => {
                let job = self.search_entered();
                self.keeping.extend(job);
                None
            }
            Overlay::Card(_) | Overlay::Digest(_) | Overlay::Relations(_) => {
                let job = self.click_lookup(cell);
                self.keeping.extend(job);
                None
            }
            _ => self.close(),
        }
    }

    /// The wheel while something stands over the panes.
    pub(super) fn wheel_overlay(&mut self, cell: (u16, u16), lines: isize, screen: Rect) -> bool {
        let body = self.body();
        match self.overlays.last_mut() {
            Some(Overlay::Help(help)) => {
                help.scroll_by(lines, &self.setup.config.keymap, screen);
                true
            }
            Some(Overlay::Collections(collections)) => {
                collections.move_by(lines.signum(), screen);
                true
            }
            Some(Overlay::Card(pane)) => {
                pane.wheel(cell, lines, body);
                let wanted = self.want_rows();
                self.keeping.extend(wanted);
                true
            }
            Some(Overlay::Digest(pane)) => {
                pane.wheel(cell, lines, body);
                true
            }
            Some(Overlay::Relations(pane)) => {
                pane.move_by(lines.signum(), body);
                true
            }
            Some(
                Overlay::Subscribe(_)
                | Overlay::Palette(_)
                | Overlay::Joining(_)
                | Overlay::Question(..),
            ) => true,
            Some(Overlay::Search(_)) | None => false,
        }
    }

    /// Fits what stands over the panes to the screen.
    pub(super) fn fit_overlays(&mut self, screen: Rect) {
        let texts = self.setup.language.texts();
        let body = self.body();
        for overlay in &mut self.overlays {
            match overlay {
                Overlay::Help(help) => help.scroll_by(0, &self.setup.config.keymap, screen),
                Overlay::Collections(collections) => collections.fit(screen),
                Overlay::Subscribe(subscribe) => subscribe.fit(screen),
                Overlay::Palette(palette) => palette.fit(texts, screen),
                Overlay::Card(pane) => pane.fit(body),
                Overlay::Digest(pane) => pane.fit(body),
                Overlay::Relations(pane) => pane.fit(body),
                Overlay::Joining(joining) => joining.fit(screen),
                Overlay::Search(_) | Overlay::Question(..) => {}
            }
        }
    }
}

/// How many rows an action moves by where a page is half of so many lines; none where it does not
/// move.
fn delta(action: Action, lines: u16) -> Option<isize> {
    let page = isize::try_from(lines / 2).unwrap_or(1);
    match action {
        Action::Down => Some(1),
        Action::Up => Some(-1),
        Action::PageDown => Some(page),
        Action::PageUp => Some(-page),
        Action::First => Some(isize::MIN),
        Action::Last => Some(isize::MAX),
        _ => None,
    }
}
