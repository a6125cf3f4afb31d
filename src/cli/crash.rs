//! The last line of a program that has a fault.

use std::io::{self, IsTerminal, Write};
use std::panic::PanicHookInfo;

use crossterm::cursor::Show;
use crossterm::event::DisableMouseCapture;
use crossterm::execute;

use crate::article::scrub_line;

/// Makes any panic end in one line on standard error that says where, in place of a dump.
///
/// The program cannot go on after a fault in any of its threads, so it ends there, with exit
/// code 1. To be called before `ratatui::init`, whose own hook leaves the reader's screen and then
/// calls this one. With `RUST_BACKTRACE` set the usual dump is left.
pub fn install() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |fault| {
        if io::stdout().is_terminal() {
            // What ratatui's hook leaves: it hides the cursor while drawing, and knows no mouse.
            let _ = execute!(io::stdout(), Show, DisableMouseCapture);
        }
        if std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0") {
            usual(fault);
        } else {
            let _ = writeln!(io::stderr(), "{}", line(fault));
        }
        std::process::exit(1);
    }));
}

/// Both languages, since the fault may be older than knowing which.
fn line(fault: &PanicHookInfo<'_>) -> String {
    let place = fault.location().map_or_else(String::new, |place| {
        format!(" ({}:{})", place.file(), place.line())
    });
    let message = fault.payload_as_str().unwrap_or_default();
    scrub_line(&format!(
        "warta: ada kesalahan dalam program; mohon laporkan / a fault in the program, please \
         report{place}: {message}"
    ))
}
