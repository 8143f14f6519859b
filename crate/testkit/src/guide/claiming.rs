//! `docs/claiming.md`: the states and transitions of a claim from their types, what each step does to a licence from a desk that
//! carries it out, and the rules from their tables.

use std::fmt::Write as _;
use std::path::Path;

use authority::application::transitions::{STATES, transitions};
use authority::application::{NOTE_MAX, Occasion};
use authority::demo::{DemoAuthority, DemoRegister};
use authority::desk::{
    Action, ApplicationId, Desk, LicenceState, Outcome, PhotoWanted, Received, ReceivedPhoto, Stage, Stored,
    UNDO_SECONDS,
};
use authority::driver::{Change, Letters};
use authority::journal::StepKind;
use authority::photo::{PhotoSource, Portraits, REJECTIONS_MAX, REPLACE_MONTHS};
use authority::rollout::Rollout;
use cbor::Timestamp;
use licence::{Class, Group, HeldClass, LETTER_TABLE, Letter, StatusLetters, shanghai_day};
use p256::ecdsa::SigningKey;
use signature::PublicKey;

/// Noon in Shanghai.
const NOW: &str = "2026-11-23T04:00:00Z";
/// The demo person whose licence goes through the steps.
const WHO: &str = "lin";

/// Returns `docs/claiming.md`.
///
/// # Errors
/// Fails if a portrait of the demo cannot be read.
pub fn claiming(root: &Path) -> std::io::Result<String> {
    let mut out = String::from(
        "# Claiming\n\n<!-- Generated: cargo xtask docs -->\n\n\
         How a driver gets an electronic licence, and what an authority's desk does with it. The rules are those of \
         [licence.md](licence.md); the code is `crate/authority`, which is pure: clock, randomness and register are arguments. \
         The messages between wallet and desk are in [claim-messages.md](claim-messages.md), every code in [errors.md](errors.md).\n\n\
         ## A claim\n\n```mermaid\nstateDiagram-v2\n",
    );
    let all = transitions();
    let first = STATES.first().map_or("", |(name, _)| name);
    let _ = writeln!(out, "    [*] --> {first}");
    for one in &all {
        for to in &one.to {
            let _ = writeln!(out, "    {} --> {to}: {} ({})", one.from, one.name, one.by.name());
        }
    }
    out.push_str(
        "```\n\nEach state is a type of `authority::application`, and its methods are the only transitions: one that is none does \
         not compile. The diagram and this table are made from the signatures.\n\n| state | means |\n|---|---|\n",
    );
    for (name, means) in STATES {
        let _ = writeln!(out, "| `{name}` | {means} |");
    }
    out.push_str("\n| transition | from | to | by | rule |\n|---|---|---|---|---|\n");
    for one in &all {
        let to: Vec<_> = one.to.iter().map(|state| format!("`{state}`")).collect();
        let (name, from, to) = (one.name, one.from, to.join(" or "));
        let _ = writeln!(out, "| `{name}` | `{from}` | {to} | {} | {} |", one.by.name(), one.rule);
    }
    let _ = writeln!(
        out,
        "\nA photo is rejected at most {REJECTIONS_MAX} times; the desk counts, whatever a wallet says. A note has at most \
         {NOTE_MAX} characters. A photo of one's own is replaced {REPLACE_MONTHS} months after its approval, to the day."
    );
    steps(&mut out);
    licence(&mut out, root)?;
    rules(&mut out);
    Ok(out)
}

/// The steps of the desk, and who may take them.
fn steps(out: &mut String) {
    out.push_str("\n## The desk\n\n| step in the journal | who may | and only |\n|---|---|---|\n");
    for step in StepKind::ALL {
        let undo = format!("within {UNDO_SECONDS} seconds, while the answer was not handed over");
        let (who, only) = match step {
            StepKind::Received => ("driver", "once, within 30 days after it was made"),
            StepKind::Refused => {
                ("authority", "with a code, and the office to contact where the driver is known")
            }
            StepKind::Withdrawn => ("driver", "by a newer application, while the older one is not answered"),
            StepKind::Approved | StepKind::Rejected => ("clerk", "while the photo waits for its review"),
            StepKind::Undone => ("the clerk who decided", &*undo),
            StepKind::Issued => {
                ("clerk", "if letters, facts and licence still allow it when it is handed over")
            }
            StepKind::Answered => ("clerk", "after a rejection"),
            StepKind::Changed => ("clerk", "to facts that a licence can have"),
            StepKind::Suspended => ("clerk", "with D, K or U"),
            StepKind::Reinstated => ("clerk", "a licence with D, K or U"),
            StepKind::Counter => {
                ("clerk", "with what was shown, and a change or a claim that is opened again")
            }
            StepKind::Photographed => (
                "clerk",
                "of a driver who was sent to the counter and showed a proof of identity; approved in one go, if a licence may be issued",
            ),
        };
        let _ = writeln!(out, "| `{}` | {who} | {only} |", step.code());
    }
    out.push_str(
        "\nA review is due at the end of the next working day in Shanghai. Weekends are known; public holidays are not.\n\n\
         Every step is a line of the journal: the tree of RFC 6962, the links and the checkpoints of the partners' records \
         ([records.md](records.md)). A line holds no photo and no whole 证号. Each answer carries the size and the root hash of the \
         journal at its step, so that whoever keeps one finds a clerk who rewrites history: `authority::journal::verify` names what \
         is changed, missing, moved, twice, cut off or rewritten.\n",
    );
}

