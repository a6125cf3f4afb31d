//! Where the headline of a cross-link ends and the article goes on.
//!
//! Scraped text has "… kata Rini. Baca juga: Harga Beras Turun di Contoh Menurut Rini, panen …"
//! in one line, without a mark between headline and sentence. What tells them apart: a headline is
//! in title case, so the first small word that is no function word belongs to the sentence, and the
//! sentence begins at a capital before it. Which capital is decided by, in this order: an opening
//! quotation mark, a question mark or dots, a word that opens sentences and is small inside
//! headlines ("Menurut", "Dalam"), a name or word that the article uses elsewhere, an office.
//! Where nothing decides, rather a word of the headline stays than a word of the sentence goes.

use super::words::{WordList, Words, bare};

/// A headline has no more words than this; Indonesian ones have 7 to 16.
const LONGEST: usize = 26;

/// Words that are small in Indonesian (and English) headlines.
const SMALL: WordList = WordList(
    "di ke dari dan yang untuk pada dengan dalam atau oleh bagi hingga sampai karena saat \
     agar soal usai vs sebagai terhadap tapi tetapi demi bila jika kalau serta akibat sejak \
     tentang atas antara maupun lewat via per tanpa para sang si secara setelah sebelum bak \
     seperti menuju jelang ala the of in to a an and for on at is ketika selama meski ini \
     dkk",
);

/// Words that open a sentence and hardly ever stand with a capital inside a headline.
const OPENERS: WordList = WordList(
    "ia dia mereka kami kita saya beliau hal namun sementara sedangkan selain sebelumnya \
     selanjutnya kemudian lalu lantas akhirnya diketahui diberitakan menurut menurutnya \
     dalam pada di ke dari dengan untuk oleh karena sebab pasalnya sehingga jika kalau \
     apabila bila ketika setelah sebelum sejak selama sambil seraya adapun bahkan apalagi \
     meskipun meski walau walaupun kendati padahal sebaliknya sebagai seperti bagi terkait \
     mengenai atas akibat berdasarkan sesuai melalui lewat lebih begitu demikian tak tidak \
     bukan hanya salah sekitar sejumlah sebanyak beberapa seorang sebuah suatu setiap para \
     semua seluruh kini saat tadi kedua ketiga pertama keempat merespons menanggapi \
     mendengar melihat mengutip akan terlebih informasi dugaan",
);

/// Words of [`OPENERS`] that headlines do use with a capital: a comma or a small word must follow.
const DOUBTFUL: WordList = WordList(
    "tak tidak bukan hanya lebih akan kini semua seluruh terkait akibat hal saat pertama \
     kedua ketiga keempat kami saya kita lalu sebelum setelah informasi dugaan sejumlah \
     merespons demikian mengenai ketika",
);

/// Words of [`OPENERS`] that some newsrooms write with a capital inside headlines: a small word
/// must follow, or a comma within the next words.
const PREPOSITIONS: WordList = WordList(
    "di ke dari pada dalam dengan untuk oleh karena bagi atas sejak selama seperti sebagai lewat \
     melalui sebab jika kalau",
);

/// Offices and kinds of people that open the subject of a sentence.
const OFFICES: WordList = WordList(
    "presiden wapres wakil menteri menko gubernur wagub bupati wabup wali camat kepala \
     ketua sekretaris sekda direktur dirut dirjen komisaris manajer manager juru jubir \
     kapolri kapolda kapolres kapolsek kasat kasi kabid kabag kadis panglima komandan jaksa \
     hakim anggota pengamat pakar peneliti pelatih kapten ceo chief sales host mantan eks \
     kuasa pengacara warga pemerintah perusahaan petugas polisi pemkot pemkab pemprov tim \
     peserta pihak komisioner ajang klub aktor aktris penyanyi artis partai kapal",
);

struct Word<'a> {
    start: usize,
    text: &'a str,
}

/// The byte in `text`, which begins with a headline, where the sentence after it begins;
/// `text.len()` where all is headline. `known` are the words of the whole article.
pub(super) fn end(text: &str, known: &Words<'_>) -> usize {
    if let Some(end) = end_of_quoted(text).or_else(|| end_at_mark(text)) {
        return end;
    }
    let words = words(text);
    let Some(small) = first_small(&words) else {
        // No sentence follows, or the headline is longer than headlines are.
        return if words.len() < LONGEST { text.len() } else { 0 };
    };
    let found = after_mark(&words, small)
        .or_else(|| at_opener(&words, small))
        .or_else(|| at_known(&words, small, known))
        .or_else(|| at_office(&words, small))
        .or_else(|| at_last_capital(&words, small));
    match found {
        Some(index) => words.get(index).map_or(text.len(), |word| word.start),
        // A headline in sentence case: only something certain may end it.
        None => in_sentence_case(&words, small)
            .and_then(|index| words.get(index))
            .map_or(0, |word| word.start),
    }
}

