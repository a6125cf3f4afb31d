//! One key and its name in settings and on the help screen.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with its modifiers. Shift is part of a letter ("G"), never said beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct Key {
    code: KeyCode,
    control: bool,
    alt: bool,
}

/// Keys that have a name rather than a letter: in settings, and as shown.
const NAMED: &[(&str, &str, KeyCode)] = &[
    ("enter", "Enter", KeyCode::Enter),
    ("esc", "Esc", KeyCode::Esc),
    ("tab", "Tab", KeyCode::Tab),
    ("backtab", "BackTab", KeyCode::BackTab),
    ("space", "Space", KeyCode::Char(' ')),
    ("backspace", "Backspace", KeyCode::Backspace),
    ("delete", "Delete", KeyCode::Delete),
    ("insert", "Insert", KeyCode::Insert),
    ("up", "↑", KeyCode::Up),
    ("down", "↓", KeyCode::Down),
    ("left", "←", KeyCode::Left),
    ("right", "→", KeyCode::Right),
    ("home", "Home", KeyCode::Home),
    ("end", "End", KeyCode::End),
    ("pageup", "PgUp", KeyCode::PageUp),
    ("pagedown", "PgDn", KeyCode::PageDown),
];

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        Self {
            code: event.code,
            control: event.modifiers.contains(KeyModifiers::CONTROL),
            alt: event.modifiers.contains(KeyModifiers::ALT),
        }
    }
}

impl FromStr for Key {
    type Err = String;

    /// Reads "j", "G", "space", "ctrl-f", "alt-x", "f5" and the shown form ("↓").
    fn from_str(name: &str) -> Result<Self, String> {
        let (mut rest, mut control, mut alt) = (name, false, false);
        loop {
            // A modifier needs something after it, so that "-" itself stays a key.
            let modifier = rest
                .split_once('-')
                .filter(|(before, after)| !before.is_empty() && !after.is_empty());
            match modifier.map(|(before, after)| (before.to_ascii_lowercase(), after)) {
                Some((before, after)) if before == "ctrl" => (rest, control) = (after, true),
                Some((before, after)) if before == "alt" => (rest, alt) = (after, true),
                _ => break,
            }
        }
        let lower = rest.to_lowercase();
        let named = NAMED
            .iter()
            .find(|(word, shown, _)| *word == lower || *shown == rest);
        let mut letters = rest.chars();
        let code = match (named, letters.next(), letters.next()) {
            (Some(&(.., code)), ..) => code,
            (None, Some(letter), None) if !letter.is_control() => KeyCode::Char(letter),
            (None, Some('f' | 'F'), Some(_)) => match rest[1..].parse() {
                Ok(number @ 1..=24) => KeyCode::F(number),
                _ => return Err(format!("\"{name}\" is not a key")),
            },
            _ => return Err(format!("\"{name}\" is not a key")),
        };
        Ok(Self { code, control, alt })
    }
}

impl TryFrom<String> for Key {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        name.parse()
    }
}

impl Display for Key {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        if self.control {
            formatter.write_str("Ctrl-")?;
        }
        if self.alt {
            formatter.write_str("Alt-")?;
        }
        match (
            self.code,
            NAMED.iter().find(|(.., code)| *code == self.code),
        ) {
            (_, Some((_, shown, _))) => formatter.write_str(shown),
            (KeyCode::Char(letter), None) => write!(formatter, "{letter}"),
            (KeyCode::F(number), None) => write!(formatter, "F{number}"),
            (other, None) => write!(formatter, "{other}"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn reads_and_shows_keys() {
        for (typed, shown) in [
            ("j", "j"),
            ("G", "G"),
            ("space", "Space"),
            ("Ctrl-f", "Ctrl-f"),
            ("ctrl-alt-x", "Ctrl-Alt-x"),
            ("PgDn", "PgDn"),
            ("f12", "F12"),
            ("-", "-"),
            ("ctrl--", "Ctrl--"),
            ("f", "f"),
        ] {
            assert_eq!(typed.parse::<Key>().unwrap().to_string(), shown);
        }
        for wrong in ["", "jj", "ctrl-", "f99", "hyper-x", "\u{1b}"] {
            assert!(wrong.parse::<Key>().is_err(), "{wrong:?}");
        }
    }
}
