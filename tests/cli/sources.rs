//! What a source may be, and what is said of one that cannot be read.

use std::ffi::OsStr;

use crate::program::{
    ARTICLE, Folder, HOSTILE, assert_ends, assert_mentions_hold, complaint, is_control,
    long_article, objects, out, run,
};
use crate::server::{Server, answer};

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
            include_bytes!("../source/bom.gz"),
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
