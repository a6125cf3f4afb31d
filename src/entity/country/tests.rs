#![allow(clippy::unwrap_used)]

use super::*;
use crate::entity::CountryCode;
use crate::entity::token::tokenize;
use proptest::prelude::*;
use std::fmt::Write as _;

/// What is found in one text, with nothing blocked.
fn find_in(text: &str) -> Vec<(Range<usize>, &'static CountryFacts, FormKind)> {
    let tokens = tokenize(text);
    let words: Vec<WordId> = tokens
        .iter()
        .map(|token| gazetteer::word(token.text(text)))
        .collect();
    find(&[Part {
        text,
        tokens: &tokens,
        words: &words,
        blocked: &[],
    }])
    .into_iter()
    .map(|found| {
        let (first, last) = (found.tokens.start, found.tokens.end - 1);
        let bytes = tokens[first].start as usize..tokens[last].end as usize;
        (bytes, found.country, found.kind)
    })
    .collect()
}

/// Marks what is found in a text: `[US|AS]` a mention, `[KR:Seoul]` a seat.
fn mark(text: &str) -> String {
    let mut marked = String::new();
    let mut at = 0;
    for (bytes, country, kind) in find_in(text) {
        let sign = if kind.is_seat() { ':' } else { '|' };
        marked.push_str(&text[at..bytes.start]);
        let _ = write!(marked, "[{}{sign}{}]", country.code, &text[bytes.clone()]);
        at = bytes.end;
    }
    marked + &text[at..]
}

/// A text with its countries marked: the marks are taken off, and must come back.
#[track_caller]
fn check(marked: &str) {
    let mut text = String::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, next) = after.split_once(']').unwrap();
        text.push_str(before);
        text.push_str(&inside[3..]);
        rest = next;
    }
    text.push_str(rest);
    assert_eq!(mark(&text), marked);
}

#[test]
fn names_abbreviations_older_and_popular_names() {
    check("Delegasi [CN|Tiongkok] dan [CN|RRT] bertemu utusan [JP|Jepang] di [ID|Indonesia].");
    check("[KP|Korut] dan [KR|Korsel] saling kirim surat, kata pejabat [AE|UEA].");
    check("Ekspor ke [US|Negeri Paman Sam] naik, ke [JP|Negeri Sakura] turun.");
    check("Wisatawan asal [FR|Perancis] dan [FR|Prancis] berkunjung ke [TL|Timor-Leste].");
    check("Dulu negeri itu bagian dari [SU|Uni Soviet], kini bernama [UA|Ukraina].");
    check("[US|Amerika Serikat] ([US|AS]) dan [GB|Inggris Raya] sepakat.");
}

#[test]
fn adjectives_and_countries_inside_offices_count() {
    check("Pasukan [IL|Israel] mundur dari perbatasan.");
    check("Presiden [US|AS] menelepon Menteri Luar Negeri [KP|Korea Utara].");
    check("Duta Besar [RU|Rusia] untuk [ID|Indonesia] hadir.");
    check("Menteri Pertahanan [ID|RI] dan Wakil Presiden [ID|RI] rapat.");
    check("Presiden Ke-9 [ID|RI] itu tersenyum.");
    check("Pemerintah [ID|Republik Indonesia] menolak usul tersebut.");
}

#[test]
fn hyphens_part_countries_from_what_they_are_tied_to() {
    check("Perang [TH|Thailand]-[KH|Kamboja] berakhir.");
    check("Aksi pro-[PS|Palestina] dan anti-[IL|Israel] berlangsung tertib.");
    check("Lomba se-[ID|Indonesia] diikuti pelajar.");
    check("Hubungan [RU|Rusia]-[KP|Korea Utara] kian erat.");
    check("Ia disebut Messi-nya [ID|Indonesia], dan [US|AS]-nya Asia.");
}

#[test]
fn abbreviations_are_countries_only_in_capitals_and_never_initials() {
    check("Kata as dan ri bukan negara; As, Ri, Uk juga bukan.");
    check("Tersangka RI (31) dan AS (29) ditahan. AS mengaku menyesal.");
    check("Pelaku berinisial AS sudah ditangkap.");
    check("Kisah Nabi Ibrahim AS dibacakan, lalu siaran dari [US|AS] diputar.");
    check("Sidang di [GB|UK] dan [AE|UEA] ditunda.");
}

#[test]
fn three_letter_codes_count_only_in_lists_of_results() {
    check("1. Budi ([ID|INA]) 2. Ito ([JP|JPN]) 3. Rossi ([IT|ITA]) 4. Garcia ([ES|ESP])");
    check("Paket SPA dan kapal FIN milik CAN dijual di kantor SPA.");
    check("Hotel SPA di Jalan Merdeka buka lagi.");
}

#[test]
fn capitals_all_through_a_line_change_nothing() {
    check("PRESIDEN [US|AS] TIBA DI [IN|INDIA]");
    check("JAKARTA, Contoh - Warga [ID|Indonesia] merayakan.");
    check("[SG|SINGAPURA] DAN [MY|MALAYSIA] SEPAKAT SOAL AIR");
}

#[test]
fn headlines_in_title_case_run_on_through_their_verbs() {
    check("Bank Dunia Puji [ID|Indonesia] soal Beras");
    check("Prabowo Tiba di [MY|Malaysia]");
    check("KPK Gandeng [SG|Singapura] Buru Aset");
    check("Timnas [ID|Indonesia] Hadapi [VN|Vietnam] di Final");
}

