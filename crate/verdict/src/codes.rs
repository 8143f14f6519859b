//! The stable codes of this crate, each with its layer and the section that asks for the check.
//!
//! A clause names a section of `docs/licence.md` ("Liangzheng licence profile") or of ISO/IEC 18013-5.

use serde::{Deserialize, Serialize};

/// The layer of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LayerId {
    /// 1: real, and signed by whom.
    Issuer,
    /// 2: shown now by its holder.
    Presenter,
    /// 3: valid.
    Validity,
    /// 4: its status, and how old that is.
    Status,
    /// 5: the verifier's purpose.
    Policy,
}

impl LayerId {
    /// All five, in order.
    pub const ALL: [LayerId; 5] =
        [LayerId::Issuer, LayerId::Presenter, LayerId::Validity, LayerId::Status, LayerId::Policy];
}

/// One line of the table of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeInfo {
    /// Stable, in kebab case.
    pub code: &'static str,
    /// The key of its plain reason in the catalogue.
    pub key: &'static str,
    /// The row of the verdict; None for what is outside of a verdict, such as facts at issue.
    pub layer: Option<LayerId>,
    /// The clause or section that asks for it.
    pub clause: &'static str,
    /// The placeholders of its plain reason.
    pub args: &'static [&'static str],
    /// Whether the catalogue says what to do next, under `code.<code>.next`.
    pub next: bool,
}

macro_rules! row {
    ($code:literal, $layer:expr, $clause:expr, $args:expr) => {
        CodeInfo {
            code: $code,
            key: concat!("code.", $code),
            layer: $layer,
            clause: $clause,
            args: &$args,
            next: false,
        }
    };
    ($code:literal, $layer:expr, $clause:expr, $args:expr, next) => {
        CodeInfo {
            code: $code,
            key: concat!("code.", $code),
            layer: $layer,
            clause: $clause,
            args: &$args,
            next: true,
        }
    };
}

const L1: Option<LayerId> = Some(LayerId::Issuer);
const L2: Option<LayerId> = Some(LayerId::Presenter);
const L3: Option<LayerId> = Some(LayerId::Validity);
const L4: Option<LayerId> = Some(LayerId::Status);
const L5: Option<LayerId> = Some(LayerId::Policy);

const STATUS: &str = "Liangzheng licence profile, 4";
const CLASS: &str = "Liangzheng licence profile, 5";
const TIME: &str = "Liangzheng licence profile, 6";
const POLICY: &str = "Liangzheng licence profile, 9";
const SHOWN: &str = "Liangzheng licence profile, 10";

