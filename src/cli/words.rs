//! What the command line says, in both languages.

use std::fmt::Write;
use std::io::ErrorKind;
use std::path::Path;

use super::refresh::Tally;
use crate::article::scrub_line;
use crate::language::Language;

pub(super) fn not_a_terminal(language: Language) -> &'static str {
    match language {
        Language::Indonesian => {
            "pembaca berita memerlukan terminal; untuk teks saja: warta show SUMBER"
        }
        Language::English => "the reader needs a terminal; for plain text: warta show SOURCE",
    }
}

pub(super) fn cannot_write(kind: ErrorKind, detail: &str, language: Language) -> String {
    match (language, kind) {
        (Language::Indonesian, ErrorKind::StorageFull) => {
            format!("keluaran tidak dapat ditulis: disk penuh; beri tempat lalu ulangi ({detail})")
        }
        (Language::English, ErrorKind::StorageFull) => {
            format!(
                "the output cannot be written: the disk is full; make room and repeat ({detail})"
            )
        }
        (Language::Indonesian, _) => {
            format!("keluaran tidak dapat ditulis; periksa ke mana ia dialirkan ({detail})")
        }
        (Language::English, _) => {
            format!("the output cannot be written; check where it goes ({detail})")
        }
    }
}

pub(super) fn no_settings(detail: &str, language: Language) -> String {
    match language {
        Language::Indonesian => {
            format!("berkas pengaturan ini tidak dapat dibaca; periksa nama dan izinnya ({detail})")
        }
        Language::English => {
            format!("this settings file cannot be read; check its name and permissions ({detail})")
        }
    }
}

pub(super) fn bad_settings(detail: &str, language: Language) -> String {
    match language {
        Language::Indonesian => {
            format!("pengaturan ini tidak dapat dimengerti; perbaiki di sini: ({detail})")
        }
        Language::English => format!("these settings make no sense; mend them here: ({detail})"),
    }
}

pub(super) fn no_address_given(language: Language) -> &'static str {
    match language {
        Language::Indonesian => "sebutkan alamat umpan atau situsnya: warta feed add ALAMAT",
        Language::English => "name the address of a feed or site: warta feed add ADDRESS",
    }
}

pub(super) fn nothing_to_read(language: Language) -> &'static str {
    match language {
        Language::Indonesian => {
            "sebutkan sumber: berkas, alamat http(s), atau - untuk masukan standar"
        }
        Language::English => "name a source: a file, an http(s) address, or - for standard input",
    }
}

pub(super) fn nothing_piped_in(language: Language) -> &'static str {
    match language {
        Language::Indonesian => "tidak ada yang dialirkan ke masukan standar: perintah | warta -",
        Language::English => "nothing is piped into standard input: command | warta -",
    }
}

pub(super) fn rejected(lines: u64, language: Language) -> String {
    match language {
        Language::Indonesian => {
            format!("{lines} baris bukan objek JSON dengan \"text\"; lihat \"error\" di keluaran")
        }
        Language::English if lines == 1 => {
            "1 line is not a JSON object with \"text\"; see \"error\" in the output".to_owned()
        }
        Language::English => {
            format!("{lines} lines are not JSON objects with \"text\"; see \"error\" in the output")
        }
    }
}

/// Articles that stand in no index yet.
pub(super) fn not_read_yet(count: usize, language: Language) -> String {
    match language {
        Language::Indonesian => {
            format!("{count} artikel belum diindeks dan tidak ikut dicari; jalankan warta refresh")
        }
        Language::English => {
            format!("{count} articles are not indexed yet and cannot be found; run warta refresh")
        }
    }
}

pub(super) fn nothing_found(language: Language) -> &'static str {
    match language {
        Language::Indonesian => "tidak ada berita yang cocok",
        Language::English => "no article answers that",
    }
}

pub(super) fn set_aside(file: &Path, language: Language) -> String {
    let file = file.display();
    match language {
        Language::Indonesian => {
            format!("perpustakaan rusak; disisihkan sebagai {file} dan dimulai yang baru")
        }
        Language::English => {
            format!("the library was damaged; it is set aside as {file} and a new one begun")
        }
    }
}

pub(super) fn no_feeds(language: Language) -> &'static str {
    match language {
        Language::Indonesian => {
            "belum ada langganan; tambahkan: warta feed add ALAMAT, atau warta import BERKAS.opml"
        }
        Language::English => {
            "no feeds yet; add some: warta feed add ADDRESS, or warta import FILE.opml"
        }
    }
}

pub(super) fn added(title: &str, address: &str, language: Language) -> String {
    match language {
        Language::Indonesian => format!("ditambahkan: {title}, {address}"),
        Language::English => format!("added: {title}, {address}"),
    }
}

pub(super) fn already_there(title: &str, language: Language) -> String {
    match language {
        Language::Indonesian => format!("sudah dilanggan: {title}"),
        Language::English => format!("already subscribed to: {title}"),
    }
}

pub(super) fn removed(title: &str, language: Language) -> String {
    match language {
        Language::Indonesian => format!("langganan dihentikan: {title}"),
        Language::English => format!("no longer subscribed to: {title}"),
    }
}

pub(super) fn no_such_feed(wanted: &str, language: Language) -> String {
    let wanted = scrub_line(wanted);
    match language {
        Language::Indonesian => {
            format!("{wanted}: tidak ada langganan ini; lihat warta feed list")
        }
        Language::English => format!("{wanted}: no such feed; see warta feed list"),
    }
}

