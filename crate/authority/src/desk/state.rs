//! The desk: what it holds, how it is loaded, and how a step is carried out.

use std::collections::BTreeMap;

use cbor::Timestamp;
use licence::shanghai_day;
use mdoc::status_list::Status;
use record::{Checkpoint, Journal, JournalFinding, RECORDS_MAX, RecordError, RecordId};

use super::action::{Action, Answer, Effects, Outcome, PhotoBytes};
use super::driver::{Driver, DriverFile};
use super::queue::{ApplicationId, QueueFilter, Queued};
use super::register::{OnFile, Register};
use crate::application::Application;
use crate::driver::DriverFacts;
use crate::error::{DeskError, IssueError};
use crate::journal::{self, Details, JournalLine, Step, StepKind};
use crate::photo::{PhotoSource, Sha256Digest};
use crate::rollout::Rollout;

/// Most characters of a clerk's name.
const CLERK_MAX: usize = 64;
/// Most drivers that a search returns.
const FOUND_MAX: usize = 100;

/// Years that are longer than any licence lasts.
const FOR_GOOD_YEARS: i32 = 100;

/// What a desk is loaded from.
#[derive(Debug, Clone, Default)]
pub struct Stored {
    /// The files of drivers, in any order.
    pub drivers: Vec<DriverFile>,
    /// The applications, in any order.
    pub queued: Vec<Queued>,
    /// The lines of the journal, in the order of their indexes.
    pub journal: Vec<String>,
}

/// The photo with which an application is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhotoWanted {
    /// The photo that the register has.
    OnFile(OnFile),
    /// A photo that the caller has stored.
    Stored {
        /// SHA-256 of the large portrait.
        large: Sha256Digest,
        /// SHA-256 of the small portrait.
        small: Sha256Digest,
    },
}

/// A desk.
pub struct Desk {
    pub(super) register: Box<dyn Register>,
    pub(super) rollout: Rollout,
    pub(super) files: BTreeMap<String, DriverFile>,
    pub(super) queued: BTreeMap<ApplicationId, Queued>,
    journal: Journal,
    lines: Vec<String>,
}

/// To whom an answer goes, and what it says.
pub(super) struct Reply {
    pub(super) id: ApplicationId,
    pub(super) device_key: [u8; 65],
    pub(super) answer_key: [u8; 65],
    pub(super) outcome: Outcome,
}

/// What a step will do, before it is in the journal.
pub(super) struct Plan {
    pub(super) steps: Vec<(StepKind, Details)>,
    pub(super) files: Vec<DriverFile>,
    pub(super) queued: Vec<Queued>,
    pub(super) photos: Vec<PhotoBytes>,
    pub(super) erased: Vec<Sha256Digest>,
    pub(super) reply: Option<Reply>,
    pub(super) status_changed: bool,
}

impl Plan {
    pub(super) fn new(step: StepKind, details: Details) -> Self {
        Self {
            steps: vec![(step, details)],
            files: Vec::new(),
            queued: Vec::new(),
            photos: Vec::new(),
            erased: Vec::new(),
            reply: None,
            status_changed: false,
        }
    }
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let lines = self.lines.len();
        write!(f, "Desk({} drivers, {} applications, {lines} steps)", self.files.len(), self.queued.len())
    }
}

impl Desk {
    /// Loads a desk. A journal that does not fit together is loaded, too: [`Desk::findings`] says what is wrong, and
    /// [`Desk::act`] refuses.
    ///
    /// # Errors
    /// Fails for a journal that is too long.
    pub fn load(register: Box<dyn Register>, rollout: Rollout, stored: Stored) -> Result<Self, DeskError> {
        let mut journal = Journal::new();
        stored.journal.iter().try_for_each(|line| journal.push(line.as_bytes()))?;
        Ok(Self {
            register,
            rollout,
            files: stored.drivers.into_iter().map(|file| (file.reference.clone(), file)).collect(),
            queued: stored.queued.into_iter().map(|queued| (queued.id, queued)).collect(),
            journal,
            lines: stored.journal,
        })
    }

