//! The questions and answers of `tests/vectors`, and what a file cannot show.

use std::fs;
use std::path::Path;

use liangzheng_protocol::{Requester, UnverifiedRequest, WhyNotVerified};
use mdoc::reader::{ReaderAnchor, ReaderAnchors};
use testkit::hostile::judge::judge;
use testkit::hostile::other::reader_authority;
use testkit::hostile::{Expectation, Kind, Verdict};

/// Rule, expectation and the folder's reader, of every file of a kind.
fn files(kind: Kind, mut each: impl FnMut(&str, &Expectation, &dyn Fn(&str) -> Vec<u8>)) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors");
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("tests/vectors") {
        let folder = entry.expect("an entry").path();
        let Ok(text) = fs::read_to_string(folder.join("expect.json")) else { continue };
        let expect: Expectation = serde_json::from_str(&text).expect("an expectation");
        if expect.kind == kind {
            let rule = folder.file_name().expect("a name").to_string_lossy();
            each(&rule, &expect, &|name| fs::read(folder.join(name)).expect(name));
            count += 1;
        }
    }
    count
}

#[test]
fn every_file_gives_its_code() {
    for (kind, least) in [(Kind::Question, 70), (Kind::Answer, 30)] {
        let mut wrong = Vec::new();
        let count = files(kind, |rule, expect, read| {
            wrong.extend(judge(expect, read).is(expect).err().map(|found| format!("{rule}: {found}")));
        });
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(count >= least, "{count} of {kind:?}");
    }
}

/// The step of a refusal, and of a question that holds who asks.
#[test]
fn every_question_is_refused_at_its_step_or_says_who_asks() {
    let mut anchors = ReaderAnchors::new();
    anchors.add(ReaderAnchor::authority(reader_authority(), "Test readers").expect("an anchor"));
    let mut unproven = Vec::new();
    files(Kind::Question, |rule, expect, read| {
        let request = UnverifiedRequest::decode(&read("question.bin"))
            .and_then(|request| request.verify(&anchors, expect.at, &signature::RustCrypto));
        let request = match request {
            Ok(request) => request,
            Err(error) => return assert_eq!(Some(error.step()), expect.step.as_deref(), "{rule}"),
        };
        match request.requester() {
            Requester::Verified(reader) => {
                let said = (reader.name().as_str().to_owned(), reader.authority().as_str().to_owned());
                assert_eq!(said, ("Checkpoint 7".to_owned(), "Test readers".to_owned()), "{rule}");
            }
            Requester::NotVerified(requester) => {
                assert!(matches!(expect.verdict, Verdict::Undetermined | Verdict::Refused), "{rule}");
                unproven.push((rule.to_owned(), requester.why, requester.says.as_str().to_owned()));
            }
        }
        if rule == "question-purpose-unknown" {
            assert_eq!(request.purpose().map(|asked| asked.purpose), Some(None), "it has no name here");
        }
    });
    unproven.sort_by(|(one, ..), (other, ..)| one.cmp(other));
    let line = |rule: &str, why, says: &str| (rule.to_owned(), why, says.to_owned());
    let expected = [
        line("question-authority-unknown", WhyNotVerified::AuthorityUnknown, "Checkpoint 7"),
        line("question-beyond-purpose", WhyNotVerified::NotSigned, "verifier.example"),
        line("question-credential-sets-both", WhyNotVerified::NotSigned, "verifier.example"),
        line("question-document", WhyNotVerified::NotSigned, "verifier.example"),
        line("question-format-required", WhyNotVerified::NotSigned, "verifier.example"),
        line("question-localhost", WhyNotVerified::NotSigned, "localhost"),
        line("question-unsigned", WhyNotVerified::NotSigned, "verifier.example"),
    ];
    assert_eq!(unproven, expected);
}