/// Every code that this crate can emit.
pub const CODES: &[CodeInfo] = &[
    // Passes of layers 1 and 2; what fails there has its code in `mdoc`.
    row!("issuer-trusted", L1, "ISO/IEC 18013-5, 9.3.3", ["issuer", "lists"]),
    row!("issuer-not-revoked", L1, "RFC 5280, 6.3.3", []),
    row!("issuer-signed", L1, "ISO/IEC 18013-5, 9.1.2", []),
    row!("digests-match", L1, "ISO/IEC 18013-5, 9.1.2", []),
    row!("document-not-licence", L1, "ISO/IEC 18013-5, 7.1", [], next),
    row!("document-type-malformed", L1, "ISO/IEC 18013-5, 8.3.2.1.2.2", [], next),
    row!("device-signed", L2, "ISO/IEC 18013-5, 9.1.3", []),
    row!("fresh", L2, "Liangzheng one-way presentation", []),
    row!("fresh-by-session", L2, "ISO/IEC 18013-5, 9.1.3", []),
    row!("fresh-by-answer", L2, "OpenID4VP 1.0, 14.1", []),
    row!("device-unchecked", L2, "ISO/IEC 18013-5, 9.1.3", [], next),
    row!("device-not-asked", L2, "ISO/IEC 18013-5, 9.1.3", []),
    row!("not-reached", None, "Liangzheng licence profile, 9", []),
    row!("not-asked", None, "Liangzheng licence profile, 9", []),
    row!("interrupted", L1, "Liangzheng licence profile, 9", [], next),
    // Layer 3
    row!("mso-current", L3, "ISO/IEC 18013-5, 9.1.2.4", ["date"]),
    row!("licence-current", L3, TIME, ["date"]),
    row!("licence-long-term", L3, TIME, []),
    row!("licence-expired", L3, TIME, ["date"], next),
    row!("licence-not-yet", L3, TIME, ["date"], next),
    row!("validity-missing", L3, TIME, [], next),
    // Layer 4
    row!("status-good", L4, STATUS, ["letters", "moment"]),
    row!("status-extended", L4, STATUS, ["letters", "date"]),
    row!("status-red", L4, STATUS, ["letters", "moment"], next),
    row!("status-abnormal", L4, STATUS, ["letters", "moment"], next),
    row!("status-gone", L4, STATUS, ["letters", "moment"], next),
    row!("status-extension-over", L4, STATUS, ["letters", "date"], next),
    row!("status-extension-undated", L4, STATUS, ["letters"], next),
    row!("status-unknown", L4, STATUS, ["letters"], next),
    row!("status-empty", L4, STATUS, [], next),
    row!("status-missing", L4, STATUS, [], next),
    row!("status-recent", L4, "Liangzheng licence profile, 9", ["moment"]),
    row!("status-old", L4, "Liangzheng licence profile, 9", ["moment", "hours"], next),
    row!("status-ahead", L4, "Liangzheng licence profile, 9", ["moment"], next),
    row!("status-list-valid", L4, STATUS, ["moment"]),
    row!("status-list-invalid", L4, STATUS, ["moment"], next),
    row!("status-list-suspended", L4, STATUS, ["moment"], next),
    row!("status-list-other", L4, STATUS, ["value", "moment"], next),
    row!("status-list-missing", L4, STATUS, [], next),
    row!("status-list-old", L4, "Liangzheng licence profile, 9", ["moment", "hours"], next),
    row!("status-list-expired", L4, STATUS, ["moment"], next),
    row!("status-identifier-list", L4, STATUS, [], next),
    row!("status-letters-overruled", L4, STATUS, ["letters", "moment"]),
    // Layer 5: may this holder drive it
    row!("class-covers", L5, CLASS, ["vehicle", "class"]),
    row!("class-not-covered", L5, CLASS, ["vehicle"], next),
    row!("class-not-yet", L5, CLASS, ["vehicle", "date"], next),
    row!("class-disputed", L5, CLASS, ["vehicle"], next),
    row!("class-unreadable", L5, CLASS, ["vehicle"], next),
    row!("trailer-covers", L5, CLASS, ["class"]),
    row!("trailer-not-covered", L5, CLASS, ["vehicle"], next),
    row!("stop-age-below", L5, CLASS, ["vehicle", "age"]),
    row!("stop-age-extended", L5, CLASS, ["vehicle", "date"]),
    row!("stop-age-reached", L5, CLASS, ["vehicle", "age"], next),
    row!("stop-age-unproven", L5, CLASS, ["vehicle", "age"], next),
    row!("not-novice", L5, TIME, []),
    row!("novice", L5, TIME, ["date"]),
    row!("novice-trailer", L5, TIME, ["date"], next),
    // Layer 5: the rules of a purpose
    row!("age-reached", L5, POLICY, ["age"]),
    row!("age-below", L5, POLICY, ["age"], next),
    row!("age-unknown", L5, POLICY, ["age"], next),
    row!("birth-year", L5, POLICY, ["year", "age"]),
    row!("held-years", L5, POLICY, ["years", "class"]),
    row!("held-too-short", L5, POLICY, ["years"], next),
    row!("term-covered", L5, POLICY, ["date"]),
    row!("term-too-short", L5, POLICY, ["date"], next),
    row!("points-below", L5, POLICY, ["points"]),
    row!("points-band", L5, POLICY, ["points", "from", "to"]),
    row!("points-full", L5, POLICY, ["points"], next),
    row!("status-accepted", L5, POLICY, ["letters"]),
    row!("status-review", L5, POLICY, ["letters"], next),
    row!("status-refused", L5, POLICY, ["letters"], next),
    row!("status-accepted-by-list", L5, POLICY, ["moment"]),
    row!("status-refused-by-list", L5, POLICY, ["moment"], next),
    row!("holder-not-compared", L5, POLICY, []),
    row!("element-missing", L5, SHOWN, ["element"], next),
    row!("element-malformed", L5, SHOWN, ["element"], next),
    row!("portrait-left-out", L5, SHOWN, [], next),
    row!("portrait-unreadable", L5, SHOWN, [], next),
    // Outside of the rows of a verdict: odd numbers, which are noted, and facts at issue
    row!("number-not-resident", None, "Liangzheng licence profile, 7", []),
    row!("number-check-character", None, "Liangzheng licence profile, 7", []),
    row!("number-birth-date", None, "Liangzheng licence profile, 7", []),
    row!("number-birth-date-differs", None, "Liangzheng licence profile, 7", []),
    row!("number-sex-differs", None, "Liangzheng licence profile, 7", []),
    row!("facts-text", None, "ISO/IEC 18013-5, 7.2.1", []),
    row!("facts-form", None, "Liangzheng licence profile, 7", []),
    row!("facts-classes", None, CLASS, []),
];

/// Which row a step of `mdoc` belongs to.
pub fn layer_of_step(step: &str) -> LayerId {
    match step {
        mdoc::step::DEVICE_SIGNED | mdoc::step::FRESHNESS => LayerId::Presenter,
        mdoc::step::MSO_VALIDITY => LayerId::Validity,
        _ => LayerId::Issuer,
    }
}

/// The line of a code.
pub fn find(code: &str) -> Option<&'static CodeInfo> {
    CODES.iter().find(|info| info.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_kebab_case_and_named_once() {
        for (index, info) in CODES.iter().enumerate() {
            assert!(info.code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b.is_ascii_digit()));
            assert!(!CODES[..index].iter().any(|other| other.code == info.code), "{}", info.code);
        }
    }
}
