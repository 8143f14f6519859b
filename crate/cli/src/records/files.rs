//! The files of a journal: lines, payloads beside them, checkpoint and key.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Result;
use record::{Journal, NoteError, NoteKey, PAYLOAD_MAX, Record, RecordError, RecordId};

use crate::exit::{Wrong, wrong, wrong_code, wrong_io};
use crate::folder::replace;
use crate::input;

/// Most bytes of a journal.
const JOURNAL: u64 = 1 << 30;

/// A journal as it was read.
pub(crate) struct Read {
    /// The bytes of the file.
    pub(crate) bytes: Vec<u8>,
    /// Its lines and their tree.
    pub(crate) journal: Journal,
}

impl Read {
    /// Returns the lines without their ends.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &[u8]> {
        record::lines(&self.bytes)
    }

    /// Returns the index of the one record whose id begins so.
    pub(crate) fn find(&self, id: &str) -> Result<usize> {
        let wanted = id.to_ascii_lowercase();
        let begins = |id: &RecordId| id.to_hex().starts_with(&wanted);
        let mut found = self.journal.ids().filter(|(id, _)| begins(id));
        match (found.next(), found.next()) {
            (Some((_, index)), None) if !wanted.is_empty() => Ok(index),
            _ => Err(wrong("cli.wrong.record-id", &[("id", id)]).into()),
        }
    }

    /// Returns a record and its line.
    pub(crate) fn record(&self, index: usize) -> Result<(Record, &[u8])> {
        let line = self.lines().nth(index).unwrap_or_default();
        let at = format!("{}", index + 1);
        let record =
            Record::from_line(line).map_err(|error| wrong_code("cli.wrong.record", &at, error.code()));
        Ok((record?, line))
    }
}

/// The places of a journal's files.
#[derive(Debug)]
pub(crate) struct Files {
    journal: PathBuf,
}

impl Files {
    pub(crate) fn of(journal: &Path) -> Self {
        Self { journal: journal.to_owned() }
    }

    fn beside(&self, end: &str) -> PathBuf {
        let mut name = self.journal.clone().into_os_string();
        name.push(end);
        name.into()
    }

    /// Returns where the checkpoint is.
    pub(crate) fn checkpoint(&self) -> PathBuf {
        self.beside(".checkpoint")
    }

    /// Returns where the public key of checkpoints is.
    pub(crate) fn key(&self) -> PathBuf {
        self.beside(".vkey")
    }

    /// Returns the folder of the payloads.
    fn payloads(&self) -> PathBuf {
        self.beside(".payloads")
    }

    fn payload(&self, id: RecordId) -> PathBuf {
        self.payloads().join(format!("{}.json", id.to_hex()))
    }

    fn refused(&self, error: RecordError) -> Wrong {
        wrong_code("cli.wrong.journal", &input::name(&self.journal), error.code())
    }

    fn failed(path: &Path, error: &io::Error) -> Wrong {
        wrong_io("cli.wrong.open", &input::name(path), error)
    }

    /// Reads the journal.
    pub(crate) fn read(&self) -> Result<Read> {
        let mut file = File::open(&self.journal).map_err(|error| Self::failed(&self.journal, &error))?;
        self.read_from(&mut file)
    }

    fn read_from(&self, file: &mut File) -> Result<Read> {
        let mut bytes = Vec::new();
        let read = file.take(JOURNAL + 1).read_to_end(&mut bytes);
        read.map_err(|error| Self::failed(&self.journal, &error))?;
        if bytes.len() as u64 > JOURNAL {
            return Err(self.refused(RecordError::Size).into());
        }
        let journal = Journal::read(&bytes).map_err(|error| self.refused(error))?;
        Ok(Read { bytes, journal })
    }

