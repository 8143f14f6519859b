//! Makes an IACA certificate and a document signer certificate, and checks both by ISO/IEC 18013-5, Annex B.

use cbor::Timestamp;
use liangzheng_x509::{
    Certificate, CertificateFields, CertificateTemplate, DocumentSignerProfile, IacaProfile, Name,
    check_document_signer, check_iaca,
};

const DAY: i64 = 86_400;
const CRL: &str = "https://iaca.example/crl";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Private keys for this example only.
    let iaca_key = p256::ecdsa::SigningKey::from_slice(&[1; 32])?;
    let signer_key = p256::ecdsa::SigningKey::from_slice(&[2; 32])?;
    let from = Timestamp::from_unix(1_795_348_800);

    let subject = Name::new("UT", None, "Example IACA");
    let fields = CertificateFields::new(&[1; 16], from, from.plus_seconds(3650 * DAY), &iaca_key, CRL);
    let iaca = CertificateTemplate::iaca(subject, "https://iaca.example", &fields).sign(&iaca_key);
    let iaca = Certificate::decode(&iaca)?;
    let profile: IacaProfile = check_iaca(&iaca)?;
    println!("IACA: {} bytes, {profile:?}", iaca.as_der().len());

    let subject = Name::new("UT", None, "Example document signer");
    let fields = CertificateFields::new(&[2; 16], from, from.plus_seconds(400 * DAY), &signer_key, CRL);
    let signer = CertificateTemplate::document_signer(&iaca, subject, &fields).sign(&iaca_key);
    let signer = Certificate::decode(&signer)?;
    let profile: DocumentSignerProfile = check_document_signer(&signer, Some(&iaca))?;
    println!("document signer: {} bytes, {profile:?}", signer.as_der().len());
    Ok(())
}
