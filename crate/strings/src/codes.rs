//! Every code of every stage: the one table. The guide (`docs/errors.md` and the page `/errors/`) is made from it.
//!
//! The build fails when a code lacks its text in the catalogue, what to do next, or a placeholder in a language.

#![expect(clippy::indexing_slicing, clippy::panic, reason = "evaluated while it is compiled")]

use std::cmp::Ordering;

use cbor::cose::CoseCode;
use cbor::{CborCode, CodeInfo, NotCheckedCode};
use envelope::EnvelopeCode;
use licence::elements::{
    DOMESTIC_ELEMENTS, ISO_ELEMENTS, NAMED_ABROAD, OTHER_ELEMENTS, name_key, name_key_in,
};
use licence::{Class, DocumentKind, FactsCode, LETTER_TABLE, NumberCode, Profile, Vehicle};
use mdoc::OutcomeCode;
use mdoc::codes::{
    PresentCode, ProfileCode, ReaderAuthCode, RequestCode, TranscriptCode, TrustCode, VerifyCode,
};
use mdoc::status_list::StatusListCode;
use mdoc::vical::{VicalCode, VicalEntryCode, VicalIssueCode};
use verdict::card::CardLine;
use verdict::words::{FaceWords, Headline, Note, Subline, Summary};
use verdict::{AnswerCode, CaseCode, CaseField, CheckState, LayerId, PolicyCode, Purpose, ReasonCode};
use x509::{CertificateCode, CrlCode, DeviationCode};

use crate::catalogue::CATALOGUE;

