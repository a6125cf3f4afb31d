//! `warta entities --jsonl`: a line in, a line out.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};

use serde_json::json;

use crate::program::{
    Folder, assert_ends, assert_mentions_hold, keys, objects, out, piped, run, spawn, warta,
};

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
    let text = "«Café» Vladimir Putin — 🇷🇺 \"Rusia\"\n\nMenurut Putin, Jepang dan\tKorea Utara.";
    let line = serde_json::to_string(&json!({"title": "Putin di Rusia", "text": text})).unwrap();
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
    let long = json!({"text": "Rusia. ".to_owned() + &"x".repeat(10_000_000)});
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
