//! Files of certificates and lists, read before anything in them is trusted.

use std::path::{Path, PathBuf};

use ::trust::{ImportError, ListKind, ReceivedList};
use anyhow::Result;
use x509::Certificate;

use crate::exit::{Wrong, wrong, wrong_file};
use crate::input;

/// Reads the roots of lists' providers.
pub(crate) fn roots(files: &[PathBuf]) -> Result<Vec<Certificate>> {
    let mut roots = Vec::new();
    for file in files {
        roots.extend(certificates(file)?);
    }
    Ok(roots)
}

/// Reads the lists and certificates of a file, unverified, all or none; `neither` is the error for any other file.
pub(crate) fn received(file: &Path, neither: fn(&Path) -> Wrong) -> Result<Vec<ReceivedList>> {
    let code = |error: ImportError| refused(file, error.code().unwrap_or_default());
    received_each(file, neither)?.into_iter().map(|list| list.map_err(code)).collect()
}

/// Reads the lists and certificates of a file, unverified, each by itself; `neither` is the error for any other file.
pub(crate) fn received_each(
    file: &Path,
    neither: fn(&Path) -> Wrong,
) -> Result<Vec<Result<ReceivedList, ImportError>>> {
    let bytes = input::read_any(file, input::LIST)?;
    let error = match ReceivedList::read_each(&input::utf8(&bytes)) {
        Ok(lists) => return Ok(lists),
        Err(error) => error,
    };
    // A CBOR array was meant as a list, so the list's error is returned. A PNG begins with the head of an array as well.
    let meant = matches!(bytes.first(), Some(0x80..=0x9f)) && !bytes.starts_with(b"\x89PNG");
    Err(match error {
        ImportError::NeitherOfThem(_) if !meant => neither(file).into(),
        ImportError::Crl(error) => wrong_file("cli.wrong.crl", &input::name(file), error.code()).into(),
        error => error.code().map_or_else(|| mixed(file).into(), |code| refused(file, code)),
    })
}

/// Reads the certificates of a file: one in DER, or every block of a PEM text.
pub(crate) fn certificates(file: &Path) -> Result<Vec<Certificate>> {
    all_certificates(file, &received(file, no_trust)?)
}

pub(crate) fn all_certificates(file: &Path, lists: &[ReceivedList]) -> Result<Vec<Certificate>> {
    let certificate = |list: &ReceivedList| match list.kind {
        ListKind::Certificate => {
            list.certificate().map_err(|error| refused(file, error.code().unwrap_or_default()))
        }
        ListKind::Vical | ListKind::Crl => Err(no_trust(file).into()),
    };
    lists.iter().map(certificate).collect()
}

pub(crate) fn no_trust(file: &Path) -> Wrong {
    wrong("cli.wrong.no-trust", &[("file", &input::name(file))])
}

pub(crate) fn mixed(file: &Path) -> Wrong {
    wrong("cli.wrong.mixed", &[("file", &input::name(file))])
}

pub(crate) fn refused(file: &Path, code: &'static str) -> anyhow::Error {
    wrong_file("cli.wrong.trust", &input::name(file), code).into()
}
