//! Mistakes in `assets/gazetteer` are found when the program is built, and said with file and line.
//!
//! The build script cannot be called from a test, but the module of it that reads and checks the
//! lists can be compiled into one.

#![allow(dead_code, clippy::unwrap_used)]

#[path = "../src/entity/gazetteer/class.rs"]
mod class;
#[path = "../src/entity/gazetteer/hash.rs"]
mod hash;
#[path = "../src/entity/gazetteer/build/source.rs"]
mod source;
#[path = "../src/entity/token.rs"]
mod token;

use std::fs;
use std::io;
use std::path::Path;

/// The problems found when one file of the lists holds `text` and the others are as they are.
fn problems_with(file: &str, text: &str) -> Vec<String> {
    let open = |name: &str| {
        if name == file {
            return Ok(text.to_owned());
        }
        fs::read_to_string(Path::new("assets/gazetteer").join(name))
    };
    source::read(&open).err().unwrap_or_default()
}

/// The file with a line put after its last one, and the number of that line.
fn with_line(file: &str, line: &str) -> (String, usize) {
    let text = fs::read_to_string(Path::new("assets/gazetteer").join(file)).unwrap();
    let number = text.lines().count() + 1;
    (format!("{}\n{line}\n", text.trim_end()), number)
}

#[track_caller]
fn check(file: &str, line: &str, says: &str) {
    let (text, number) = with_line(file, line);
    let problems = problems_with(file, &text);
    let place = format!("assets/gazetteer/{file}:{number}: ");
    assert!(
        problems
            .iter()
            .any(|problem| problem.starts_with(&place) && problem.contains(says)),
        "{problems:?}"
    );
}

#[test]
fn the_lists_as_they_are_have_no_problems() {
    assert_eq!(problems_with("", ""), Vec::<String>::new());
}

#[test]
fn a_form_two_countries_claim_is_refused() {
    check(
        "countries.tsv",
        "QZ\tNegeri Uji\t-\tTiongkok\t-\t-\t-",
        "\"tiongkok\" stands already at",
    );
    check("seats.tsv", "ID\tSeoul\t-", "\"seoul\" stands already at");
    check(
        "places.tsv",
        "MY\tcities\tSurabaya",
        "\"surabaya\" stands already at",
    );
}

#[test]
fn a_code_that_is_none_is_refused() {
    check(
        "countries.tsv",
        "usa\tNegeri Uji\t-\t-\t-\t-\t-",
        "\"usa\" is not two capitals",
    );
    check(
        "countries.tsv",
        "ID\tNegeri Uji\t-\t-\t-\t-\t-",
        "\"ID\" stands twice",
    );
    check("seats.tsv", "QZ\tKota Uji\t-", "\"QZ\" is no country");
    check("places.tsv", "QZ\tcities\tKota Uji", "\"QZ\" is no country");
}

#[test]
fn a_line_of_the_wrong_shape_is_refused() {
    check(
        "countries.tsv",
        "QZ\tNegeri Uji",
        "2 columns where 7 are wanted",
    );
    check("seats.tsv", "ID\t\t-", "or an empty one");
    check(
        "figures.tsv",
        "ID\tNama Uji\tPenguji\tkemarin\t-\t-",
        "\"kemarin\" is not a year and month",
    );
}

#[test]
fn a_word_no_table_can_hold_is_refused() {
    let long = "a".repeat(hash::LONGEST + 1);
    check("words/kin.txt", &long, "has a word too long, or none");
    check("words/kin.txt", "istri", "\"istri\" stands already at");
}

#[test]
fn a_list_that_is_missing_is_named() {
    let open = |_: &str| Err(io::Error::from(io::ErrorKind::NotFound));
    let problems = source::read(&open).err().unwrap_or_default();
    assert!(
        problems
            .iter()
            .any(|problem| problem.contains("countries.tsv"))
    );
    assert!(
        problems
            .iter()
            .any(|problem| problem.contains("words/offices.txt"))
    );
}
