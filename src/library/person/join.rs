//! Joining and parting names, by the user.

use rusqlite::{Connection, OptionalExtension, params};

use super::{PersonId, Who, find, form, forms, is_lone, list, root};
use crate::library::fold;
use crate::library::mark::{self, Logged};
use crate::library::{ArticleId, Library, Problem};

impl Library {
    /// Says that two names mean one person; the person they are now. None where there is nothing to
    /// join: one of them stands in no article, is a country, or they are one already.
    ///
    /// A lone word with its article is joined in that article only; every other name wherever it
    /// stands. It is kept, and can be undone ([`Library::undo`]).
    pub fn join(&mut self, one: &Who, other: &Who) -> Result<Option<PersonId>, Problem> {
        self.write(|connection| {
            let (Some(a), Some(b)) = (person(connection, one)?, person(connection, other)?) else {
                return Ok(None);
            };
            if a == b {
                return Ok(None);
            }
            if let Some((article, key)) = alone(connection, one, a)? {
                return place(connection, article, &key, a, b).map(Some);
            }
            if let Some((article, key)) = alone(connection, other, b)? {
                return place(connection, article, &key, b, a).map(Some);
            }
            let (lead, joined) = if weight(connection, b)? > weight(connection, a)? {
                (b, a)
            } else {
                (a, b)
            };
            let mut before = Vec::new();
            for joined in forms(connection, joined)? {
                before.push(state(connection, joined)?);
                set(connection, [joined, lead.0, 1])?;
            }
            mark::log_states(connection, Logged::People, before.as_flattened())?;
            Ok(Some(lead))
        })
    }

    /// Says that a form of a name means someone else than the forms it is joined with. False where
    /// it is joined with none. It is kept, and can be undone.
    pub fn part(&mut self, parted: PersonId) -> Result<bool, Problem> {
        self.write(|connection| {
            let lead = root(connection, parted.0)?;
            let mut rest = forms(connection, lead)?;
            rest.retain(|form| *form != parted.0);
            let Some(&first) = rest.first() else {
                return Ok(false);
            };
            let mut before = vec![state(connection, parted.0)?];
            if lead == parted {
                // The others stay together, under the one named most.
                let mut next = (weight(connection, PersonId(first))?, first);
                for &form in &rest {
                    next = next.max((weight(connection, PersonId(form))?, form));
                }
                for form in rest {
                    before.push(state(connection, form)?);
                    let who = if form == next.1 { 0 } else { next.1 };
                    set(connection, [form, who, 1])?;
                }
            }
            set(connection, [parted.0, 0, 1])?;
            mark::log_states(connection, Logged::People, before.as_flattened())?;
            Ok(true)
        })
    }
}

/// Takes joining or parting back: form, whom it stood for (0: itself), whether that was decided.
pub(in crate::library) fn restore(connection: &Connection, states: &[i64]) -> rusqlite::Result<()> {
    for &state in states.as_chunks::<3>().0 {
        set(connection, state)?;
    }
    Ok(())
}

/// Takes the placing of lone words back: article, the form placed, the form it was.
pub(in crate::library) fn replace(connection: &Connection, states: &[i64]) -> rusqlite::Result<()> {
    for &[article, placed, was] in states.as_chunks::<3>().0 {
        move_to(connection, ArticleId(article), placed, was)?;
        connection
            .prepare_cached("DELETE FROM placed WHERE article = ?1 AND person = ?2")?
            .execute([article, placed])?;
    }
    Ok(())
}

/// The person of the library that a caller means.
pub(super) fn person(connection: &Connection, who: &Who) -> rusqlite::Result<Option<PersonId>> {
    match who {
        Who::Person(id) => root(connection, id.0).optional(),
        Who::Name { name, article } => find(connection, name, *article),
        Who::Country(_) => Ok(None),
    }
}

/// The article and the word, where a lone word is meant in one article.
fn alone(
    connection: &Connection,
    who: &Who,
    found: PersonId,
) -> rusqlite::Result<Option<(ArticleId, String)>> {
    let Who::Name {
        name,
        article: Some(article),
    } = who
    else {
        return Ok(None);
    };
    let key = fold::key(name);
    let stands = connection
        .prepare_cached("SELECT 1 FROM person WHERE id = ?1 AND key = ?2")?
        .exists(params![found.0, key])?;
    Ok((is_lone(&key) && stands).then_some((*article, key)))
}

/// Makes a lone word of one article a form of a person.
fn place(
    connection: &Connection,
    article: ArticleId,
    key: &str,
    lone: PersonId,
    person: PersonId,
) -> rusqlite::Result<PersonId> {
    let (whole, name): (String, String) = connection
        .prepare_cached(
            "SELECT whole.key, lone.name FROM person AS whole, person AS lone
             WHERE whole.id = ?1 AND lone.id = ?2",
        )?
        .query_row([person.0, lone.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let scoped = format!("{key} = {whole}");
    let placed = form(connection, &scoped, &name, &mut super::People::new())?;
    set(connection, [placed, person.0, 1])?;
    move_to(connection, article, lone.0, placed)?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO placed (article, key, person) VALUES (?1, ?2, ?3)")?
        .execute(params![article.0, key, placed])?;
    mark::log_states(connection, Logged::Placed, &[article.0, placed, lone.0])?;
    Ok(person)
}

fn move_to(
    connection: &Connection,
    article: ArticleId,
    from: i64,
    to: i64,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE OR REPLACE person_named SET person = ?3 WHERE article = ?1 AND person = ?2",
        )?
        .execute([article.0, from, to])?;
    Ok(())
}

/// What makes a form the one that stands for a person: more than one word, known, named often.
fn weight(connection: &Connection, person: PersonId) -> rusqlite::Result<(bool, bool, usize)> {
    let (key, name): (String, String) = connection
        .prepare_cached("SELECT key, name FROM person WHERE id = ?1")?
        .query_row([person.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let articles = connection
        .prepare(&format!(
            "SELECT count(*) FROM person_named WHERE person IN ({})",
            list(&forms(connection, person)?)
        ))?
        .query_row([], |row| row.get(0))?;
    let known = crate::library::known::figure(&name).is_some();
    Ok((!is_lone(&key), known, articles))
}

fn state(connection: &Connection, form: i64) -> rusqlite::Result<[i64; 3]> {
    connection
        .prepare_cached("SELECT coalesce(who, 0), decided FROM person WHERE id = ?1")?
        .query_row([form], |row| Ok([form, row.get(0)?, row.get(1)?]))
}

fn set(connection: &Connection, [form, who, decided]: [i64; 3]) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE person SET who = nullif(?2, 0), decided = ?3 WHERE id = ?1")?
        .execute([form, who, decided])?;
    Ok(())
}
