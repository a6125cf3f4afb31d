//! The look-up screens: cards, the digest, relations; drawn to memory from invented data.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "lookup/invented.rs"]
mod invented;
#[path = "lookup/journeys.rs"]
mod journeys;
mod support;

use invented::{card, country_card, digest, relations, row};
use jiff::ToSpan;
use jiff::civil::date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use support::{setup, stories};
use warta::app::Setup;
use warta::language::Language;
use warta::lookup::{PAGE, PersonId, Who};
use warta::pane::card::CardPane;
use warta::pane::card::context::contexts;
use warta::pane::digest::DigestPane;
use warta::pane::relations::{RelationsPane, Sort};
use warta::pane::sheet::{Choice, Sheet};
use warta::pane::{ASCII, Look};
use warta::story::{StoryId, Subject};

const SIZES: [(u16, u16); 3] = [(80, 22), (120, 34), (200, 48)];

fn area((columns, rows): (u16, u16)) -> Rect {
    Rect::new(0, 0, columns, rows)
}

/// A pane drawn to memory as text, a line a row.
fn drawn(size: (u16, u16), setup: &Setup, draw: impl Fn(Rect, &mut Buffer, &Look<'_>)) -> String {
    let now = "2025-11-25T21:04:00[+07:00]".parse().unwrap();
    let look = Look {
        theme: setup.theme,
        texts: setup.language.texts(),
        glyphs: setup.glyphs,
        keymap: &setup.config.keymap,
        now: &now,
        focused: true,
    };
    let mut buffer = Buffer::empty(area(size));
    draw(area(size), &mut buffer, &look);
    let mut text = String::new();
    for y in 0..size.1 {
        let row: String = (0..size.0).map(|x| buffer[(x, y)].symbol()).collect();
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

fn english_ascii() -> Setup {
    Setup {
        language: Language::English,
        glyphs: &ASCII,
        ..setup()
    }
}

/// A card of so many articles whose rows on the screen have come.
fn pane(articles: usize, size: (u16, u16)) -> CardPane {
    let here = contexts(&stories()[0], Subject::Person(0));
    let mut pane = CardPane::new(card(articles), here, area(size));
    bring(&mut pane, articles, size);
    pane
}

/// Brings the articles a card asks for, as the worker would; how many it asked for.
fn bring(pane: &mut CardPane, articles: usize, size: (u16, u16)) -> usize {
    let mut brought = 0;
    while let Some(first) = pane.wanted(area(size)) {
        let until = (first + PAGE).min(articles);
        let day = |id: usize| date(2025, 11, 24) - i32::try_from(id % 400).unwrap().days();
        pane.take(first, (first..until).map(|id| row(id, day(id))).collect());
        brought += until - first;
    }
    brought
}

#[test]
fn a_card_at_three_sizes() {
    for size in SIZES {
        let pane = pane(47, size);
        let text = drawn(size, &setup(), |area, buffer, look| {
            pane.draw(area, buffer, look);
        });
        insta::assert_snapshot!(format!("card_{}x{}", size.0, size.1), text);
    }
}

#[test]
fn a_card_of_a_country() {
    let size = (120, 34);
    let here = contexts(&stories()[0], Subject::Country(0));
    let mut pane = CardPane::new(country_card(), here, area(size));
    bring(&mut pane, 12, size);
    let text = drawn(size, &english_ascii(), |area, buffer, look| {
        pane.draw(area, buffer, look);
    });
    insta::assert_snapshot!("card_country_english_ascii_120x34", text);
}

#[test]
fn every_row_of_a_card_leads_on() {
    let size = (80, 22);
    let mut pane = pane(47, size);
    assert_eq!(pane.choice(), Some(Choice::Article(StoryId(0))));
    let next = |pane: &mut CardPane| {
        pane.go(area(size), |cursor, columns| cursor.section(1, columns));
        pane.choice()
    };
    assert!(matches!(next(&mut pane), Some(Choice::Mention(mention)) if mention.start == 0));
    assert_eq!(
        next(&mut pane),
        Some(Choice::Card(Who::Person(PersonId(2))))
    );
    assert!(matches!(
        next(&mut pane),
        Some(Choice::Card(Who::Country(_)))
    ));
    assert_eq!(next(&mut pane), None, "a form of the name leads nowhere");
    assert_eq!(pane.form(), Some(("Sorvin", PersonId(11))));
    pane.go(area(size), |cursor, columns| cursor.section(1, columns));
    bring(&mut pane, 47, size);
    assert_eq!(pane.choice(), Some(Choice::Article(StoryId(0))));
    pane.go(area(size), |cursor, columns| cursor.end(true, columns));
    assert_eq!(pane.choice(), Some(Choice::Article(StoryId(46))));
    pane.go(area(size), |cursor, columns| cursor.end(false, columns));
    assert_eq!(pane.choice(), Some(Choice::Article(StoryId(0))));
}

#[test]
fn going_down_a_card_line_by_line_passes_everything() {
    for size in [(80, 22), (60, 12), (50, 7), (120, 34)] {
        let mut pane = pane(47, size);
        let mut seen = String::new();
        for _ in 0..120 {
            seen += &drawn(size, &setup(), |area, buffer, look| {
                pane.draw(area, buffer, look);
            });
            pane.go(area(size), |cursor, columns| cursor.step(1, columns));
            bring(&mut pane, 47, size);
        }
        let last = drawn(size, &setup(), |area, buffer, look| {
            pane.draw(area, buffer, look);
        });
        assert_eq!(pane.choice(), Some(Choice::Article(StoryId(46))), "{last}");
        for _ in 0..120 {
            pane.go(area(size), |cursor, columns| cursor.step(-1, columns));
        }
        let first = drawn(size, &setup(), |area, buffer, look| {
            pane.draw(area, buffer, look);
        });
        assert!(first.contains("Jabatan menurut"), "{first}");
        // Where there is a second column, it is gone down too.
        pane.go(area(size), |cursor, columns| cursor.across(1, columns));
        for _ in 0..60 {
            pane.go(area(size), |cursor, columns| cursor.step(1, columns));
            seen += &drawn(size, &setup(), |area, buffer, look| {
                pane.draw(area, buffer, look);
            });
        }
        for words in ["per Nov 2025", "CC BY-SA", "Berita per"] {
            assert!(seen.contains(words), "{size:?}: {words}");
        }
    }
}

#[test]
fn a_hundred_thousand_articles_are_asked_for_a_page_at_a_time() {
    let size = (120, 34);
    let mut pane = pane(100_000, size);
    assert_eq!(
        bring(&mut pane, 100_000, size),
        0,
        "the first page is there"
    );
    pane.go(area(size), |cursor, columns| cursor.end(true, columns));
    assert!(pane.choice().is_none(), "not there yet");
    assert_eq!(bring(&mut pane, 100_000, size), PAGE);
    assert_eq!(pane.choice(), Some(Choice::Article(StoryId(99_999))));
    for _ in 0..400 {
        pane.go(area(size), |cursor, columns| cursor.page(-1, columns));
        bring(&mut pane, 100_000, size);
        assert!(pane.choice().is_some());
    }
}

#[test]
fn the_chart_goes_by_day_week_and_month() {
    let size = (120, 34);
    let mut pane = pane(47, size);
    let text = |pane: &CardPane| {
        drawn(size, &setup(), |area, buffer, look| {
            pane.draw(area, buffer, look);
        })
    };
    assert!(text(&pane).contains("Berita per pekan"));
    pane.change_unit(area(size));
    assert!(text(&pane).contains("Berita per bulan"));
    pane.change_unit(area(size));
    assert!(text(&pane).contains("Berita per hari"));
}

#[test]
fn a_digest_at_three_sizes() {
    for size in SIZES {
        let pane = DigestPane::new(digest(), area(size));
        let text = drawn(size, &setup(), |area, buffer, look| {
            pane.draw(area, buffer, look);
        });
        insta::assert_snapshot!(format!("digest_{}x{}", size.0, size.1), text);
    }
}

#[test]
fn a_digest_leads_to_cards_and_articles() {
    let size = (80, 22);
    let mut pane = DigestPane::new(digest(), area(size));
    assert_eq!(pane.choice(), Some(Choice::Card(Who::Person(PersonId(1)))));
    pane.go(area(size), |cursor, columns| cursor.step(1, columns));
    assert_eq!(pane.choice(), Some(Choice::Article(StoryId(23))));
    pane.go(area(size), |cursor, columns| cursor.end(true, columns));
    assert_eq!(pane.choice(), Some(Choice::Article(StoryId(3))));
}

#[test]
fn relations_at_three_sizes() {
    for size in SIZES {
        let pane = RelationsPane::new(relations(), 120);
        let text = drawn((size.0, 10), &setup(), |area, buffer, look| {
            pane.draw(area, buffer, look);
        });
        insta::assert_snapshot!(format!("relations_{}x10", size.0), text);
    }
}

#[test]
fn relations_are_sorted_by_each_column_and_the_user_stays_on_the_pair() {
    let size = area((80, 22));
    let mut pane = RelationsPane::new(relations(), 120);
    pane.move_by(isize::MAX, size);
    let pair = pane.choice().cloned();
    assert_eq!(pane.sorted_by(), Sort::Together);
    pane.change_sort(size);
    assert_eq!(pane.sorted_by(), Sort::Measure);
    assert_eq!(pane.choice(), pair.as_ref());
    assert_eq!(pane.relations()[0].together, 4, "the closest comes first");
    pane.change_sort(size);
    assert_eq!(pane.relations()[0].together, 9, "the newest comes first");
    pane.change_sort(size);
    assert_eq!(pane.relations()[0].one.name, "Anton Sorvin");
    assert_eq!(pane.choice(), pair.as_ref());
}

#[test]
fn every_size_is_drawn() {
    for columns in (1..130).step_by(3) {
        for rows in 1..24 {
            let size = (columns, rows);
            let mut card = pane(47, size);
            card.go(area(size), |cursor, columns| cursor.page(1, columns));
            card.go(area(size), |cursor, columns| cursor.across(1, columns));
            card.go(area(size), |cursor, columns| cursor.step(-1, columns));
            let mut digest = DigestPane::new(digest(), area(size));
            digest.go(area(size), |cursor, columns| cursor.section(-1, columns));
            let mut relations = RelationsPane::new(relations(), 120);
            relations.page(1, area(size));
            for setup in [setup(), english_ascii()] {
                drawn(size, &setup, |area, buffer, look| {
                    card.draw(area, buffer, look);
                    digest.draw(area, buffer, look);
                    relations.draw(area, buffer, look);
                });
            }
        }
    }
}

#[test]
fn a_long_section_is_folded_until_its_rest_is_asked_for() {
    let size = (80, 22);
    let mut card = card(47);
    let office = card.offices[0].clone();
    card.offices = vec![office; 9];
    let mut pane = CardPane::new(card, Vec::new(), area(size));
    let text = |pane: &CardPane| {
        drawn(size, &setup(), |area, buffer, look| {
            pane.draw(area, buffer, look);
        })
    };
    assert!(text(&pane).contains("3 lagi …"));
    for _ in 0..6 {
        pane.go(area(size), |cursor, columns| cursor.step(1, columns));
    }
    assert_eq!(pane.choice(), Some(Choice::Rest));
    pane.unfold(area(size));
    assert_eq!(pane.choice(), Some(Choice::Article(StoryId(0))));
    assert!(!text(&pane).contains("lagi …"));
}