/// A headline in quotation marks: "Simak Video 'Harga Beras Turun': …".
fn end_of_quoted(text: &str) -> Option<usize> {
    let open = text.chars().next()?;
    let close = match open {
        '\'' | '"' => open,
        '“' => '”',
        '‘' => '’',
        _ => return None,
    };
    let head = &text[..text.floor_char_boundary(260)];
    let colon = format!("{close}:");
    let end = head.find(&colon).map(|at| at + colon.len());
    // Only with a colon is a mark surely the last; names like "Jum'at" have marks inside.
    end.filter(|end| !head[..*end].contains(". "))
}

/// A headline before a cut ("Simak juga Video …: [Gambas]"), or "di sini:".
fn end_at_mark(text: &str) -> Option<usize> {
    const WITHIN: usize = 260;
    let head = &text[..text.floor_char_boundary(WITHIN)];
    let cut = head.find(super::CUT);
    let here = ["di sini:", "di sini :", "di bawah ini:"]
        .iter()
        .filter_map(|mark| head.find(mark).map(|at| at + mark.len()))
        .min();
    let end = match (cut, here) {
        (Some(cut), Some(here)) => cut.min(here),
        (cut, here) => cut.or(here)?,
    };
    // A sentence that ends before the mark is not part of the headline.
    let inside = &head[..end];
    let closes = inside.match_indices(". ").any(|(at, _)| {
        inside[..at]
            .chars()
            .next_back()
            .is_some_and(char::is_lowercase)
    });
    (!closes).then_some(end)
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    for text in text[..text.floor_char_boundary(600)].split(' ') {
        if text.starts_with(super::CUT) {
            break;
        }
        if !text.is_empty() {
            words.push(Word { start: at, text });
        }
        at += text.len() + 1;
        if words.len() == LONGEST + 14 {
            break;
        }
    }
    words
}

