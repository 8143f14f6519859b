//! The arguments about records.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use licence::Fact;
use verdict::DecisionOutcome;

use crate::args::trust::TrustArgs;

/// How the decision of a verification is recorded.
#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct RecordArgs {
    /// Append a record of the policy's decision to this journal (docs/records.md); it is made if it is not there.
    #[arg(long, value_name = "JOURNAL", conflicts_with = "batch")]
    pub(crate) record: Option<PathBuf>,
    /// Who operates the verifier, by a sign of yours.
    #[arg(long, value_name = "TEXT", requires = "record")]
    pub(crate) operator: Option<String>,
    /// Where.
    #[arg(long, value_name = "TEXT", requires = "record")]
    pub(crate) place: Option<String>,
    /// By how many seconds this clock may be wrong.
    #[arg(long, value_name = "SECONDS", requires = "record")]
    pub(crate) clock_doubt: Option<u32>,
    /// Keep the case, and the elements that the policy retains, for so many days; otherwise nothing.
    #[arg(long, value_name = "DAYS", requires = "record", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) keep: Option<u16>,
    /// Keep this as well where the policy retains it; repeatable.
    #[arg(long, value_name = "FACT", requires = "keep")]
    pub(crate) keep_also: Vec<KeptAlso>,
    /// What a person decided instead.
    #[arg(long = "override", value_name = "DECISION", requires_all = ["record", "operator", "override_reason"])]
    pub(crate) overridden: Option<DecisionName>,
    /// Why.
    #[arg(long, value_name = "TEXT", requires = "overridden")]
    pub(crate) override_reason: Option<String>,
    /// Sign a checkpoint with this private key on P-256.
    #[arg(long, value_name = "FILE", requires = "record")]
    pub(crate) record_key: Option<PathBuf>,
    /// The name of the journal in its checkpoints, such as rental.example/desk-7; otherwise that of the file.
    #[arg(long, value_name = "NAME", requires = "record_key")]
    pub(crate) origin: Option<String>,
    /// Write the driver's receipt here.
    #[arg(long, value_name = "FILE", requires = "record_key")]
    pub(crate) receipt: Option<PathBuf>,
}

/// A fact that is kept only where somebody says so.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum KeptAlso {
    /// A portrait.
    Portrait,
    /// The whole number.
    Number,
}

