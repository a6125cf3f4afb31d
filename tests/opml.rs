//! Lists of feeds as other programs write them, and as we do.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use proptest::prelude::{Strategy, prop, proptest};
use warta::feed::opml::{Cause, Listed, Outlines, read, write};

fn listed(subject: Option<&str>, title: &str, address: &str) -> Listed {
    Listed {
        address: address.to_owned(),
        title: Some(title.to_owned()),
        site: None,
        subject: subject.map(str::to_owned),
    }
}

fn body(outlines: &str) -> Outlines {
    let text = format!("<opml version='2.0'><head/><body>{outlines}</body></opml>");
    read(text.as_bytes()).unwrap()
}

#[track_caller]
fn check(outlines: &str, expected: &[Listed]) {
    let read = body(outlines);
    assert_eq!(read.feeds, expected);
    assert_eq!(read.refused, []);
}

#[test]
fn folders_are_subjects() {
    check(
        "<outline text='Ekonomi'>
           <outline type='rss' text='A' title='Harian A' xmlUrl='https://a.test/rss' />
           <outline text='Pasar'><outline text='B' xmlUrl='https://b.test/rss'></outline></outline>
         </outline>
         <outline text='C' xmlUrl='https://c.test/rss'/>",
        &[
            listed(Some("Ekonomi"), "Harian A", "https://a.test/rss"),
            listed(Some("Ekonomi / Pasar"), "B", "https://b.test/rss"),
            listed(None, "C", "https://c.test/rss"),
        ],
    );
}

#[test]
fn a_category_is_a_subject_where_there_is_no_folder() {
    check(
        "<outline text='A' category='/Ekonomi/Pasar,/Nasional' xmlUrl='https://a.test/'/>",
        &[listed(Some("Ekonomi / Pasar"), "A", "https://a.test/")],
    );
}

#[test]
fn attributes_are_understood_however_they_are_written() {
    check(
        "<OUTLINE TEXT='Tom & Jerry &lt;b&gt;Kartun&lt;/b&gt;' XMLURL='https://a.test/?a=1&b=2&copy=3'/>
         <outline text='B < C' xmlurl = \"feed://b.test/\"/>
         <outline text='D' xmlUrl='feed:https://d.test/'/>",
        &[
            listed(None, "Tom & Jerry Kartun", "https://a.test/?a=1&b=2&copy=3"),
            listed(None, "B < C", "http://b.test/"),
            listed(None, "D", "https://d.test/"),
        ],
    );
}

#[test]
fn a_feed_listed_twice_is_one() {
    check(
        "<outline text='A' xmlUrl='https://a.test/'/><outline text='B' xmlUrl='https://a.test'/>",
        &[listed(None, "A", "https://a.test/")],
    );
}

#[test]
fn what_is_not_about_feeds_is_passed_over() {
    check(
        "<outline text='Catatan'/><outline text='Lagu' type='song' f='x.mp3'/>
         <outline text='Mati' isComment='true' xmlUrl='https://a.test/'/>
         <outline text='Daftar lain' type='link' url='https://a.test/x.opml'/>",
        &[],
    );
}

#[test]
fn what_cannot_be_read_is_said() {
    let read = body(
        "<outline text='Pipa' type='rss' xmlUrl='|~/ambil.py'/>
         <outline text='Berkas' xmlUrl='file:///etc/passwd'/>
         <outline text='Tanpa alamat' type='rss'/>
         <outline type='rss' xmlUrl=''/>
         <outline text='Baik' xmlUrl='https://a.test/'/>",
    );
    let refused: Vec<_> = read
        .refused
        .into_iter()
        .map(|r| (r.name, r.cause))
        .collect();
    assert_eq!(
        refused,
        [
            (
                "Pipa".to_owned(),
                Cause::OffTheWeb("|~/ambil.py".to_owned())
            ),
            (
                "Berkas".to_owned(),
                Cause::OffTheWeb("file:///etc/passwd".to_owned())
            ),
            ("Tanpa alamat".to_owned(), Cause::NoAddress),
            (String::new(), Cause::NoAddress),
        ]
    );
    assert_eq!(read.feeds, [listed(None, "Baik", "https://a.test/")]);
}

