//! Whether a document's country and state are those of its DS certificate (ISO/IEC 18013-5, 9.3.1).

use x509::{
    Certificate, Deviation, DeviationCode, IssuerCertificate, Place, PlaceMatch, compare_countries,
    compare_states,
};

use crate::document_type::{DocumentKind, ISO_NAMESPACE};
use crate::verify::elements::Elements;
use crate::verify::error::VerifyError;

/// The element that names the country, in every namespace that has one.
const COUNTRY: &str = "issuing_country";
/// The element of a driving licence that names the state.
const STATE: &str = "issuing_jurisdiction";

/// Returns the namespaces with elements that name a place, each with its element of the state.
fn places() -> impl Iterator<Item = (&'static str, &'static str)> {
    let of = |kind: DocumentKind| kind.state_element().map(|state| (kind, state));
    let kinds = DocumentKind::ALL.into_iter().filter_map(of);
    kinds.flat_map(|(kind, state)| kind.namespaces().iter().map(move |namespace| (*namespace, state)))
}

/// Checks that the places of issue, as far as they are shown, are the DS certificate's; returns the deviations.
///
/// A strict check compares the mDL's elements only, letter by letter: the state by its ISO 3166-2 code (`US-AK`), or by the
/// second part alone (`AK`) together with the country.
pub(super) fn check_issuing_place(
    elements: &Elements,
    ds: &Certificate,
    strict: bool,
) -> Result<Vec<Deviation>, VerifyError> {
    if strict {
        let shown = |identifier| elements.get(ISO_NAMESPACE, identifier);
        check_letters(shown(COUNTRY), shown(STATE), ds)?;
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for (namespace, state) in places() {
        if let Some(shown) = elements.get(namespace, COUNTRY) {
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
