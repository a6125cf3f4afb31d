//! What the command line says, in both languages.

use std::path::Path;

use crate::language::Language;

pub(super) fn not_a_terminal(language: Language) -> &'static str {
    match language {
        Language::Indonesian => {
            "pembaca berita memerlukan terminal; untuk teks saja: warta show SUMBER"
        }
        Language::English => "the reader needs a terminal; for plain text: warta show SOURCE",
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
