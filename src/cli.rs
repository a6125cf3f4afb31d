//! The command line: what was typed, what it means, and how it ended.
//!
//! Exit codes: 0; 1, something failed and one line on standard error says what and what to do;
//! 2, the command cannot be meant like this; 128 and the number of the signal that ended a refresh,
//! as shells have it (Ctrl-C: 130). A reader that goes away (`warta show … | head`) ends
//! the program in silence.

mod digest;
mod entities;
mod feed;
mod json;
mod outlines;
mod refresh;
mod search;
mod settings;
mod show;
mod who;
mod words;

pub mod crash;

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Parser, Subcommand};
use jiff::{Timestamp, ZonedDateTime};

use crate::app::Setup;
use crate::article::{scrub, scrub_line};
use crate::entity::Recognizer;
use crate::language::Language;
use crate::library::query::{Since, Typing};
use crate::library::{FILE, Library, Problem as LibraryProblem, Query};
use crate::run::run;
use crate::source::problem::Problem;
use crate::source::{self, Limits, Source};
use entities::Lines;

/// Read Indonesian news in the terminal and know who it is about.
///
/// A SOURCE is a file, an http(s) address, or - (standard input), of any of: plain or scraped
/// text, an HTML page, Markdown. Without one the articles at hand are shown.
#[derive(Debug, Parser)]
#[command(
    version,
    override_usage = "warta [OPTIONS] [SOURCE]...\n       warta [OPTIONS] <COMMAND>"
)]
struct Arguments {
    /// Articles to open on top of the list.
    #[arg(value_name = "SOURCE", value_parser = source_parser())]
    sources: Vec<Source>,
    #[command(subcommand)]
    command: Option<Command>,
    /// The language of the interface. Else the configuration says, else LANG, else Indonesian.
    #[arg(long, global = true, value_name = "LANGUAGE")]
    lang: Option<Language>,
    /// A configuration file to use instead of the usual one.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        help = "The folder of the library. Else $WARTA_LIBRARY, else a folder among your data"
    )]
    library: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the people, countries, places and organisations of articles as JSON.
    ///
    /// One object a line for each SOURCE. Without a SOURCE standard input is read.
    Entities {
        /// Take JSON, one object a line: {"id"?, "title"?, "text"}. Its text is taken as already
        /// clean. One object a line comes back, in the same order, with the same id; for a line
        /// that is no such object {"error", "line"} comes in its place. Blank lines are skipped.
        #[arg(long)]
        jsonl: bool,
        /// What to read; with --jsonl, files of JSON lines.
        #[arg(value_name = "SOURCE", value_parser = source_parser())]
        sources: Vec<Source>,
    },
    /// Print one article as clean text, the people and countries after it.
    Show {
        /// Columns of text. Else those of the terminal, up to 72.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
        width: Option<u16>,
        /// What to read.
        #[arg(value_name = "SOURCE", value_parser = source_parser())]
        source: Option<Source>,
    },
    /// The feeds warta reads.
    #[command(subcommand)]
    Feed(feed::Command),
    /// Fetch every feed and keep what is new, without the reader.
    Refresh,
    /// Subscribe to the feeds of an OPML file.
    Import {
        /// The list of feeds: a file, an http(s) address, or - for standard input.
        #[arg(value_name = "FILE", value_parser = source_parser())]
        file: Source,
    },
    /// Write the feeds as OPML to standard output.
    Export,
    /// Find articles in the library: the best first, or all of them, newest first.
    ///
    /// Words and "phrases"; tokoh:NAME negara:COUNTRY feed:NAME judul:WORD sejak:7h belum simpan,
    /// and a - before what must not be (person: country: title: since: unread saved). Give it as
    /// one argument in single quotes; after -- where it begins with a -.
    Search {
        /// One JSON object a line.
        #[arg(long)]
        json: bool,
        /// At most so many articles.
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
        /// What to look for.
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
    },
    /// Print what the library says of a person or country.
    ///
    /// A full name, a country or its code. Where the name may mean several people they are listed.
    Who {
        /// One JSON object.
        #[arg(long)]
        json: bool,
        /// Whom.
        #[arg(value_name = "NAME", required = true)]
        name: Vec<String>,
    },
    /// Print who and what was most in the news, who is new, and who rose most.
    Digest {
        /// Since when: 7d (days), 12j (hours), 2w (weeks), or a date.
        #[arg(long, value_name = "TIME", default_value = "7d")]
        since: String,
        /// One JSON object.
        #[arg(long)]
        json: bool,
    },
}

