#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::entity::token::tokenize;

/// The words of a text as the tables number them.
fn numbers(text: &str) -> Vec<WordId> {
    tokenize(text)
        .iter()
        .map(|token| word(token.text(text)))
        .collect()
}

/// The longest phrase of a class at the start of a text, as the text's own words.
fn longest_in(text: &str, of: Classes) -> Option<&str> {
    let tokens = tokenize(text);
    let phrase = longest(&numbers(text), of)?;
    text.get(..tokens[phrase.len - 1].end as usize)
}

#[test]
fn words_are_found_in_any_case_and_with_or_without_their_full_stop() {
    for form in ["presiden", "Presiden", "PRESIDEN"] {
        assert!(word(form).classes().any(Classes::OFFICE), "{form}");
    }
    for form in ["Hj", "Hj.", "HJ."] {
        assert!(word(form).classes().any(Classes::HONORIFIC), "{form}");
    }
    assert_eq!(word("Sana’a"), word("sana'a"));
    assert_eq!(word("Élysée"), word("élysée"));
}

#[test]
fn unknown_and_overlong_words_are_in_no_list() {
    for form in [
        "",
        "...",
        "Xyzzyq",
        &"a".repeat(40),
        &"é".repeat(400),
        "\u{0}",
        "🦀",
    ] {
        assert_eq!(word(form), WordId::UNKNOWN, "{form}");
        assert!(word(form).classes().is_empty());
    }
}

#[test]
fn the_longest_phrase_wins() {
    assert_eq!(
        longest_in("Menteri Luar Negeri Iran", Classes::OFFICE),
        Some("Menteri Luar Negeri")
    );
    assert_eq!(longest_in("Menteri itu", Classes::OFFICE), Some("Menteri"));
    assert_eq!(
        longest_in("Brigjen Pol Amir", Classes::RANK),
        Some("Brigjen Pol")
    );
    assert_eq!(longest_in("itu menteri", Classes::OFFICE), None);
    assert_eq!(longest(&[], Classes::OFFICE), None);
}

#[test]
fn entries_say_which_country() {
    let meaning = |text: &str| {
        let words = numbers(text);
        let phrase = phrases(&words).last().unwrap();
        assert_eq!(phrase.len, words.len(), "{text}");
        phrase.entries().next()
    };
    for (text, code, kind) in [
        ("Korea Utara", *b"KP", FormKind::Name),
        ("Timor-Leste", *b"TL", FormKind::Name),
        ("AS", *b"US", FormKind::Abbreviation),
        ("Negeri Tirai Bambu", *b"CN", FormKind::Popular),
        ("Seoul", *b"KR", FormKind::Capital),
        ("Gedung Putih", *b"US", FormKind::Seat),
    ] {
        match meaning(text) {
            Some(Entry::Country(facts, found)) => {
                assert_eq!((facts.code, found), (CountryCode(code), kind), "{text}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
    assert_eq!(
        meaning("Jawa Barat"),
        Some(Entry::Place(Some(CountryCode(*b"ID"))))
    );
    assert_eq!(meaning("Selat Hormuz"), Some(Entry::Place(None)));
}

#[test]
fn every_country_is_there_once_and_named() {
    for facts in countries() {
        assert_eq!(country(facts.code), Some(facts));
        assert!(!facts.name.is_empty() && !facts.english.is_empty());
    }
    for code in ["ID", "XK", "SU", "YU", "DD", "PS", "TW", "HK"] {
        assert!(
            countries().iter().any(|facts| facts.code.as_str() == code),
            "{code}"
        );
    }
    assert!(countries().len() > 240);
}

#[test]
fn the_tables_stay_small() {
    let bytes = TEXT.len()
        + size_of_val(&WORD_STARTS)
        + size_of_val(&SLOTS)
        + size_of_val(&CLASS_SETS)
        + size_of_val(&NODE_CLASSES)
        + size_of_val(&EDGE_STARTS)
        + size_of_val(&ENTRY_STARTS)
        + size_of_val(&EDGE_WORDS)
        + size_of_val(&EDGE_NODES)
        + size_of_val(&ENTRIES);
    assert!(bytes < 700_000, "{bytes} bytes");
}
