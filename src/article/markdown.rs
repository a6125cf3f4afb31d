//! Markdown to an article: the words without their marks, then the same rules as for any text.

use jiff::Timestamp;
use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::{Article, clean, date, html};

/// The article of a Markdown text. Front matter may give its title, date and description.
pub(super) fn article(text: &str, now: Timestamp) -> Article {
    let page = read(text);
    let mut article = clean::article(&page.blocks.join("\n\n"), now);
    if let Some(title) = page.front("title").or_else(|| page.heading.clone()) {
        article.paragraphs.retain(|paragraph| *paragraph != title);
        article.title = Some(title);
    }
    let date = ["date", "published", "tanggal", "pubdate", "created"]
        .iter()
        .find_map(|name| date::parse(&page.front(name)?, now));
    article.published = date.or(article.published);
    let description = ["description", "standfirst", "excerpt", "summary", "teras"];
    if let Some(standfirst) = description.iter().find_map(|name| page.front(name)) {
        article
            .paragraphs
            .retain(|paragraph| *paragraph != standfirst);
        article.standfirst = Some(standfirst);
    }
    article
}

#[derive(Default)]
struct Page {
    /// Lines "name: value" of the front matter.
    front: Vec<(String, String)>,
    /// The first heading of the first level.
    heading: Option<String>,
    /// Paragraphs, headings and items, each on one line but for hard breaks.
    blocks: Vec<String>,
}

impl Page {
    fn front(&self, name: &str) -> Option<String> {
        let (_, value) = self.front.iter().find(|(found, _)| found == name)?;
        clean::line(value)
    }

    fn finish(&mut self, block: &mut String) {
        let block = std::mem::take(block);
        // An item whose text is a list of its own leaves only its bullet.
        if !block.trim_matches([' ', '\n', '•']).is_empty() {
            self.blocks.push(block);
        }
    }
}

fn read(text: &str) -> Page {
    let options = Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH;
    let mut page = Page::default();
    let mut block = String::new();
    // Numbers of the lists we are in; `None` for bullets.
    let mut lists: Vec<Option<u64>> = Vec::new();
    let (mut images, mut in_front) = (0_usize, false);
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::MetadataBlock(
                MetadataBlockKind::YamlStyle | MetadataBlockKind::PlusesStyle,
            )) => in_front = true,
            Event::End(TagEnd::MetadataBlock(_)) => in_front = false,
            Event::Text(text) if in_front => page.front.extend(text.lines().filter_map(pair)),
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images = images.saturating_sub(1),
            Event::Start(Tag::List(first)) => {
                page.finish(&mut block);
                lists.push(first);
            }
            Event::End(TagEnd::List(_)) => _ = lists.pop(),
            Event::Start(Tag::Item) => {
                page.finish(&mut block);
                match lists.last_mut() {
                    Some(Some(number)) => {
                        block.push_str(&number.to_string());
                        block.push_str(". ");
                        *number += 1;
                    }
                    _ => block.push_str("• "),
                }
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if page.heading.is_none() => {
                page.heading = clean::line(&block);
                page.finish(&mut block);
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::HtmlBlock,
            ) => page.finish(&mut block),
            Event::End(TagEnd::TableCell) | Event::SoftBreak => block.push(' '),
            Event::Text(text) | Event::Code(text) if images == 0 => block.push_str(&text),
            Event::Html(text) | Event::InlineHtml(text) => {
                block.push_str(&html::without_leaked_tags(&text));
            }
            Event::HardBreak => block.push('\n'),
            _ => {}
        }
    }
    page.finish(&mut block);
    page
}

/// `title: "Judul"` or `title = "Judul"`.
fn pair(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once([':', '='])?;
    let value = value.trim().trim_matches(['"', '\'']);
    let name = name.trim();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (is_name && !value.is_empty()).then(|| (name.to_ascii_lowercase(), value.to_owned()))
}
