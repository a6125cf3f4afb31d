//! What happens when a user types: each test reads as a walk through the program.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use crossterm::event::MouseEventKind;
use support::{Desk, LIST, SIDEBAR, TEXT, setup, stories, whole};
use warta::layout::Pane;
use warta::message::{Job, Message, Rows};
use warta::story::{Mark, StoryId, Subject};

fn shown(desk: &Desk) -> u64 {
    desk.app.story().unwrap().id.0
}

#[test]
fn moving_in_the_list_shows_each_article_and_entering_reads_it() {
    let mut desk = Desk::new(120, 36);
    assert_eq!(shown(&desk), 1, "the first article is shown at once");
    desk.type_keys("j");
    assert_eq!(shown(&desk), 2);
    assert_eq!(
        desk.app.list().unread(),
        3,
        "looking at it in passing does not mark it read"
    );
    desk.type_keys("<Enter>");
    assert_eq!(desk.app.focus(), Pane::Reader);
    assert_eq!(desk.app.list().unread(), 2);
    desk.type_keys("m");
    assert_eq!(desk.app.list().unread(), 3, "m takes the mark back");
    desk.type_keys("n");
    assert_eq!(shown(&desk), 3);
    desk.type_keys("p<Esc>G");
    assert_eq!((shown(&desk), desk.app.focus()), (3, Pane::List));
    desk.type_keys("gkkk");
    assert_eq!(shown(&desk), 1, "the list ends where it ends");
}

#[test]
fn the_next_unread_article_is_found_round_the_end() {
    let mut desk = Desk::new(120, 36);
    desk.type_keys("jN");
    assert_eq!(shown(&desk), 3);
    desk.type_keys("N");
    assert_eq!(shown(&desk), 1);
    desk.type_keys("NN");
    assert_eq!(desk.app.list().unread(), 0);
    assert!(desk.text().contains("Semua berita sudah dibaca."));
}

#[test]
fn choosing_a_name_lights_it_and_the_brackets_go_round_its_mentions() {
    let mut desk = Desk::new(120, 24);
    desk.type_keys("<Enter>");
    desk.type_keys("<Tab>");
    assert_eq!(
        desk.app.reader().chosen().unwrap().subject,
        Subject::Person(0),
        "the sidebar starts at its first name"
    );
    desk.type_keys("j");
    let at = |desk: &Desk| desk.app.reader().chosen().unwrap().position();
    assert_eq!(
        (desk.app.reader().chosen().unwrap().subject, at(&desk)),
        (Subject::Person(1), (1, 3))
    );
    let top = desk.app.reader().place();
    desk.type_keys("]]");
    assert_eq!(at(&desk), (3, 3));
    assert!(
        desk.app.reader().place() > top,
        "the last mention is pages further down"
    );
    desk.type_keys("]");
    assert_eq!(at(&desk), (1, 3), "and round");
    desk.type_keys("[");
    assert_eq!(at(&desk), (3, 3));
    desk.type_keys("<Esc>");
    assert_eq!(desk.app.focus(), Pane::Reader);
    desk.type_keys("<Esc>");
    assert_eq!(
        desk.app.reader().chosen(),
        None,
        "one step back at a time: the light goes out"
    );
    assert_eq!(desk.app.focus(), Pane::Reader);
    desk.type_keys("<Esc>");
    assert_eq!(desk.app.focus(), Pane::List);
    desk.type_keys("<Esc>");
    assert!(!desk.app.ended(), "Esc never leaves the program");
}

#[test]
fn a_bracket_with_no_name_chosen_takes_the_first() {
    let mut desk = Desk::new(120, 24);
    desk.type_keys("<Enter>]");
    assert_eq!(desk.app.reader().chosen().unwrap().position(), (1, 2));
    let mut desk = Desk::new(120, 24);
    desk.type_keys("G<Enter>]");
    assert!(
        desk.text()
            .contains("Tidak ada tokoh atau negara yang disebut.")
    );
}

#[test]
fn a_country_known_only_by_its_seat_stands_last_and_says_which() {
    let mut desk = Desk::new(120, 36);
    let (_, named) = desk.find("RU Rusia", SIDEBAR);
    let (_, seated) = desk.find("KR Korea", SIDEBAR);
    assert!(named < seated);
    assert!(
        desk.text()
            .lines()
            .nth(usize::from(seated))
            .unwrap()
            .contains("Seoul")
    );
}

#[test]
fn each_article_keeps_its_place() {
    let mut desk = Desk::new(120, 24);
    desk.type_keys("<Enter><Space>");
    let place = desk.app.reader().place();
    desk.type_keys("n");
    assert_ne!(desk.app.reader().place(), place);
    desk.type_keys("p");
    assert_eq!(desk.app.reader().place(), place);
}

#[test]
fn the_text_scrolls_no_further_than_its_end() {
    let mut desk = Desk::new(120, 24);
    desk.type_keys("<Enter>G");
    assert!(desk.text().contains("100%"));
    assert!(desk.text().contains("meninggalkan"));
    let end = desk.app.reader().place();
    desk.type_keys("jj<Space><PgDn>");
    assert_eq!(desk.app.reader().place(), end);
    desk.type_keys("g");
    assert!(desk.text().contains("Terima Utusan"));
}

