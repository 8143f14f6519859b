//! Issues an IACA certificate and a document signer certificate, and checks both by ISO/IEC 18013-5, Annex B.

use cbor::Timestamp;
use liangzheng_x509::{
    CertificateAuthority, CertificateRole, DocumentSignerProfile, IacaProfile, Name, Subject,
    check_document_signer_strictly, check_iaca_strictly,
};
use signature::Signer as _;

const DAY: i64 = 86_400;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Private keys for this example only. Real serial numbers are random.
    let iaca_key = p256::ecdsa::SigningKey::from_slice(&[1; 32])?;
    let signer_key = p256::ecdsa::SigningKey::from_slice(&[2; 32])?;
    let from = Timestamp::from_unix(1_795_348_800);
    let subject = |common_name, serial, days: i64| Subject {
        name: Name::new("UT", None, common_name),
        serial,
        not_before: from,
        not_after: from.plus_seconds(days * DAY),
        crl_uri: "https://iaca.example/crl",
    };

    let root = subject("Example IACA", &[1; 16], 3650);
    let authority = CertificateAuthority::iaca(iaca_key, &root, "https://iaca.example")?;
    let iaca = authority.certificate();
    let profile: IacaProfile = check_iaca_strictly(iaca)?;
    println!("IACA: {} bytes, {profile:?}", iaca.as_der().len());

    let signer = subject("Example document signer", &[2; 16], 400);
    let signer = authority.issue(CertificateRole::DocumentSigner, &signer, signer_key.public_key())?;
    let profile: DocumentSignerProfile = check_document_signer_strictly(&signer, Some(iaca))?;
    println!("document signer: {} bytes, {profile:?}", signer.as_der().len());

    // What breaks the profile is not issued.
    let too_long = subject("Example document signer", &[3; 16], 458);
    let refused = authority.issue(CertificateRole::DocumentSigner, &too_long, signer_key.public_key());
    println!("458 days: {}", refused.err().ok_or("issued")?.code());
    Ok(())
}
