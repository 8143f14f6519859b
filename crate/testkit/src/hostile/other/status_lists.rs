//! Status lists (Token Status List as CWT) of the test authority.

use cbor::Value;
use cbor::cose::sig_structure;
use signature::Signer as _;
use x509::hazmat::CertificateTemplate;
use x509::{Extension, Name, ids};

use crate::challenge::base64url;
use crate::draft::NOW;
use crate::hostile::{Given, Hostile, Kind, Threat, world, zlib};
use crate::issuer::{TestIssuer, TestIssuerOptions};

const URI: &str = "https://status.test.example/1";

/// A token in parts.
struct Token {
    issuer: TestIssuer,
    tag: u64,
    protected: Vec<(i64, Value)>,
    claims: Vec<(i64, Value)>,
}

impl Token {
    /// 16 entries of two bits, of which the first is suspended, made now.
    fn new() -> Self {
        let media_type = Value::text("application/statuslist+cwt");
        let mut new = Self {
            issuer: TestIssuer::default(),
            tag: 18,
            protected: vec![(1, Value::integer(-7)), (16, media_type)],
            claims: vec![(2, Value::text(URI)), (6, moment(0))],
        };
        new.list(2, zlib(&[0b10, 0, 0, 0]));
        new
    }

    fn list(&mut self, bits: u64, entries: Vec<u8>) {
        let list = Value::map([("bits", Value::Unsigned(bits)), ("lst", Value::bytes(entries))]);
        self.claim(65_533, Some(list));
    }

    /// Sets or removes a claim.
    fn claim(&mut self, label: i64, value: Option<Value>) {
        self.claims.retain(|(have, _)| *have != label);
        self.claims.extend(value.map(|value| (label, value)));
    }

    fn bytes(&self) -> Vec<u8> {
        let protected = cbor::encode(&Value::integer_map(self.protected.clone()));
        let payload = cbor::encode(&Value::integer_map(self.claims.clone()));
        let signature = self.issuer.ds_key().sign(&sig_structure(&protected, &payload));
        let chain = Value::integer_map([(33, Value::bytes(self.issuer.ds_der()))]);
        let parts = [Value::bytes(protected), chain, Value::bytes(payload), Value::bytes(signature)];
        cbor::encode(&Value::tagged(self.tag, Value::array(parts)))
    }
}

/// Returns the test authority with another certificate for the signer of the list.
fn signed_by(change: &dyn Fn(CertificateTemplate) -> CertificateTemplate) -> TestIssuer {
    TestIssuer::with_ds(&TestIssuerOptions::default(), change)
}

/// Returns the authority whose list's signer has these purposes only.
fn with_purposes(dotted: &'static [&'static str]) -> TestIssuer {
    let list: Vec<_> = dotted.iter().map(|dotted| dotted.parse().expect("an identifier")).collect();
    signed_by(&|template| template.with_extension(Extension::extended_key_usage(&list)))
}

/// Returns the authority whose list's signer has this country.
fn of_country(country: &str) -> TestIssuer {
    signed_by(&|template| CertificateTemplate { subject: Name::new(country, None, "Test DS"), ..template })
}

/// Returns the same list as JWT in compact form.
fn jwt() -> Vec<u8> {
    let claims = format!(
        r#"{{"sub":"{URI}","iat":{},"status_list":{{"bits":2,"lst":"{}"}}}}"#,
        NOW.unix(),
        base64url(&zlib(&[0b10, 0, 0, 0])),
    );
    let header = br#"{"alg":"ES256","typ":"statuslist+jwt"}"#;
    let signed = [&header[..], claims.as_bytes()].map(base64url).join(".");
    let signature = TestIssuer::default().ds_key().sign(signed.as_bytes());
    format!("{signed}.{}", base64url(&signature)).into_bytes()
}

fn moment(seconds: i64) -> Value {
    Value::integer(NOW.plus_seconds(seconds).unix())
}

fn given() -> Given {
    Given { uri: Some(URI.to_owned()), index: Some(0), ..Given::default() }
}

