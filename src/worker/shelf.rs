//! The articles of this run only: the samples, and the sources given on the command line. A library
//! in memory holds them too, so that they can be searched and marked like any other.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::{Timestamp, ZonedDateTime};

use super::THIS_RUN;
use crate::article::{Article, Hints};
use crate::entity::{Entities, Recognizer};
use crate::language::Language;
use crate::library::{ArticleId, Library, Problem, Query, Undone};
use crate::samples::SAMPLES;
use crate::story::{Mark, Story, StoryId, recognize};

/// Whether articles of a source are the bundled ones, in whatever language they were read.
pub(super) fn is_sample(source: &str) -> bool {
    [Language::Indonesian, Language::English]
        .iter()
        .any(|language| language.texts().sample == source)
}

/// The stories in the order they came.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    stories: Vec<Arc<Story>>,
    /// All of it is samples, which go as soon as there is anything else.
    is_sample: bool,
    /// What of it was put into the user's library.
    kept: HashMap<StoryId, ArticleId>,
    /// Made when it is first looked into, with the article each story is in it.
    memory: Option<Library>,
    articles: Vec<ArticleId>,
}

impl Shelf {
    /// The story of this run with this id.
    pub fn story(&self, id: StoryId) -> Option<&Arc<Story>> {
        if id.0 & THIS_RUN == 0 {
            return None;
        }
        self.stories.get(usize::try_from(id.0 & !THIS_RUN).ok()?)
    }

    /// Whether only the bundled articles are on it.
    pub fn is_sample(&self) -> bool {
        self.is_sample
    }

    /// Puts one story on it.
    pub fn put(
        &mut self,
        source: String,
        link: Option<String>,
        article: Article,
        entities: Entities,
    ) -> Arc<Story> {
        self.is_sample = false;
        let id = StoryId(THIS_RUN | self.stories.len() as u64);
        let story = Arc::new(Story::new(id, source, link, article, entities));
        self.stories.push(Arc::clone(&story));
        story
    }

    /// Puts the bundled articles on it.
    pub fn put_samples(&mut self, recognizer: &Recognizer, language: Language) {
        let source = language.texts().sample;
        for sample in SAMPLES {
            let hints = Hints {
                file_name: Some(sample.name),
                ..Hints::default()
            };
            // A test reads them all, so none is left out.
            let Ok(article) = Article::read(sample.bytes, &hints, Timestamp::now()) else {
                continue;
            };
            let entities = recognize(&article, recognizer);
            self.put(source.to_owned(), None, article, entities);
        }
        self.is_sample = true;
    }

    /// The article of the user's library that a story was kept as.
    pub fn kept(&self, id: StoryId) -> Option<ArticleId> {
        self.kept.get(&id).copied()
    }

    /// Whether an article of the user's library is one that was kept of these.
    pub fn has_kept(&self, article: ArticleId) -> bool {
        self.kept.values().any(|kept| *kept == article)
    }

    /// Notes that a story is no longer kept.
    pub fn is_let_go(&mut self, id: StoryId) {
        self.kept.remove(&id);
    }

    /// An article of the user's library by its title, and whether it is unread and saved: the story
    /// that was kept as it is marked the same.
    pub fn known(
        &mut self,
        article: ArticleId,
        title: &str,
        (unread, saved): (bool, bool),
    ) -> Result<(), Problem> {
        let is_it = |story: &&Arc<Story>| story.document().title == Some(title);
        let Some(id) = self.stories.iter().find(is_it).map(|story| story.id) else {
            return Ok(());
        };
        self.is_kept(id, article);
        if saved {
            self.mark(id, Mark::Saved)?;
        }
        if !unread {
            self.mark(id, Mark::Read)?;
        }
        Ok(())
    }

    /// Notes that a story was kept.
    pub fn is_kept(&mut self, id: StoryId, article: ArticleId) {
        self.kept.insert(id, article);
    }

    /// The stories that answer a query, in its order; all of them as they came where it asks for
    /// nothing.
    pub fn ids(&mut self, query: &Query, now: &ZonedDateTime) -> Result<Vec<StoryId>, Problem> {
        if query.within.is_some() {
            return Ok(Vec::new());
        }
        if query.is_empty() {
            return Ok(self.stories.iter().map(|story| story.id).collect());
        }
        if self.stories.is_empty() {
            return Ok(Vec::new());
        }
        let ids = self.memory()?.ids(query, 0..usize::MAX, now)?;
        Ok(ids.into_iter().filter_map(|id| self.of(id)).collect())
    }

    /// Whether a story is unread, and whether it is saved.
    pub fn marks(&self, id: StoryId) -> (bool, bool) {
        let row = self
            .article(id)
            .and_then(|article| self.memory.as_ref()?.rows_of(&[article]).ok()?.pop());
        row.map_or((true, false), |row| (row.unread, row.saved))
    }

    /// Marks a story.
    pub fn mark(&mut self, id: StoryId, mark: Mark) -> Result<(), Problem> {
        self.memory()?;
        let (Some(article), Some(memory)) = (self.article(id), &mut self.memory) else {
            return Ok(());
        };
        memory.mark(&[article], mark).map(|_| ())
    }

    /// Marks every story that answers a query; those that changed.
    pub fn mark_all(&mut self, query: &Query, mark: Mark) -> Result<Vec<StoryId>, Problem> {
        if self.stories.is_empty() || query.within.is_some() {
            return Ok(Vec::new());
        }
        let marked = self
            .memory()?
            .mark_all(query, mark, &ZonedDateTime::now())?;
        Ok(marked.into_iter().filter_map(|id| self.of(id)).collect())
    }

    /// Takes back what was done last.
    pub fn undo(&mut self) -> Result<Option<Undone>, Problem> {
        self.memory()?.undo()
    }

    /// The stories as a library, with every story in it.
    pub fn memory(&mut self) -> Result<&mut Library, Problem> {
        let memory = match &mut self.memory {
            Some(memory) => memory,
            empty => empty.insert(Library::in_memory()?),
        };
        for story in &self.stories[self.articles.len()..] {
            let article = memory.visit(
                &story.source,
                story.link.as_deref(),
                &story.article(),
                &story.entities,
                Timestamp::now(),
            )?;
            self.articles.push(article);
        }
        Ok(memory)
    }

    /// The stories as a library, as far as they were put into it.
    pub fn filled(&self) -> Option<&Library> {
        self.memory.as_ref()
    }

    /// The story that an article of the library in memory is.
    pub fn of(&self, article: ArticleId) -> Option<StoryId> {
        let at = self.articles.iter().position(|one| *one == article)?;
        Some(StoryId(THIS_RUN | at as u64))
    }

    /// The article in memory that a story is.
    pub fn article(&self, id: StoryId) -> Option<ArticleId> {
        let at = usize::try_from(id.0 & !THIS_RUN).ok()?;
        self.articles.get(at).copied()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use jiff::ZonedDateTime;

    use super::Shelf;
    use crate::entity::Recognizer;
    use crate::language::Language;
    use crate::library::Query;
    use crate::library::query::Typing;

    #[test]
    fn the_samples_can_be_searched() {
        let mut shelf = Shelf::default();
        shelf.put_samples(&Recognizer::embedded(), Language::Indonesian);
        let now = ZonedDateTime::now();
        let mut found = |text| {
            let query = Query::parse(text, Typing::Going).unwrap().together();
            shelf.ids(&query, &now).unwrap().len()
        };
        assert!(found("menter") > 0);
        assert!(found("negara:KR") > 0);
        assert_eq!(found("kata-yang-tidak-ada"), 0);
    }
}
