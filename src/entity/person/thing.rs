//! Names that look like a person's and are a thing's: ships, papers, firms, places.
//!
//! The text gives them away: "media lokal Vietnam, Soha", "dua kapal, yakni Magic Seas dan
//! Eternity C". So does the last word of many ("Frankfurter Allgemeine Zeitung").

use super::Candidate;
use super::name::{Parts, is_slip};
use crate::entity::gazetteer::Classes;
use crate::entity::reading::{Reading, Span};
use crate::entity::token::{Case, Gap};

/// What a thing is called by before its name.
const THINGS: [&str; 65] = [
    "apartemen",
    "aplikasi",
    "badai",
    "band",
    "boyband",
    "brand",
    "bukit",
    "desa",
    "distrik",
    "dusun",
    "feri",
    "gereja",
    "girlband",
    "grup",
    "gunung",
    "harian",
    "hotel",
    "kabupaten",
    "kafe",
    "kampung",
    "kapal",
    "kecamatan",
    "kelurahan",
    "klub",
    "koran",
    "kota",
    "laman",
    "majalah",
    "mal",
    "masjid",
    "maskapai",
    "media",
    "merek",
    "milisi",
    "musala",
    "novel",
    "pabrikan",
    "pantai",
    "pasar",
    "perusahaan",
    "pesantren",
    "pesawat",
    "platform",
    "ponpes",
    "portal",
    "produk",
    "produsen",
    "provinsi",
    "pulau",
    "radio",
    "restoran",
    "roket",
    "rudal",
    "satelit",
    "siklon",
    "situs",
    "stadion",
    "stasiun",
    "sungai",
    "tabloid",
    "tanker",
    "televisi",
    "toko",
    "topan",
    "warung",
];

/// Last words of names that no person bears.
const TAILS: [&str; 25] = [
    "Airlines",
    "Airways",
    "Award",
    "Awards",
    "Center",
    "Club",
    "Corp",
    "Cup",
    "Daily",
    "FC",
    "Foundation",
    "Group",
    "Herald",
    "Holdings",
    "Inc",
    "Institute",
    "Journal",
    "Ltd",
    "News",
    "Official",
    "Post",
    "Qualifier",
    "Times",
    "Tribune",
    "Zeitung",
];

/// Whether the text around or inside a span says that it names a thing.
pub(super) fn is_thing(reading: &Reading<'_>, candidate: &Candidate) -> bool {
    let span = candidate.span;
    if candidate.signs.title {
        return false;
    }
    ends_abbreviated(reading, span)
        || (span.len() > 1 && TAILS.contains(&reading.text(span.end - 1)))
        || (!is_sure(reading, candidate) && called_a_thing(reading, span))
}

/// Whether a name of several words is a person's whatever stands before it: a song is by somebody
/// ("lagu Bob Dylan"), and a village has elders ("tetua kampung, yaitu Abdul Hamid").
fn is_sure(reading: &Reading<'_>, candidate: &Candidate) -> bool {
    let span = candidate.span;
    let by_somebody = span.first > 0
        && matches!(
            reading.text(span.first - 1),
            "album" | "buku" | "karya" | "lagu" | "lagu-lagu" | "lukisan" | "novel" | "puisi"
        );
    let given = reading.is(span.first, Classes::GIVEN_NAME);
    span.len() > 1
        && ((by_somebody && candidate.confidence > 0.85)
            || (given && candidate.confidence > super::SURE))
}

/// Whether the capitals in brackets after a span spell it together with words before it: the span is
/// the end of an organisation's name ("Direktur Indonesia [Mining Association] (IMA)").
pub(super) fn ends_abbreviated(reading: &Reading<'_>, span: Span) -> bool {
    let short = reading.text(span.end + 1);
    let bracketed = reading.text(span.end) == "("
        && reading.case(span.end + 1) == Case::Upper
        && reading.text(span.end + 2) == ")"
        && reading.gap(span.end) != Gap::Line;
    let letters = short.chars().count();
    let Some(first) = span.end.checked_sub(letters).filter(|_| bracketed) else {
        return false;
    };
    first < span.first
        && (first..span.end)
            .zip(short.chars())
            .all(|(at, letter)| reading.text(at).starts_with(letter))
}

/// "kapal Magic Seas", "media lokal Vietnam, Soha", "dua kapal, yakni Magic Seas dan Eternity C".
fn called_a_thing(reading: &Reading<'_>, span: Span) -> bool {
    let mut at = span.first;
    let mut reach = 1;
    let mut apart = false;
    let mut steps = 0;
    while at > 0 && reading.gap(at) != Gap::Line && steps < reach {
        at -= 1;
        steps += 1;
        let word = reading.text(at);
        if is_one(reading, at) {
            return true;
        }
        let joins = match reading.case(at) {
            Case::Mark
                if word == "," && (!apart || reading.gap(at) == Gap::Glued && steps == 2) =>
            {
                apart = true;
                reach = reach.max(steps + 4);
                true
            }
            Case::Mark => matches!(word, "\"" | "“" | "'" | "‘"),
            Case::Lower if matches!(word, "yakni" | "yaitu" | "bernama" | "seperti") => {
                apart = true;
                reach = steps + 10;
                true
            }
            Case::Lower => apart && !reading.is(at, Classes::OFFICE.with(Classes::OCCUPATION)),
            Case::Title | Case::Upper => {
                reach += usize::from(!apart);
                reading.is(
                    at,
                    Classes::COUNTRY
                        .with(Classes::COUNTRY_ABBREVIATION)
                        .with(Classes::PLACE)
                        .with(Classes::PEOPLE),
                )
            }
            _ => apart,
        };
        if !joins {
            return false;
        }
    }
    false
}

fn is_one(reading: &Reading<'_>, at: usize) -> bool {
    let word = reading.text(at);
    let plain = reading.case(at) == Case::Lower
        || (reading.case(at) == Case::Title && reading.opens_sentence(at));
    plain
        && (THINGS.binary_search(&word).is_ok()
            || (reading.case(at) == Case::Title
                && THINGS.iter().any(|thing| thing.eq_ignore_ascii_case(word))))
}

/// Whether a lone word is a slip of a newspaper or firm the article also names rightly
/// ("Rueters" beside "Reuters").
pub(super) fn is_misspelt_thing(reading: &Reading<'_>, span: Span) -> bool {
    let parts = Parts::of(reading.span_text(span));
    let [word] = parts.list() else {
        return false;
    };
    let things = Classes::MEDIA
        .with(Classes::BRAND)
        .with(Classes::ORGANISATION)
        .with(Classes::COUNTRY);
    (0..reading.len()).any(|at| {
        reading.is(at, things)
            && reading.case(at).is_capital()
            && is_slip(reading.text(at), word, 6)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_things_are_in_order_for_the_search() {
        assert!(super::THINGS.is_sorted());
        assert!(super::TAILS.is_sorted());
    }
}
