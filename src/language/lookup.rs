//! The texts of the look-up screens: cards, the digest, relations.

use jiff::civil::Date;

use super::Texts;
use crate::article::Published;

/// The texts of the look-up screens in one language.
#[derive(Debug)]
pub struct LookupTexts {
    /// Heading of the offices that articles gave someone.
    pub offices: &'static str,
    /// Heading of what the program's own lists say.
    pub known: &'static str,
    /// Before a capital and the seats of government.
    pub capital: &'static str,
    /// Before a country's other names.
    pub also: &'static str,
    /// "as of Nov 2025".
    pub as_of: fn(&str) -> String,
    /// Heading of the mentions in the article on the screen.
    pub here: &'static str,
    /// Heading of the articles with a name.
    pub articles: &'static str,
    /// Heading of a country's people in the news.
    pub bearers: &'static str,
    /// Heading of a country's seats of government in the news.
    pub seats: &'static str,
    /// Heading of the people someone is most often named with.
    pub people: &'static str,
    /// Heading of the countries someone is most often named with.
    pub countries: &'static str,
    /// Heading of the other forms of a name.
    pub forms: &'static str,
    /// A lone word may mean several people.
    pub lone: &'static str,
    /// Headings of the chart by day, by week and by month.
    pub chart: [&'static str; 3],
    /// "at most 12": the highest bar of the chart.
    pub most: fn(usize) -> String,
    /// Heading of what the encyclopedia says.
    pub extract: &'static str,
    /// The key that asks the encyclopedia.
    pub ask: fn(&str) -> String,
    /// "asked 3 Nov 2025".
    pub asked: fn(&str) -> String,
    /// "47 articles".
    pub count: fn(usize) -> String,
    /// "since 3 Sep 2025".
    pub since: fn(&str) -> String,
    /// "12 more": rows that are not shown.
    pub rest: fn(usize) -> String,
    /// The name is followed.
    pub followed: &'static str,
    /// A row that is still being brought.
    pub coming: &'static str,
    /// Heading of the digest.
    pub digest: &'static str,
    /// Heading of the people named most.
    pub most_people: &'static str,
    /// Heading of the countries named most.
    pub most_countries: &'static str,
    /// Heading of the names that are new.
    pub new: &'static str,
    /// Heading of the names that rose most.
    pub risen: &'static str,
    /// Heading of the stories told by most sources.
    pub stories: &'static str,
    /// "98 before": articles of the time before.
    pub before: fn(usize) -> String,
    /// The digest has nothing to tell.
    pub no_digest: &'static str,
    /// So many articles, the latest, were looked into.
    pub of_latest: fn(usize) -> String,
    /// Heading of the relations.
    pub relations: &'static str,
    /// Column of the pairs of names.
    pub pair: &'static str,
    /// Column of the articles that name both.
    pub together: &'static str,
    /// Column of how close the two are.
    pub measure: &'static str,
    /// Column of when they were last named together.
    pub last: &'static str,
    /// The articles that name someone followed, as a list.
    pub followed_ones: &'static str,
    /// Nothing followed is in the news; the key that follows a name.
    pub how_to_follow: fn(&str) -> String,
    /// Places and organisations have no card.
    pub no_card: &'static str,
    /// The key does something on a card only.
    pub on_card: &'static str,
    /// Countries are not joined.
    pub no_joining: &'static str,
    /// The two names are one already, or may not be joined.
    pub not_joined: &'static str,
    /// The user is not on a form of the name that can be parted.
    pub no_form: &'static str,
    /// Names were joined or parted; the key that takes it back.
    pub names_changed: &'static str,
    /// Someone is now followed.
    pub follows: fn(&str) -> String,
    /// A lone word is followed now, whomever it means.
    pub follows_all: fn(&str) -> String,
    /// Someone is followed no more.
    pub follows_no_more: fn(&str) -> String,
    /// The encyclopedia is being asked for a name.
    pub asking: fn(&str) -> String,
    /// The encyclopedia has an article of a name.
    pub found: fn(&str) -> String,
    /// It has none.
    pub not_found: fn(&str) -> String,
    /// Heading of the box for joining a name with another.
    pub join_with: fn(&str) -> String,
    /// The keys of that box.
    pub join_keys: &'static str,
    /// Nobody of the name that was typed.
    pub no_such_name: &'static str,
    /// What a key changes: the chart's unit, the digest's days, the order of the relations.
    pub unit: &'static str,
    /// See above.
    pub period: &'static str,
    /// See above.
    pub order: &'static str,
    /// What a key goes to: the next section.
    pub section: &'static str,
    /// No two names stand together.
    pub no_relations: &'static str,
}

impl Texts {
    /// A day: "27 Okt 2025".
    pub fn day(&self, day: Date) -> String {
        self.date(Published::Day(day))
    }

