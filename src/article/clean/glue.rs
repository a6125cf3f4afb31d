//! Words glued together where a link or a paragraph stood: "mengantarBorussia", "selesai.Dia".
//!
//! Only what is certain is parted. A wrongly parted name ("Mc Donald") is worse than a glued word.

use super::words::{WordList, Words, bare};

/// Names that begin small and go on with a capital.
const SMALL_BRANDS: WordList =
    WordList("detik kumparan tribun liputan okezone merdeka suara idn byu vivo xrp eks ojol bank");

/// Ends of names of sites; a capital after the point does not make them sentences.
const SITES: WordList = WordList("Com Id Co Net Org News Tv Go");

/// Prefixes a whole word may follow without a space.
const PREFIXES: WordList = WordList(
    "antar pasca pra non multi anti sub super semi tuna serba maha kontra inter mega mikro \
     makro ultra swa dwi tri kilo",
);

/// Nothing longer, in bytes, is a word or two.
const LONGEST: usize = 200;

/// Small words that, glued behind a name, are never part of it.
const FOLLOWERS: WordList = WordList(
    "yang dan di ke dari pada untuk dengan dalam akan telah sudah masih ini itu juga atau \
     oleh sebagai saat usai hingga karena agar tidak bisa harus adalah menjadi meminta \
     mengatakan menyebut menilai mengaku menolak tersebut secara lolos kembali tetap resmi terus mulai bahwa memang langsung sempat dapat pun kini",
);

/// `text` with a space between what was glued. `known` are the words of the whole article.
pub(super) fn part(text: &str, known: &Words<'_>) -> String {
    let mut parted = String::with_capacity(text.len() + 16);
    let mut quotes = 0_usize;
    for (index, token) in text.split(' ').enumerate() {
        if index > 0 {
            parted.push(' ');
        }
        part_token(token, quotes, known, &mut parted);
        quotes += token.matches('"').count();
    }
    parted
}

/// `quotes` is how many straight quotation marks stand before the token: an odd number means that
/// the next one closes.
fn part_token(token: &str, quotes: usize, known: &Words<'_>, parted: &mut String) {
    let is_word = token.bytes().all(|byte| byte.is_ascii_lowercase());
    if token.len() < 5 || is_word && token.len() < 10 {
        parted.push_str(token);
        return;
    }
    if is_word && token.len() <= LONGEST {
        part_word(token, known, parted);
        return;
    }
    if token.contains(':')
        && let Some(at) = token.find("https://").or_else(|| token.find("http://"))
        && token[..at].ends_with(char::is_alphanumeric)
    {
        parted.push_str(&token[..at]);
        parted.push(' ');
        parted.push_str(&token[at..]);
        return;
    }
    if is_address(token) {
        parted.push_str(token);
        return;
    }
    // First at marks, then within the words between them.
    let mut start = 0;
    for at in glued_marks(token, quotes) {
        part_word(&token[start..at], known, parted);
        parted.push(' ');
        start = at;
    }
    part_word(&token[start..], known, parted);
}

fn is_address(token: &str) -> bool {
    token.starts_with('#')
        || token.contains("://")
        || token.contains('@')
        || token.contains("www.")
        || token.len() > LONGEST
}