#[test]
fn at_eighty_columns_the_sidebar_takes_the_place_of_the_list() {
    let mut desk = Desk::new(80, 24);
    assert!(!desk.text().contains("Tokoh ─"));
    desk.type_keys("e");
    assert_eq!(desk.app.focus(), Pane::Sidebar);
    assert!(desk.text().contains("Tokoh ─") && desk.text().contains("Terima Utusan"));
    desk.type_keys("e");
    assert_eq!(desk.app.focus(), Pane::Reader);
    assert!(desk.text().contains("Berita ─"));
    desk.type_keys("lh");
    assert!(desk.text().contains("Tokoh ─"), "it stays while one reads");
    desk.type_keys("h");
    assert!(desk.text().contains("Berita ─") && !desk.text().contains("Tokoh ─"));
}

#[test]
fn the_sidebar_can_be_put_away_on_a_wide_screen() {
    let mut desk = Desk::new(120, 36);
    desk.type_keys("e");
    assert!(!desk.text().contains("Tokoh ─"));
    assert_eq!(
        desk.app.focus(),
        Pane::List,
        "the keys stay where they were"
    );
    desk.type_keys("e");
    assert!(desk.text().contains("Tokoh ─"));
}

#[test]
fn only_the_text_and_back() {
    let mut desk = Desk::new(120, 36);
    desk.type_keys("z");
    assert!(!desk.text().contains("Berita ─"));
    desk.type_keys("<Esc>");
    assert!(desk.text().contains("Berita ─"));
    desk.type_keys("zz");
    assert!(desk.text().contains("Berita ─"));
    desk.type_keys("z<Tab>");
    assert_eq!(
        desk.app.focus(),
        Pane::Sidebar,
        "looking at another pane brings it back"
    );
}

#[test]
fn the_mouse_does_what_the_keys_do() {
    let mut desk = Desk::new(120, 36);
    let (x, y) = desk.find("Cara Merawat", LIST);
    desk.click(x, y);
    assert_eq!((shown(&desk), desk.app.focus()), (3, Pane::List));
    let (x, y) = desk.find("Sorvin Terima", LIST);
    desk.click(x, y + 1);
    assert_eq!(shown(&desk), 1);

    let (x, y) = desk.find("Han menyampaikan", TEXT);
    desk.click(x + 1, y);
    assert_eq!(desk.app.focus(), Pane::Reader);
    let chosen = desk.app.reader().chosen().unwrap();
    assert_eq!(
        (chosen.subject, chosen.position()),
        (Subject::Person(1), (2, 3)),
        "the very mention clicked on"
    );
    assert_eq!(desk.app.sidebar().selected(), Some(Subject::Person(1)));

    let (x, y) = desk.find("juru bicara", SIDEBAR);
    desk.click(x, y);
    assert_eq!(
        desk.app.sidebar().selected(),
        Some(Subject::Person(2)),
        "an office stands for its bearer"
    );

    let place = desk.app.reader().place();
    desk.mouse(MouseEventKind::ScrollDown, 60, 10);
    assert!(desk.app.reader().place() > place);
    desk.mouse(MouseEventKind::ScrollDown, 5, 5);
    assert_eq!(shown(&desk), 2, "the wheel moves what is under the pointer");
    desk.click(500, 500);
}

#[test]
fn the_address_goes_to_browser_and_clipboard_if_there_is_one() {
    let mut desk = Desk::new(120, 36);
    desk.type_keys("o");
    assert!(desk.text().contains("Berita ini tidak punya alamat web."));
    desk.type_keys("joy");
    let address = "https://contoh.example/panen".to_owned();
    assert_eq!(
        desk.asked,
        [Job::Browse(address.clone()), Job::Copy(address)]
    );
}

#[test]
fn marks_and_places_are_kept_as_they_are_made() {
    let mut desk = Desk::new(120, 24);
    desk.type_keys("s");
    assert_eq!(desk.asked, [Job::Mark(StoryId(1), Mark::Saved)]);
    assert!(desk.text().contains('★'));
    desk.asked.clear();
    desk.type_keys("<Enter><Space>n");
    let place = (warta::entity::Field::Text, 0);
    assert_eq!(desk.asked[0], Job::Mark(StoryId(1), Mark::Read));
    assert!(matches!(desk.asked[1], Job::KeepPlace(StoryId(1), kept) if kept > place));
    assert_eq!(desk.asked[2], Job::Mark(StoryId(2), Mark::Read));
    desk.asked.clear();
    desk.type_keys("u");
    assert_eq!(desk.asked, [Job::Undo]);
    desk.tell(Message::Marked(vec![StoryId(2)], Mark::Unread));
    assert_eq!(desk.app.list().unread(), 2);
}

#[test]
fn help_opens_scrolls_and_closes() {
    let mut desk = Desk::new(60, 12);
    desk.type_keys("?");
    assert!(desk.text().contains("turun satu baris") && !desk.text().contains("Ctrl-c"));
    desk.type_keys("G");
    assert!(desk.text().contains("Ctrl-c"));
    desk.type_keys("<Esc>");
    assert!(!desk.text().contains("Ctrl-c"));
    assert_eq!(shown(&desk), 1, "no key reached the panes below");
    desk.type_keys("?q");
    assert!(desk.app.ended());
}