    /// A month: "Okt 2025".
    pub fn month_of_year(&self, day: Date) -> String {
        format!("{} {}", self.month(Published::Day(day)), day.year())
    }

    /// A stretch of days, what they share said once: "18 – 25 Nov 2025".
    pub fn days(&self, since: Date, until: Date) -> String {
        let last = self.day(until);
        if since == until {
            last
        } else if (since.year(), since.month()) == (until.year(), until.month()) {
            format!("{} – {last}", since.day())
        } else if since.year() == until.year() {
            let month = self.month(Published::Day(since));
            format!("{} {month} – {last}", since.day())
        } else {
            format!("{} – {last}", self.day(since))
        }
    }
}

pub(super) static INDONESIAN: LookupTexts = LookupTexts {
    offices: "Jabatan menurut berita",
    known: "Menurut daftar warta",
    capital: "ibu kota",
    also: "juga",
    as_of: |month| format!("per {month}"),
    here: "Di berita ini",
    articles: "Berita dengan nama ini",
    bearers: "Tokohnya dalam berita",
    seats: "Pusat pemerintahan",
    people: "Disebut bersama",
    countries: "Bersama negara",
    forms: "Bentuk nama lain",
    lone: "Hanya satu kata: berita lain dengan nama ini mungkin tentang orang lain.",
    chart: ["Berita per hari", "Berita per pekan", "Berita per bulan"],
    most: |count| format!("terbanyak {count}"),
    extract: "Wikipedia",
    ask: |key| format!("{key} mencarinya di Wikipedia lewat jaringan."),
    asked: |day| format!("diambil {day}"),
    count: |count| format!("{count} berita"),
    since: |day| format!("sejak {day}"),
    rest: |count| format!("{count} lagi …"),
    followed: "diikuti",
    coming: "Memuat …",
    digest: "Ringkasan",
    most_people: "Tokoh terbanyak disebut",
    most_countries: "Negara terbanyak disebut",
    new: "Nama baru",
    risen: "Naik paling tajam",
    stories: "Paling luas diberitakan",
    before: |count| format!("sebelumnya {count}"),
    no_digest: "Tidak ada berita pada waktu ini.",
    of_latest: |count| format!("{count} berita terakhir"),
    relations: "Hubungan",
    pair: "Disebut bersama",
    together: "Berita",
    measure: "Erat",
    last: "Terakhir",
    followed_ones: "Diikuti",
    how_to_follow: |key| format!("{key} mengikuti sebuah nama."),
    no_card: "Kartu hanya ada untuk tokoh dan negara.",
    on_card: "Buka dahulu kartu sebuah nama.",
    no_joining: "Negara tidak dapat digabung.",
    not_joined: "Kedua nama itu tidak dapat digabung.",
    no_form: "Pilih dahulu bentuk nama yang digabung; ejaan dari beritanya tidak dapat dipisah.",
    names_changed: "Nama diubah; u membatalkan.",
    follows: |name| format!("{name} diikuti."),
    follows_all: |name| format!("Setiap “{name}” diikuti: satu kata saja, mungkin beberapa orang."),
    follows_no_more: |name| format!("{name} tidak lagi diikuti."),
    asking: |name| format!("Mencari {name} di Wikipedia …"),
    found: |name| format!("Wikipedia tentang {name} ada di kartunya."),
    not_found: |name| format!("Wikipedia tidak punya artikel berjudul {name}."),
    join_with: |name| format!("{name} sama dengan"),
    join_keys: "Enter gabung · Esc batal",
    no_such_name: "Tidak ada tokoh bernama itu.",
    unit: "satuan",
    period: "rentang",
    order: "urutan",
    section: "bagian",
    no_relations: "Tidak ada dua nama yang disebut bersama di daftar ini.",
};

pub(super) static ENGLISH: LookupTexts = LookupTexts {
    offices: "Offices the articles give",
    known: "From warta's own lists",
    capital: "capital",
    also: "also",
    as_of: |month| format!("as of {month}"),
    here: "In this article",
    articles: "Articles with this name",
    bearers: "Its people in the news",
    seats: "Seats of government",
    people: "Named with",
    countries: "With countries",
    forms: "Other forms of the name",
    lone: "Only one word: other articles with this name may mean someone else.",
    chart: ["Articles by day", "Articles by week", "Articles by month"],
    most: |count| format!("at most {count}"),
    extract: "Wikipedia",
    ask: |key| format!("{key} looks it up in Wikipedia, online."),
    asked: |day| format!("asked {day}"),
    count: |count| match count {
        1 => "1 article".to_owned(),
        _ => format!("{count} articles"),
    },
    since: |day| format!("since {day}"),
    rest: |count| format!("{count} more …"),
    followed: "followed",
    coming: "Loading …",
    digest: "Digest",
    most_people: "People named most",
    most_countries: "Countries named most",
    new: "New names",
    risen: "Risen most",
    stories: "Told most widely",
    before: |count| format!("{count} before"),
    no_digest: "There are no articles of this time.",
    of_latest: |count| format!("latest {count} articles"),
    relations: "Relations",
    pair: "Named together",
    together: "Articles",
    measure: "Close",
    last: "Last",
    followed_ones: "Followed",
    how_to_follow: |key| format!("{key} follows a name."),
    no_card: "Only people and countries have a card.",
    on_card: "Open the card of a name first.",
    no_joining: "Countries are not joined.",
    not_joined: "Those two names cannot be joined.",
    no_form: "Choose a name that was joined first; spellings of the articles cannot be parted.",
    names_changed: "Names changed; u takes it back.",
    follows: |name| format!("{name} is followed."),
    follows_all: |name| {
        format!("Every “{name}” is followed: one word only, perhaps several people.")
    },
    follows_no_more: |name| format!("{name} is no longer followed."),
    asking: |name| format!("Looking {name} up in Wikipedia …"),
    found: |name| format!("What Wikipedia says of {name} is on the card."),
    not_found: |name| format!("Wikipedia has no article called {name}."),
    join_with: |name| format!("{name} is the same as"),
    join_keys: "Enter joins · Esc cancels",
    no_such_name: "Nobody has that name.",
    unit: "unit",
    period: "days",
    order: "order",
    section: "section",
    no_relations: "No two names stand together in this list.",
};

#[cfg(test)]
mod tests {
    use crate::language::Language;
    use jiff::civil::date;

    #[test]
    fn a_stretch_of_days_says_once_what_its_ends_share() {
        let days = |since, until| Language::Indonesian.texts().days(since, until);
        assert_eq!(
            days(date(2025, 11, 18), date(2025, 11, 25)),
            "18 – 25 Nov 2025"
        );
        assert_eq!(
            days(date(2025, 10, 30), date(2025, 11, 5)),
            "30 Okt – 5 Nov 2025"
        );
        assert_eq!(
            days(date(2024, 12, 30), date(2025, 1, 5)),
            "30 Des 2024 – 5 Jan 2025"
        );
        assert_eq!(days(date(2025, 1, 5), date(2025, 1, 5)), "5 Jan 2025");
    }
}
