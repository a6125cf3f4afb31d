//! Walks from names to cards, articles, lists, the digest and the relations, and back.

use warta::layout::Pane;
use warta::lookup::{Asked, PersonId, Who};
use warta::message::{Job, Message, Rows};
use warta::story::{Mark, Row, StoryId, Subject};

use crate::invented::{card, country_card, digest, relations};
use crate::support::{Desk, SIDEBAR, TEXT, stories};

const SORVIN: Who = Who::Person(PersonId(1));

/// What the worker would answer: the card of the president, whose only article is the second on the
/// shelf; lists as they are asked for.
fn answer(job: &Job) -> Option<Message> {
    let row = |id| {
        let story = stories().into_iter().find(|story| story.id == StoryId(id));
        story.map(|story| story.row(true))
    };
    match job {
        Job::Card(Asked::Who(Who::Country(_)), _) => {
            Some(Message::Card(Box::new(country_card()), None))
        }
        Job::Card(..) => Some(Message::Card(Box::new(card(2)), None)),
        Job::RenewCard(_, who, _) => Some(Message::Card(Box::new(card(2)), Some(*who))),
        Job::CardRows(who, first) => {
            let rows: Vec<Row> = [row(2), row(3)].into_iter().flatten().collect();
            Some(Message::CardRows(*who, *first, rows))
        }
        Job::Digest(days) => {
            let digest = warta::lookup::Digest {
                days: *days,
                ..digest()
            };
            Some(Message::Digest(Box::new(digest)))
        }
        Job::Relations(_) => Some(Message::Relations(relations(), 120)),
        Job::List(request) => {
            let rows = if request.names.is_empty() {
                vec![row(1), row(2), row(3)]
            } else {
                vec![row(3)]
            };
            Some(Message::Listed(Rows {
                ticket: request.ticket,
                rows: rows.into_iter().flatten().collect(),
                begins: true,
                ends: true,
                ..Rows::default()
            }))
        }
        Job::Suggest(_, typed) => {
            let people = vec![
                crate::invented::person(1, "Anton Sorvin", 47),
                crate::invented::person(7, "Anatoly Sorvin", 3),
            ];
            Some(Message::Suggested(typed.clone(), people))
        }
        _ => None,
    }
}

fn desk() -> Desk {
    let mut desk = Desk::new(120, 36);
    desk.answer = answer;
    desk
}

fn shown(desk: &Desk) -> u64 {
    desk.app.story().unwrap().id.0
}

#[test]
fn enter_on_a_name_opens_its_card_and_esc_comes_back() {
    let mut desk = desk();
    desk.type_keys("<Tab><Tab>");
    let before = desk.text();
    desk.type_keys("<Enter>");
    let asked = Asked::Named {
        name: "Anton Sorvin".to_owned(),
        story: StoryId(1),
    };
    assert!(desk.asked.contains(&Job::Card(asked, Some(StoryId(1)))));
    let text = desk.text();
    assert!(text.contains("Jabatan menurut berita") && text.contains("Di berita ini"));
    assert!(text.contains("Panen Raya"), "its articles are brought");
    desk.type_keys("<Esc>");
    assert_eq!(desk.text(), before);
}

#[test]
fn a_card_leads_to_a_mention_and_back_to_itself() {
    let mut desk = desk();
    desk.type_keys("<Enter><Tab><Enter>");
    desk.type_keys("jjjj");
    let before = desk.text();
    desk.type_keys("<Enter>");
    assert_eq!(desk.app.reader().chosen().unwrap().position(), (2, 2));
    assert_eq!(desk.app.focus(), Pane::Reader);
    assert!(!desk.text().contains("Jabatan menurut"));
    desk.type_keys("<Esc>");
    assert_eq!(desk.text(), before, "the card with the row one was on");
    desk.type_keys("<Esc>");
    assert_eq!(desk.app.focus(), Pane::Sidebar);
}

