//! What comes in to the program's state, and the work it asks for.

use std::sync::Arc;

use crossterm::event::{KeyEvent, MouseEvent};
use jiff::ZonedDateTime;

use crate::story::{Mark, Place, Row, Story, StoryId};

/// One thing that happened. All of them arrive in one queue and go to `App::update`.
#[derive(Debug, Clone)]
pub enum Message {
    /// A key was pressed.
    Key(KeyEvent),
    /// The mouse was clicked or its wheel turned.
    Mouse(MouseEvent),
    /// The terminal has a new size, in cells.
    Resized {
        /// Cells across.
        columns: u16,
        /// Cells down.
        rows: u16,
    },
    /// The time, in the user's time zone; sent before anything else that happened.
    Now(ZonedDateTime),
    /// More articles for the list, in the order to be shown.
    Listed(Vec<Row>),
    /// An article to stand above the library: one of the sources of this run.
    OnTop(Row),
    /// A source of this run that could not be read: one line for the user.
    Unread(String),
    /// So many sources are still being read.
    Reading(usize),
    /// The article that was asked for.
    Opened(Arc<Story>),
    /// Some articles are now marked so.
    Marked(Vec<StoryId>, Mark),
    /// Something went wrong: one line for the user.
    Failed(String),
    /// Something that was asked for is done: one line for the user.
    Done(String),
    /// The terminal is gone, or the program was told to end.
    Ended,
}

/// Work for the outside world, which the state cannot do itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Job {
    /// Bring this article.
    Open(StoryId),
    /// Keep a mark on this article.
    Mark(StoryId, Mark),
    /// Take the last mark back.
    Undo,
    /// Keep how far this article was read.
    KeepPlace(StoryId, Place),
    /// Show this address in the web browser.
    Browse(String),
    /// Give the terminal back and sleep until the shell wakes the program.
    Suspend,
    /// Put this text on the terminal's clipboard.
    Copy(String),
}
