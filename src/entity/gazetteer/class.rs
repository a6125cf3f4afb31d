//! The classes a word or phrase can belong to.
//!
//! This file is read twice: by the program, and by the build script, which turns
//! `assets/gazetteer/words/NAME.txt` into the class that names that file here. To add a class, add
//! one line to the table at the end and the file it names.

/// A set of classes; one word can be several things ("Bali" a place, "kata" a speech verb).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Classes(u64);

impl Classes {
    /// The empty set.
    pub const NONE: Classes = Classes(0);

    /// The set as bits, one a class: for features that want a number.
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// The set with these bits.
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// True when no class is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// True when the two sets share a class.
    pub const fn any(self, of: Classes) -> bool {
        self.0 & of.0 != 0
    }

    /// The classes of both.
    #[must_use]
    pub const fn with(self, more: Classes) -> Self {
        Self(self.0 | more.0)
    }
}

/// Makes one constant a line, and the list of files the build script reads.
macro_rules! classes {
    (
        words { $($(#[$word_doc:meta])* $word:ident = $bit:literal from $file:literal;)* }
        tables { $($(#[$table_doc:meta])* $table:ident = $table_bit:literal;)* }
    ) => {
        impl Classes {
            $($(#[$word_doc])* pub const $word: Classes = Classes(1 << $bit);)*
            $($(#[$table_doc])* pub const $table: Classes = Classes(1 << $table_bit);)*

            /// Name of a file in `assets/gazetteer/words` and the class of everything in it.
            pub const FILES: &'static [(&'static str, Classes)] = &[$(($file, Classes::$word)),*];
        }
    };
}

classes! {
    words {
        /// An office held ("Presiden", "Menteri Luar Negeri", "Direktur Utama").
        OFFICE = 0 from "offices";
        /// What someone does or is ("pelatih", "penyanyi", "tersangka", "warga").
        OCCUPATION = 1 from "occupations";
        /// A word before an office ("mantan", "Wakil", "Plt").
        OFFICE_MODIFIER = 2 from "office-modifiers";
        /// A military or police rank ("Jenderal", "AKBP").
        RANK = 3 from "ranks";
        /// An honorific ("Pak", "Ustaz", "Gus").
        HONORIFIC = 4 from "honorifics";
        /// An academic degree ("S.H.", "Prof", "M.Si").
        DEGREE = 5 from "degrees";
        /// A verb or preposition that tells who is speaking ("kata", "ujar", "menurut").
        SPEECH = 6 from "speech";
        /// A word for a relative ("istri", "putra").
        KIN = 7 from "kin";
        /// The first word of an organisation's name ("PT", "Kementerian", "Universitas").
        ORGANISATION_CUE = 8 from "organisation-cues";
        /// A well-known organisation, by name or abbreviation.
        ORGANISATION = 9 from "organisations";
        /// A newspaper, station, agency or platform.
        MEDIA = 10 from "media";
        /// A brand or product that may look like a person.
        BRAND = 11 from "brands";
        /// The first word of an administrative or natural place ("Kabupaten", "Gunung").
        PLACE_CUE = 12 from "place-cues";
        /// The first word of a building, road or venue, often named after a person ("Stadion").
        VENUE_CUE = 13 from "venue-cues";
        /// The first word of an event, contest, law or treaty ("Piala", "KTT").
        EVENT_CUE = 14 from "event-cues";
        /// A particle inside a name ("bin", "van", "al").
        PARTICLE = 15 from "particles";
        /// A month or a day of the week.
        CALENDAR = 16 from "calendar";
        /// A function word; never part of a name, also when a headline gives it a capital.
        FUNCTION = 17 from "function-words";
        /// A verb, adjective or common noun that headlines set in capitals.
        COMMON = 18 from "common-words";
        /// A clan or family name ("Simanjuntak", "Lumban Tobing").
        CLAN = 19 from "clans";
        /// A given name ("Agus", "Siti", "Muhammad").
        GIVEN_NAME = 20 from "given-names";
        /// A people, ethnic group or religion ("Jawa", "Yahudi").
        PEOPLE = 21 from "peoples";
        /// A currency ("dolar", "yen").
        CURRENCY = 22 from "currencies";
        /// A word that makes what follows a language ("bahasa").
        LANGUAGE_CUE = 23 from "language-cues";
        /// A national team or squad ("timnas", "skuad").
        TEAM_CUE = 24 from "team-cues";
        /// A word after a country that makes both an event's or company's name ("Open", "Airlines").
        NAME_TAIL = 25 from "name-tails";
        /// A word that makes of a country after it the name of something else ("Bank Indonesia").
        NAME_HEAD = 26 from "name-heads";
    }
    tables {
        /// A country, by a form that counts in any capitals.
        COUNTRY = 40;
        /// A country, by a form that counts only in exact capitals ("AS", "RI").
        COUNTRY_ABBREVIATION = 41;
        /// A capital or seat of government.
        SEAT = 42;
        /// A well-known place.
        PLACE = 43;
        /// A form that by itself means one well-known person.
        FIGURE = 44;
        /// A form of a well-known person that others bear too.
        FIGURE_AMBIGUOUS = 45;
        /// A country's three-letter code in lists of results ("JPN").
        RESULT_CODE = 46;
    }
}
