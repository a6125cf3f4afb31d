//! `warta entities`: what the engine finds, as JSON.

use std::io::{self, BufRead, BufReader, Read, Write};

use super::json::{Input, Output, Rejected};
use crate::article::{Article, Published};
use crate::entity::{Document, Recognizer};

/// Bytes read at a time, and bytes of output gathered before they are written.
const BLOCK: usize = 128 << 10;

/// The longest line of `--jsonl` taken, in bytes. It keeps an endless line from filling the memory.
const LONGEST_LINE: u64 = 64 << 20;

/// Writes an article and its names as one line of JSON.
pub(super) fn write_article(
    article: &Article,
    recognizer: &Recognizer,
    out: &mut Lines<impl Write>,
) -> io::Result<()> {
    let text = article.text();
    let document = Document {
        title: article.title.as_deref(),
        standfirst: article.standfirst.as_deref(),
        text: &text,
    };
    let entities = recognizer.recognize(&document);
    out.line(&Output {
        id: None,
        published: article.published,
        document: &document,
        entities: &entities,
    })
}

/// Answers each line of `input` by a line of `out`, in order, and says how many it had to reject.
///
/// Blank lines are skipped. What has been answered is written before waiting for more input, so
/// that a program which asks line by line is answered line by line.
pub(super) fn answer_lines(
    input: impl Read,
    recognizer: &Recognizer,
    out: &mut Lines<impl Write>,
) -> io::Result<u64> {
    let mut input = BufReader::with_capacity(BLOCK, input);
    let mut line = Vec::new();
    let mut rejected = 0;
    for number in 1.. {
        if !input.buffer().contains(&b'\n') {
            out.flush()?;
        }
        line.clear();
        let length = (&mut input)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)?;
        if length == 0 {
            break;
        }
        let whole = line.ends_with(b"\n") || (length as u64) < LONGEST_LINE;
        if !whole {
            input.skip_until(b'\n')?;
        }
        if number == 1 && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let parsed = if whole {
            parse(&line)
        } else {
            Err(TOO_LONG.to_owned())
        };
        match parsed {
            Ok(input) => {
                let document = input.document();
                let entities = recognizer.recognize(&document);
                out.line(&Output {
                    id: input.id,
                    published: None::<Published>,
                    document: &document,
                    entities: &entities,
                })?;
            }
            Err(error) => {
                rejected += 1;
                out.line(&Rejected {
                    error,
                    line: number,
                })?;
            }
        }
    }
    Ok(rejected)
}

const TOO_LONG: &str = "longer than 64 MB";

/// Serde would also take an array for an object, its values in the order of our fields.
fn parse(line: &[u8]) -> Result<Input<'_>, String> {
    let line = std::str::from_utf8(line)
        .map_err(|error| format!("not UTF-8 (at byte {})", error.valid_up_to() + 1))?;
    if !line.trim_ascii_start().starts_with('{') {
        return Err("not a JSON object".to_owned());
    }
    serde_json::from_str(line).map_err(|error| {
        // Serde counts lines too, but within this one: only its column says anything.
        let message = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let cause = message.strip_suffix(&place).unwrap_or(&message);
        format!("{cause} (at byte {})", error.column())
    })
}

/// Lines of JSON, gathered and written in blocks.
pub(super) struct Lines<W> {
    out: W,
    gathered: Vec<u8>,
    /// The output is a terminal, which would act on the controls that JSON leaves bare.
    terminal: bool,
}

impl<W: Write> Lines<W> {
    pub fn new(out: W, terminal: bool) -> Self {
        Self {
            out,
            gathered: Vec::with_capacity(2 * BLOCK),
            terminal,
        }
    }

    pub fn line(&mut self, value: &impl serde::Serialize) -> io::Result<()> {
        let start = self.gathered.len();
        serde_json::to_writer(&mut self.gathered, value)?;
        if self.terminal {
            let line = self.gathered.split_off(start);
            escape_controls(&line, &mut self.gathered);
        }
        self.gathered.push(b'\n');
        if self.gathered.len() >= BLOCK {
            self.flush()?;
        }
        Ok(())
    }

    pub fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(&self.gathered)?;
        self.gathered.clear();
        self.out.flush()
    }
}

/// Copies JSON with whatever could steer a terminal or hide in it as `\uXXXX`, which reads as the
/// same value. Such characters stand only inside strings, where an escape may stand too.
fn escape_controls(json: &[u8], out: &mut Vec<u8>) {
    for character in String::from_utf8_lossy(json).chars() {
        if character.is_ascii_graphic() || character == ' ' {
            out.push(character as u8);
        } else if character.is_control() || is_invisible_format(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                out.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
            }
        } else {
            out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

/// Marks of direction, joiners, separators and tags: seen by no reader, obeyed by terminals.
fn is_invisible_format(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}
