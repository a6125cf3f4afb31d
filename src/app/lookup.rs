//! Looking names up: cards, the digest, relations, lists of a name's articles; and the way back to
//! exactly where one was.

use std::sync::Arc;

use super::{App, Overlay};
use crate::action::Action;
use crate::collection::Request;
use crate::entity::CountryCode;
use crate::layout::{Pane, View};
use crate::lookup::{Asked, Card, Digest, Filter, Named, Relation, Who};
use crate::message::{Job, Message};
use crate::pane::card::CardPane;
use crate::pane::card::context::contexts;
use crate::pane::digest::DigestPane;
use crate::pane::joining::{self, Joining};
use crate::pane::reader::Reader;
use crate::pane::relations::RelationsPane;
use crate::pane::sheet::{Choice, Column, Cursor, Sheet};
use crate::pane::sidebar::Sidebar;
use crate::story::{Mark, Row, Story, StoryId, Subject};

/// Days a digest can be of; the first is shown when it is opened.
pub(super) const PERIODS: [u16; 4] = [7, 30, 365, 1];
/// So many ways back are kept.
const RETURNS: usize = 50;

/// Where the user was before they went on, and everything needed to be there again.
#[derive(Debug)]
pub(super) struct Return {
    overlays: Vec<Overlay>,
    story: Option<Arc<Story>>,
    reader: Reader,
    sidebar: Sidebar,
    view: View,
    /// How many lists one could go back to.
    depth: usize,
}

/// An article that is looked at though the list is not on it.
#[derive(Debug)]
pub(super) struct Guest {
    id: StoryId,
    unread: bool,
    /// What to light in it.
    light: Option<Light>,
}

/// A name as it may stand in an article.
#[derive(Debug)]
enum Light {
    Person(Vec<String>),
    Country(CountryCode),
}

impl App {
    /// Something that was looked up has come.
    pub(super) fn looked_up(&mut self, message: Message) -> Option<Job> {
        match message {
            Message::Card(card, before) => return self.card_came(*card, before),
            Message::CardRows(who, first, rows) => return self.card_rows_came(who, first, rows),
            Message::CardChanged => return self.card_changed(),
            Message::Following(id, followed) => self.following(id, followed),
            Message::Suggested(typed, people) => self.suggested(&typed, people),
            Message::Digest(digest) => self.digest_came(*digest),
            Message::Relations(relations, among) => self.relations_came(relations, among),
            _ => {}
        }
        None
    }

    /// Opens the card of a name of the article on the screen.
    pub(super) fn open_card(&mut self, subject: Subject) -> Option<Job> {
        let story = self.story.clone()?;
        match asked(&story, subject) {
            Some((asked, _)) => Some(Job::Card(asked, Some(story.id))),
            None => self.say(self.texts().lookup.no_card),
        }
    }

    /// Opens the card of the name nearest the top of the text.
    pub(super) fn open_nearest_card(&mut self) -> Option<Job> {
        let story = self.story.clone()?;
        let subject = match self.view.focus {
            Pane::Sidebar => self.sidebar.selected(),
            Pane::List | Pane::Reader => {
                let nearest = self.reader.nearest(&story, true);
                nearest.map(|(subject, _)| subject)
            }
        };
        match subject {
            Some(subject) => self.open_card(subject),
            None => self.say(self.texts().no_names),
        }
    }

    /// A card has come: a new one, or that of `before` as it is now.
    fn card_came(&mut self, card: Card, before: Option<Who>) -> Option<Job> {
        let area = self.body();
        let here = match (&self.story, card.here) {
            (Some(story), Some(subject)) => contexts(story, subject),
            _ => Vec::new(),
        };
        let Some(before) = before else {
            let pane = Box::new(CardPane::new(card, here, area));
            self.overlays.push(Overlay::Card(pane));
            return self.want_rows();
        };
        for overlay in &mut self.overlays {
            if let Overlay::Card(pane) = overlay
                && pane.card().who == before
            {
                pane.renew(card.clone(), here.clone(), area);
            }
        }
        self.want_rows()
    }

    /// Articles of a card have come.
    fn card_rows_came(&mut self, who: Who, first: usize, rows: Vec<Row>) -> Option<Job> {
        for overlay in &mut self.overlays {
            if let Overlay::Card(pane) = overlay
                && pane.card().who == who
            {
                pane.take(first, rows);
                break;
            }
        }
        self.want_rows()
    }

    /// The card on the screen is asked for anew.
    fn card_changed(&mut self) -> Option<Job> {
        let story = self.story.as_ref().map(|story| story.id);
        let shown = self
            .overlays
            .iter()
            .rev()
            .find_map(|overlay| match overlay {
                Overlay::Card(pane) => Some(pane.card()),
                _ => None,
            });
        shown.map(|card| Job::RenewCard(card.asked.clone(), card.who, story))
    }

