//! Looking names up: in the user's library, or among the articles of this run where it is not there.
//!
//! Both are libraries with people of their own. A person of the one in memory has a negative id
//! here, so that whoever holds the id need not know that there are two.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::listing::now;
use super::{Home, Worker, story_id};
use crate::collection::Request;
use crate::library::card::{SPELLED, Together};
use crate::library::known::country_name;
use crate::library::query::Typing;
use crate::library::reference::LICENCE;
use crate::library::relations::Order;
use crate::library::{self, ArticleId, Library, Query};
use crate::lookup::{
    self, Asked, Card, Digest, Extract, Filter, Form, Named, Office, PersonId, Relation, Standing,
    Who,
};
use crate::message::Message;
use crate::story::{Row, Story, StoryId, Subject};

/// People offered for the words typed.
const SUGGESTIONS: usize = 50;
/// Pairs of names brought.
const PAIRS: usize = 1_000;

impl Worker {
    /// Brings the card of someone; with `before`, in the place of that one's.
    pub(super) fn card(&mut self, asked: Asked, story: Option<StoryId>, before: Option<Who>) {
        let Some((home, who)) = self.whom(&asked) else {
            return;
        };
        let Some(library) = self.library_of(home) else {
            return;
        };
        let found = library.card(&who, &now());
        let Some(found) = self.or_say(found) else {
            return;
        };
        let story = story.and_then(|id| self.story_of(id));
        let card = self.shown(found, home, asked, story.as_deref());
        self.tell(Message::Card(Box::new(card), before));
    }

    /// Brings the articles of a card from one on.
    pub(super) fn card_rows(&mut self, who: Who, first: usize) {
        let Some((home, whom)) = self.whom(&Asked::Who(who)) else {
            return;
        };
        let Some(library) = self.library_of(home) else {
            return;
        };
        let found = library.naming(&whom, first..first + lookup::PAGE);
        if let Some(ids) = self.or_say(found) {
            let rows = self.rows_at(home, &ids);
            self.tell(Message::CardRows(who, first, rows));
        }
    }

    /// Follows someone, or no longer.
    pub(super) fn follow(&mut self, asked: &Asked, name: &str) {
        // Whoever is followed is kept, so it is the user's library that knows.
        let who = self.whom_in(asked, Some(name), Home::Library);
        let who = who.unwrap_or_else(|| library::person::Who::Name {
            name: name.to_owned(),
            article: None,
        });
        let followed = self.change(|library| {
            let is_new = library.follow(&who, Timestamp::now())?;
            if !is_new {
                library.unfollow(&who)?;
            }
            Ok(is_new)
        });
        let Some(followed) = followed else {
            return;
        };
        let texts = self.setting.language.texts().lookup;
        let is_lone = || {
            let library = self.library.as_ref();
            library.is_some_and(|library| library.is_lone(&who).unwrap_or(false))
        };
        self.done(if followed && is_lone() {
            (texts.follows_all)(name)
        } else if followed {
            (texts.follows)(name)
        } else {
            (texts.follows_no_more)(name)
        });
        self.tell(Message::Changed);
        self.tell_followed();
    }

    /// Says which names of the article on the screen are followed.
    pub(super) fn tell_followed(&self) {
        if let Some(story) = self.on_screen.and_then(|id| self.story_of(id)) {
            let followed = self.followed_in(&story);
            self.tell(Message::Following(story.id, followed));
        }
    }

    /// The names of a story that the user follows.
    pub(super) fn followed_in(&self, story: &Story) -> Vec<Subject> {
        let Some(library) = &self.library else {
            return Vec::new();
        };
        let article = self.library_id(story.id);
        let (subjects, all): (Vec<Subject>, Vec<library::person::Who>) = story
            .subjects()
            .filter_map(|subject| {
                let who = match subject {
                    Subject::Person(index) => library::person::Who::Name {
                        name: story.entities.people[index].name.clone(),
                        article,
                    },
                    Subject::Country(index) => {
                        library::person::Who::Country(story.entities.countries[index].code)
                    }
                    Subject::Place(_) | Subject::Organisation(_) => return None,
                };
                Some((subject, who))
            })
            .unzip();
        // What cannot be told is not marked.
        let followed = library.are_followed(&all).unwrap_or_default();
        let marked = subjects.into_iter().zip(followed);
        marked
            .filter_map(|(subject, followed)| followed.then_some(subject))
            .collect()
    }

