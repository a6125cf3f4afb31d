//! The program as a user runs it: the real binary, its output, its exit code.
#![allow(clippy::unwrap_used)]

#[path = "cli/ends.rs"]
mod ends;
#[path = "cli/entities.rs"]
mod entities;
#[path = "cli/feeds.rs"]
mod feeds;
#[path = "cli/jsonl.rs"]
mod jsonl;
#[path = "cli/program.rs"]
mod program;
#[path = "cli/refresh.rs"]
mod refresh;
#[path = "source/server.rs"]
mod server;
#[path = "cli/show.rs"]
mod show;
#[path = "cli/sources.rs"]
mod sources;
#[path = "cli/usage.rs"]
mod usage;
