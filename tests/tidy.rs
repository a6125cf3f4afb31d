//! The house rules that no compiler knows: who may use whom, and how the source is kept.
#![allow(clippy::unwrap_used)]

#[path = "tidy/source_text.rs"]
mod source_text;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use source_text::{Code, paths_in};

/// One module: what it may use of ours, and which crates it may name.
///
/// A row may name only rows above it, so a cycle cannot be written down. A module may always use
/// what lies within it. A submodule without a row of its own belongs to the row of its parent.
struct Row {
    module: &'static str,
    uses: &'static [&'static str],
    crates: &'static [&'static str],
    /// No files, no network, no clock, no threads, no environment.
    pure: bool,
}

const fn pure(
    module: &'static str,
    uses: &'static [&'static str],
    crates: &'static [&'static str],
) -> Row {
    Row {
        module,
        uses,
        crates,
        pure: true,
    }
}

const fn effects(
    module: &'static str,
    uses: &'static [&'static str],
    crates: &'static [&'static str],
) -> Row {
    Row {
        module,
        uses,
        crates,
        pure: false,
    }
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    pure("entity", &[], &["serde"]),
    pure("entity::token", &[], &[]),
    pure("entity::gazetteer", &["entity::token"], &[]),
    pure("entity::tagger", &["entity::token", "entity::gazetteer"], &[]),
    pure("entity::country", &["entity", "entity::token", "entity::gazetteer"], &[]),
    pure("entity::reading", &["entity", "entity::token", "entity::gazetteer", "entity::tagger"], &[]),
    pure("entity::person", &["entity", "entity::token", "entity::gazetteer", "entity::reading"], &[]),
    pure("entity::role", &["entity", "entity::token", "entity::gazetteer", "entity::reading"], &[]),
    pure("entity::assembly", &["entity", "entity::tagger", "entity::country", "entity::reading",
        "entity::person", "entity::role"], &[]),
    pure("article", &[], &["chardetng", "encoding_rs", "htmlize", "jiff", "memchr", "pulldown_cmark",
        "serde", "serde_json", "toml", "unicode_width", "dom_smoothie"]),
    pure("story", &["entity", "article"], &[]),
    pure("lookup", &["entity", "story"], &["jiff"]),
    pure("collection", &["story", "lookup"], &[]),
    pure("message", &["entity", "collection", "story", "lookup"], &["crossterm", "jiff"]),
    pure("action", &[], &["serde"]),
    pure("language", &["article", "action"], &["clap", "jiff", "serde"]),
    effects("library", &["entity", "entity::gazetteer", "article", "story", "language"],
        &["jiff", "rusqlite", "unicode_normalization"]),
    pure("theme", &[], &["ratatui", "serde"]),
    pure("keymap", &["action"], &["crossterm", "serde"]),
    pure("config", &["action", "language", "theme", "keymap"], &["serde", "toml"]),
    pure("layout", &[], &["ratatui"]),
    pure("pane", &["entity", "article", "collection", "story", "lookup", "action", "language", "theme", "keymap", "layout"],
        &["crossterm", "jiff", "ratatui", "textwrap", "tui_input", "unicode_segmentation", "unicode_width"]),
    pure("app", &["entity", "collection", "story", "lookup", "message", "action", "language", "theme", "config", "layout", "pane"],
        &["crossterm", "jiff", "ratatui"]),
    pure("screen", &["lookup", "collection", "action", "theme", "layout", "pane", "app"], &["ratatui", "unicode_width"]),
    pure("samples", &[], &[]),
    effects("source", &["article", "language"], &["jiff", "unicode_normalization", "ureq"]),
    effects("feed", &["article", "source"], &["htmlize", "jiff", "memchr", "quick_xml", "serde", "serde_json",
        "toml", "ureq"]),
    effects("encyclopedia", &["article", "language", "library", "source"], &["jiff", "serde", "serde_json", "ureq"]),
    effects("refresh", &["entity", "article", "story", "language", "library", "source", "feed"], &["jiff"]),
    effects("worker", &["entity", "entity::gazetteer", "article", "collection", "story", "lookup", "message", "language", "library", "samples",
        "source", "encyclopedia", "feed", "refresh"],
        &["anyhow", "jiff", "open"]),
    effects("run", &["message", "app", "screen", "source", "worker"],
        &["anyhow", "crossterm", "jiff", "ratatui", "rustix", "signal_hook"]),
    effects("cli", &["entity", "article", "story", "language", "theme", "config", "pane", "app",
        "source", "feed", "library", "refresh", "worker", "run"], &["anyhow", "clap", "crossterm", "jiff", "ratatui", "serde",
        "serde_json", "signal_hook", "textwrap"]),
    effects("main", &["cli"], &[]),
];

