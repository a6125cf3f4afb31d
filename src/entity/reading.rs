//! One article as the stages after the tagger see it: all fields in one run of tokens.

use super::gazetteer::{self, Classes, Entry, Figure, WordId};
use super::tagger;
use super::token::{Case, Gap, Token, tokenize_into};
use super::{CountryCode, Document, Field, Mention};

/// The tokens of title, standfirst and text, one after the other.
///
/// Everything later works on indexes into this run. No span ever crosses from one field into the
/// next: [`Reading::gap`] is a line break there, and every stage stops at lines.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    document: Document<'a>,
    tokens: Vec<Token>,
    /// The first token of each field, and the number of all.
    bounds: [usize; 4],
    words: Vec<WordId>,
    classes: Vec<Classes>,
    figures: Vec<FigureForm>,
}

/// A form of a well-known person in the article.
#[derive(Debug, Clone, Copy)]
pub(super) struct FigureForm {
    /// The tokens of the form.
    pub(super) span: Span,
    /// Who.
    pub(super) figure: &'static Figure,
    /// Is nobody else meant by the form alone?
    pub(super) certain: bool,
}

impl<'a> Reading<'a> {
    /// Reads the tokens of every field.
    pub(super) fn of(document: &Document<'a>) -> Self {
        let mut tokens = Vec::new();
        let mut bounds = [0; 4];
        let mut field_tokens = Vec::new();
        for (index, field) in Field::ALL.into_iter().enumerate() {
            bounds[index] = tokens.len();
            tokenize_into(document.field(field), &mut field_tokens);
            tokens.extend_from_slice(&field_tokens);
        }
        bounds[3] = tokens.len();
        let mut reading = Self {
            document: *document,
            tokens,
            bounds,
            words: Vec::new(),
            classes: Vec::new(),
            figures: Vec::new(),
        };
        reading.look_up();
        reading
    }

    /// Asks the closed lists about every word and every phrase.
    fn look_up(&mut self) {
        self.words = (0..self.len())
            .map(|at| gazetteer::word(self.text(at)))
            .collect();
        self.classes = self.words.iter().map(|word| word.classes()).collect();
        for at in 0..self.len() {
            let word = self.words[at];
            if !word.is_known() {
                continue;
            }
            let known = self.figures.len();
            for phrase in gazetteer::phrases(&self.words[at..]) {
                let span = Span {
                    first: at,
                    end: at + phrase.len,
                };
                if !self.one_line(span) {
                    break;
                }
                if phrase.len > 1 {
                    for class in &mut self.classes[at..span.end] {
                        *class = class.with(phrase.classes);
                    }
                }
                if phrase
                    .classes
                    .any(Classes::FIGURE.with(Classes::FIGURE_AMBIGUOUS))
                    && self.case(at).is_capital()
                {
                    // The longest form counts: "Joko Widodo", not "Joko".
                    self.figures.truncate(known);
                    let figures = phrase.entries().filter_map(|entry| match entry {
                        Entry::Figure { figure, certain } => Some(FigureForm {
                            span,
                            figure,
                            certain,
                        }),
                        _ => None,
                    });
                    self.figures.extend(figures);
                }
            }
        }
        let shouted = |form: &FigureForm| {
            // "BRIN" in the text is no Brin and "XI" a number; "SBY" is no part of the full name.
            let at = form.span.first;
            let word = self.text(at);
            form.span.len() == 1
                && self.case(at) == Case::Upper
                && (word.len() < 3 || !self.is_shouted(at))
                && form
                    .figure
                    .name
                    .split([' ', '-'])
                    .any(|part| part.eq_ignore_ascii_case(word) && part != word)
        };
        let kept: Vec<FigureForm> = self
            .figures
            .iter()
            .copied()
            .filter(|form| !shouted(form))
            .collect();
        self.figures = kept;
    }

    /// Whether a word in capitals has a neighbour in capitals too, as in a headline of them.
    fn is_shouted(&self, at: usize) -> bool {
        let loud = |at: usize| self.case(at) == Case::Upper && self.text(at).len() > 3;
        (at > 0 && loud(at - 1)) || loud(at + 1)
    }

    /// The well-known people whose forms stand in the article, in reading order.
    pub(super) fn figures(&self) -> &[FigureForm] {
        &self.figures
    }

    /// The well-known people whom a form that stands at just this span can mean. Found by its
    /// place: an article may name thousands.
    pub(super) fn figures_of(&self, span: Span) -> impl Iterator<Item = &FigureForm> {
        let from = self
            .figures
            .partition_point(|form| form.span.first < span.first);
        self.figures[from..]
            .iter()
            .take_while(move |form| form.span.first == span.first)
            .filter(move |form| form.span == span)
    }

