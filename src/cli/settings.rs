//! From what was typed, the settings file and the environment to what they mean together.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::words;
use crate::app::Setup;
use crate::article::scrub_line;
use crate::config::Config;
use crate::feed::fetch::Limits;
use crate::language::Language;
use crate::library::{self, Retention};
use crate::pane::{ASCII, UNICODE};
use crate::theme::{Background, Depth, Theme};
use crate::worker;

/// Puts the settings together.
///
/// # Errors
/// A line for the user when the settings file cannot be read or understood. The usual file may be
/// missing; one that was asked for may not.
pub(super) fn setup(file: Option<&Path>, language: Option<Language>) -> Result<Setup, String> {
    let of_locale = Language::from_locale(locale("LC_MESSAGES").as_deref());
    let asked = language.unwrap_or(of_locale);
    let config = match file {
        Some(file) => read(file, true, asked)?,
        None => {
            usual_file().map_or_else(|| Ok(Config::default()), |file| read(&file, false, asked))?
        }
    };
    let depth = Depth::from_environment(
        variable("NO_COLOR").as_deref(),
        variable("COLORTERM").as_deref(),
        variable("TERM").as_deref(),
    );
    let background = variable("COLORFGBG").and_then(|value| Background::from_colorfgbg(&value));
    Ok(Setup {
        language: language.or(config.language).unwrap_or(of_locale),
        theme: Theme::new(config.theme, depth, background),
        glyphs: if speaks_unicode(locale("LC_CTYPE").as_deref()) {
            &UNICODE
        } else {
            &ASCII
        },
        config,
    })
}

/// What fetching may cost.
pub(super) fn limits(config: &Config) -> Limits {
    let mut limits = Limits::default();
    limits.one.page_bytes = config.feed_megabytes << 20;
    limits
}

/// How the reader keeps its library.
pub(super) fn library_of_reader(setup: &Setup) -> worker::Setting {
    let config = &setup.config;
    worker::Setting {
        language: setup.language,
        together: config.group_stories,
        retention: retention(config),
        limits: limits(config),
        wikipedia: config.wikipedia.clone(),
        refresh_minutes: config.refresh_minutes,
    }
}

/// How long articles are kept.
pub(super) fn retention(config: &Config) -> Retention {
    Retention {
        days: config.keep_days,
        articles: config.keep_articles,
    }
}

/// Reads a settings file. What it is to say of mistakes is not known before: `language` does.
fn read(file: &Path, must_exist: bool, language: Language) -> Result<Config, String> {
    let fault = |fault: &str| format!("{}: {fault}", scrub_line(&file.to_string_lossy()));
    match fs::read_to_string(file) {
        Ok(text) => {
            Config::parse(&text).map_err(|detail| fault(&words::bad_settings(&detail, language)))
        }
        Err(error) if error.kind() == ErrorKind::NotFound && !must_exist => Ok(Config::default()),
        Err(error) => Err(fault(&words::no_settings(&error.to_string(), language))),
    }
}

/// `$XDG_CONFIG_HOME/warta/config.toml`, else `~/.config/warta/config.toml` (XDG base directories,
/// which say to ignore a path that is not absolute).
fn usual_file() -> Option<PathBuf> {
    let folder = base("XDG_CONFIG_HOME", ".config")?;
    Some(folder.join("warta").join("config.toml"))
}

/// The folder of the library: the one asked for, else `$WARTA_LIBRARY`, else `warta` in the folder
/// for the user's data (`$XDG_DATA_HOME`, else `~/.local/share`).
///
/// # Errors
/// Where the environment has no such folder.
pub(super) fn library(folder: Option<PathBuf>) -> Result<PathBuf, library::Problem> {
    folder
        .or_else(|| env::var_os("WARTA_LIBRARY").map(PathBuf::from))
        .filter(|folder| !folder.as_os_str().is_empty())
        .or_else(|| Some(base("XDG_DATA_HOME", ".local/share")?.join("warta")))
        .ok_or_else(|| library::Problem {
            path: PathBuf::new(),
            reason: library::Reason::NoFolder,
        })
}

/// A folder of the XDG base directories: as the variable says, else below the home folder.
fn base(variable: &str, below_home: &str) -> Option<PathBuf> {
    let absolute = |name: &str| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    absolute(variable).or_else(|| absolute("HOME").map(|home| home.join(below_home)))
}

/// The locale of one category, by POSIX: `LC_ALL` before the category before `LANG`; an empty one
/// counts as unset.
fn locale(category: &str) -> Option<String> {
    ["LC_ALL", category, "LANG"].into_iter().find_map(variable)
}

/// A variable of the environment that is set, not empty, and text.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Where no locale is set the terminal is most likely one of today, which is UTF-8; where one is
/// set it says.
fn speaks_unicode(locale: Option<&str>) -> bool {
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}