/// The first word that a headline would have written with a capital.
fn first_small(words: &[Word<'_>]) -> Option<usize> {
    words.iter().position(|word| {
        let bare = bare(word.text);
        bare.starts_with(char::is_lowercase)
            && !SMALL.contains(bare)
            // "per cent", "e-KTP", "m2": not words of a sentence.
            && bare.chars().count() > 2
            && !bare.contains(|c: char| c.is_uppercase() || c.is_ascii_digit())
    })
}

fn is_capital(word: &Word<'_>) -> bool {
    bare(word.text).starts_with(char::is_uppercase)
}

/// An opening quotation mark that does not close before the small word, or the word after a mark
/// that ends headlines.
fn after_mark(words: &[Word<'_>], small: usize) -> Option<usize> {
    let quote = (1..=small)
        .rev()
        .find(|index| words[*index].text.starts_with(['"', '“']));
    if let Some(quote) = quote {
        let closed = words[quote..small].iter().any(|word| {
            let text = word.text.trim_end_matches([',', '.', ':', '?', '!']);
            text.len() > 1 && text.ends_with(['"', '”'])
        });
        if !closed {
            return Some(quote);
        }
    }
    if let Some(bullet) = (1..=small).find(|index| words[*index].text.starts_with('•')) {
        return Some(bullet);
    }
    (1..=small).rev().find(|index| {
        words[index - 1].text.ends_with(['?', '…']) || words[index - 1].text.ends_with("...")
    })
}

fn at_opener(words: &[Word<'_>], small: usize) -> Option<usize> {
    (1..=small).rev().find(|index| {
        let word = &words[*index];
        let lower = bare(word.text).to_lowercase();
        is_capital(word)
            && OPENERS.contains(&lower)
            // "X, Saya Kecewa": after a colon it is a quotation in the headline.
            && !words[index - 1].text.ends_with(':')
            && goes_on_as_sentence(&lower, *index, words, small)
    })
}

/// Whether an opener that headlines use too opens a sentence here.
fn goes_on_as_sentence(opener: &str, index: usize, words: &[Word<'_>], small: usize) -> bool {
    let before_small = &words[index..small];
    let commas = if PREPOSITIONS.contains(opener) {
        &before_small[..before_small.len().min(6)]
    } else if DOUBTFUL.contains(opener) {
        &before_small[..1]
    } else {
        return true;
    };
    let next = words.get(index + 1).map_or("", |next| bare(next.text));
    next.starts_with(char::is_lowercase) || commas.iter().any(|word| word.text.ends_with(','))
}

/// The longest run of up to four capitalised words before the small one that the article uses
/// elsewhere, as it stands.
fn at_known(words: &[Word<'_>], small: usize, known: &Words<'_>) -> Option<usize> {
    let last = last_capital(words, small)?;
    // Each stands here once; elsewhere means at least twice.
    let single = |index: usize| known.count(bare(words[index].text)) > 1;
    let pair =
        |index: usize| known.count_pair(bare(words[index].text), bare(words[index + 1].text)) > 1;
    let mut first = last;
    while first > 1
        && last - first < 3
        && is_capital(&words[first - 1])
        && !closes_part(&words[first - 1])
        && pair(first - 1)
    {
        first -= 1;
    }
    if first < last || single(last) {
        // An office before the name belongs to it.
        return Some(
            at_office(words, small)
                .filter(|office| *office < first)
                .filter(|office| words[*office..first].iter().all(is_capital))
                .unwrap_or(first),
        );
    }
    (last > 1
        && last + 1 == small
        && is_capital(&words[last - 1])
        && !closes_part(&words[last - 1])
        && single(last - 1))
    .then_some(last - 1)
}

fn closes_part(word: &Word<'_>) -> bool {
    word.text
        .ends_with([',', ':', '!', '?', ';', '.', '"', '”'])
}

/// The office nearest before the small word, with no colon between, and those right before it.
fn at_office(words: &[Word<'_>], small: usize) -> Option<usize> {
    let is_office = |index: usize| {
        is_capital(&words[index]) && OFFICES.contains(&bare(words[index].text).to_lowercase())
    };
    let mut index = (1..small).rev().take(12).find(|index| is_office(*index))?;
    if words[index..small]
        .iter()
        .any(|word| word.text.ends_with(':'))
    {
        return None;
    }
    // "Sales Branch Manager", "Wakil Ketua": the first of a chain of offices.
    while let Some(earlier) = (1..index)
        .rev()
        .take(2)
        .find(|earlier| is_office(*earlier) && words[*earlier..index].iter().all(is_capital))
    {
        index = earlier;
    }
    Some(index)
}

fn last_capital(words: &[Word<'_>], small: usize) -> Option<usize> {
    (1..small).rev().find(|index| is_capital(&words[*index]))
}

/// Of the capitals before the small word the last; but not if the headline has hardly begun.
fn at_last_capital(words: &[Word<'_>], small: usize) -> Option<usize> {
    last_capital(words, small).filter(|_| small >= 5)
}

/// After a headline in sentence case: a quotation or an opener that begins with a capital.
fn in_sentence_case(words: &[Word<'_>], small: usize) -> Option<usize> {
    (small + 1..words.len().min(LONGEST)).find(|index| {
        let word = &words[*index];
        let lower = bare(word.text).to_lowercase();
        word.text.starts_with(['"', '“'])
            || is_capital(word) && OPENERS.contains(&lower) && !closes_part(&words[index - 1])
    })
}

#[cfg(test)]
mod tests {
    use super::{Words, end};

    /// `headline | rest`, in an article that elsewhere says `article`.
    fn check(article: &str, marked: &str) {
        let (headline, rest) = marked.split_once(" | ").unwrap_or((marked, ""));
        let text = format!("{headline} {rest}");
        let text = text.trim_end();
        let whole = format!("{article} {text}");
        let found = end(text, &Words::of([whole.as_str()]));
        assert_eq!(&text[found..], rest, "after {headline:?}");
    }

    #[test]
    fn the_sentence_after_a_headline_is_found() {
        check(
            "",
            "Harga Beras di Contoh Turun, Petani Resah | Menurut Rini, panen raya tiba.",
        );
        check(
            "",
            "Harga Beras di Contoh Turun | \"Panen raya tiba,\" kata Rini.",
        );
        check(
            "",
            "Apa Itu \"Panen Raya\" di Contoh | \"Panen raya tiba,\" kata Rini.",
        );
        check(
            "",
            "Harga Beras Turun, Apa Sebabnya? | Pemerintah Kota Contoh sebelumnya menutup gudang.",
        );
        check(
            "kata Budi Hartawan.",
            "Gudang Beras Milik Pemda Contoh | Budi Hartawan mengatakan gudang itu kosong.",
        );
        check(
            "tanya Budi.",
            "Gudang Beras Milik Pemda Contoh | Budi mengatakan gudang itu kosong.",
        );
        check(
            "",
            "Gudang Beras Milik Pemda Contoh | Kepala Dinas Pangan Contoh Budi Hartawan mengatakan gudang itu kosong.",
        );
        check(
            "kata Budi.",
            "Gudang Beras Contoh City | Chief Operating Officer Contoh FC, Budi, menyatakan gudang itu kosong.",
        );
        check(
            "Gudang itu kosong.",
            "Beras Contoh Akan Dijual Dalam Karung Atas Nama Gudang | Pendekatan yang digunakan berbeda.",
        );
        check(
            "",
            "Menteri Pangan Hadiri Hari Beras ke-79, Ajudan: Sedang Libur | Gudang tersebut kosong.",
        );
        check(
            "",
            "Menteri Pangan: Gudang Beras Contoh Aman | Gudang tersebut kosong sejak Mei.",
        );
        check("", "Harga Beras di Contoh Turun untuk Kali Ketiga");
        check(
            "",
            "harga beras turun lagi di pasar contoh, petani resah | Sementara itu, stok aman.",
        );
    }
}
