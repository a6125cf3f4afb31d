//! The reader in a real terminal: what a user sees, and that the terminal comes back.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "pty/terminal.rs"]
mod terminal;

use std::fs;
use std::path::Path;
use std::process::Command;

use portable_pty::CommandBuilder;
use terminal::Terminal;
use vt100::{MouseProtocolMode, Screen};

const ARTICLE: &str = "\
Presiden Contohnia Tiba di Jakarta

Presiden Rusia Vladimir Putin tiba di Jakarta pada Senin (27/10/2025) untuk kunjungan dua hari.

Putin disambut Menteri Luar Negeri Indonesia di bandara. Keduanya membahas beras, gandum, dan kapal.
";

fn warta(arguments: &[&str]) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_warta"));
    command.args(arguments);
    command
}

fn reader(arguments: &[&str]) -> Terminal {
    Terminal::start(warta(arguments), 120, 36)
}

#[track_caller]
fn assert_given_back(screen: &Screen) {
    assert!(!screen.alternate_screen(), "still on the reader's screen");
    assert!(!screen.hide_cursor(), "the cursor is hidden");
    assert_eq!(
        screen.mouse_protocol_mode(),
        MouseProtocolMode::None,
        "the mouse is taken"
    );
    assert!(!screen.bracketed_paste(), "pasting is bracketed");
}

/// The lines `warta` leaves on a screen it never took, or gave back.
fn complaints(screen: &Screen) -> Vec<String> {
    screen
        .contents()
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_reader_opens_on_the_samples_and_leaves_by_q() {
    let mut terminal = reader(&[]);
    terminal.wait_until("three panes", |screen| {
        let text = screen.contents();
        ["Berita", "Tokoh", "Contoh"]
            .iter()
            .all(|words| text.contains(words))
    });
    let first = terminal.text();
    terminal.press("j");
    terminal.wait_until("another row", |screen| screen.contents() != first);
    terminal.press("\t");
    terminal.press("?");
    terminal.wait_for("Bantuan");
    terminal.press("\x1b");
    terminal.wait_for_no("Bantuan");
    terminal.press("q");
    let (code, screen, _) = terminal.end();
    assert_eq!(code, 0);
    assert_given_back(&screen);
    assert_eq!(complaints(&screen), Vec::<String>::new());
}

#[test]
fn sources_are_opened_and_their_failures_said() {
    let folder = tempfile::tempdir().unwrap();
    let article = folder.path().join("berita.txt");
    fs::write(&article, ARTICLE).unwrap();
    let mut terminal = reader(&[article.to_str().unwrap(), "/tidak/ada.txt"]);
    terminal.wait_for("Presiden Contohnia Tiba di Jakarta");
    terminal.wait_for("/tidak/ada.txt: berkas tidak ada");
    terminal.press("q");
    let (code, screen, _) = terminal.end();
    assert_eq!(code, 0);
    assert_given_back(&screen);
}

#[test]
fn with_nothing_to_open_the_reader_does_not_start() {
    let terminal = reader(&["/tidak/ada.txt", "file:///etc/passwd", "/"]);
    let (code, screen, bytes) = terminal.end();
    assert_eq!(code, 1);
    assert_eq!(complaints(&screen).len(), 3, "{}", screen.contents());
    assert!(!bytes.contains(&0x1b));
}

#[test]
fn an_article_piped_in_is_read_and_the_keys_still_come_from_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("berita.txt"), ARTICLE).unwrap();
    let mut command = CommandBuilder::new("sh");
    command.args([
        "-c",
        "cat berita.txt | \"$0\" -",
        env!("CARGO_BIN_EXE_warta"),
    ]);
    command.cwd(folder.path());
    let mut terminal = Terminal::start(command, 120, 36);
    terminal.wait_for("Presiden Contohnia Tiba di Jakarta");
    terminal.press("?");
    terminal.wait_for("Bantuan");
    terminal.press("\x1b");
    terminal.wait_for_no("Bantuan");
    terminal.press("q");
    let (code, screen, _) = terminal.end();
    assert_eq!(code, 0);
    assert_given_back(&screen);
}