#[test]
fn currencies_and_languages_are_no_countries() {
    check("Harganya 20 dolar AS atau 300 dolar Amerika Serikat.");
    check("Kurs dolar Singapura, yen Jepang, dan poundsterling Inggris naik.");
    check("Nilainya US$ 5 juta.");
    check("Ia fasih berbahasa Inggris dan bahasa Indonesia.");
}

#[test]
fn names_of_bodies_events_venues_and_firms_are_no_countries() {
    check("Bank Indonesia, Bank Rakyat Indonesia, dan Telkom Indonesia hadir.");
    check("Dosen Universitas Indonesia naik Garuda Indonesia.");
    check("Polisi Republik Indonesia dan Tentara Nasional Indonesia bersiaga.");
    check("Piala Asia U-23 Qatar dan Piala Dunia Qatar 2022 sudah lewat.");
    check("Juara Thailand Open dan Malaysia Masters itu naik Air India.");
    check("Ia kuliah di Universitas Islam Indonesia, lalu bermain di Liga Inggris.");
    check("Anggota DPR RI dan pegawai Kementerian Sosial Republik Indonesia rapat.");
    check("Komisi Pemilihan Umum (KPU) RI mengumumkan hasil.");
    check("Ikatan Dokter Anak Indonesia dan Frisian Flag Indonesia bekerja sama.");
    check("Konfederasi Serikat Pekerja Seluruh Indonesia berunjuk rasa.");
}

#[test]
fn foreign_bodies_say_whose_they_are() {
    check("Kementerian Luar Negeri [RU|Rusia] memanggil dubes.");
    check("Parlemen [IL|Israel] dan Senat [US|AS] bersidang.");
    check("Angkatan Darat [PK|Pakistan] membantah.");
}

#[test]
fn national_teams_are_their_country() {
    check("Timnas [ID|Indonesia] menang, timnas U-23 [VN|Vietnam] kalah.");
    check("Pelatih Timnas Putri [TH|Thailand] puas. Kiper [MY|Malaysia] cedera.");
}

#[test]
fn larger_places_are_no_countries() {
    check("Negara di Amerika Latin dan Amerika Selatan rapat soal Laut China Selatan.");
    check("Kapal melintasi Selat Malaka menuju Teluk Persia.");
}

#[test]
fn people_who_bear_a_countrys_name_are_no_countries() {
    check("Menteri Pertahanan Israel Katz berpidato.");
    check("Pak Oman, seorang petani, dan Kenya Lestari, seorang guru, menanam padi.");
    check("Sultan [OM|Oman] menyambut Presiden [TD|Chad].");
}

#[test]
fn seats_name_a_country_without_saying_it() {
    check("[KR:Seoul] menolak, [RU:Kremlin] diam, [US:Gedung Putih] menunggu.");
    check("Pejabat di [UA:Kyiv] dan [NL:Den Haag] memantau.");
}

#[test]
fn likeness_is_no_match() {
    check("Kalau Senin tiba, belanja di pasar Jalan Peruri.");
    check("Tanah Air tercinta.");
}

#[test]
fn blocked_runs_are_left_alone() {
    let text = "Kantor Wakanda Jepang dan Jepang";
    let tokens = tokenize(text);
    let words: Vec<WordId> = tokens
        .iter()
        .map(|token| gazetteer::word(token.text(text)))
        .collect();
    let blocked = [Range { start: 0, end: 3 }];
    let found = find(&[Part {
        text,
        tokens: &tokens,
        words: &words,
        blocked: &blocked,
    }]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].tokens, 4..5);
}

#[test]
fn every_form_of_every_country_is_found_in_a_sentence() {
    for line in include_str!("../../../assets/gazetteer/countries.tsv").lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [code, name, forms @ .., _results] = cells.as_slice() else {
            continue;
        };
        if line.starts_with('#') {
            continue;
        }
        let code = CountryCode(code.as_bytes().try_into().unwrap());
        let forms = forms.iter().flat_map(|cell| cell.split("; "));
        for form in forms.chain([*name]).filter(|form| *form != "-") {
            let found = find_in(&format!("Utusan dari {form} sudah tiba kemarin."));
            let codes: Vec<_> = found.iter().map(|(_, country, _)| country.code).collect();
            assert_eq!(codes, [code], "{form}");
        }
    }
}

#[test]
fn every_capital_and_seat_is_found_in_a_sentence() {
    for line in include_str!("../../../assets/gazetteer/seats.tsv").lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [code, forms @ ..] = cells.as_slice() else {
            continue;
        };
        if line.starts_with('#') {
            continue;
        }
        for form in forms.iter().flat_map(|cell| cell.split("; ")) {
            if form != "-" {
                let found = find_in(&format!("Pejabat {form} membantah kabar itu."));
                let seats: Vec<_> = found
                    .iter()
                    .map(|(_, country, kind)| (country.code.to_string(), kind.is_seat()))
                    .collect();
                assert_eq!(seats, [((*code).to_owned(), true)], "{form}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_gives_ordered_spans_that_lie_apart(
        text in r"(\PC|\n|AS|RI| \(29\)|dolar |Bank |Timnas |Indonesia|Korea Utara|-| ){0,40}"
    ) {
        let mut at = 0;
        for (bytes, _, _) in find_in(&text) {
            prop_assert!(bytes.start >= at && bytes.start < bytes.end);
            prop_assert!(text.get(bytes.clone()).is_some());
            at = bytes.end;
        }
    }
}
