//! Reads the lists and checks them.

use crate::class::Classes;
use crate::hash::Folded;
use crate::token::tokenize;
use std::collections::HashMap;
use std::io;

/// Everything the lists say, in the order they say it.
#[derive(Debug, Default)]
pub struct Lists {
    /// Countries, in the order of `countries.tsv`.
    pub countries: Vec<CountryLine>,
    /// Well-known figures, in the order of `figures.tsv`.
    pub figures: Vec<FigureLine>,
    /// All phrases of all lists.
    pub phrases: Vec<Phrase>,
}

/// One country's fixed columns.
#[derive(Debug)]
pub struct CountryLine {
    /// ISO 3166-1 alpha-2, or one of the four additions.
    pub code: String,
    /// The name newspapers use.
    pub name: String,
    /// The English name.
    pub english: String,
    /// Its other names: longer, older, short, popular.
    pub also: Vec<String>,
    /// The capital, where it does not bear the country's own name.
    pub capital: Option<String>,
    /// What stands for its government.
    pub seats: Vec<String>,
}

/// One figure's fixed columns.
#[derive(Debug)]
pub struct FigureLine {
    /// Index into [`Lists::countries`].
    pub country: usize,
    /// Full name.
    pub name: String,
    /// What the figure is known as, with the country or body.
    pub office: String,
    /// Year and month in which the office was true.
    pub as_of: String,
}

/// A phrase and one thing it means.
#[derive(Debug)]
pub struct Phrase {
    /// Folded words, at least one.
    pub words: Vec<String>,
    /// What the phrase means.
    pub meaning: Meaning,
    /// Where it stands, for problems.
    pub place: Place,
}

/// One thing a phrase can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// It is in a list of words.
    Class(Classes),
    /// A country by name in any capitals.
    Country(usize),
    /// A country by exact capitals.
    Abbreviation(usize),
    /// A country by popular name.
    Popular(usize),
    /// A country by its code in lists of results.
    ResultCode(usize),
    /// The capital of a country.
    Capital(usize),
    /// The seat of a country's government.
    Seat(usize),
    /// A place in a country; `None` where it lies in several.
    Place(Option<usize>),
    /// A figure, certainly.
    Figure(usize),
    /// A figure, perhaps.
    SharedFigure(usize),
}

/// File and line, for problems.
#[derive(Debug, Clone)]
pub struct Place {
    file: String,
    line: usize,
}

impl Place {
    /// A problem as the reader of a build log wants it.
    pub fn problem(&self, what: &str) -> String {
        format!("assets/gazetteer/{}:{}: {what}", self.file, self.line)
    }
}

/// Reads all lists through `open`, which gives the text of a file in `assets/gazetteer`.
pub fn read(open: &dyn Fn(&str) -> io::Result<String>) -> Result<Lists, Vec<String>> {
    let mut reader = Reader {
        open,
        lists: Lists::default(),
        codes: HashMap::new(),
        problems: Vec::new(),
    };
    reader.countries();
    reader.seats();
    reader.places();
    reader.figures();
    for &(name, class) in Classes::FILES {
        reader.words(name, class);
    }
    reader.check();
    if reader.problems.is_empty() {
        Ok(reader.lists)
    } else {
        Err(reader.problems)
    }
}

/// Cuts a phrase as an article would be cut, and folds its words.
pub fn words(phrase: &str) -> Option<Vec<String>> {
    // A capital after the phrase lets a last "H." keep its full stop, as it does before a name.
    let text = format!("{phrase} A");
    let mut tokens = tokenize(&text);
    tokens.pop();
    let folded: Option<Vec<String>> = tokens
        .iter()
        .map(|token| {
            let folded = Folded::new(token.text(&text))?;
            String::from_utf8(folded.bytes().to_vec()).ok()
        })
        .collect();
    folded.filter(|words| !words.is_empty())
}

/// The entries of a cell.
fn entries(cell: &str) -> Vec<String> {
    let entries = cell.split(';').map(str::trim).filter(|entry| *entry != "-");
    entries.map(str::to_owned).collect()
}

struct Reader<'a> {
    open: &'a dyn Fn(&str) -> io::Result<String>,
    lists: Lists,
    codes: HashMap<String, usize>,
    problems: Vec<String>,
}

