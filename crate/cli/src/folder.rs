//! The folder of a test authority, and the atomic replacement of files.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Result;
use mdoc::issuer::IssuerSigner;
use x509::Certificate;

use crate::exit::{wrong_code, wrong_file};
use crate::{input, keys, trust_file};

/// The files of an authority.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Reads a certificate of the folder.
    pub(crate) fn certificate(&self, name: &str) -> Result<Certificate> {
        let path = self.file(name);
        let first = trust_file::certificates(&path)?.into_iter().next();
        Ok(first.ok_or_else(|| wrong_file("cli.wrong.trust", &input::name(&path), "cert-malformed"))?)
    }

    /// Returns the document signer.
    pub(crate) fn signer(&self) -> Result<IssuerSigner> {
        let key = keys::read_private(&self.file("ds.key.pem"))?;
        let signer = IssuerSigner::new(self.certificate("ds.pem")?, key);
        Ok(signer.map_err(|error| {
            wrong_code("cli.wrong.authority", &self.0.display().to_string(), error.code())
        })?)
    }
}

/// Replaces a file atomically.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    fs::write(&beside, bytes)?;
    fs::rename(&beside, path)
}

/// As [`replace`], for its owner alone, and on the disk when it returns.
pub(crate) fn replace_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = path.to_owned().into_os_string();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        // The new name is on the disk once its folder is.
        fs::File::open(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?.sync_all()?;
    }
    Ok(())
}