    /// Brings the people that some words may mean, of the same library as another.
    pub(super) fn suggest(&mut self, beside: Who, typed: String) {
        let home = home_of(beside);
        let Some(library) = self.library_of(home) else {
            return;
        };
        let found = library.people_called(&typed, Typing::Going, SUGGESTIONS);
        let found = self.or_say(found).unwrap_or_default();
        let people = found
            .into_iter()
            .map(|named| Named {
                who: Who::Person(outward(home, named.id)),
                name: named.name,
                articles: named.articles,
                followed: false,
            })
            .collect();
        self.tell(Message::Suggested(typed, people));
    }

    /// Joins two names; the card of the one, `before`, becomes that of both.
    pub(super) fn join(&mut self, one: &Asked, before: Who, other: Who, story: Option<StoryId>) {
        let home = home_of(before);
        let whom = self.whom_in(one, None, home);
        let other = self.whom(&Asked::Who(other));
        let joined = match (whom, other, self.library_of(home)) {
            (Some(whom), Some((_, other)), Some(library)) => library.join(&whom, &other),
            _ => Ok(None),
        };
        match self.or_say(joined) {
            Some(Some(_)) => self.people_changed(home, one.clone(), before, story),
            Some(None) => self.done(self.setting.language.texts().lookup.not_joined),
            None => {}
        }
    }

    /// Parts a form of a name from the others.
    pub(super) fn part(&mut self, asked: Asked, who: Who, form: PersonId, story: Option<StoryId>) {
        let home = home_of(who);
        let Some(library) = self.library_of(home) else {
            return;
        };
        let parted = library.part(library::PersonId(form.0.abs()));
        if self.or_say(parted) == Some(true) {
            self.people_changed(home, asked, who, story);
        }
    }

    fn people_changed(&mut self, home: Home, asked: Asked, before: Who, story: Option<StoryId>) {
        self.marked.push(home);
        self.card(asked, story, Some(before));
        self.tell(Message::Changed);
        let texts = self.setting.language.texts().lookup;
        self.done(texts.names_changed);
    }

    /// Brings what the news of the last days was about.
    pub(super) fn digest(&mut self, days: u16) {
        let now = now();
        let since = now
            .checked_sub(i64::from(days).days())
            .map_or(Timestamp::UNIX_EPOCH, |since| since.timestamp());
        let home = self.main_home();
        let Some(library) = self.library_of(home) else {
            return;
        };
        let found = library.digest(since, &now);
        let Some(found) = self.or_say(found) else {
            return;
        };
        let standings = |all: Vec<library::digest::Standing>| -> Vec<Standing> {
            all.into_iter()
                .map(|standing| Standing {
                    named: Named {
                        who: outward_who(home, &standing.who),
                        name: standing.name,
                        articles: standing.articles,
                        followed: standing.is_followed,
                    },
                    office: standing.office,
                    before: standing.before,
                    rows: self.rows_at(home, &standing.top),
                })
                .collect()
        };
        let zone = now.time_zone();
        let digest = Digest {
            days,
            since: zone.to_datetime(found.since).date(),
            until: zone.to_datetime(found.until).date(),
            articles: found.articles,
            before: found.before,
            people: standings(found.people),
            countries: standings(found.countries),
            new: standings(found.new),
            risen: standings(found.risen),
            stories: {
                let ids: Vec<ArticleId> = found.stories.iter().map(|told| told.article).collect();
                self.rows_at(home, &ids)
            },
        };
        self.tell(Message::Digest(Box::new(digest)));
    }

    /// Brings who is named with whom in a list.
    pub(super) fn relations(&mut self, request: &Request) {
        let home = self.main_home();
        let Some(query) = self.query(&request.scope, &request.text, false) else {
            return;
        };
        let Some(query) = self.narrowed(query, &request.names, home) else {
            return self.tell(Message::Relations(Vec::new(), 0));
        };
        let Some(library) = self.library_of(home) else {
            return;
        };
        let now = now();
        let found = library.relations(&query, Order::Articles, PAIRS, &now);
        let Some(found) = self.or_say(found) else {
            return;
        };
        let relations = found
            .pairs
            .into_iter()
            .map(|pair| Relation {
                one: named(home, pair.one),
                other: named(home, pair.other),
                together: pair.articles,
                measure: pair.bond as f32,
                last: Some(now.time_zone().to_datetime(pair.last).date()),
            })
            .collect();
        self.tell(Message::Relations(relations, found.among));
    }