/// What each step does to a licence in each state: carried out by a desk.
fn licence(out: &mut String, root: &Path) -> std::io::Result<()> {
    out.push_str(
        "\n## A licence\n\nWhat becomes of a licence by each step, or the code of the refusal; found by a desk that carries it out. The \
         status list says 0 of a serving licence, 2 of a suspended one, and 1 of one that ended.\n\n\
         | | none | serving | suspended | ended |\n|---|---|---|---|---|\n",
    );
    let office = Office { large: std::fs::read(root.join(format!("www/demo/portraits/{WHO}.jpg")))? };
    for step in LicenceStep::ALL {
        let cells: Vec<_> = STATES_OF_A_LICENCE.iter().map(|state| office.cell(*state, step)).collect();
        let _ = writeln!(out, "| {} | {} |", step.name(), cells.join(" | "));
    }
    Ok(())
}

/// The roll-out and the letters.
fn rules(out: &mut String) {
    out.push_str("\n## The roll-out\n\nThe issuing office decides, not the place where the licence is shown. A desk can be given another table (`authority::rollout::Rollout`).\n\n| batch | from | cities that a source names |\n|---|---|---|\n");
    for row in Rollout::built_in().rows() {
        let batch = serde_json::to_value(row.batch).unwrap_or_default();
        let cities = if row.cities.is_empty() { "-".to_owned() } else { row.cities.join(" ") };
        let _ = writeln!(out, "| {} | {} | {cities} |", batch.as_str().unwrap_or_default(), row.from);
    }
    out.push_str("\n## The letters\n\nLetters are a set; the worst group decides, and an unknown letter bars a claim.\n\n| group | letters | may be claimed | by the code |\n|---|---|---|---|\n");
    for (group, name, code) in [
        (Group::Green, "green", "-"),
        (Group::Extended, "extended", "`claim-extension-over` after the extension"),
        (Group::Red, "red", "`claim-status-red`"),
        (Group::Abnormal, "abnormal", "`claim-status-abnormal`"),
        (Group::Gone, "gone", "`claim-status-gone`"),
    ] {
        let letters: String =
            LETTER_TABLE.iter().filter(|row| row.group == group).map(|row| row.sign).collect();
        let parsed = StatusLetters::parse(&letters);
        let may = match (parsed.may_be_claimed(false), parsed.may_be_claimed(true)) {
            (true, _) => "yes",
            (false, true) => "inside the extension",
            (false, false) => "no",
        };
        let _ = writeln!(out, "| {name} | {letters} | {may} | {code} |");
    }
}

const STATES_OF_A_LICENCE: [LicenceState; 4] =
    [LicenceState::None, LicenceState::Serving, LicenceState::Suspended, LicenceState::Ended];

#[derive(Clone, Copy)]
enum LicenceStep {
    FirstClaim,
    Replacement,
    Reclaim,
    Refresh,
    OtherDevice,
    Suspend,
    Reinstate,
    Class,
    Gone,
}

impl LicenceStep {
    const ALL: [Self; 9] = [
        Self::FirstClaim,
        Self::Replacement,
        Self::Reclaim,
        Self::Refresh,
        Self::OtherDevice,
        Self::Suspend,
        Self::Reinstate,
        Self::Class,
        Self::Gone,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::FirstClaim => "first claim",
            Self::Replacement => "photo replaced",
            Self::Reclaim => "re-claim",
            Self::Refresh => "refresh",
            Self::OtherDevice => "refresh by another device",
            Self::Suspend => "suspended (D)",
            Self::Reinstate => "reinstated",
            Self::Class => "class changed",
            Self::Gone => "letter F set",
        }
    }
}

/// What the desk of the table works with.
struct Office {
    large: Vec<u8>,
}

/// Bytes that are new for every call, and the same in every run.
fn random(count: &mut u8) -> impl FnMut(&mut [u8]) {
    *count += 1;
    let first = *count;
    let mut calls = 0u8;
    move |buffer| {
        calls += 1;
        buffer.fill(calls);
        if let Some(byte) = buffer.first_mut() {
            *byte = first;
        }
    }
}

/// A desk and the number of steps that it took.
struct At {
    desk: Desk,
    steps: u8,
    now: Timestamp,
}

impl At {
    fn act(&mut self, action: Action<'_>) -> Result<authority::desk::Effects, String> {
        let mut random = random(&mut self.steps);
        self.desk.act(action, "desk-1", self.now, &mut random).map_err(|error| format!("`{}`", error.code()))
    }
}

