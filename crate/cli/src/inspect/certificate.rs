//! Prints a certificate.

use anyhow::Result;
use licence::ShownText;
use x509::{Certificate, Name, ids};

use crate::input::to_hex;
use crate::output::Output;

/// Prints a certificate, each line indented by `depth` steps.
pub(crate) fn print(certificate: &Certificate, depth: usize, out: &mut Output) -> Result<()> {
    let indent = "  ".repeat(depth);
    let mut line = |name: &str, value: &str| out.line(&format!("{indent}{name:<12} {value}"));
    line("subject", &name(certificate.subject()))?;
    line("issuer", &name(certificate.issuer()))?;
    line("serial", &to_hex(certificate.serial()))?;
    line("valid from", &certificate.not_before().format_tdate())?;
    line("valid until", &certificate.not_after().format_tdate())?;
    line("key", &format!("{:?}", certificate.public_key().curve()))?;
    line("sha-256", &to_hex(&certificate.fingerprint()))?;
    line("key sha-256", &to_hex(&certificate.spki_sha256()))?;
    for extension in certificate.extensions() {
        let critical = if extension.critical { "critical, " } else { "" };
        let known = known(&extension.id.to_string());
        line("extension", &format!("{} {known}({critical}{} bytes)", extension.id, extension.value.len()))?;
    }
    Ok(())
}

fn name(name: &Name) -> String {
    let parts = [("C", name.country()), ("ST", name.state_or_province()), ("CN", name.common_name())];
    let shown = parts
        .into_iter()
        .filter_map(|(kind, value)| Some(format!("{kind}={}", ShownText::new(value?, 150).as_str())));
    shown.collect::<Vec<_>>().join(", ")
}

fn known(id: &str) -> String {
    let names = [
        (ids::SUBJECT_KEY_IDENTIFIER, "subjectKeyIdentifier"),
        (ids::AUTHORITY_KEY_IDENTIFIER, "authorityKeyIdentifier"),
        (ids::KEY_USAGE, "keyUsage"),
        (ids::EXTENDED_KEY_USAGE, "extKeyUsage"),
        (ids::BASIC_CONSTRAINTS, "basicConstraints"),
        (ids::ISSUER_ALT_NAME, "issuerAltName"),
        (ids::CRL_DISTRIBUTION_POINTS, "cRLDistributionPoints"),
    ];
    let found = names.iter().find(|(known, _)| known.to_string() == id);
    found.map(|(_, name)| format!("{name} ")).unwrap_or_default()
}