pub(super) fn all() -> Vec<Hostile> {
    let file = |rule, threat, code, description, bytes: Vec<u8>| {
        let file = Hostile::refused(rule, threat, "status-list", code, description, bytes);
        file.kind(Kind::StatusList).given(given())
    };
    let changed = |rule, code, description, change: &dyn Fn(&mut Token)| {
        let mut token = Token::new();
        change(&mut token);
        file(rule, Threat::StatusList, code, description, token.bytes())
    };
    let mut trailing = zlib(&[0; 4]);
    trailing.push(0);
    let mut forged = Token::new().bytes();
    *forged.last_mut().expect("a signature") ^= 1;
    let elsewhere =
        TestIssuerOptions { seed: "stranger".into(), iaca_name: "Stranger".into(), ..Default::default() };
    let elsewhere = TestIssuer::new(&elsewhere);
    let accepted = |rule, description, change: &dyn Fn(&mut Token)| {
        let mut token = Token::new();
        change(&mut token);
        let file = Hostile::accepted(rule, Threat::StatusList, description, token.bytes());
        file.kind(Kind::StatusList).given(given())
    };
    let signers = [
        accepted("cwt-signer-for-lists", "Signed by a certificate for status lists alone.", &|token| {
            token.issuer = with_purposes(&["1.3.6.1.5.5.7.3.30"]);
        }),
        accepted(
            "cwt-signer-for-lists-otherwise",
            "Signed by a certificate for status lists alone, by another number in use for that purpose.",
            &|token| token.issuer = with_purposes(&["1.3.6.1.5.5.7.3.127"]),
        ),
        accepted("cwt-signer-country-small", "Its signer writes its country in small letters.", &|token| {
            token.issuer = of_country("cn");
        }),
        changed(
            "cwt-signer-country-other",
            "status-signer-certificate",
            "Its signer is of another country.",
            &|token| token.issuer = of_country("FR"),
        ),
        accepted(
            "cwt-signer-untidy",
            "Its signer has no contact, no revocation list, and a second purpose.",
            &|token| {
                let purposes =
                    [ids::MDL_DOCUMENT_SIGNER, "1.3.6.1.5.5.7.3.1".parse().expect("an identifier")];
                let mut extension = Extension::extended_key_usage(&purposes);
                extension.critical = false;
                token.issuer = signed_by(&|template| {
                    let template = template.without_extension(ids::ISSUER_ALT_NAME);
                    template.without_extension(ids::CRL_DISTRIBUTION_POINTS).with_extension(extension.clone())
                });
            },
        ),
        accepted("cwt-signer-brainpool", "Signed by a key on brainpoolP256r1.", &|token| {
            token.issuer = world::issuer("brainpool-p256r1").clone();
        }),
        changed("cwt-signer-reader", "status-signer-purpose", "Signed by a reader.", &|token| {
            token.issuer = with_purposes(&["1.0.18013.5.1.6"]);
        }),
        changed("cwt-signer-no-purpose", "status-signer-purpose", "Its signer names no purpose.", &|token| {
            token.issuer = signed_by(&|template| template.without_extension(ids::EXTENDED_KEY_USAGE));
        }),
        changed("cwt-signer-is-a-ca", "status-signer-certificate", "Its signer is a CA.", &|token| {
            token.issuer = signed_by(&|template| template.with_extension(Extension::ca_without_sub_ca()));
        }),
        changed(
            "cwt-signer-cannot-sign",
            "status-signer-certificate",
            "Its signer's key may only certify.",
            &|token| {
                token.issuer = signed_by(&|template| template.with_extension(Extension::key_usage(&[5, 6])));
            },
        ),
        changed("cwt-signer-expired", "status-signer-dates", "Its signer expired yesterday.", &|token| {
            let ds_validity = (NOW.plus_seconds(-90 * 86_400), NOW.plus_seconds(-86_400));
            token.issuer = TestIssuer::new(&TestIssuerOptions { ds_validity, ..Default::default() });
        }),
        changed(
            "cwt-signer-revoked",
            "status-signer-revoked",
            "Its authority's list has its signer.",
            &|token| {
                token.issuer = world::issuer("list-revokes").clone();
            },
        ),
    ];
    let mut newer = Token::new();
    newer.claim(6, Some(moment(1)));
    let mut all = vec![
        Hostile::accepted(
            "cwt-valid",
            Threat::StatusList,
            "A right list, and an entry of it.",
            Token::new().bytes(),
        )
        .kind(Kind::StatusList)
        .given(given()),
        file(
            "cwt-bomb",
            Threat::StatusBomb,
            "status-size",
            "A few kilobytes that inflate to more than 4 MiB.",
            {
                let mut token = Token::new();
                token.list(2, zlib(&vec![0; (4 << 20) + 1]));
                token.bytes()
            },
        ),
        changed("cwt-tag-mac", "status-structure", "The tag of a MAC.", &|token| token.tag = 17),
        changed("cwt-type-jwt", "status-type", "The media type of a list as JWT.", &|token| {
            token.protected[1].1 = Value::text("statuslist+jwt");
        }),
        accepted("cwt-type-number", "The type as the number of its media type.", &|token| {
            token.protected[1].1 = Value::Unsigned(279);
        }),
        changed("cwt-type-number-other", "status-type", "The number of another media type.", &|token| {
            token.protected[1].1 = Value::Unsigned(61);
        }),
        file("cwt-jwt", Threat::StatusList, "status-jwt", "The list as JWT.", jwt()),
        changed("cwt-type-missing", "status-type", "No media type: any other CWT.", &|token| {
            token.protected.pop();
        }),
        changed("cwt-subject-missing", "status-claims", "No name.", &|token| token.claim(2, None)),
        changed("cwt-issued-fraction", "status-claims", "Made at half a second.", &|token| {
            token.claim(6, Some(Value::Float(1.5)));
        }),
        changed("cwt-life-none", "status-claims", "A time to live of nothing.", &|token| {
            token.claim(65_534, Some(Value::Unsigned(0)));
        }),
        changed("cwt-bits-three", "status-bits", "Entries of three bits.", &|token| {
            token.list(3, zlib(&[0; 4]))
        }),
        changed("cwt-zlib-none", "status-zlib", "Entries that are not deflated.", &|token| {
            token.list(2, vec![0; 20]);
        }),
        changed("cwt-zlib-trailing", "status-zlib", "A byte after the deflated entries.", &|token| {
            token.list(2, trailing.clone());
        }),
        changed(
            "cwt-subject-other",
            "status-subject",
            "Another list than the one that was asked for.",
            &|token| {
                token.claim(2, Some(Value::text("https://status.test.example/2")));
            },
        ),
        changed("cwt-not-yet", "status-not-yet", "Made 61 seconds in the future.", &|token| {
            token.claim(6, Some(moment(61)));
        }),
        changed("cwt-expired", "status-expired", "It ends at this very second.", &|token| {
            token.claim(4, Some(moment(0)));
        }),
        changed("cwt-stale", "status-stale", "It lived for a minute, and is a second older.", &|token| {
            token.claim(6, Some(moment(-61)));
            token.claim(65_534, Some(Value::Unsigned(60)));
        }),
        changed("cwt-signer-unknown", "status-signer", "Signed by a stranger.", &|token| {
            token.issuer = elsewhere.clone();
        }),
        file(
            "cwt-signature",
            Threat::StatusList,
            "status-signature",
            "A wrong bit in the signature.",
            forged,
        ),
        changed("cwt-index", "status-index", "Four bytes, asked for the 17th entry.", &|_| {})
            .given(Given { index: Some(16), ..given() }),
        changed("cwt-rollback", "status-rollback", "Older than the list at hand.", &|_| {})
            .at(NOW.plus_seconds(2))
            .with("seen.cwt", newer.bytes())
            .given(Given { seen_list: Some("seen.cwt".to_owned()), ..given() }),
    ];
    all.extend(signers);
    all
}