    /// Which names of an article are followed.
    fn following(&mut self, id: StoryId, followed: Vec<Subject>) {
        if let Some(story) = &mut self.story
            && story.id == id
            && story.followed != followed
        {
            Arc::make_mut(story).followed = followed;
        }
    }

    /// A digest has come; it takes the place of one of another period.
    fn digest_came(&mut self, digest: Digest) {
        let pane = Box::new(DigestPane::new(digest, self.body()));
        if matches!(self.overlays.last(), Some(Overlay::Digest(_))) {
            self.overlays.pop();
        }
        self.overlays.push(Overlay::Digest(pane));
    }

    /// The relations of the list have come.
    fn relations_came(&mut self, relations: Vec<Relation>, among: usize) {
        let pane = Box::new(RelationsPane::new(relations, among));
        self.overlays.push(Overlay::Relations(pane));
    }

    /// People that the words typed so far may mean have come.
    fn suggested(&mut self, typed: &str, people: Vec<Named>) {
        let screen = self.screen();
        if let Some(Overlay::Joining(joining)) = self.overlays.last_mut() {
            joining.suggest(typed, people, screen);
        }
    }

    /// Lists only the articles with the name the user means, or only those without; the same again
    /// lets the name go.
    pub(super) fn filter(&mut self, without: bool) -> Option<Job> {
        let Some((asked, name)) = self.name_meant() else {
            return self.say(self.texts().no_name_chosen);
        };
        let mut names = self.listing.request.names.clone();
        match names.iter().position(|filter| filter.name == name) {
            Some(at) if names[at].without == without => {
                names.remove(at);
            }
            Some(at) => names[at].without = without,
            None => names.push(Filter {
                asked,
                name,
                without,
            }),
        }
        Some(self.list_names(names))
    }

    /// Follows the name the user means, or no longer.
    pub(super) fn toggle_follow(&mut self) -> Option<Job> {
        let Some((asked, name)) = self.name_meant() else {
            return self.say(self.texts().no_name_chosen);
        };
        let renewed = self.card_changed();
        self.keeping.push(Job::Follow(asked, name));
        renewed
    }

    /// What a key does on a card.
    pub(super) fn in_card(&mut self, action: Action) -> Option<Job> {
        let area = self.body();
        let story = self.story.as_ref().map(|story| story.id);
        let Some(Overlay::Card(pane)) = self.overlays.last_mut() else {
            return None;
        };
        let who = pane.card().who;
        match action {
            Action::Open => {
                return match pane.choice()? {
                    Choice::Rest => {
                        pane.unfold(area);
                        self.want_rows()
                    }
                    Choice::Card(who) => Some(Job::Card(Asked::Who(who), story)),
                    Choice::Article(id) => {
                        let unread = pane.is_unread();
                        let light = light(pane.card());
                        self.visit(id, unread, Some(light))
                    }
                    Choice::Mention(mention) => {
                        let subject = pane.card().here?;
                        let story = self.story.clone()?;
                        self.set_out();
                        self.choose(&story, subject, Some((mention.field, mention.start)));
                        self.look_at(Pane::Reader)
                    }
                };
            }
            Action::Back | Action::Card => return self.close(),
            Action::ToggleOthers => pane.change_unit(area),
            Action::Encyclopedia => {
                let name = pane.card().name.clone();
                let words = (self.texts().lookup.asking)(&name);
                self.say(&words);
                return Some(Job::Encyclopedia(name));
            }
            Action::Browse => {
                let link = pane
                    .card()
                    .extract
                    .as_ref()
                    .and_then(|extract| extract.link.clone());
                return match link {
                    Some(link) => Some(Job::Browse(link)),
                    None => self.say(self.texts().no_link),
                };
            }
            Action::Join => {
                if let Who::Person(_) = who {
                    let joining = Joining::new(pane.card());
                    self.overlays.push(Overlay::Joining(joining));
                    return None;
                }
                return self.say(self.texts().lookup.no_joining);
            }
            Action::Part => {
                let form = pane.form().map(|(_, form)| form);
                return match form {
                    Some(form) => {
                        let asked = pane.card().asked.clone();
                        Some(Job::Part(asked, who, form, story))
                    }
                    None => self.say(self.texts().lookup.no_form),
                };
            }
            _ if is_for_all(action) => return self.act(action),
            _ => pane.go(area, |cursor, columns| go(action, cursor, columns)),
        }
        self.want_rows()
    }

