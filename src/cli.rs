//! The command line.

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use crate::entity::{Document, Entities, Mention, Recognizer};
use clap::{Parser, Subcommand};

/// Read Indonesian news in the terminal and know who it is about.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the people, countries, places and organisations as JSON.
    Entities {
        /// One JSON object a line on standard input: {"id"?, "title"?, "text"}.
        #[arg(long)]
        jsonl: bool,
    },
}

/// Runs the program and says how it ended.
pub fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Some(Command::Entities { .. }) => entities().map_err(anyhow::Error::from),
        None => crate::run::run(setup()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("warta: {error}");
            ExitCode::FAILURE
        }
    }
}

fn setup() -> crate::app::Setup {
    let variable = |name: &str| std::env::var(name).ok();
    let config = crate::config::Config::default();
    let depth = crate::theme::Depth::from_environment(
        variable("NO_COLOR").as_deref(),
        variable("COLORTERM").as_deref(),
        variable("TERM").as_deref(),
    );
    let background =
        variable("COLORFGBG").and_then(|value| crate::theme::Background::from_colorfgbg(&value));
    crate::app::Setup {
        theme: crate::theme::Theme::new(config.theme, depth, background),
        config,
        language: crate::language::Language::Indonesian,
        glyphs: &crate::pane::UNICODE,
    }
}

#[derive(serde::Deserialize)]
struct Input {
    id: Option<serde_json::Value>,
    title: Option<String>,
    text: String,
}

fn entities() -> io::Result<()> {
    let recognizer = Recognizer::embedded();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let input: Input = serde_json::from_str(&line?)?;
        let document = Document {
            title: input.title.as_deref(),
            standfirst: None,
            text: &input.text,
        };
        let value = json(
            &document,
            &recognizer.recognize(&document),
            input.id.as_ref(),
        );
        writeln!(out, "{value}")?;
    }
    out.flush()
}

fn json(
    document: &Document<'_>,
    entities: &Entities,
    id: Option<&serde_json::Value>,
) -> serde_json::Value {
    let mentions = |list: &[Mention]| -> Vec<serde_json::Value> {
        list.iter()
            .map(|m| serde_json::json!({"field": m.field, "start": m.start, "end": m.end, "text": m.text(document)}))
            .collect()
    };
    let people: Vec<_> = entities.people.iter().map(|p| serde_json::json!({"name": p.name, "role": p.role, "country": p.country, "mentions": mentions(&p.mentions)})).collect();
    let countries: Vec<_> = entities.countries.iter().map(|c| serde_json::json!({"code": c.code, "name": c.name, "mentions": mentions(&c.mentions), "seats": mentions(&c.seats)})).collect();
    let places: Vec<_> = entities.places.iter().map(|p| serde_json::json!({"name": p.name, "country": p.country, "mentions": mentions(&p.mentions)})).collect();
    let organisations: Vec<_> = entities
        .organisations
        .iter()
        .map(|o| serde_json::json!({"name": o.name, "mentions": mentions(&o.mentions)}))
        .collect();
    serde_json::json!({"id": id, "title": document.title, "text": document.text, "people": people, "countries": countries, "places": places, "organisations": organisations})
}
