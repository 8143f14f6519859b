//! The arguments of `liangzheng authority`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::desk::{
    DESK_KEY_EXAMPLES, DeskKeyArgs, QUEUE_EXAMPLES, QueueArgs, RECEIVE_EXAMPLES, REVIEW_EXAMPLES,
    ReceiveArgs, ReviewArgs,
};

#[derive(Debug, Subcommand)]
pub(crate) enum AuthorityCommand {
    /// Make the keys and certificates of a test authority.
    Init(InitArgs),
    /// Issue a licence.
    #[command(after_help = ISSUE_EXAMPLES)]
    Issue(IssueArgs),
    /// Its status list.
    #[command(subcommand)]
    Status(AuthorityStatusCommand),
    /// Its trust list.
    #[command(subcommand)]
    Trust(AuthorityTrustCommand),
    /// Make the key of a desk of the demo's authority, and its certificate for wallets.
    #[command(after_help = DESK_KEY_EXAMPLES)]
    DeskKey(DeskKeyArgs),
    /// Take applications in at a desk.
    #[command(after_help = RECEIVE_EXAMPLES)]
    Receive(ReceiveArgs),
    /// List the applications that wait at a desk, with their age and what is measured of their photos.
    #[command(after_help = QUEUE_EXAMPLES)]
    Queue(QueueArgs),
    /// Approve or reject the photo of an application, and make its answer.
    #[command(after_help = REVIEW_EXAMPLES)]
    Review(ReviewArgs),
    /// Check the journal of a desk: a desk's journal.ndjson, or what the desk's page exports.
    #[command(after_help = JOURNAL_EXAMPLES)]
    Journal(JournalArgs),
}

const JOURNAL_EXAMPLES: &str = "Examples:
  liangzheng authority journal journal.ndjson
      whether the lines fit together
  liangzheng authority journal journal.ndjson --receipt receipt.json
      whether they are those of the receipt: finds a journal that was written anew
  liangzheng authority journal journal.ndjson --state 12:9f86d0…
      the same by the size and the root hash of an answer to a wallet";

#[derive(Debug, Args)]
pub(crate) struct JournalArgs {
    /// The journal: a line of JSON for each step.
    pub(crate) journal: PathBuf,
    /// A receipt of one of its steps; repeatable.
    #[arg(long, value_name = "FILE")]
    pub(crate) receipt: Vec<PathBuf>,
    /// The size and the root hash that an answer had, joined by a colon; repeatable.
    #[arg(long, value_name = "SIZE:ROOT")]
    pub(crate) state: Vec<String>,
    /// List the steps too.
    #[arg(long)]
    pub(crate) steps: bool,
    /// JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuthorityStatusCommand {
    /// Say something else of a licence.
    Set(StatusSetArgs),
    /// Sign the list as it is.
    Publish(StatusPublishArgs),
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuthorityTrustCommand {
    /// Sign a list (VICAL) of this authority, and of others.
    Publish(TrustPublishArgs),
}

#[derive(Debug, Args)]
pub(crate) struct StatusSetArgs {
    /// The authority's folder.
    pub(crate) folder: PathBuf,
    /// The index of the licence, as issue --with-status gave it.
    pub(crate) index: u64,
    /// What it is from now on; invalid is for good.
    pub(crate) status: StatusName,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum StatusName {
    Valid,
    Invalid,
    Suspended,
}

#[derive(Debug, Args)]
pub(crate) struct StatusPublishArgs {
    /// The authority's folder, or a desk's.
    pub(crate) folder: PathBuf,
    /// Where to write the list; that of a test authority serves for 24 hours.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// The moment of publication; otherwise now.
    #[arg(long, value_name = "RFC3339")]
    pub(crate) at: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct TrustPublishArgs {
    /// The authority's folder; the list's root and key are made in it at first.
    pub(crate) folder: PathBuf,
    /// Where to write the list.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// The provider's name.
    #[arg(long, default_value = "Liangzheng test list")]
    pub(crate) provider: String,
    /// Other authorities' IACA certificates; repeatable.
    #[arg(long, value_name = "FILE")]
    pub(crate) include: Vec<PathBuf>,
    /// The date of the list; otherwise now.
    #[arg(long, value_name = "RFC3339")]
    pub(crate) at: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The folder to make; it may not hold an authority yet.
    pub(crate) folder: PathBuf,
    /// The authority's name.
    #[arg(long, default_value = "Liangzheng test authority")]
    pub(crate) name: String,
    /// Its country, two capitals.
    #[arg(long, default_value = "CN", value_name = "CC")]
    pub(crate) country: String,
    /// Its state or province.
    #[arg(long, value_name = "NAME")]
    pub(crate) state: Option<String>,
    /// Where its status lists and revocations are published.
    #[arg(long, default_value = "https://authority.test.example", value_name = "URI")]
    pub(crate) url: String,
    /// The moment at which it begins; otherwise now.
    #[arg(long, value_name = "RFC3339")]
    pub(crate) at: Option<String>,
}

const ISSUE_EXAMPLES: &str = r#"Examples:
  liangzheng authority issue my-authority --demo lin --out lin.mdoc
      beside it lin.key.pem, the new device key
  liangzheng authority issue my-authority --elements facts.json --device-key wallet.pem --out my.mdoc

Elements: {"org.iso.18013.5.1": {"family_name": "Ceshi", "birth_date": {"date": "1990-03-07"},
           "portrait": {"base64": "…"}, "driving_privileges": [{"vehicle_category_code": "B"}]}}
Also {"tdate": "2026-11-22T00:00:00Z"} and {"hex": "…"}; dates of the standard may be plain texts."#;

#[derive(Debug, Args)]
pub(crate) struct IssueArgs {
    /// The authority's folder.
    pub(crate) folder: PathBuf,
    /// A JSON file of the elements, by namespace.
    #[arg(long, value_name = "FILE", required_unless_present = "demo", conflicts_with = "demo")]
    pub(crate) elements: Option<PathBuf>,
    /// A person of the demo, such as lin.
    #[arg(long, value_name = "ID")]
    pub(crate) demo: Option<String>,
    /// The holder's key, private or public (PEM, JWK); otherwise one is made beside the licence.
    #[arg(long, value_name = "FILE")]
    pub(crate) device_key: Option<PathBuf>,
    /// Where to write the licence, an IssuerSigned.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Name the authority's status list in it, and say the index.
    #[arg(long)]
    pub(crate) with_status: bool,
    /// Where that list is published.
    #[arg(long, default_value = "https://authority.test.example", value_name = "URI")]
    pub(crate) url: String,
    /// The type of the document.
    #[arg(long, default_value = licence::DOC_TYPE, value_name = "TYPE")]
    pub(crate) doc_type: String,
    /// For how many days it is signed.
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..=400))]
    pub(crate) days: u16,
    /// The moment of issue; otherwise now.
    #[arg(long, value_name = "RFC3339")]
    pub(crate) at: Option<String>,
}
