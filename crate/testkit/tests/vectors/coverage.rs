//! Every code has a file, or stands here with the reason why it can have none and the test that gives it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use liangzheng_testkit::guide;

use crate::expectations;

/// Codes that no bytes from outside can give.
struct Elsewhere {
    /// Why.
    why: &'static str,
    /// The file in whose tests they are given.
    test: &'static str,
    /// Each code, and the words in that file by which it is given.
    codes: &'static [(&'static str, &'static str)],
}

const ELSEWHERE: &[Elsewhere] = &[
    Elsewhere {
        why: "each step that proves a signature or a MAC says it by a code of its own",
        test: "crate/cbor/tests/cose_hostile.rs",
        codes: &[("cose-signature", "\"cose-signature\""), ("cose-mac", "\"cose-mac\"")],
    },
    Elsewhere {
        why: "a key in an MSO says `device-key`, one in a session `transcript-reader-key`; alone it is read by makers",
        test: "crate/cbor/tests/cose_hostile.rs",
        codes: &[
            ("cose-key-form", "\"cose-key-form\""),
            ("cose-key-curve", "\"cose-key-curve\""),
            ("cose-key-point", "\"cose-key-point\""),
        ],
    },
    Elsewhere {
        why: "a program that does not vouch for its session; every page and command here does, or says device-unchecked",
        test: "crate/mdoc/tests/annex_d.rs",
        codes: &[("freshness-unproven", "freshness-unproven")],
    },
    Elsewhere {
        why: "a program without code for a curve, whose provider of signatures does not know it either",
        test: "crate/mdoc/tests/provider.rs",
        codes: &[("signature-not-checked", "\"signature-not-checked\"")],
    },
    Elsewhere {
        why: "making a licence or a presentation",
        test: "crate/mdoc/tests/verify.rs",
        codes: &[
            ("issue-duplicate", "IssueError::Duplicate"),
            ("issue-validity", "IssueError::Validity"),
            ("issue-signer", "IssueError::Signer"),
            ("sign-form", "\"sign-form\""),
            ("sign-other-key", "\"sign-other-key\""),
        ],
    },
    Elsewhere {
        why: "making a trust list",
        test: "crate/mdoc/tests/vical.rs",
        codes: &[
            ("vical-issue-dates", "\"vical-issue-dates\""),
            ("vical-issue-entries", "\"vical-issue-entries\""),
            ("vical-issue-signer", "\"vical-issue-signer\""),
        ],
    },
    Elsewhere {
        why: "making a symbol",
        test: "crate/optical/src/qr/symbol.rs",
        codes: &[
            ("symbol-version", "SymbolError::Version"),
            ("symbol-too-long", "SymbolError::TooLong"),
            ("symbol-digits", "SymbolError::Digits"),
        ],
    },
    Elsewhere {
        why: "a verifier that lost a list",
        test: "crate/mdoc/tests/revocation.rs",
        codes: &[("ds-revocation-missing", "\"ds-revocation-missing\"")],
    },
    Elsewhere {
        why: "a file of more than 1 MiB",
        test: "crate/protocol/tests/received.rs",
        codes: &[("other-size", "\"other-size\"")],
    },
    Elsewhere {
        why: "our own fault: the worker died or took too long",
        test: "crate/verdict/tests/verdict/hostile.rs",
        codes: &[("interrupted", "Verdict::interrupted()")],
    },
    Elsewhere {
        why: "what a partner asks by a policy of its own, about a case that it has",
        test: "crate/verdict/tests/verdict/policy.rs",
        codes: &[
            ("name-matches", "\"name-matches\""),
            ("name-differs", "\"name-differs\""),
            ("name-not-comparable", "\"name-not-comparable\""),
            ("number-matches", "\"number-matches\""),
            ("number-differs", "\"number-differs\""),
            ("face-matches", "\"face-matches\""),
            ("face-differs", "\"face-differs\""),
            ("face-not-sure", "\"face-not-sure\""),
            ("face-not-compared", "\"face-not-compared\""),
            ("issuer-accepted", "\"issuer-accepted\""),
            ("issuer-not-accepted", "\"issuer-not-accepted\""),
            ("strict-met", "\"strict-met\""),
            ("strict-not-met", "\"strict-not-met\""),
            ("novice-not-accepted", "\"novice-not-accepted\""),
            ("points-above", "\"points-above\""),
            ("case-missing", "\"case-missing\""),
            ("case-trailer", "\"case-trailer\""),
            ("policy-not-yet", "\"policy-not-yet\""),
            ("policy-ended", "\"policy-ended\""),
            ("no-rule-applies", "\"no-rule-applies\""),
            ("judged-otherwise", "\"judged-otherwise\""),
        ],
    },
    Elsewhere {
        why: "a policy or a case as a partner wrote it",
        test: "crate/verdict/tests/verdict/policy.rs",
        codes: &[
            ("policy-size", "\"policy-size\""),
            ("policy-json", "\"policy-json\""),
            ("policy-id", "\"policy-id\""),
            ("policy-text", "\"policy-text\""),
            ("policy-dates", "\"policy-dates\""),
            ("policy-count", "\"policy-count\""),
            ("policy-rule-twice", "\"policy-rule-twice\""),
            ("policy-parameter", "\"policy-parameter\""),
            ("policy-fact-twice", "\"policy-fact-twice\""),
            ("policy-fact-unused", "\"policy-fact-unused\""),
            ("policy-fact-not-asked", "\"policy-fact-not-asked\""),
            ("policy-status-not-asked", "\"policy-status-not-asked\""),
            ("case-form", "\"case-form\""),
            ("case-dates", "\"case-dates\""),
            ("case-text", "\"case-text\""),
        ],
    },
    Elsewhere {
        why: "an issuer's own facts, before they are signed",
        test: "crate/licence/src/elements/tests.rs",
        codes: &[
            ("facts-text", "FactsError::Text"),
            ("facts-form", "FactsError::Form"),
            ("facts-classes", "FactsError::Classes"),
        ],
    },
    Elsewhere {
        why: "a claim at the counter: who claims what on which day",
        test: "crate/authority/tests/demo/people.rs",
        codes: &[
            ("claim-not-rolled-out", "\"claim-not-rolled-out\""),
            ("claim-person-unknown", "\"claim-person-unknown\""),
            ("claim-status-abnormal", "\"claim-status-abnormal\""),
            ("claim-status-red", "\"claim-status-red\""),
            ("claim-status-gone", "\"claim-status-gone\""),
            ("claim-extension-over", "\"claim-extension-over\""),
            ("issue-record", "IssueError::Record"),
            ("issue-facts", "\"issue-facts\""),
        ],
    },
    Elsewhere {
        why: "a claim at a desk, which no verifier reads",
        test: "crate/authority/tests/desk/claims.rs",
        codes: &[
            ("claim-number-name", "\"claim-number-name\""),
            ("claim-photo-on-file", "\"claim-photo-on-file\""),
            ("claim-photo-needed", "\"claim-photo-needed\""),
            ("application-time", "\"application-time\""),
            ("licence-none", "\"licence-none\""),
            ("licence-device-key", "\"licence-device-key\""),
            ("application-device-key", "\"application-device-key\""),
            ("application-replayed", "DeskError::Replayed"),
            ("application-withdrawn", "DeskError::Withdrawn"),
            ("desk-nothing-to-do", "DeskError::NothingToDo"),
            ("desk-not-at-counter", "DeskError::NotAtCounter"),
            ("desk-photo-missing", "DeskError::PhotoMissing"),
            ("desk-list-full", "DeskError::ListFull"),
        ],
    },
    Elsewhere {
        why: "a photo at the counter, which no verifier reads",
        test: "crate/authority/tests/desk/counter.rs",
        codes: &[("desk-identity-not-shown", "DeskError::IdentityNotShown")],
    },
    Elsewhere {
        why: "a review at a desk, which no verifier reads",
        test: "crate/authority/tests/desk/review.rs",
        codes: &[
            ("application-unknown", "DeskError::ApplicationUnknown"),
            ("desk-step", "DeskError::Step"),
            ("undo-late", "DeskError::UndoLate"),
            ("undo-other-clerk", "DeskError::UndoOther"),
            ("undo-answered", "DeskError::UndoAnswered"),
            ("desk-clerk", "DeskError::Clerk"),
            ("desk-note", "DeskError::Note"),
        ],
    },
    Elsewhere {
        why: "a change of facts at a desk, which no verifier reads",
        test: "crate/authority/tests/desk/facts.rs",
        codes: &[
            ("desk-driver-unknown", "\"desk-driver-unknown\""),
            ("desk-change", "\"desk-change\""),
            ("licence-ended", "\"licence-ended\""),
            ("reclaim-nothing-changed", "\"reclaim-nothing-changed\""),
            ("suspend-letter", "DeskError::SuspendLetter"),
            ("suspend-again", "DeskError::Suspended"),
            ("reinstate-not-suspended", "DeskError::NotSuspended"),
        ],
    },
    Elsewhere {
        why: "a table of the roll-out, which no verifier reads",
        test: "crate/authority/src/rollout.rs",
        codes: &[("rollout-form", "\"rollout-form\""), ("rollout-rows", "\"rollout-rows\"")],
    },
    Elsewhere {
        why: "who receives a claim, which no verifier reads",
        test: "crate/authority/tests/post/desks.rs",
        codes: &[
            ("desk-document-signer", "\"desk-document-signer\""),
            ("desk-unknown", "\"desk-unknown\""),
            ("desk-chain", "\"desk-chain\""),
            ("desk-not-yet", "\"desk-not-yet\""),
            ("desk-expired", "\"desk-expired\""),
            ("desk-key", "\"desk-key\""),
        ],
    },
    Elsewhere {
        why: "an application at a desk, which no verifier reads",
        test: "crate/authority/tests/post/applications.rs",
        codes: &[
            ("sealed-form", "\"sealed-form\""),
            ("sealed-newer", "\"sealed-newer\""),
            ("sealed-point", "\"sealed-point\""),
            ("sealed-other-desk", "\"sealed-other-desk\""),
            ("sealed-opening", "\"sealed-opening\""),
            ("sealed-length", "\"sealed-length\""),
            ("application-form", "\"application-form\""),
            ("application-newer", "\"application-newer\""),
            ("application-same-key", "\"application-same-key\""),
            ("application-other-desk", "\"application-other-desk\""),
            ("application-signature", "\"application-signature\""),
            ("application-old", "\"application-old\""),
            ("application-ahead", "\"application-ahead\""),
            ("application-seen", "\"application-seen\""),
            ("application-photo", "\"application-photo\""),
        ],
    },
    Elsewhere {
        why: "a desk's answer in the wallet, which no verifier reads",
        test: "crate/authority/tests/post/answers.rs",
        codes: &[
            ("sealed-other-application", "\"sealed-other-application\""),
            ("desk-answer-form", "\"desk-answer-form\""),
            ("desk-answer-newer", "\"desk-answer-newer\""),
            ("desk-answer-other-application", "\"desk-answer-other-application\""),
            ("desk-answer-seen", "\"desk-answer-seen\""),
            ("desk-answer-other-device-key", "\"desk-answer-other-device-key\""),
            ("desk-answer-not-a-licence", "\"desk-answer-not-a-licence\""),
            ("desk-answer-other-person", "\"desk-answer-other-person\""),
            ("desk-answer-portrait", "\"desk-answer-portrait\""),
        ],
    },
    Elsewhere {
        why: "random bytes that make no key",
        test: "crate/envelope/src/sealed/hpke/tests.rs",
        codes: &[("sealed-random", "SealedError::Random")],
    },
    Elsewhere {
        why: "a day on which the authority has no certificate",
        test: "crate/authority/tests/demo/certificates.rs",
        codes: &[("issue-outside-authority", "IssueError::OutsideAuthority")],
    },
    Elsewhere {
        why: "a photo at the counter, on file or handed in",
        test: "crate/authority/tests/demo/photo.rs",
        codes: &[
            ("photo-not-on-file", "\"photo-not-on-file\""),
            ("photo-mismatch", "\"photo-mismatch\""),
            ("replace-too-early", "\"replace-too-early\""),
        ],
    },
    Elsewhere {
        why: "a claim at the counter",
        test: "crate/authority/src/eligibility.rs",
        codes: &[("claim-status-unknown", "\"claim-status-unknown\"")],
    },
    Elsewhere {
        why: "a picture that the holder hands in with a claim, and no verifier ever reads",
        test: "crate/authority/src/photo.rs",
        codes: &[
            ("photo-not-jpeg", "\"photo-not-jpeg\""),
            ("photo-broken", "\"photo-broken\""),
            ("photo-too-big", "\"photo-too-big\""),
            ("photo-too-narrow", "\"photo-too-narrow\""),
            ("photo-ratio", "\"photo-ratio\""),
            ("photo-small-size", "\"photo-small-size\""),
            ("photo-small-bytes", "\"photo-small-bytes\""),
        ],
    },
    Elsewhere {
        why: "what is measured of a photo before it is handed in",
        test: "crate/photo/tests/measures.rs",
        codes: &[
            ("preflight-nobody", "Code::Nobody"),
            ("preflight-turned", "Code::Turned"),
            ("preflight-dark", "Code::Dark"),
            ("preflight-dim", "Code::Dim"),
            ("preflight-blown-out", "Code::BlownOut"),
            ("preflight-glare", "Code::Glare"),
            ("preflight-ground-coloured", "Code::GroundColoured"),
            ("preflight-ground-dark", "Code::GroundDark"),
            ("preflight-ground-uneven", "Code::GroundUneven"),
            ("preflight-ground-unclear", "Code::GroundUnclear"),
            ("preflight-head-small", "Code::HeadSmall"),
            ("preflight-head-large", "Code::HeadLarge"),
            ("preflight-head-size-unclear", "Code::HeadSizeUnclear"),
            ("preflight-head-cut", "Code::HeadCut"),
            ("preflight-head-low", "Code::HeadLow"),
            ("preflight-head-top-unclear", "Code::HeadTopUnclear"),
            ("preflight-head-left", "Code::HeadLeft"),
            ("preflight-head-right", "Code::HeadRight"),
            ("preflight-head-centre-unclear", "Code::HeadCentreUnclear"),
            ("preflight-outline-unclear", "Code::OutlineUnclear"),
            ("preflight-blurred", "Code::Blurred"),
            ("preflight-soft", "Code::Soft"),
            ("preflight-flat", "Code::Flat"),
            ("preflight-pale", "Code::Pale"),
            ("preflight-narrow", "Code::Narrow"),
            ("preflight-ratio", "Code::Ratio"),
            ("preflight-light", "Code::Light"),
            ("preflight-heavy", "Code::Heavy"),
            ("preflight-not-measured", "Code::NotMeasured"),
        ],
    },
    Elsewhere {
        why: "a picture file that the holder chooses, and no verifier ever reads",
        test: "crate/photo/tests/files.rs",
        codes: &[
            ("picture-not", "\"picture-not\""),
            ("picture-truncated", "FileError::Truncated"),
            ("picture-animated", "\"picture-animated\""),
            ("picture-too-many-pixels", "\"picture-too-many-pixels\""),
            ("picture-film", "\"picture-film\""),
            ("picture-pdf", "\"picture-pdf\""),
            ("picture-raw", "\"picture-raw\""),
            ("picture-not-decoded", "\"picture-not-decoded\""),
        ],
    },
    Elsewhere {
        why: "a picture that one browser decodes and another does not",
        test: "tests/browser/photo.spec.mjs",
        codes: &[("picture-heic", "\"HEIC\"")],
    },
    Elsewhere {
        why: "a number that is typed to claim a licence",
        test: "crate/authority/src/login.rs",
        codes: &[
            ("login-number-check", "\"login-number-check\""),
            ("login-number-date", "\"login-number-date\""),
            ("login-number-form", "\"login-number-form\""),
            ("login-number-length", "\"login-number-length\""),
            ("login-number-missing", "\"login-number-missing\""),
            ("login-number-passport", "\"login-number-passport\""),
        ],
    },
    Elsewhere {
        why: "who is typed to claim a licence, held against the register of the demo",
        test: "tests/browser/wallet-steps.spec.mjs",
        codes: &[
            ("login-name-missing", "请输入姓名"),
            ("login-name-other", "姓名与它对不上"),
            ("login-number-unknown", "没有这个证号"),
        ],
    },
    Elsewhere {
        why: "what a person says who reviews a picture",
        test: "crate/authority/src/photo.rs",
        codes: &[
            ("rejected-old", "RejectReason::ALL"),
            ("rejected-ground", "RejectReason::ALL"),
            ("rejected-headwear", "RejectReason::ALL"),
            ("rejected-face", "RejectReason::ALL"),
            ("rejected-ears", "RejectReason::ALL"),
            ("rejected-mask", "RejectReason::ALL"),
            ("rejected-sunglasses", "RejectReason::ALL"),
            ("rejected-selfie", "RejectReason::ALL"),
            ("rejected-retouched", "RejectReason::ALL"),
            ("rejected-composite", "RejectReason::ALL"),
            ("rejected-framing", "RejectReason::ALL"),
            ("rejected-other-person", "RejectReason::ALL"),
        ],
    },
    Elsewhere {
        why: "a person's choice, and making a question or an answer",
        test: "crate/protocol/tests/challenge/flow.rs",
        codes: &[
            ("consent-empty", "\"consent-empty\""),
            ("consent-not-asked", "\"consent-not-asked\""),
            ("consent-unsatisfied", "\"consent-unsatisfied\""),
            ("make-question", "\"make-question\""),
            ("make-random", "\"make-random\""),
            ("make-signature", "\"make-signature\""),
        ],
    },
    Elsewhere {
        why: "a verifier that remembers no codes, which a partner's program says of itself",
        test: "crate/verdict/tests/verdict/policy.rs",
        codes: &[("replay-not-checked", "\"replay-not-checked\"")],
    },
    Elsewhere {
        why: "a journal of records that was tampered with",
        test: "crate/record/tests/record/journal.rs",
        codes: &[
            ("record-unreadable", "JournalCode::Unreadable"),
            ("record-changed", "JournalCode::Changed"),
            ("record-missing", "JournalCode::Missing"),
            ("record-reordered", "JournalCode::Reordered"),
            ("record-repeated", "JournalCode::Repeated"),
            ("journal-cut-off", "JournalCode::CutOff"),
            ("journal-rewritten", "JournalCode::Rewritten"),
            ("journal-not-whole", "RecordError::Journal"),
            ("record-id-used", "RecordError::Repeated"),
            ("receipt-proof", "ReceiptError::Proof"),
            ("receipt-record", "ReceiptError::Record"),
        ],
    },
    Elsewhere {
        why: "lines and receipts of an attacker",
        test: "crate/record/tests/record/hostile.rs",
        codes: &[
            ("record-size", "RecordCode::Size"),
            ("record-form", "RecordCode::Form"),
            ("record-newer", "RecordCode::Newer"),
            ("receipt-form", "ReceiptError::Form"),
            ("receipt-index", "ReceiptError::Index"),
        ],
    },
    Elsewhere {
        why: "what a partner writes in a record",
        test: "crate/record/tests/record/kept.rs",
        codes: &[("record-text", "RecordError::Text"), ("override-not-allowed", "RecordError::Override")],
    },
    Elsewhere {
        why: "checkpoints of a journal",
        test: "crate/record/tests/record/note.rs",
        codes: &[
            ("note-form", "NoteError::Form"),
            ("checkpoint-form", "NoteError::Checkpoint"),
            ("checkpoint-origin", "NoteError::Origin"),
            ("note-key", "NoteError::Key"),
            ("note-unsigned", "NoteError::Unsigned"),
            ("note-signature", "NoteError::Signature"),
            ("note-not-checked", "NoteError::NotChecked"),
        ],
    },
    Elsewhere {
        why: "deciding again",
        test: "crate/record/tests/record/replay.rs",
        codes: &[
            ("replay-different", "ReplayCode::Different"),
            ("replay-facts-gone", "ReplayCode::FactsGone"),
            ("replay-payload-gone", "ReplayCode::PayloadGone"),
            ("replay-payload-other", "ReplayCode::PayloadOther"),
            ("replay-policy-other", "ReplayCode::PolicyOther"),
            ("replay-file-missing", "ReplayCode::FileMissing"),
            ("replay-file-other", "ReplayCode::FileOther"),
        ],
    },
    Elsewhere {
        why: "files beside a journal",
        test: "crate/cli/tests/cli/record.rs",
        codes: &[("payload-changed", "\"payload-changed\""), ("payload-stray", "\"payload-stray\"")],
    },
    Elsewhere {
        why: "digits of the text form: their vectors stand in the document that others implement from",
        test: "docs/optical-link.md",
        codes: &[
            ("text-prefix", "text-refused text-prefix "),
            ("text-character", "text-refused text-character "),
            ("text-length", "text-refused text-length "),
            ("text-short", "text-refused text-short "),
            ("text-long", "text-refused text-long "),
            ("text-check", "text-refused text-check "),
            ("text-value", "text-refused text-value "),
        ],
    },
];

