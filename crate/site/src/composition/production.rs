//! A production build: it has no issuer yet, and trusts no anchor before a list is imported.

use authority::application::{Application, Approved, PhotoNeeded, PhotoOnFile, PhotoSubmitted, Record};
use authority::login::LoginError;
use authority::photo::{PhotoSource, RejectReason};
use authority::post::DeskAnchors;
use cbor::Timestamp;
use cbor::cose::CoseKey;
use mdoc::TrustAnchors;
use mdoc::reader::ReaderAnchors;
use protocol::error::MakeError;
use protocol::{Challenge, Question};

use crate::wallet::issuer::{Issuer, OnRecord, Person, PortraitFiles};
use crate::wallet::problem::Problem;

/// Whether licences of this build are signed by a key that is public.
pub(crate) const DEMO: bool = false;

/// The issuer of this build: none. The type has no value, so the module contains no code of a claim.
#[derive(Clone, Copy)]
pub(crate) enum BuiltInIssuer {}

/// Returns the issuer of this build.
pub(crate) fn issuer() -> Option<BuiltInIssuer> {
    None
}

/// Returns the anchors that this build trusts without an imported list.
pub(super) fn built_in_trust() -> TrustAnchors {
    TrustAnchors::new()
}

/// Returns the anchors of known readers.
pub(crate) fn readers() -> ReaderAnchors {
    ReaderAnchors::new()
}

/// Returns the authorities over desks to which applications may go: none.
pub(crate) fn desks() -> DeskAnchors {
    DeskAnchors::default()
}

/// Whether this build makes the status list of this name itself.
pub(crate) fn is_own_status_list(_uri: &str) -> bool {
    false
}

/// The status list that this build makes itself for the day of `now`: the token.
pub(crate) fn status_list(_now: Timestamp) -> Option<Vec<u8>> {
    None
}

/// Asks a question; this build has no reader's key, and does not sign it.
pub(crate) fn challenge(
    question: &Question,
    at: Timestamp,
    random: protocol::Random<'_>,
) -> Result<Challenge, MakeError> {
    Challenge::unsigned(question, at, random)
}

impl Issuer for BuiltInIssuer {
    fn people(&self) -> Vec<Person> {
        match *self {}
    }

    fn on_record(&self, _: &str) -> Option<OnRecord> {
        match *self {}
    }

    fn log_in(&self, _: &str, _: &str) -> Result<OnRecord, LoginError> {
        match *self {}
    }

    async fn apply(&self, _: &str) -> Result<Application, Problem> {
        match *self {}
    }

    async fn confirm_photo(&self, _: PhotoOnFile) -> Result<(Approved, PortraitFiles), Problem> {
        match *self {}
    }

    async fn submit_photo(
        &self,
        _: PhotoNeeded,
        _: &PortraitFiles,
        _: PhotoSource,
    ) -> Result<PhotoSubmitted, Problem> {
        match *self {}
    }

    async fn review(&self, _: PhotoSubmitted, _: Option<RejectReason>) -> Result<Application, Problem> {
        match *self {}
    }

    async fn issue(&self, _: &Record, _: &PortraitFiles, _: CoseKey) -> Result<(Vec<u8>, Record), Problem> {
        match *self {}
    }
}
