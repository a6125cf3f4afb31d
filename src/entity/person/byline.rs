//! Who wrote, edited or photographed the article: named, but not people of the story.

use crate::entity::reading::{Reading, Span};
use crate::entity::token::Gap;

/// Whether a span stands in a line of credits.
pub(super) fn credited(reading: &Reading<'_>, span: Span) -> bool {
    let mut line = span.first;
    while line > 0 && reading.gap(line) != Gap::Line && span.first - line < 24 {
        line -= 1;
    }
    if reading.gap(line) != Gap::Line {
        return false;
    }
    // "Penulis: A | Editor: B", "Laporan Reporter X, Y"
    (line..span.first).any(|at| is_credit(reading, at, line))
}

fn is_credit(reading: &Reading<'_>, at: usize, line: usize) -> bool {
    let colon = reading.text(at + 1) == ":";
    match reading.text(at) {
        "Penulis" | "Editor" | "Reporter" | "Kontributor" | "Penyunting" | "Fotografer"
        | "Wartawan" | "Jurnalis" | "Redaktur" | "Pewarta" | "Pewarta:" | "Copyright"
        | "Infografis" => colon || at == line && reading.text(at) != "Wartawan",
        "Laporan" => {
            at == line
                && matches!(
                    reading.text(at + 1),
                    "Wartawan" | "Reporter" | "Kontributor" | "wartawan"
                )
        }
        "Foto" | "foto" | "Oleh" | "Teks" | "Naskah" => at == line && colon,
        _ => false,
    }
}

/// Whether a name is only the initials of somebody the article does not name ("RK (31)").
pub(super) fn is_initials(reading: &Reading<'_>, span: Span) -> bool {
    let text = reading.span_text(span);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters <= 4
        && text
            .chars()
            .all(|c| c.is_uppercase() || matches!(c, '.' | ' ' | '-' | '/'))
}