/// The codes of one stage.
#[derive(Clone, Copy, Debug)]
pub enum Stage {
    /// Codes with the step that gives them.
    Steps(&'static [CodeInfo]),
    /// Codes with the row of a verdict that they belong to; `None` for those of no row.
    Layers(&'static [CodeInfo<Option<LayerId>>]),
}

/// Every stage, in the order of the way; the crate `optical` has tables of its own.
pub const STAGES: &[Stage] = &[
    Stage::Steps(CborCode::CODES),
    Stage::Steps(CoseCode::CODES),
    Stage::Steps(NotCheckedCode::CODES),
    Stage::Steps(CertificateCode::CODES),
    Stage::Steps(DeviationCode::CODES),
    Stage::Steps(CrlCode::CODES),
    Stage::Steps(TrustCode::CODES),
    Stage::Steps(ProfileCode::CODES),
    Stage::Steps(VerifyCode::CODES),
    Stage::Steps(TranscriptCode::CODES),
    Stage::Steps(RequestCode::CODES),
    Stage::Steps(ReaderAuthCode::CODES),
    Stage::Steps(OutcomeCode::CODES),
    Stage::Steps(StatusListCode::CODES),
    Stage::Steps(VicalCode::CODES),
    Stage::Steps(VicalEntryCode::CODES),
    Stage::Steps(EnvelopeCode::CODES),
    #[cfg(feature = "authority")]
    Stage::Steps(mdoc::codes::IssueCode::CODES),
    Stage::Steps(PresentCode::CODES),
    Stage::Steps(VicalIssueCode::CODES),
    Stage::Steps(protocol::error::RequestCode::CODES),
    Stage::Steps(protocol::error::ConsentCode::CODES),
    Stage::Steps(protocol::error::MakeCode::CODES),
    Stage::Steps(AnswerCode::CODES),
    Stage::Steps(protocol::received::OtherCode::CODES),
    Stage::Layers(ReasonCode::CODES),
    Stage::Steps(PolicyCode::CODES),
    Stage::Steps(CaseCode::CODES),
    #[cfg(feature = "record")]
    Stage::Steps(record::RecordCode::CODES),
    #[cfg(feature = "record")]
    Stage::Steps(record::JournalCode::CODES),
    #[cfg(feature = "record")]
    Stage::Steps(record::NoteCode::CODES),
    #[cfg(feature = "record")]
    Stage::Steps(record::ReceiptCode::CODES),
    #[cfg(feature = "record")]
    Stage::Steps(record::ReplayCode::CODES),
    Stage::Steps(NumberCode::CODES),
    Stage::Steps(FactsCode::CODES),
    #[cfg(feature = "authority")]
    Stage::Steps(authority::login::LoginCode::CODES),
    #[cfg(feature = "authority")]
    Stage::Steps(authority::error::ClaimCode::CODES),
    #[cfg(feature = "authority")]
    Stage::Steps(authority::error::PhotoCode::CODES),
    #[cfg(feature = "authority")]
    Stage::Steps(photo::file::FileCode::CODES),
    #[cfg(feature = "authority")]
    Stage::Steps(photo::PreflightCode::CODES),
    #[cfg(feature = "authority")]
    Stage::Steps(authority::photo::RejectReason::CODES),
    #[cfg(feature = "authority")]
    Stage::Steps(authority::error::ReplaceCode::CODES),
    #[cfg(feature = "authority")]
    Stage::Steps(authority::error::IssueCode::CODES),
    #[cfg(feature = "authority")]
    Stage::Steps(envelope::sealed::SealedCode::CODES),
    #[cfg(feature = "authority")]
    Stage::Steps(authority::post::DeskCertificateCode::CODES),
    #[cfg(feature = "authority")]
    Stage::Steps(authority::post::ApplicationCode::CODES),
    #[cfg(feature = "authority")]
    Stage::Steps(authority::post::AnswerCode::CODES),
    #[cfg(feature = "authority")]
    Stage::Steps(authority::error::RolloutCode::CODES),
    #[cfg(feature = "authority")]
    Stage::Steps(authority::error::DeskCode::CODES),
];

/// Sentences that are no code's: each key with its placeholders.
pub const SENTENCES: &[&[(&str, &[&str])]] =
    &[Headline::KEYS, Subline::KEYS, Summary::KEYS, Note::KEYS, FaceWords::KEYS, CardLine::KEYS];

const _: () = {
    let mut stage = 0;
    while stage < STAGES.len() {
        match STAGES[stage] {
            Stage::Steps(codes) => check_codes(codes),
            Stage::Layers(codes) => check_codes(codes),
        }
        stage += 1;
    }
    let mut group = 0;
    while group < SENTENCES.len() {
        let mut at = 0;
        while at < SENTENCES[group].len() {
            let (key, args) = SENTENCES[group][at];
            check_text(["", key, ""], args, true);
            at += 1;
        }
        group += 1;
    }
};

const fn check_codes<S>(codes: &[CodeInfo<S>]) {
    let mut at = 0;
    while at < codes.len() {
        let info = &codes[at];
        check_text(["code.", info.code, ""], info.args, true);
        if info.next {
            check_text(["code.", info.code, ".next"], info.args, false);
        }
        at += 1;
    }
}

/// Fails the build when the catalogue lacks the key, or when its texts have other placeholders than `args`, of which they
/// need `all` or some.
const fn check_text(key: [&str; 3], args: &[&str], all: bool) {
    let (mut from, mut to) = (0, CATALOGUE.len());
    while from < to {
        let middle = from.midpoint(to);
        match compare(CATALOGUE[middle].0.as_bytes(), key) {
            Ordering::Less => from = middle + 1,
            Ordering::Greater => to = middle,
            Ordering::Equal => {
                let [chinese, english] = CATALOGUE[middle].1;
                if !fits(chinese.as_bytes(), args, all) || !fits(english.as_bytes(), args, all) {
                    panic!("{}", key[1]); // other placeholders than its code has
                }
                return;
            }
        }
    }
    panic!("{}", key[1]); // not in `www/strings`
}

/// Compares a key with another in three parts.
const fn compare(have: &[u8], key: [&str; 3]) -> Ordering {
    let (mut part, mut at, mut index) = (0, 0, 0);
    while part < key.len() {
        let bytes = key[part].as_bytes();
        if at == bytes.len() {
            (part, at) = (part + 1, 0);
            continue;
        }
        if index == have.len() || have[index] < bytes[at] {
            return Ordering::Less;
        }
        if have[index] > bytes[at] {
            return Ordering::Greater;
        }
        (at, index) = (at + 1, index + 1);
    }
    if index == have.len() { Ordering::Equal } else { Ordering::Greater }
}

/// Whether the `{names}` of a text are among `args`, and `all` of them are there.
const fn fits(text: &[u8], args: &[&str], all: bool) -> bool {
    let (mut seen, mut at) = (0u32, 0);
    while at < text.len() {
        if text[at] == b'{' {
            let start = at + 1;
            while at < text.len() && text[at] != b'}' {
                at += 1;
            }
            match position(text, start, at, args) {
                Some(arg) => seen |= 1 << arg,
                None => return false,
            }
        }
        at += 1;
    }
    !all || seen.count_ones() as usize == args.len()
}

const fn position(text: &[u8], start: usize, end: usize, args: &[&str]) -> Option<usize> {
    let mut arg = 0;
    while arg < args.len() {
        let name = args[arg].as_bytes();
        let mut at = 0;
        while at < name.len() && start + at < end && text[start + at] == name[at] {
            at += 1;
        }
        if at == name.len() && start + at == end {
            return Some(arg);
        }
        arg += 1;
    }
    None
}

/// The keys of families without placeholders, which are put together where they are used: names of classes, letters,
/// groups, layers and the like.
pub fn names() -> Vec<String> {
    let mut keys = Vec::new();
    for class in Class::ALL {
        keys.push(format!("class.{class}"));
        keys.push(format!("class.{class}.full"));
        keys.push(format!("class.{class}.drives"));
    }
    keys.push("class.join".to_owned());
    keys.extend(Vehicle::all().map(|vehicle| format!("vehicle.{vehicle}")));
    keys.extend(LETTER_TABLE.iter().map(|row| format!("letter.{}", row.sign)));
    keys.push("letter.?".to_owned());
    keys.extend(["green", "extended", "red", "abnormal", "gone"].map(|group| format!("group.{group}")));
    keys.extend(LayerId::ALL.map(|layer| layer.key().to_owned()));
    keys.extend(CheckState::ALL.map(|state| format!("state.{}", state.text())));
    keys.push("state.not-reached".to_owned());
    keys.extend(["green", "amber", "red", "scan-again"].map(|colour| format!("colour.{colour}")));
    for purpose in Purpose::ALL {
        keys.push(format!("purpose.{}", purpose.code()));
        keys.push(format!("purpose.{}.hint", purpose.code()));
    }
    keys.extend(DocumentKind::ALL.map(|kind| format!("document.{}", kind.code())));
    keys.extend(CaseField::ALL.map(|field| field.key().to_owned()));
    keys.extend(["male", "female"].map(|sex| format!("sex.{sex}")));
    keys.extend(ISO_ELEMENTS.iter().chain(&DOMESTIC_ELEMENTS).chain(&OTHER_ELEMENTS).map(|id| name_key(id)));
    keys.extend(NAMED_ABROAD.map(|id| name_key_in(Profile::Iso, id)));
    keys
}
