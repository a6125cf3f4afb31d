//! One name as a list of parts, and when two names can be the same person's.
//!
//! Nothing here looks at the article: these are facts about names alone. What the article adds
//! (who was mentioned nearest, who holds which office) is in [`super::merge`].

/// The most parts a name is read to; what follows is left out of comparisons.
const MOST_PARTS: usize = 10;

/// The words of a name, hyphens counted as spaces, dots and quotes at the ends of a word left out.
///
/// `"Shin Tae-yong"` is `Shin Tae yong`; `"M. Fauzi"` is `M Fauzi`; `"Theodore (TP) Rachmat"` is
/// `Theodore Rachmat`, since what stands in brackets is another form of the same name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts<'a> {
    list: [&'a str; MOST_PARTS],
    length: usize,
}

impl<'a> Parts<'a> {
    /// Reads the parts of `name`.
    pub(super) fn of(name: &'a str) -> Self {
        let mut parts = Self {
            list: [""; MOST_PARTS],
            length: 0,
        };
        let mut bracketed = false;
        for word in name.split(is_gap) {
            bracketed |= word.starts_with('(');
            let part = word.trim_matches(|c: char| !c.is_alphanumeric());
            if !bracketed && !part.is_empty() && parts.length < MOST_PARTS {
                parts.list[parts.length] = part;
                parts.length += 1;
            }
            bracketed &= !word.ends_with(')');
        }
        parts
    }

    /// The parts in order.
    pub(super) fn list(&self) -> &[&'a str] {
        &self.list[..self.length]
    }

    /// How many parts there are.
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// True when the same parts stand in the same order, whatever their case and accents.
    pub(super) fn same(&self, other: &Self) -> bool {
        self.length == other.length
            && self
                .list()
                .iter()
                .zip(other.list())
                .all(|(a, b)| same_word(a, b))
    }
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–')
}

/// How well a shorter form fits a fuller name; the first is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The very same parts.
    Same,
    /// The first parts of the name: how Indonesians, Koreans and Chinese are shortened.
    Beginning,
    /// The last parts: how most others are.
    End,
    /// Some parts in order, the rest left out ("Andi Rahim" of "Andi Abdullah Rahim").
    Inner,
    /// Parts written as initials ("M Fauzi" of "Muhammad Fauzi").
    Initials,
    /// One part is a slip of the pen ("Erick Tohir" of "Erick Thohir").
    Slip,
    /// The form is made of first letters ("AHY" of "Agus Harimurti Yudhoyono").
    Acronym,
    /// A part cut short ("Onad" of "Onadio Leonardo").
    Cut,
}

/// Whether `short` can be a form of the name `full`, and how.
pub(super) fn fit(full: &Parts<'_>, short: &Parts<'_>) -> Option<Fit> {
    let (name, form) = (full.list(), short.list());
    if form.is_empty() || name.is_empty() {
        return None;
    }
    if full.same(short) {
        return Some(Fit::Same);
    }
    if form.len() < name.len() {
        if starts_with(name, form) {
            return Some(Fit::Beginning);
        }
        if ends_with(name, form) {
            return Some(Fit::End);
        }
        if form.len() > 1 || name.len() > 2 {
            if let Some(exact) = in_order(name, form) {
                return Some(if exact { Fit::Inner } else { Fit::Initials });
            }
        } else if let Some(exact) = in_order(name, form) {
            return exact.then_some(Fit::Inner);
        }
    }
    if form.len() == name.len() && form.len() > 1 {
        if in_order(name, form).is_some() || in_order(form, name).is_some() {
            return Some(Fit::Initials);
        }
        if one_slip(name, form, 4) {
            return Some(Fit::Slip);
        }
    }
    // The same name with its parts joined or split: "Hamengkubuwono X".
    if form.len() + 1 == name.len() && joined(name, form) {
        return Some(Fit::Slip);
    }
    if form.len() > 1 && form.len() < name.len() {
        let first = &name[..form.len()];
        let last = &name[name.len() - form.len()..];
        if one_slip(first, form, 4) || one_slip(last, form, 4) {
            return Some(Fit::Slip);
        }
        // A first name cut short before the same surname: "Tom Lembong".
        let between = &form[1..form.len() - 1];
        let stands = |part: &&str| name.iter().any(|other| same_word(other, part));
        if same_word(name[name.len() - 1], form[form.len() - 1])
            && is_cut(name[0], form[0])
            && between.iter().all(stands)
        {
            return Some(Fit::Cut);
        }
    }
    if form.len() == 1 {
        if is_acronym(name, form[0]) {
            return Some(Fit::Acronym);
        }
        if form.len() < name.len() {
            if name.iter().any(|part| is_slip(part, form[0], 6)) {
                return Some(Fit::Slip);
            }
            if name.iter().any(|part| is_cut(part, form[0])) {
                return Some(Fit::Cut);
            }
        } else if is_slip(name[0], form[0], 7) {
            return Some(Fit::Slip);
        }
    }
    None
}

