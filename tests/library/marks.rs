//! Marks, and taking them back.

use proptest::prelude::*;
use warta::library::{ArticleId, Count, Mark, Query, Undone};

use crate::{at, here, invented, query, shelf};

#[test]
fn all_read_can_be_taken_back() {
    let mut shelf = shelf();
    let stored = shelf.store(&invented::drafts(0..20, at(0)), 0);
    shelf.library.mark(&stored.new[..4], Mark::Read).unwrap();
    let changed = shelf
        .library
        .mark_all(&Query::default(), Mark::Read, &here())
        .unwrap();
    assert_eq!(changed.len(), 16);
    assert_eq!(shelf.titles("belum").len(), 0);
    // It can be taken back tomorrow too.
    let mut shelf = shelf.reopen();
    let undone = shelf.library.undo().unwrap().unwrap();
    assert!(matches!(undone, Undone::Mark { mark: Mark::Read, articles } if articles.len() == 16));
    assert_eq!(
        shelf.library.count(&Query::default(), &here()).unwrap(),
        Count {
            articles: 20,
            unread: 16
        }
    );
    shelf.library.undo().unwrap().unwrap();
    assert_eq!(shelf.titles("belum").len(), 20);
    assert_eq!(shelf.library.undo().unwrap(), None);
}

#[test]
fn all_read_keeps_to_its_query() {
    let mut shelf = shelf();
    let other = crate::add_feed(&mut shelf.library, "Koran Lain");
    shelf.store(
        &[invented::short("https://c.example/1", "Banjir surut", "x")],
        0,
    );
    shelf.store(&[invented::short("https://c.example/2", "Gempa", "x")], 0);
    let drafts = [invented::short("https://c.example/1", "Banjir lagi", "x")];
    invented::store(&mut shelf.library, other, &drafts, at(0));
    let marked = query("banjir feed:koran");
    let changed = shelf
        .library
        .mark_all(&marked, Mark::Read, &here())
        .unwrap();
    assert_eq!(changed.len(), 1);
    assert_eq!(shelf.titles("-belum"), ["Banjir lagi"]);
}

#[test]
fn a_mark_that_changes_nothing_is_not_undone() {
    let mut shelf = shelf();
    let id = shelf
        .store(&[invented::short("https://c.example/1", "A", "x")], 0)
        .new[0];
    shelf.library.mark(&[id], Mark::Saved).unwrap();
    assert_eq!(shelf.library.mark(&[id], Mark::Saved).unwrap(), []);
    assert_eq!(
        shelf.library.mark(&[ArticleId(99)], Mark::Saved).unwrap(),
        []
    );
    let undone = shelf.library.undo().unwrap().unwrap();
    assert!(matches!(
        undone,
        Undone::Mark {
            mark: Mark::Saved,
            ..
        }
    ));
    assert_eq!(shelf.library.undo().unwrap(), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    /// Any marks, taken back one by one, lead back through every state there was.
    #[test]
    fn undo_leads_back(marks in proptest::collection::vec((0_usize..5, 0_usize..4), 1..20)) {
        let mut shelf = shelf();
        let ids = shelf.store(&invented::drafts(0..5, at(0)), 0).new;
        let mut states = Vec::new();
        for (article, mark) in marks {
            let mark = [Mark::Read, Mark::Unread, Mark::Saved, Mark::Unsaved][mark];
            let before = shelf.library.rows(&Query::default(), 0..9, &here()).unwrap();
            if !shelf.library.mark(&ids[article..], mark).unwrap().is_empty() {
                states.push(before);
            }
        }
        for state in states.into_iter().rev() {
            shelf.library.undo().unwrap().unwrap();
            prop_assert_eq!(shelf.library.rows(&Query::default(), 0..9, &here()).unwrap(), state);
        }
        prop_assert_eq!(shelf.library.undo().unwrap(), None);
    }
}
