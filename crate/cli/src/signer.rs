//! Who signed a document, by its certificate: a name that nothing proves.

use envelope::Envelope;
use mdoc::wire::{DeviceResponse, IssuerSigned};
use protocol::received::Received;
use x509::Certificate;

/// Returns the name and the country of the authority that the first document's certificate claims; `None` if it cannot be
/// read.
pub(crate) fn of(received: &Received) -> Option<String> {
    let bytes = received.bytes();
    let certificate = match received {
        Received::IssuerData(_) => IssuerSigned::decode(bytes).ok().as_ref().and_then(certificate),
        Received::DeviceResponse(_) => None,
        Received::Payload(_) => {
            let envelope = Envelope::decode(bytes).or_else(|_| Envelope::decode_inflated(bytes)).ok();
            envelope.and_then(|envelope| of_response(envelope.device_response()))
        }
    };
    let issuer = certificate.or_else(|| of_response(bytes))?.issuer().clone();
    let name = issuer.common_name().unwrap_or("?").to_owned();
    Some(issuer.country().map_or(name.clone(), |country| format!("{name} ({country})")))
}

fn of_response(bytes: &[u8]) -> Option<Certificate> {
    let response = DeviceResponse::decode(bytes).ok()?;
    certificate(response.documents().first()?.issuer_signed())
}

fn certificate(issuer_signed: &IssuerSigned) -> Option<Certificate> {
    Certificate::decode(issuer_signed.issuer_auth().x5chain().first()?).ok()
}