#[test]
fn a_card_leads_to_an_article_and_esc_comes_back_exactly() {
    let mut desk = desk();
    desk.type_keys("<Enter><Space><Tab><Enter>");
    desk.type_keys("<Tab><Tab>");
    let (before, place) = (desk.text(), desk.app.reader().place());
    desk.type_keys("<Enter>");
    assert_eq!(shown(&desk), 2);
    assert_eq!(
        desk.app.list().selected().unwrap().id,
        StoryId(1),
        "the list stays where it is"
    );
    assert!(desk.asked.contains(&Job::Mark(StoryId(2), Mark::Read)));
    desk.type_keys("jj<Esc>");
    assert_eq!(shown(&desk), 1);
    assert_eq!(desk.app.reader().place(), place);
    assert_eq!(
        desk.text().replace("2 belum", "1 belum"),
        before.replace("2 belum", "1 belum")
    );
}

#[test]
fn going_on_from_the_list_leaves_no_way_back_to_the_card() {
    let mut desk = desk();
    desk.type_keys("<Enter><Tab><Enter><Tab><Tab><Enter>");
    desk.type_keys("n");
    assert_eq!(desk.app.list().selected().unwrap().id, StoryId(2));
    desk.type_keys("<Esc><Esc>");
    assert_eq!(desk.app.focus(), Pane::List);
    assert!(!desk.text().contains("Jabatan menurut"));
}

#[test]
fn a_card_leads_to_other_cards_and_back_through_them() {
    let mut desk = desk();
    desk.type_keys("<Tab><Tab><Enter>");
    let first = desk.text();
    desk.type_keys("l");
    desk.type_keys("<Tab><Enter>");
    assert!(desk.text().contains("Tokohnya dalam berita"));
    desk.type_keys("<Esc><Esc>");
    assert!(desk.text().contains("Berita ─"));
    assert!(first.contains("Jabatan menurut"));
}

#[test]
fn a_list_of_one_name_combines_and_is_dropped_step_by_step() {
    let mut desk = desk();
    desk.type_keys("<Tab><Tab>");
    let before = desk.text();
    desk.type_keys("f");
    assert!(desk.text().contains("+ Anton Sorvin"));
    assert_eq!((shown(&desk), desk.app.focus()), (3, Pane::List));
    desk.type_keys("<Esc>");
    assert_eq!(desk.text(), before);
    desk.type_keys("jx");
    assert!(desk.text().contains("- Han Mi Rae"));
    let Some(Job::List(request)) = desk
        .asked
        .iter()
        .rev()
        .find(|job| matches!(job, Job::List(_)))
    else {
        unreachable!("a list was asked for");
    };
    assert!(request.names[0].without);
    desk.type_keys("P<Enter>");
    let header = desk.text().lines().next().unwrap().to_owned();
    assert!(
        header.contains("+ Anton Sorvin  + Han Mi Rae"),
        "the same name is meant one way only: {header}"
    );
    desk.type_keys("<Esc>");
    assert!(desk.text().contains("Hubungan ─"), "back to the relations");
    desk.type_keys("<Esc><Esc>");
    assert!(!desk.text().lines().next().unwrap().contains("Han"));
    desk.type_keys("<Esc>");
    desk.asked.clear();
    desk.type_keys("<Esc><Esc>gG");
    desk.type_keys("f");
    assert!(desk.text().contains("Pilih dahulu sebuah nama"));
}

#[test]
fn the_name_nearest_the_top_has_its_card_at_a_key_and_under_the_mouse() {
    let mut desk = desk();
    desk.type_keys("K");
    assert!(desk.text().contains("Jabatan menurut berita"));
    desk.type_keys("<Esc>");
    let (x, y) = desk.find("Rusia", TEXT);
    desk.click(x, y);
    assert!(desk.text().contains("Tokohnya dalam berita"));
    desk.type_keys("<Esc>");
    assert_eq!(desk.app.sidebar().selected(), Some(Subject::Country(1)));
    let (x, y) = desk.find("Han Mi Rae", SIDEBAR);
    desk.click(x, y);
    assert!(!desk.text().contains("Jabatan menurut"), "a click chooses");
    desk.click(x, y);
    assert!(desk.text().contains("Jabatan menurut"), "a second opens");
    let (x, y) = desk.find("Panen Raya", 0..70);
    desk.click(x, y);
    assert_eq!(shown(&desk), 2);
}

