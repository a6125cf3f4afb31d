//! From lines of text to paragraphs: which breaks are breaks, which only the edge of a column.

/// Lines of text files wrapped by hand are about this long, in characters.
const COLUMN: std::ops::RangeInclusive<usize> = 45..=110;

/// The paragraphs of `text`, each on one line, none empty.
///
/// `is_apart` says of a line that it must not be joined to its neighbours (a date, a button).
pub(super) fn paragraphs(text: &str, is_apart: impl Fn(&str) -> bool) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let blank = lines
        .iter()
        .skip_while(|line| line.is_empty())
        .any(|line| line.is_empty());
    if !is_wrapped(&lines, blank) {
        return lines
            .iter()
            .map(|line| squeeze(line))
            .filter(|line| !line.is_empty())
            .collect();
    }
    let column = lines
        .iter()
        .map(|line| width(line))
        .max()
        .unwrap_or_default();
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for (index, line) in lines.iter().enumerate() {
        let squeezed = squeeze(line);
        if squeezed.is_empty() {
            open = false;
            continue;
        }
        let apart = is_apart(&squeezed) || squeezed.starts_with(['•', '*', '-']);
        match paragraphs.last_mut() {
            Some(paragraph) if open && !apart => {
                if !paragraph.ends_with('-') {
                    paragraph.push(' ');
                }
                paragraph.push_str(&squeezed);
            }
            _ => paragraphs.push(squeezed),
        }
        // Without blank lines a short line that ends a sentence ends the paragraph.
        let ends = !blank && width(line) * 4 < column * 3 && ends_sentence(line);
        let indented = lines
            .get(index + 1)
            .is_some_and(|next| !blank && next.starts_with("  "));
        open = !apart && !ends && !indented;
    }
    paragraphs
}

/// Whether the breaks inside blocks come from wrapping: most lines that are followed by another
/// are about as long as the column, and most do not end a sentence.
fn is_wrapped(lines: &[&str], blank: bool) -> bool {
    let followed: Vec<&str> = lines
        .windows(2)
        .filter(|pair| !pair[0].is_empty() && !pair[1].is_empty())
        .map(|pair| pair[0])
        .collect();
    let widest = lines
        .iter()
        .map(|line| width(line))
        .max()
        .unwrap_or_default();
    if followed.len() < if blank { 3 } else { 4 } || !COLUMN.contains(&widest) {
        return false;
    }
    let full = followed
        .iter()
        .filter(|line| width(line) * 10 >= widest * 7)
        .count();
    let open = followed.iter().filter(|line| !ends_sentence(line)).count();
    full * 10 >= followed.len() * 7 && open * 10 >= followed.len() * 6
}

fn width(line: &str) -> usize {
    line.chars().count()
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')'])
        .ends_with(['.', '!', '?', '…', ':'])
}

/// A line with single spaces and none at its ends.
fn squeeze(line: &str) -> String {
    let mut squeezed = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(paragraphs(text, |line| line == "Bagikan"), expected);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        check(
            "Warga desa itu menanam padi di lahan yang lama kosong dan tidak\nterurus sejak bendungan di hulu selesai dibangun oleh pemerintah pada\nmusim hujan lalu, kata Rini.\n\nIa menambahkan bahwa hasil panen pertama akan dibagikan kepada para\nwarga yang ikut bekerja di sawah bersama itu tanpa memandang usia dan\nasal mereka.",
            &[
                "Warga desa itu menanam padi di lahan yang lama kosong dan tidak terurus sejak bendungan di hulu selesai dibangun oleh pemerintah pada musim hujan lalu, kata Rini.",
                "Ia menambahkan bahwa hasil panen pertama akan dibagikan kepada para warga yang ikut bekerja di sawah bersama itu tanpa memandang usia dan asal mereka.",
            ],
        );
    }

    #[test]
    fn a_line_a_paragraph_stays_so() {
        check(
            "Judul Berita\nBagikan\n\nSatu kalimat.\nDua  kalimat.",
            &["Judul Berita", "Bagikan", "Satu kalimat.", "Dua kalimat."],
        );
    }
}
