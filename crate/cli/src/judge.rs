//! The context of a verdict, read from the arguments, and the output of one verdict.

use std::sync::Arc;

use anyhow::Result;
use batch::{How, Judged};
use mdoc::ReaderKey;
use mdoc::codes::VerifyCode;
use native::Ring;
use protocol::received::Received;
use verdict::{Code, VerifierContext};

use crate::args::{JudgeArgs, VerifyArgs};
use crate::exit::{Exit, wrong};
use crate::output::Output;
use crate::policy::Decided;
use crate::report::Report;
use crate::say::{fill, tr};
use crate::{clock, input, policy, revocation, session, signer, status, trust, trust_file};

/// The context of a verdict, read from the arguments.
pub(crate) struct Judge {
    /// The context of every verdict.
    pub(crate) of_each: batch::Judge,
    what_if: Option<u16>,
    json: bool,
}

impl Judge {
    /// Reads the trust files and the clock.
    pub(crate) fn new(args: &JudgeArgs) -> Result<Self> {
        let now = clock::moment(args.at.as_deref())?;
        let partner = policy::partner(args)?;
        let (roots, signatures) = (trust_file::roots(&args.trust.list_root)?, Ring::default());
        let files = trust::Files {
            trusted: &args.trust.trust,
            signers: &args.trust.pin_signer,
            demo: args.trust.demo,
            roots: &roots,
            // a strict verdict refuses them with their code
            strict: false,
        };
        let mut trust = trust::anchors(&files, now, &signatures)?;
        revocation::revoke(&mut trust, &args.trust.crl, &args.trust.revoked, &signatures)?;
        let of_each = batch::Judge {
            now,
            clock_floor: clock::floor(args.clock_floor.as_deref(), args.at.is_some())?,
            given_floor: clock::floor(args.clock_floor.as_deref(), true)?,
            status_lists: status::at_hand(&args.trust.status, &trust, now, &signatures)?,
            trust,
            audience: args.audience.clone(),
            terms: partner.as_ref().map_or_else(|| args.terms(now), |partner| partner.terms(now)),
            partner,
            strict: args.strict,
            signatures: Arc::new(signatures),
        };
        Ok(Self { of_each, what_if: args.what_if, json: args.json })
    }

    /// Judges the payload of the QR link, deflated or not.
    pub(crate) fn one_way(&self, payload: Vec<u8>, out: &mut Output) -> Result<Exit> {
        let judged = Judged::one_way(&payload, &self.of_each.context(None));
        self.write(&judged, &Received::Payload(payload), out)
    }

    /// Writes a verdict; without any trust, who signed and that nobody vouches for it.
    pub(crate) fn write(&self, judged: &Judged, received: &Received, out: &mut Output) -> Result<Exit> {
        let context = self.of_each.context(None);
        let vouched;
        let judged = match signer::of(received).filter(|_| self.of_each.trust.is_empty()) {
            Some(signer) => {
                vouched = judged.without_trust(&signer);
                &vouched
            }
            None => judged,
        };
        let decided = self.decided(judged, &context);
        Report::of(judged, &context).decided(decided).write(self.json, out)
    }

    /// Returns what the policy of a partner decides.
    fn decided(&self, judged: &Judged, context: &VerifierContext<'_>) -> Option<Decided> {
        let (partner, judged, now) = (self.of_each.partner.as_ref()?, judged.read(), context.now);
        let flips = self.what_if.map(|days| partner.what_if(&judged, now, days));
        Some(Decided { decision: partner.decide(&judged, None, now), flips })
    }
}

/// Returns how presentations are decoded, and the key of the sentence that says of which values the session is.
pub(crate) fn how(args: &VerifyArgs) -> Result<(How, Option<&'static str>)> {
    let (session, values) = session::of(&args.session)?;
    let reader_key = args.reader_key.as_deref().map(reader_key).transpose()?;
    Ok((How { session, reader_key, issuer_only: args.issuer_only }, values))
}

/// Says on standard error that a device signature does not fit the session, whose values were given.
pub(crate) fn say_unfit(judged: &Judged, values: &str) {
    let unfit = [VerifyCode::DeviceSignature, VerifyCode::DeviceMac].map(Code::Proof);
    if unfit.into_iter().any(|code| judged.has(code)) {
        eprintln!("{}", fill("cli.session.unfit", &[("values", tr(values))]));
    }
}

pub(crate) fn reader_key(text: &str) -> Result<ReaderKey> {
    let bytes = input::argument("--reader-key", text)?;
    let scalar: Option<[u8; 32]> = bytes.try_into().ok();
    Ok(scalar
        .and_then(|scalar| ReaderKey::from_bytes(&scalar))
        .ok_or_else(|| wrong("cli.wrong.reader-key", &[]))?)
}
