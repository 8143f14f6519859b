//! The folder of a desk: what it remembers, its photos, its answers.
//!
//! | file | holds |
//! |---|---|
//! | `desk.key.pem`, `desk.pem`, `desk.lzdesk` | the key, its certificate, the offer for wallets |
//! | `desk.json` | drivers, applications, journal: what happened |
//! | `journal.ndjson` | the journal again, as `authority journal` reads it |
//! | `photos/SHA-256.jpg` | photos that applicants sent |
//! | `answers/ID.lzissued`, `answers/ID.receipt.json` | sealed answers, and the receipts of their steps |
//! | `desk.lock` | the lock of the command that writes |
//!
//! A step is in `desk.json` or did not happen. Photos and answers are written before it, answers under a name that ends with the
//! number of steps that makes them valid: what a killed command left is finished or removed by the next one.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use authority::demo::DemoRegister;
use authority::desk::{ApplicationId, Desk, DriverFile, Effects, Queued, Stored};
use authority::photo::Sha256Digest;
use authority::post::AgreementSecret;
use authority::rollout::Rollout;
use serde::{Deserialize, Serialize};

use crate::exit::{Wrong, wrong, wrong_code, wrong_io};
use crate::folder::replace_private;
use crate::{input, keys};

const KEY: &str = "desk.key.pem";
const STATE: &str = "desk.json";
const LOCK: &str = "desk.lock";
const JOURNAL: &str = "journal.ndjson";
const PHOTOS: &str = "photos";
const ANSWERS: &str = "answers";
/// What the name of an answer ends with whose step may not have happened.
const PENDING: &str = "pending";
/// The version of `desk.json`.
const SCHEMA: u32 = 1;
/// Most bytes of `desk.json`.
const STATE_MAX: usize = 256 * 1024 * 1024;

/// What a desk remembers.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct State {
    schema_version: u32,
    drivers: Vec<DriverFile>,
    queued: Vec<Queued>,
    /// The lines of the journal.
    journal: Vec<String>,
    /// Photos that are not needed any more since the last step.
    erased: Vec<Sha256Digest>,
}

/// What tells a version of `desk.json` that cannot be read.
#[derive(Deserialize)]
struct Version {
    schema_version: u32,
}

impl Default for State {
    fn default() -> Self {
        let (drivers, queued, journal, erased) = Default::default();
        Self { schema_version: SCHEMA, drivers, queued, journal, erased }
    }
}

impl State {
    /// Loads the desk of the demo's people.
    ///
    /// # Errors
    /// Fails if the journal is too long.
    pub(super) fn desk(&self, folder: &Folder) -> Result<Desk> {
        let stored = Stored {
            drivers: self.drivers.clone(),
            queued: self.queued.clone(),
            journal: self.journal.clone(),
        };
        let desk = Desk::load(Box::new(DemoRegister::new()), Rollout::built_in(), stored);
        Ok(desk
            .map_err(|error| wrong_code("cli.wrong.journal", &input::name(&folder.state()), error.code()))?)
    }

    /// Returns the state after these steps.
    fn after(&self, steps: &[Effects]) -> Self {
        let mut drivers: BTreeMap<String, DriverFile> =
            self.drivers.iter().map(|file| (file.reference.clone(), file.clone())).collect();
        let mut queued: BTreeMap<ApplicationId, Queued> =
            self.queued.iter().map(|queued| (queued.id, queued.clone())).collect();
        let mut journal = self.journal.clone();
        for effects in steps {
            drivers.extend(effects.drivers.iter().map(|file| (file.reference.clone(), file.clone())));
            queued.extend(effects.queued.iter().map(|queued| (queued.id, queued.clone())));
            journal.extend(effects.journal.iter().map(|line| line.line.clone()));
        }
        Self {
            schema_version: SCHEMA,
            drivers: drivers.into_values().collect(),
            queued: queued.into_values().collect(),
            journal,
            erased: steps.iter().flat_map(|effects| effects.erased.clone()).collect(),
        }
    }

    fn journal(&self) -> String {
        self.journal.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
    }
}

/// A sealed answer with the receipt of its step.
pub(super) struct Sealed {
    pub(super) id: ApplicationId,
    pub(super) payload: Vec<u8>,
    pub(super) receipt: String,
}

