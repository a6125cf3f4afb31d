//! Articles from bytes: whole pages as cases, tables of dates and controls, and laws that hold for
//! any input.
//!
//! A case is a file in `tests/article/`; its snapshot beside this file says what must come of it.
#![allow(clippy::expect_used, reason = "a test may stop")]

use std::fmt::Write;

use jiff::Timestamp;
use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest};
use warta::article::{Article, Hints, Refusal, date, decode, scrub, scrub_line};

/// 25 November 2025, 17:00 in Jakarta.
fn now() -> Timestamp {
    "2025-11-25T10:00:00Z".parse().expect("a moment")
}

fn read(bytes: &[u8]) -> Result<Article, Refusal> {
    Article::read(bytes, &Hints::default(), now())
}

fn shown(article: &Article) -> String {
    let mut shown = String::new();
    let published = article.published.map(|published| published.to_string());
    let heads = [
        ("title", &article.title),
        ("standfirst", &article.standfirst),
        ("published", &published),
    ];
    for (name, value) in heads {
        writeln!(shown, "{name}: {}", value.as_deref().unwrap_or("-")).expect("a string");
    }
    shown.push('\n');
    shown.push_str(&article.text());
    shown
}

#[test]
fn every_case_reads_as_its_snapshot_says() {
    insta::glob!("article/*.{txt,html,md}", |path| {
        let bytes = std::fs::read(path).expect("the case");
        let hints = Hints {
            file_name: path.file_name().and_then(|name| name.to_str()),
            ..Hints::default()
        };
        let article = Article::read(&bytes, &hints, now()).expect("an article");
        insta::assert_snapshot!(shown(&article));
    });
}