/// Programs that make what the product carries. They stand beside it, outside the order.
const PROGRAMS: &[&str] = &["src/bin", "src/entity/gazetteer/build"];

/// Parts of the standard library that reach outside the program.
const OUTSIDE: &[&str] = &["env", "fs", "io", "net", "os", "process", "thread", "time"];

/// Names that say nothing of what a module is.
const EMPTY_NAMES: &[&str] = &[
    "util", "utils", "helper", "helpers", "common", "misc", "manager", "handler", "base", "prelude",
];

/// A file longer than this has more than one reason to change.
const LONGEST_FILE: usize = 650;

const TOP_LEVEL: &[&str] = &[
    ".ci",
    ".git",
    ".gitignore",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "assets",
    "benches",
    "fuzz",
    "src",
    "target",
    "tests",
];

#[test]
fn each_module_uses_only_what_stands_above_it() {
    for (place, row) in ROWS.iter().enumerate() {
        for used in row.uses {
            assert!(
                ROWS[..place].iter().any(|above| above.module == *used),
                "the row of {} names {used}, which is not above it",
                row.module
            );
        }
    }
    let mut faults = Vec::new();
    let mut met = BTreeSet::new();
    for file in product_files() {
        let module = module_of(&file);
        if module.is_empty() {
            continue; // lib.rs: the list of modules itself.
        }
        let Some(row) = row_of(&module) else {
            faults.push(format!(
                "{}: {} has no row",
                file.display(),
                module.join("::")
            ));
            continue;
        };
        met.insert(row.module);
        for path in paths_in(&read(&file), &module) {
            let Some(used) = row_of(&path) else { continue };
            let within = used.module.starts_with(row.module);
            if !within && !row.uses.contains(&used.module) {
                faults.push(format!("{} uses {}", file.display(), path.join("::")));
            }
        }
    }
    let unmet = ROWS
        .iter()
        .map(|row| row.module)
        .filter(|module| !met.contains(module));
    faults.extend(unmet.map(|module| format!("the row of {module} has no file")));
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn each_module_names_only_its_own_crates() {
    let manifest: toml::Table = toml::from_str(&read(Path::new("Cargo.toml")).text).unwrap();
    let dependencies: Vec<String> = manifest["dependencies"]
        .as_table()
        .unwrap()
        .iter()
        // The optional ones are those of the programs beside the product.
        .filter(|(_, wanted)| wanted.get("optional").is_none())
        .map(|(name, _)| name.replace('-', "_"))
        .collect();
    let mut faults = Vec::new();
    let mut named = BTreeSet::new();
    for file in product_files() {
        let code = read(&file);
        let row = row_of(&module_of(&file));
        for path in code.outside_paths() {
            let Some(dependency) = dependencies.iter().find(|name| **name == path[0]) else {
                continue;
            };
            named.insert(dependency);
            if !row.is_some_and(|row| row.crates.contains(&dependency.as_str())) {
                faults.push(format!("{} names {dependency}", file.display()));
            }
        }
    }
    let idle = dependencies.iter().filter(|name| !named.contains(name));
    faults.extend(idle.map(|name| format!("nothing names {name}")));
    for row in ROWS {
        let unknown = row
            .crates
            .iter()
            .filter(|name| !dependencies.iter().any(|d| d == *name));
        faults.extend(unknown.map(|name| format!("the row of {} names {name}", row.module)));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn pure_modules_reach_nothing_outside_the_program() {
    let mut faults = Vec::new();
    for file in product_files() {
        if !row_of(&module_of(&file)).is_some_and(|row| row.pure) {
            continue;
        }
        for path in read(&file).outside_paths() {
            let reaches = path[0] == "std"
                && path
                    .get(1)
                    .is_some_and(|part| OUTSIDE.contains(&part.as_str()));
            let clock = path.iter().any(|part| part == "now");
            if reaches || clock {
                faults.push(format!("{} uses {}", file.display(), path.join("::")));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_reader_of_paths_is_not_fooled() {
    let code = Code::of(
        r##"
        //! crate::comment
        use crate::a::{self, b, c::{D, e::*}};
        use std::fs;
        /* crate::comment */
        fn f<'a>(x: &'a str) -> char { super::g::h(x); "crate::string"; r#"crate::raw"#; ':'; '\'' }
        impl crate::trait_::T for self::U {}
        #[cfg(test)]
        mod tests { use crate::test_only::X; }
        "##,
    );
    let module = ["m".to_owned(), "n".to_owned()];
    let mut inside: Vec<String> = paths_in(&code, &module)
        .iter()
        .map(|path| path.join("::"))
        .collect();
    inside.sort();
    assert_eq!(
        inside,
        [
            "a::b",
            "a::c::D",
            "a::c::e::*",
            "a::self",
            "m::g::h",
            "m::n::U",
            "trait_::T"
        ]
    );
    assert_eq!(code.outside_paths(), [["std", "fs"]]);
}

#[test]
fn every_file_says_what_it_is_and_is_about_one_thing() {
    let mut faults = Vec::new();
    for file in product_files() {
        let text = fs::read_to_string(root().join(&file)).unwrap();
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let mut check = |right: bool, fault: &str| {
            if !right {
                faults.push(format!("{}: {fault}", file.display()));
            }
        };
        check(text.starts_with("//! "), "begins with no //! line");
        check(
            text.lines().count() <= LONGEST_FILE,
            "is too long: split it",
        );
        check(
            name != "mod",
            "is a mod.rs: call it by its name, beside its folder",
        );
        check(
            !EMPTY_NAMES.contains(&name.as_str()),
            "has a name that says nothing",
        );
        check(!text.contains(concat!("TO", "DO")), "leaves work undone");
        check(!text.contains(concat!("FIX", "ME")), "leaves work undone");
        let globs = Code::of(&text)
            .outside_paths()
            .iter()
            .any(|path| path.last().unwrap() == "*");
        check(!globs, "imports everything of something: name what it uses");
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn no_test_is_ignored_or_content_with_any_panic() {
    for file in rust_files(Path::new("tests"))
        .into_iter()
        .chain(rust_files(Path::new("src")))
    {
        let text = fs::read_to_string(root().join(&file)).unwrap();
        for attribute in [concat!("#[ig", "nore"), concat!("#[should_", "panic")] {
            assert!(!text.contains(attribute), "{}: {attribute}", file.display());
        }
    }
}

/// Two copies of crossterm would not share the terminal's raw mode and event queue.
#[test]
fn there_is_one_crossterm() {
    let lock: toml::Table = toml::from_str(&read(Path::new("Cargo.lock")).text).unwrap();
    let copies = lock["package"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|package| package["name"].as_str() == Some("crossterm"))
        .count();
    assert_eq!(copies, 1);
}

#[test]
fn nothing_lies_about_at_the_top() {
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(TOP_LEVEL.contains(&name.as_str()), "{name}");
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All source of the product itself: neither tests nor the programs beside it.
fn product_files() -> Vec<PathBuf> {
    let mut files = rust_files(Path::new("src"));
    files.retain(|file| {
        let beside = PROGRAMS.iter().any(|program| {
            file.starts_with(program) || file.with_extension("") == Path::new(program)
        });
        !beside && file.file_stem().is_some_and(|name| name != "tests")
    });
    files
}

/// All Rust files under a folder, as paths from the root.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root().join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = folder.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn read(file: &Path) -> Code {
    Code::of(&fs::read_to_string(root().join(file)).unwrap())
}

/// `src/pane/list.rs` is `pane::list`; `src/lib.rs` is the crate itself.
fn module_of(file: &Path) -> Vec<String> {
    let parts: Vec<String> = file
        .strip_prefix("src")
        .unwrap()
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if parts == ["lib"] { Vec::new() } else { parts }
}

/// The row a module belongs to: the longest that its path begins with.
fn row_of(path: &[String]) -> Option<&'static Row> {
    ROWS.iter()
        .filter(|row| {
            let parts: Vec<&str> = row.module.split("::").collect();
            path.len() >= parts.len() && parts.iter().zip(path).all(|(part, name)| part == name)
        })
        .max_by_key(|row| row.module.len())
}
