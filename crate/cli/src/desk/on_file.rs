//! The photos of the demo's register: the desk's page fetches them from the site, and the command line has them.

macro_rules! photos {
    ($($id:literal)+) => {
        [$((
            concat!("/demo/portraits/", $id, ".jpg"),
            include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/demo/portraits/", $id, ".jpg")),
        )),+]
    };
}

/// Address and bytes of each.
static PHOTOS: [(&str, &[u8]); 12] = photos! {
    "bai" "cheng" "gao" "he" "lin" "qin" "shangguan" "shen" "tang" "wei" "xu" "zhao"
};

/// Returns the large photo at an address of the register.
pub(super) fn large(address: &str) -> Option<&'static [u8]> {
    PHOTOS.iter().find(|(known, _)| *known == address).map(|(_, bytes)| *bytes)
}

#[cfg(test)]
mod tests {
    use authority::demo::DemoRegister;
    use authority::desk::Register as _;
    use authority::photo::Sha256Digest;

    use super::*;

    #[test]
    fn every_photo_of_the_register_is_there() {
        let register = DemoRegister::new();
        let on_file: Vec<_> =
            register.references().iter().filter_map(|reference| register.photo_on_file(reference)).collect();
        assert!(!on_file.is_empty());
        for photo in on_file {
            let large = large(&photo.address).unwrap_or_default();
            assert_eq!(Sha256Digest::of(large), photo.large_sha256, "{}", photo.address);
        }
    }
}
