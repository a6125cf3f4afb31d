//! The bundled articles: original, fictional, and shown when there is nothing else.

/// One bundled article as it would come from outside.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Its file name, which tells its kind.
    pub name: &'static str,
    /// The file.
    pub bytes: &'static [u8],
}

macro_rules! sample {
    ($name:literal) => {
        Sample {
            name: $name,
            bytes: include_bytes!(concat!("../assets/samples/", $name)),
        }
    };
}

/// Every bundled article, newest first.
pub const SAMPLES: &[Sample] = &[
    sample!("01-norwegia-korea-kapal-arktik.txt"),
    sample!("02-banjir-bandang-kaluku-raya.txt"),
    sample!("03-galang-rayhan-juara-piala-sembrani.txt"),
    sample!("04-halaman-mentah-jepang-korut.txt"),
    sample!("05-obligasi-biru-koperasi-nelayan.txt"),
    sample!("06-model-suara-bahasa-daerah.txt"),
    sample!("07-festival-wayang-dua-benua.html"),
    sample!("08-tersangka-pupuk-tirta-buana.txt"),
    sample!("09-klinik-anak-ri-yordania.txt"),
    sample!("10-kapal-klinik-mata.txt"),
    sample!("11-timnas-u19-daftar-pemain.txt"),
    sample!("12-rute-burung-laut-banda.md"),
    sample!("13-perahu-sekolah-tanimela.txt"),
    sample!("14-vanili-flores-pasar-ekspor.txt"),
];
