//! People with documents of other countries, issued by test authorities whose keys are public.

use cbor::Timestamp;
use licence::Profile;
use testkit::abroad::{Document, american, german};
use testkit::holder::TestHolder;
use testkit::issuer::{TestIssuer, TestIssuerOptions};

const DAY: i64 = 86_400;

/// Their ids and names.
pub(crate) const PEOPLE: [(&str, &str); 2] =
    [("erika-de", "Erika Mustermann"), ("erika-us", "Erika Mustermann")];

/// Returns the document of a person and its profile.
fn document(id: &str) -> Option<(Document, Profile)> {
    match id {
        "erika-de" => Some((german(), Profile::Iso)),
        "erika-us" => Some((american(), Profile::Us)),
        _ => None,
    }
}

/// Returns the profile of a person's document.
pub(crate) fn profile(id: &str) -> Profile {
    document(id).map_or(Profile::Cn, |(_, profile)| profile)
}

/// Returns the authority of a country. Its root is always the same; its document signer is valid around `now`.
fn issuer(country: &str, now: Option<Timestamp>) -> TestIssuer {
    let defaults = TestIssuerOptions::default();
    let ds_validity = now.map_or(defaults.ds_validity, |now| {
        let day = now.floor_to_day();
        (day.plus_seconds(-30 * DAY), day.plus_seconds(400 * DAY))
    });
    TestIssuer::new(&TestIssuerOptions {
        seed: format!("package {country}"),
        iaca_name: format!("Test IACA {country}"),
        country: country.to_owned(),
        state: (country == "US").then(|| "US-UT".to_owned()),
        ds_validity,
        ..defaults
    })
}

/// Returns the root certificates in DER.
pub(crate) fn roots() -> impl Iterator<Item = Vec<u8>> {
    ["DE", "US"].into_iter().map(|country| issuer(country, None).iaca().as_der().to_vec())
}

/// Returns the holder of a document, issued on the day of `now`.
pub(crate) fn holder(id: &str, now: Timestamp) -> Option<TestHolder> {
    let (document, _) = document(id)?;
    Some(TestHolder::with_elements(&issuer(document.country, Some(now)), now, document.elements))
}
