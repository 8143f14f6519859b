//! Certificates that depart from Annex B without danger: refused by a strict verification, remarked or doubted by a tolerant
//! one.

use super::{Hostile, Threat, Verdict};

/// Departures from Annex B that are no danger: the file of the closed profile, the file of a tolerant verification, the
/// deviation.
const UNTIDY: [(&str, &str, &str); 26] = [
    ("cert-key-usage-missing", "untidy-key-usage-missing", "deviation-key-usage-missing"),
    ("cert-key-usage-not-critical", "untidy-key-usage-not-critical", "deviation-key-usage-not-critical"),
    ("cert-key-usage-too-wide", "untidy-key-usage-too-wide", "deviation-key-usage-other"),
    ("cert-basic-constraints-there", "untidy-basic-constraints-there", "deviation-basic-constraints"),
    ("cert-purpose-not-critical", "untidy-purpose-not-critical", "deviation-extended-key-usage-not-critical"),
    ("cert-identifier-critical", "untidy-identifier-critical", "deviation-critical-extension"),
    ("cert-purpose-two", "untidy-purpose-two", "deviation-extended-key-usage-other"),
    ("ds-extended-key-usage-missing", "untidy-purpose-missing", "deviation-extended-key-usage-missing"),
    ("cert-key-identifier-missing", "untidy-key-identifier-missing", "deviation-subject-key-identifier"),
    ("cert-key-identifier-empty", "untidy-key-identifier-empty", "deviation-subject-key-identifier"),
    (
        "cert-issuer-identifier-missing",
        "untidy-issuer-identifier-missing",
        "deviation-authority-key-identifier",
    ),
    ("cert-issuer-identifier-empty", "untidy-issuer-identifier-empty", "deviation-authority-key-identifier"),
    ("cert-contact-missing", "untidy-contact-missing", "deviation-issuer-alt-name"),
    ("cert-contact-host", "untidy-contact-host", "deviation-issuer-alt-name"),
    ("cert-crl-missing", "untidy-crl-missing", "deviation-crl-distribution-points"),
    ("cert-crl-nowhere", "untidy-crl-nowhere", "deviation-crl-distribution-points"),
    ("cert-policy-mappings", "untidy-policy-mappings", "deviation-forbidden-extension"),
    ("cert-inhibit-any-policy", "untidy-inhibit-any-policy", "deviation-forbidden-extension"),
    ("cert-freshest-crl", "untidy-freshest-crl", "deviation-forbidden-extension"),
    ("cert-country-missing", "untidy-country-missing", "deviation-place-missing"),
    ("cert-country-small", "untidy-country-small", "deviation-country"),
    ("cert-country-two", "untidy-country-two", "deviation-place-unreadable"),
    ("cert-name-missing", "untidy-name-missing", "deviation-common-name"),
    ("cert-province-own", "untidy-province-own", "deviation-place-missing"),
    ("cert-serial-counted", "untidy-serial-counted", "deviation-serial"),
    ("cert-lifetime-long", "untidy-lifetime-long", "deviation-validity"),
];

/// Files of the closed profile with another result where departures are tolerated, and without a twin of their own.
const STRICT: [&str; 4] =
    ["cert-name-blank", "cert-anchor-as-leaf", "cert-algorithm-of-another-curve", "issuer-namesake"];

/// Has the files of the closed profile verified strictly, and adds those of a tolerant verification.
pub(super) fn with_untidy(all: Vec<Hostile>) -> Vec<Hostile> {
    let closed: Vec<_> = all.into_iter().map(closed).collect();
    let untidy: Vec<_> = closed.iter().filter_map(untidy).collect();
    [closed, untidy].concat()
}

/// Has a file of the closed profile verified strictly where a tolerant verification gives another result.
fn closed(file: Hostile) -> Hostile {
    let is = |rule: &str| rule == file.rule;
    if UNTIDY.iter().any(|(closed, ..)| is(closed)) || STRICT.into_iter().any(is) {
        file.strictly()
    } else {
        file
    }
}

/// Returns the file with the same bytes that a tolerant verification accepts with its deviation, or leaves undetermined.
fn untidy(closed: &Hostile) -> Option<Hostile> {
    let (_, rule, deviation) = UNTIDY.into_iter().find(|(of, ..)| *of == closed.rule)?;
    let description = format!("{} It is no danger.", closed.expect.description);
    let payload = closed.payload.clone();
    let doubts = ["key-usage-missing", "extended-key-usage-missing", "place-unreadable"];
    if doubts.iter().any(|doubt| deviation == format!("deviation-{doubt}")) {
        let threat = Threat::CertificateProfile;
        let file = Hostile::refused(rule, threat, "certificate", deviation, &description, payload);
        return Some(file.outcome(Verdict::Undetermined));
    }
    let file = Hostile::accepted(rule, Threat::CertificateProfile, &description, payload);
    Some(file.also(&["deviations", deviation]))
}