#[test]
fn a_damaged_file_gives_what_is_whole() {
    for (text, expected) in [
        (
            "<opml><body><outline text='A' xmlUrl='https://a.test/'/><outline text='B' xmlU",
            1,
        ),
        ("<outline text='A' xmlUrl='https://a.test/'/>", 1),
        (
            "<opml><head><outline text='A' xmlUrl='https://a.test/'/></head></opml>",
            1,
        ),
        (
            "\u{feff}\n <?xml version='1.0'?><outlineDocument><body><outline text=\"A\" \
          xmlUrl=\"https://a.test/\">",
            1,
        ),
        ("<opml version='1.0'><head/></opml>", 0),
        ("<haha/>", 0),
        ("bukan XML", 0),
    ] {
        assert_eq!(
            read(text.as_bytes()).unwrap().feeds.len(),
            expected,
            "{text}"
        );
    }
    assert!(read(b"").is_err());
}

/// What the list calls the feeds that were read, and the lines left out.
#[track_caller]
fn check_damaged(text: &str, titles: &[&str], broken: &[&str], is_cut: bool) {
    let read = read(text.as_bytes()).unwrap();
    let found: Vec<_> = read.feeds.iter().map(|f| f.title.as_deref()).collect();
    let titles: Vec<_> = titles.iter().map(|title| Some(*title)).collect();
    assert_eq!(found, titles, "{text}");
    let refused: Vec<_> = read.refused.into_iter().map(|r| r.cause).collect();
    let broken: Vec<_> = broken
        .iter()
        .map(|line| Cause::Broken((*line).to_owned()))
        .collect();
    assert_eq!(refused, broken, "{text}");
    assert_eq!(read.is_cut, is_cut, "{text}");
}

#[test]
fn a_broken_line_costs_no_other() {
    let list = |middle: &str| {
        format!(
            "<opml version=\"2.0\"><body>\n<outline text=\"A\" xmlUrl=\"http://a.test/\"/>\n\
             {middle}\n<outline text=\"B\" xmlUrl=\"http://b.test/\"/>\n\
             <outline text=\"C\" xmlUrl=\"http://c.test/\"/>\n</body></opml>"
        )
    };
    for line in [
        "<outline text=\"nq xmlUrl=\"http://h3.test/f\"/>",
        "<outline text=\"tanpa akhir\" xmlUrl=\"http://h3.test/f\"",
        "<outline text='x\" xmlUrl=\"http://h3.test/f\"/>",
        "<!-- komentar tanpa akhir",
    ] {
        check_damaged(&list(line), &["A", "B", "C"], &[line], false);
    }
    let last = "<outline text=\"nq xmlUrl=\"http://h3.test/f\"/></body></opml>";
    check_damaged(
        last,
        &[],
        &["<outline text=\"nq xmlUrl=\"http://h3.test/f\"/>"],
        false,
    );
    check_damaged(
        &list("<!-- <outline text=\"X\" xmlUrl=\"http://x.test/\"/> -->"),
        &["A", "B", "C"],
        &[],
        false,
    );
    // A folder whose name is lost ends where it ended.
    let folder = "<outline text=\"F><outline text=\"X\" xmlUrl=\"http://x.test/\"/></outline>";
    let read = read(list(&format!("<outline text='Luar'>{folder}</outline>")).as_bytes()).unwrap();
    let subjects: Vec<_> = read.feeds.iter().map(|f| f.subject.as_deref()).collect();
    assert_eq!(subjects, [None, Some("Luar"), None, None]);
}