fn starts_with(name: &[&str], form: &[&str]) -> bool {
    name.iter().zip(form).all(|(a, b)| same_word(a, b))
}

fn ends_with(name: &[&str], form: &[&str]) -> bool {
    starts_with(&name[name.len() - form.len()..], form)
}

/// Whether all parts of `form` stand in `name` in this order; `Some(false)` when some only as
/// initials.
fn in_order(name: &[&str], form: &[&str]) -> Option<bool> {
    let mut rest = name.iter();
    let mut exact = true;
    let mut whole = 0;
    for part in form {
        loop {
            let candidate = rest.next()?;
            if same_word(candidate, part) {
                whole += 1;
                break;
            }
            if is_initial(candidate, part) {
                exact = false;
                break;
            }
        }
    }
    (whole > 0).then_some(exact)
}

/// Whether the parts differ in exactly one, and that one is a slip of a word of `least` letters.
fn one_slip(name: &[&str], form: &[&str], least: usize) -> bool {
    let mut slips = 0;
    for (a, b) in name.iter().zip(form) {
        if !same_word(a, b) {
            if !is_slip(a, b, least) {
                return false;
            }
            slips += 1;
        }
    }
    slips == 1
}

/// Whether `form` is `name` with two neighbouring parts written as one word.
fn joined(name: &[&str], form: &[&str]) -> bool {
    (0..form.len()).any(|at| {
        starts_with(&name[..at], &form[..at])
            && form[at]
                .chars()
                .map(fold)
                .eq(name[at].chars().chain(name[at + 1].chars()).map(fold))
            && starts_with(&name[at + 2..], &form[at + 1..])
    })
}

/// Whether `initial` abbreviates `word`: a single letter, or one of the usual cuts of Muhammad.
fn is_initial(word: &str, initial: &str) -> bool {
    let mut letters = initial.chars();
    let Some(first) = letters.next() else {
        return false;
    };
    let same_first = word.chars().next().map(fold) == Some(fold(first));
    same_first && (letters.next().is_none() || (is_muhammad(word) && is_muhammad_cut(initial)))
}

fn is_muhammad(word: &str) -> bool {
    [
        "Muhammad",
        "Mohammad",
        "Muhamad",
        "Mohamad",
        "Mochamad",
        "Mochammad",
        "Mohammed",
        "Mohamed",
    ]
    .iter()
    .any(|form| same_word(form, word))
}

fn is_muhammad_cut(word: &str) -> bool {
    ["Muh", "Moh", "Moch", "Much", "Mhd", "Md"]
        .iter()
        .any(|form| same_word(form, word))
}

/// Whether the two words are equal but for one letter more, less, changed or swapped.
///
/// Words under `least` letters never are: "Dani" and "Doni" are two people. Nor are words that
/// differ in a last vowel only ("Mario", "Maria").
pub(super) fn is_slip(a: &str, b: &str, least: usize) -> bool {
    const LONGEST: usize = 24;
    let mut left = ['\0'; LONGEST];
    let mut right = ['\0'; LONGEST];
    let (Some(left), Some(right)) = (letters(a, &mut left), letters(b, &mut right)) else {
        return false;
    };
    let (short, long) = if left.len() <= right.len() {
        (left, right)
    } else {
        (right, left)
    };
    if short.len() < least || long.len() - short.len() > 1 {
        return false;
    }
    let same_start = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let same_end = short
        .iter()
        .rev()
        .zip(long.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    if long.len() > short.len() {
        return same_start + same_end >= short.len();
    }
    if same_start == short.len() {
        return false;
    }
    let changed = short.len() - same_start - same_end;
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    match changed {
        1 => !(same_end == 0 && vowel(short[same_start]) && vowel(long[same_start])),
        2 => short[same_start] == long[same_start + 1] && short[same_start + 1] == long[same_start],
        _ => false,
    }
}

fn letters<'b>(word: &str, into: &'b mut [char]) -> Option<&'b [char]> {
    let mut length = 0;
    for c in word.chars() {
        *into.get_mut(length)? = fold(c);
        length += 1;
    }
    into.get(..length)
}