    /// Opens the journal for one more record, makes it if it is not there, and keeps others out until it is closed.
    pub(crate) fn open(&self) -> Result<(File, Read)> {
        let failed = |error: io::Error| Self::failed(&self.journal, &error);
        let mut file =
            OpenOptions::new().read(true).append(true).create(true).open(&self.journal).map_err(failed)?;
        file.lock().map_err(failed)?;
        let read = self.read_from(&mut file)?;
        // A line without its end was cut off while it was written.
        let ended = read.bytes.is_empty() || read.bytes.ends_with(b"\n");
        if read.journal.is_whole() && ended {
            Ok((file, read))
        } else {
            Err(self.refused(RecordError::Journal).into())
        }
    }

    /// Writes a payload, then the line.
    pub(crate) fn write(
        &self,
        file: &mut File,
        id: RecordId,
        payload: Option<&[u8]>,
        line: &str,
    ) -> Result<()> {
        if let Some(payload) = payload {
            let folder = self.payloads();
            fs::create_dir_all(&folder).map_err(|error| Self::failed(&folder, &error))?;
            crate::keys::write_new(&self.payload(id), payload, true)?;
        }
        let line = format!("{line}\n");
        let written = file.write_all(line.as_bytes()).and_then(|()| file.sync_all());
        Ok(written.map_err(|error| wrong_io("cli.wrong.write", &input::name(&self.journal), &error))?)
    }

    /// Writes the checkpoint and the public key in place of those before.
    pub(crate) fn sign(&self, note: &str, key: &NoteKey) -> Result<()> {
        let vkey = format!("{}\n", key.vkey());
        for (path, text) in [(self.checkpoint(), note), (self.key(), vkey.as_str())] {
            let failed = |error| wrong_io("cli.wrong.write", &input::name(&path), &error);
            replace(&path, text.as_bytes()).map_err(failed)?;
        }
        Ok(())
    }

    /// Returns the payload of a record, if it is there.
    pub(crate) fn read_payload(&self, id: RecordId) -> Result<Option<Vec<u8>>> {
        let path = self.payload(id);
        if path.exists() { Ok(Some(input::read(&path, PAYLOAD_MAX)?)) } else { Ok(None) }
    }

    /// Erases the payload of a record; returns whether there was one.
    pub(crate) fn erase(&self, id: RecordId) -> Result<bool> {
        let path = self.payload(id);
        match fs::remove_file(&path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(wrong_io("cli.wrong.write", &input::name(&path), &error).into()),
        }
    }

    /// Returns the names of files in the folder of payloads that are of no record of the journal.
    pub(crate) fn stray(&self, journal: &Journal) -> Result<Vec<PathBuf>> {
        let folder = self.payloads();
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let entries = fs::read_dir(&folder).map_err(|error| Self::failed(&folder, &error))?;
        let is_known = |path: &Path| {
            let name = path.file_stem().and_then(|name| name.to_str());
            name.and_then(RecordId::from_hex).is_some_and(|id| journal.find(id).is_some())
        };
        let mut stray: Vec<PathBuf> =
            entries.flatten().map(|entry| entry.path()).filter(|path| !is_known(path)).collect();
        stray.sort();
        Ok(stray)
    }
}

/// Returns the public key of an argument: its text, or a file that holds it.
pub(crate) fn key_of(argument: &str) -> Result<NoteKey> {
    let refused = |error: NoteError| wrong_code("cli.wrong.vkey", argument, error.code());
    if argument.matches('+').count() >= 2 && !Path::new(argument).exists() {
        return Ok(NoteKey::from_vkey(argument).map_err(refused)?);
    }
    key_in(Path::new(argument))
}

/// Reads a public key from a file.
pub(crate) fn key_in(path: &Path) -> Result<NoteKey> {
    let bytes = input::read(path, input::SMALL)?;
    let key = NoteKey::from_vkey(&String::from_utf8_lossy(&input::utf8(&bytes)));
    Ok(key.map_err(|error| wrong_code("cli.wrong.vkey", &input::name(path), error.code()))?)
}

/// Reads a text: a checkpoint or a receipt.
pub(crate) fn text_in(path: &Path) -> Result<String> {
    let bytes = input::read(path, 256 * 1024)?;
    Ok(String::from_utf8_lossy(&input::utf8(&bytes)).into_owned())
}
