//! warta: a terminal reader for Indonesian news that knows who the news is about.
//!
//! The modules, in order; each uses only those above it (`tests/tidy.rs` holds this):
//!
//! | module | what it is |
//! |---|---|
//! | [`entity`] | text in, mentions of people, countries, places, organisations out; pure, cannot fail |
//! | [`article`] | raw text, Markdown or HTML in, a clean [`article::Article`] out; pure |
//! | [`cli`] | the command line |
//!
//! Data flows one way. A key: terminal thread -> `Message` -> `App::update` -> `draw`.
//! A source: bytes -> `article` -> `entity` -> `Message` -> `App::update` -> `draw`.

pub mod article;
pub mod cli;
pub mod entity;
