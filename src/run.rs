//! The terminal and the event loop: wait, update, draw.
//!
//! Everything that happens (keys, mouse, size, signals, the worker's results) arrives in one queue.
//! The loop waits for it without a timer, so nothing is done while nothing happens; it takes all
//! that is waiting before it draws once.

use std::io::{self, stdout};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use anyhow::Context;
use crossterm::clipboard::CopyToClipboard;
use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event,
    read,
};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, enable_raw_mode};
use jiff::ZonedDateTime;
use ratatui::DefaultTerminal;
use ratatui::layout::{Position, Rect};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use crate::app::{App, Setup};
use crate::message::{Job, Message};
use crate::screen::draw;
use crate::source::Source;
use crate::worker;

/// Opens the reader and stays in it until the user leaves. It shows the sources on top of the
/// library in `folder`, kept as `setting` says, or the samples where there is neither. Gives a line for each source that
/// could not be read.
///
/// # Errors
/// When the terminal cannot be set up, drawn to or read from. The terminal is restored first.
pub fn run(
    setup: Setup,
    setting: worker::Setting,
    sources: Vec<Source>,
    folder: PathBuf,
) -> anyhow::Result<Vec<String>> {
    let (inbox, messages) = channel();
    let worker = worker::spawn(setting, folder, sources, inbox.clone());
    listen_to_signals(inbox.clone())?;
    let mouse = setup.config.mouse;
    let mut terminal = ratatui::try_init().context("terminal")?;
    let restored = Restored { mouse };
    take_input(mouse)?;
    listen_to_terminal(inbox.clone());
    listen_to_its_end(inbox);
    let size = terminal.size()?;
    let mut app = App::new(setup, (size.width, size.height), ZonedDateTime::now());
    let result = turn(&mut terminal, &mut app, &messages, &worker);
    drop(restored);
    // What was marked last is kept before the program ends; the user has the shell back already.
    worker.finish();
    result.map(|()| app.failures().to_vec())
}

/// The event loop.
fn turn(
    terminal: &mut DefaultTerminal,
    app: &mut App,
    messages: &Receiver<Message>,
    worker: &worker::Handle,
) -> anyhow::Result<()> {
    let mut is_new = true;
    while !app.ended() {
        if app.redraw() {
            // Not `clear`: that asks the terminal where its cursor is, and the thread that reads
            // keys would take the answer.
            terminal.resize(Rect::from((Position::ORIGIN, terminal.size()?)))?;
        }
        // Drawing writes some bytes even where nothing has changed.
        if is_new {
            terminal.draw(|frame| draw(app, frame))?;
        }
        is_new = false;
        let first = messages.recv().context("no more messages")?;
        app.update(Message::Now(ZonedDateTime::now()));
        // Word of a new size is lost where it comes before anyone listens. Asking costs next to
        // nothing.
        let size = terminal.size()?;
        let (columns, rows) = (size.width, size.height);
        let resized = (app.size() != (columns, rows)).then_some(Message::Resized { columns, rows });
        // What is behind the size may have to wait for the next turn, and so must be in the queue yet.
        for message in std::iter::once(first)
            .chain(resized)
            .chain(messages.try_iter())
        {
            for job in app.update(message) {
                match job {
                    // The clipboard is the terminal's, which only this thread may write to.
                    Job::Copy(text) => {
                        execute!(stdout(), CopyToClipboard::to_clipboard_from(&text))?;
                        app.update(Message::Done(app.texts().link_copied.to_owned()));
                    }
                    Job::Suspend => suspend(terminal, app.setup().config.mouse)?,
                    job => worker.order(job)?,
                }
            }
            is_new |= app.is_new();
            if app.ended() || app.redraw() {
                break;
            }
        }
    }
    Ok(())
}

/// Sleeps as any program does at the shell's Ctrl-Z, which in raw mode is only a key.
fn suspend(terminal: &mut DefaultTerminal, mouse: bool) -> anyhow::Result<()> {
    drop(Restored { mouse });
    emulate_default_handler(SIGTSTP)?;
    // Awake again: everything that `ratatui::try_init` did but for its panic hook, which stays.
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen)?;
    take_input(mouse)?;
    terminal.hide_cursor()?;
    // The screen is blank, and its size may be another one.
    Ok(terminal.resize(Rect::from((Position::ORIGIN, terminal.size()?)))?)
}

/// Asks the terminal for pastes as such, and for the mouse if it is wanted.
fn take_input(mouse: bool) -> io::Result<()> {
    execute!(stdout(), EnableBracketedPaste)?;
    if mouse {
        execute!(stdout(), EnableMouseCapture)?;
    }
    Ok(())
}

/// Gives the terminal back when dropped, whatever happened.
struct Restored {
    mouse: bool,
}

impl Drop for Restored {
    fn drop(&mut self) {
        if self.mouse {
            // Nothing can be done about a terminal that no longer listens.
            let _ = execute!(stdout(), DisableMouseCapture);
        }
        let _ = execute!(stdout(), DisableBracketedPaste);
        ratatui::restore();
        let _ = execute!(stdout(), Show);
    }
}

fn listen_to_terminal(inbox: Sender<Message>) {
    thread::spawn(move || {
        loop {
            let message = match read() {
                Ok(Event::Key(event)) => Message::Key(event),
                Ok(Event::Mouse(event)) => Message::Mouse(event),
                Ok(Event::Paste(text)) => Message::Pasted(text),
                Ok(Event::Resize(columns, rows)) => Message::Resized { columns, rows },
                Ok(_) => continue,
                Err(_) => Message::Ended,
            };
            let ended = matches!(message, Message::Ended);
            if inbox.send(message).is_err() || ended {
                return;
            }
        }
    });
}

/// A window that closes sends no signal to a program in another session (under `setsid` or `su`), and
/// crossterm goes on reading from it without end.
fn listen_to_its_end(inbox: Sender<Message>) {
    thread::spawn(move || {
        let terminal = stdout();
        loop {
            let mut watched = [PollFd::new(&terminal, PollFlags::empty())];
            match poll(&mut watched, None) {
                Ok(_) if watched[0].revents().is_empty() => {}
                Err(Errno::INTR) => {}
                Ok(_) => {
                    let _ = inbox.send(Message::Ended);
                    return;
                }
                // Where it cannot be watched it is as it was.
                Err(_) => return,
            }
        }
    });
}

/// A closed window or a polite kill ends the program as `q` does, with the terminal restored.
fn listen_to_signals(inbox: Sender<Message>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT])?;
    thread::spawn(move || {
        for _ in signals.forever() {
            if inbox.send(Message::Ended).is_err() {
                return;
            }
        }
    });
    Ok(())
}