    /// The query for those articles of one of the libraries that also answer to names; none where
    /// no article can, for it names nobody of a name wanted.
    pub(super) fn narrowed(
        &mut self,
        mut query: Query,
        names: &[Filter],
        home: Home,
    ) -> Option<Query> {
        for Filter {
            asked,
            name,
            without,
        } in names
        {
            match self.whom_in(asked, Some(name), home) {
                Some(who) => query = query.with(&who, *without),
                None if *without => {}
                None => return None,
            }
        }
        Some(query)
    }

    /// One of the two libraries.
    fn library_of(&mut self, home: Home) -> Option<&mut Library> {
        match home {
            Home::Library => self.library.as_mut(),
            Home::Shelf => self.shelf.memory().ok(),
        }
    }

    /// The library that is asked where it makes no difference: the user's, if there is anything in
    /// it.
    fn main_home(&self) -> Home {
        if self.library_is_empty() {
            Home::Shelf
        } else {
            Home::Library
        }
    }

    /// Whom something is asked about, and in which library.
    fn whom(&mut self, asked: &Asked) -> Option<(Home, library::person::Who)> {
        let home = match asked {
            Asked::Who(who @ Who::Person(_)) => home_of(*who),
            Asked::Who(Who::Country(_)) => self.main_home(),
            Asked::Named { name, story } => {
                let article = self.library_id(*story);
                let known = |library: &Library| {
                    let person = library.person(name, article);
                    article.is_some() || person.is_ok_and(|person| person.is_some())
                };
                if self.library.as_ref().is_some_and(known) {
                    Home::Library
                } else {
                    Home::Shelf
                }
            }
        };
        Some((home, self.whom_in(asked, None, home)?))
    }

    /// Whom something is asked about, as one of the libraries knows them; none where it does not.
    /// Someone of the other library is known by the name `shown`, where there is one.
    fn whom_in(
        &mut self,
        asked: &Asked,
        shown: Option<&str>,
        home: Home,
    ) -> Option<library::person::Who> {
        let article = match asked {
            Asked::Who(Who::Country(code)) => return Some(library::person::Who::Country(*code)),
            Asked::Who(Who::Person(id)) if home_of(Who::Person(*id)) == home => {
                return Some(library::person::Who::Person(library::PersonId(id.0.abs())));
            }
            Asked::Who(Who::Person(_)) => None,
            Asked::Named { story, .. } => match home {
                Home::Library => self.library_id(*story),
                Home::Shelf => {
                    // The memory is filled when it is first looked into.
                    self.shelf.memory().ok()?;
                    self.shelf.article(*story)
                }
            },
        };
        let name = asked.name().or(shown)?;
        let person = self.library_of(home)?.person(name, article);
        let person = self.or_say(person)??;
        // A lone word keeps its article: it may be joined in that one only.
        Some(match article {
            Some(_) => library::person::Who::Name {
                name: name.to_owned(),
                article,
            },
            None => library::person::Who::Person(person),
        })
    }

    /// A story by its id, from the shelf or the library; what is wrong is said.
    pub(super) fn story_of(&self, id: StoryId) -> Option<Arc<Story>> {
        if let Some(story) = self.shelf.story(id) {
            return Some(Arc::clone(story));
        }
        let shelved = self.library.as_ref()?.article(self.library_id(id)?);
        Some(Arc::new(self.story(self.or_say(shelved)??)))
    }

    /// What a list shows of some articles of one of the libraries.
    fn rows_at(&self, home: Home, ids: &[ArticleId]) -> Vec<Row> {
        let ids: Vec<StoryId> = match home {
            Home::Library => ids.iter().copied().map(story_id).collect(),
            Home::Shelf => ids.iter().filter_map(|id| self.shelf.of(*id)).collect(),
        };
        self.rows(&ids, false)
    }

