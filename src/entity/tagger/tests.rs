//! Laws of the tagger for any text, and a floor under its quality on sentences of our own.

use super::*;
use crate::entity::{gazetteer, token};
use proptest::prelude::*;

fn tag(tagger: &Tagger, texts: &[&str]) -> Vec<(Kind, String)> {
    let tokens: Vec<Vec<Token>> = texts.iter().map(|text| token::tokenize(text)).collect();
    let words: Vec<Vec<WordId>> = tokens
        .iter()
        .zip(texts)
        .map(|(tokens, text)| {
            tokens
                .iter()
                .map(|token| gazetteer::word(token.text(text)))
                .collect()
        })
        .collect();
    let fields: Vec<Field<'_>> = texts
        .iter()
        .zip(tokens.iter().zip(&words))
        .map(|(text, (tokens, words))| Field {
            text,
            tokens,
            words,
        })
        .collect();
    let mut last = (0, 0);
    tagger
        .tag(&fields)
        .into_iter()
        .map(|span| {
            assert!(
                span.tokens.start < span.tokens.end && span.tokens.end <= tokens[span.field].len()
            );
            assert!(
                (span.field, span.tokens.start) >= last,
                "in order and apart"
            );
            assert!((0.0..=1.0).contains(&span.confidence));
            last = (span.field, span.tokens.end);
            let tokens = &tokens[span.field][span.tokens];
            let bytes = tokens[0].start as usize..tokens[tokens.len() - 1].end as usize;
            (span.kind, texts[span.field][bytes].to_owned())
        })
        .collect()
}

/// Sentences of our own with the people in them.
const SENTENCES: [(&str, &[&str]); 16] = [
    (
        "Bupati Kabupaten Tirtasari Ratna Wulandari meninjau pasar itu, Senin (3/11/2025).",
        &["Ratna Wulandari"],
    ),
    (
        "\"Kami sudah siap,\" kata Joko Pranoto kepada wartawan di Semarang.",
        &["Joko Pranoto"],
    ),
    (
        "Menteri Luar Negeri Jepang Haruto Nakagawa bertemu koleganya di Jakarta.",
        &["Haruto Nakagawa"],
    ),
    (
        "Menurut Siti Rahmawati, harga cabai turun sejak pekan lalu.",
        &["Siti Rahmawati"],
    ),
    (
        "Pelatih Persebaya Andri Setiawan memuji Bagus Wicaksono.",
        &["Andri Setiawan", "Bagus Wicaksono"],
    ),
    (
        "Presiden Direktur PT Sinar Lestari, Hendra Gunawan, membantah kabar itu.",
        &["Hendra Gunawan"],
    ),
    (
        "Hujan deras mengguyur Kota Bandung dan Kabupaten Garut sejak sore.",
        &[],
    ),
    (
        "Bank Indonesia menahan suku bunga acuan, Rabu (5/11/2025).",
        &[],
    ),
    (
        "Kereta dari Stasiun Gambir menuju Surabaya terlambat dua jam.",
        &[],
    ),
    (
        "Jaksa menuntut Muhammad bin Salim dengan hukuman tiga tahun penjara.",
        &["Muhammad bin Salim"],
    ),
    (
        "Kapolres AKBP Dedi Kurniawan mengatakan pelaku sudah ditangkap.",
        &["Dedi Kurniawan"],
    ),
    (
        "Rina Marlina, warga Desa Sukamaju, mengaku kehilangan dua ekor kambing.",
        &["Rina Marlina"],
    ),
    (
        "Ketua Umum Partai Tunas Bangsa Wahyu Hidayat tiba bersama istrinya, Lestari Dewi.",
        &["Wahyu Hidayat", "Lestari Dewi"],
    ),
    (
        "Tersangka Ujang Sutisna ditahan di Polda Jawa Barat.",
        &["Ujang Sutisna"],
    ),
    (
        "Kementerian Perhubungan menutup Bandara Frans Seda karena abu vulkanik.",
        &[],
    ),
    (
        "Dokter Yohanes Simanjuntak memeriksa pasien di RSUD Balige.",
        &["Yohanes Simanjuntak"],
    ),
];

#[test]
fn the_model_is_not_worse_than_it_was() {
    let tagger = Tagger::embedded();
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    for (text, people) in SENTENCES {
        let found: Vec<String> = tag(&tagger, &[text])
            .into_iter()
            .filter(|(kind, _)| *kind == Kind::Person)
            .map(|(_, name)| name)
            .collect();
        let hits = found
            .iter()
            .filter(|name| people.contains(&name.as_str()))
            .count();
        right += hits;
        wrong += found.len() - hits;
        missed += people.len() - hits;
    }
    assert!(
        right >= 13 && wrong <= 1,
        "right {right}, wrong {wrong}, missed {missed}"
    );
}

#[test]
fn the_headline_learns_from_the_body() {
    let tagger = Tagger::embedded();
    let names = tag(
        &tagger,
        &[
            "Wulandari Resmikan Jembatan Gantung",
            "Bupati Ratna Wulandari meresmikan jembatan gantung di Desa Sukamaju. \"Ini milik warga,\" kata Wulandari.",
        ],
    );
    assert!(
        names.starts_with(&[(Kind::Person, "Wulandari".to_owned())]),
        "{names:?}"
    );
}

#[test]
fn what_was_read_before_changes_nothing() {
    let used = Tagger::embedded();
    for (text, _) in SENTENCES {
        assert_eq!(tag(&used, &[text]), tag(&Tagger::embedded(), &[text]));
    }
}

#[test]
fn a_model_that_cannot_be_read_finds_nothing() {
    let tagger = Tagger::new(Model::empty());
    assert_eq!(tag(&tagger, &[SENTENCES[0].0]), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_gives_spans_in_order(title in "\\PC{0,40}", text in "(\\PC{0,8}|[A-Z][a-z]{1,6}|[ .,'\\-/\n]){0,60}") {
        tag(&Tagger::embedded(), &[&title, &text]);
    }
}