impl From<KeptAlso> for Fact {
    fn from(also: KeptAlso) -> Self {
        match also {
            KeptAlso::Portrait => Self::Portrait,
            KeptAlso::Number => Self::Number,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum DecisionName {
    Accept,
    Review,
    Refuse,
}

impl From<DecisionName> for DecisionOutcome {
    fn from(name: DecisionName) -> Self {
        match name {
            DecisionName::Accept => Self::Accept,
            DecisionName::Review => Self::Review,
            DecisionName::Refuse => Self::Refuse,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum RecordCommand {
    /// Whether a journal is whole: nothing changed, missing, moved, cut off or written anew.
    #[command(after_help = VERIFY_EXAMPLES)]
    Verify(RecordVerifyArgs),
    /// Decide again from what was kept, with the policy and the lists of then.
    #[command(after_help = REPLAY_EXAMPLES)]
    Replay(RecordReplayArgs),
    /// List records.
    List(RecordListArgs),
    /// Show one record.
    Show {
        /// The journal.
        journal: PathBuf,
        /// The record's id, or the beginning of it.
        id: String,
        /// Print its line.
        #[arg(long)]
        json: bool,
    },
    /// Write records for a spreadsheet or a program to standard output.
    Export {
        #[command(flatten)]
        list: RecordFilterArgs,
        /// The form.
        #[command(flatten)]
        form: ExportForm,
    },
    /// Erase what was kept beside records; the records stay.
    #[command(after_help = ERASE_EXAMPLES)]
    Erase(RecordEraseArgs),
    /// Print the driver's receipt of a record, by the journal's checkpoint.
    Receipt {
        /// The journal.
        journal: PathBuf,
        /// The record's id, or the beginning of it.
        id: String,
    },
}

const VERIFY_EXAMPLES: &str = "\
Examples:
  liangzheng record verify desk-7.ndjson
  liangzheng record verify desk-7.ndjson --key rental.example/desk-7+1a2b3c4d+AjBZ… --receipt receipt.json
      by the key that the partner published, and by a driver's receipt

Exit status: 0 whole, 1 something was found, 2 a signature could not be checked, 3 wrong usage.";

#[derive(Debug, Args)]
pub(crate) struct RecordVerifyArgs {
    /// The journal.
    pub(crate) journal: PathBuf,
    /// A signed checkpoint; otherwise the one beside the journal; repeatable.
    #[arg(long, value_name = "FILE")]
    pub(crate) checkpoint: Vec<PathBuf>,
    /// A driver's receipt; repeatable.
    #[arg(long, value_name = "FILE")]
    pub(crate) receipt: Vec<PathBuf>,
    /// The public key of the checkpoints, as text or in a file; otherwise the one beside the journal.
    #[arg(long, value_name = "VKEY|FILE")]
    pub(crate) key: Option<String>,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

const REPLAY_EXAMPLES: &str = "\
Examples:
  liangzheng record replay desk-7.ndjson --policy rental-car.json --trust archive/trust --status archive/status.cwt
      the files that a record names by their hashes are found among those that are given

Exit status: 0 the same, 1 something else, 2 not to be said of every rule, 3 wrong usage.";

#[derive(Debug, Args)]
pub(crate) struct RecordReplayArgs {
    /// The journal.
    pub(crate) journal: PathBuf,
    /// One record, by its id or the beginning of it; otherwise all.
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
    /// A policy; repeatable.
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) policy: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) trust: TrustArgs,
    /// The reader's ephemeral private key (32 bytes, hexadecimal), for a device MAC.
    #[arg(long, value_name = "HEX", requires = "id")]
    pub(crate) reader_key: Option<String>,
    /// Print one JSON object a record.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RecordFilterArgs {
    /// The journal.
    pub(crate) journal: PathBuf,
    /// Words that must all be in the record.
    #[arg(long, value_name = "WORDS")]
    pub(crate) text: Option<String>,
    /// From this moment on.
    #[arg(long, value_name = "RFC3339")]
    pub(crate) from: Option<String>,
    /// Before this moment.
    #[arg(long, value_name = "RFC3339")]
    pub(crate) to: Option<String>,
    /// What was decided in the end.
    #[arg(long, value_name = "DECISION")]
    pub(crate) decision: Option<DecisionName>,
}

#[derive(Debug, Args)]
pub(crate) struct RecordListArgs {
    #[command(flatten)]
    pub(crate) list: RecordFilterArgs,
    /// Print one JSON object a record.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct ExportForm {
    /// CSV, whose cells are no formulas.
    #[arg(long)]
    pub(crate) csv: bool,
    /// A JSON array.
    #[arg(long)]
    pub(crate) json: bool,
}

const ERASE_EXAMPLES: &str = "\
Examples:
  liangzheng record erase desk-7.ndjson 0f3a…
      on request
  liangzheng record erase desk-7.ndjson --due
      everything whose time has come";

#[derive(Debug, Args)]
pub(crate) struct RecordEraseArgs {
    /// The journal.
    pub(crate) journal: PathBuf,
    /// Ids of records, or the beginnings of them.
    #[arg(required_unless_present = "due")]
    pub(crate) ids: Vec<String>,
    /// Whatever is to be erased by now.
    #[arg(long, conflicts_with = "ids")]
    pub(crate) due: bool,
    /// Another moment than now.
    #[arg(long, value_name = "RFC3339", requires = "due")]
    pub(crate) at: Option<String>,
}