#[test]
fn dates_mean_what_newsrooms_mean() {
    for line in include_str!("article/dates.tsv").lines() {
        let Some((text, expected)) = line.split_once('\t') else {
            continue;
        };
        let found = date::parse(text, now()).map_or("-".to_owned(), |found| found.to_string());
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn a_date_in_a_sentence_is_no_date_line() {
    for line in [
        "Presiden tiba pada 27 Oktober 2025 di Jakarta.",
        "Jadwal 27 Oktober 2025",
        "Ia lahir kemarin.",
    ] {
        assert_eq!(date::of_line(line, now()), None, "{line:?}");
    }
    for line in [
        "Diterbitkan Pada 27 Okt 2025",
        "Rini Kusumawati - contohNews Rabu, 02 Jul 2025 14:02 WIB",
        "2 jam yang lalu",
    ] {
        assert!(date::of_line(line, now()).is_some(), "{line:?}");
    }
}

#[test]
fn what_is_no_article_is_refused_with_its_reason() {
    let refused = |bytes: &[u8]| read(bytes).err();
    assert_eq!(refused(b""), Some(Refusal::Empty));
    assert_eq!(refused(b" \n\t\r\n"), Some(Refusal::Empty));
    assert_eq!(refused("\u{feff}\u{200b}".as_bytes()), Some(Refusal::Empty));
    assert_eq!(refused(b"%PDF-1.7 ..."), Some(Refusal::Binary(Some("PDF"))));
    assert_eq!(
        refused(b"\x89PNG\r\n\x1a\n..."),
        Some(Refusal::Binary(Some("PNG")))
    );
    let every_byte: Vec<u8> = (0..=u8::MAX).collect::<Vec<u8>>().repeat(64);
    assert_eq!(refused(&every_byte), Some(Refusal::Binary(None)));
    assert_eq!(refused(&[0; 1000]), Some(Refusal::Binary(None)));
    assert_eq!(
        refused(&vec![b'a'; decode::LIMIT + 1]),
        Some(Refusal::TooLarge)
    );
    assert_eq!(
        refused(b"<?xml version=\"1.0\"?><rss version=\"2.0\"></rss>"),
        Some(Refusal::Feed)
    );
    assert_eq!(
        refused(b"Bagikan\nFacebook\n1 2 3 Next"),
        Some(Refusal::NoArticle)
    );
    let image = Hints {
        content_type: Some("image/png"),
        ..Hints::default()
    };
    assert_eq!(
        Article::read(b"apa saja", &image, now()).err(),
        Some(Refusal::Binary(None))
    );
}

#[test]
fn text_is_decoded_by_mark_then_declaration_then_guess() {
    let text = "Rini berkata, “Café itu tutup pukul lima.” Warga kecewa – sangat kecewa.";
    let check = |bytes: &[u8], charset| {
        assert_eq!(
            decode::decode(bytes, charset).as_deref(),
            Ok(text),
            "{charset:?}"
        );
    };
    let (cp1252, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    check(text.as_bytes(), None);
    check(text.as_bytes(), Some("iso-8859-1"));
    check(&cp1252, Some("windows-1252"));
    check(&cp1252, Some("utf-8"));
    check(&cp1252, None);
    check(
        &[b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat(),
        Some("windows-1252"),
    );
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&[b"\xff\xfe".as_slice(), &utf16].concat(), None);
    check(&utf16, None);
    let page = |bytes: &[u8]| {
        [
            b"<html><meta charset=\"windows-1252\"><p>".as_slice(),
            bytes,
        ]
        .concat()
    };
    assert!(decode::decode(&page(&cp1252), None).is_ok_and(|page| page.ends_with(text)));
    // One lost byte does not turn all quotation marks of a UTF-8 text into rubbish.
    let damaged = [text.as_bytes(), b" \xff"].concat();
    assert!(decode::decode(&damaged, None).is_ok_and(|found| found.starts_with(text)));
}

#[test]
fn nothing_that_steers_a_terminal_is_left() {
    let cases = [
        ("\u{1b}[2J\u{1b}[H bersih", " bersih"),
        ("\u{1b}[31;1mmerah\u{1b}[0m", "merah"),
        ("\u{1b}]0;judul\u{7}isi", "isi"),
        (
            "\u{1b}]8;;http://contoh/\u{1b}\\bank\u{1b}]8;;\u{1b}\\",
            "bank",
        ),
        ("\u{1b}Pq#0;2;0;0;0\u{1b}\\isi", "isi"),
        ("\u{1b}_Gf=24;AAAA\u{1b}\\isi", "isi"),
        ("\u{9b}31mmerah", "merah"),
        ("\u{9d}0;judul\u{9c}isi", "isi"),
        ("\u{1b}(Bisi\u{1b}c", "isi"),
        ("\u{1b}]0;tanpa akhir\nisi", "0;tanpa akhir\nisi"),
        ("aman\u{8}\u{8}jahat\u{7}\u{7f}\u{0}", "amanjahat"),
        (
            "satu\rdua\r\ntiga\u{2028}empat\u{b}lima",
            "satu\ndua\ntiga\nempat\nlima",
        ),
        ("a\tb\u{a0}c\u{3000}d", "a b c d"),
        (
            "gambar\u{202e}gpj.exe\u{2066}\u{2069}\u{200f}\u{61c}",
            "gambargpj.exe",
        ),
        ("Pra\u{200b}bo\u{ad}wo\u{feff}\u{2060}", "Prabowo"),
        (
            "halo\u{e0041}\u{e0042}\u{fff9}a\u{fffa}b\u{fffb}\u{fffc}\u{ffff}\u{e000}",
            "haloab",
        ),
        (
            "Z\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}a",
            "Z\u{301}\u{301}\u{301}\u{301}a",
        ),
        ("\u{301}awal", "awal"),
        ("a\u{200d}b", "ab"),
        (
            "👨\u{200d}👩\u{200d}👧 ❤\u{fe0f} 🇮🇩",
            "👨\u{200d}👩\u{200d}👧 ❤\u{fe0f} 🇮🇩",
        ),
        ("ꦲꦏ꧀\u{200c}ꦱ 北京 مرحبا", "ꦲꦏ꧀\u{200c}ꦱ 北京 مرحبا"),
        ("\u{93}kutip\u{94} \u{96} ya", "“kutip” – ya"),
    ];
    for (text, expected) in cases {
        assert_eq!(scrub(text), expected, "{text:?}");
    }
    assert_eq!(
        scrub_line(" berita\n\u{1b}[31m  hari ini.txt "),
        "berita hari ini.txt"
    );
}

#[test]
fn pages_too_deep_for_a_tree_are_still_read() {
    let body = "<h1>Jembatan Sukaraya Dibuka Hari Ini</h1>".to_owned()
        + &"<p>Warga desa itu menyeberang dengan rakit bambu selama tiga puluh tahun.</p>"
            .repeat(4);
    for open in ["<div>", "<b><p>", "<table><tr><td>", "<a><font>"] {
        let page = format!(
            "<!doctype html><html><head><title>Jembatan Sukaraya Dibuka Hari Ini</title></head><body>{}{body}",
            open.repeat(20_000)
        );
        let article = read(page.as_bytes()).expect("an article");
        assert_eq!(
            article.title.as_deref(),
            Some("Jembatan Sukaraya Dibuka Hari Ini")
        );
        assert_eq!(article.paragraphs.len(), 4, "{open}");
    }
}

#[derive(serde::Deserialize)]
struct Rules {
    line: Vec<Rule>,
    head: Vec<Rule>,
    sentence: Vec<Rule>,
}

#[derive(serde::Deserialize)]
struct Rule {
    example: Vec<String>,
}

#[test]
fn junk_between_paragraphs_goes_and_every_sentence_stays() {
    let rules: Rules = toml::from_str(include_str!("../assets/junk.toml")).expect("the rules");
    let junk = rules.line.iter().chain(&rules.head).chain(&rules.sentence);
    let paragraph = |number: usize| {
        format!(
            "Pada hari ke-{number} warga menanam {number} pohon. Kepala desa itu memuji mereka."
        )
    };
    for example in junk.flat_map(|rule| &rule.example) {
        let page = format!(
            "Warga Menanam Pohon Setiap Hari\n\n{}\n\n{example}\n\n{}\n\n{}",
            paragraph(1),
            paragraph(2),
            paragraph(3)
        );
        let article = read(page.as_bytes()).expect("an article");
        assert_eq!(
            article.title.as_deref(),
            Some("Warga Menanam Pohon Setiap Hari")
        );
        let expected: Vec<String> = (1..=3).map(paragraph).collect();
        assert_eq!(article.paragraphs, expected, "{example:?}");
    }
}

/// Letters and digits, in order: what cleaning may drop but never add or move.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}

fn is_subsequence(part: &str, whole: &str) -> bool {
    let mut whole = letters(whole);
    letters(part).all(|wanted| whole.any(|found| found == wanted))
}

fn is_clean(text: &str) -> bool {
    !text
        .chars()
        .any(|c| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c))
}

proptest! {
    #[test]
    fn any_bytes_give_an_article_or_a_reason(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        if let Ok(article) = read(&bytes) {
            prop_assert!(is_clean(&shown(&article)));
        }
    }

    #[test]
    fn any_page_gives_clean_paragraphs(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "<p>", "</p>", "<div>", "<a href='x'>", "</a>", "<script>", "</script>", "<!--", "-->", "<title>",
                "</title>", "<h1>", "<meta name=date content=", "\"", "'", ">", "<br>", "&nbsp;", "&#27;", "&amp;lt;",
                "Warga desa menanam padi. ", "27 Okt 2025 ", "Baca juga: ", "<![CDATA[", "\u{1b}[31m", "<table><td>",
            ]),
            0..60,
        )
    ) {
        let page = format!("<html>{}", parts.concat());
        if let Ok(article) = read(page.as_bytes()) {
            prop_assert!(is_clean(&shown(&article)));
            prop_assert!(article.paragraphs.iter().all(|p| !p.trim().is_empty() && !p.contains('\n')));
        }
    }

    #[test]
    fn scrubbing_twice_changes_nothing_more(text in any::<String>()) {
        let once = scrub(&text).into_owned();
        prop_assert!(is_clean(&once));
        prop_assert_eq!(scrub(&once), once.as_str());
    }

    #[test]
    fn scrubbing_sequences_twice_changes_nothing_more(
        text in "[\u{1b}\u{9b}\u{9d}\u{90}\u{7}\u{9c}\\[\\]P\\\\;0-9a-c \n\r\u{301}\u{200d}👩👧ꦲ꧀\u{fe0f}]{0,40}"
    ) {
        let once = scrub(&text).into_owned();
        prop_assert!(is_clean(&once));
        prop_assert_eq!(scrub(&once), once.as_str());
    }

    #[test]
    fn cleaning_never_invents_a_word(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "Warga desa itu menanam padi. ", "Rini Kusumawati ", "mengatakan ", "\"Kami siap,\" ", "katanya. ",
                "Baca juga:", "Baca juga: Harga Beras Turun di Contoh ", "ADVERTISEMENT ", "[Gambas:Video Contoh] ",
                "\n", "\n\n", "Harga Beras Turun", "27 Okt 2025", "Penulis: Rini", "mengantarRini", "selesai.Dia ",
                "Komentar", "Berita Terkait", "Menurut dia, ", "(rin/bud)", "Pilihan Editor ", "Dr. A. Yani ",
            ]),
            0..60,
        )
    ) {
        let text = parts.concat();
        if let Ok(article) = read(text.as_bytes()) {
            let found = shown_words(&article);
            prop_assert!(is_subsequence(&found, &text), "{found:?} of {text:?}");
            prop_assert!(article.paragraphs.iter().all(|p| !p.trim().is_empty() && !p.contains('\n')));
        }
    }

    #[test]
    fn any_date_is_read_without_panic(text in "[0-9:./,+ TZa-zA-Z-]{0,40}") {
        let _ = date::parse(&text, now());
        let _ = date::of_line(&text, now());
    }
}

fn shown_words(article: &Article) -> String {
    let heads = article.title.iter().chain(&article.standfirst);
    heads
        .chain(&article.paragraphs)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}
