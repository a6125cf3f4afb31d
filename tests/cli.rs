//! The program as a user runs it: the real binary, its output, its exit code.
#![allow(clippy::unwrap_used)]

#[path = "source/server.rs"]
mod server;

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;

use serde_json::{Value, json};
use server::{Server, answer};
use tempfile::TempDir;

const ARTICLE: &str = "\
Presiden Contohnia Tiba di Jakarta

Senin, 27 Oktober 2025 14:30 WIB

Presiden Rusia Vladimir Putin tiba di Jakarta pada Senin (27/10/2025) untuk kunjungan dua hari.

Putin disambut Menteri Luar Negeri Indonesia di bandara. Keduanya membahas beras, gandum, dan kapal.

Kunjungan itu juga diikuti pejabat dari Korea Utara dan Jepang, menurut panitia.
";

/// What a hostile source may hold: each line is a trick on a terminal or on the eye.
const HOSTILE: &[&str] = &[
    "\x1b[2J\x1b[Hlayar",
    "\x1b[31mmerah\x1b[0m",
    "\x1b]0;judul jendela\x07",
    "\x1b]52;c;cm0gLXJmIH4=\x07",
    "\x1b]8;;http://jahat.example/\x1b\\bank\x1b]8;;\x1b\\",
    "\x1b]1337;File=inline=1:AAAA\x07",
    "\x1bPq#0;2;0;0;0\x1b\\",
    "\x1b_Gf=24,s=1,v=1;AAAA\x1b\\",
    "\u{9b}31mmerah",
    "\u{9d}0;judul\u{9c}",
    "\x1bP$qm\x1b\\",
    "\x1b[c",
    "\x1b[6n",
    "\x1b[?1049h",
    "\x1b[?1003h",
    "tempel\x1b[201~rm -rf ~",
    "\x07\x07\x07",
    "aman\x08\x08\x08\x08jahat",
    "aman\rjahat",
    "satu\x0bdua\x0ctiga",
    "nol\0nol",
    "hapus\x7fhapus",
    "gambar\u{202e}gpj.exe",
    "\u{2066}awal",
    "\u{2069}akhir",
    "Pra\u{200b}bowo",
    "pe\u{ad}me\u{ad}rin\u{ad}tah",
    "tengah\u{feff}tengah",
    "halo\u{e0041}\u{e0042}",
    "garis\u{2028}baris\u{2029}paragraf",
    "\u{fff9}a\u{fffa}b\u{fffb}",
    "\u{ffff}\u{e000}",
];

fn warta() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_warta"));
    for variable in [
        "LANG",
        "LC_ALL",
        "LC_MESSAGES",
        "LANGUAGE",
        "NO_COLOR",
        "RUST_BACKTRACE",
    ] {
        command.env_remove(variable);
    }
    command
        .env("XDG_CONFIG_HOME", "/tidak-ada")
        .env("HOME", "/tidak-ada")
        .stdin(Stdio::null());
    command
}

fn run<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Output {
    warta().args(arguments).output().unwrap()
}

