//! How the program ends.

use std::fs;
use std::io::{Read, Write};
use std::process::Stdio;

use crate::program::{ARTICLE, Folder, assert_ends, complaint, long_article, spawn, warta};

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
    let items: Vec<String> = (0..5_000)
        .map(|n| format!("<item><title>Berita {n}</title><link>https://a.test/{n}</link></item>"))
        .collect();
    let feed = folder.file(
        "umpan.xml",
        format!("<rss><channel>{}</channel></rss>", items.concat()),
    );
    for form in [&[][..], &["--json"]] {
        let mut child = spawn(warta().args(["feed", "show"]).args(form).arg(&feed));
        drop(child.stdout.take());
        assert_ends(&child.wait_with_output().unwrap(), 0, 0);
    }
    let outlines: Vec<String> = (0..1_000)
        .map(|n| format!("<outline text='Harian {n}' xmlUrl='https://a.test/{n}'/>"))
        .collect();
    let list = folder.file(
        "daftar.opml",
        format!("<opml><body>{}</body></opml>", outlines.concat()),
    );
    let library = folder.0.path().join("perpustakaan");
    let with_library = || {
        let mut command = warta();
        command.arg("--library").arg(&library);
        command
    };
    assert!(
        with_library()
            .arg("import")
            .arg(&list)
            .output()
            .unwrap()
            .status
            .success()
    );
    for form in [
        &["feed", "list"][..],
        &["feed", "list", "--json"],
        &["export"],
    ] {
        let mut child = spawn(with_library().args(form));
        drop(child.stdout.take());
        assert_ends(&child.wait_with_output().unwrap(), 0, 0);
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
        assert!(complaint(&output).contains("disk penuh"));
        let output = child.args(["--lang", "en"]).spawn().unwrap();
        let output = output.wait_with_output().unwrap();
        assert!(complaint(&output).contains("the disk is full"));
    }
}

#[test]
fn with_its_code_even_when_nobody_hears_why() {
    let mut child = spawn(warta().args(["show", "/tidak/ada"]));
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}
