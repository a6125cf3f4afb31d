//! Steps of the schema that need more than SQL.

use rusqlite::Connection;

use crate::library::person;
use crate::library::waiting::Folded;

/// Puts every article kept so far into the search index.
pub fn index_all(connection: &Connection) -> rusqlite::Result<()> {
    let mut articles = connection.prepare(
        "SELECT article.id, title, standfirst, text FROM article JOIN body ON body.article = article.id",
    )?;
    let mut rows = articles.query([])?;
    while let Some(row) = rows.next()? {
        let title: Option<String> = row.get(1)?;
        let standfirst: Option<String> = row.get(2)?;
        let text = row.get_ref(3)?.as_str()?;
        Folded::new(title.as_deref(), standfirst.as_deref(), text)
            .index(connection, row.get(0)?)?;
    }
    Ok(())
}

/// Joins the forms of known figures in the articles kept so far.
pub fn join_figures(connection: &Connection) -> rusqlite::Result<()> {
    person::join_figures(connection)
}
