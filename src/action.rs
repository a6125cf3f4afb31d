//! What a key can do. The names in `config.toml` are the variants in snake case.

/// One command of the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// The next row, name or line.
    Down,
    /// The row, name or line before.
    Up,
    /// A page down; at the end of the text stays.
    PageDown,
    /// A page up.
    PageUp,
    /// The first row, name or line.
    First,
    /// The last row, name or line.
    Last,
    /// The pane to the left.
    PaneLeft,
    /// The pane to the right.
    PaneRight,
    /// The next pane, round and round.
    NextPane,
    /// The pane before, round and round.
    PreviousPane,
    /// In the list: read the article. In the sidebar: the card of the name.
    Open,
    /// One step back.
    Back,
    /// The next article.
    NextArticle,
    /// The article before.
    PreviousArticle,
    /// The next article not yet read.
    NextUnread,
    /// The next mention of the chosen name.
    NextMention,
    /// The mention before.
    PreviousMention,
    /// Marks the article read or unread.
    ToggleRead,
    /// Keeps the article for good, or no longer.
    ToggleSaved,
    /// Takes the last mark back.
    Undo,
    /// Shows or hides the sidebar.
    ToggleSidebar,
    /// Only the text, or everything again.
    ToggleOnlyText,
    /// Shows or folds away places and organisations.
    ToggleOthers,
    /// Shows the article in the web browser.
    Browse,
    /// Copies the article's address.
    CopyLink,
    /// The card of the name nearest the top of the text.
    Card,
    /// Lists only the articles with the name.
    Filter,
    /// Lists only the articles without the name.
    FilterOut,
    /// Follows the name, or no longer.
    Follow,
    /// What the news of the last days was about.
    Digest,
    /// Who is named with whom in the list.
    Relations,
    /// On a card: looks the name up in the encyclopedia.
    Encyclopedia,
    /// On a card: joins the name with another.
    Join,
    /// On a card: parts a form of the name from the others.
    Part,
    /// Searches for articles.
    Search,
    /// Keeps the search under a name.
    SaveSearch,
    /// What the list can show: feeds, searches kept.
    Collections,
    /// Adds a feed.
    AddFeed,
    /// Ends a subscription, or forgets a search.
    Remove,
    /// Fetches every feed, or stops it.
    Refresh,
    /// Fetches this feed.
    RefreshFeed,
    /// Fetches the whole article from its page.
    FullText,
    /// Marks everything in the list read.
    MarkAllRead,
    /// Shows or folds away the other versions of a story.
    Versions,
    /// Every action by its words.
    Palette,
    /// All keys.
    Help,
    /// Draws the screen anew.
    Redraw,
    /// Puts the program to sleep and gives the shell back.
    Suspend,
    /// Ends the program.
    Quit,
}

impl Action {
    /// Every action, in the order of the help screen.
    pub const ALL: [Action; 49] = [
        Self::Down,
        Self::Up,
        Self::PageDown,
        Self::PageUp,
        Self::First,
        Self::Last,
        Self::PaneLeft,
        Self::PaneRight,
        Self::NextPane,
        Self::PreviousPane,
        Self::Open,
        Self::Back,
        Self::NextArticle,
        Self::PreviousArticle,
        Self::NextUnread,
        Self::NextMention,
        Self::PreviousMention,
        Self::ToggleRead,
        Self::ToggleSaved,
        Self::Undo,
        Self::ToggleSidebar,
        Self::ToggleOnlyText,
        Self::ToggleOthers,
        Self::Browse,
        Self::CopyLink,
        Self::Card,
        Self::Filter,
        Self::FilterOut,
        Self::Follow,
        Self::Digest,
        Self::Relations,
        Self::Encyclopedia,
        Self::Join,
        Self::Part,
        Self::Search,
        Self::SaveSearch,
        Self::Collections,
        Self::AddFeed,
        Self::Remove,
        Self::Refresh,
        Self::RefreshFeed,
        Self::FullText,
        Self::MarkAllRead,
        Self::Versions,
        Self::Palette,
        Self::Help,
        Self::Redraw,
        Self::Suspend,
        Self::Quit,
    ];
}