    /// What the closed lists say of the words of one field.
    pub(super) fn field_words(&self, field: Field) -> &[WordId] {
        let index = field as usize;
        &self.words[self.bounds[index]..self.bounds[index + 1]]
    }

    /// The country a well-known place named within the span lies in.
    pub(super) fn country_of_place(&self, span: Span) -> Option<CountryCode> {
        (span.first..span.end).find_map(|at| {
            let mut found = None;
            for phrase in gazetteer::phrases(&self.words[at..span.end]) {
                if phrase.classes.any(Classes::PLACE.with(Classes::SEAT)) {
                    found = phrase.entries().find_map(|entry| match entry {
                        Entry::Place(country) => country,
                        Entry::Country(country, _) => Some(country.code),
                        Entry::Figure { .. } => None,
                    });
                }
            }
            found.filter(|_| self.case(at).is_capital())
        })
    }

    /// The country a span names, if it is the name of one and nothing more.
    pub(super) fn country_named(&self, span: Span) -> Option<CountryCode> {
        let country = Classes::COUNTRY.with(Classes::COUNTRY_ABBREVIATION);
        let phrase = gazetteer::longest(&self.words[span.first..span.end], country)
            .filter(|phrase| phrase.len == span.len())?;
        phrase.entries().find_map(|entry| match entry {
            Entry::Country(country, _) => Some(country.code),
            _ => None,
        })
    }

    /// What the closed lists say of every word.
    pub(super) fn words(&self) -> &[WordId] {
        &self.words
    }

    /// The text of one field.
    pub(super) fn field_text(&self, field: Field) -> &'a str {
        self.document.field(field)
    }

    /// Whether a word, or a phrase it stands in, is of one of these classes.
    pub(super) fn is(&self, at: usize, of: Classes) -> bool {
        self.classes.get(at).is_some_and(|classes| classes.any(of))
    }

    /// Whether no line begins within the span.
    pub(super) fn one_line(&self, span: Span) -> bool {
        (span.first + 1..span.end).all(|at| self.gap(at) != Gap::Line)
    }

    /// Whether two tokens, the first not after the second, stand in one line.
    pub(super) fn same_line(&self, first: usize, second: usize) -> bool {
        if first <= second {
            self.one_line(Span {
                first,
                end: second + 1,
            })
        } else {
            self.same_line(second, first)
        }
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The tokens of one field, and the index of the first.
    pub(super) fn field_tokens(&self, field: Field) -> (usize, &[Token]) {
        let index = field as usize;
        let (start, end) = (self.bounds[index], self.bounds[index + 1]);
        (start, &self.tokens[start..end])
    }

    /// One field as the tagger takes it.
    pub(super) fn tagger_field(&self, field: Field) -> tagger::Field<'_> {
        let range = self.bounds[field as usize]..self.bounds[field as usize + 1];
        tagger::Field {
            text: self.document.field(field),
            tokens: &self.tokens[range.clone()],
            words: &self.words[range],
        }
    }

    /// The field a token stands in.
    pub(super) fn field(&self, at: usize) -> Field {
        if at < self.bounds[1] {
            Field::Title
        } else if at < self.bounds[2] {
            Field::Standfirst
        } else {
            Field::Text
        }
    }

    /// The words of one token; empty past the end.
    pub(super) fn text(&self, at: usize) -> &'a str {
        self.tokens
            .get(at)
            .map_or("", |token| token.text(self.document.field(self.field(at))))
    }

    /// How a token is written; a mark past the end.
    pub(super) fn case(&self, at: usize) -> Case {
        self.tokens.get(at).map_or(Case::Mark, |token| token.case)
    }

    /// What stands before a token; a line break past the end, so that nothing reads on.
    pub(super) fn gap(&self, at: usize) -> Gap {
        self.tokens.get(at).map_or(Gap::Line, |token| token.gap)
    }

    /// True for the first word of a sentence.
    pub(super) fn opens_sentence(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| token.opens_sentence)
    }

    /// The bytes from the first token of a span to the last.
    pub(super) fn mention(&self, span: Span) -> Mention {
        let (first, last) = (&self.tokens[span.first], &self.tokens[span.end - 1]);
        Mention {
            field: self.field(span.first),
            start: first.start as usize,
            end: last.end as usize,
        }
    }

    /// The words of a span as they stand.
    pub(super) fn span_text(&self, span: Span) -> &'a str {
        self.mention(span).text(&self.document)
    }
}

/// A run of tokens: `first..end`, never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    /// The first token.
    pub(super) first: usize,
    /// One past the last token.
    pub(super) end: usize,
}

impl Span {
    /// How many tokens it has.
    pub(super) fn len(self) -> usize {
        self.end - self.first
    }

    /// Whether the two share a token.
    pub(super) fn meets(self, other: Span) -> bool {
        self.first < other.end && other.first < self.end
    }
}