fn source_parser() -> impl TypedValueParser<Value = Source> {
    OsStringValueParser::new().map(|argument: OsString| Source::parse(&argument))
}

/// How a command ended that did not fail as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Done,
    /// Part of it failed; what, has been said.
    Partly,
    /// It cannot be meant like this. The line says why.
    Misused(Cow<'static, str>),
    /// The user ended it, with this signal.
    Ended(u8),
}

/// Runs the program and says how it ended.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let setup = match settings::setup(arguments.config.as_deref(), arguments.lang) {
        Ok(setup) => setup,
        Err(line) => {
            complain(&line);
            return ExitCode::FAILURE;
        }
    };
    let language = setup.language;
    let result = match arguments.command {
        None => read(arguments.sources, arguments.library, setup),
        Some(Command::Entities { jsonl, sources }) => entities(jsonl, sources, setup.language),
        Some(Command::Show { width, source }) => show(source, width, &setup),
        Some(Command::Feed(command)) => feed::run(command, arguments.library, &setup),
        Some(Command::Refresh) => Ok(refresh::run(arguments.library, &setup)),
        Some(Command::Import { file }) => {
            Ok(outlines::import(&file, arguments.library, setup.language))
        }
        Some(Command::Export) => outlines::export(arguments.library, setup.language),
        Some(Command::Search { json, limit, query }) => search(
            &query.join(" "),
            arguments.library,
            search::Form {
                json,
                limit: limit.unwrap_or(usize::MAX),
                language: setup.language,
            },
        ),
        Some(Command::Who { json, name }) => {
            let name = name.join(" ");
            print_of_library(arguments.library, setup.language, |library, now, out| {
                who::write(library, &name, json, setup.language, now, out)
            })
        }
        Some(Command::Digest { since, json }) => digest(&since, json, arguments.library, &setup),
    };
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::FAILURE,
        Ok(Outcome::Misused(line)) => {
            complain(&line);
            ExitCode::from(2)
        }
        Ok(Outcome::Ended(signal)) => ExitCode::from(128_u8.saturating_add(signal)),
        Err(error) => match output_fault(&error) {
            Some(io::ErrorKind::BrokenPipe) => ExitCode::SUCCESS,
            fault => {
                let detail = format!("{error:#}");
                complain(&match fault {
                    Some(kind) => words::cannot_write(kind, &detail, language),
                    None => detail,
                });
                ExitCode::FAILURE
            }
        },
    }
}

/// Opens the reader.
fn read(sources: Vec<Source>, folder: Option<PathBuf>, setup: Setup) -> anyhow::Result<Outcome> {
    if !io::stdout().is_terminal() {
        return Ok(Outcome::Misused(
            words::not_a_terminal(setup.language).into(),
        ));
    }
    if sources.contains(&Source::StandardInput) && io::stdin().is_terminal() {
        return Ok(Outcome::Misused(
            words::nothing_piped_in(setup.language).into(),
        ));
    }
    // With nothing at all to show, the reader would be an odd place to say so.
    let faults: Vec<Problem> = sources
        .iter()
        .map_while(|source| source::check(source).err())
        .collect();
    if !sources.is_empty() && faults.len() == sources.len() {
        for problem in faults {
            complain(&problem.line(setup.language));
        }
        return Ok(Outcome::Partly);
    }
    match settings::library(folder) {
        Ok(folder) => {
            let count = sources.len();
            let setting = settings::library_of_reader(&setup);
            let failures = run(setup, setting, sources, folder)?;
            for line in &failures {
                complain(line);
            }
            if count > 0 && failures.len() == count {
                return Ok(Outcome::Partly);
            }
        }
        Err(problem) => {
            complain(&problem.line(setup.language));
            return Ok(Outcome::Partly);
        }
    }
    Ok(Outcome::Done)
}

