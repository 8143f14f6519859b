//! Whom to trust, from the contents of files. Everything that is given must be right: nothing is passed over.

use cbor::Timestamp;
use mdoc::vical::{VerifiedVical, VicalTrust, certificate_label};
use mdoc::{Anchor, TrustAnchors};
use native::Ring;
use trust::{Admission, ImportError, KNOWN_PROVIDERS, ListKind, ReceivedList};
use x509::Certificate;

use crate::error::{Failure, WheelCode};

fn refused(error: &ImportError) -> Failure {
    Failure::new(error.code().unwrap_or_else(|| WheelCode::TrustMixed.code()))
}

/// Returns the anchors of certificates and trust lists, and what the revocation lists among them revoke.
pub(crate) fn of(
    files: &[Vec<u8>],
    list_roots: &[Vec<u8>],
    now: Timestamp,
    signatures: &Ring,
) -> Result<TrustAnchors, Failure> {
    let pins = pins(list_roots)?;
    let (mut trust, mut admission) = (TrustAnchors::new(), Admission::new([]));
    let mut revocations = Vec::new();
    for file in files {
        for list in ReceivedList::read(file).map_err(|error| refused(&error))? {
            match list.kind {
                ListKind::Crl => revocations.push(list),
                ListKind::Vical => {
                    let list: VerifiedVical =
                        list.vical(&pins, signatures).map_err(|error| refused(&error))?;
                    let _not_older = admission.check(&list).map_err(|error| refused(&error))?;
                    admission.hold(list.provider(), list.root_sha256());
                    list.add_to(&mut trust, list.provider(), now, signatures);
                }
                ListKind::Certificate => {
                    let certificate = list.certificate().map_err(|error| refused(&error))?;
                    let label = certificate_label(&certificate);
                    let anchor = Anchor::iaca(certificate, label.clone(), label, signatures);
                    trust.add(anchor.map_err(|error| Failure::new(error.code()))?);
                }
            }
        }
    }
    if trust.is_empty() {
        return Err(Failure::new(WheelCode::TrustEmpty.code()));
    }
    // after every authority that may have signed them
    add(&mut trust, &revocations, signatures)?;
    Ok(trust)
}

/// Adds the lists of authorities, and fingerprints of certificates.
pub(crate) fn revoke(
    trust: &mut TrustAnchors,
    lists: &[Vec<u8>],
    revoked: &[String],
    signatures: &Ring,
) -> Result<(), Failure> {
    for file in lists {
        add(trust, &ReceivedList::read_crls(file).map_err(|error| refused(&error))?, signatures)?;
    }
    for text in revoked {
        let hash = batch::sha256(text);
        trust.revoke(hash.ok_or_else(|| Failure::with(WheelCode::Hash, "argument", "revoked"))?);
    }
    Ok(())
}

fn add(trust: &mut TrustAnchors, lists: &[ReceivedList], signatures: &Ring) -> Result<(), Failure> {
    for list in lists {
        let list = list.crl(trust, signatures).map(|(list, _)| list).map_err(|error| refused(&error))?;
        trust.revoke(list);
    }
    Ok(())
}

/// Returns the roots of the known providers, and those that were given.
fn pins(roots: &[Vec<u8>]) -> Result<VicalTrust, Failure> {
    let mut pins =
        KNOWN_PROVIDERS.iter().fold(VicalTrust::new(), |pins, known| pins.with_sha256(known.root_sha256));
    for file in roots {
        for list in ReceivedList::read(file).map_err(|error| refused(&error))? {
            if list.kind != ListKind::Certificate {
                return Err(Failure::with(WheelCode::TrustKind, "argument", "list_roots"));
            }
            let root: Certificate = list.certificate().map_err(|error| refused(&error))?;
            pins = pins.with_root(root);
        }
    }
    Ok(pins)
}
