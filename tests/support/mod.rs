//! A reader with fixed articles, a fixed clock and a screen in memory.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use std::collections::VecDeque;
use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use warta::app::{App, Setup};
use warta::article::{Article, Published};
use warta::config::Config;
use warta::entity::{Country, CountryCode, Entities, Field, Mention, Person};
use warta::language::Language;
use warta::message::{Job, Message, Rows};
use warta::pane::UNICODE;
use warta::screen::draw;
use warta::story::{Row, Story, StoryId};
use warta::theme::{Choice, Depth, Theme};

/// The columns of each pane on a screen of 120.
pub const LIST: Range<u16> = 0..32;
pub const TEXT: Range<u16> = 33..93;
pub const SIDEBAR: Range<u16> = 94..120;

/// The program with a screen in memory in place of the terminal, and a shelf in place of the worker.
pub struct Desk {
    pub app: App,
    pub shelf: Vec<Arc<Story>>,
    pub asked: Vec<Job>,
    /// What comes of a job, as far as a test says it.
    pub answer: fn(&Job) -> Option<Message>,
    screen: Terminal<TestBackend>,
}

pub fn setup() -> Setup {
    Setup {
        config: Config::default(),
        language: Language::Indonesian,
        theme: Theme::new(Choice::Dark, Depth::True, None),
        glyphs: &UNICODE,
    }
}

impl Desk {
    /// The three stories of [`stories`] on a screen of so many columns and rows.
    pub fn new(columns: u16, rows: u16) -> Self {
        Self::with(setup(), stories(), columns, rows)
    }

    pub fn with(setup: Setup, shelf: Vec<Story>, columns: u16, rows: u16) -> Self {
        // 25 November 2025, 21:04 in Jakarta.
        let now: Timestamp = "2025-11-25T14:04:00Z".parse().unwrap();
        let zone = TimeZone::fixed(Offset::constant(7));
        let mut desk = Self {
            app: App::new(setup, (columns, rows), now.to_zoned_datetime(zone)),
            shelf: shelf.into_iter().map(Arc::new).collect(),
            asked: Vec::new(),
            answer: |_| None,
            screen: Terminal::new(TestBackend::new(columns, rows)).unwrap(),
        };
        let listed = desk.shelf.iter().map(|story| story.row(true)).collect();
        desk.tell(Message::Listed(whole(listed)));
        desk.tell(Message::Reading(0));
        desk
    }

    /// Gives the state a message, and does the work it asks for as the worker would.
    pub fn tell(&mut self, message: Message) {
        let mut queue = VecDeque::from([message]);
        while let Some(message) = queue.pop_front() {
            for job in self.app.update(message) {
                if let Job::Open(id) = job {
                    let story = self
                        .shelf
                        .iter()
                        .find(|story| story.id == id)
                        .expect("asked for");
                    queue.push_back(Message::Opened(Arc::clone(story), Vec::new()));
                } else {
                    queue.extend((self.answer)(&job));
                    self.asked.push(job);
                }
            }
        }
    }

    /// Types keys, written as for [`key_events`].
    pub fn type_keys(&mut self, keys: &str) -> &mut Self {
        for event in key_events(keys) {
            self.tell(Message::Key(event));
        }
        self
    }

    pub fn click(&mut self, column: u16, row: u16) -> &mut Self {
        self.mouse(MouseEventKind::Down(MouseButton::Left), column, row)
    }

    pub fn mouse(&mut self, kind: MouseEventKind, column: u16, row: u16) -> &mut Self {
        let event = MouseEvent {
            kind,
            column,
            row,
            modifiers: KeyModifiers::NONE,
        };
        self.tell(Message::Mouse(event));
        self
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.screen = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        self.tell(Message::Resized { columns, rows });
        self
    }

    /// The screen as it would be drawn now.
    pub fn buffer(&mut self) -> Buffer {
        self.screen
            .draw(|frame| draw(&self.app, frame))
            .unwrap()
            .buffer
            .clone()
    }