#[test]
fn a_dash_with_nothing_piped_in_is_a_mistake() {
    let (code, screen, _) = reader(&["-"]).end();
    assert_eq!(code, 2);
    assert_eq!(complaints(&screen).len(), 1, "{}", screen.contents());
    for command in ["entities", "show"] {
        assert_eq!(reader(&[command]).end().0, 2);
    }
}

#[test]
fn the_window_may_change_its_size_at_any_moment() {
    let mut terminal = reader(&[]);
    terminal.wait_for("Contoh");
    for (columns, rows) in [
        (200, 50),
        (80, 24),
        (60, 20),
        (19, 5),
        (1, 1),
        (2, 40),
        (300, 3),
        (40, 12),
        (120, 36),
    ] {
        terminal.resize(columns, rows);
    }
    terminal.wait_until("three panes again", |screen| {
        let text = screen.contents();
        ["Berita", "Tokoh"].iter().all(|words| text.contains(words))
    });
    terminal.resize(19, 5);
    terminal.wait_for("Jendela");
    terminal.press("q");
    let (code, screen, _) = terminal.end();
    assert_eq!(code, 0);
    assert_given_back(&screen);
}

#[test]
fn the_screen_can_be_drawn_anew() {
    let mut terminal = reader(&[]);
    terminal.wait_for("menit baca");
    terminal.spoil("sampah dari program lain");
    terminal.wait_for("sampah");
    terminal.press("\x0c");
    terminal.wait_for_no("sampah");
    terminal.press("q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_polite_kill_gives_the_terminal_back() {
    for signal in ["-TERM", "-HUP", "-INT"] {
        let terminal = reader(&[]);
        terminal.wait_for("Contoh");
        let process = terminal.process().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &process])
                .status()
                .unwrap()
                .success()
        );
        let (_, screen, _) = terminal.end();
        assert_given_back(&screen);
    }
}

/// The second run of this test's own program is the one with the fault.
#[test]
fn a_fault_gives_the_terminal_back_and_says_one_line() {
    const FAULTY: &str = "WARTA_TEST_FAULTY";
    if let Ok(where_it_is) = std::env::var(FAULTY) {
        warta::cli::crash::install();
        let mut terminal = ratatui::try_init().unwrap();
        crossterm::execute!(std::io::stdout(), crossterm::event::EnableMouseCapture).unwrap();
        terminal
            .draw(|frame| frame.render_widget("layar pembaca", frame.area()))
            .unwrap();
        let fault = || panic!("sengaja\x1b[31m");
        if where_it_is == "main" {
            fault();
        }
        let _ = std::thread::spawn(fault).join();
        unreachable!("the fault of a thread ends the program");
    }
    for where_it_is in ["main", "thread"] {
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args([
            "--exact",
            "a_fault_gives_the_terminal_back_and_says_one_line",
            "--nocapture",
            "--test-threads=1",
        ]);
        command.env(FAULTY, where_it_is);
        let (code, screen, bytes) = Terminal::start(command, 200, 20).end();
        assert_eq!(code, 1, "{}", screen.contents());
        assert_given_back(&screen);
        let shown = screen.contents();
        assert!(
            shown.contains("warta: ada kesalahan dalam program"),
            "{shown}"
        );
        assert!(shown.contains("tests/pty.rs:"), "{shown}");
        assert!(
            !shown.contains("layar pembaca") && !shown.contains("stack backtrace"),
            "{shown}"
        );
        assert!(
            !bytes.windows(5).any(|window| window == b"\x1b[31m"),
            "{shown}"
        );
    }
}

#[test]
fn what_goes_to_a_terminal_is_coloured_unless_the_user_wants_none() {
    let folder = tempfile::tempdir().unwrap();
    let article = folder.path().join("berita.txt");
    fs::write(&article, ARTICLE).unwrap();
    let show = |no_color: bool| {
        let mut command = warta(&["show", article.to_str().unwrap()]);
        // The variables are cleared for every program here, so it is set by another.
        if no_color {
            command = CommandBuilder::new("env");
            command.args([
                "NO_COLOR=1",
                env!("CARGO_BIN_EXE_warta"),
                "show",
                article.to_str().unwrap(),
            ]);
        }
        let (code, screen, bytes) = Terminal::start(command, 60, 40).end();
        assert_eq!(code, 0);
        assert!(
            screen
                .contents()
                .contains("Presiden Contohnia Tiba di Jakarta")
        );
        String::from_utf8(bytes).unwrap()
    };
    assert!(show(false).contains("\x1b[38;"));
    let plain = show(true);
    assert!(
        !plain.contains("\x1b[38;") && !plain.contains("\x1b[48;"),
        "{plain:?}"
    );
}

