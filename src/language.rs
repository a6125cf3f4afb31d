//! Every text the interface shows, in every language it speaks.
//!
//! A language is a [`Texts`] value; the compiler refuses one with a text missing.

use crate::action::Action;
use crate::article::Published;
use jiff::ZonedDateTime;
use lookup::LookupTexts;

pub mod lookup;

/// A language of the interface. The articles are Indonesian in either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, clap::ValueEnum)]
pub enum Language {
    /// Bahasa Indonesia.
    #[default]
    #[serde(rename = "id")]
    #[value(name = "id")]
    Indonesian,
    /// English.
    #[serde(rename = "en")]
    #[value(name = "en")]
    English,
}

impl Language {
    /// The language a POSIX locale name ("en_GB.UTF-8") asks for; Indonesian where it is unset or
    /// names neither.
    pub fn from_locale(locale: Option<&str>) -> Self {
        match locale {
            Some(locale) if locale.starts_with("en") => Self::English,
            _ => Self::Indonesian,
        }
    }

    /// Its texts.
    pub fn texts(self) -> &'static Texts {
        match self {
            Self::Indonesian => &INDONESIAN,
            Self::English => &ENGLISH,
        }
    }
}

/// Every text of one language.
#[derive(Debug)]
pub struct Texts {
    /// Heading of the article list.
    pub articles: &'static str,
    /// Heading of the sidebar's people.
    pub people: &'static str,
    /// Heading of the sidebar's countries.
    pub countries: &'static str,
    /// Heading of the sidebar's other places.
    pub places: &'static str,
    /// Heading of the sidebar's organisations.
    pub organisations: &'static str,
    /// Source name of the bundled sample articles.
    pub sample: &'static str,
    /// Source name of what is piped into the program.
    pub standard_input: &'static str,
    /// Heading of the help screen.
    pub help: &'static str,
    /// Shown while the articles are being read.
    pub loading: &'static str,
    /// The list has no article.
    pub no_articles: &'static str,
    /// The article names nobody and no country.
    pub no_names: &'static str,
    /// The window is below the smallest size.
    pub too_small: &'static str,
    /// The article has no address to open or copy.
    pub no_link: &'static str,
    /// The address was put on the clipboard.
    pub link_copied: &'static str,
    /// No name is chosen, so there is no mention to go to.
    pub no_name_chosen: &'static str,
    /// There is no unread article left.
    pub no_unread: &'static str,
    /// There is no mark left to take back.
    pub nothing_to_undo: &'static str,
    /// Joining or parting names was taken back.
    pub names_undone: &'static str,
    /// How one leaves the help screen.
    pub help_leave: &'static str,
    /// "3 unread".
    pub unread: fn(usize) -> String,
    /// "4 min read".
    pub reading_minutes: fn(usize) -> String,
    /// "2 of 7": which mention of the chosen name one is at.
    pub mention_of: fn(usize, usize) -> String,
    /// How many places and organisations are folded away, and the key that shows them.
    pub folded: fn(usize, &str) -> String,
    /// Short month names, January first.
    pub months: [&'static str; 12],
    /// "5 min" ago, "2 h" ago.
    pub minutes_ago: fn(i64) -> String,
    /// Hours ago.
    pub hours_ago: fn(i64) -> String,
    /// What an action does, in a few words, for the help screen.
    pub action: fn(Action) -> &'static str,
    /// The same in one word, for the line at the bottom.
    pub hint: fn(Action) -> &'static str,
    /// The look-up screens.
    pub lookup: &'static LookupTexts,
}

impl Texts {
    /// A date as a newspaper sets it: "27 Okt 2025".
    pub fn date(&self, published: Published) -> String {
        let date = published.date();
        format!("{} {} {}", date.day(), self.month(published), date.year())
    }

    fn month(&self, published: Published) -> &'static str {
        let index = usize::try_from(published.date().month() - 1).unwrap_or(0);
        self.months[index.min(11)]
    }

