//! Trust lists (VICAL) of the test provider.

use cbor::{Value, decode_foreign};
use mdoc::vical::MAX_VICAL;
use x509::hazmat::CertificateTemplate;
use x509::{Extension, ids};

use super::list_provider::list_provider;
use crate::draft::{NOW, get_mut, set};
use crate::hostile::{Given, Hostile, Kind, Threat, Verdict};
use crate::issuer::{TestIssuer, TestIssuerOptions};
use crate::vical::TestVicalProvider;

const DAY: i64 = 86_400;
const PROVIDER: &str = "Test lists";

fn refused(rule: &'static str, threat: Threat, code: &str, description: &str, bytes: Vec<u8>) -> Hostile {
    Hostile::refused(rule, threat, "trust-list", code, description, bytes).kind(Kind::TrustList)
}

/// Returns the payload of the valid list: two authorities, made now, number 7.
fn payload() -> Value {
    let iaca = |seed: &str| {
        let options = TestIssuerOptions { seed: seed.into(), iaca_name: seed.into(), ..Default::default() };
        TestIssuer::new(&options).iaca().clone()
    };
    let bytes = list_provider().list(PROVIDER, NOW, 7, &[&iaca("Listed IACA"), &iaca("Another listed IACA")]);
    let message = decode_foreign(&bytes).expect("its own list");
    let payload = message.as_array().and_then(|parts| parts[2].as_bytes()).expect("a payload");
    decode_foreign(payload).expect("its own payload").to_value()
}

fn changed(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut payload = payload();
    change(&mut payload);
    list_provider().signed(&payload)
}

fn without(map: &mut Value, key: &str) {
    let Value::Map(pairs) = map else { panic!("no map to take {key} out of") };
    pairs.retain(|(name, _)| name.as_text() != Some(key));
}

pub(super) fn all() -> Vec<Hostile> {
    let mut all = of_the_list();
    all.extend(of_the_signer());
    all.extend(of_an_entry());
    all.extend(of_its_age());
    all
}

fn of_the_list() -> Vec<Hostile> {
    let mut forged = changed(|_| {});
    *forged.last_mut().expect("a signature") ^= 1;
    let newer = list_provider().list(PROVIDER, NOW, 8, &[TestIssuer::default().iaca()]);
    vec![
        Hostile::accepted(
            "vical-valid",
            Threat::TrustList,
            "A right list of two authorities.",
            changed(|_| {}),
        )
        .kind(Kind::TrustList),
        Hostile::accepted("vical-field-unknown", Threat::TrustList, "A field of a later edition.", {
            changed(|list| set(list, "somethingNew", Value::Unsigned(1)))
        })
        .kind(Kind::TrustList),
        refused("vical-size", Threat::TrustList, "vical-size", "A byte more than 1 MiB.", {
            [&[0x84], vec![0; MAX_VICAL].as_slice()].concat()
        }),
        refused(
            "vical-date-missing",
            Threat::TrustList,
            "vical-shape",
            "No date.",
            changed(|list| without(list, "date")),
        ),
        refused("vical-date-text", Threat::TrustList, "vical-shape", "A date as plain text.", {
            changed(|list| set(list, "date", Value::text("2026-11-22T12:00:00Z")))
        }),
        refused("vical-provider-blank", Threat::TrustList, "vical-shape", "A provider without a name.", {
            changed(|list| set(list, "vicalProvider", Value::text(" ")))
        }),
        refused(
            "vical-next-update-before",
            Threat::TrustList,
            "vical-shape",
            "The next one comes before this one.",
            changed(|list| set(list, "nextUpdate", Value::tdate(NOW.plus_seconds(-1)))),
        ),
        refused("vical-version", Threat::TrustList, "vical-version", "Version 2.0.", {
            changed(|list| set(list, "version", Value::text("2.0")))
        }),
        refused("vical-certificates-none", Threat::TrustList, "vical-certificates", "No certificate.", {
            changed(|list| set(list, "certificateInfos", Value::Array(Vec::new())))
        }),
        refused(
            "vical-signature",
            Threat::TrustList,
            "vical-signature",
            "A wrong bit in the signature.",
            forged,
        ),
        refused(
            "vical-rollback",
            Threat::ListRollback,
            "vical-rollback",
            "Number 7, after number 8 was seen.",
            changed(|_| {}),
        )
        .with("seen.vical", newer)
        .given(Given { seen_list: Some("seen.vical".to_owned()), ..Given::default() }),
    ]
}

/// Returns lists with a signer that must not sign lists, under the pinned root.
fn of_the_signer() -> Vec<Hostile> {
    type Change = fn(CertificateTemplate) -> CertificateTemplate;
    const SAME: Change = |template| template;
    let file = |rule, code, description, provider: &TestVicalProvider| {
        let root = provider.root().as_der().to_vec();
        let file = refused(rule, Threat::TrustList, code, description, provider.signed(&payload()));
        if root == list_provider().root().as_der() {
            return file;
        }
        file.with("root.der", root)
            .given(Given { list_root: Some("root.der".to_owned()), ..Given::default() })
    };
    let signer = |change: Change| TestVicalProvider::with(PROVIDER, [&change, &SAME, &SAME]);
    let document_signer: Change =
        |t| t.with_extension(Extension::extended_key_usage(&[ids::MDL_DOCUMENT_SIGNER]));
    let authority: Change = |t| t.with_extension(Extension::ca_without_sub_ca());
    let ended: Change = |mut t| {
        t.not_after = NOW.plus_seconds(-1);
        t
    };
    let no_authority: Change =
        |t| t.with_extension(Extension::new(ids::BASIC_CONSTRAINTS, true, [0x30, 0x00]));
    let stranger = TestVicalProvider::new("A stranger");
    let mut mixed = stranger.clone();
    mixed.chain[2] = list_provider().root().clone();
    vec![
        file(
            "vical-signer-purpose",
            "vical-signer-profile",
            "A document signer signs.",
            &signer(document_signer),
        ),
        file("vical-signer-authority", "vical-signer-profile", "An authority signs.", &signer(authority)),
        file(
            "vical-signer-expired",
            "vical-signer-dates",
            "The signer ended before the list's date.",
            &signer(ended),
        ),
        file(
            "vical-signer-chain",
            "vical-signer-chain",
            "The certificate in the middle is no authority's.",
            &TestVicalProvider::with(PROVIDER, [&SAME, &no_authority, &SAME]),
        ),
        file(
            "vical-signer-mixed",
            "vical-signer-chain",
            "A stranger's signer beside the right root.",
            &mixed,
        ),
        refused(
            "vical-signer-unknown",
            Threat::TrustList,
            "vical-signer-unknown",
            "A stranger's list of the same name, whole and right.",
            stranger.signed(&payload()),
        ),
    ]
}