impl Office {
    /// A desk at which the licence is in this state.
    fn at(&self, state: LicenceState) -> At {
        let desk = Desk::load(Box::new(DemoRegister::new()), Rollout::built_in(), Stored::default());
        let now = Timestamp::parse_tdate(NOW).expect("a time");
        let mut at = At { desk: desk.expect("an empty desk"), steps: 0, now };
        let done = |result: Result<(), String>| result.expect("the way to the state");
        if state != LicenceState::None {
            done(self.take(&mut at, LicenceStep::FirstClaim));
        }
        match state {
            LicenceState::Suspended => done(self.take(&mut at, LicenceStep::Suspend)),
            LicenceState::Ended => done(self.take(&mut at, LicenceStep::Class)),
            LicenceState::None | LicenceState::Serving => {}
        }
        at
    }

    fn cell(&self, state: LicenceState, step: LicenceStep) -> String {
        let mut at = self.at(state);
        if let Err(code) = self.take(&mut at, step) {
            return code;
        }
        let after = at.desk.driver(WHO, at.now).map_or(LicenceState::None, |driver| driver.state);
        match after {
            LicenceState::None => "none",
            LicenceState::Serving => "serving",
            LicenceState::Suspended => "suspended",
            LicenceState::Ended => "ended",
        }
        .to_owned()
    }

    fn take(&self, at: &mut At, step: LicenceStep) -> Result<(), String> {
        let reference = WHO.to_owned();
        let facts = at.desk.driver(WHO, at.now).map(|driver| driver.facts).ok_or("no driver")?;
        let action = match step {
            LicenceStep::FirstClaim => return self.claim(at, Occasion::FirstClaim, 7),
            LicenceStep::Replacement => return self.claim(at, Occasion::Replacement, 7),
            LicenceStep::Reclaim => return self.claim(at, Occasion::Reclaim, 7),
            LicenceStep::Refresh => return self.claim(at, Occasion::Refresh, 7),
            LicenceStep::OtherDevice => return self.claim(at, Occasion::Refresh, 8),
            LicenceStep::Suspend => Action::Suspend { reference, letter: Letter::D },
            LicenceStep::Reinstate => Action::Reinstate { reference },
            LicenceStep::Class => {
                let mut classes = facts.classes;
                let class = if classes.len() > 1 { Class::F } else { Class::D };
                classes.push(HeldClass { class, from: shanghai_day(at.now) });
                Action::ChangeFacts { reference, change: Change::Classes { classes } }
            }
            LicenceStep::Gone => {
                let letters = Letters { letters: StatusLetters::parse("F"), until: None };
                Action::ChangeFacts { reference, change: Change::Letters(letters) }
            }
        };
        at.act(action).map(|_| ())
    }

    /// An application, reviewed if it is to be, and its answer.
    fn claim(&self, at: &mut At, occasion: Occasion, device: u8) -> Result<(), String> {
        let facts = at.desk.driver(WHO, at.now).map(|driver| driver.facts).ok_or("no driver")?;
        let key = |device: u8| -> [u8; 65] {
            let key = SigningKey::from_slice(&[device; 32]).expect("a key");
            PublicKey::from(&key).to_sec1().and_then(|point| point.try_into().ok()).expect("a point")
        };
        let small = DemoAuthority::new().small_portrait(WHO).expect("a portrait").to_vec();
        let photo = (occasion == Occasion::Replacement).then(|| ReceivedPhoto {
            source: PhotoSource::Camera,
            large: self.large.clone(),
            small: small.clone(),
        });
        let id = ApplicationId::new([at.steps + 1; 16]);
        let received = Received {
            id,
            occasion,
            number: facts.number.clone(),
            name: facts.name_zh(),
            device_key: key(device),
            answer_key: key(9),
            made_at: at.now,
            photo,
            held: None,
            record: None,
        };
        let answer = at.act(Action::Receive(Box::new(received)))?.answer;
        refused(answer.map(|answer| answer.outcome))?;
        if at.desk.application(id).is_some_and(|queued| queued.stage() == Stage::ToReview) {
            at.act(Action::Approve { id })?;
        }
        let portraits = at.desk.photo_wanted(id).map(|wanted| match wanted {
            PhotoWanted::OnFile(_) | PhotoWanted::Stored { .. } => {
                Portraits { large: &self.large, small: &small }
            }
        });
        refused(at.act(Action::Answer { id, portraits })?.answer.map(|answer| answer.outcome))
    }
}

fn refused(outcome: Option<Outcome>) -> Result<(), String> {
    match outcome {
        Some(Outcome::Refused { code, .. }) => Err(format!("`{code}`")),
        Some(Outcome::Rejected { reason, .. }) => Err(format!("`{}`", reason.code())),
        Some(Outcome::Counter { .. }) => Err("counter".to_owned()),
        Some(Outcome::Issued(_)) | None => Ok(()),
    }
}
