//! Which key does what: one table, from which the keys are looked up, the help screen and the line
//! at the bottom are drawn, and which the user's settings change.

use std::collections::{BTreeMap, HashMap};

use crossterm::event::KeyEvent;

use crate::action::Action;
use crate::keymap::key::Key;

pub mod key;

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// What is done.
    pub action: Action,
    /// The keys that do it, as [`Key`] reads them, the one shown first.
    pub keys: &'static [&'static str],
    /// Whether the line at the bottom names it, where there is room.
    pub hinted: bool,
}

const fn row(action: Action, keys: &'static [&'static str]) -> Binding {
    Binding {
        action,
        keys,
        hinted: false,
    }
}

const fn hinted(action: Action, keys: &'static [&'static str]) -> Binding {
    Binding {
        action,
        keys,
        hinted: true,
    }
}

/// The keys as they are before the user's settings, in the order of the help screen.
pub const BINDINGS: &[Binding] = &[
    hinted(Action::Down, &["j", "down"]),
    hinted(Action::Up, &["k", "up"]),
    row(Action::PageDown, &["space", "pagedown", "ctrl-f"]),
    row(Action::PageUp, &["b", "pageup", "ctrl-b"]),
    row(Action::First, &["g", "home"]),
    row(Action::Last, &["G", "end"]),
    row(Action::PaneLeft, &["h", "left"]),
    row(Action::PaneRight, &["l", "right"]),
    hinted(Action::NextPane, &["tab"]),
    row(Action::PreviousPane, &["backtab"]),
    hinted(Action::Open, &["enter"]),
    hinted(Action::Back, &["esc", "backspace"]),
    hinted(Action::NextMention, &["]"]),
    hinted(Action::PreviousMention, &["["]),
    row(Action::Card, &["K"]),
    row(Action::Filter, &["f"]),
    row(Action::FilterOut, &["x"]),
    row(Action::Follow, &["*"]),
    row(Action::Digest, &["D"]),
    row(Action::Relations, &["P"]),
    row(Action::Encyclopedia, &["w"]),
    row(Action::Join, &["+"]),
    row(Action::Part, &["-"]),
    hinted(Action::Search, &["/"]),
    row(Action::SaveSearch, &["S"]),
    hinted(Action::Collections, &["c"]),
    hinted(Action::AddFeed, &["a"]),
    row(Action::Remove, &["d", "delete"]),
    hinted(Action::Refresh, &["r"]),
    row(Action::RefreshFeed, &["R"]),
    row(Action::FullText, &["F"]),
    row(Action::NextArticle, &["n"]),
    row(Action::PreviousArticle, &["p"]),
    row(Action::NextUnread, &["N"]),
    row(Action::ToggleRead, &["m"]),
    row(Action::ToggleSaved, &["s"]),
    row(Action::MarkAllRead, &["A"]),
    row(Action::Undo, &["u"]),
    hinted(Action::ToggleSidebar, &["e"]),
    row(Action::ToggleOthers, &["t"]),
    hinted(Action::ToggleOnlyText, &["z"]),
    row(Action::Versions, &["v"]),
    row(Action::Browse, &["o"]),
    row(Action::CopyLink, &["y"]),
    row(Action::Palette, &[":"]),
    row(Action::Redraw, &["ctrl-l"]),
    row(Action::Suspend, &["ctrl-z"]),
    hinted(Action::Help, &["?"]),
    hinted(Action::Quit, &["q", "ctrl-c"]),
];

/// The table with the user's changes in it.
#[derive(Debug, Clone)]
pub struct Keymap {
    rows: Vec<(Action, Vec<Key>, bool)>,
}

impl Default for Keymap {
    fn default() -> Self {
        let keys = |binding: &Binding| {
            binding
                .keys
                .iter()
                .filter_map(|name| name.parse().ok())
                .collect()
        };
        Self {
            rows: BINDINGS
                .iter()
                .map(|binding| (binding.action, keys(binding), binding.hinted))
                .collect(),
        }
    }
}

impl Keymap {
    /// The default table with the keys of some actions replaced.
    ///
    /// A key given to one action is taken from the action that had it by default.
    ///
    /// # Errors
    /// In one line, when the user gave one key to two actions, or none to leaving the program.
    pub fn with(changes: &BTreeMap<Action, Vec<Key>>) -> Result<Self, String> {
        let mut owners: HashMap<Key, Action> = HashMap::new();
        for (&action, keys) in changes {
            for &key in keys {
                if let Some(other) = owners.insert(key, action)
                    && other != action
                {
                    return Err(format!(
                        "keys: \"{key}\" is given to both {other:?} and {action:?}"
                    ));
                }
            }
        }
        if changes.get(&Action::Quit).is_some_and(Vec::is_empty) {
            return Err("keys: quit needs a key".to_owned());
        }
        let mut keymap = Self::default();
        for (action, keys, _) in &mut keymap.rows {
            match changes.get(action) {
                Some(changed) => keys.clone_from(changed),
                None => keys.retain(|key| !owners.contains_key(key)),
            }
        }
        Ok(keymap)
    }

    /// What a key press does, if anything.
    pub fn action(&self, event: KeyEvent) -> Option<Action> {
        let key = Key::from(event);
        self.rows
            .iter()
            .find(|(_, keys, _)| keys.contains(&key))
            .map(|&(action, ..)| action)
    }

    /// The keys of an action, the one to show first.
    pub fn keys(&self, action: Action) -> &[Key] {
        self.rows
            .iter()
            .find(|row| row.0 == action)
            .map_or(&[], |row| &row.1)
    }

    /// The name of the first key of an action; empty if it has none.
    pub fn name(&self, action: Action) -> String {
        self.keys(action)
            .first()
            .map(Key::to_string)
            .unwrap_or_default()
    }

    /// Every action that has a key, with its keys, in the order of the help screen.
    pub fn rows(&self) -> impl Iterator<Item = (Action, &[Key])> {
        self.rows
            .iter()
            .filter(|row| !row.1.is_empty())
            .map(|row| (row.0, row.1.as_slice()))
    }

    /// The actions the line at the bottom names.
    pub fn hinted(&self) -> impl Iterator<Item = Action> {
        self.rows
            .iter()
            .filter(|row| row.2 && !row.1.is_empty())
            .map(|row| row.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_action_has_a_row_and_every_key_one_action() {
        let keymap = Keymap::default();
        let mut seen = HashMap::new();
        for binding in BINDINGS {
            for name in binding.keys {
                let key: Key = name.parse().unwrap();
                assert_eq!(key.to_string().parse::<Key>().unwrap(), key, "{name}");
                assert_eq!(
                    seen.insert(key, binding.action),
                    None,
                    "{name} stands twice"
                );
            }
        }
        for action in Action::ALL {
            assert!(!keymap.keys(action).is_empty(), "{action:?} has no key");
        }
    }

    #[test]
    fn a_changed_key_is_taken_from_its_former_action() {
        let changes = BTreeMap::from([(Action::Help, vec!["q".parse().unwrap()])]);
        let keymap = Keymap::with(&changes).unwrap();
        assert_eq!(keymap.name(Action::Help), "q");
        assert_eq!(keymap.name(Action::Quit), "Ctrl-c");
    }

    #[test]
    fn one_key_for_two_actions_is_refused() {
        let key: Key = "x".parse().unwrap();
        let changes = BTreeMap::from([(Action::Help, vec![key]), (Action::Quit, vec![key])]);
        assert!(Keymap::with(&changes).unwrap_err().contains("\"x\""));
    }
}
