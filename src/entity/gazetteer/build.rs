//! Turns the lists in `assets/gazetteer` into the tables the program carries.
//!
//! It stands beside the module whose tables it makes and shares three files with it: the classes,
//! the folding and hashing of words, and the tokenizer, so that a phrase is cut here exactly as it
//! will be cut in an article. Every mistake found in the lists is reported with file and line.

// The shared files are whole modules of the program; only parts of them are needed here.
#![allow(dead_code)]

mod class;
mod hash;
#[path = "build/source.rs"]
mod source;
#[path = "build/table.rs"]
mod table;
#[path = "../token.rs"]
mod token;

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=assets/gazetteer");
    println!("cargo::rerun-if-changed=src/entity/gazetteer");
    println!("cargo::rerun-if-changed=src/entity/token.rs");
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={problem}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Vec<String>> {
    let at = |error: io::Error| vec![format!("assets/gazetteer: {error}")];
    let lists = source::read(&|name| fs::read_to_string(Path::new("assets/gazetteer").join(name)))?;
    let rust = table::rust(&lists)?;
    let out = env::var("OUT_DIR").map_err(|error| vec![error.to_string()])?;
    fs::write(Path::new(&out).join("gazetteer.rs"), rust).map_err(at)
}