/// Whether `form` is a beginning of `word` long enough to be a nickname.
fn is_cut(word: &str, form: &str) -> bool {
    let length = form.chars().count();
    length >= 3
        && word.chars().count() >= length + 2
        && word
            .chars()
            .zip(form.chars())
            .all(|(a, b)| fold(a) == fold(b))
}

/// Whether `form` is capitals only and spells the first letters of the parts of `name`.
///
/// All first letters, or those of the first and last part, or (three letters) the first two parts
/// with the last.
fn is_acronym(name: &[&str], form: &str) -> bool {
    let length = form.chars().count();
    if !(2..=5).contains(&length) || name.len() < 2 || !form.chars().all(char::is_uppercase) {
        return false;
    }
    let mut initials = name.iter().filter_map(|part| part.chars().next()).map(fold);
    length == name.len() && form.chars().all(|c| initials.next() == Some(fold(c)))
}

/// Whether two words are the same whatever their case and accents.
pub(super) fn same_word(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.eq_ignore_ascii_case(b)
        || !(a.is_ascii() && b.is_ascii()) && a.chars().map(fold).eq(b.chars().map(fold))
}

/// A letter without case and accent; other characters stay, quotes become one kind.
pub(super) fn fold(c: char) -> char {
    match c {
        'a'..='z' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'Á' | 'À' | 'Â' | 'Ä' | 'Ã' | 'Å' => {
            'a'
        }
        'ç' | 'ć' | 'č' | 'Ç' | 'Ć' | 'Č' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ę' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
        'ğ' | 'Ğ' => 'g',
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' | 'İ' | 'Í' | 'Ì' | 'Î' | 'Ï' => 'i',
        'ł' | 'Ł' => 'l',
        'ñ' | 'ń' | 'Ñ' => 'n',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' | 'Ó' | 'Ò' | 'Ô' | 'Ö' | 'Õ' | 'Ø' => {
            'o'
        }
        'ş' | 'š' | 'ś' | 'Ş' | 'Š' => 's',
        'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'Ú' | 'Ù' | 'Û' | 'Ü' => 'u',
        'ý' | 'ÿ' | 'Ý' => 'y',
        'ž' | 'ź' | 'ż' | 'Ž' | 'Ż' => 'z',
        '’' | '‘' | '`' | 'ʼ' => '\'',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::{Fit, Parts, fit};

    fn check(full: &str, short: &str, expected: Option<Fit>) {
        assert_eq!(
            fit(&Parts::of(full), &Parts::of(short)),
            expected,
            "{short} of {full}"
        );
    }

    #[test]
    fn parts_of_a_name_are_its_forms() {
        check("Vladimir Putin", "Putin", Some(Fit::End));
        check("Choe Son Hui", "Choe", Some(Fit::Beginning));
        check("Shin Tae-yong", "Shin Tae Yong", Some(Fit::Same));
        check("Andi Abdullah Rahim", "Andi Rahim", Some(Fit::Inner));
        check(
            "Irine Hiraswari Gayatri",
            "Irine H. Gayatri",
            Some(Fit::Initials),
        );
        check("Muhammad Fauzi", "M. Fauzi", Some(Fit::Initials));
        check(
            "Moh. Zaki Ubaidillah",
            "Mohammad Zaki Ubaidillah",
            Some(Fit::Initials),
        );
        check("Joaquin Panichelli", "Joaquín Panichelli", Some(Fit::Same));
        check("Hamengku Buwono X", "Hamengkubuwono X", Some(Fit::Slip));
    }

    #[test]
    fn slips_need_long_words_or_equal_neighbours() {
        check("Erick Thohir", "Erick Tohir", Some(Fit::Slip));
        check("Sanae Takaichi", "Takichi", Some(Fit::Slip));
        check("Phirawat Panthong", "Phirawat Phantong", None);
        check("Mario Gomez", "Maria Gomez", None);
        check("Dani", "Doni", None);
        check("Andri Yansyah", "Andre Yunus", None);
    }

    #[test]
    fn short_forms() {
        check("Agus Harimurti Yudhoyono", "AHY", Some(Fit::Acronym));
        check("Onadio Leonardo", "Onad", Some(Fit::Cut));
        check("Thomas Trikasih Lembong", "Tom Lembong", None);
        check("Thomas Trikasih Lembong", "Thom Lembong", Some(Fit::Cut));
        check("Abdullah Razak Latif Gobel", "Abdul Rasid Gobel", None);
        check("Agus Subiyanto", "DPR", None);
    }
}