impl Reader<'_> {
    /// The lines of a file that are not comments, cut at tabs, and checked for their number.
    fn rows(&mut self, file: &str, columns: usize) -> Vec<(Place, Vec<String>)> {
        let text = match (self.open)(file) {
            Ok(text) => text,
            Err(error) => {
                self.problems
                    .push(format!("assets/gazetteer/{file}: {error}"));
                return Vec::new();
            }
        };
        let mut rows = Vec::new();
        for (index, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let place = Place {
                file: file.to_owned(),
                line: index + 1,
            };
            let cells: Vec<String> = line
                .split('\t')
                .map(|cell| cell.trim().to_owned())
                .collect();
            if cells.len() == columns && cells.iter().all(|cell| !cell.is_empty()) {
                rows.push((place, cells));
            } else {
                self.problems.push(place.problem(&format!(
                    "{} columns where {columns} are wanted, or an empty one (write \"-\")",
                    cells.len()
                )));
            }
        }
        rows
    }

    fn add(&mut self, place: &Place, phrase: &str, meaning: Meaning) {
        match words(phrase) {
            Some(words) => self.lists.phrases.push(Phrase {
                words,
                meaning,
                place: place.clone(),
            }),
            None => self
                .problems
                .push(place.problem(&format!("\"{phrase}\" has a word too long, or none"))),
        }
    }

    fn add_all(&mut self, place: &Place, cell: &str, meaning: Meaning) {
        if cell == "-" {
            return;
        }
        for phrase in cell.split(';').map(str::trim) {
            self.add(place, phrase, meaning);
        }
    }

    fn country(&mut self, place: &Place, code: &str) -> Option<usize> {
        let country = self.codes.get(code).copied();
        if country.is_none() {
            self.problems
                .push(place.problem(&format!("\"{code}\" is no country of countries.tsv")));
        }
        country
    }

    fn countries(&mut self) {
        for (place, cells) in self.rows("countries.tsv", 7) {
            let [code, name, english, also, exact, popular, results] = cells.as_slice() else {
                continue;
            };
            let index = self.lists.countries.len();
            if code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
                self.problems
                    .push(place.problem(&format!("\"{code}\" is not two capitals")));
            }
            if self.codes.insert(code.clone(), index).is_some() {
                self.problems
                    .push(place.problem(&format!("\"{code}\" stands twice")));
            }
            self.lists.countries.push(CountryLine {
                code: code.clone(),
                name: name.clone(),
                english: if english == "-" { name } else { english }.clone(),
                also: [exact, also, popular].map(|cell| entries(cell)).concat(),
                capital: None,
                seats: Vec::new(),
            });
            self.add(&place, name, Meaning::Country(index));
            self.add_all(&place, english, Meaning::Country(index));
            self.add_all(&place, also, Meaning::Country(index));
            self.add_all(&place, exact, Meaning::Abbreviation(index));
            self.add_all(&place, popular, Meaning::Popular(index));
            self.add_all(&place, results, Meaning::ResultCode(index));
        }
    }

    fn seats(&mut self) {
        for (place, cells) in self.rows("seats.tsv", 3) {
            let [code, capitals, seats] = cells.as_slice() else {
                continue;
            };
            if let Some(country) = self.country(&place, code) {
                self.add_all(&place, capitals, Meaning::Capital(country));
                self.add_all(&place, seats, Meaning::Seat(country));
                let line = &mut self.lists.countries[country];
                line.capital = entries(capitals).into_iter().next();
                line.seats = entries(seats);
            }
        }
    }

    fn places(&mut self) {
        for (place, cells) in self.rows("places.tsv", 3) {
            let [code, _, names] = cells.as_slice() else {
                continue;
            };
            let country = if code == "-" {
                None
            } else {
                let country = self.country(&place, code);
                if country.is_none() {
                    continue;
                }
                country
            };
            self.add_all(&place, names, Meaning::Place(country));
        }
    }

    fn figures(&mut self) {
        for (place, cells) in self.rows("figures.tsv", 6) {
            let [code, name, office, as_of, certain, shared] = cells.as_slice() else {
                continue;
            };
            let Some(country) = self.country(&place, code) else {
                continue;
            };
            let dated = as_of
                .split_once('-')
                .is_some_and(|(year, month)| year.len() == 4 && month.len() == 2);
            if !dated {
                self.problems
                    .push(place.problem(&format!("\"{as_of}\" is not a year and month")));
            }
            let index = self.lists.figures.len();
            self.lists.figures.push(FigureLine {
                country,
                name: name.clone(),
                office: office.clone(),
                as_of: as_of.clone(),
            });
            if !shared.split(';').any(|form| form.trim() == name) {
                self.add(&place, name, Meaning::Figure(index));
            }
            self.add_all(&place, certain, Meaning::Figure(index));
            self.add_all(&place, shared, Meaning::SharedFigure(index));
        }
    }

    fn words(&mut self, name: &str, class: Classes) {
        let file = format!("words/{name}.txt");
        for (place, cells) in self.rows(&file, 1) {
            for phrase in cells[0].split(';').map(str::trim) {
                if !phrase.is_empty() {
                    self.add(&place, phrase, Meaning::Class(class));
                }
            }
        }
    }

    /// No phrase may stand twice in one list, nor mean two countries, places or certain figures.
    fn check(&mut self) {
        let mut seen: HashMap<(&[String], u8), &Phrase> = HashMap::new();
        let mut problems = Vec::new();
        for phrase in &self.lists.phrases {
            let kind = match phrase.meaning {
                Meaning::Country(_)
                | Meaning::Abbreviation(_)
                | Meaning::Popular(_)
                | Meaning::ResultCode(_)
                | Meaning::Capital(_)
                | Meaning::Seat(_)
                | Meaning::Place(_) => 100,
                Meaning::Figure(_) => 101,
                Meaning::SharedFigure(_) => continue,
                Meaning::Class(class) => class.bits().trailing_zeros() as u8,
            };
            if let Some(first) = seen.insert((phrase.words.as_slice(), kind), phrase) {
                problems.push(phrase.place.problem(&format!(
                    "\"{}\" stands already at {}:{}",
                    phrase.words.join(" "),
                    first.place.file,
                    first.place.line
                )));
            }
        }
        self.problems.append(&mut problems);
    }
}
