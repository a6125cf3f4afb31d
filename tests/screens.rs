//! Whole screens, drawn to memory and compared as text; colours asserted on cells.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use proptest::prelude::*;
use ratatui::style::Modifier;
use support::{Desk, TEXT, setup, stories};
use warta::article::Article;
use warta::entity::{Document, Recognizer};
use warta::language::Language;
use warta::message::Message;
use warta::pane::ASCII;
use warta::story::{Story, StoryId};
use warta::theme::{Choice, Depth, Kind, Theme};

#[test]
fn three_sizes() {
    for (columns, rows) in [(80, 24), (120, 36), (200, 50)] {
        insta::assert_snapshot!(
            format!("list_{columns}x{rows}"),
            Desk::new(columns, rows).text()
        );
    }
}

#[test]
fn a_name_chosen_in_the_sidebar() {
    insta::assert_snapshot!(
        "name_120x36",
        Desk::new(120, 36).type_keys("<Tab><Tab>j").text()
    );
    insta::assert_snapshot!(
        "name_80x24",
        Desk::new(80, 24).type_keys("<Tab><Tab>").text()
    );
}

#[test]
fn one_pane_at_a_time_below_seventy_columns() {
    insta::assert_snapshot!("narrow_list_40x16", Desk::new(40, 16).text());
    insta::assert_snapshot!(
        "narrow_text_40x16",
        Desk::new(40, 16).type_keys("<Enter>").text()
    );
    insta::assert_snapshot!(
        "narrow_names_40x16",
        Desk::new(40, 16).type_keys("<Enter>e").text()
    );
}

#[test]
fn help_is_drawn_from_the_key_table() {
    insta::assert_snapshot!("help_120x36", Desk::new(120, 36).type_keys("?").text());
    insta::assert_snapshot!("help_80x24", Desk::new(80, 24).type_keys("?").text());
}

#[test]
fn only_the_text() {
    insta::assert_snapshot!("only_text_120x36", Desk::new(120, 36).type_keys("z").text());
}

#[test]
fn english_and_ascii() {
    let setup = warta::app::Setup {
        language: Language::English,
        glyphs: &ASCII,
        ..setup()
    };
    insta::assert_snapshot!(
        "english_ascii_120x20",
        Desk::with(setup, stories(), 120, 20).text()
    );
}

#[test]
fn nothing_to_read() {
    let mut empty = Desk::with(setup(), Vec::new(), 80, 10);
    insta::assert_snapshot!("empty_80x10", empty.text());
    empty.tell(Message::Failed(
        "tidakada.txt: berkas tidak ditemukan".to_owned(),
    ));
    assert!(
        empty
            .text()
            .contains("tidakada.txt: berkas tidak ditemukan")
    );
}

#[test]
fn a_small_window_says_so() {
    assert!(Desk::new(19, 6).text().contains("Jendela terlalu"));
    assert!(Desk::new(40, 5).text().contains("Jendela terlalu kecil"));
}

#[test]
fn every_small_size_is_drawn_at_every_step() {
    for columns in 1..=60 {
        for rows in 1..=20 {
            let mut desk = Desk::new(columns, rows);
            for keys in [
                "", "j", "<Enter>", "G", "]", "e", "j", "?", "<Esc>", "z", "t",
            ] {
                desk.type_keys(keys).buffer();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any text through the real engine, on any screen, with any keys: it is drawn.
    #[test]
    fn any_article_is_drawn(
        title in "\\PC{0,80}",
        body in prop::collection::vec("\\PC{1,300}", 0..6),
        columns in 1u16..150,
        rows in 1u16..50,
        keys in "[jkhlGgbnpmeztNnp?\\]\\[ ]{0,12}",
    ) {
        let text = body.join("\n\n");
        let document = Document { title: Some(&title), standfirst: None, text: &text };
        let entities = Recognizer::embedded().recognize(&document);
        let article = Article { title: Some(title), paragraphs: body, ..Article::default() };
        let story = Story::new(StoryId(7), "Contoh".to_owned(), None, article, entities);
        let mut desk = Desk::with(setup(), vec![story], columns, rows);
        for key in keys.chars() {
            desk.type_keys(&key.to_string()).buffer();
        }
    }
}

#[test]
fn resizing_at_any_moment_keeps_the_place() {
    let mut desk = Desk::new(120, 30);
    desk.type_keys("<Enter><Space><Space>");
    let place = desk.app.reader().place();
    assert!(place.is_some());
    for (columns, rows) in [(60, 20), (1, 1), (80, 24), (200, 60), (20, 6), (120, 30)] {
        desk.resize(columns, rows).buffer();
    }
    assert_eq!(desk.app.reader().place(), place);
}

#[test]
fn names_are_coloured_by_kind_in_the_text() {
    let theme = setup().theme;
    let mut desk = Desk::new(120, 36);
    let (x, y) = desk.find("Anton Sorvin", TEXT);
    let buffer = desk.buffer();
    assert_eq!(buffer[(x, y)].fg, theme.name(Kind::Person).fg.unwrap());
    let (x, y) = desk.find("Rusia", TEXT);
    assert_eq!(buffer[(x, y)].fg, theme.name(Kind::Country).fg.unwrap());
    let (x, y) = desk.find("menerima", TEXT);
    assert_eq!(buffer[(x, y)].fg, theme.text().fg.unwrap());
}

#[test]
fn a_name_broken_over_a_line_end_keeps_its_colour() {
    let theme = setup().theme;
    // Wherever the column ends, every letter of the name has the colour of its kind.
    for columns in 24..70 {
        let mut desk = Desk::new(columns, 40);
        desk.type_keys("<Enter>");
        let buffer = desk.buffer();
        let person = theme.name(Kind::Person).fg.unwrap();
        let coloured: String = buffer
            .content
            .iter()
            .filter(|cell| cell.fg == person)
            .map(ratatui::buffer::Cell::symbol)
            .collect();
        assert!(
            coloured.replace(' ', "").contains("AntonSorvin"),
            "{columns}: {coloured}"
        );
    }
}

#[test]
fn without_colour_names_are_told_by_bold_and_underline() {
    let setup = warta::app::Setup {
        theme: Theme::new(Choice::Auto, Depth::None, None),
        ..setup()
    };
    let mut desk = Desk::with(setup, stories(), 120, 36);
    let (x, y) = desk.find("Anton Sorvin", TEXT);
    let buffer = desk.buffer();
    assert!(buffer[(x, y)].modifier.contains(Modifier::BOLD));
    let (x, y) = desk.find("Rusia", TEXT);
    assert!(buffer[(x, y)].modifier.contains(Modifier::UNDERLINED));
    assert!(
        buffer
            .content
            .iter()
            .all(|cell| cell.fg == ratatui::style::Color::Reset)
    );
}

#[test]
fn the_chosen_name_is_lit_and_ticked() {
    let theme = setup().theme;
    let mut desk = Desk::new(120, 36);
    desk.type_keys("<Tab><Tab>j");
    let (x, y) = desk.find("Han Mi Rae", TEXT);
    let buffer = desk.buffer();
    assert_eq!(buffer[(x, y)].bg, theme.chosen_name().bg.unwrap());
    let ticks = buffer
        .content
        .iter()
        .filter(|cell| cell.symbol() == "◀")
        .count();
    assert_eq!(
        ticks, 3,
        "two of Han's three mentions above, one at the end of the text"
    );
}