pub(super) fn several_of_that_title(language: Language) -> &'static str {
    match language {
        Language::Indonesian => "beberapa umpan berjudul demikian; sebutkan alamatnya:",
        Language::English => "several feeds have that title; name one by its address:",
    }
}

pub(super) fn several_feeds(address: &str, language: Language) -> String {
    match language {
        Language::Indonesian => format!(
            "{address}: halaman ini menyebut beberapa umpan; pilih satu: warta feed add ALAMAT"
        ),
        Language::English => {
            format!("{address}: this page names several feeds; choose: warta feed add ADDRESS")
        }
    }
}

pub(super) fn no_address(name: &str, language: Language) -> String {
    match language {
        Language::Indonesian => format!("{name}: tanpa alamat umpan, dilewati"),
        Language::English => format!("{name}: no feed address, passed over"),
    }
}

pub(super) fn off_the_web(name: &str, address: &str, language: Language) -> String {
    match language {
        Language::Indonesian => {
            format!("{name}: bukan alamat http atau https, dilewati: {address}")
        }
        Language::English => {
            format!("{name}: not an http or https address, passed over: {address}")
        }
    }
}

pub(super) fn broken_line(beginning: &str, language: Language) -> String {
    match language {
        Language::Indonesian => format!("baris rusak, dilewati: {beginning}"),
        Language::English => format!("broken line, passed over: {beginning}"),
    }
}

pub(super) fn cut_off(name: &str, language: Language) -> String {
    match language {
        Language::Indonesian => {
            format!("{name}: daftar ini terputus di akhirnya; hanya yang ada di sini yang diambil")
        }
        Language::English => {
            format!("{name}: the end of this list is missing; only what is here is taken")
        }
    }
}

pub(super) fn no_list(name: &str, language: Language) -> String {
    match language {
        Language::Indonesian => format!(
            "{name}: tidak ada umpan (feed) yang dapat diambil di dalamnya; warta import membaca \
             daftar OPML, dan satu umpan ditambahkan dengan warta feed add ALAMAT"
        ),
        Language::English => format!(
            "{name}: there is no feed in it to be taken; warta import reads OPML lists, and a \
             single feed is added with warta feed add ADDRESS"
        ),
    }
}

pub(super) fn imported(added: usize, known: usize, refused: usize, language: Language) -> String {
    match language {
        Language::Indonesian => {
            format!("{added} umpan ditambahkan, {known} sudah ada, {refused} dilewati")
        }
        Language::English => format!(
            "{added} {} added, {known} already there, {refused} passed over",
            feeds_in_english(added)
        ),
    }
}

pub(super) fn cut(title: &str, language: Language) -> String {
    match language {
        Language::Indonesian => format!(
            "{title}: terlalu panjang; hanya bagian awalnya dibaca (feed_megabytes di config.toml)"
        ),
        Language::English => format!(
            "{title}: too long; only its beginning was read (feed_megabytes in config.toml)"
        ),
    }
}

pub(super) fn fetching(done: usize, all: usize, new: usize, language: Language) -> String {
    match language {
        Language::Indonesian => format!("{done}/{all} umpan, {new} artikel baru"),
        Language::English => format!("{done}/{all} feeds, {new} new articles"),
    }
}

pub(super) fn reading(left: usize, language: Language) -> String {
    match language {
        Language::Indonesian => format!("mencari nama; {left} artikel lagi"),
        Language::English => format!("finding names; {left} articles left"),
    }
}

pub(super) fn refreshed(tally: Tally, language: Language) -> String {
    let Tally {
        answered,
        failed,
        waiting,
        new,
        ended,
    } = tally;
    let mut line = match language {
        Language::Indonesian => {
            format!("{new} artikel baru dari {answered} umpan; {failed} gagal")
        }
        Language::English => format!(
            "{new} new {} from {answered} {}; {failed} failed",
            if new == 1 { "article" } else { "articles" },
            feeds_in_english(answered)
        ),
    };
    if waiting > 0 {
        let words = match language {
            Language::Indonesian => "belum waktunya",
            Language::English => "not due yet",
        };
        let _ = write!(line, ", {waiting} {words}");
    }
    if ended.is_some() {
        line += match language {
            Language::Indonesian => "; dihentikan, yang sudah diambil tersimpan",
            Language::English => "; ended, what was fetched is kept",
        };
    }
    line
}

fn feeds_in_english(count: usize) -> &'static str {
    if count == 1 { "feed" } else { "feeds" }
}

pub(super) fn no_time(text: &str, language: Language) -> String {
    let text = scrub_line(text);
    match language {
        Language::Indonesian => {
            format!("--since: “{text}” bukan waktu; contoh: 7d (hari), 12j (jam), 2025-10-27")
        }
        Language::English => {
            format!("--since: “{text}” is no time; for example 7d (days), 12j (hours), 2025-10-27")
        }
    }
}

pub(super) fn nobody(name: &str, language: Language) -> String {
    let name = scrub_line(name);
    match language {
        Language::Indonesian => format!("{name}: tidak ada di perpustakaan"),
        Language::English => format!("{name}: nowhere in the library"),
    }
}

pub(super) fn several_people(name: &str, language: Language) -> String {
    let name = scrub_line(name);
    match language {
        Language::Indonesian => {
            format!("{name}: dapat berarti beberapa orang; sebutkan salah satu nama lengkapnya")
        }
        Language::English => format!("{name}: may mean several people; give one of the full names"),
    }
}
