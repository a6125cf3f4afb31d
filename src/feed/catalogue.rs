//! The feeds offered on a first start: `assets/feeds.toml`.

use serde::Deserialize;

/// A feed worth offering.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Whose it is, and which part of it where there are several.
    pub publisher: String,
    /// What it is about.
    pub subject: String,
    /// Where it is.
    pub address: String,
}

/// The offers, those of one subject together.
pub fn offers() -> Vec<Offer> {
    #[derive(Deserialize)]
    struct File {
        feed: Vec<Offer>,
    }
    let text = include_str!("../../assets/feeds.toml");
    // A test reads the file, so that a mistake in it is found before anyone runs it.
    toml::from_str(text).map_or_else(|_| Vec::new(), |file: File| file.feed)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::address::absolute;
    use super::*;

    #[test]
    fn the_offers_are_sound() {
        let offers = offers();
        assert!((20..40).contains(&offers.len()), "{}", offers.len());
        let addresses: HashSet<&str> = offers.iter().map(|o| o.address.as_str()).collect();
        let publishers: HashSet<&str> = offers.iter().map(|o| o.publisher.as_str()).collect();
        assert_eq!(
            (addresses.len(), publishers.len()),
            (offers.len(), offers.len())
        );
        let mut subjects: Vec<&str> = offers.iter().map(|o| o.subject.as_str()).collect();
        subjects.dedup();
        let distinct: HashSet<&str> = subjects.iter().copied().collect();
        assert_eq!(
            subjects.len(),
            distinct.len(),
            "a subject stands apart: {subjects:?}"
        );
        for offer in offers {
            assert!(offer.address.starts_with("https://"));
            assert_eq!(
                absolute(&offer.address, None).as_deref(),
                Some(&*offer.address)
            );
        }
    }
}
