//! The program to be tested, and what its answers are held against.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;

use serde_json::Value;
use tempfile::TempDir;

pub const ARTICLE: &str = "\
Presiden Contohnia Tiba di Jakarta

Senin, 27 Oktober 2025 14:30 WIB

Presiden Rusia Vladimir Putin tiba di Jakarta pada Senin (27/10/2025) untuk kunjungan dua hari.

Putin disambut Menteri Luar Negeri Indonesia di bandara. Keduanya membahas beras, gandum, dan kapal.

Kunjungan itu juga diikuti pejabat dari Korea Utara dan Jepang, menurut panitia.
";

/// What a hostile source may hold: each line is a trick on a terminal or on the eye.
pub const HOSTILE: &[&str] = &[
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

pub fn warta() -> Command {
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

pub fn run<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Output {
    warta().args(arguments).output().unwrap()
}

pub fn piped<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>, input: &[u8]) -> Output {
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

pub fn spawn(command: &mut Command) -> Child {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn complaint(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

pub fn objects(output: &Output) -> Vec<Value> {
    out(output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[track_caller]
pub fn assert_ends(output: &Output, code: i32, complaints: usize) {
    let complaint = complaint(output);
    assert_eq!(output.status.code(), Some(code), "{complaint}");
    assert_eq!(complaint.lines().count(), complaints, "{complaint}");
    for line in complaint.lines() {
        assert!(line.starts_with("warta: "), "{line}");
        assert!(!line.contains(is_control), "{line:?}");
    }
}

pub fn is_control(c: char) -> bool {
    c.is_control() && c != '\n'
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A folder that goes when the test ends.
pub struct Folder(pub TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn file(&self, name: impl AsRef<Path>, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }
}

/// The article with so many bytes of dull paragraphs in its middle.
pub fn long_article(bytes: usize) -> String {
    let paragraph =
        "Kalimat panjang tentang beras dan gandum yang dibaca semua orang. ".repeat(10) + "\n\n";
    let paragraphs = paragraph.repeat(bytes.div_ceil(paragraph.len()));
    ARTICLE.replacen("Putin disambut", &(paragraphs + "Putin disambut"), 1)
}

/// Every mention is exactly the bytes it says, in the order in which one reads, none over another.
#[track_caller]
pub fn assert_mentions_hold(object: &Value) {
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

pub fn keys(object: &Value) -> Vec<&str> {
    object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}