/// The folder of a desk.
#[derive(Clone, Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Makes the folder, for its owner alone, if it is not there.
    pub(super) fn make(&self) -> Result<()> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt as _;
            builder.mode(0o700);
        }
        Ok(builder.create(&self.0).map_err(|error| failed(&self.0, &error))?)
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(super) fn key_file(&self) -> PathBuf {
        self.file(KEY)
    }

    fn state(&self) -> PathBuf {
        self.file(STATE)
    }

    pub(super) fn photo(&self, digest: Sha256Digest) -> PathBuf {
        self.file(PHOTOS).join(format!("{}.jpg", digest.to_hex()))
    }

    pub(super) fn answer(&self, id: ApplicationId) -> PathBuf {
        self.file(ANSWERS).join(format!("{}.lzissued", id.to_hex()))
    }

    pub(super) fn receipt(&self, id: ApplicationId) -> PathBuf {
        self.file(ANSWERS).join(format!("{}.receipt.json", id.to_hex()))
    }

    /// Whether there is a desk in it.
    pub(super) fn is_desk(&self) -> bool {
        self.key_file().exists()
    }

    /// Reads the desk's key.
    pub(super) fn key(&self) -> Result<AgreementSecret> {
        if !self.is_desk() {
            return Err(wrong("cli.wrong.desk-none", &[("folder", &self.0.display().to_string())]).into());
        }
        let path = self.key_file();
        let scalar = keys::read_private(&path)?.to_bytes();
        let refused = || wrong("cli.wrong.private-key", &[("file", &input::name(&path))]);
        Ok(AgreementSecret::from_scalar(&scalar.into()).map_err(|_| refused())?)
    }

    /// Reads what the desk remembers; nothing where nothing was received yet.
    ///
    /// # Errors
    /// Fails if it cannot be read, or a newer version wrote it.
    pub(super) fn read(&self) -> Result<State> {
        let path = self.state();
        if !path.exists() {
            return Ok(State::default());
        }
        let shown = input::name(&path);
        let bytes = input::read(&path, STATE_MAX)?;
        let refused = |error: serde_json::Error| {
            wrong("cli.wrong.json", &[("file", &shown), ("reason", &error.to_string())])
        };
        let version: Version = serde_json::from_slice(&bytes).map_err(refused)?;
        if version.schema_version != SCHEMA {
            return Err(wrong("cli.wrong.desk-newer", &[("file", &shown)]).into());
        }
        Ok(serde_json::from_slice(&bytes).map_err(refused)?)
    }

    /// Keeps other commands out until the file is closed.
    pub(super) fn lock(&self) -> Result<File> {
        let path = self.file(LOCK);
        let open = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let file = open.map_err(|error| failed(&path, &error))?;
        file.lock().map_err(|error| failed(&path, &error))?;
        Ok(file)
    }

    /// Reads a photo that an applicant sent; nothing if it is not there.
    pub(super) fn read_photo(&self, digest: Sha256Digest) -> Option<Vec<u8>> {
        input::read(&self.photo(digest), input::SMALL).ok()
    }

    /// Writes what follows from steps: all of it or nothing. Returns the state after them.
    pub(super) fn save(&self, state: &State, steps: &[Effects], answers: &[Sealed]) -> Result<State> {
        let after = state.after(steps);
        for photo in steps.iter().flat_map(|effects| &effects.photos) {
            put(&self.photo(photo.sha256), &photo.bytes)?;
        }
        let count = after.journal.len();
        let pending = |path: PathBuf| {
            let mut name = path.into_os_string();
            name.push(format!(".{count}.{PENDING}"));
            PathBuf::from(name)
        };
        for sealed in answers {
            put(&pending(self.answer(sealed.id)), &sealed.payload)?;
            put(&pending(self.receipt(sealed.id)), sealed.receipt.as_bytes())?;
        }
        put(&self.state(), &serde_json::to_vec(&after).context("JSON")?)?;
        self.finish(&after)?;
        Ok(after)
    }

    /// Finishes what a command did that was killed after its last step was written, and removes what one left before.
    pub(super) fn finish(&self, state: &State) -> Result<()> {
        for entry in fs::read_dir(self.file(ANSWERS)).into_iter().flatten().flatten() {
            let path = entry.path();
            let Some((name, count)) = pending_name(&path) else {
                continue;
            };
            let done =
                if count <= state.journal.len() { fs::rename(&path, name) } else { fs::remove_file(&path) };
            done.map_err(|error| failed(&path, &error))?;
        }
        let (path, journal) = (self.file(JOURNAL), state.journal());
        if fs::read(&path).unwrap_or_default() != journal.as_bytes() {
            put(&path, journal.as_bytes())?;
        }
        for digest in &state.erased {
            let path = self.photo(*digest);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(failed(&path, &error).into());
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Returns the name that a pending answer gets, and the number of steps that makes it valid; `None` for any other file.
fn pending_name(path: &Path) -> Option<(PathBuf, usize)> {
    let name = path.to_str()?.strip_suffix(PENDING)?.strip_suffix('.')?;
    let (name, count) = name.rsplit_once('.')?;
    Some((name.into(), count.parse().ok()?))
}

/// Writes a file of a desk in place of the one before, in a folder that is made if it is not there.
pub(super) fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        Folder::new(folder).make()?;
    }
    Ok(replace_private(path, bytes).map_err(|error| failed(path, &error))?)
}

fn failed(path: &Path, error: &io::Error) -> Wrong {
    wrong_io("cli.wrong.write", &path.display().to_string(), error)
}
