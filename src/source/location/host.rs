//! Names of hosts as the network knows them: small letters, and what is not ASCII as Punycode
//! (RFC 3492) behind `xn--` (RFC 5891).

use unicode_normalization::UnicodeNormalization;

/// The parameters of Punycode (RFC 3492, section 5).
const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const FIRST_BIAS: u32 = 72;
const FIRST_CODE: u32 = 128;

/// The longest part of a name between two dots (RFC 1035, section 2.3.4).
const LONGEST_LABEL: usize = 63;

/// A host, and its port, in the letters that the network takes; nothing where it is no name.
pub(super) fn ascii(host: &str) -> Option<String> {
    if host.is_ascii() {
        return Some(host.to_ascii_lowercase());
    }
    let (host, port) = host.split_at(host.find(':').unwrap_or(host.len()));
    let host: String = host.to_lowercase().nfc().collect();
    let labels = host.split(['.', '\u{3002}']).map(|label| {
        if label.is_ascii() {
            return Some(label.to_owned());
        }
        let is_name = label.chars().all(|c| {
            c == '-' || c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
        });
        let label = format!("xn--{}", punycode(label).filter(|_| is_name)?);
        (label.len() <= LONGEST_LABEL).then_some(label)
    });
    Some(labels.collect::<Option<Vec<_>>>()?.join(".") + port)
}

/// Section 6.3; nothing where numbers grow too large, which no host does.
fn punycode(label: &str) -> Option<String> {
    let mut code: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(code.len()).ok()?;
    if basic > 0 {
        code.push('-');
    }
    let all = u32::try_from(label.chars().count()).ok()?;
    let (mut next, mut delta, mut bias, mut done) = (FIRST_CODE, 0_u32, FIRST_BIAS, basic);
    while done < all {
        let codes = || label.chars().map(u32::from);
        let smallest = codes().filter(|code| *code >= next).min()?;
        delta = delta.checked_add((smallest - next).checked_mul(done + 1)?)?;
        next = smallest;
        for character in codes() {
            if character < next {
                delta = delta.checked_add(1)?;
            }
            if character == next {
                push_number(&mut code, delta, bias)?;
                bias = adapt(delta, done + 1, done == basic);
                delta = 0;
                done += 1;
            }
        }
        delta = delta.checked_add(1)?;
        next += 1;
    }
    Some(code)
}

/// Writes a number with digits whose weights depend on the bias.
fn push_number(code: &mut String, mut number: u32, bias: u32) -> Option<()> {
    let mut weight = BASE;
    loop {
        let threshold = weight.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if number < threshold {
            code.push(digit(number)?);
            return Some(());
        }
        let rest = number - threshold;
        code.push(digit(threshold + rest % (BASE - threshold))?);
        number = rest / (BASE - threshold);
        weight += BASE;
    }
}

/// Section 6.1.
fn adapt(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / DAMP } else { delta / 2 };
    delta += delta / count;
    let mut bias = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        bias += BASE;
    }
    bias + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

fn digit(value: u32) -> Option<char> {
    char::from_digit(value, BASE).map(|_| {
        // Letters come before figures here.
        let value = u8::try_from(value).unwrap_or_default();
        char::from(if value < 26 {
            b'a' + value
        } else {
            b'0' + value - 26
        })
    })
}

#[cfg(test)]
mod tests {
    use super::ascii;

    #[test]
    fn a_name_in_any_script_has_its_form_in_ascii() {
        for (host, expected) in [
            ("Contoh.TEST", "contoh.test"),
            ("bücher.test", "xn--bcher-kva.test"),
            ("BU\u{308}CHER.test", "xn--bcher-kva.test"),
            ("münchen-ost.test", "xn--mnchen-ost-9db.test"),
            ("点看.test", "xn--3pxu8k.test"),
            ("テスト:8080", "xn--zckzah:8080"),
            ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
            ("почта.test", "xn--80a1acny.test"),
            ("[::1]", "[::1]"),
        ] {
            assert_eq!(ascii(host).as_deref(), Some(expected), "{host}");
        }
        assert_eq!(ascii("dua kata é.test"), None);
        assert_eq!(ascii("“kutip”.test"), None);
    }
}
