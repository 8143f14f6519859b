//! The chain from the DS certificate to a trusted authority.

use cbor::Value;
use x509::hazmat::{CertificateFields, CertificateTemplate};
use x509::{Name, ids};

use crate::draft::{NOW, get_mut, set};
use crate::hostile::bytes::changed;
use crate::hostile::{Hostile, Threat};
use crate::issuer::{TestIssuer, TestIssuerOptions};
use crate::random::signing_key;

pub(super) fn all(issuer: &TestIssuer) -> Vec<Hostile> {
    let trust = |rule, threat, code, description, payload| {
        Hostile::refused(rule, threat, "issuer-trusted", code, description, payload)
    };
    let from = |issuer: &TestIssuer| changed(issuer, |_| {});
    let with = |change: &dyn Fn(&mut TestIssuerOptions)| {
        let mut options = TestIssuerOptions::default();
        change(&mut options);
        TestIssuer::new(&options)
    };
    let ds_from = |seconds: i64| with(&|o| o.ds_validity.0 = NOW.plus_seconds(seconds));
    let ds_until = |seconds: i64| with(&|o| o.ds_validity.1 = NOW.plus_seconds(seconds));
    let signed_now = |issuer: &TestIssuer| {
        changed(issuer, |d| {
            set(get_mut(&mut d.mso, "validityInfo"), "signed", Value::tdate(issuer.ds().not_before()));
        })
    };
    let stranger = with(&|o| {
        o.seed = "stranger".to_owned();
        o.iaca_name = "Stranger IACA".to_owned();
    });
    let namesake = with(&|o| o.seed = "namesake".to_owned());
    vec![
        trust(
            "issuer-unknown",
            Threat::IssuerUnknown,
            "issuer-unknown",
            "A whole chain of the forger's own.",
            from(&stranger),
        )
        .also(&["not-reached"]),
        trust(
            "issuer-with-own-root",
            Threat::IssuerUnknown,
            "issuer-unknown",
            "The forger sends his root along in x5chain.",
            {
                changed(&stranger, |d| {
                    let chain = [stranger.ds_der(), stranger.iaca().as_der()].map(Value::bytes);
                    d.issuer_auth.unprotected = Value::integer_map([(33, Value::array(chain))]);
                })
            },
        ),
        trust(
            "issuer-namesake",
            Threat::IssuerNamesake,
            "chain-key-identifier",
            "The right name with another key.",
            from(&namesake),
        ),
        trust(
            "issuer-key-unknown",
            Threat::IssuerNamesake,
            "issuer-key-unknown",
            "The right name with another key, which may be a renewed one.",
            from(&namesake),
        ),
        trust(
            "issuer-namesake-with-identifier",
            Threat::IssuerNamesake,
            "chain-signature",
            "The right name and key identifier, signed by another key.",
            from(&forged_identifier(issuer)),
        ),
        trust(
            "ds-expired",
            Threat::Dates,
            "ds-expired",
            "One second after the DS certificate.",
            from(&ds_until(-1)),
        ),
        Hostile::accepted(
            "ds-last-second",
            Threat::Dates,
            "The DS certificate's last second.",
            from(&ds_until(0)),
        ),
        trust(
            "ds-not-yet",
            Threat::Dates,
            "ds-not-yet",
            "One second before the DS certificate.",
            signed_now(&ds_from(1)),
        ),
        Hostile::accepted(
            "ds-first-second",
            Threat::Dates,
            "The DS certificate's first second.",
            signed_now(&ds_from(0)),
        ),
        Hostile::refused(
            "ds-extended-key-usage-missing",
            Threat::CertificateProfile,
            "certificate",
            "cert-profile-extended-key-usage",
            "The DS certificate does not say what it is for.",
            {
                from(&TestIssuer::with_ds(&TestIssuerOptions::default(), &|template| {
                    template.without_extension(ids::EXTENDED_KEY_USAGE)
                }))
            },
        ),
        Hostile::refused(
            "issuer-signed-by-another-key",
            Threat::DeviceKey,
            "issuer-signed",
            "issuer-signature",
            "Another key than the DS certificate's signed the MSO.",
            changed(issuer, |d| d.issuer_auth.key = signing_key("another DS key").into()),
        ),
    ]
}

/// Returns a DS certificate that names the trusted root and its key identifier, signed by another key.
fn forged_identifier(issuer: &TestIssuer) -> TestIssuer {
    let options = TestIssuerOptions { seed: "forger".to_owned(), ..TestIssuerOptions::default() };
    let iaca = issuer.iaca().clone();
    TestIssuer::with_ds(&options, &move |template| {
        let key = signing_key("forger ds");
        let serial = template.serial.clone();
        let fields = CertificateFields::new(
            &serial,
            template.not_before,
            template.not_after,
            &key,
            "https://iaca.test.example/crl",
        );
        CertificateTemplate::document_signer(&iaca, Name::new("CN", None, "Test DS"), &fields)
    })
}
