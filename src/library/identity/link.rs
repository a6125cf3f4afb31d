//! Links without what does not say which article they lead to.

/// A link without what does not say which article it leads to: scheme, case and `www.` of the
/// host, the marks of its AMP and mobile variants, fragment, tracking parameters, the order of
/// parameters, and a slash at the end. None where nothing but a host is left, or for no web link.
pub fn normal_link(link: &str) -> Option<String> {
    let link = link.trim();
    let (scheme, rest) = link.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let rest = rest.split_once('#').map_or(rest, |(before, _)| before);
    let (place, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, path) = place.split_once('/').unwrap_or((place, ""));
    let authority = authority.rsplit_once('@').map_or(authority, |(_, at)| at);
    let mut host = authority.to_lowercase();
    for port in [":80", ":443"] {
        if let Some(bare) = host.strip_suffix(port) {
            host = bare.to_owned();
        }
    }
    let mut host = host.as_str();
    for prefix in ["www.", "amp.", "m."] {
        if let Some(bare) = host.strip_prefix(prefix)
            && bare.contains('.')
        {
            host = bare;
        }
    }
    let segments: Vec<&str> = path
        .split('/')
        .filter(|segment| !segment.is_empty() && !segment.eq_ignore_ascii_case("amp"))
        .collect();
    let mut path = segments.join("/");
    if let Some(bare) = path.strip_suffix(".amp") {
        path = bare.to_owned();
    }
    let mut parameters: Vec<&str> = parameters
        .split('&')
        .flat_map(|parameter| parameter.split(';'))
        .filter(|parameter| !parameter.is_empty() && !is_tracking(parameter))
        .collect();
    parameters.sort_unstable();
    if host.is_empty() || (path.is_empty() && parameters.is_empty()) {
        return None;
    }
    let mut normal = format!("{host}/{path}");
    if !parameters.is_empty() {
        normal.push('?');
        normal.push_str(&parameters.join("&"));
    }
    Some(normal)
}

/// Parameters that say where the reader comes from or how the page is set, not which page it is.
fn is_tracking(parameter: &str) -> bool {
    const PREFIXES: &[&str] = &["utm_", "at_", "mc_", "_ga", "pk_", "mtm_"];
    const NAMES: &[&str] = &[
        "amp", "cmpid", "dclid", "fbclid", "gbraid", "gclid", "igshid", "msclkid", "ocid", "ref",
        "single", "source", "wbraid", "yclid",
    ];
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let name = name.to_ascii_lowercase();
    PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || NAMES.contains(&name.as_str())
        || matches!(
            (name.as_str(), value),
            ("page", "all") | ("m", "0" | "1") | ("output", "amp")
        )
}

#[cfg(test)]
mod tests {
    use super::normal_link;
    use proptest::prelude::*;

    #[test]
    fn one_article_has_one_link() {
        for link in [
            "https://www.contoh.id/hukum/berita-12",
            "http://contoh.id/hukum/berita-12/",
            "HTTPS://Contoh.ID:443/hukum/berita-12#komentar",
            "https://contoh.id/hukum/berita-12?utm_source=rss&utm_medium=feed",
            "https://contoh.id/hukum/berita-12?page=all",
            "https://amp.contoh.id/hukum/berita-12",
            "https://m.contoh.id/hukum/berita-12?fbclid=abc&m=1",
            "https://contoh.id/hukum/berita-12/amp/",
            "https://contoh.id/amp/hukum/berita-12",
            "https://contoh.id/hukum/berita-12?amp=1",
        ] {
            assert_eq!(
                normal_link(link).as_deref(),
                Some("contoh.id/hukum/berita-12"),
                "{link}"
            );
        }
    }

    #[test]
    fn what_names_the_article_stays() {
        for (link, expected) in [
            ("https://contoh.id/?p=77&utm_id=1", Some("contoh.id/?p=77")),
            ("https://contoh.id/b?z=1&a=2", Some("contoh.id/b?a=2&z=1")),
            (
                "https://contoh.id/baca?page=2",
                Some("contoh.id/baca?page=2"),
            ),
            ("https://contoh.id/?m=artikel", Some("contoh.id/?m=artikel")),
            ("https://contoh.id/Berita", Some("contoh.id/Berita")),
            ("https://m.id/x", Some("m.id/x")),
            ("https://contoh.id/", None),
            ("https://contoh.id/?utm_source=rss", None),
            ("mailto:redaksi@contoh.id", None),
            ("bukan tautan", None),
        ] {
            assert_eq!(normal_link(link).as_deref(), expected, "{link}");
        }
    }

    proptest! {
        #[test]
        fn any_link_is_survived_and_normal_links_are_stable(link in "(https?://)?\\PC{0,40}") {
            if let Some(normal) = normal_link(&link) {
                let again = normal_link(&format!("https://{normal}"));
                // A host may lose one more "m." or the path one more "amp"; it then stays.
                if let Some(again) = again {
                    prop_assert_eq!(normal_link(&format!("https://{again}")), Some(again));
                }
            }
        }
    }
}
