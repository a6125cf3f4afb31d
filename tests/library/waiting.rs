//! Articles between the moment they come and the moment their names are found.

use warta::entity::Entities;
use warta::library::{ArticleId, Finished, Library, Mark};

use crate::invented::Known;
use crate::{Shelf, at, here, invented, query, shelf, titles};

const LINK: &str = "https://c.example/putin";

fn article(text: &str) -> Known {
    invented::naming(LINK, "Putin tiba", text, "Vladimir Putin", *b"RU")
}

/// Keeps the article as its feed gives it.
fn come(shelf: &mut Shelf, known: &Known, minute: i64) -> ArticleId {
    let drafts = [known.draft.clone()];
    let stored = shelf
        .library
        .store(shelf.feed, &drafts, at(minute))
        .unwrap();
    stored.new.into_iter().chain(stored.changed).next().unwrap()
}

/// What a reader of names makes of everything that waits.
fn read(library: &Library, entities: &Entities) -> Vec<Finished> {
    let waiting = library.waiting().unwrap();
    let waiting = library.to_be_read(&waiting).unwrap().into_iter();
    waiting
        .map(|waiting| {
            let article = waiting.article.clone();
            waiting.finish(&article, entities.clone())
        })
        .collect()
}

#[test]
fn what_waits_is_read_listed_and_marked_but_not_yet_found() {
    let mut shelf = shelf();
    let known = article("Vladimir Putin tiba. Rusia diam.");
    let id = come(&mut shelf, &known, 0);
    // The program ends here.
    let mut shelf = shelf.reopen();
    assert_eq!(shelf.titles(""), ["Putin tiba"]);
    assert_eq!(shelf.titles("putin tokoh:putin negara:RU"), [""; 0]);
    let shelved = shelf.library.article(id).unwrap().unwrap();
    assert_eq!(shelved.article, known.draft.article);
    assert_eq!(shelved.entities, None);
    shelf.library.mark(&[id], Mark::Saved).unwrap();

    let finished = read(&shelf.library, &known.entities);
    assert_eq!(shelf.library.finish(&finished).unwrap(), [id]);
    assert_eq!(shelf.library.waiting().unwrap(), []);
    assert_eq!(
        shelf.titles("putin tokoh:putin negara:RU simpan"),
        ["Putin tiba"]
    );
    let shelved = shelf.library.article(id).unwrap().unwrap();
    assert_eq!(shelved.entities, Some(known.entities));
}

#[test]
fn what_changes_while_it_is_read_goes_on_waiting() {
    let mut shelf = shelf();
    let (old, new) = (
        article("Vladimir Putin tiba."),
        article("Vladimir Putin pergi."),
    );
    let id = come(&mut shelf, &old, 0);
    let finished = read(&shelf.library, &old.entities);
    assert_eq!(come(&mut shelf, &new, 1), id);
    assert_eq!(shelf.library.finish(&finished).unwrap(), []);
    assert_eq!(shelf.library.waiting().unwrap(), [id]);
    let finished = read(&shelf.library, &new.entities);
    assert_eq!(shelf.library.finish(&finished).unwrap(), [id]);
    assert_eq!(shelf.titles("pergi"), ["Putin tiba"]);
}

#[test]
fn of_two_programs_one_finishes_an_article() {
    let mut one = shelf();
    let known = article("Vladimir Putin tiba.");
    let id = come(&mut one, &known, 0);
    let mut two = Library::open(one.folder.path(), at(0)).unwrap();
    let (first, second) = (
        read(&one.library, &known.entities),
        read(&two, &known.entities),
    );
    assert_eq!(one.library.finish(&first).unwrap(), [id]);
    assert_eq!(two.finish(&second).unwrap(), []);
    let count = two.count(&query("tokoh:putin putin"), &here()).unwrap();
    assert_eq!(count.articles, 1);
    assert_eq!(titles(&two, "putin"), ["Putin tiba"]);
}

#[test]
fn the_whole_text_of_a_page_ends_the_waiting() {
    let mut shelf = shelf();
    let id = come(&mut shelf, &article("Vladimir Putin."), 0);
    let finished = read(&shelf.library, &Entities::default());
    let page = article("Vladimir Putin tiba di Rusia, panjang.");
    let (library, text) = (&mut shelf.library, &page.draft.article);
    library
        .set_full_text(id, text, &page.entities, at(1))
        .unwrap();
    assert_eq!(library.finish(&finished).unwrap(), []);
    assert_eq!(shelf.titles("panjang tokoh:putin"), ["Putin tiba"]);
}

#[test]
fn what_is_dropped_waits_no_more() {
    let mut shelf = shelf();
    come(&mut shelf, &article("Vladimir Putin."), 0);
    let finished = read(&shelf.library, &Entities::default());
    shelf.library.remove_feed(shelf.feed).unwrap();
    assert_eq!(shelf.library.waiting().unwrap(), []);
    assert_eq!(shelf.library.finish(&finished).unwrap(), []);
}
