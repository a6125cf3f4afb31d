//! A library in memory, for articles that are only read in this run: they can be listed, searched
//! and marked like those that are kept.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::Connection;

use super::schema::{self, VERSION};
use super::stories::Neighbours;
use super::{ArticleId, Library, Problem};
use crate::article::Article;
use crate::entity::Entities;

impl Library {
    /// A library that is gone when it is dropped.
    pub fn in_memory() -> Result<Self, Problem> {
        let path = Path::new(":memory:");
        let open = || {
            let connection = Connection::open_in_memory()?;
            connection.pragma_update(None, "foreign_keys", true)?;
            connection.set_prepared_statement_cache_capacity(64);
            schema::apply(&connection, 0, VERSION)?;
            Ok(connection)
        };
        let connection = open().map_err(|error| Problem::new(path, &error))?;
        Ok(Self {
            connection,
            path: path.to_owned(),
            obstacle: None,
            set_aside: None,
            neighbours: Neighbours::default(),
        })
    }

    /// Takes in an article that comes from no feed and is not kept for good: neither read nor saved.
    pub fn visit(
        &mut self,
        source: &str,
        link: Option<&str>,
        article: &Article,
        entities: &Entities,
        now: Timestamp,
    ) -> Result<ArticleId, Problem> {
        let id = self.keep(source, link, article, entities, now)?;
        self.write(|connection| {
            connection.execute(
                "UPDATE article SET unread = 1, saved = 0 WHERE id = ?1",
                [id.0],
            )?;
            Ok(id)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use jiff::{Timestamp, ZonedDateTime};

    use super::Library;
    use crate::article::Article;
    use crate::entity::Entities;
    use crate::library::Query;
    use crate::library::query::Typing;

    #[test]
    fn what_is_only_read_is_found_like_what_is_kept_but_is_neither_read_nor_saved() {
        let mut library = Library::in_memory().unwrap();
        let article = Article {
            title: Some("Panen Raya di Lembah Sukma".to_owned()),
            paragraphs: vec!["Harga gabah tetap terjaga.".to_owned()],
            ..Article::default()
        };
        let now = ZonedDateTime::now();
        let id = library
            .visit(
                "contoh",
                None,
                &article,
                &Entities::default(),
                Timestamp::now(),
            )
            .unwrap();
        for query in ["gabah", "gab*", "judul:panen", "belum", "-simpan"] {
            let query = Query::parse(query, Typing::Done).unwrap();
            assert_eq!(library.ids(&query, 0..9, &now).unwrap(), [id], "{query:?}");
        }
    }
}
