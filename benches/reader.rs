//! What a key costs: setting a text, moving in a long list, drawing a frame.
//!
//! `cargo bench --bench reader`
#![allow(clippy::expect_used)]

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent};
use divan::{Bencher, black_box};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use warta::app::{App, Setup};
use warta::article::Article;
use warta::config::Config;
use warta::entity::{Document, Entities};
use warta::language::Language;
use warta::message::{Message, Rows};
use warta::pane::UNICODE;
use warta::pane::reader::typeset::typeset;
use warta::screen::draw;
use warta::story::{Row, Story, StoryId};
use warta::theme::{Choice, Depth, Theme};

fn main() {
    divan::main();
}

/// A text of so many paragraphs of 60 words.
fn text(paragraphs: usize) -> String {
    let sentence =
        "Petani di lembah itu memanen padi lebih awal karena hujan datang sebelum waktunya. ";
    vec![sentence.repeat(5); paragraphs].join("\n\n")
}

/// The program with so many articles in the list and one of them open.
fn app(articles: u64) -> App {
    let setup = Setup {
        config: Config::default(),
        language: Language::Indonesian,
        theme: Theme::new(Choice::Dark, Depth::True, None),
        glyphs: &UNICODE,
    };
    let now = Timestamp::UNIX_EPOCH.to_zoned_datetime(TimeZone::UTC);
    let mut app = App::new(setup, (120, 36), now);
    let article = Article {
        title: Some("Panen di Lembah Sukma".to_owned()),
        paragraphs: text(20).split("\n\n").map(str::to_owned).collect(),
        ..Article::default()
    };
    let story = Story::new(
        StoryId(0),
        "Contoh".to_owned(),
        None,
        article,
        Entities::default(),
    );
    let row = story.row(true);
    app.update(Message::Listed(Rows {
        ticket: 0,
        rows: (0..articles)
            .map(|id| Row {
                id: StoryId(id),
                ..row.clone()
            })
            .collect(),
        begins: true,
        ends: true,
        rest: (0, 0),
    }));
    app.update(Message::Opened(Arc::new(story), Vec::new()));
    app
}

#[divan::bench(args = [10, 100, 1000])]
fn set_a_text(bencher: Bencher<'_, '_>, paragraphs: usize) {
    let text = text(paragraphs);
    let document = Document {
        title: Some("Panen di Lembah Sukma"),
        standfirst: None,
        text: &text,
    };
    bencher.bench(|| typeset(black_box(&document), 72, false));
}

#[divan::bench(args = [100, 10_000, 100_000])]
fn key_to_frame(bencher: Bencher<'_, '_>, articles: u64) {
    let mut app = app(articles);
    let mut terminal = Terminal::new(TestBackend::new(120, 36)).expect("a screen in memory");
    bencher.bench_local(|| {
        app.update(Message::Key(KeyEvent::from(KeyCode::Char('j'))));
        terminal.draw(|frame| draw(&app, frame)).map(|_| ())
    });
}
