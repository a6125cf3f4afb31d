//! A terminal to run a program in: a real pseudo-terminal, read by a terminal emulator.

use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::{Parser, Screen};

/// Far more than anything takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// A program running in a terminal of its own.
pub struct Terminal {
    seen: Arc<Seen>,
    keyboard: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
}

/// What the program has written so far, as the emulator shows it.
struct Seen {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    parser: Parser,
    /// All bytes, for what leaves no trace on the screen.
    bytes: Vec<u8>,
    ended: bool,
}

impl Terminal {
    /// Starts a program in a terminal of so many columns and rows.
    pub fn start(mut command: CommandBuilder, columns: u16, rows: u16) -> Self {
        for variable in [
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "LC_MESSAGES",
            "NO_COLOR",
            "COLORFGBG",
            "COLORTERM",
            "RUST_BACKTRACE",
        ] {
            command.env_remove(variable);
        }
        command.env("TERM", "xterm-256color");
        if command.get_cwd().is_none() {
            // Otherwise it is the home folder, and there is none.
            command.cwd(env!("CARGO_MANIFEST_DIR"));
        }
        command.env("HOME", "/tidak-ada");
        command.env("XDG_CONFIG_HOME", "/tidak-ada");
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut output = pair.master.try_clone_reader().unwrap();
        let seen = Arc::new(Seen {
            state: Mutex::new(State {
                parser: Parser::new(cells(rows), cells(columns), 0),
                bytes: Vec::new(),
                ended: false,
            }),
            changed: Condvar::new(),
        });
        let reader = Arc::clone(&seen);
        thread::spawn(move || {
            let mut block = [0; 4096];
            // A pseudo-terminal whose last user is gone ends with an error.
            while let Ok(count @ 1..) = output.read(&mut block) {
                let mut state = reader.state.lock().unwrap();
                state.parser.process(&block[..count]);
                state.bytes.extend_from_slice(&block[..count]);
                reader.changed.notify_all();
            }
            reader.state.lock().unwrap().ended = true;
            reader.changed.notify_all();
        });
        Self {
            seen,
            keyboard: pair.master.take_writer().unwrap(),
            master: pair.master,
            child,
        }
    }

    /// Types.
    pub fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Gives the terminal a new size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.seen
            .state
            .lock()
            .unwrap()
            .parser
            .screen_mut()
            .set_size(cells(rows), cells(columns));
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// Writes on the screen past the program, as a message of the system would.
    pub fn spoil(&self, words: &str) {
        let mut state = self.seen.state.lock().unwrap();
        state.parser.process(format!("\x1b[5;5H{words}").as_bytes());
    }

    /// Waits until the screen is as `expected`.
    #[track_caller]
    pub fn wait_until(&self, what: &str, expected: impl Fn(&Screen) -> bool) {
        let until = Instant::now() + PATIENCE;
        let mut state = self.seen.state.lock().unwrap();
        while !expected(state.parser.screen()) {
            let left = until.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero() && !state.ended,
                "never came: {what}\n{}",
                state.parser.screen().contents()
            );
            state = self.seen.changed.wait_timeout(state, left).unwrap().0;
        }
    }

    /// Waits until these words stand on the screen.
    #[track_caller]
    pub fn wait_for(&self, words: &str) {
        self.wait_until(words, |screen| screen.contents().contains(words));
    }

    /// Waits until these words stand on the screen no more.
    #[track_caller]
    pub fn wait_for_no(&self, words: &str) {
        self.wait_until(&format!("no {words}"), |screen| {
            !screen.contents().contains(words)
        });
    }

    /// What the screen shows now.
    pub fn text(&self) -> String {
        self.seen.state.lock().unwrap().parser.screen().contents()
    }

    /// The number of the process.
    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits for the program to end: its exit code, the screen it leaves, and all it wrote.
    #[track_caller]
    pub fn end(mut self) -> (u32, Screen, Vec<u8>) {
        let until = Instant::now() + PATIENCE;
        let mut state = self.seen.state.lock().unwrap();
        while !state.ended {
            let left = until.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "does not end\n{}",
                state.parser.screen().contents()
            );
            state = self.seen.changed.wait_timeout(state, left).unwrap().0;
        }
        let code = self.child.wait().unwrap().exit_code();
        (code, state.parser.screen().clone(), state.bytes.clone())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that failed leaves its program running; one that has ended cannot be killed.
        let _ = self.child.kill();
    }
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}
