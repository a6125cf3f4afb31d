//! `warta entities` on sources.

use std::ffi::OsStr;

use crate::program::{
    ARTICLE, Folder, assert_ends, assert_mentions_hold, complaint, keys, objects, out, piped, run,
};

#[test]
fn prints_one_object_a_line_for_each_source() {
    let folder = Folder::new();
    let first = folder.file("satu.txt", ARTICLE);
    let second = folder.file("dua.txt", ARTICLE.replace("Jakarta", "Bandung"));
    let output = run([OsStr::new("entities"), first.as_ref(), second.as_ref()]);
    assert_ends(&output, 0, 0);
    let objects = objects(&output);
    assert_eq!(objects.len(), 2);
    for object in &objects {
        assert_eq!(
            keys(object)
                .into_iter()
                .collect::<std::collections::BTreeSet<_>>(),
            [
                "title",
                "standfirst",
                "published",
                "text",
                "people",
                "countries",
                "places",
                "organisations"
            ]
            .into()
        );
        assert_mentions_hold(object);
    }
    assert!(
        objects[0]["title"]
            .as_str()
            .unwrap()
            .ends_with("di Jakarta")
    );
    assert!(
        objects[1]["title"]
            .as_str()
            .unwrap()
            .ends_with("di Bandung")
    );
}

#[test]
fn writes_its_keys_in_the_order_of_the_documentation() {
    let output = piped(
        ["entities", "--jsonl"],
        br#"{"text":"Vladimir Putin di Rusia.","id":7}"#,
    );
    let line = out(&output);
    let order = [
        "\"id\":7",
        "\"title\":null",
        "\"standfirst\":null",
        "\"published\":null",
        "\"text\":",
        "\"people\":",
        "\"countries\":",
        "\"places\":",
        "\"organisations\":",
    ];
    let places: Vec<usize> = order.iter().map(|key| line.find(key).unwrap()).collect();
    assert!(places.is_sorted(), "{line}");
}

#[test]
fn reads_standard_input_when_something_is_piped_in_or_a_dash_is_given() {
    for arguments in [vec!["entities"], vec!["entities", "-"]] {
        let output = piped(arguments, ARTICLE.as_bytes());
        assert_ends(&output, 0, 0);
        assert_eq!(objects(&output).len(), 1);
    }
}

#[test]
fn goes_on_after_a_source_that_fails() {
    let folder = Folder::new();
    let good = folder.file("baik.txt", ARTICLE);
    let output = run([
        OsStr::new("entities"),
        OsStr::new("/tidak/ada"),
        good.as_ref(),
        folder.0.path().as_ref(),
    ]);
    assert_ends(&output, 1, 2);
    assert_eq!(objects(&output).len(), 1);
    let complaint = complaint(&output);
    assert!(
        complaint.contains("/tidak/ada: berkas tidak ada"),
        "{complaint}"
    );
    assert!(complaint.contains("folder"), "{complaint}");
}
