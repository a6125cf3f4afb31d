//! warta: a terminal reader for Indonesian news that knows who the news is about.
//!
//! The modules, in order; each uses only those above it (`tests/tidy.rs` holds this):
//!
//! | module | what it is |
//! |---|---|
//! | [`entity`] | text in, mentions of people, countries, places, organisations out; pure, cannot fail |
//! | [`article`] | raw text, Markdown or HTML in, a clean [`article::Article`] out; pure |
//! | [`collection`] | what the list can show |
//! | [`story`] | an article with its names: what the panes show |
//! | [`lookup`] | what is known of a name, and what the news of a time was about |
//! | [`message`] | everything that can happen, and the work the state asks for |
//! | [`action`] | everything a key can do |
//! | [`language`] | every text of the interface, in Indonesian and English |
//! | [`theme`] | colours by meaning |
//! | [`keymap`] | which key does what |
//! | [`config`] | the user's settings |
//! | [`layout`] | where everything stands on a screen of a given size |
//! | [`pane`] | list, reader, sidebar, help: state, moves and drawing of each |
//! | [`app`] | the state and the one function that changes it |
//! | [`screen`] | draws the state, changes nothing |
//! | [`samples`] | the bundled articles |
//! | [`source`] | a file, an http(s) address or standard input; bytes in, within limits |
//! | [`feed`] | feeds: fetched, parsed, found on pages, in and out of OPML |
//! | [`library`] | everything kept: feeds, articles, marks, search |
//! | [`encyclopedia`] | Wikipedia, asked for one name on request |
//! | [`refresh`] | from the servers to the library: fetched, read for names, kept |
//! | [`worker`] | reads sources and finds names, beside the screen |
//! | [`run`] | the terminal and the event loop |
//! | [`cli`] | the command line |
//!
//! Data flows one way. A key: terminal thread -> [`message::Message`] -> [`app::App::update`] ->
//! [`screen::draw`]. A source: bytes -> [`article`] -> [`entity`] -> [`story`] -> `Message` ->
//! `update` -> `draw`.

pub mod action;
pub mod app;
pub mod article;
pub mod cli;
pub mod collection;
pub mod config;
pub mod encyclopedia;
pub mod entity;
pub mod feed;
pub mod keymap;
pub mod language;
pub mod layout;
pub mod library;
pub mod lookup;
pub mod message;
pub mod pane;
pub mod refresh;
pub mod run;
pub mod samples;
pub mod screen;
pub mod source;
pub mod story;
pub mod theme;
pub mod worker;
