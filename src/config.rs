//! The user's settings: `config.toml`, read once at the start.

use std::collections::BTreeMap;

use crate::action::Action;
use crate::keymap::Keymap;
use crate::keymap::key::Key;
use crate::language::Language;
use crate::theme;

/// The settings as shipped, with a comment on each; also what `Config::default` is made from.
pub const DEFAULT: &str = include_str!("../assets/config.toml");

/// The summaries of the Indonesian Wikipedia.
const WIKIPEDIA: &str = "https://id.wikipedia.org/api/rest_v1/page/summary/{}";

/// What the file says. Every setting may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    language: Option<Language>,
    theme: Option<theme::Choice>,
    measure: Option<u16>,
    hyphenate: Option<bool>,
    mouse: Option<bool>,
    group_stories: Option<bool>,
    keep_days: Option<u32>,
    keep_articles: Option<u32>,
    feed_megabytes: Option<u64>,
    refresh_minutes: Option<u32>,
    wikipedia: Option<String>,
    #[serde(default)]
    keys: BTreeMap<Action, Vec<Key>>,
}

/// What the settings mean.
#[derive(Debug, Clone)]
pub struct Config {
    /// The language of the interface, where the user fixed it.
    pub language: Option<Language>,
    /// Dark, light, or as the terminal says.
    pub theme: theme::Choice,
    /// The widest the text column may be, in cells.
    pub measure: u16,
    /// Whether words may be divided at a line end.
    pub hyphenate: bool,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// Whether a story that several feeds tell is one row of a list.
    pub group_stories: bool,
    /// For how many days articles are kept; None: for good. What is saved always is.
    pub keep_days: Option<u32>,
    /// How many articles of each feed are kept; None: all. What is saved does not count.
    pub keep_articles: Option<u32>,
    /// The most that is read of one feed, in mebibytes after decompression.
    pub feed_megabytes: u64,
    /// Minutes from one refresh to the next while the reader is open, the first at its start; None:
    /// only when asked for.
    pub refresh_minutes: Option<u32>,
    /// The address of a summary in an encyclopedia, `{}` in place of the title.
    pub wikipedia: String,
    /// Which key does what.
    pub keymap: Keymap,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            language: None,
            theme: theme::Choice::Auto,
            measure: 72,
            hyphenate: false,
            mouse: true,
            group_stories: true,
            keep_days: None,
            keep_articles: None,
            feed_megabytes: 8,
            refresh_minutes: None,
            wikipedia: WIKIPEDIA.to_owned(),
            keymap: Keymap::default(),
        }
    }
}

impl Config {
    /// Reads the text of a settings file.
    ///
    /// # Errors
    /// In the user's words with the place in the file: a setting that does not exist, a value that
    /// is not allowed, a key that is none or is given twice.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File =
            toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        let default = Self::default();
        let measure = file.measure.unwrap_or(default.measure);
        if !(45..=80).contains(&measure) {
            return Err(format!("measure: {measure} is not between 45 and 80"));
        }
        let feed_megabytes = file.feed_megabytes.unwrap_or(default.feed_megabytes);
        if !(1..=1024).contains(&feed_megabytes) {
            return Err(format!(
                "feed_megabytes: {feed_megabytes} is not between 1 and 1024"
            ));
        }
        let wikipedia = file.wikipedia.unwrap_or(default.wikipedia);
        let is_address = ["https://", "http://"]
            .iter()
            .any(|scheme| wikipedia.starts_with(scheme));
        if !is_address || wikipedia.matches("{}").count() != 1 {
            return Err(format!(
                "wikipedia: {wikipedia:?} is no http or https address with one {{}} for the title"
            ));
        }
        Ok(Self {
            language: file.language,
            theme: file.theme.unwrap_or(default.theme),
            measure,
            hyphenate: file.hyphenate.unwrap_or(default.hyphenate),
            mouse: file.mouse.unwrap_or(default.mouse),
            group_stories: file.group_stories.unwrap_or(default.group_stories),
            keep_days: file.keep_days,
            keep_articles: file.keep_articles,
            feed_megabytes,
            refresh_minutes: file.refresh_minutes.filter(|minutes| *minutes > 0),
            wikipedia,
            keymap: Keymap::with(&file.keys)?,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_shipped_file_says_the_defaults() {
        let (shipped, default) = (Config::parse(DEFAULT).unwrap(), Config::default());
        assert_eq!(shipped.measure, default.measure);
        assert_eq!(shipped.theme, default.theme);
        assert_eq!(shipped.hyphenate, default.hyphenate);
        assert_eq!(shipped.mouse, default.mouse);
        assert_eq!(shipped.language, default.language);
        assert_eq!(shipped.group_stories, default.group_stories);
        assert_eq!(shipped.keep_days, default.keep_days);
        assert_eq!(shipped.keep_articles, default.keep_articles);
        assert_eq!(shipped.feed_megabytes, default.feed_megabytes);
        assert_eq!(shipped.refresh_minutes, default.refresh_minutes);
        assert_eq!(shipped.wikipedia, default.wikipedia);
        assert!(
            Action::ALL
                .iter()
                .all(|&action| shipped.keymap.keys(action) == default.keymap.keys(action))
        );
    }

    #[test]
    fn the_shipped_file_with_every_comment_taken_off_is_read_too() {
        let opened: String = DEFAULT
            .lines()
            .map(|line| line.strip_prefix("#= ").unwrap_or(line))
            .fold(String::new(), |text, line| text + line + "\n");
        assert_ne!(opened, DEFAULT);
        Config::parse(&opened).unwrap();
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        for (text, expected) in [
            ("colour = 1", "colour"),
            ("measure = 200", "between 45 and 80"),
            ("feed_megabytes = 0", "between 1 and 1024"),
            ("keep_days = -1", "keep_days"),
            ("theme = \"neon\"", "neon"),
            ("wikipedia = \"file:///{}\"", "wikipedia"),
            ("wikipedia = \"https://contoh.example/\"", "wikipedia"),
            ("[keys]\nquit = [\"hyper-q\"]", "hyper-q"),
            ("[keys]\nfly = [\"x\"]", "fly"),
            ("measure = ", "line 1"),
        ] {
            let error = Config::parse(text).unwrap_err();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
