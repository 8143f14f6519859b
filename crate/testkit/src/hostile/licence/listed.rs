//! Entries of a status list that the MSO refers to.

use ::verdict::Purpose;
use cbor::Value;
use mdoc::status_list::{Bits, Status, StatusListBuilder, StatusListClaims};

use super::facts::Shown;
use crate::draft::NOW;
use crate::hostile::world;
use crate::hostile::{Hostile, Threat, Verdict};
use crate::issuer::TestIssuer;

const URI: &str = "https://status.test.example/1";
const INDEX: u64 = 412;
const HOUR: i64 = 3600;

/// Returns an authority's list of the given age and lifetime in seconds.
fn list(issuer: &TestIssuer, status: Status, age: i64, life: i64) -> Vec<u8> {
    let mut list = StatusListBuilder::new(Bits::Two, 1 << 10).expect("a list");
    list.set(INDEX, status).expect("an entry");
    let issued_at = NOW.plus_seconds(-age);
    let claims = StatusListClaims {
        uri: URI.to_owned(),
        issued_at,
        expires: Some(issued_at.plus_seconds(life)),
        time_to_live: None,
        aggregation_uri: None,
    };
    list.sign(&claims, &issuer.signer()).expect("a token")
}

fn saying(status: Status) -> Vec<u8> {
    list(&TestIssuer::default(), status, HOUR, 7 * 24 * HOUR)
}

pub(super) fn all() -> Vec<Hostile> {
    let named = || Shown::roadside().named(INDEX, URI);
    let mut all = decided();
    let doubt = |shown: Shown, rule, code, description| {
        let mut file = shown.gives(rule, Verdict::Undetermined, code, description);
        file.expect.threat = Some(Threat::StatusList);
        file
    };
    let fine = || saying(Status::Valid);
    let old = |age, life| list(&TestIssuer::default(), Status::Valid, age, life);
    let mut forged = fine();
    *forged.last_mut().expect("a signature") ^= 1;
    let identifier = Value::map([("id", Value::bytes([1])), ("uri", Value::text(URI))]);
    all.extend(beside_another_mechanism());
    all.extend([
        doubt(named(), "status-list-missing", "status-list-missing", "A list is named, and is not at hand."),
        doubt(
            Shown::roadside().named(INDEX, "https://status.test.example/2").at_hand(fine(), None),
            "status-list-of-another-name",
            "status-list-missing",
            "The list at hand is another one than the named one.",
        ),
        doubt(
            named().at_hand(old(24 * HOUR + 1, 7 * 24 * HOUR), None),
            "status-list-old",
            "status-list-old",
            "A list of 24 hours and a second ago, at the roadside.",
        ),
        doubt(
            named().at_hand(old(3 * HOUR, 2 * HOUR), Some(NOW.plus_seconds(-2 * HOUR))),
            "status-list-expired",
            "status-list-expired",
            "A list that held when it was taken in, and ended an hour ago.",
        ),
        doubt(
            named().at_hand(list(world::issuer("province"), Status::Valid, HOUR, 24 * HOUR), None),
            "status-list-of-another-issuer",
            "status-signer",
            "Another authority, trusted too, signs a list of this name.",
        ),
        doubt(
            named().at_hand(forged, None),
            "status-list-forged",
            "status-signature",
            "The list at hand has a wrong signature: it was refused.",
        ),
        doubt(
            Shown::roadside().named(1 << 10, URI).at_hand(fine(), None),
            "status-list-too-short",
            "status-index",
            "The named list has no entry of this index.",
        ),
        doubt(
            Shown::roadside().status(Value::Null).at_hand(fine(), None),
            "status-reference",
            "status-reference",
            "A status in the MSO that names nothing.",
        ),
        doubt(
            Shown::roadside().status(Value::map([("identifier_list", identifier)])),
            "status-identifier-list",
            "status-identifier-list",
            "An identifier list is named, which is recognised and not followed.",
        ),
    ]);
    all
}

/// Licences whose status names the list, and something else that is not understood.
fn beside_another_mechanism() -> Vec<Hostile> {
    let entry = || Value::map([("idx", Value::Unsigned(INDEX)), ("uri", Value::text(URI))]);
    let beside = |name: &str, value: Value, status: Status| {
        let named = Value::map([("status_list", entry()), (name, value)]);
        Shown::roadside().status(named).at_hand(saying(status), None)
    };
    let untidy = || Value::map([("id", Value::text("abc")), ("uri", Value::text(URI))]);
    let refused = |shown: Shown, rule, description| {
        let mut file = shown.gives(rule, Verdict::Fail, "status-list-invalid", description);
        file.expect.threat = Some(Threat::Suspended);
        file.also(&["status-refused-by-list", "status-letters-overruled"])
    };
    let certificate = Value::map([
        ("idx", Value::Unsigned(INDEX)),
        ("uri", Value::text(URI)),
        ("certificate", Value::text("none")),
    ]);
    vec![
        refused(
            beside("identifier_list", untidy(), Status::Invalid),
            "status-beside-untidy-identifier",
            "Cancelled on the list, beside an identifier list whose identifier is a text.",
        ),
        refused(
            beside("org.example.status", Value::Null, Status::Invalid),
            "status-beside-unknown",
            "Cancelled on the list, beside a mechanism of another name.",
        ),
        refused(
            Shown::roadside()
                .status(Value::map([("status_list", certificate)]))
                .at_hand(saying(Status::Invalid), None),
            "status-certificate-untidy",
            "Cancelled on the list, whose entry names a certificate that is a text.",
        ),
        beside("identifier_list", untidy(), Status::Valid)
            .passes("status-valid-beside-untidy", "Valid on the list, beside an untidy identifier list.")
            .also(&["status-list-valid"]),
    ]
}

/// Lists that are available, recent and of the same authority.
fn decided() -> Vec<Hostile> {
    let listed = |letters: &str, status| {
        Shown::roadside().letters(letters).named(INDEX, URI).at_hand(saying(status), None)
    };
    let refused = |status, rule, code, description| {
        let file = listed("A", status).gives(rule, Verdict::Fail, code, description);
        file.also(&["status-refused-by-list", "status-letters-overruled"])
    };
    let mut all = vec![
        listed("A", Status::Valid).passes("status-list-valid", "The list says valid.").also(&[
            "status-list-valid",
            "status-accepted-by-list",
            "status-good",
        ]),
        listed("D", Status::Valid)
            .passes("status-list-overrules", "Suspended when it was signed, and valid on a list since.")
            .also(&["status-list-valid", "status-letters-overruled"]),
        refused(
            Status::Invalid,
            "status-list-invalid",
            "status-list-invalid",
            "Cancelled after it was issued.",
        ),
        refused(
            Status::Suspended,
            "status-list-suspended",
            "status-list-suspended",
            "Suspended after it was issued, whatever its letters say.",
        ),
        Shown::new(Purpose::Rental)
            .named(INDEX, URI)
            .at_hand(saying(Status::Suspended), None)
            .gives(
                "status-refused-by-list",
                Verdict::Fail,
                "status-refused-by-list",
                "Suspended on the list, and wants to rent a car.",
            )
            .also(&["status-list-suspended", "status-letters-overruled"]),
        listed("A", Status::Other(3))
            .gives(
                "status-list-other",
                Verdict::Undetermined,
                "status-list-other",
                "A value that only the issuer understands.",
            )
            .also(&["status-letters-overruled"]),
    ];
    all.iter_mut().for_each(|file| file.expect.threat = Some(Threat::Suspended));
    all
}
