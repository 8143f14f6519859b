//! Presenting: choose elements, prepare the bytes to sign, complete with the signature.
//!
//! There are two phases, because a device key may sign asynchronously, as in WebCrypto.
//! [`PreparedPresentation::to_be_signed`] returns the bytes for ECDSA with the hash of the key's curve (P-256: SHA-256),
//! and [`PreparedPresentation::complete`] takes the raw signature r ‖ s (P-256: 64 bytes).
use crate::holder::credential::VerifiedCredential;
use crate::session::transcript::SessionTranscript;
use crate::wire::device_response::{self, device_authentication_bytes, empty_name_spaces_bytes};
use crate::wire::element_name::ElementName;
use cbor::coded;
use cbor::cose::{CoseKey, CoseSign1, protected_header, sig_structure};
use cbor::stage_error;
use signature::{Algorithm, RustCrypto, UnverifiedSignature};

/// Why a presentation cannot be completed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PresentError {
    /// The signature is not r ‖ s in the length of the device key's algorithm.
    SignatureForm,
    /// The signature does not verify under the credential's device key.
    OtherKey,
}

coded!(PresentError as PresentCode {
    SignatureForm => "sign-form", "make", "ISO/IEC 18013-5, 9.1.3";
    OtherKey => "sign-other-key", "make", "ISO/IEC 18013-5, 9.1.3";
});
stage_error!(PresentError);

/// The elements of a credential that the holder chose to present.
#[derive(Clone, Debug)]
pub struct Disclosure {
    doc_type: String,
    issuer_signed: Vec<u8>,
    device_key: CoseKey,
    shown: Vec<ElementName>,
    missing: Vec<ElementName>,
}

impl Disclosure {
    /// Selects elements by (namespace, identifier). Elements that the credential does not have are listed in
    /// [`Disclosure::missing`] and are no error.
    pub fn select(credential: &VerifiedCredential, wanted: &[(&str, &str)]) -> Self {
        let has = |(namespace, identifier): (&str, &str)| {
            credential.issued().elements().get(namespace, identifier).is_some()
        };
        let mut shown = Vec::new();
        let mut missing = Vec::new();
        for (namespace, identifier) in wanted {
            let name = ElementName::new(namespace, identifier);
            let list = if has((namespace, identifier)) { &mut shown } else { &mut missing };
            if !list.contains(&name) {
                list.push(name);
            }
        }
        let received = credential.received();
        let issuer_signed = received
            .encode_selected(&|namespace, item| wanted.contains(&(namespace, item.element_identifier())));
        Self {
            doc_type: credential.issued().doc_type().to_owned(),
            issuer_signed,
            device_key: *credential.device_key(),
            shown,
            missing,
        }
    }

    /// Returns the elements that will be presented, in the requested order.
    pub fn shown(&self) -> &[ElementName] {
        &self.shown
    }

    /// Returns the requested elements that the credential does not have.
    pub fn missing(&self) -> &[ElementName] {
        &self.missing
    }

    /// Returns the algorithm of the device key.
    fn algorithm(&self) -> Algorithm {
        // a device key of a decoded MSO is on one of the curves
        Algorithm::for_curve(self.device_key.public_key().curve()).unwrap_or(Algorithm::Es256)
    }
}

/// A presentation without the device's signature.
#[derive(Clone, Debug)]
pub struct PreparedPresentation {
    disclosure: Disclosure,
    name_spaces_bytes: Vec<u8>,
    to_be_signed: Vec<u8>,
}

impl PreparedPresentation {
    /// Prepares a presentation of the chosen elements for a session.
    pub fn prepare(disclosure: Disclosure, transcript: &SessionTranscript) -> Self {
        let name_spaces_bytes = empty_name_spaces_bytes();
        let payload = device_authentication_bytes(transcript, &disclosure.doc_type, &name_spaces_bytes);
        let protected = protected_header(disclosure.algorithm());
        Self { to_be_signed: sig_structure(&protected, &payload), disclosure, name_spaces_bytes }
    }

    /// Returns the bytes that the device key signs: ECDSA with the hash of its curve.
    pub fn to_be_signed(&self) -> &[u8] {
        &self.to_be_signed
    }

    /// Returns the encoded DeviceResponse with the signature r ‖ s, as WebCrypto returns it.
    ///
    /// The signature is verified first, so that a wrong key is noticed by the holder and not by every verifier.
    ///
    /// # Errors
    /// `sign-form` or `sign-other-key`.
    pub fn complete(self, signature: &[u8]) -> Result<Vec<u8>, PresentError> {
        let algorithm = self.disclosure.algorithm();
        if signature.len() != algorithm.signature_length() {
            return Err(PresentError::SignatureForm);
        }
        let key = self.disclosure.device_key.public_key();
        let signed = UnverifiedSignature::raw(algorithm, key, self.to_be_signed, signature);
        let _valid =
            signed.and_then(|signed| signed.verify(&RustCrypto)).map_err(|_| PresentError::OtherKey)?;
        Ok(device_response::encode(
            &self.disclosure.doc_type,
            &self.disclosure.issuer_signed,
            &self.name_spaces_bytes,
            &cbor::encode(&CoseSign1::signed(algorithm, Vec::new(), None, signature.to_vec()).to_value()),
        ))
    }
}
