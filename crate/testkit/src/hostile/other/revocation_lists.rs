//! Revocation lists (CRL) of the test authority.

use x509::hazmat::CrlTemplate;
use x509::{Extension, MAX_CRL, Name, ids};

use crate::draft::NOW;
use crate::hostile::certificates::untidy_name;
use crate::hostile::{Hostile, Kind, Threat};
use crate::issuer::TestIssuer;

const DAY: i64 = 86_400;

pub(super) fn all() -> Vec<Hostile> {
    let issuer = TestIssuer::default();
    let right = || {
        let (from, until) = (NOW.plus_seconds(-DAY), NOW.plus_seconds(DAY));
        CrlTemplate::new(issuer.iaca(), 1, from, until).revoke(issuer.ds(), from)
    };
    let file = |rule, code, description, bytes: Vec<u8>| {
        Hostile::refused(rule, Threat::SignerRevoked, "revocation-list", code, description, bytes)
            .kind(Kind::RevocationList)
    };
    let changed = |rule, code, description, change: &dyn Fn(&mut CrlTemplate)| {
        let mut template = right();
        change(&mut template);
        file(rule, code, description, template.sign(issuer.iaca_key()))
    };
    let partial = Extension::new(ids::ISSUING_DISTRIBUTION_POINT, true, [0x30, 3, 0x81, 1, 0xff]);
    let delta = Extension::new(ids::DELTA_CRL_INDICATOR, true, [2, 1, 1]);
    let quiet = |extension: &Extension| Extension { critical: false, ..extension.clone() };
    let mut trailing = right().sign(issuer.iaca_key());
    trailing.push(0);
    vec![
        Hostile::accepted(
            "crl-valid",
            Threat::SignerRevoked,
            "A right list that revokes one certificate.",
            right().sign(issuer.iaca_key()),
        )
        .kind(Kind::RevocationList),
        Hostile::accepted(
            "crl-issuer-untidy",
            Threat::SignerRevoked,
            "A right list with its authority's name in other string types, letters and spaces.",
            CrlTemplate { issuer: untidy_name(), ..right() }.sign(issuer.iaca_key()),
        )
        .kind(Kind::RevocationList),
        file("crl-size", "crl-size", "A byte more than 1 MiB.", vec![0x30; MAX_CRL + 1]),
        file("crl-trailing", "crl-malformed", "A byte after the list.", trailing),
        changed("crl-serial-long", "crl-malformed", "A serial number of 21 octets.", &|list| {
            list.revoked[0].0 = vec![1; 21];
        }),
        changed(
            "crl-next-update-missing",
            "crl-next-update",
            "It does not say when the next one comes.",
            &|list| {
                list.next_update = None;
            },
        ),
        changed(
            "crl-next-update-before",
            "crl-next-update",
            "The next one comes before this one.",
            &|list| {
                list.next_update = Some(list.this_update.plus_seconds(-1));
            },
        ),
        changed("crl-partial", "crl-critical-extension", "A list of some certificates alone.", &|list| {
            list.extensions.push(partial.clone());
        }),
        changed("crl-delta", "crl-critical-extension", "What changed since another list.", &|list| {
            list.extensions.push(delta.clone());
        }),
        changed(
            "crl-partial-not-critical",
            "crl-critical-extension",
            "A list of some certificates alone, which says so where nobody has to listen.",
            &|list| list.extensions.push(quiet(&partial)),
        ),
        changed(
            "crl-delta-not-critical",
            "crl-critical-extension",
            "What changed since another list, which says so where nobody has to listen.",
            &|list| list.extensions.push(quiet(&delta)),
        ),
        changed("crl-issuer", "crl-issuer", "Somebody else's list.", &|list| {
            list.issuer = Name::new("CN", None, "Somebody");
        }),
        changed("crl-key-identifier", "crl-issuer", "The list of another key of that name.", &|list| {
            list.extensions[0] = Extension::authority_key_identifier(&[7; 20]);
        }),
        file("crl-signature", "crl-signature", "Signed by the document signer that it revokes.", {
            right().sign(issuer.ds_key())
        }),
    ]
}
