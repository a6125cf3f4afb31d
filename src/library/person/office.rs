//! Whether an office that an article gives is the one a well-known figure is known by.
//!
//! Newspapers shorten offices ("Menlu", "Wapres", "Ketum"), and the closed lists shorten bodies
//! ("Kepala BNPB"): both are written out or drawn together before they are compared.

use crate::entity::gazetteer::Figure;
use crate::library::fold;

/// Short forms, and what they stand for. `wamen...` is the deputy of `men...`.
const SHORT: [(&str, &str); 48] = [
    ("as", "amerika serikat"),
    ("bi", "bank indonesia"),
    ("dirjen", "direktur jenderal"),
    ("dirut", "direktur utama"),
    ("esdm", "energi dan sumber daya mineral"),
    ("kasad", "kepala staf angkatan darat"),
    ("kasal", "kepala staf angkatan laut"),
    ("kasau", "kepala staf angkatan udara"),
    ("ketum", "ketua umum"),
    ("komdigi", "komunikasi dan digital"),
    ("korsel", "korea selatan"),
    ("korut", "korea utara"),
    ("ksp", "kepala staf kepresidenan"),
    ("menag", "menteri agama"),
    ("menaker", "menteri ketenagakerjaan"),
    ("menbud", "menteri kebudayaan"),
    ("mendag", "menteri perdagangan"),
    ("mendagri", "menteri dalam negeri"),
    ("mendes", "menteri desa"),
    ("mendikdasmen", "menteri pendidikan dasar dan menengah"),
    (
        "mendiktisaintek",
        "menteri pendidikan tinggi sains dan teknologi",
    ),
    ("menekraf", "menteri ekonomi kreatif"),
    ("menhan", "menteri pertahanan"),
    ("menhub", "menteri perhubungan"),
    ("menhut", "menteri kehutanan"),
    ("menimipas", "menteri imigrasi dan pemasyarakatan"),
    ("menkes", "menteri kesehatan"),
    ("menkeu", "menteri keuangan"),
    ("menko", "menteri koordinator"),
    ("menkomdigi", "menteri komunikasi dan digital"),
    ("menkop", "menteri koperasi"),
    ("menkum", "menteri hukum"),
    ("menlu", "menteri luar negeri"),
    ("menpar", "menteri pariwisata"),
    ("menperin", "menteri perindustrian"),
    ("menpora", "menteri pemuda dan olahraga"),
    ("mensesneg", "menteri sekretaris negara"),
    ("mensos", "menteri sosial"),
    ("mentan", "menteri pertanian"),
    ("menteg", "menteri negara"),
    ("pm", "perdana menteri"),
    ("ri", "indonesia"),
    ("sekjen", "sekretaris jenderal"),
    ("seskab", "sekretaris kabinet"),
    ("waketum", "wakil ketua umum"),
    ("wapres", "wakil presiden"),
    ("imipas", "imigrasi dan pemasyarakatan"),
    ("pu", "pekerjaan umum"),
];

/// Words that are left out as often as not.
const EMPTY: [&str; 4] = ["bidang", "negara", "partai", "republik"];

/// Of these there are many in one body; the words behind them say which.
const OF_MANY: [&str; 7] = [
    "anggota",
    "direktur",
    "kepala",
    "ketua",
    "mantan",
    "sekretaris",
    "wakil",
];

/// Is it the same office, as far as both say?
pub(super) fn is_same(figure: &Figure, role: &str) -> bool {
    let role = written_out(role);
    figure.office.split(',').any(|office| {
        let office = written_out(office);
        let role = drawn_together(&role, &office);
        let (short, long) = if role.len() < office.len() {
            (&role, &office)
        } else {
            (&office, &role)
        };
        // The deputy holds another office.
        let mut at = long.windows(short.len()).enumerate();
        short.len() > 1
            && at.any(|(at, words)| {
                words == short && (at == 0 || long.get(at - 1).is_none_or(|word| word != "wakil"))
            })
    })
}

/// Is it an office of the same kind ("Presiden Korsel", "Presiden" for a president)?
pub(super) fn is_alike(figure: &Figure, role: &str) -> bool {
    let office = written_out(figure.office);
    let Some(kind) = office.first() else {
        return false;
    };
    let role = drawn_together(&written_out(role), &office);
    match role.iter().position(|word| word == kind) {
        // The word before it makes another office of it ("wakil presiden").
        Some(at) if at > 0 && OF_MANY.contains(&role[at - 1].as_str()) => role[at - 1] == "mantan",
        Some(at) => !OF_MANY.contains(&kind.as_str()) || role.get(at + 1) == office.get(1),
        None => false,
    }
}

/// The folded words of an office, short forms written out.
fn written_out(office: &str) -> Vec<String> {
    let whole = |word: &str| {
        let short = SHORT.iter().find(|(short, _)| *short == word);
        short.map(|(_, whole)| (*whole).to_owned())
    };
    let deputy = |word: &str| {
        let minister = word
            .strip_prefix("wa")
            .filter(|rest| rest.starts_with("men"))?;
        Some(format!("wakil {}", whole(minister)?))
    };
    fold::key(office)
        .split(' ')
        .map(|word| {
            whole(word)
                .or_else(|| deputy(word))
                .unwrap_or_else(|| word.to_owned())
        })
        .flat_map(|words| words.split(' ').map(str::to_owned).collect::<Vec<_>>())
        .filter(|word| !EMPTY.contains(&word.as_str()))
        .collect()
}

/// A role in which words whose initials are a word of the office are that word: "Badan Nasional
/// Penanggulangan Bencana" is "bnpb".
fn drawn_together(role: &[String], office: &[String]) -> Vec<String> {
    let mut role = role.to_vec();
    for word in office {
        let length = word.chars().count();
        if length < 3 {
            continue;
        }
        let spells = |words: &[String]| {
            let initials = words.iter().filter_map(|word| word.chars().next());
            initials.eq(word.chars())
        };
        if let Some(at) = role.windows(length).position(spells) {
            role.splice(at..at + length, [word.clone()]);
        }
    }
    role
}

#[cfg(test)]
mod tests {
    use super::{is_alike, is_same};
    use crate::library::known;

    #[test]
    fn short_and_long_forms_are_one_office() {
        for (name, role, same, alike) in [
            ("Gibran Rakabuming Raka", "Wapres", true, true),
            ("Gibran Rakabuming Raka", "Wapres RI", true, true),
            ("Prabowo Subianto", "Presiden", false, true),
            ("Prabowo Subianto", "Presiden RI", true, true),
            ("Prabowo Subianto", "Wakil Presiden", false, false),
            ("Sugiono", "Menlu", true, true),
            ("Sugiono", "Menlu RI", true, true),
            ("Sugiono", "Wamenlu", false, false),
            ("Sugiono", "Bupati", false, false),
            (
                "Suharyanto",
                "Kepala Badan Nasional Penanggulangan Bencana",
                true,
                true,
            ),
            ("Suharyanto", "Kepala Desa", false, false),
            ("Bahlil Lahadalia", "Ketua Umum Partai Golkar", true, false),
            ("Bahlil Lahadalia", "Menteri ESDM", true, true),
            ("Airlangga Hartarto", "Menko Perekonomian", true, true),
            ("Muhammad Ali", "petinju", false, false),
        ] {
            let figure = known::figure(name);
            let is = |test: fn(&_, &str) -> bool| figure.map(|figure| test(figure, role));
            assert_eq!(is(is_same), Some(same), "{name}: {role}");
            assert_eq!(is(is_alike), Some(alike), "{name}: {role}");
        }
    }
}
