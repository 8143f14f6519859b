//! The command line as clap reads it.

pub(crate) mod authority;
pub(crate) mod desk;
pub(crate) mod record;
pub(crate) mod trust;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::builder::{EnumValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use licence::{Class, Vehicle, VehicleKind};
use verdict::{Purpose, State, StateClass, Terms, Timestamp};

use self::authority::AuthorityCommand;
use self::record::{RecordArgs, RecordCommand};
use self::trust::TrustArgs;
use crate::clock;
use crate::say::Language;

const EXAMPLES: &str = "\
Examples:
  liangzheng verify answer.cbor --trust iaca.pem --transcript 83f6f6…
  liangzheng verify answer.b64 --trust iaca.pem --openid4vp CLIENT_ID NONCE RESPONSE_URI
  liangzheng scan code.png --trust iaca.pem
  liangzheng authority init my-authority
  liangzheng authority issue my-authority --demo lin --out lin.mdoc
  liangzheng present lin.mdoc --key lin.key.pem --trust my-authority/iaca.pem --out lin.qr

Exit status: 0 verified, 1 refused, 2 undetermined, 3 wrong usage or a file that cannot be opened.";

/// Verify, inspect, issue and present mobile driving licences (ISO/IEC 18013-5).
#[derive(Debug, Parser)]
#[command(name = "liangzheng", version, after_help = EXAMPLES, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// Language of sentences; otherwise that of the locale.
    #[arg(long, global = true, value_name = "TAG", value_parser = languages())]
    pub(crate) lang: Option<Language>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The two languages by their tags; `zh` is enough for zh-CN.
fn languages() -> impl TypedValueParser<Value = Language> {
    let chinese = PossibleValue::new("zh-CN").alias("zh").help("Simplified Chinese");
    let english = PossibleValue::new("en").help("English");
    PossibleValuesParser::new([chinese, english]).map(|tag| Language::of_tag(&tag))
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Verify a presentation, or with --issuer-only a licence.
    #[command(after_help = VERIFY_EXAMPLES)]
    Verify(Box<VerifyArgs>),
    /// Show what a file holds, with its sizes, and judge nothing.
    #[command(after_help = INSPECT_EXAMPLES)]
    Inspect(InspectArgs),
    /// Read the QR frames of pictures or folders of them, then verify.
    #[command(after_help = SCAN_EXAMPLES)]
    Scan(Box<ScanArgs>),
    /// A test authority in a folder, or a desk of the demo's: the keys are files, so it is for tests alone.
    #[command(subcommand)]
    Authority(AuthorityCommand),
    /// Make a presentation from an issued licence and its device key.
    #[command(after_help = PRESENT_EXAMPLES)]
    Present(PresentArgs),
    /// Whom a file lets one trust.
    #[command(subcommand)]
    Trust(TrustCommand),
    /// What a status list says.
    #[command(subcommand)]
    Status(StatusCommand),
    /// A partner's policy (docs/policies.md).
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Records of decisions (docs/records.md).
    #[command(subcommand)]
    Record(RecordCommand),
    /// Write the completions of a shell to standard output.
    Completions {
        /// Which shell.
        shell: Shell,
    },
    /// Write the man page to standard output.
    Man,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Check a policy: whether it is right, what it asks, and its hash.
    Check {
        /// The policy.
        file: PathBuf,
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Zsh,
    Fish,
}

const VERIFY_EXAMPLES: &str = "\
Examples:
  liangzheng verify code.bin --trust iaca.pem
      what a wallet of this project shows: the session is inside
  liangzheng verify answer.cbor --trust aamva.vical --trust iaca.der --transcript 83f6f6…
  liangzheng verify answer.cbor --trust iaca.pem --transcript @transcript.hex --reader-key SCALAR
      an ISO session whose device gave a MAC
  liangzheng verify licence.mdoc --trust iaca.pem --issuer-only --json
  curl -s https://example.com/answer | liangzheng verify - --trust iaca.pem --dc-api ORIGIN NONCE
  liangzheng verify answer.cbor --trust utah.pem --transcript 83f6f6… --policy rental \
      --state-class US-UT:D=car --utc-offset -07:00
      a rental desk in Utah, which knows that class D of this state covers a car
  liangzheng verify code.bin --trust iaca.pem --policy rental-car.json --case booking.json --what-if 90
      a partner's own policy: accept, review or refuse with a reason for each rule
  liangzheng verify code.bin --trust iaca.pem --policy rental-car.json --case booking.json \
      --record desk-7.ndjson --operator desk-7 --keep 180 --record-key key.pem --receipt receipt.json
      the decision as a record in a journal, and a receipt for the driver
  liangzheng verify archive.ndjson --batch --results results.ndjson --trust iaca.pem
      an archive on every core; run again, it goes on where it stopped
  zcat archive.ndjson.gz | liangzheng verify --batch - --trust iaca.pem --policy rental-car.json
      a stream: one line in, one line out, in order

FILE is a DeviceResponse, or the payload of a QR link; with --issuer-only an IssuerSigned as well.
It is binary, hexadecimal or base64url; which one is found out.";

#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// The presentation; - is standard input.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) judge: JudgeArgs,
    #[command(flatten)]
    pub(crate) session: SessionArgs,
    /// The reader's ephemeral private key (32 bytes, hexadecimal), for a device MAC.
    #[arg(long, value_name = "HEX", requires = "session")]
    pub(crate) reader_key: Option<String>,
    /// Ask only what the issuer signed, and not who shows it.
    #[arg(long, conflicts_with_all = ["session", "reader_key"])]
    pub(crate) issuer_only: bool,
    #[command(flatten)]
    pub(crate) batch: BatchArgs,
    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct BatchArgs {
    /// FILE is an archive: a folder of presentations, or NDJSON with {"id", "presentation", "at", "case"} in each line
    /// (docs/batch.md); - streams it from standard input to standard output.
    #[arg(long, conflicts_with_all = ["json", "what_if"])]
    pub(crate) batch: bool,
    /// Append the results here, and pass over what has one; otherwise standard output.
    #[arg(long, value_name = "FILE", requires = "batch")]
    pub(crate) results: Option<PathBuf>,
    /// How many are judged at a time; otherwise one a core.
    #[arg(long, value_name = "N", requires = "batch")]
    pub(crate) jobs: Option<std::num::NonZeroU16>,
}

/// What counts for a verdict, whatever the bytes came by.
#[derive(Debug, Args)]
pub(crate) struct JudgeArgs {
    #[command(flatten)]
    pub(crate) trust: TrustArgs,
    /// Refuse every departure of the issuer's certificates from Annex B, dangerous or not.
    #[arg(long)]
    pub(crate) strict: bool,
    /// The moment of the verdict, such as 2026-11-22T12:00:00Z; otherwise now.
    #[arg(long, value_name = "RFC3339")]
    pub(crate) at: Option<String>,
    /// Believe no clock before this moment.
    #[arg(long, value_name = "RFC3339")]
    pub(crate) clock_floor: Option<String>,
    /// The name by which holders may address this verifier.
    #[arg(long, value_name = "NAME")]
    pub(crate) audience: Option<String>,
    /// What it is wanted for, or the file of a partner's policy (docs/policies.md), which then decides.
    #[arg(long, value_name = "PURPOSE|FILE", default_value = "none", value_parser = PolicyParser)]
    pub(crate) policy: PolicyChoice,
    /// What the partner knows, for the file of a policy: JSON with vehicle, from, until, name and the like.
    #[arg(long, value_name = "FILE")]
    pub(crate) case: Option<PathBuf>,
    /// Which rules of the policy would say something else within so many days.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..=3660))]
    pub(crate) what_if: Option<u16>,
    /// The vehicle that will be driven; otherwise a car, for freight a lorry, for passenger a bus. A roadside check without one
    /// answers what may be driven.
    #[arg(long, value_name = "VEHICLE", value_parser = vehicles())]
    pub(crate) vehicle: Option<Vehicle>,
    /// Its gearbox is automatic.
    #[arg(long)]
    pub(crate) automatic: bool,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    /// Print one JSON object (docs/verify.schema.json).
    #[arg(long)]
    pub(crate) json: bool,
}

/// What the verifier knows and demands beyond the policy.
#[derive(Debug, Args)]
pub(crate) struct RuleArgs {
    /// A class of a state and a vehicle that it covers, such as US-UT:D=car; otherwise a class of a state is for a person to
    /// judge; repeatable.
    #[arg(long, value_name = "STATE:CLASS=VEHICLE")]
    pub(crate) state_class: Vec<StateClass>,
    /// A state whose licences are judged by their ISO categories, such as US-UT; repeatable.
    #[arg(long, value_name = "STATE")]
    pub(crate) iso_state: Vec<State>,
    /// A document without any status mechanism is undetermined.
    #[arg(long)]
    pub(crate) status_needed: bool,
    /// How far the verifier's place is ahead of UTC, which decides which day it is. A Chinese licence is judged in Shanghai.
    #[arg(long, value_name = "+HH:MM", default_value = "+08:00", value_parser = clock::utc_offset, allow_hyphen_values = true)]
    pub(crate) utc_offset: i32,
}

impl JudgeArgs {
    /// Returns the terms of the purpose at a time, on the day that it is then at the verifier's place.
    pub(crate) fn terms(&self, now: Timestamp) -> Terms {
        let rules = &self.rules;
        let terms = Terms::default_for(self.policy.purpose(), now.date_at(rules.utc_offset));
        // An automatic one of no kind is a car.
        let vehicle = self.vehicle.or(terms.vehicle).or(self.automatic.then_some(Vehicle::CAR));
        Terms {
            vehicle: vehicle.map(|chosen| chosen.with_automatic(chosen.automatic || self.automatic)),
            utc_offset_seconds: rules.utc_offset,
            state_classes: rules.state_class.clone(),
            iso_states: rules.iso_state.clone(),
            status_needed: rules.status_needed,
            ..terms
        }
    }
}

/// The vehicles by their kinds; the code of a Chinese class stands for the vehicle that it is named after.
fn vehicles() -> impl TypedValueParser<Value = Vehicle> {
    let kind = |kind: VehicleKind| {
        let classes = Class::ALL.into_iter().filter(move |class| Vehicle::of_class(*class).kind == kind);
        PossibleValue::new(kind.code()).aliases(classes.map(Class::code))
    };
    PossibleValuesParser::new(VehicleKind::ALL.map(kind)).try_map(Vehicle::try_from)
}

/// A purpose by its name, or the file of a policy.
#[derive(Clone, Debug)]
pub(crate) enum PolicyChoice {
    /// A purpose.
    Named(PolicyName),
    /// A file.
    File(PathBuf),
}

impl PolicyChoice {
    /// Returns the purpose; *none* for a file, whose policy decides about what was verified.
    pub(crate) fn purpose(&self) -> Purpose {
        match self {
            Self::Named(name) => (*name).into(),
            Self::File(_) => Purpose::None,
        }
    }

    /// Returns the file of a policy.
    pub(crate) fn file(&self) -> Option<&Path> {
        match self {
            Self::Named(_) => None,
            Self::File(file) => Some(file),
        }
    }
}

/// Reads the name of a purpose; what has a dot or a separator is a file.
#[derive(Clone, Copy, Debug)]
struct PolicyParser;

impl TypedValueParser for PolicyParser {
    type Value = PolicyChoice;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<PolicyChoice, clap::Error> {
        let is_file = |text: &str| text.contains(['.', '/', '\\']);
        if value.to_str().is_none_or(is_file) {
            return Ok(PolicyChoice::File(value.into()));
        }
        let named = EnumValueParser::<PolicyName>::new().parse_ref(command, arg, value);
        named.map(PolicyChoice::Named)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let values: Vec<PossibleValue> =
            PolicyName::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
        Some(Box::new(values.into_iter()))
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum PolicyName {
    /// May the holder drive the vehicle today?
    Roadside,
    /// May the holder rent it for three days from today?
    Rental,
    /// What a year's insurance from tomorrow is priced on.
    Insurance,
    /// Is the holder 18 or older?
    Age,
    /// May the holder drive the vehicle in goods transport today?
    Freight,
    /// May the holder drive the vehicle in passenger transport today?
    Passenger,
    /// Is it genuine, valid and in good standing? The holder chooses what is shown.
    Counter,
    /// Only whether it is genuine and valid.
    None,
}

impl From<PolicyName> for Purpose {
    fn from(name: PolicyName) -> Self {
        match name {
            PolicyName::Roadside => Self::Roadside,
            PolicyName::Rental => Self::Rental,
            PolicyName::Insurance => Self::Insurance,
            PolicyName::Age => Self::AgeOnly,
            PolicyName::Freight => Self::Freight,
            PolicyName::Passenger => Self::Passenger,
            PolicyName::Counter => Self::Counter,
            PolicyName::None => Self::None,
        }
    }
}

/// The session that a presentation is bound to: at most one of these.
#[derive(Debug, Args)]
#[group(skip)]
pub(crate) struct SessionArgs {
    #[command(flatten)]
    pub(crate) kind: SessionKind,
    /// Thumbprint (RFC 7638, SHA-256) of the key that the response was encrypted to, for --openid4vp and --dc-api.
    #[arg(long, value_name = "HEX|BASE64URL")]
    pub(crate) thumbprint: Option<String>,
}

#[derive(Debug, Args)]
#[group(id = "session", multiple = false)]
pub(crate) struct SessionKind {
    /// The whole SessionTranscript, or SessionTranscriptBytes; @FILE reads it from a file.
    #[arg(long, value_name = "HEX")]
    pub(crate) transcript: Option<String>,
    /// OpenID4VP by redirect: client_id with its prefix, nonce, response_uri.
    #[arg(long, num_args = 3, value_names = ["CLIENT_ID", "NONCE", "RESPONSE_URI"])]
    pub(crate) openid4vp: Option<Vec<String>>,
    /// OpenID4VP over the Digital Credentials API: origin and nonce.
    #[arg(long, num_args = 2, value_names = ["ORIGIN", "NONCE"])]
    pub(crate) dc_api: Option<Vec<String>>,
    /// org-iso-mdoc over the Digital Credentials API: encryptionInfo as it was sent, and origin.
    #[arg(long, num_args = 2, value_names = ["ENCRYPTION_INFO", "ORIGIN"])]
    pub(crate) org_iso_mdoc: Option<Vec<String>>,
    /// ISO proximity by QR code: DeviceEngagement and EReaderKey.
    #[arg(long, num_args = 2, value_names = ["ENGAGEMENT_HEX", "EREADERKEY_HEX"])]
    pub(crate) proximity: Option<Vec<String>>,
    /// This project's one-way QR link: its session is in the file.
    #[arg(long)]
    pub(crate) one_way: bool,
}

const INSPECT_EXAMPLES: &str = "\
Examples:
  liangzheng inspect answer.cbor
  liangzheng inspect iaca.pem
  xxd -p answer.cbor | liangzheng inspect -";

#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    /// A DeviceResponse, IssuerSigned, MSO, QR payload or frame, certificate, list, or any other CBOR; - is standard input.
    pub(crate) file: PathBuf,
    /// Show every value in full.
    #[arg(long)]
    pub(crate) full: bool,
}

const SCAN_EXAMPLES: &str = "\
Examples:
  liangzheng scan photo.jpg --trust iaca.pem
  liangzheng scan frames/ --trust iaca.pem --json
      a folder of the frames of a video, in the order of their names";

#[derive(Debug, Args)]
pub(crate) struct ScanArgs {
    /// Pictures (PNG or JPEG), or folders of them.
    #[arg(required = true)]
    pub(crate) images: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) judge: JudgeArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum StatusCommand {
    /// Verify a list and say what it holds.
    Show(StatusShowArgs),
}

#[derive(Debug, Args)]
pub(crate) struct StatusShowArgs {
    /// The list, a CWT.
    pub(crate) file: PathBuf,
    /// Whose list it may be.
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) trust: Vec<PathBuf>,
    /// The root of a trust list's provider, PEM or DER.
    #[arg(long, value_name = "FILE")]
    pub(crate) list_root: Vec<PathBuf>,
    /// One entry.
    #[arg(long)]
    pub(crate) index: Option<u64>,
    /// The moment of the verdict; otherwise now.
    #[arg(long, value_name = "RFC3339")]
    pub(crate) at: Option<String>,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

const PRESENT_EXAMPLES: &str = "\
Examples:
  liangzheng present lin.mdoc --key lin.key.pem --trust iaca.pem --qr
      in the terminal, for a verifier page; signed for 60 seconds
  liangzheng present lin.mdoc --key lin.key.pem --trust iaca.pem --purpose roadside --png frames/
  liangzheng present lin.mdoc --key lin.key.pem --trust iaca.pem --show family_name,age_over_18 \\
      --openid4vp CLIENT_ID NONCE RESPONSE_URI --out answer.cbor";

#[derive(Debug, Args)]
pub(crate) struct PresentArgs {
    /// The licence, an IssuerSigned.
    pub(crate) licence: PathBuf,
    /// The device's private key: PKCS#8 (PEM, DER), JWK, or 32 bytes.
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,
    /// Its authority: a wallet presents only what it has verified; repeatable.
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) trust: Vec<PathBuf>,
    /// The elements to show, as NAME or NAMESPACE/NAME; otherwise all.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) show: Vec<String>,
    /// Show what a purpose asks for.
    #[arg(long, value_name = "PURPOSE", conflicts_with = "show")]
    pub(crate) purpose: Option<PolicyName>,
    #[command(flatten)]
    pub(crate) session: SessionArgs,
    /// The verifier that it is for, by name (one-way only).
    #[arg(long, value_name = "NAME")]
    pub(crate) audience: Option<String>,
    /// The moment of signing; otherwise now.
    #[arg(long, value_name = "RFC3339")]
    pub(crate) at: Option<String>,
    /// Where to write the presentation; - is standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// A folder for its QR frames as PNG, in the order in which a screen shows them (one-way only).
    #[arg(long, value_name = "FOLDER")]
    pub(crate) png: Option<PathBuf>,
    /// How many parity frames --png writes after the data frames; each stands in for any that is lost. At most until
    /// there are 255 frames; none where one frame carries it all.
    #[arg(long, value_name = "N", default_value_t = 8, requires = "png")]
    pub(crate) parity: u8,
    /// Show its data frames in the terminal (one-way only).
    #[arg(long)]
    pub(crate) qr: bool,
    /// The highest QR version of a frame.
    #[arg(long, default_value_t = optical::DEFAULT_VERSION, value_parser = clap::value_parser!(u8).range(5..=40))]
    pub(crate) qr_version: u8,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TrustCommand {
    /// List the authorities of files.
    Show(TrustShowArgs),
    /// Verify a list from a file and keep it in a folder; an older one than was kept is refused.
    FetchFromFile(TrustFetchArgs),
}

#[derive(Debug, Args)]
pub(crate) struct TrustFetchArgs {
    /// The list (VICAL).
    pub(crate) file: PathBuf,
    /// The folder, to be given to --trust.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) into: PathBuf,
    /// The root of its provider, PEM or DER, where this program does not know it.
    #[arg(long, value_name = "FILE")]
    pub(crate) list_root: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct TrustShowArgs {
    /// Certificates as PEM or DER, trust lists (VICAL), or folders of them and of revocation lists.
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// The root of a trust list's provider, PEM or DER, where this program does not know it; repeatable.
    #[arg(long, value_name = "FILE")]
    pub(crate) list_root: Vec<PathBuf>,
    /// Refuse every departure of a certificate from Annex B, dangerous or not.
    #[arg(long)]
    pub(crate) strict: bool,
    /// The moment at which lists are held against their age; otherwise now.
    #[arg(long, value_name = "RFC3339")]
    pub(crate) at: Option<String>,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}