    /// A card as it is shown.
    fn shown(&self, found: library::Card, home: Home, asked: Asked, story: Option<&Story>) -> Card {
        let who = match &found.who {
            // Nobody of the library: only the lists know the name.
            library::person::Who::Name { .. } => Who::Person(PersonId(0)),
            who => outward_who(home, who),
        };
        let here = story.and_then(|story| self.subject_in(story, home, &asked, who));
        let evidence: Vec<ArticleId> = found
            .offices
            .iter()
            .map(|office| office.last.article)
            .collect();
        let rows = self.rows_at(home, &evidence);
        let by_id: HashMap<StoryId, &Row> = rows.iter().map(|row| (row.id, row)).collect();
        let offices = found.offices.iter().filter_map(|office| {
            let id = match home {
                Home::Library => story_id(office.last.article),
                Home::Shelf => self.shelf.of(office.last.article)?,
            };
            Some(Office {
                text: office.office.clone(),
                article: (*by_id.get(&id)?).clone(),
            })
        });
        let offices = offices.collect();
        let forms = found.forms.into_iter().map(|form| Form {
            text: form.form,
            articles: form.articles,
            part: form.id.map(|id| outward(home, id)),
        });
        let (mut forms, mut seats): (Vec<Form>, Vec<Form>) = (forms.collect(), Vec::new());
        if matches!(who, Who::Country(_)) {
            std::mem::swap(&mut forms, &mut seats);
        }
        let code = match who {
            Who::Country(code) => Some(code),
            Who::Person(_) => found.country,
        };
        let all = |list: Vec<Together>| list.into_iter().map(|one| named(home, one)).collect();
        Card {
            who,
            asked,
            lone: found.is_lone,
            country: code.map(|code| (code, country_name(code))),
            office_here: here.and_then(|here| match here {
                Subject::Person(at) => story?.entities.people.get(at)?.role.clone(),
                _ => None,
            }),
            forms_among: found.articles.min(SPELLED),
            company_among: found.company.among,
            followed: found.is_followed
                || here.is_some_and(|here| {
                    story.is_some_and(|story| self.followed_in(story).contains(&here))
                }),
            here,
            offices,
            known: found.known.map(|known| lookup::Known {
                facts: known.facts(self.setting.language.texts().lookup),
                as_of: format!("{}-01", known.as_of()).parse::<Date>().ok(),
            }),
            forms,
            seats,
            bearers: all(found.company.its_people),
            people: all(found.company.people),
            countries: all(found.company.countries),
            articles: found.articles,
            days: found
                .days
                .iter()
                .map(|bar| (bar.from, bar.articles))
                .collect(),
            extract: self.extract(&found.name),
            name: found.name,
        }
    }

    /// What is kept of the encyclopedia's word on a name.
    fn extract(&self, name: &str) -> Option<Extract> {
        // What cannot be read is asked for again by the user.
        let kept = self.library.as_ref()?.reference(name).ok()??;
        let summary = kept.summary?;
        Some(Extract {
            title: summary.title,
            text: summary.text,
            asked: now().time_zone().to_datetime(kept.asked).date(),
            licence: LICENCE.to_owned(),
            link: summary.address,
        })
    }

    /// Which name of a story someone is.
    fn subject_in(&self, story: &Story, home: Home, asked: &Asked, who: Who) -> Option<Subject> {
        let entities = &story.entities;
        let id = match (asked, who) {
            (_, Who::Country(code)) => {
                let at = entities.countries.iter().position(|one| one.code == code)?;
                return Some(Subject::Country(at));
            }
            (Asked::Named { name, story: id }, _) if *id == story.id => {
                let at = entities.people.iter().position(|one| one.name == *name)?;
                return Some(Subject::Person(at));
            }
            (_, Who::Person(id)) => id,
        };
        let (library, article) = match home {
            Home::Library => (self.library.as_ref()?, self.library_id(story.id)),
            Home::Shelf => (self.shelf.filled()?, self.shelf.article(story.id)),
        };
        let is_meant = |name: &str| {
            let person = library.person(name, article).ok().flatten();
            person.is_some_and(|person| person.0 == id.0.abs())
        };
        let at = entities.people.iter().position(|one| is_meant(&one.name))?;
        Some(Subject::Person(at))
    }
}

fn home_of(who: Who) -> Home {
    match who {
        Who::Person(PersonId(id)) if id < 0 => Home::Shelf,
        _ => Home::Library,
    }
}

/// The id of a person outside of this thread.
fn outward(home: Home, id: library::PersonId) -> PersonId {
    match home {
        Home::Library => PersonId(id.0),
        Home::Shelf => PersonId(-id.0),
    }
}

fn outward_who(home: Home, who: &library::person::Who) -> Who {
    match who {
        library::person::Who::Person(id) => Who::Person(outward(home, *id)),
        library::person::Who::Country(code) => Who::Country(*code),
        library::person::Who::Name { .. } => Who::Person(PersonId(0)),
    }
}

fn named(home: Home, one: Together) -> Named {
    Named {
        who: outward_who(home, &one.who),
        name: one.name,
        articles: one.articles,
        followed: one.is_followed,
    }
}