fn entities(jsonl: bool, sources: Vec<Source>, language: Language) -> anyhow::Result<Outcome> {
    let Some(sources) = or_standard_input(sources) else {
        return Ok(Outcome::Misused(words::nothing_to_read(language).into()));
    };
    let recognizer = Recognizer::embedded();
    let stdout = io::stdout();
    let terminal = stdout.is_terminal();
    let mut out = Lines::new(stdout.lock(), terminal);
    let mut outcome = Outcome::Done;
    for source in &sources {
        let result = if jsonl {
            answer(source, &recognizer, &mut out, language)?
        } else {
            match source::fetch(source, &Limits::default()) {
                Ok(fetched) => Ok(entities::write_article(
                    &fetched.article,
                    &recognizer,
                    &mut out,
                )?),
                Err(problem) => Err(problem.line(language)),
            }
        };
        if let Err(line) = result {
            // On a terminal the complaint then stands where it belongs among the answers.
            out.flush()?;
            complain(&line);
            outcome = Outcome::Partly;
        }
    }
    out.flush()?;
    Ok(outcome)
}

/// Answers a source of JSON lines. The inner error is for the user; the other sources go on.
fn answer(
    source: &Source,
    recognizer: &Recognizer,
    out: &mut Lines<impl Write>,
    language: Language,
) -> anyhow::Result<Result<(), String>> {
    let input = match source::open(source, &Limits::default()) {
        Ok(input) => input,
        Err(problem) => return Ok(Err(problem.line(language))),
    };
    let rejected = entities::answer_lines(input, recognizer, out)?;
    Ok(match rejected {
        0 => Ok(()),
        _ => Err(format!(
            "{}: {}",
            source.name(),
            words::rejected(rejected, language)
        )),
    })
}

fn show(source: Option<Source>, width: Option<u16>, setup: &Setup) -> anyhow::Result<Outcome> {
    let Some(sources) = or_standard_input(source.into_iter().collect()) else {
        return Ok(Outcome::Misused(
            words::nothing_to_read(setup.language).into(),
        ));
    };
    let Some(source) = sources.into_iter().next() else {
        return Ok(Outcome::Done);
    };
    let article = match source::fetch(&source, &Limits::default()) {
        Ok(fetched) => fetched.article,
        Err(problem) => {
            complain(&problem.line(setup.language));
            return Ok(Outcome::Partly);
        }
    };
    let mut stdout = io::stdout().lock();
    let page = show::page(
        article,
        &show::Setting {
            width: width.unwrap_or_else(|| usual_width(setup.config.measure)),
            hyphenate: setup.config.hyphenate,
            theme: stdout.is_terminal().then_some(setup.theme),
            texts: setup.language.texts(),
        },
    );
    stdout.write_all(page.as_bytes())?;
    stdout.flush()?;
    Ok(Outcome::Done)
}

fn search(query: &str, folder: Option<PathBuf>, form: search::Form) -> anyhow::Result<Outcome> {
    let query = match Query::parse(query, Typing::Done) {
        Ok(query) => query,
        Err(mistake) => return Ok(Outcome::Misused(mistake.line(form.language).into())),
    };
    let now = ZonedDateTime::now();
    let found = open_to_read(folder, now.timestamp(), form.language)
        .map_err(search::End::Library)
        .and_then(|library| {
            let mut out = BufWriter::new(io::stdout().lock());
            search::write(&library, &query, form, &now, &mut out)
        });
    match found {
        Ok(0) if !form.json => complain(words::nothing_found(form.language)),
        Ok(_) => {}
        Err(search::End::Output(error)) => return Err(error.into()),
        Err(search::End::Library(problem)) => {
            complain(&problem.line(form.language));
            return Ok(Outcome::Partly);
        }
    }
    Ok(Outcome::Done)
}

