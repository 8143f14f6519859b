//! The arguments of an authority's desk in a folder.

use std::path::PathBuf;

use authority::photo::RejectReason;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::say::Language;

/// What every code of a rejection begins with.
const REJECTED: &str = "rejected-";

pub(crate) const DESK_KEY_EXAMPLES: &str = "Examples:
  liangzheng authority desk-key my-desk
      the desk's key, its certificate, and my-desk/desk.lzdesk for wallets
  liangzheng authority desk-key my-desk --qr
      again, when the certificate ends: the key stays. The code is in the terminal for a wallet's camera";

#[derive(Debug, Args)]
pub(crate) struct DeskKeyArgs {
    /// The desk's folder; it is made if it is not there.
    pub(crate) folder: PathBuf,
    /// Show the code that a wallet reads in the terminal.
    #[arg(long)]
    pub(crate) qr: bool,
    /// Write that code as a picture.
    #[arg(long, value_name = "FILE")]
    pub(crate) png: Option<PathBuf>,
    /// The moment from which the certificate is valid, for 30 days; otherwise now.
    #[arg(long, value_name = "RFC3339")]
    pub(crate) at: Option<String>,
}

pub(crate) const RECEIVE_EXAMPLES: &str = "Examples:
  liangzheng authority receive *.lzclaim --desk my-desk
      each waits for its review, or is answered at once: with the licence where the photo is on file, with a
      refusal, or with the way to the counter. Answers are my-desk/answers/ID.lzissued

Exit status: 0 each was taken in, 1 one was refused, 3 one cannot be opened.";

#[derive(Debug, Args)]
pub(crate) struct ReceiveArgs {
    /// Applications, as a wallet saves them (.lzclaim); - is standard input.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) at_desk: AtDeskArgs,
}

pub(crate) const QUEUE_EXAMPLES: &str = "Examples:
  liangzheng authority queue --desk my-desk
  liangzheng authority queue --desk my-desk --json | jq -r '.applications[].photo'";

#[derive(Debug, Args)]
pub(crate) struct QueueArgs {
    /// The desk's folder.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) desk: PathBuf,
    /// Also those that are answered or withdrawn.
    #[arg(long)]
    pub(crate) all: bool,
    /// The moment for which ages are told; otherwise now.
    #[arg(long, value_name = "RFC3339")]
    pub(crate) at: Option<String>,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

pub(crate) const REVIEW_EXAMPLES: &str = "Examples:
  liangzheng authority review 3f2a --approve --desk my-desk --out answer.lzissued
  liangzheng authority review 3f2a --reject rejected-ears --note 请露出双耳 --desk my-desk

A review cannot be undone here: its answer is made with it.
Exit status: 0 done, 1 refused, 3 wrong usage or a file that cannot be written.";

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct ReviewArgs {
    /// The application: its id, or how that begins.
    pub(crate) id: String,
    /// The photo is approved, and the licence issued.
    #[arg(long, required_unless_present = "reject", conflicts_with = "reject")]
    pub(crate) approve: bool,
    /// The photo is rejected for this reason.
    #[arg(long, value_name = "CODE", value_parser = reasons())]
    pub(crate) reject: Option<RejectReason>,
    /// What the applicant reads beside the reason, at most 200 characters.
    #[arg(long, value_name = "TEXT", requires = "reject", conflicts_with = "approve")]
    pub(crate) note: Option<String>,
    /// Write the answer here too.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) at_desk: AtDeskArgs,
}

/// Which desk, who works there, and when.
#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct AtDeskArgs {
    /// The desk's folder.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) desk: PathBuf,
    /// Who works at the desk, for its journal.
    #[arg(long, value_name = "TEXT", default_value = "desk-1")]
    pub(crate) clerk: String,
    /// The moment of the step; otherwise now.
    #[arg(long, value_name = "RFC3339")]
    pub(crate) at: Option<String>,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

/// The codes of rejections; what comes after `rejected-` is enough.
fn reasons() -> impl TypedValueParser<Value = RejectReason> {
    let values = RejectReason::ALL.iter().map(|reason| {
        let code = reason.code();
        let value = PossibleValue::new(code).alias(code.trim_start_matches(REJECTED));
        match strings::find(&format!("code.{code}"), Language::English) {
            Some(text) => value.help(text),
            None => value,
        }
    });
    PossibleValuesParser::new(values).try_map(|text| {
        let whole = RejectReason::from_code(&text);
        let reason = whole.or_else(|| RejectReason::from_code(&format!("{REJECTED}{text}")));
        reason.ok_or_else(|| format!("no reason: {text}"))
    })
}
