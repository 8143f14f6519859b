//! Whether a document's country and state are those of its DS certificate (ISO/IEC 18013-5, 9.3.1).

use x509::{
    Certificate, Deviation, DeviationCode, IssuerCertificate, Place, PlaceMatch, compare_countries,
    compare_states,
};

use crate::verify::elements::Elements;
use crate::verify::error::VerifyError;

/// The elements that name country and state, by namespace.
const PLACES: [(&str, &str, &str); 3] = [
    // ISO/IEC 18013-5, 7.2.1
    ("org.iso.18013.5.1", "issuing_country", "issuing_jurisdiction"),
    // ISO/IEC TS 23220-2, as the photo ID uses it
    ("org.iso.23220.1", "issuing_country", "issuing_subdivision"),
    // PID rulebook of the European architecture and reference framework
    ("eu.europa.ec.eudi.pid.1", "issuing_country", "issuing_jurisdiction"),
];

/// Checks that the places of issue, as far as they are shown, are the DS certificate's; returns the deviations.
///
/// A strict check compares the mDL's elements only, letter by letter: the state by its ISO 3166-2 code (`US-AK`), or by the
/// second part alone (`AK`) together with the country.
pub(super) fn check_issuing_place(
    elements: &Elements,
    ds: &Certificate,
    strict: bool,
) -> Result<Vec<Deviation>, VerifyError> {
    let [(namespace, country, state), ..] = PLACES;
    if strict {
        check_letters(elements.get(namespace, country), elements.get(namespace, state), ds)?;
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for (namespace, country, state) in PLACES {
        if let Some(shown) = elements.get(namespace, country) {
            let shown = place(shown);
            let compared = compare_countries(shown, ds.subject().country_place());
            found.extend(deviation(compared, DeviationCode::Country, VerifyError::IssuingCountry)?);
        }
        let own = ds.subject().state_place();
        if let Some(shown) = elements.get(namespace, state)
            && own != Place::Absent
        {
            let compared = compare_states(ds.subject().country_place(), place(shown), own);
            // another form of the same state is a deviation of the certificate, which is named with its profile
            let compared = if compared == PlaceMatch::SameOtherwise { PlaceMatch::Same } else { compared };
            found.extend(deviation(compared, DeviationCode::State, VerifyError::IssuingJurisdiction)?);
        }
    }
    Ok(found)
}

fn place(shown: &cbor::Value) -> Place<'_> {
    shown.as_text().map_or(Place::Unreadable, Place::Text)
}

fn deviation(
    compared: PlaceMatch,
    otherwise: DeviationCode,
    different: VerifyError,
) -> Result<Option<Deviation>, VerifyError> {
    let of = |code| Some(Deviation { certificate: IssuerCertificate::DocumentSigner, code });
    match compared {
        PlaceMatch::Same => Ok(None),
        PlaceMatch::SameOtherwise => Ok(of(otherwise)),
        PlaceMatch::OneSided => Ok(of(DeviationCode::PlaceMissing)),
        PlaceMatch::Unreadable => Ok(of(DeviationCode::PlaceUnreadable)),
        PlaceMatch::Different => Err(different),
    }
}

fn check_letters(
    country: Option<&cbor::Value>,
    state: Option<&cbor::Value>,
    ds: &Certificate,
) -> Result<(), VerifyError> {
    if country.is_some_and(|country| country.as_text() != ds.subject().country()) {
        return Err(VerifyError::IssuingCountry);
    }
    if let (Some(shown), Some(state)) = (state, ds.subject().state_or_province()) {
        let whole = format!("{}-{state}", ds.subject().country().unwrap_or_default());
        if !shown.as_text().is_some_and(|shown| shown == state || shown == whole) {
            return Err(VerifyError::IssuingJurisdiction);
        }
    }
    Ok(())
}