#[test]
fn an_article_that_comes_too_late_is_not_shown() {
    let mut desk = Desk::new(120, 36);
    let late = desk.shelf[2].clone();
    desk.tell(Message::Opened(late, Vec::new()));
    assert_eq!(shown(&desk), 1);
}

#[test]
fn more_articles_do_not_move_the_user() {
    let mut desk = Desk::new(120, 36);
    desk.type_keys("jj");
    let more = stories().into_iter().map(|story| {
        let mut row = story.row(true);
        row.id = StoryId(row.id.0 + 100);
        row
    });
    desk.tell(Message::Listed(Rows {
        begins: false,
        ..whole(more.collect())
    }));
    assert_eq!(desk.app.list().selected().unwrap().id, StoryId(3));
    assert_eq!(desk.app.list().rows().len(), 6);
}

#[test]
fn what_is_said_of_a_long_list_stands_from_its_first_rows_on() {
    // The screen is full with the first three.
    let mut desk = Desk::new(120, 13);
    let rows: Vec<_> = stories().iter().map(|story| story.row(true)).collect();
    desk.tell(Message::Listed(Rows {
        ends: false,
        rest: (3, 2),
        ..whole(rows.clone())
    }));
    let before = desk.text();
    assert!(before.contains("5 belum dibaca") && before.contains("1/6"));
    let more = rows.into_iter().enumerate().map(|(index, mut row)| {
        row.id = StoryId(row.id.0 + 100);
        row.unread = index > 0;
        row
    });
    desk.tell(Message::Listed(Rows {
        begins: false,
        ..whole(more.collect())
    }));
    assert_eq!(desk.text(), before);
}

#[test]
fn what_was_asked_for_stands_on_top_and_is_shown_unless_the_user_has_gone_on() {
    let row = |id| {
        let mut row = stories().remove(2).row(true);
        row.id = StoryId(id);
        row
    };
    let mut desk = Desk::new(120, 36);
    desk.shelf.push(std::sync::Arc::new(support::story(
        9,
        "2025-11-25",
        None,
        "Asing\n\nIsi.",
        &[],
    )));
    desk.tell(Message::OnTop(row(9)));
    assert_eq!(
        (shown(&desk), desk.app.list().rows()[0].id),
        (9, StoryId(9))
    );
    desk.type_keys("j");
    desk.tell(Message::OnTop(row(10)));
    assert_eq!(
        (shown(&desk), desk.app.list().rows()[1].id),
        (1, StoryId(10))
    );
    assert_eq!(
        desk.app.list().selected().unwrap().id,
        StoryId(1),
        "the user stays"
    );
}

#[test]
fn with_nothing_read_at_all_the_program_ends_and_says_why() {
    let mut desk = Desk::with(setup(), Vec::new(), 80, 24);
    desk.tell(Message::Unread("a.txt: kosong".to_owned()));
    desk.tell(Message::Unread("b.txt: kosong".to_owned()));
    assert!(!desk.app.ended());
    desk.tell(Message::Reading(0));
    assert!(desk.app.ended());
    assert_eq!(desk.app.failures(), ["a.txt: kosong", "b.txt: kosong"]);
}

#[test]
fn a_list_refills_when_the_window_grows() {
    let mut desk = Desk::new(120, 12);
    desk.type_keys("G");
    desk.resize(120, 36);
    assert!(desk.text().contains("Sorvin Terima Utusan Korut"));
    desk.resize(10, 4).resize(120, 36);
    assert!(desk.text().contains("Sorvin Terima Utusan Korut"));
}

#[test]
fn a_key_of_the_users_own_takes_effect() {
    let mut setup = setup();
    setup.config = warta::config::Config::parse("[keys]\nquit = [\"x\"]\ndown = [\"s\"]").unwrap();
    let mut desk = Desk::with(setup, stories(), 120, 36);
    desk.type_keys("s");
    assert_eq!(shown(&desk), 2);
    desk.type_keys("jq");
    assert_eq!((shown(&desk), desk.app.ended()), (2, false));
    desk.type_keys("x");
    assert!(desk.app.ended());
}

#[test]
fn a_list_of_a_hundred_thousand_moves_like_one_of_three() {
    let mut desk = Desk::new(120, 36);
    let template = stories().remove(0).row(true);
    let rows = (10..100_010)
        .map(|id| warta::story::Row {
            id: StoryId(id),
            ..template.clone()
        })
        .collect();
    // The shelf does not hold them, so the state is asked directly.
    let _ = desk.app.update(Message::Listed(Rows {
        begins: false,
        ..whole(rows)
    }));
    let key = |code| Message::Key(crossterm::event::KeyEvent::from(code));
    let _ = desk.app.update(key(crossterm::event::KeyCode::End));
    assert_eq!(desk.app.list().selected().unwrap().id, StoryId(100_009));
    assert!(desk.text().contains("100003/100003"));
}