/// Where, at a mark, a new word begins without a space.
fn glued_marks(token: &str, mut quotes: usize) -> Vec<usize> {
    let characters: Vec<(usize, char)> = token.char_indices().collect();
    let at = |index: usize| characters.get(index).map_or('\0', |(_, c)| *c);
    let mut marks = Vec::new();
    quotes += usize::from(token.starts_with('"'));
    for index in 1..characters.len().saturating_sub(1) {
        let (before, mark, after, then) = (at(index - 1), at(index), at(index + 1), at(index + 2));
        let starts_word = after.is_uppercase() && then.is_lowercase();
        let glued = match mark {
            // "selesai.Dia", not "KOMPAS.com", "S.Pd", "No.5", "Contoh.Com".
            '.' => {
                let word = &token[characters[index].0 + 1..];
                let end = word
                    .find(|c: char| !c.is_alphanumeric())
                    .unwrap_or(word.len());
                let ends_word = token[..characters[index].0]
                    .rsplit(|c: char| !c.is_alphabetic())
                    .next()
                    .is_some_and(|word| {
                        // "Jkt.Pst", "Pdt.G" are short forms; "hal.Pertama" is not.
                        let is_small = word.chars().all(char::is_lowercase);
                        word.len() >= if is_small { 2 } else { 5 } && before.is_lowercase()
                    });
                let ends_number =
                    index >= 2 && before.is_ascii_digit() && at(index - 2).is_ascii_digit();
                (ends_word || ends_number || matches!(before, '"' | '”' | ')'))
                    && starts_word
                    && !SITES.contains(&word[..end])
            }
            '!' | '?' => before.is_alphabetic() && starts_word,
            ',' | ';' => (before.is_alphabetic() || before == ')') && after.is_alphabetic(),
            ':' => before.is_lowercase() && after.is_uppercase(),
            // "(Menaker)Rini", "(update)untuk", not "(PSI)lah" or "orang(an)".
            ')' => {
                let word = token[characters[index].0 + 1..].trim_start_matches(char::is_alphabetic);
                let length = token.len() - characters[index].0 - 1 - word.len();
                starts_word || after.is_lowercase() && length >= 5
            }
            // "Gubernur(Wagub)", "Ulil(19)", not "orang(an)" or "Pasal 5(1)".
            '(' if before.is_lowercase() && index >= 4 && at(index - 2).is_lowercase() => {
                if after.is_uppercase() || after.is_ascii_digit() && then.is_ascii_digit() {
                    marks.push(characters[index].0);
                }
                false
            }
            '"' => {
                quotes += 1;
                let opens = quotes % 2 == 1;
                let stopped = matches!(before, '.' | ',' | '?' | '!' | ':');
                if opens && stopped && after.is_alphabetic() {
                    marks.push(characters[index].0);
                }
                !opens && stopped && after.is_alphabetic()
            }
            '”' => matches!(before, '.' | ',' | '?' | '!') && after.is_alphabetic(),
            _ => false,
        };
        if glued {
            marks.push(characters[index + 1].0);
        }
    }
    marks
}

/// Writes a word, parted where two words are glued for certain.
fn part_word(word: &str, known: &Words<'_>, parted: &mut String) {
    let core = bare(word);
    match core_split(core, known) {
        Some(at) => {
            let start = word.find(core).unwrap_or(0);
            parted.push_str(&word[..start + at]);
            parted.push(' ');
            part_word(&word[start + at..], known, parted);
        }
        None => parted.push_str(word),
    }
}

fn core_split(core: &str, known: &Words<'_>) -> Option<usize> {
    if core.len() < 6 || core.contains(['/', '-', '_']) {
        return None;
    }
    at_capital(core, known)
        .or_else(|| behind_name(core, known))
        .or_else(|| before_verb(core, known))
        // What the text repeats it means to write so.
        .filter(|_| known.count(core) <= 1)
}

/// "mengantarBorussia": small letters, then a capitalised word. "PresidenPrabowo": only where the
/// article has both words elsewhere.
fn at_capital(core: &str, known: &Words<'_>) -> Option<usize> {
    let at = core
        .char_indices()
        .zip(core.chars().skip(1))
        .find(|((_, left), right)| left.is_lowercase() && right.is_uppercase())
        .map(|((at, left), _)| at + left.len_utf8())?;
    let (left, right) = core.split_at(at);
    let letters = |text: &str| text.chars().take_while(|c| c.is_alphabetic()).count();
    if left.chars().all(char::is_lowercase) {
        // "dikutipdetikJateng": the name of the site begins before its capital.
        if let Some(before) = left.strip_suffix("detik")
            && before.len() >= 3
        {
            return Some(before.len());
        }
        let sure =
            left.len() >= 4 || matches!(left, "di" | "ke" | "dan" | "dari" | "oleh" | "para");
        // "visionOS", "macOS".
        let is_system = right == "OS";
        return (sure && !is_system && !SMALL_BRANDS.contains(left) && letters(right) >= 2)
            .then_some(at);
    }
    (left.len() >= 3
        && letters(right) >= 3
        && known.count(left) > 0
        && known.count(right_word(right)) > 0)
        .then_some(at)
}