    /// Carries out a step; `random` fills a buffer with random bytes.
    ///
    /// # Errors
    /// Fails if the step is not allowed. Nothing has changed then.
    pub fn act(
        &mut self,
        action: Action<'_>,
        clerk: &str,
        now: Timestamp,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Effects, DeskError> {
        check_text(clerk, CLERK_MAX).ok_or(DeskError::Clerk)?;
        let plan = match action {
            Action::Receive(received) => self.receive(*received, now)?,
            Action::Approve { id } => self.approve(id, clerk, now)?,
            Action::Reject { id, reason, note } => self.reject(id, reason, note, clerk, now)?,
            Action::Undo { id } => self.undo(id, clerk, now)?,
            Action::Answer { id, portraits } => self.answer(id, portraits, now, random)?,
            Action::ChangeFacts { reference, change } => self.change_facts(&reference, change, now)?,
            Action::Suspend { reference, letter } => self.suspend(&reference, letter, now)?,
            Action::Reinstate { reference } => self.reinstate(&reference, now)?,
            Action::Counter { reference, shown, changes, reopen, note } => {
                self.counter(&reference, shown, changes, reopen, note, now)?
            }
            Action::Photograph { reference, shown, photo, note } => {
                self.photograph(&reference, shown, photo, note, now)?
            }
        };
        self.carry_out(plan, clerk, now, random)
    }

    /// Writes the steps into the journal, and takes over what changes.
    fn carry_out(
        &mut self,
        plan: Plan,
        clerk: &str,
        now: Timestamp,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Effects, DeskError> {
        let origin = self.register.origin().to_owned();
        // What refuses a line refuses before the first one, so that nothing has changed then.
        let room = RECORDS_MAX.saturating_sub(self.journal.len());
        if !self.journal.is_whole() || plan.steps.len() > room {
            return Err(RecordError::Journal.into());
        }
        let mut ids: Vec<[u8; 16]> = Vec::new();
        for _ in &plan.steps {
            let mut id = [0; 16];
            random(&mut id);
            if ids.contains(&id) || self.journal.find(RecordId(id)).is_some() {
                return Err(RecordError::Repeated.into());
            }
            ids.push(id);
        }
        let mut lines: Vec<JournalLine> = Vec::new();
        let mut last = None;
        for (id, step) in ids.into_iter().zip(plan.steps) {
            let (line, receipt) = journal::append(&mut self.journal, &origin, id, now, clerk, step)?;
            lines.push(line);
            last = Some(receipt);
        }
        let receipt = last.ok_or(DeskError::NothingToDo)?;
        self.lines.extend(lines.iter().map(|line| line.line.clone()));
        for file in &plan.files {
            self.files.insert(file.reference.clone(), file.clone());
        }
        for queued in &plan.queued {
            self.queued.insert(queued.id, queued.clone());
        }
        let answer = plan.reply.map(|reply| Answer {
            id: reply.id,
            device_key: reply.device_key,
            answer_key: reply.answer_key,
            at: now,
            outcome: reply.outcome,
            receipt: receipt.clone(),
        });
        Ok(Effects {
            drivers: plan.files,
            queued: plan.queued,
            journal: lines,
            photos: plan.photos,
            erased: plan.erased,
            answer,
            status_changed: plan.status_changed,
            receipt,
        })
    }

    /// Returns the applications that a filter lets through, the one that was received first first.
    pub fn queue(&self, filter: &QueueFilter, now: Timestamp) -> Vec<&Queued> {
        let mut found: Vec<&Queued> =
            self.queued.values().filter(|queued| self.lets(filter, queued, now)).collect();
        found.sort_by_key(|queued| (queued.received_at, queued.id));
        found
    }

    fn lets(&self, filter: &QueueFilter, queued: &Queued, now: Timestamp) -> bool {
        filter.stage.is_none_or(|stage| stage == queued.stage())
            && filter.occasion.is_none_or(|occasion| occasion == queued.occasion)
            && (!filter.overdue || queued.is_overdue(now))
            && (filter.text.trim().is_empty()
                || self.driver(&queued.reference, now).is_some_and(|driver| has(&driver.facts, &filter.text)))
    }

    /// Returns an application.
    pub fn application(&self, id: ApplicationId) -> Option<&Queued> {
        self.queued.get(&id)
    }

    /// Returns a driver as of `now`.
    pub fn driver(&self, reference: &str, now: Timestamp) -> Option<Driver> {
        let file = self.file(reference);
        let facts = self.facts(&file, now)?;
        let photo_on_file = self.register.photo_on_file(reference).is_some();
        Some(Driver::new(&file, facts, photo_on_file, shanghai_day(now)))
    }

    /// Returns the drivers that have a text in their number or in one of their names, at most 100; all for an empty text.
    pub fn search(&self, text: &str, now: Timestamp) -> Vec<Driver> {
        let references = self.register.references().into_iter();
        let drivers = references.filter_map(|reference| self.driver(&reference, now));
        drivers.filter(|driver| has(&driver.facts, text)).take(FOUND_MAX).collect()
    }

    /// Returns the photo with which an application will be answered; `None` if its answer needs none.
    pub fn photo_wanted(&self, id: ApplicationId) -> Option<PhotoWanted> {
        let queued = self.queued.get(&id)?;
        let photo = match &queued.state {
            Application::PhotoOnFile(_) => None,
            Application::Approved(approved) => Some(approved.photo()),
            _ => return None,
        };
        match photo {
            Some(photo) if photo.source != PhotoSource::OnFile => {
                Some(PhotoWanted::Stored { large: photo.large_sha256, small: photo.small_sha256 })
            }
            _ => self.register.photo_on_file(&queued.reference).map(PhotoWanted::OnFile),
        }
    }

    /// Returns the photo that the register has of a driver.
    pub fn photo_on_file(&self, reference: &str) -> Option<OnFile> {
        self.register.photo_on_file(reference)
    }

    /// Returns the lines of the journal, earliest first.
    pub fn journal(&self) -> &[String] {
        &self.lines
    }

    /// Returns the steps of the journal, earliest first; `None` for a line that is none.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = Option<Step>> {
        self.lines.iter().map(|line| Step::from_line(line))
    }

    /// Returns the journal as a file: a line of JSON for each step.
    pub fn export(&self) -> String {
        self.lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
    }

    /// Returns size and root of the journal.
    pub fn checkpoint(&self) -> Checkpoint {
        self.journal.checkpoint(self.register.origin())
    }

    /// Returns what does not fit in the journal as it was loaded. What was changed at its end, a receipt alone tells
    /// ([`journal::verify`]).
    pub fn findings(&self) -> Vec<JournalFinding> {
        self.journal.findings()
    }

    /// Returns the table of the roll-out.
    pub fn rollout(&self) -> &Rollout {
        &self.rollout
    }

    /// Returns the signed status list of `now`, in which the entries of this desk's licences are as its drivers are.
    ///
    /// # Errors
    /// Fails if the signer's certificate is not valid today.
    pub fn status_list(&self, now: Timestamp) -> Result<Vec<u8>, IssueError> {
        let mut set = BTreeMap::new();
        for file in self.files.values() {
            self.entries_of(file, now, &mut set);
        }
        self.register.sign_list(&set, now)
    }

    /// Writes down the entries that the desk decides about for one driver.
    fn entries_of(&self, file: &DriverFile, now: Timestamp, set: &mut BTreeMap<u64, Status>) {
        let Some(facts) = self.facts(file, now) else {
            return;
        };
        let today = shanghai_day(now);
        let lasts = facts.extension_lasts(today);
        // Unknown letters are never valid.
        let status = facts.letters.list_status(lasts).unwrap_or(Status::Suspended);
        if file.changes.letters.is_some() {
            let elsewhere = self.register.entries_elsewhere(&file.reference, today);
            set.extend(elsewhere.into_iter().map(|entry| (entry, status)));
        }
        set.extend(self.ended_elsewhere(file).into_iter().map(|entry| (entry, Status::Invalid)));
        if let Some(held) = &file.licence {
            set.insert(held.entry, if held.ended.is_some() { Status::Invalid } else { status });
        }
        set.extend(file.ended.iter().map(|entry| (*entry, Status::Invalid)));
    }

    /// Returns the file of a driver, an empty one if nothing is written yet.
    pub(super) fn file(&self, reference: &str) -> DriverFile {
        self.files.get(reference).cloned().unwrap_or_else(|| DriverFile::new(reference))
    }

    /// Returns the facts of a driver with what the desk changed.
    pub(super) fn facts(&self, file: &DriverFile, now: Timestamp) -> Option<DriverFacts> {
        let claimed_on = file.licence.as_ref().map(|held| held.record.claimed_on());
        let facts = self.register.facts(&file.reference, claimed_on, now)?;
        Some(file.changes.on(facts))
    }

    /// Whether an entry belongs to a licence, or did.
    pub(super) fn is_taken(&self, entry: u64) -> bool {
        self.files.values().any(|file| {
            file.ended.contains(&entry)
                || file.licence.as_ref().is_some_and(|held| held.entry == entry)
                || self.ended_elsewhere(file).contains(&entry)
        })
    }

    /// Returns the entries of another issuer's licences that have ended. It does not know what the desk changed, so that those
    /// that it makes from then on say what is no longer true, too.
    fn ended_elsewhere(&self, file: &DriverFile) -> Vec<u64> {
        let until = file.elsewhere_ended.map(|day| day.plus_years(FOR_GOOD_YEARS));
        until.map(|until| self.register.entries_elsewhere(&file.reference, until)).unwrap_or_default()
    }
}

/// Whether facts have a text in the number or in a name. Cases and spaces do not count.
fn has(facts: &DriverFacts, text: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
    };
    let text = plain(text);
    [&facts.number, &facts.name_zh(), &facts.name_latin()].iter().any(|field| plain(field).contains(&text))
}

/// Returns a text that has something in it, is not too long, and has no control characters.
pub(super) fn check_text(text: &str, most: usize) -> Option<&str> {
    let text = text.trim();
    let fits = !text.is_empty() && text.chars().count() <= most && !text.chars().any(char::is_control);
    fits.then_some(text)
}