/// Guards of our own for which no input is known: the demo authority's constants would have to be wrong, and AES-GCM
/// would have to refuse a message of a few kilobytes.
const NOWHERE: &[&str] = &["issue-signing", "make-encrypt"];

#[test]
fn every_code_has_a_file_and_every_file_a_code() {
    let tables: BTreeSet<String> = guide::lines().into_iter().map(|line| line.code).collect();
    let mut given: BTreeMap<String, String> = BTreeMap::new();
    for (rule, expect) in expectations() {
        for code in expect.code.into_iter().chain(expect.codes) {
            given.insert(code, rule.clone());
        }
    }
    let nothing_says: Vec<_> = given.iter().filter(|(code, _)| !tables.contains(*code)).collect();
    assert!(nothing_says.is_empty(), "files whose code is in no table: {nothing_says:?}");

    let listed = ELSEWHERE.iter().flat_map(|group| group.codes.iter().map(|(code, _)| *code));
    let listed: Vec<&str> = listed.chain(NOWHERE.iter().copied()).collect();
    let mut without: Vec<_> = tables.iter().filter(|code| !given.contains_key(*code)).collect();
    without.retain(|code| !listed.contains(&code.as_str()));
    assert!(without.is_empty(), "codes without a file: {without:?}");

    let both: Vec<_> = listed.iter().filter(|code| given.contains_key(**code)).collect();
    assert!(both.is_empty(), "they have files now: {both:?}");
    let gone: Vec<_> = listed.iter().filter(|code| !tables.contains(**code)).collect();
    assert!(gone.is_empty(), "they are no codes any more: {gone:?}");
    let once: BTreeSet<_> = listed.iter().collect();
    assert_eq!(once.len(), listed.len(), "a code is listed twice");
    println!("{} codes, {} with files, {} elsewhere", tables.len(), given.len(), listed.len());
}

/// What is said of the codes without a file is true.
#[test]
fn the_tests_that_are_named_give_the_codes() {
    for Elsewhere { why, test, codes } in ELSEWHERE {
        assert!(!why.is_empty());
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(test);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{test}: {error}"));
        // in a file of the sources only what is below its tests' beginning counts
        let tests = if test.contains("/src/") && !test.ends_with("tests.rs") {
            text.split_once("#[cfg(test)]").unwrap_or_else(|| panic!("{test} has no tests")).1
        } else {
            &text
        };
        for (code, words) in *codes {
            assert!(tests.contains(words), "{test} does not give {code} by {words}");
        }
    }
}
