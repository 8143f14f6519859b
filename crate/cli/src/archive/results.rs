//! A file of results, which a later run continues.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::exit::wrong;

/// Returns the names in a results file, and removes an incomplete last line from it.
pub(super) fn done_before(file: &Path) -> Result<HashSet<String>> {
    #[derive(Deserialize)]
    struct Named {
        id: String,
    }
    let shown = || file.display().to_string();
    let text = match fs::read(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(HashSet::new()),
        Err(error) => return Err(error).with_context(shown),
    };
    let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let mut done = HashSet::new();
    for line in
        text.get(..whole).unwrap_or_default().split(|byte| *byte == b'\n').filter(|line| !line.is_empty())
    {
        // Nothing is appended to a file that is not a results file.
        let Ok(named) = serde_json::from_slice::<Named>(line) else {
            return Err(wrong("cli.wrong.results", &[("file", &shown())]).into());
        };
        done.insert(named.id);
    }
    if whole < text.len() {
        let length = u64::try_from(whole).unwrap_or_default();
        OpenOptions::new()
            .write(true)
            .open(file)
            .and_then(|file| file.set_len(length))
            .with_context(shown)?;
    }
    Ok(done)
}

/// Opens a results file to append to it.
pub(super) fn append(file: &Path) -> Result<File> {
    let shown = file.display().to_string();
    let open = |error: io::Error| crate::exit::wrong_io("cli.wrong.write", &shown, &error);
    Ok(OpenOptions::new().create(true).append(true).open(file).map_err(open)?)
}