    /// The same as text, a line a row.
    pub fn text(&mut self) -> String {
        let buffer = self.buffer();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let row: String = (0..buffer.area.width)
                .map(|x| buffer[(x, y)].symbol())
                .collect();
            text.push_str(row.trim_end());
            text.push('\n');
        }
        text
    }

    /// Where some words stand first within some columns of the screen.
    pub fn find(&mut self, words: &str, columns: Range<u16>) -> (u16, u16) {
        let buffer = self.buffer();
        for y in 0..buffer.area.height {
            for x in columns.clone() {
                let here: String = (x..buffer.area.width)
                    .map(|x| buffer[(x, y)].symbol())
                    .collect();
                if here.starts_with(words) {
                    return (x, y);
                }
            }
        }
        unreachable!("{words:?} is not on the screen:\n{}", self.text());
    }
}

/// The keys of a text: single characters, or names in angle brackets as in "jj<Enter>".
pub fn key_events(keys: &str) -> Vec<KeyEvent> {
    let mut events = Vec::new();
    let mut rest = keys;
    while let Some(first) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        let code = if let Some((name, after)) = named {
            rest = after;
            match name {
                "Enter" => KeyCode::Enter,
                "Esc" => KeyCode::Esc,
                "Tab" => KeyCode::Tab,
                "BackTab" => KeyCode::BackTab,
                "Space" => KeyCode::Char(' '),
                "Down" => KeyCode::Down,
                "Up" => KeyCode::Up,
                "Backspace" => KeyCode::Backspace,
                "PgDn" => KeyCode::PageDown,
                other => unreachable!("no key {other}"),
            }
        } else {
            rest = &rest[first.len_utf8()..];
            KeyCode::Char(first)
        };
        events.push(KeyEvent::new(code, KeyModifiers::NONE));
    }
    events
}

/// All the rows of the list shown at the start.
pub fn whole(rows: Vec<Row>) -> Rows {
    Rows {
        ticket: 0,
        rows,
        begins: true,
        ends: true,
        rest: (0, 0),
    }
}

/// A story from marked text: `[Putin](Vladimir Putin)` mentions a person, `[Rusia](RU)` a country,
/// `[Kremlin](RU*)` a country by its seat. Paragraphs are parted by a blank line; the first is the
/// title. `roles` gives offices by name.
pub fn story(
    id: u64,
    published: &str,
    link: Option<&str>,
    marked: &str,
    roles: &[(&str, &str)],
) -> Story {
    let mut entities = Entities::default();
    let (title, body) = marked.split_once("\n\n").unwrap();
    let title = strip(title, Field::Title, &mut entities);
    let text = strip(body, Field::Text, &mut entities);
    for person in &mut entities.people {
        person.role = roles
            .iter()
            .find(|(name, _)| *name == person.name)
            .map(|(_, role)| (*role).to_owned());
    }
    entities
        .countries
        .sort_by_key(|country| country.mentions.is_empty());
    let published = if published.contains('T') {
        Published::Minute {
            at: published.parse().unwrap(),
            offset: 420,
        }
    } else {
        Published::Day(published.parse().unwrap())
    };
    let article = Article {
        title: Some(title),
        standfirst: None,
        published: Some(published),
        paragraphs: text.split("\n\n").map(str::to_owned).collect(),
    };
    Story::new(
        StoryId(id),
        "Contoh".to_owned(),
        link.map(str::to_owned),
        article,
        entities,
    )
}