fn digest(
    since: &str,
    json: bool,
    folder: Option<PathBuf>,
    setup: &Setup,
) -> anyhow::Result<Outcome> {
    let Some(since) = Since::parse(since) else {
        let line = words::no_time(since, setup.language);
        return Ok(Outcome::Misused(line.into()));
    };
    print_of_library(folder, setup.language, |library, now, out| {
        digest::write(library, since, json, setup.language, now, out)
    })
}

/// Prints something of the library; `write` gives a line for the user where there is nothing.
fn print_of_library(
    folder: Option<PathBuf>,
    language: Language,
    write: impl FnOnce(
        &Library,
        &ZonedDateTime,
        &mut BufWriter<io::StdoutLock<'static>>,
    ) -> Result<Option<String>, search::End>,
) -> anyhow::Result<Outcome> {
    let now = ZonedDateTime::now();
    let written = open_to_read(folder, now.timestamp(), language)
        .map_err(search::End::Library)
        .and_then(|library| write(&library, &now, &mut BufWriter::new(io::stdout().lock())));
    match written {
        Ok(None) => Ok(Outcome::Done),
        Ok(Some(line)) => {
            complain(&line);
            Ok(Outcome::Partly)
        }
        Err(search::End::Output(error)) => Err(error.into()),
        Err(search::End::Library(problem)) => {
            complain(&problem.line(language));
            Ok(Outcome::Partly)
        }
    }
}

/// Opens the library, and says where a damaged one was put.
fn open_library(
    folder: Option<PathBuf>,
    now: Timestamp,
    language: Language,
) -> Result<Library, LibraryProblem> {
    let library = Library::open(&settings::library(folder)?, now)?;
    if let Some(aside) = library.set_aside() {
        complain(&words::set_aside(aside, language));
    }
    Ok(library)
}

/// Opens the library to look something up in it; where there is none, an empty one that is not kept.
fn open_to_read(
    folder: Option<PathBuf>,
    now: Timestamp,
    language: Language,
) -> Result<Library, LibraryProblem> {
    let folder = settings::library(folder)?;
    if folder.join(FILE).exists() {
        let library = open_library(Some(folder), now, language)?;
        // What has not been read for names is not found by anything yet.
        let unread = library.waiting()?.len();
        if unread > 0 {
            complain(&words::not_read_yet(unread, language));
        }
        Ok(library)
    } else {
        Library::in_memory()
    }
}

/// The terminal's width up to what reads well; that too where there is no terminal.
fn usual_width(measure: u16) -> u16 {
    if !io::stdout().is_terminal() {
        return measure;
    }
    crossterm::terminal::size().map_or(measure, |(columns, _)| columns.clamp(1, measure))
}

/// The sources given; else standard input, if something is piped into it.
fn or_standard_input(sources: Vec<Source>) -> Option<Vec<Source>> {
    if !sources.is_empty() {
        Some(sources)
    } else if io::stdin().is_terminal() {
        None
    } else {
        Some(vec![Source::StandardInput])
    }
}

/// Shows what clap has to say: help and version as they are, a complaint without the controls that
/// an argument may hold.
fn usage(error: &clap::Error) -> ExitCode {
    if error.use_stderr() {
        let text = error.render().to_string();
        let _ = write!(io::stderr(), "{}", scrub(&text));
        ExitCode::from(2)
    } else {
        // Nothing is left to do where even this cannot be written.
        let _ = error.print();
        ExitCode::SUCCESS
    }
}

/// Says on standard output what was done. Nobody need hear it.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// One line on standard error; nothing where that is closed.
fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "warta: {}", scrub_line(line));
}

/// What went wrong with writing, where that is behind an error. Serde has a source of its own in the
/// place of the system's.
fn output_fault(error: &anyhow::Error) -> Option<io::ErrorKind> {
    error.chain().find_map(|cause| {
        let of_system = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let serde = cause.downcast_ref::<serde_json::Error>();
        of_system.or_else(|| serde?.io_error_kind())
    })
}