    /// How long ago something was published, as short as it can be said: minutes, hours, then the
    /// date: day and month of this year, month and year of an earlier one.
    pub fn age(&self, published: Published, now: &ZonedDateTime) -> String {
        if let Some(instant) = published.instant() {
            let minutes = now.timestamp().duration_since(instant).as_mins();
            match minutes {
                0..60 => return (self.minutes_ago)(minutes),
                60..1440 => return (self.hours_ago)(minutes / 60),
                _ => {}
            }
        }
        let (date, month) = (published.date(), self.month(published));
        if date.year() == now.year() {
            format!("{} {month}", date.day())
        } else {
            format!("{month} {}", date.year())
        }
    }
}

static INDONESIAN: Texts = Texts {
    lookup: &lookup::INDONESIAN,
    articles: "Berita",
    people: "Tokoh",
    countries: "Negara",
    places: "Tempat",
    organisations: "Lembaga",
    sample: "Contoh",
    standard_input: "masukan standar",
    help: "Bantuan",
    loading: "Membaca berita …",
    no_articles: "Belum ada berita.",
    no_names: "Tidak ada tokoh atau negara yang disebut.",
    too_small: "Jendela terlalu kecil",
    no_link: "Berita ini tidak punya alamat web.",
    link_copied: "Alamat disalin.",
    no_name_chosen: "Pilih dahulu sebuah nama di panel Tokoh.",
    no_unread: "Semua berita sudah dibaca.",
    nothing_to_undo: "Tidak ada tanda yang dapat dibatalkan.",
    names_undone: "Nama-nama kembali seperti semula.",
    help_leave: "Esc menutup",
    unread: |count| format!("{count} belum dibaca"),
    reading_minutes: |minutes| format!("{minutes} menit baca"),
    mention_of: |at, total| format!("sebutan {at} dari {total}"),
    folded: |count, key| format!("{key} +{count} tempat & lembaga"),
    months: [
        "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
    ],
    minutes_ago: |minutes| format!("{minutes} menit"),
    hours_ago: |hours| format!("{hours} jam"),
    action: |action| match action {
        Action::Down => "turun satu baris",
        Action::Up => "naik satu baris",
        Action::PageDown => "turun satu halaman",
        Action::PageUp => "naik satu halaman",
        Action::First => "ke awal",
        Action::Last => "ke akhir",
        Action::PaneLeft => "ke panel kiri",
        Action::PaneRight => "ke panel kanan",
        Action::NextPane => "panel berikutnya",
        Action::PreviousPane => "panel sebelumnya",
        Action::Open => "baca; ke sebutan pertama",
        Action::Back => "mundur satu langkah",
        Action::NextArticle => "berita berikutnya",
        Action::PreviousArticle => "berita sebelumnya",
        Action::NextUnread => "berita belum dibaca berikutnya",
        Action::NextMention => "sebutan berikutnya",
        Action::PreviousMention => "sebutan sebelumnya",
        Action::ToggleRead => "tandai sudah/belum dibaca",
        Action::ToggleSaved => "simpan/lepas",
        Action::Undo => "batalkan tanda terakhir",
        Action::ToggleSidebar => "tampilkan/sembunyikan tokoh",
        Action::ToggleOnlyText => "hanya teks",
        Action::ToggleOthers => "tempat dan lembaga",
        Action::Browse => "buka di peramban",
        Action::CopyLink => "salin alamat",
        Action::Help => "bantuan ini",
        Action::Redraw => "gambar ulang layar",
        Action::Suspend => "tidurkan (fg: kembali)",
        Action::Quit => "keluar",
    },
    hint: |action| match action {
        Action::Down | Action::Up => "gerak",
        Action::PageDown | Action::PageUp => "halaman",
        Action::First => "awal",
        Action::Last => "akhir",
        Action::PaneLeft | Action::PaneRight | Action::NextPane | Action::PreviousPane => "pindah",
        Action::Open => "buka",
        Action::Back => "kembali",
        Action::NextArticle | Action::PreviousArticle => "berita",
        Action::NextUnread => "belum dibaca",
        Action::NextMention | Action::PreviousMention => "sebutan",
        Action::ToggleRead => "tandai",
        Action::ToggleSaved => "simpan",
        Action::Undo => "batalkan",
        Action::ToggleSidebar => "tokoh",
        Action::ToggleOnlyText => "hanya teks",
        Action::ToggleOthers => "tempat & lembaga",
        Action::Browse => "peramban",
        Action::CopyLink => "salin",
        Action::Help => "bantuan",
        Action::Redraw => "gambar ulang",
        Action::Suspend => "tidurkan",
        Action::Quit => "keluar",
    },
};