fn strip(marked: &str, field: Field, entities: &mut Entities) -> String {
    let mut text = String::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        let (words, after) = after.split_once("](").unwrap();
        let (owner, after) = after.split_once(')').unwrap();
        let mention = Mention {
            field,
            start: text.len(),
            end: text.len() + words.len(),
        };
        text.push_str(words);
        rest = after;
        let code = owner.trim_end_matches('*');
        if let (2, &[first @ b'A'..=b'Z', second @ b'A'..=b'Z']) =
            (code.len(), &code.as_bytes()[..2])
        {
            let code = CountryCode([first, second]);
            let index = entities
                .countries
                .iter()
                .position(|country| country.code == code);
            let index = index.unwrap_or_else(|| {
                let name = match code.as_str() {
                    "RU" => "Rusia",
                    "KP" => "Korea Utara",
                    "KR" => "Korea Selatan",
                    _ => "Indonesia",
                };
                entities.countries.push(Country {
                    code,
                    name,
                    mentions: vec![],
                    seats: vec![],
                });
                entities.countries.len() - 1
            });
            let country = &mut entities.countries[index];
            if owner.ends_with('*') {
                country.seats.push(mention);
            } else {
                country.mentions.push(mention);
            }
        } else if let Some(person) = entities
            .people
            .iter_mut()
            .find(|person| person.name == owner)
        {
            person.mentions.push(mention);
        } else {
            entities.people.push(Person {
                name: owner.to_owned(),
                known: false,
                role: None,
                country: None,
                mentions: vec![mention],
            });
        }
    }
    text + rest
}

/// Three invented stories: one dense with names and long enough to scroll, one with an address and
/// published today, one that names nobody.
pub fn stories() -> Vec<Story> {
    let mut long = String::from(
        "[Sorvin](Anton Sorvin) Terima Utusan [Korut](KP) di [Kremlin](RU*)\n\n\
        Presiden [Rusia](RU) [Anton Sorvin](Anton Sorvin) menerima Menteri Luar Negeri [Korea Utara](KP) \
        [Han Mi Rae](Han Mi Rae) di [Kremlin](RU*), Senin. Pertemuan itu berlangsung tertutup selama dua jam \
        dan membahas kerja sama perikanan serta pertukaran pelajar.\n\n\
        [Han](Han Mi Rae) menyampaikan surat dari pemimpin negaranya. Pemerintah di [Seoul](KR*) mengikuti \
        pertemuan itu dengan saksama, kata juru bicara [Seo Ji Won](Seo Ji Won).",
    );
    for day in 1..=12 {
        let _ = write!(
            long,
            "\n\nPada hari ke-{day} perundingan, kedua pihak menyusun naskah bersama tentang batas wilayah tangkap \
            dan jumlah kapal yang boleh berlayar di perairan itu. Naskah akan dibaca kembali pekan depan."
        );
    }
    long.push_str(
        "\n\n\"Kami pulang dengan tangan terbuka,\" kata [Han](Han Mi Rae) sebelum meninggalkan [Rusia](RU).",
    );
    vec![
        story(
            1,
            "2025-11-24",
            None,
            &long,
            &[
                ("Anton Sorvin", "Presiden Rusia"),
                ("Han Mi Rae", "Menteri Luar Negeri Korea Utara"),
                ("Seo Ji Won", "juru bicara"),
            ],
        ),
        story(
            2,
            "2025-11-25T19:04:00",
            Some("https://contoh.example/panen"),
            "Panen Raya di Lembah Sukma Melimpah, Harga Beras di Tingkat Petani Tetap Terjaga\n\n\
            Panen raya di Lembah Sukma, [Indonesia](ID), tahun ini melimpah. Bupati [Wiraguna](Wiraguna) meminta \
            petani tidak menjual seluruh gabahnya sekaligus.\n\n\
            \"Simpan sebagian untuk musim paceklik,\" ujar [Wiraguna](Wiraguna).",
            &[("Wiraguna", "Bupati")],
        ),
        story(
            3,
            "2024-02-02",
            None,
            "Cara Merawat Tanaman Hias pada Musim Hujan\n\n\
            Tanaman hias mudah busuk pada musim hujan. Kurangi penyiraman dan pindahkan pot ke tempat teduh.",
            &[],
        ),
    ]
}
