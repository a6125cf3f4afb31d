//! `warta show`.

use std::ffi::OsStr;

use unicode_width::UnicodeWidthStr;

use crate::program::{ARTICLE, Folder, assert_ends, out, run};

#[test]
fn prints_the_article_and_who_is_in_it() {
    let folder = Folder::new();
    let output = run([
        OsStr::new("show"),
        folder.file("berita.txt", ARTICLE).as_ref(),
    ]);
    assert_ends(&output, 0, 0);
    let text = out(&output);
    assert!(
        text.contains("Presiden Contohnia Tiba di Jakarta"),
        "{text}"
    );
    assert!(
        !text.contains('\x1b'),
        "colour where there is no terminal: {text}"
    );
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for paragraph in ARTICLE.lines().skip(4).filter(|line| !line.is_empty()) {
        assert!(joined.contains(paragraph), "{paragraph} is not in {text}");
    }
}

#[test]
fn lists_people_with_their_office_and_countries_with_their_code() {
    let folder = Folder::new();
    let output = run([
        OsStr::new("show"),
        folder.file("berita.txt", ARTICLE).as_ref(),
    ]);
    let text = out(&output);
    let (_, lists) = text.split_once("\nTokoh\n").unwrap();
    let (people, countries) = lists.split_once("\nNegara\n").unwrap();
    assert!(
        people.contains("   2  Vladimir Putin, Presiden Rusia\n"),
        "{people}"
    );
    assert!(
        countries.contains("   1  Korea Utara (KP)\n"),
        "{countries}"
    );
}

#[test]
fn keeps_to_the_width() {
    let folder = Folder::new();
    let path = folder.file("berita.txt", ARTICLE);
    for width in ["1", "7", "20", "45", "72", "300", "65535"] {
        let output = run([
            OsStr::new("show"),
            "--width".as_ref(),
            width.as_ref(),
            path.as_ref(),
        ]);
        assert_ends(&output, 0, 0);
        let most = width.parse().unwrap();
        for line in out(&output).lines() {
            assert!(line.width() <= most, "{width}: {line}");
            assert_eq!(line, line.trim_end(), "{width}");
        }
    }
}

#[test]
fn speaks_both_languages() {
    let folder = Folder::new();
    let path = folder.file("berita.txt", ARTICLE);
    let indonesian = run([OsStr::new("show"), path.as_ref()]);
    let english = run([
        OsStr::new("--lang"),
        "en".as_ref(),
        "show".as_ref(),
        path.as_ref(),
    ]);
    assert!(
        out(&indonesian).contains("27 Okt 2025"),
        "{}",
        out(&indonesian)
    );
    assert!(out(&english).contains("27 Oct 2025"), "{}", out(&english));
}