    /// What a key does on the digest.
    pub(super) fn in_digest(&mut self, action: Action) -> Option<Job> {
        let area = self.body();
        let story = self.story.as_ref().map(|story| story.id);
        let Some(Overlay::Digest(pane)) = self.overlays.last_mut() else {
            return None;
        };
        match action {
            Action::Open => match pane.choice()? {
                Choice::Card(who) => Some(Job::Card(Asked::Who(who), story)),
                Choice::Article(id) => {
                    let unread = pane.is_unread();
                    self.visit(id, unread, None)
                }
                Choice::Mention(_) | Choice::Rest => None,
            },
            Action::Back | Action::Digest => self.close(),
            Action::ToggleOthers => {
                let days = pane.digest().days;
                let at = PERIODS.iter().position(|period| *period == days);
                let next = at.map_or(0, |at| (at + 1) % PERIODS.len());
                Some(Job::Digest(PERIODS[next]))
            }
            _ if is_for_all(action) => self.act(action),
            _ => {
                pane.go(area, |cursor, columns| go(action, cursor, columns));
                None
            }
        }
    }

    /// What a key does on the relations.
    pub(super) fn in_relations(&mut self, action: Action) -> Option<Job> {
        let area = self.body();
        let Some(Overlay::Relations(pane)) = self.overlays.last_mut() else {
            return None;
        };
        match action {
            Action::Down => pane.move_by(1, area),
            Action::Up => pane.move_by(-1, area),
            Action::PageDown => pane.page(1, area),
            Action::PageUp => pane.page(-1, area),
            Action::First => pane.move_by(isize::MIN, area),
            Action::Last => pane.move_by(isize::MAX, area),
            Action::ToggleOthers => pane.change_sort(area),
            Action::Open => {
                let pair = pane.choice()?;
                let pair = [&pair.one, &pair.other].map(|named| Filter {
                    asked: Asked::Who(named.who),
                    name: named.name.clone(),
                    without: false,
                });
                let mut names = self.listing.request.names.clone();
                names.retain(|filter| pair.iter().all(|named| named.name != filter.name));
                names.extend(pair);
                return Some(self.list_names(names));
            }
            Action::Back | Action::Relations => return self.close(),
            _ if is_for_all(action) => return self.act(action),
            _ => {}
        }
        None
    }

    /// What was typed into the box for joining names asks for.
    pub(super) fn join(&mut self, wish: joining::Wish) -> Option<Job> {
        let story = self.story.as_ref().map(|story| story.id);
        match wish {
            joining::Wish::Nothing => None,
            joining::Wish::Close => self.close(),
            joining::Wish::Suggest(who, typed) => Some(Job::Suggest(who, typed)),
            joining::Wish::Join { one, before, other } => {
                self.overlays.pop();
                Some(Job::Join {
                    one,
                    before,
                    other,
                    story,
                })
            }
        }
    }

    /// A click on a card, the digest or the relations: it goes where Enter does.
    pub(super) fn click_lookup(&mut self, cell: (u16, u16)) -> Option<Job> {
        let area = self.body();
        let hit = match self.overlays.last_mut()? {
            Overlay::Card(pane) => pane.click(cell, area),
            Overlay::Digest(pane) => pane.click(cell, area),
            Overlay::Relations(pane) => pane.click(cell, area),
            _ => false,
        };
        if !hit {
            return None;
        }
        match self.overlays.last()? {
            Overlay::Card(_) => self.in_card(Action::Open),
            Overlay::Digest(_) => self.in_digest(Action::Open),
            Overlay::Relations(_) => self.in_relations(Action::Open),
            _ => None,
        }
    }

    /// The next articles a card wants for the screen.
    pub(super) fn want_rows(&self) -> Option<Job> {
        match self.overlays.last()? {
            Overlay::Card(pane) => {
                let first = pane.wanted(self.body())?;
                Some(Job::CardRows(pane.card().who, first))
            }
            _ => None,
        }
    }

    /// Notes where the user is, to come back to, and puts what stands over the panes away.
    fn set_out(&mut self) {
        self.keep_place();
        if self.returns.len() == RETURNS {
            self.returns.remove(0);
        }
        self.returns.push(Return {
            overlays: std::mem::take(&mut self.overlays),
            story: self.story.clone(),
            reader: self.reader.clone(),
            sidebar: self.sidebar.clone(),
            view: self.view,
            depth: self.trail.len(),
        });
    }

    /// Goes back to where the user set out from this list; whether they did.
    pub(super) fn come_back(&mut self) -> bool {
        let from_here = |back: &mut Return| back.depth == self.trail.len();
        let Some(back) = self.returns.pop_if(from_here) else {
            return false;
        };
        self.keep_place();
        self.overlays = back.overlays;
        self.story = back.story;
        self.reader = back.reader;
        self.sidebar = back.sidebar;
        self.view = back.view;
        // Whatever is still on its way is for the place that was left.
        self.wanted = None;
        self.guest = None;
        self.fit();
        let wanted = self.want_rows();
        self.keeping.extend(wanted);
        true
    }