fn piped<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>, input: &[u8]) -> Output {
    let mut child = spawn(warta().args(arguments));
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = thread::spawn(move || {
        // The program may leave before it has read everything.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn spawn(command: &mut Command) -> Child {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complaint(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn objects(output: &Output) -> Vec<Value> {
    out(output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[track_caller]
fn assert_ends(output: &Output, code: i32, complaints: usize) {
    let complaint = complaint(output);
    assert_eq!(output.status.code(), Some(code), "{complaint}");
    assert_eq!(complaint.lines().count(), complaints, "{complaint}");
    for line in complaint.lines() {
        assert!(line.starts_with("warta: "), "{line}");
        assert!(!line.contains(is_control), "{line:?}");
    }
}

fn is_control(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A folder that goes when the test ends.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: impl AsRef<Path>, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }
}

/// The article with so many bytes of dull paragraphs in its middle.
fn long_article(bytes: usize) -> String {
    let paragraph =
        "Kalimat panjang tentang beras dan gandum yang dibaca semua orang. ".repeat(10) + "\n\n";
    let paragraphs = paragraph.repeat(bytes.div_ceil(paragraph.len()));
    ARTICLE.replacen("Putin disambut", &(paragraphs + "Putin disambut"), 1)
}

/// Every mention is exactly the bytes it says, in the order in which one reads, none over another.
#[track_caller]
fn assert_mentions_hold(object: &Value) {
    let mut all = Vec::new();
    for kind in ["people", "countries", "places", "organisations"] {
        for entry in object[kind].as_array().unwrap() {
            for list in ["mentions", "seats"] {
                for mention in entry[list].as_array().into_iter().flatten() {
                    let field = mention["field"].as_str().unwrap();
                    let text = object[field].as_str().unwrap();
                    let start = usize::try_from(mention["start"].as_u64().unwrap()).unwrap();
                    let end = usize::try_from(mention["end"].as_u64().unwrap()).unwrap();
                    assert_eq!(&text[start..end], mention["text"], "{mention}");
                    all.push((field.to_owned(), start, end));
                }
            }
        }
    }
    all.sort();
    for pair in all.windows(2) {
        assert!(pair[0].0 != pair[1].0 || pair[0].2 <= pair[1].1, "{pair:?}");
    }
}

fn keys(object: &Value) -> Vec<&str> {
    object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

mod entities {
    use super::*;

    #[test]
    fn prints_one_object_a_line_for_each_source() {
        let folder = Folder::new();
        let first = folder.file("satu.txt", ARTICLE);
        let second = folder.file("dua.txt", ARTICLE.replace("Jakarta", "Bandung"));
        let output = run([OsStr::new("entities"), first.as_ref(), second.as_ref()]);
        assert_ends(&output, 0, 0);
        let objects = objects(&output);
        assert_eq!(objects.len(), 2);
        for object in &objects {
            assert_eq!(
                keys(object)
                    .into_iter()
                    .collect::<std::collections::BTreeSet<_>>(),
                [
                    "title",
                    "standfirst",
                    "published",
                    "text",
                    "people",
                    "countries",
                    "places",
                    "organisations"
                ]
                .into()
            );
            assert_mentions_hold(object);
        }
        assert!(
            objects[0]["title"]
                .as_str()
                .unwrap()
                .ends_with("di Jakarta")
        );
        assert!(
            objects[1]["title"]
                .as_str()
                .unwrap()
                .ends_with("di Bandung")
        );
    }

    #[test]
    fn writes_its_keys_in_the_order_of_the_documentation() {
        let output = piped(
            ["entities", "--jsonl"],
            br#"{"text":"Vladimir Putin di Rusia.","id":7}"#,
        );
        let line = out(&output);
        let order = [
            "\"id\":7",
            "\"title\":null",
            "\"standfirst\":null",
            "\"published\":null",
            "\"text\":",
            "\"people\":",
            "\"countries\":",
            "\"places\":",
            "\"organisations\":",
        ];
        let places: Vec<usize> = order.iter().map(|key| line.find(key).unwrap()).collect();
        assert!(places.is_sorted(), "{line}");
    }

    #[test]
    fn reads_standard_input_when_something_is_piped_in_or_a_dash_is_given() {
        for arguments in [vec!["entities"], vec!["entities", "-"]] {
            let output = piped(arguments, ARTICLE.as_bytes());
            assert_ends(&output, 0, 0);
            assert_eq!(objects(&output).len(), 1);
        }
    }

    #[test]
    fn goes_on_after_a_source_that_fails() {
        let folder = Folder::new();
        let good = folder.file("baik.txt", ARTICLE);
        let output = run([
            OsStr::new("entities"),
            OsStr::new("/tidak/ada"),
            good.as_ref(),
            folder.0.path().as_ref(),
        ]);
        assert_ends(&output, 1, 2);
        assert_eq!(objects(&output).len(), 1);
        let complaint = complaint(&output);
        assert!(
            complaint.contains("/tidak/ada: berkas tidak ada"),
            "{complaint}"
        );
        assert!(complaint.contains("folder"), "{complaint}");
    }
}

mod jsonl {
    use super::*;

    #[test]
    fn answers_each_line_in_order_with_its_id_as_it_came() {
        let ids = [
            r#""a""#,
            "1",
            "1.50",
            "null",
            "true",
            r#"{"b": [1,  2]}"#,
            "[]",
            r#""\u00e9""#,
            "12345678901234567890123",
        ];
        let lines = ids.map(|id| format!("{{\"id\":{id},\"text\":\"Rusia.\"}}\n"));
        let input = lines.concat();
        let output = piped(["entities", "--jsonl"], input.as_bytes());
        assert_ends(&output, 0, 0);
        let lines: Vec<String> = out(&output).lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), ids.len());
        for (line, id) in lines.iter().zip(ids) {
            assert!(
                line.starts_with(&format!("{{\"id\":{id},\"title\":null,")),
                "{line}"
            );
        }
    }

    #[test]
    fn leaves_out_an_id_that_was_not_given() {
        let output = piped(["entities", "--jsonl"], b"{\"text\":\"\"}\n");
        assert_eq!(
            out(&output),
            "{\"title\":null,\"standfirst\":null,\"published\":null,\"text\":\"\",\"people\":[],\"countries\":[],\"places\":[],\"organisations\":[]}\n"
        );
    }

    #[test]
    fn counts_bytes_of_the_text_as_json_means_it() {
        let text =
            "«Café» Vladimir Putin — 🇷🇺 \"Rusia\"\n\nMenurut Putin, Jepang dan\tKorea Utara.";
        let line =
            serde_json::to_string(&json!({"title": "Putin di Rusia", "text": text})).unwrap();
        let escaped = line
            .replace('é', "\\u00e9")
            .replace("🇷🇺", "\\ud83c\\uddf7\\ud83c\\uddfa");
        let output = piped(
            ["entities", "--jsonl"],
            format!("{line}\n{escaped}\n").as_bytes(),
        );
        assert_ends(&output, 0, 0);
        let objects = objects(&output);
        assert_eq!(objects[0], objects[1]);
        assert_eq!(objects[0]["text"], text);
        assert_mentions_hold(&objects[0]);
    }

    #[test]
    fn puts_an_error_where_a_line_is_no_object_with_text_and_goes_on() {
        let bad: [&[u8]; 14] = [
            b"bukan json",
            b"{}",
            b"{\"text\":1}",
            b"{\"text\":null}",
            b"{\"title\":[],\"text\":\"a\"}",
            b"[1,\"a\",\"b\"]",
            b"\"text\"",
            b"{\"text\":\"a\"} {\"text\":\"b\"}",
            b"{\"text\":\"a\",\"text\":\"b\"}",
            b"{\"text\":\"\\ud800\"}",
            b"{\"text\":\"terpotong",
            b"{\"text\":\"\xff\"}",
            b"\0",
            b"{\"text\":\"kendali \x01\"}",
        ];
        let mut input = Vec::new();
        for line in bad {
            input.extend_from_slice(line);
            input.extend_from_slice(b"\n{\"id\":\"baik\",\"text\":\"Rusia\"}\n");
        }
        let output = piped(["entities", "--jsonl"], &input);
        assert_ends(&output, 1, 1);
        let objects = objects(&output);
        assert_eq!(objects.len(), 2 * bad.len());
        for (at, pair) in objects.chunks(2).enumerate() {
            assert_eq!(pair[0]["line"], 2 * at + 1);
            assert!(!pair[0]["error"].as_str().unwrap().is_empty());
            assert_eq!(keys(&pair[0]), ["error", "line"]);
            assert_eq!(pair[1]["id"], "baik");
        }
    }

    #[test]
    fn skips_blank_lines_but_counts_them() {
        let output = piped(["entities", "--jsonl"], b"\n  \n{\"text\":\"\"}\r\n\t\nx\n");
        let objects = objects(&output);
        assert_eq!(objects.len(), 2);
        assert_eq!(objects[1]["line"], 5);
        assert_ends(&piped(["entities", "--jsonl"], b""), 0, 0);
    }

    #[test]
    fn takes_a_byte_order_mark_and_a_last_line_without_an_end() {
        let output = piped(
            ["entities", "--jsonl"],
            b"\xef\xbb\xbf{\"text\":\"a\"}\n{\"text\":\"b\"}",
        );
        assert_ends(&output, 0, 0);
        assert_eq!(objects(&output).len(), 2);
    }

    #[test]
    fn takes_lines_of_any_length_and_depth() {
        let long = json!({"text": "Presiden Rusia tiba. ".repeat(500_000)});
        let deep = format!(
            "{{\"id\":{}{},\"text\":\"a\"}}",
            "[".repeat(100_000),
            "]".repeat(100_000)
        );
        let output = piped(
            ["entities", "--jsonl"],
            format!("{long}\n{deep}\n{{\"text\":\"b\"}}\n").as_bytes(),
        );
        let objects: Vec<&[u8]> = output
            .stdout
            .split(|b| *b == b'\n')
            .filter(|line| !line.is_empty())
            .collect();
        assert_eq!(objects.len(), 3);
        assert!(objects[0].len() > 10_000_000);
        assert!(output.status.code().is_some(), "ended by a signal");
    }

    #[test]
    fn answers_a_line_before_it_asks_for_the_next() {
        let mut child = spawn(warta().args(["entities", "--jsonl"]));
        let mut stdin = child.stdin.take().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        for id in 0..3 {
            writeln!(stdin, "{{\"id\":{id},\"text\":\"Rusia\"}}").unwrap();
            let mut line = String::new();
            stdout.read_line(&mut line).unwrap();
            assert!(line.starts_with(&format!("{{\"id\":{id},")), "{line}");
        }
        drop(stdin);
        assert!(child.wait().unwrap().success());
    }

    #[test]
    fn reads_files_as_well() {
        let folder = Folder::new();
        let good = folder.file("a.jsonl", "{\"text\":\"a\"}\n");
        let bad = folder.file("b.jsonl", "\nx\n");
        let output = run([
            OsStr::new("entities"),
            OsStr::new("--jsonl"),
            good.as_ref(),
            bad.as_ref(),
            OsStr::new("/tidak/ada"),
        ]);
        assert_ends(&output, 1, 2);
        assert_eq!(objects(&output).len(), 2);
        assert_eq!(objects(&output)[1]["line"], 2);
    }
}

mod show {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn prints_the_article_and_who_is_in_it() {
        let folder = Folder::new();
        let output = run([
            OsStr::new("show"),
            folder.file("berita.txt", ARTICLE).as_ref(),
        ]);
        assert_ends(&output, 0, 0);
        let text = out(&output);
        assert!(
            text.contains("Presiden Contohnia Tiba di Jakarta"),
            "{text}"
        );
        assert!(
            !text.contains('\x1b'),
            "colour where there is no terminal: {text}"
        );
        let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for paragraph in ARTICLE.lines().skip(4).filter(|line| !line.is_empty()) {
            assert!(joined.contains(paragraph), "{paragraph} is not in {text}");
        }
    }

    #[test]
    fn keeps_to_the_width() {
        let folder = Folder::new();
        let path = folder.file("berita.txt", ARTICLE);
        for width in ["1", "7", "20", "45", "72", "300", "65535"] {
            let output = run([
                OsStr::new("show"),
                "--width".as_ref(),
                width.as_ref(),
                path.as_ref(),
            ]);
            assert_ends(&output, 0, 0);
            let most = width.parse().unwrap();
            for line in out(&output).lines() {
                assert!(line.width() <= most, "{width}: {line}");
                assert_eq!(line, line.trim_end(), "{width}");
            }
        }
    }

    #[test]
    fn speaks_both_languages() {
        let folder = Folder::new();
        let path = folder.file("berita.txt", ARTICLE);
        let indonesian = run([OsStr::new("show"), path.as_ref()]);
        let english = run([
            OsStr::new("--lang"),
            "en".as_ref(),
            "show".as_ref(),
            path.as_ref(),
        ]);
        assert!(
            out(&indonesian).contains("27 Okt 2025"),
            "{}",
            out(&indonesian)
        );
        assert!(out(&english).contains("27 Oct 2025"), "{}", out(&english));
    }
}

mod sources {
    use super::*;

    /// The source fails with exit code 1 and one line that names it and holds `words`.
    #[track_caller]
    fn fails(source: impl AsRef<OsStr>, words: &str) {
        for command in ["entities", "show"] {
            let output = run([OsStr::new(command), source.as_ref()]);
            assert_ends(&output, 1, 1);
            assert!(output.stdout.is_empty());
            let complaint = complaint(&output);
            assert!(complaint.contains(words), "{complaint}");
        }
    }

    #[test]
    fn that_hold_no_article_are_said_to() {
        let folder = Folder::new();
        fails(folder.file("kosong", ""), "kosong");
        fails(folder.file("putih", " \n\t\r\n "), "kosong");
        fails(folder.0.path(), "folder");
        fails(folder.0.path().join("tidak-ada"), "tidak ada");
        fails(
            folder.file("gambar.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            "bukan teks",
        );
        let binary: Vec<u8> = (0..4096u32)
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8)
            .collect();
        fails(folder.file("acak", binary), "bukan teks");
        fails("file:///etc/passwd", "http");
    }

    #[cfg(unix)]
    #[test]
    fn that_never_end_are_left() {
        fails("/dev/zero", "terlalu besar");
    }

    #[test]
    fn of_ten_megabytes_are_read() {
        let folder = Folder::new();
        let text = long_article(10_000_000);
        let output = run([
            OsStr::new("entities"),
            folder.file("besar.txt", text).as_ref(),
        ]);
        assert_ends(&output, 0, 0);
        assert_mentions_hold(&objects(&output)[0]);
    }

    #[test]
    fn in_other_encodings_are_understood() {
        let folder = Folder::new();
        let text = ARTICLE.replace("bandara", "“bandara” café");
        let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
        let utf16: Vec<u8> = [0xfeff]
            .into_iter()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let mut utf8 = b"\xef\xbb\xbf".to_vec();
        utf8.extend_from_slice(text.as_bytes());
        for bytes in [windows.to_vec(), utf16, utf8] {
            let output = run([
                OsStr::new("entities"),
                folder.file("berita.txt", bytes).as_ref(),
            ]);
            assert_ends(&output, 0, 0);
            assert!(
                objects(&output)[0]["text"]
                    .as_str()
                    .unwrap()
                    .contains("“bandara” café")
            );
        }
    }

    #[test]
    fn on_the_web_are_read_and_their_failures_said() {
        let server = Server::start(|request| match request.path.as_str() {
            "/berita" => answer(
                "200 OK",
                &[("Content-Type", "text/plain; charset=utf-8")],
                ARTICLE.as_bytes(),
            ),
            "/keluar" => answer("302 Found", &[("Location", "file:///etc/passwd")], b""),
            "/putar" => answer("302 Found", &[("Location", "/putar")], b""),
            "/bom" => answer(
                "200 OK",
                &[("Content-Encoding", "gzip")],
                include_bytes!("source/bom.gz"),
            ),
            "/kosong" => answer("200 OK", &[], b"\n"),
            _ => answer("404 Tidak Ada", &[], b"\x1b[31m"),
        });
        let output = run(["entities", &server.address("/berita")]);
        assert_ends(&output, 0, 0);
        assert_eq!(objects(&output).len(), 1);
        fails(server.address("/keluar"), "tidak diikuti");
        fails(server.address("/putar"), "berputar");
        fails(server.address("/bom"), "terlalu besar; paling banyak 8 MB");
        fails(server.address("/kosong"), "kosong");
        fails(server.address("/lain\x1b[2J"), "tidak ada (404)");
    }

    #[test]
    fn reach_the_output_without_any_control() {
        let folder = Folder::new();
        for hostile in HOSTILE {
            let text = format!(
                "{hostile} Judul {hostile}\n\n{hostile} Presiden Rusia Vladimir Putin tiba di {hostile} Jakarta hari Senin, kata panitia.\n\nKalimat kedua yang biasa saja tentang beras.\n"
            );
            let path = folder.file("berita.txt", text);
            for command in ["entities", "show"] {
                let output = run([OsStr::new(command), path.as_ref()]);
                assert_ends(&output, 0, 0);
                let text = out(&output);
                assert!(!text.contains(is_control), "{hostile:?}: {text:?}");
                assert!(!text.contains("\\u00"), "{hostile:?}: {text:?}");
                assert!(text.contains("Putin"), "{hostile:?}: {text:?}");
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn are_named_without_any_control() {
        use std::os::unix::ffi::OsStrExt;
        for hostile in HOSTILE {
            let name = format!("x{}", hostile.replace('\0', ""));
            fails(&name, "berkas tidak ada");
            let address = format!("http://127.0.0.1:9/{name}");
            fails(&address, "server tidak dapat dihubungi");
        }
        fails(OsStr::from_bytes(b"bukan\xffutf8"), "berkas tidak ada");
    }
}

mod usage {
    use super::*;

    #[test]
    fn the_reader_needs_a_terminal() {
        let folder = Folder::new();
        let path = folder.file("berita.txt", ARTICLE);
        for arguments in [vec![], vec![path.as_os_str()], vec![OsStr::new("-")]] {
            let output = run(arguments);
            assert_ends(&output, 2, 1);
            assert!(complaint(&output).contains("warta show"));
        }
    }

    #[test]
    fn what_cannot_be_meant_ends_with_2() {
        for arguments in [
            vec!["--tidak-ada"],
            vec!["show", "--width", "0", "x"],
            vec!["show", "--width", "lebar", "x"],
            vec!["show", "a", "b"],
            vec!["--lang", "fr"],
            vec!["entities", "--json\x1b[31ml"],
            vec!["--\u{9b}31m\u{202e}"],
        ] {
            let output = run(&arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(output.stdout.is_empty(), "{arguments:?}");
            let complaint = complaint(&output);
            assert!(
                !complaint.is_empty() && !complaint.contains(is_control),
                "{complaint:?}"
            );
        }
    }

    #[test]
    fn help_and_version_are_answers() {
        for arguments in [
            vec!["--help"],
            vec!["-h"],
            vec!["help"],
            vec!["entities", "--help"],
            vec!["show", "--help"],
            vec!["--version"],
        ] {
            let output = run(&arguments);
            assert_ends(&output, 0, 0);
            assert!(!out(&output).contains('\x1b'), "{arguments:?}");
        }
        assert_eq!(
            out(&run(["--version"])),
            format!("warta {}\n", env!("CARGO_PKG_VERSION"))
        );
        assert!(out(&run(["entities", "--help"])).contains("Blank lines are skipped"));
    }

    #[test]
    fn the_language_is_what_was_asked_for_last() {
        let missing = |command: &mut Command| {
            complaint(&command.args(["show", "/tidak/ada"]).output().unwrap())
        };
        assert!(missing(&mut warta()).contains("berkas tidak ada"));
        assert!(missing(warta().env("LANG", "en_GB.UTF-8")).contains("no such file"));
        assert!(missing(warta().env("LANG", "id_ID.UTF-8")).contains("berkas tidak ada"));
        assert!(
            missing(warta().env("LANG", "id_ID").env("LC_ALL", "en_US")).contains("no such file")
        );
        assert!(
            missing(warta().env("LANG", "en_GB").args(["--lang", "id"]))
                .contains("berkas tidak ada")
        );
        assert!(missing(warta().args(["--lang", "en"])).contains("no such file"));
    }

    #[test]
    fn a_configuration_that_cannot_be_read_is_one_line() {
        let folder = Folder::new();
        let bad = folder.file("rusak.toml", "language = \x1b[31m");
        for path in [bad.as_path(), Path::new("/tidak/ada.toml"), folder.0.path()] {
            let output = run([
                OsStr::new("--config"),
                path.as_ref(),
                "entities".as_ref(),
                "-".as_ref(),
            ]);
            assert_ends(&output, 1, 1);
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(complaint(&output).contains(&name), "{}", complaint(&output));
        }
        let english = folder.file("baik.toml", "language = \"en\"\n");
        let output = run([
            OsStr::new("--config"),
            english.as_ref(),
            "show".as_ref(),
            "/tidak/ada".as_ref(),
        ]);
        assert!(
            complaint(&output).contains("no such file"),
            "{}",
            complaint(&output)
        );
    }
}

mod ends {
    use super::*;

    #[test]
    fn in_silence_when_nobody_reads_on() {
        let folder = Folder::new();
        let path = folder.file("berita.txt", long_article(1_000_000));
        for command in ["entities", "show"] {
            let mut child = spawn(warta().arg(command).arg(&path));
            drop(child.stdout.take());
            let output = child.wait_with_output().unwrap();
            assert_ends(&output, 0, 0);
        }
        let mut child = spawn(warta().args(["entities", "--jsonl"]));
        let mut stdin = child.stdin.take().unwrap();
        let mut first = [0];
        let mut stdout = child.stdout.take().unwrap();
        writeln!(stdin, "{{\"text\":\"Rusia\"}}").unwrap();
        stdout.read_exact(&mut first).unwrap();
        drop(stdout);
        // Until the program notices, it takes lines; then its end of the pipe is gone.
        while writeln!(stdin, "{{\"text\":\"Rusia\"}}").is_ok() {}
        assert_ends(&child.wait_with_output().unwrap(), 0, 0);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn with_a_line_when_the_disk_is_full() {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let folder = Folder::new();
        let path = folder.file("berita.txt", ARTICLE);
        for command in ["entities", "show"] {
            let mut child = warta();
            child
                .arg(command)
                .arg(&path)
                .stdout(full.try_clone().unwrap())
                .stderr(Stdio::piped());
            let output = child.spawn().unwrap().wait_with_output().unwrap();
            assert_ends(&output, 1, 1);
        }
    }

    #[test]
    fn with_its_code_even_when_nobody_hears_why() {
        let mut child = spawn(warta().args(["show", "/tidak/ada"]));
        drop(child.stderr.take());
        assert_eq!(child.wait().unwrap().code(), Some(1));
    }
}