#[test]
fn followed_names_are_marked_wherever_they_stand() {
    let mut desk = desk();
    desk.type_keys("<Tab><Tab>*");
    assert!(desk.asked.iter().any(|job| matches!(job, Job::Follow(..))));
    desk.tell(Message::Following(StoryId(1), vec![Subject::Person(0)]));
    assert!(desk.text().contains("Anton Sorvin ◆"));
    // The light on the name is stronger than the mark.
    desk.type_keys("<Esc><Esc>");
    let (x, y) = desk.find("Anton Sorvin", TEXT);
    let modifier = desk.buffer()[(x, y)].modifier;
    assert!(modifier.contains(ratatui::style::Modifier::UNDERLINED));
    let followed = stories().into_iter().map(|story| Row {
        followed: story.id == StoryId(2),
        ..story.row(true)
    });
    let rows = Rows {
        ticket: 0,
        rows: followed.collect(),
        begins: true,
        ends: true,
        ..Rows::default()
    };
    desk.tell(Message::Listed(rows));
    assert!(desk.text().contains("◆ Contoh"));
}

#[test]
fn the_digest_goes_through_its_periods_and_leads_on() {
    let mut desk = desk();
    desk.type_keys("D");
    assert!(desk.text().contains("Tokoh terbanyak disebut"));
    desk.type_keys("ttt");
    let days: Vec<&Job> = desk
        .asked
        .iter()
        .filter(|job| matches!(job, Job::Digest(_)))
        .collect();
    assert_eq!(
        days,
        [7, 30, 365, 1].map(Job::Digest).iter().collect::<Vec<_>>()
    );
    desk.type_keys("<Enter>");
    assert!(desk.text().contains("Jabatan menurut berita"));
    desk.type_keys("<Esc>f");
    assert!(desk.text().contains("+ Anton Sorvin"));
    desk.type_keys("<Esc>");
    assert!(desk.text().contains("Tokoh terbanyak disebut"));
    desk.type_keys("<Esc>");
    assert!(!desk.text().contains("Tokoh terbanyak disebut"));
}

#[test]
fn names_are_joined_by_typing_and_parted_on_the_card() {
    let mut desk = desk();
    desk.type_keys("<Tab><Tab><Enter>+sorv");
    assert!(desk.text().contains("Anatoly Sorvin"));
    assert!(
        desk.asked
            .contains(&Job::Suggest(SORVIN, "sorv".to_owned()))
    );
    desk.type_keys("<Enter>");
    let joined = Job::Join {
        one: Asked::Who(SORVIN),
        before: SORVIN,
        other: Who::Person(PersonId(7)),
        story: Some(StoryId(1)),
    };
    assert!(desk.asked.contains(&joined), "not with itself");
    desk.type_keys("-");
    assert!(
        desk.text()
            .contains("Pilih dahulu bentuk nama yang digabung")
    );
    desk.type_keys("l<Tab><Tab>-");
    let parted = Job::Part(Asked::Who(SORVIN), SORVIN, PersonId(11), Some(StoryId(1)));
    assert!(desk.asked.contains(&parted));
    desk.type_keys("u");
    assert!(desk.asked.contains(&Job::Undo));
    desk.asked.clear();
    desk.tell(Message::CardChanged);
    assert!(matches!(desk.asked[0], Job::RenewCard(_, who, _) if who == SORVIN));
}

#[test]
fn the_encyclopedia_is_asked_at_its_key_only() {
    let mut desk = desk();
    desk.type_keys("w");
    assert!(desk.text().contains("Buka dahulu kartu"));
    desk.type_keys("<Tab><Tab><Enter>");
    let asks = |desk: &Desk| {
        let is_ask = |job: &&Job| matches!(job, Job::Encyclopedia(_));
        desk.asked.iter().filter(is_ask).count()
    };
    assert_eq!(asks(&desk), 0);
    desk.type_keys("w");
    assert_eq!(asks(&desk), 1);
    assert!(desk.text().contains("Mencari Anton Sorvin di Wikipedia"));
}