/// Returns lists with one invalid entry of two: the other remains trusted.
fn of_an_entry() -> Vec<Hostile> {
    let file = |rule, step: Option<&str>, code, description, change: &dyn Fn(&mut Value)| {
        let bytes = changed(|list| {
            let Value::Array(entries) = get_mut(list, "certificateInfos") else { panic!("no entries") };
            change(&mut entries[0]);
        });
        let mut file = refused(rule, Threat::TrustList, code, description, bytes).outcome(Verdict::Fail);
        if let Some(step) = step {
            file.expect.step = Some(step.to_owned());
        }
        file
    };
    let issuer = TestIssuer::default();
    let describe = |entry: &mut Value, certificate: &x509::Certificate| {
        set(entry, "certificate", Value::bytes(certificate.as_der()));
        set(entry, "serialNumber", Value::tagged(2, Value::bytes(certificate.serial())));
        set(entry, "ski", Value::bytes(certificate.ski().expect("an identifier")));
    };
    let mut forged = issuer.iaca().as_der().to_vec();
    *forged.last_mut().expect("a signature") ^= 1;
    let forged = x509::Certificate::decode(&forged).expect("a certificate");
    vec![
        file(
            "vical-entry-types-none",
            None,
            "vical-entry-shape",
            "An entry for no type of document.",
            &|entry| {
                set(entry, "docType", Value::Array(Vec::new()));
            },
        ),
        file(
            "vical-entry-serial",
            None,
            "vical-entry-mismatch",
            "Another serial number than the certificate's.",
            &|entry| {
                set(entry, "serialNumber", Value::Unsigned(5));
            },
        ),
        file(
            "vical-entry-key-identifier",
            None,
            "vical-entry-mismatch",
            "Another key than the certificate's.",
            &|entry| {
                set(entry, "ski", Value::bytes([9; 20]));
            },
        ),
        file(
            "vical-entry-garbage",
            Some("certificate"),
            "cert-malformed",
            "An entry without a certificate in it.",
            &|entry| {
                set(entry, "certificate", Value::bytes([1, 2, 3]));
            },
        ),
        file(
            "vical-entry-document-signer",
            Some("certificate"),
            "cert-profile-self-issued",
            "An entry whose certificate is a document signer's.",
            &|entry| describe(entry, issuer.ds()),
        ),
        file(
            "vical-entry-forged",
            None,
            "anchor-signature",
            "An authority's certificate that its own key did not sign.",
            &|entry| describe(entry, &forged),
        ),
    ]
}

/// Returns lists that verify but are out of date, and a licence whose issuer is on no other list.
fn of_its_age() -> Vec<Hostile> {
    // the next update 30 days after its date, and 7 days of grace
    let old = -37 * DAY - 1;
    let brief: crate::vical::Change<'_> = &|mut t| {
        t.not_after = NOW.plus_seconds(-DAY);
        t
    };
    let brief = TestVicalProvider::with("Brief lists", [brief, &|t| t, &|t| t]);
    let issuer = TestIssuer::default();
    let mut all = Vec::new();
    for (rule, presented, code, description, provider, seconds) in [
        (
            "vical-old",
            "issuer-on-old-list",
            "trust-list-old",
            "Not followed by another for 37 days.",
            &list_provider(),
            old,
        ),
        (
            "vical-signer-ended",
            "issuer-on-list-of-ended-signer",
            "trust-list-signer-expired",
            "Its signer's certificate ended since.",
            &brief,
            -2 * DAY,
        ),
        (
            "vical-ahead",
            "issuer-on-list-ahead",
            "trust-list-ahead",
            "Made 61 seconds in the future.",
            &list_provider(),
            61,
        ),
    ] {
        let list = provider.list(PROVIDER, NOW.plus_seconds(seconds), 1, &[issuer.iaca()]);
        let root = provider.root().as_der().to_vec();
        let own = root != list_provider().root().as_der();
        let mut given = Given { list_root: own.then(|| "root.der".to_owned()), ..Given::default() };
        let doubt = |rule, bytes: Vec<u8>, description: String| {
            let file = Hostile::refused(rule, Threat::TrustList, "issuer-trusted", code, &description, bytes);
            let file = file.outcome(Verdict::Undetermined);
            if own { file.with("root.der", root.clone()) } else { file }
        };
        all.push(
            doubt(rule, list.clone(), description.to_owned()).kind(Kind::TrustList).given(given.clone()),
        );
        given.trust_lists = vec!["list.vical".to_owned()];
        let described = format!("The issuer is known by one list alone. {description}");
        all.push(
            doubt(presented, crate::hostile::valid().to_vec(), described)
                .with("list.vical", list)
                .given(given),
        );
    }
    all
}