static ENGLISH: Texts = Texts {
    lookup: &lookup::ENGLISH,
    articles: "Articles",
    people: "People",
    countries: "Countries",
    places: "Places",
    organisations: "Organisations",
    sample: "Sample",
    standard_input: "standard input",
    help: "Help",
    loading: "Reading the news …",
    no_articles: "No articles yet.",
    no_names: "No person or country is named.",
    too_small: "The window is too small",
    no_link: "This article has no web address.",
    link_copied: "Address copied.",
    no_name_chosen: "Choose a name in the People pane first.",
    no_unread: "Every article has been read.",
    nothing_to_undo: "There is no mark to take back.",
    names_undone: "The names are as they were.",
    help_leave: "Esc closes",
    unread: |count| format!("{count} unread"),
    reading_minutes: |minutes| format!("{minutes} min read"),
    mention_of: |at, total| format!("mention {at} of {total}"),
    folded: |count, key| format!("{key} +{count} places & bodies"),
    months: [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ],
    minutes_ago: |minutes| format!("{minutes} min"),
    hours_ago: |hours| format!("{hours} h"),
    action: |action| match action {
        Action::Down => "one line down",
        Action::Up => "one line up",
        Action::PageDown => "one page down",
        Action::PageUp => "one page up",
        Action::First => "to the start",
        Action::Last => "to the end",
        Action::PaneLeft => "pane to the left",
        Action::PaneRight => "pane to the right",
        Action::NextPane => "next pane",
        Action::PreviousPane => "previous pane",
        Action::Open => "read; to the first mention",
        Action::Back => "one step back",
        Action::NextArticle => "next article",
        Action::PreviousArticle => "previous article",
        Action::NextUnread => "next unread article",
        Action::NextMention => "next mention",
        Action::PreviousMention => "previous mention",
        Action::ToggleRead => "mark read/unread",
        Action::ToggleSaved => "save/let go",
        Action::Undo => "take the last mark back",
        Action::ToggleSidebar => "show/hide people",
        Action::ToggleOnlyText => "only the text",
        Action::ToggleOthers => "places and organisations",
        Action::Browse => "open in the browser",
        Action::CopyLink => "copy the address",
        Action::Help => "this help",
        Action::Redraw => "redraw the screen",
        Action::Suspend => "suspend (fg: back)",
        Action::Quit => "quit",
    },
    hint: |action| match action {
        Action::Down | Action::Up => "move",
        Action::PageDown | Action::PageUp => "page",
        Action::First => "start",
        Action::Last => "end",
        Action::PaneLeft | Action::PaneRight | Action::NextPane | Action::PreviousPane => "pane",
        Action::Open => "open",
        Action::Back => "back",
        Action::NextArticle | Action::PreviousArticle => "article",
        Action::NextUnread => "unread",
        Action::NextMention | Action::PreviousMention => "mention",
        Action::ToggleRead => "mark",
        Action::ToggleSaved => "save",
        Action::Undo => "undo",
        Action::ToggleSidebar => "people",
        Action::ToggleOnlyText => "only text",
        Action::ToggleOthers => "places & organisations",
        Action::Browse => "browser",
        Action::CopyLink => "copy",
        Action::Help => "help",
        Action::Redraw => "redraw",
        Action::Suspend => "suspend",
        Action::Quit => "quit",
    },
};