#[test]
fn a_list_that_ends_too_soon_is_known_to() {
    let whole = "<opml><body><outline text='A' xmlUrl='https://a.test/'/>";
    for end in [
        "",
        "<outline text='B' xmlU",
        "<!-- putus",
        "<outline text='F'>",
    ] {
        check_damaged(&format!("{whole}{end}"), &["A"], &[], true);
    }
    check_damaged(&format!("{whole}</body></opml>"), &["A"], &[], false);
    check_damaged(
        "<outline text='A' xmlUrl='https://a.test/'/>",
        &["A"],
        &[],
        false,
    );
}

#[test]
fn a_comment_covers_what_is_in_it() {
    check(
        "<outline text='Mati' isComment='true'><outline text='A' xmlUrl='https://a.test/'/></outline>
         <outline text='B' xmlUrl='https://b.test/'/>",
        &[listed(None, "B", "https://b.test/")],
    );
}

#[test]
fn one_feed_has_one_address_however_it_is_written() {
    check(
        "<outline text='A' xmlUrl='http://Bücher.Test/E#bagian'/>
         <outline text='B' xmlUrl='http://xn--bcher-kva.test/E'/>
         <outline text='C' xmlUrl='FEED:http://bücher.test/E'/>
         <outline text='D' xmlUrl='http://bücher.test/e'/>",
        &[
            listed(None, "A", "http://xn--bcher-kva.test/E"),
            listed(None, "D", "http://xn--bcher-kva.test/e"),
        ],
    );
}

#[test]
fn long_lists_cost_little() {
    let began = Instant::now();
    let feeds: Vec<String> = (0..100_000)
        .map(|n| format!("<outline text='{n}' xmlUrl='https://{n}.test/'/>"))
        .collect();
    assert_eq!(body(&feeds.concat()).feeds.len(), 100_000);
    for damage in [
        "<outline \"",
        "<!--<outline ",
        "<outline ",
        "<a \"",
        "<![CDATA[<outline ",
    ] {
        let _ = body(&damage.repeat(100_000));
    }
    assert!(
        began.elapsed() < Duration::from_secs(20),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn deep_folders_cost_little() {
    let deep = "<outline text='x'>".repeat(100_000);
    let read = body(&format!(
        "{deep}<outline text='A' xmlUrl='https://a.test/'/>"
    ));
    assert_eq!(read.feeds.len(), 1);
    assert!(read.feeds[0].subject.as_ref().unwrap().len() < 100);
}

proptest! {
    #[test]
    fn what_is_written_reads_the_same(
        feeds in prop::collection::vec(("[!-~é“]{1,12}( [!-~]{1,5})?", 0..4_usize), 0..8)
    ) {
        let subjects = [None, Some("Ekonomi & \"Pasar\""), Some("Ekonomi & \"Pasar\" / <Saham>"), Some("Olahraga")];
        let mut feeds: Vec<Listed> = feeds
            .into_iter()
            .enumerate()
            .map(|(number, (title, subject))| Listed {
                // A title that is markup, or a reference, reads as what it shows.
                title: Some(title.replace(['<', '&'], "x")),
                site: (number % 2 == 0).then(|| format!("https://{number}.test/?a=1&b='2'")),
                ..listed(subjects[subject], "", &format!("https://{number}.test/rss?a=1&b=2"))
            })
            .collect();
        let written = write("Langganan \"warta\" & <kawan>", &feeds);
        let mut read = read(written.as_bytes()).unwrap();
        assert_eq!(read.refused, []);
        feeds.sort_by(|a, b| a.address.cmp(&b.address));
        read.feeds.sort_by(|a, b| a.address.cmp(&b.address));
        assert_eq!(read.feeds, feeds);
    }

    #[test]
    fn no_bytes_panic(bytes: Vec<u8>, text in "(<outline |xmlUrl='|'|/>|</outline>|>|<|&|http://a/| ){0,30}".prop_map(String::into_bytes)) {
        let _ = read(&bytes);
        let _ = read(&text);
    }
}
