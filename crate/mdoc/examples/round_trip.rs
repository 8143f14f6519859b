//! Issues a document, presents two of its elements in an OpenID4VP session, and verifies the presentation.

use cbor::cose::CoseKey;
use cbor::{Timestamp, Value};
use liangzheng_mdoc::holder::{Disclosure, PreparedPresentation, UnverifiedCredential, verify_credential};
use liangzheng_mdoc::issuer::{IssueRequest, IssuerSigner};
use liangzheng_mdoc::{
    Anchor, KeyAuthorizations, OwnSession, SessionTranscript, TrustAnchors, UnverifiedPresentation,
    ValidityInfo, VerifyContext, verify,
};
use p256::ecdsa::SigningKey;
use signature::{PublicKey, Signer as _, sign_es256};
use x509::{CertificateAuthority, CertificateRole, Name, Subject};

const DAY: i64 = 86_400;
const ISO: &str = "org.iso.18013.5.1";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Private keys for this example only.
    let (iaca_key, ds_key, device_key) = (key(1)?, key(2)?, key(3)?);
    let now = Timestamp::from_unix(1_795_348_800);
    let (from, until) = (now.plus_seconds(-DAY), now.plus_seconds(400 * DAY));

    // The authority
    let subject = |common_name, serial| Subject {
        name: Name::new("UT", None, common_name),
        serial,
        not_before: from,
        not_after: until,
        crl_uri: "https://iaca.example/crl",
    };
    let root = subject("Example IACA", &[1; 16]);
    let authority = CertificateAuthority::iaca(iaca_key, &root, "https://iaca.example")?;
    let signer = subject("Example document signer", &[2; 16]);
    let ds = authority.issue(CertificateRole::DocumentSigner, &signer, ds_key.public_key())?;
    let issuer = IssuerSigner::new(ds, ds_key)?;

    // It issues a document. Real salts are random.
    let request = IssueRequest {
        doc_type: "org.iso.18013.5.1.mDL",
        elements: vec![
            (ISO, "family_name", Value::text("Example")),
            (ISO, "age_over_18", Value::Bool(true)),
            (ISO, "issuing_country", Value::text("UT")),
        ],
        device_key: CoseKey::try_from(&PublicKey::from(&device_key))?,
        validity_info: ValidityInfo {
            signed: now.floor_to_day(),
            valid_from: now.floor_to_day(),
            valid_until: now.floor_to_day().plus_seconds(90 * DAY),
            expected_update: None,
        },
        key_authorizations: KeyAuthorizations::default(),
        status: None,
    };
    let mut salt = 0_u8;
    let credential = issuer.issue(&request, &mut |buffer| {
        salt = salt.wrapping_add(1);
        buffer.fill(salt);
    })?;

    // The holder verifies what was received, and shows two elements in the verifier's session.
    let mut trust = TrustAnchors::new();
    trust.add(Anchor::iaca(
        authority.certificate().clone(),
        "Example authority",
        "example list",
        &signature::RustCrypto,
    )?);
    let held =
        verify_credential(&UnverifiedCredential::decode(&credential)?, &trust, now, &signature::RustCrypto)?;
    let transcript =
        || SessionTranscript::openid4vp_redirect("verifier", "nonce", None, "https://verifier.example");
    let disclosure = Disclosure::select(&held, &[(ISO, "age_over_18"), (ISO, "issuing_country")]);
    let prepared = PreparedPresentation::prepare(disclosure, &transcript()?);
    let signature = sign_es256(&device_key, prepared.to_be_signed());
    let presentation = prepared.complete(&signature)?;

    // The verifier
    let context = VerifyContext {
        trust: &trust,
        now,
        clock_floor: from,
        freshness: &OwnSession,
        reader_key: None,
        signatures: &signature::RustCrypto,
        strict: false,
    };
    let received = UnverifiedPresentation::decode(&presentation, transcript()?)?;
    let verified = verify(&received, &context)?;
    println!("{} from {}", verified.issued().doc_type(), verified.issued().issuer().label);
    println!("{:#?}", verified.issued().elements());
    println!("validity: {:?}", verified.issued().mso_validity());
    Ok(())
}

fn key(byte: u8) -> Result<SigningKey, p256::ecdsa::Error> {
    SigningKey::from_slice(&[byte; 32])
}