#[test]
fn json_on_a_terminal_holds_no_control() {
    let folder = tempfile::tempdir().unwrap();
    let lines = folder.path().join("jahat.jsonl");
    fs::write(
        &lines,
        "{\"id\":\"\u{9b}31m\",\"text\":\"a\u{202e}b\u{7f}c\u{e0041}\u{1f600}\"}\n",
    )
    .unwrap();
    let (code, _, bytes) = reader(&["entities", "--jsonl", path(&lines)]).end();
    assert_eq!(code, 0);
    let shown = String::from_utf8(bytes).unwrap().replace("\r\n", "");
    assert!(shown.contains(r"\u009b31m"), "{shown:?}");
    assert!(
        shown.contains("a\\u202eb\\u007fc\\udb40\\udc41\u{1f600}"),
        "{shown:?}"
    );
    assert!(!shown.contains(char::is_control), "{shown:?}");
}

#[test]
fn a_name_of_a_kept_article_has_its_card_in_the_next_run() {
    let folder = tempfile::TempDir::new().unwrap();
    let (article, library) = (
        folder.path().join("tiba.txt"),
        folder.path().join("pustaka"),
    );
    fs::write(&article, ARTICLE).unwrap();
    let mut terminal = reader(&["--library", path(&library), path(&article)]);
    terminal.wait_for("Contohnia Tiba");
    terminal.press("s");
    terminal.wait_for("★");
    terminal.press("q");
    assert_eq!(terminal.end().0, 0);

    let mut terminal = reader(&["--library", path(&library)]);
    terminal.wait_for("Contohnia Tiba");
    terminal.wait_for("Vladimir Putin");
    terminal.press("\t\t\r");
    terminal.wait_for("Jabatan menurut berita");
    for words in ["Vladimir Putin", "Menurut daftar warta", "Di berita ini"] {
        terminal.wait_for(words);
    }
    terminal.press("*");
    terminal.wait_for("diikuti.");
    terminal.press("f");
    terminal.wait_for("+ Vladimir Putin");
    terminal.press("\x1b");
    terminal.wait_for("Jabatan menurut berita");
    terminal.press("\x1b");
    terminal.wait_for_no("Jabatan menurut berita");
    terminal.press("q");
    let (code, screen, _) = terminal.end();
    assert_eq!(code, 0);
    assert_given_back(&screen);
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_terminal_that_goes_without_a_signal_ends_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let ended = folder.path().join("ended");
    // In another session nobody tells warta that the window is closed.
    let script = "trap '' HUP; setsid --wait \"$0\" --library \"$1\"; touch \"$2\"";
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_warta")]);
    command.args([folder.path().join("library"), ended.clone()]);
    command.env("TERM", "xterm-256color");
    let pair = portable_pty::native_pty_system()
        .openpty(portable_pty::PtySize {
            rows: 24,
            cols: 80,
            ..portable_pty::PtySize::default()
        })
        .unwrap();
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut output = pair.master.try_clone_reader().unwrap();
    let mut seen = String::new();
    // The foot is drawn last; what was being written when the window goes would fail and end it.
    while !seen.contains("bantuan") {
        let mut block = [0; 4096];
        let count = std::io::Read::read(&mut output, &mut block).unwrap();
        assert!(count > 0, "the program ended: {seen}");
        seen.push_str(&String::from_utf8_lossy(&block[..count]));
    }
    std::thread::sleep(std::time::Duration::from_millis(500));
    drop((output, pair.master));
    let end = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while !ended.exists() {
        assert!(
            std::time::Instant::now() < end,
            "it goes on without a terminal"
        );
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    child.wait().unwrap();
}
