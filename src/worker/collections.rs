//! Everything the list can show, how much there is of it, and the searches that are kept.

use super::listing::now;
use super::{Worker, feed_id};
use crate::collection::{Collection, FeedKey, Request, Scope};
use crate::library::query::Typing;
use crate::library::{Count, SavedSearch, fold};
use crate::lookup::{Asked, Filter, Who};
use crate::message::Message;

impl Worker {
    /// Everything the list can show.
    pub(super) fn collections(&mut self) {
        let texts = self.setting.language.texts();
        let plain = |scope, title: &str, count| Collection {
            scope,
            title: title.to_owned(),
            count,
            ..Collection::default()
        };
        let all = self.count(&Scope::All, "");
        let saved = self.count(&Scope::Saved, "");
        let followed = self.count(&Scope::Followed, "");
        let mut all = vec![
            plain(Scope::All, texts.all, all.unread),
            plain(Scope::Unread, texts.unread_ones, all.unread),
            plain(Scope::Saved, texts.saved_ones, saved.articles),
            plain(Scope::Followed, texts.lookup.followed_ones, followed.unread),
        ];
        let searches = self.library.as_ref().map(|library| {
            let searches = self.or_say(library.saved_searches());
            searches.unwrap_or_default()
        });
        for SavedSearch { name, query } in searches.unwrap_or_default() {
            let title = name.clone();
            let scope = Scope::Search { name, query };
            let count = self.count(&scope, "");
            all.push(plain(scope, &title, count.unread));
        }
        if let Some(library) = &self.library {
            let unread = self.or_say(library.unread_by_feed()).unwrap_or_default();
            for feed in self.or_say(library.feeds()).unwrap_or_default() {
                let count = unread.iter().find(|(id, _)| *id == feed.id);
                all.push(Collection {
                    scope: Scope::Feed(FeedKey(feed.id.0)),
                    title: feed.title,
                    subject: Some(feed.subject.unwrap_or_else(|| texts.feeds.to_owned())),
                    count: count.map_or(0, |(_, count)| *count),
                    trouble: feed.error,
                    full_text: feed.settings.full_text,
                });
            }
        }
        self.tell(Message::Collections(all));
    }

    /// How many articles of this run and of the library answer a query.
    pub(super) fn count(&mut self, scope: &Scope, text: &str) -> Count {
        let mut all = Count::default();
        let Ok(query) = self.parse(scope, text, Typing::Going) else {
            return all;
        };
        if let Some(library) = &self.library {
            all = library.count(&query, &now()).unwrap_or_default();
        }
        if !self.shows_shelf(scope) {
            return all;
        }
        for id in self.shelf.ids(&query, &now()).unwrap_or_default() {
            // What was kept has been counted.
            if self.shelf.kept(id).is_none() {
                all.articles += 1;
                all.unread += usize::from(self.shelf.marks(id).0);
            }
        }
        all
    }

    /// Keeps what a list shows as a search under a name, unless another one has the name.
    pub(super) fn save_search(&mut self, name: String, request: Request) {
        let texts = self.setting.language.texts();
        let query = self.query_of(&request);
        let built_in = [
            texts.all,
            texts.unread_ones,
            texts.saved_ones,
            texts.lookup.followed_ones,
        ];
        let key = fold::key(&name);
        let is_one = |other: &str| fold::key(other) == key;
        let words = (texts.search_saved)(&name);
        let saved = self.change(|library| {
            let searches = library.saved_searches()?;
            let is_taken = built_in.into_iter().any(is_one)
                || searches
                    .iter()
                    .any(|one| is_one(&one.name) && (one.name != name || one.query != query));
            if !is_taken {
                library.save_search(&SavedSearch {
                    name: name.clone(),
                    query,
                })?;
            }
            Ok(!is_taken)
        });
        match saved {
            Some(true) => self.done(words),
            Some(false) => self.tell(Message::NameTaken(name, request)),
            None => {}
        }
    }

    pub(super) fn forget_search(&mut self, name: &str) {
        let removed = self.change(|library| library.remove_search(name));
        if removed.is_some() {
            self.done(self.setting.language.texts().search_forgotten);
            self.collections();
        }
    }

    /// What a list shows, all of it in the query language.
    fn query_of(&self, request: &Request) -> String {
        let scope = match &request.scope {
            Scope::All => String::new(),
            Scope::Unread => "belum".to_owned(),
            Scope::Saved => "simpan".to_owned(),
            Scope::Followed => "ikut".to_owned(),
            Scope::Feed(feed) => self.named(*feed),
            Scope::Search { query, .. } => closed(query),
        };
        let names = request.names.iter().map(|filter| {
            let Filter {
                asked,
                name,
                without,
            } = filter;
            let sign = if *without { "-" } else { "" };
            match asked {
                Asked::Who(Who::Country(code)) => format!("{sign}negara:{code}"),
                Asked::Who(Who::Person(_)) | Asked::Named { .. } => {
                    format!("{sign}tokoh:{}", quoted(name))
                }
            }
        });
        let text = closed(request.text.trim());
        let parts = std::iter::once(scope).chain(names).chain([text]);
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    }

    /// A feed in the query language: by its title, or by its address where others have it too.
    fn named(&self, feed: FeedKey) -> String {
        let library = self.library.as_ref();
        let feeds = library.and_then(|library| library.feeds().ok());
        let feeds = feeds.unwrap_or_default();
        let Some(this) = feeds.iter().find(|one| one.id == feed_id(feed)) else {
            return String::new();
        };
        let title = fold::key(&this.title);
        let finds_another = feeds.iter().any(|other| {
            other.id != this.id
                && [&other.title, &other.address]
                    .iter()
                    .any(|text| fold::key(text).contains(&title))
        });
        let name = if finds_another || title.is_empty() {
            &this.address
        } else {
            &this.title
        };
        format!("feed:{}", quoted(name))
    }
}

/// A text in quotes; those in it do not count.
fn quoted(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|letter| match letter {
            '"' | '“' | '”' | '„' => ' ',
            letter => letter,
        })
        .collect();
    format!("\"{text}\"")
}

/// A query to which more can be added: a quote left open ends with it.
fn closed(query: &str) -> String {
    let quotes = query.matches(['"', '“', '”', '„']).count();
    if quotes % 2 == 1 {
        format!("{query}\"")
    } else {
        query.to_owned()
    }
}
