//! The tags of a page, one after another: no tree, no recursion, linear in any input.

/// Where `wanted`, in small ASCII letters, stands in `text`, whatever its case there.
pub(super) fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    text.match_indices('<').map(|(at, _)| at).find(|at| {
        text.as_bytes()
            .get(*at..at + wanted.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(wanted.as_bytes()))
    })
}

/// A tag, comment or declaration at the start of a text.
pub(super) struct Tag<'a> {
    /// In small letters; empty for comments and declarations.
    pub(super) name: String,
    /// `</name>`
    pub(super) closes: bool,
    /// Bytes from `<` past `>`.
    pub(super) length: usize,
    /// What stands between the name and `>`.
    attributes: &'a str,
    /// A quoted value in it never closes.
    open_value: bool,
}

/// Every tag of a page, with the byte where it begins. Tags inside scripts are not tags.
pub(super) fn tags(page: &str) -> impl Iterator<Item = (usize, Tag<'_>)> {
    let mut scanner = Scanner::new(page);
    std::iter::from_fn(move || {
        loop {
            let (start, tag) = scanner.next()?;
            if !tag.closes && matches!(tag.name.as_str(), "script" | "style") {
                scanner.skip_content(&tag.name);
            }
            if !tag.name.is_empty() {
                return Some((start, tag));
            }
        }
    })
}

/// Goes from tag to tag in time linear in the text, whatever the text.
pub(super) struct Scanner<'a> {
    text: &'a str,
    /// Past the last tag.
    pub(super) at: usize,
    /// Elements whose closing tag was looked for and does not come any more.
    unclosed: Vec<String>,
    /// Where the last `>` stands: behind it nothing is a tag.
    last_close: Option<usize>,
    /// How many quoted values never closed. Looking for their end costs the whole rest each time.
    open_values: usize,
}

impl<'a> Scanner<'a> {
    /// After so many broken values quotation marks are no longer believed.
    const OPEN_VALUES: usize = 16;

    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            unclosed: Vec::new(),
            last_close: text.rfind('>'),
            open_values: 0,
        }
    }

    /// The next tag, comment or declaration and the byte where it begins.
    pub(super) fn next(&mut self) -> Option<(usize, Tag<'a>)> {
        let mut from = self.at;
        loop {
            let start = from + self.text.get(from..)?.find('<')?;
            if self.last_close.is_none_or(|close| close < start) {
                return None;
            }
            match Tag::at(&self.text[start..], self.open_values < Self::OPEN_VALUES) {
                Some(tag) => {
                    self.at = start + tag.length;
                    self.open_values += usize::from(tag.open_value);
                    return Some((start, tag));
                }
                None => from = start + 1,
            }
        }
    }

    /// Past the closing tag of a hidden element; past nothing if it never closes, for then a
    /// broken page would lose all that follows.
    pub(super) fn skip_content(&mut self, name: &str) {
        if self.unclosed.iter().any(|unclosed| unclosed == name) {
            return;
        }
        let rest = &self.text[self.at..];
        match find_ignoring_case(rest, &format!("</{name}")) {
            Some(start) => {
                self.at += rest[start..]
                    .find('>')
                    .map_or(rest.len(), |end| start + end + 1);
            }
            None => self.unclosed.push(name.to_owned()),
        }
    }
}

impl<'a> Tag<'a> {
    /// `None` where `<` opens no tag, or none that ends.
    fn at(text: &'a str, quotes: bool) -> Option<Self> {
        let rest = text.strip_prefix('<')?;
        if let Some(comment) = rest.strip_prefix("!--") {
            return Some(Self {
                name: String::new(),
                closes: false,
                attributes: "",
                open_value: false,
                length: comment.find("-->").map_or(text.len(), |end| end + 7),
            });
        }
        if rest.starts_with(['!', '?']) {
            return Some(Self {
                name: String::new(),
                closes: false,
                attributes: "",
                open_value: false,
                length: rest.find('>').map_or(text.len(), |end| end + 2),
            });
        }
        let closes = rest.starts_with('/');
        let name_from = usize::from(closes);
        let name = &rest[name_from..];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let name =
            &name[..name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != ':')?];
        let (end, open_value) = match quotes.then(|| end_of_tag(rest)).flatten() {
            Some(end) => (end, false),
            // A value that never closes: the first `>` has to do.
            None => (rest.find('>')? + 1, true),
        };
        Some(Self {
            name: name.to_ascii_lowercase(),
            closes,
            length: 1 + end,
            attributes: rest
                .get(name_from + name.len()..end - 1)
                .unwrap_or_default(),
            open_value,
        })
    }

    /// The value of an attribute, as it stands in the page.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/'))?;
            let (found, after) = rest.split_at(end);
            let Some(after) = after.trim_start().strip_prefix('=') else {
                rest = after.get(after.chars().next()?.len_utf8()..)?;
                continue;
            };
            let after = after.trim_start();
            let (value, next) = match after.chars().next()? {
                quote @ ('"' | '\'') => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                _ => after.split_once(char::is_whitespace).unwrap_or((after, "")),
            };
            if found.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = next;
        }
    }
}

/// Past the `>` that is not inside a quoted value.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut previous = b' ';
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            // A quote opens a value only behind `=`; elsewhere it is a typing slip.
            (None, b'"' | b'\'') if previous == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            previous = byte;
        }
    }
    None
}
