//! Which of a feed's elements mean what, whatever prefix the feed gives them.

/// A family of element names, known by its XML namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// RSS of any version, Atom, CDF: all that stands without a prefix.
    Feed,
    /// `content:encoded`
    Content,
    /// Dublin Core: `dc:date`, `dcterms:issued`
    DublinCore,
    /// Media RSS: `media:title`
    Media,
    /// Apple's podcast elements.
    Itunes,
    /// Pages inside feeds: `xhtml:body`
    Page,
    /// `feedburner:origLink`
    FeedBurner,
    /// Anything else; ignored.
    Foreign,
}

/// What the prefixes of one feed stand for.
///
/// A prefix counts for the whole document from where it is declared on. Real feeds declare them at
/// the top, or forget to; the usual ones are known without.
#[derive(Debug, Default)]
pub(super) struct Prefixes {
    declared: Vec<(String, Vocabulary)>,
}

/// More than any feed declares; a hostile one would make each look-up slow.
const MOST_PREFIXES: usize = 64;

impl Prefixes {
    /// Takes in `xmlns:prefix="address"`.
    pub(super) fn declare(&mut self, prefix: &str, address: &str) {
        if self.declared.len() < MOST_PREFIXES {
            self.declared.push((prefix.to_owned(), by_address(address)));
        }
    }

    /// Parts a name into its vocabulary and the name in it.
    pub(super) fn resolve<'n>(&self, name: &'n str) -> (Vocabulary, &'n str) {
        let Some((prefix, local)) = name.split_once(':') else {
            return (Vocabulary::Feed, name);
        };
        let declared = self
            .declared
            .iter()
            .rev()
            .find(|(known, _)| *known == prefix);
        let vocabulary = declared.map_or_else(|| by_habit(prefix), |(_, found)| *found);
        (vocabulary, local)
    }
}

fn by_address(address: &str) -> Vocabulary {
    // Addresses differ in version, in a final slash and in case.
    let address = address.to_ascii_lowercase();
    let families = [
        ("purl.org/rss/1.0/modules/content", Vocabulary::Content),
        ("purl.org/rss/1.0/modules/", Vocabulary::Foreign),
        ("purl.org/dc/", Vocabulary::DublinCore),
        ("search.yahoo.com/mrss", Vocabulary::Media),
        ("itunes.com/dtds", Vocabulary::Itunes),
        ("w3.org/1999/xhtml", Vocabulary::Page),
        ("rssnamespace.org/feedburner", Vocabulary::FeedBurner),
        ("w3.org/2005/atom", Vocabulary::Feed),
        ("purl.org/atom", Vocabulary::Feed),
        ("purl.org/rss/1.0/", Vocabulary::Feed),
        ("purl.org/net/rss1.1", Vocabulary::Feed),
        ("my.netscape.com/rdf", Vocabulary::Feed),
        ("channel.netscape.com/rdf", Vocabulary::Feed),
        ("backend.userland.com/rss", Vocabulary::Feed),
        ("blogs.law.harvard.edu/tech/rss", Vocabulary::Feed),
    ];
    families
        .iter()
        .find(|(part, _)| address.contains(part))
        .map_or(Vocabulary::Foreign, |(_, family)| *family)
}

fn by_habit(prefix: &str) -> Vocabulary {
    match prefix.to_ascii_lowercase().as_str() {
        "content" => Vocabulary::Content,
        "dc" | "dcterms" => Vocabulary::DublinCore,
        "media" => Vocabulary::Media,
        "itunes" => Vocabulary::Itunes,
        "xhtml" => Vocabulary::Page,
        "feedburner" => Vocabulary::FeedBurner,
        "atom" | "atom10" | "rss" | "rdf" => Vocabulary::Feed,
        _ => Vocabulary::Foreign,
    }
}

/// One piece of an entry or of the feed's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Link,
    Guid,
    /// The text of the article.
    Content,
    /// A text about the article.
    Summary,
    Published,
    Updated,
    Author,
    /// RSS's `ttl`, which only feeds have.
    TimeToLive,
}

/// The field an element fills, and how well: of two elements for one field the better wins, of two
/// equally good ones the first.
pub(super) fn field(vocabulary: Vocabulary, name: &str) -> Option<(Field, u8)> {
    use Field::{Author, Content, Guid, Link, Published, Summary, TimeToLive, Title, Updated};
    Some(match (vocabulary, name) {
        (Vocabulary::Feed, "title") => (Title, 3),
        (Vocabulary::DublinCore, "title") => (Title, 2),
        (Vocabulary::Media | Vocabulary::Itunes, "title") => (Title, 1),
        (Vocabulary::FeedBurner, "origlink") => (Link, 9),
        (Vocabulary::Feed, "link") => (Link, 8),
        (Vocabulary::Feed, "guid" | "id") => (Guid, 3),
        (Vocabulary::DublinCore, "identifier") => (Guid, 1),
        (Vocabulary::Content, "encoded") => (Content, 4),
        (Vocabulary::Feed, "content" | "fullitem") | (Vocabulary::Page, "body") => (Content, 3),
        (Vocabulary::Feed, "description" | "summary" | "abstract") => (Summary, 3),
        (Vocabulary::DublinCore, "description" | "abstract") => (Summary, 2),
        (Vocabulary::Media, "description") | (Vocabulary::Itunes, "summary") => (Summary, 1),
        (Vocabulary::Feed, "pubdate" | "published" | "issued") => (Published, 3),
        (Vocabulary::DublinCore, "date" | "issued") | (Vocabulary::Feed, "date") => (Published, 2),
        (Vocabulary::Feed | Vocabulary::DublinCore, "created") => (Published, 1),
        (Vocabulary::Feed, "updated" | "modified") => (Updated, 3),
        (Vocabulary::DublinCore, "modified") => (Updated, 2),
        (Vocabulary::Feed, "author") => (Author, 3),
        (Vocabulary::Feed, "ttl") => (TimeToLive, 1),
        (Vocabulary::DublinCore, "creator") => (Author, 2),
        (Vocabulary::Itunes, "author") => (Author, 1),
        _ => return None,
    })
}

/// Elements of a feed that hold titles and links of something else.
pub(super) fn is_aside(vocabulary: Vocabulary, name: &str) -> bool {
    matches!(
        (vocabulary, name),
        (
            Vocabulary::Feed,
            "image" | "textinput" | "source" | "contributor" | "logo" | "icon"
        ) | (Vocabulary::Itunes, "owner")
    )
}