    /// The user goes on from the list itself: there is nothing to come back to any more.
    pub(super) fn forget_returns(&mut self) {
        let depth = self.trail.len();
        self.returns.retain(|back| back.depth < depth);
        self.guest = None;
    }

    /// An article that is looked at for once has come.
    pub(super) fn welcome(&mut self, story: &Story) {
        let Some(guest) = self.guest.take_if(|guest| guest.id == story.id) else {
            return;
        };
        if guest.unread {
            self.mark_in_lists(guest.id, Mark::Read);
            self.keeping.push(Job::Mark(guest.id, Mark::Read));
        }
        let entities = &story.entities;
        let subject = match guest.light {
            Some(Light::Person(forms)) => entities
                .people
                .iter()
                .position(|person| forms.contains(&person.name.to_lowercase()))
                .map(Subject::Person),
            Some(Light::Country(code)) => entities
                .countries
                .iter()
                .position(|country| country.code == code)
                .map(Subject::Country),
            None => None,
        };
        if let Some(subject) = subject {
            self.choose(story, subject, None);
        }
    }

    /// Looks at an article without moving in the list.
    fn visit(&mut self, id: StoryId, unread: bool, light: Option<Light>) -> Option<Job> {
        self.set_out();
        self.view.focus = Pane::Reader;
        self.fit();
        self.guest = Some(Guest { id, unread, light });
        if let Some(story) = self.story.clone()
            && story.id == id
        {
            self.welcome(&story);
            return None;
        }
        self.wanted = Some(id);
        Some(Job::Open(id))
    }

    /// Lists the articles that name these, and those that do not.
    fn list_names(&mut self, names: Vec<Filter>) -> Job {
        let request = Request {
            names,
            ..self.listing.request.clone()
        };
        let title = self.listing.title.clone();
        self.set_out();
        self.view.only_text = false;
        self.turn_to_list();
        self.fit();
        self.show_list(request, title)
    }

    /// The name the user means: that of the card, the one they are on in the digest or the sidebar,
    /// or the one lit in the text.
    fn name_meant(&self) -> Option<(Asked, String)> {
        match self.overlays.last() {
            Some(Overlay::Card(pane)) => {
                let card = pane.card();
                return Some((Asked::Who(card.who), card.name.clone()));
            }
            Some(Overlay::Digest(pane)) => {
                let named = pane.named()?;
                return Some((Asked::Who(named.who), named.name.clone()));
            }
            _ => {}
        }
        let lit = self.reader.chosen().map(|chosen| chosen.subject);
        asked(self.story.as_ref()?, self.sidebar.selected().or(lit)?)
    }
}

/// A name of an article to be asked about, and what it is called; none for places and organisations.
pub(super) fn asked(story: &Story, subject: Subject) -> Option<(Asked, String)> {
    let name = story.name(subject).to_owned();
    match subject {
        Subject::Person(_) => {
            let asked = Asked::Named {
                name: name.clone(),
                story: story.id,
            };
            Some((asked, name))
        }
        Subject::Country(index) => {
            let who = Who::Country(story.entities.countries[index].code);
            Some((Asked::Who(who), name))
        }
        Subject::Place(_) | Subject::Organisation(_) => None,
    }
}

/// How the name of a card may stand in an article.
fn light(card: &Card) -> Light {
    match card.who {
        Who::Country(code) => Light::Country(code),
        Who::Person(_) => {
            let forms = card.forms.iter().map(|form| form.text.to_lowercase());
            Light::Person(forms.chain([card.name.to_lowercase()]).collect())
        }
    }
}

/// Actions that do the same over a card as over the panes.
fn is_for_all(action: Action) -> bool {
    matches!(
        action,
        Action::Filter
            | Action::FilterOut
            | Action::Follow
            | Action::Undo
            | Action::Help
            | Action::Quit
            | Action::Redraw
            | Action::Suspend
    )
}

/// Moves over a sheet.
fn go<S: Copy + PartialEq>(action: Action, cursor: &mut Cursor<S>, columns: &[Column<S>]) {
    match action {
        Action::Down => cursor.step(1, columns),
        Action::Up => cursor.step(-1, columns),
        Action::PageDown => cursor.page(1, columns),
        Action::PageUp => cursor.page(-1, columns),
        Action::First => cursor.end(false, columns),
        Action::Last => cursor.end(true, columns),
        Action::PaneLeft if columns.len() > 1 => cursor.across(-1, columns),
        Action::PaneRight if columns.len() > 1 => cursor.across(1, columns),
        Action::PreviousPane | Action::PaneLeft => cursor.section(-1, columns),
        Action::NextPane | Action::PaneRight => cursor.section(1, columns),
        _ => {}
    }
}
