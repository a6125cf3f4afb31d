//! Two programs with the same library.

use std::thread;

use warta::library::{Library, Mark, Query};

use crate::{add_feed, at, here, invented, shelf, titles};

#[test]
fn what_one_writes_the_other_reads() {
    let mut one = shelf();
    let mut two = Library::open(one.folder.path(), at(0)).unwrap();
    let ids = one.store(&invented::drafts(0..5, at(0)), 0).new;
    two.mark(&ids[..2], Mark::Read).unwrap();
    assert_eq!(one.titles("-belum").len(), 2);
    one.library.undo().unwrap().unwrap();
    assert_eq!(titles(&two, "belum").len(), 5);
}

#[test]
fn a_reader_does_not_wait_for_a_writer() {
    let mut one = shelf();
    one.store(&invented::drafts(0..5, at(0)), 0);
    let writer = rusqlite::Connection::open(one.library.path()).unwrap();
    writer
        .execute_batch("BEGIN IMMEDIATE; UPDATE article SET unread = 0")
        .unwrap();
    assert_eq!(one.titles("belum").len(), 5);
}

#[test]
fn programs_that_begin_a_library_together_both_get_it() {
    let folder = tempfile::TempDir::new().unwrap();
    thread::scope(|scope| {
        for part in 0..4 {
            let folder = folder.path();
            scope.spawn(move || {
                let mut library = Library::open(folder, at(0)).unwrap();
                let feed = add_feed(&mut library, "Harian Contoh");
                for batch in 0..5 {
                    let from = part * 100 + batch * 20;
                    let drafts = invented::drafts(from..from + 20, at(0));
                    invented::store(&mut library, feed, &drafts, at(0));
                }
            });
        }
    });
    let library = Library::open(folder.path(), at(0)).unwrap();
    assert_eq!(library.feeds().unwrap().len(), 1);
    assert_eq!(
        library.count(&Query::default(), &here()).unwrap().articles,
        400
    );
}