fn right_word(right: &str) -> &str {
    let end = right
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(right.len());
    &right[..end]
}

/// "Dortmundlolos": a name the article has elsewhere, then a word that is none of its endings.
fn behind_name(core: &str, known: &Words<'_>) -> Option<usize> {
    let first = core.chars().next()?;
    if !first.is_uppercase() || !core.chars().skip(1).all(char::is_lowercase) {
        return None;
    }
    // The longest name that leaves a known word behind.
    core.char_indices().map(|(at, _)| at).rev().find(|at| {
        let (name, rest) = core.split_at(*at);
        name.len() >= 4
            && known.count(name) > 0
            // A name is not also written small: "Makroekonomi" has none.
            && known.count(&name.to_lowercase()) == 0
            && !PREFIXES.contains(&name.to_lowercase())
            && (rest.len() >= 3 && FOLLOWERS.contains(rest) || is_verb(rest) && known.count(rest) > 0)
    })
}

/// "damaimenolak": a word, then a verb, both of which the article has elsewhere.
fn before_verb(core: &str, known: &Words<'_>) -> Option<usize> {
    if !core.chars().all(|c| c.is_ascii_lowercase()) {
        return None;
    }
    (4..core.len().saturating_sub(6)).find(|at| {
        let (left, verb) = core.split_at(*at);
        is_verb(verb) && !PREFIXES.contains(left) && known.count(left) > 0 && known.count(verb) > 0
    })
}

fn is_verb(word: &str) -> bool {
    word.len() >= 6
        && ["mem", "men", "dila", "dise", "diny"]
            .iter()
            .any(|prefix| word.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::{Words, part};

    fn check(article: &str, expected: &str) {
        let known = Words::of([article]);
        let glued: Vec<&str> = article.split(" / ").collect();
        let last = glued.last().copied().unwrap_or_default();
        assert_eq!(part(last, &known), expected);
    }

    #[test]
    fn certain_glue_is_parted() {
        check(
            "klub ituBorussia / mengantarBorussia menang",
            "mengantar Borussia menang",
        );
        check("selesai.Dia pulang", "selesai. Dia pulang");
        check("sejak 1995.Dia pulang", "sejak 1995. Dia pulang");
        check("\"Selesai.\"Dia pulang", "\"Selesai.\" Dia pulang");
        check("(25/6/2025)Rini berkata", "(25/6/2025) Rini berkata");
        check(
            "Dortmund lolos / Dortmundlolos ke final",
            "Dortmund lolos ke final",
        );
        check(
            "aksi damai itu menolak / damaimenolak aturan",
            "damai menolak aturan",
        );
        check(
            "Presiden itu Prabowo / PresidenPrabowo hadir",
            "Presiden Prabowo hadir",
        );
        check(
            "Pertama,melakukan sosialisasi",
            "Pertama, melakukan sosialisasi",
        );
        check(
            "kepadaCNNIndonesia.com, Rabu",
            "kepada CNNIndonesia.com, Rabu",
        );
    }

    #[test]
    fn brackets_quotations_and_addresses_are_parted() {
        check(
            "Wakil Gubernur(Wagub) Ulil(19)",
            "Wakil Gubernur (Wagub) Ulil (19)",
        );
        check(
            "ujarnya,\"Kami siap,\"kata Rini",
            "ujarnya, \"Kami siap,\" kata Rini",
        );
        check(
            "laman Contohhttps://contoh.id/a.B",
            "laman Contoh https://contoh.id/a.B",
        );
    }

    #[test]
    fn names_numbers_and_addresses_stay() {
        for text in [
            "McDonald dan YouTube",
            "iPhone eSport KOMPAS.com detikcom detikNews",
            "PeduliLindungi SiLPA HyperOS",
            "S.Pd. dan M.Si.",
            "https://contoh.id/Berita.Baru",
            "rini@contoh.id",
            "1.000,5 pukul 10:30",
            "sehari-hari",
            "(PSI)lah",
            "orang(an)",
            "GoTo, OpenAI; TikTok!",
            "TribunJabar.id",
            "antarnegara bagaimana",
        ] {
            check(text, text);
        }
    }
}
