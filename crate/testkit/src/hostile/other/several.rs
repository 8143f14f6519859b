//! Answers with several documents, with none, and with what is not read here.

use ::licence::elements::id;
use ::licence::shanghai_day;
use ::verdict::Purpose;
use cbor::{Date, Value, decode_foreign, encode};
use mdoc::SessionTranscript;

use crate::abroad;
use crate::draft::{Draft, NOW, get_mut, set};
use crate::hostile::bytes::hex;
use crate::hostile::{Given, Hostile, Kind, Terms, Threat, Verdict, world};
use crate::issuer::{TestIssuer, TestIssuerOptions};
use crate::random::signing_key;
use crate::sample::DOC_TYPE;

const PID: &str = "eu.europa.ec.eudi.pid.1";

fn session() -> SessionTranscript {
    let client_id = "x509_san_dns:verifier.example";
    SessionTranscript::openid4vp_redirect(client_id, "a nonce", None, "https://verifier.example/response")
        .expect("a transcript")
}

fn licence() -> Draft {
    Draft::new(&TestIssuer::default())
}

/// Returns another document of the same authority, of the same elements and under a device key of its own.
fn another(doc_type: &str) -> Draft {
    let mut draft = licence();
    doc_type.clone_into(&mut draft.doc_type);
    set(&mut draft.mso, "docType", Value::text(doc_type));
    draft.set_device_key(signing_key("another device").into());
    draft
}

/// Returns the documents of a draft's response.
fn documents(draft: &Draft, session: &SessionTranscript) -> Vec<Value> {
    let response = draft.device_response_for(session);
    let response = decode_foreign(&response).expect("a response").to_value();
    let documents = response.get_text("documents").and_then(Value::as_array);
    documents.expect("documents").to_vec()
}

/// Returns a response of these drafts' documents, in the session.
fn together(drafts: &[&Draft]) -> Value {
    let session = session();
    of(drafts.iter().flat_map(|draft| documents(draft, &session)).collect())
}

fn of(documents: Vec<Value>) -> Value {
    Value::map([
        ("version", Value::text("1.0")),
        ("documents", Value::Array(documents)),
        ("status", Value::Unsigned(0)),
    ])
}

fn with(mut response: Value, key: &str, value: Value) -> Value {
    set(&mut response, key, value);
    response
}

/// Returns a response without documents.
fn empty(status: u64) -> Value {
    Value::map([("version", Value::text("1.0")), ("status", Value::Unsigned(status))])
}

/// Returns the file of a response in the session, for the roadside check where `terms` is given.
fn file(hostile: Hostile, purpose: Option<Purpose>) -> Hostile {
    let terms = purpose.map(|purpose| {
        let terms = ::verdict::Terms::default_for(purpose, shanghai_day(NOW));
        Terms::from(&::verdict::Terms { vehicle: Some(terms.judged_vehicle()), ..terms })
    });
    let given = Given { transcript: Some(hex(session().bytes())), terms, ..Given::default() };
    hostile.kind(Kind::DeviceResponse).given(given)
}

fn accepted(rule: &'static str, description: &str, response: &Value) -> Hostile {
    file(Hostile::accepted(rule, Threat::DocumentConfusion, description, encode(response)), None)
}

fn refused(rule: &'static str, step: &str, code: &str, description: &str, response: &Value) -> Hostile {
    let threat = Threat::DocumentConfusion;
    file(Hostile::refused(rule, threat, step, code, description, encode(response)), None)
}

fn doubt(rule: &'static str, code: &str, description: &str, response: &Value) -> Hostile {
    let mut file = refused(rule, "", code, description, response).outcome(Verdict::Undetermined);
    file.expect.step = None;
    file
}

pub(super) fn all() -> Vec<Hostile> {
    let mut all = beside();
    all.extend(ages());
    all.extend(none());
    all
}

fn beside() -> Vec<Hostile> {
    let (licence, pid) = (licence(), another(PID));
    let mut altered = another(PID);
    set(&mut altered.item_mut("family_name").map, "elementValue", Value::text("Other"));
    let mut thief = another(PID);
    thief.device_auth.key = signing_key("thief").into();
    let mut expired = another(PID);
    let ended = Value::tdate(NOW.plus_seconds(-1));
    set(get_mut(&mut expired.mso, "validityInfo"), "validUntil", ended);
    let stranger =
        TestIssuerOptions { seed: "stranger".into(), iaca_name: "Stranger".into(), ..Default::default() };
    let stranger = TestIssuer::new(&stranger);
    let mut unknown = Draft::new(&stranger);
    PID.clone_into(&mut unknown.doc_type);
    set(&mut unknown.mso, "docType", Value::text(PID));
    let mut unknown_licence = Draft::new(&stranger);
    unknown_licence.set_device_key(signing_key("another device").into());
    let elsewhere = SessionTranscript::one_way(b"another session");
    let other_session = [documents(&licence, &session()), documents(&pid, &elsewhere)].concat();
    let mut without_classes = Draft::new(&TestIssuer::default());
    without_classes.items.retain(|item| item.identifier() != id::CLASSES);
    let many: Vec<Draft> = (0..9).map(|n| another(&format!("org.example.{n}"))).collect();
    let many: Vec<&Draft> = many.iter().collect();
    vec![
        accepted(
            "documents-licence-and-pid",
            "A licence, and a PID of the same authority.",
            &together(&[&licence, &pid]),
        ),
        accepted(
            "documents-pid-first",
            "A PID, and then the licence that is judged.",
            &together(&[&pid, &licence]),
        ),
        accepted(
            "documents-second-expired",
            "A licence, and a PID that has expired.",
            &together(&[&licence, &expired]),
        ),
        refused(
            "documents-second-altered",
            "digests-match",
            "digest-mismatch",
            "A right licence, and a PID with another name.",
            &together(&[&licence, &altered]),
        ),
        refused(
            "documents-second-other-key",
            "device-signed",
            "device-signature",
            "A right licence, and a PID that another key signed.",
            &together(&[&licence, &thief]),
        ),
        refused(
            "documents-second-other-session",
            "device-signed",
            "device-signature",
            "A right licence, and a PID that was signed for another session.",
            &of(other_session),
        ),
        doubt(
            "documents-second-unknown",
            "beside-unknown",
            "A right licence, and a PID of an authority that is not trusted.",
            &together(&[&licence, &unknown]),
        ),
        refused(
            "documents-licence-unknown",
            "issuer-trusted",
            "issuer-unknown",
            "A right PID, and a licence of an authority that is not trusted, at the roadside.",
            &together(&[&pid, &unknown_licence]),
        )
        .for_purpose(Purpose::Roadside),
        doubt(
            "documents-two-licences",
            "several-documents",
            "Two right licences.",
            &together(&[&licence, &another(DOC_TYPE)]),
        ),
        doubt(
            "documents-facts-apart",
            "class-unreadable",
            "A licence without its classes, and a PID that shows some, at the roadside.",
            &together(&[&without_classes, &pid]),
        )
        .also(&["status-old"])
        .for_purpose(Purpose::Roadside),
        refused(
            "documents-nine",
            "profile",
            "profile-documents",
            "More documents than are read.",
            &together(&many),
        ),
    ]
}

/// Returns an identity document, of somebody who was born on a day.
fn identity(document: abroad::Document, born: &str) -> Draft {
    let elements: Vec<_> =
        document.elements.into_iter().filter(|(_, id, _)| *id != id::AGE_OVER_18).collect();
    let shown: Vec<_> = elements.iter().map(|(namespace, id, _)| (*namespace, *id)).collect();
    let mut draft = Draft::showing(world::issuer("germany"), elements, &shown);
    document.doc_type.clone_into(&mut draft.doc_type);
    set(&mut draft.mso, "docType", Value::text(document.doc_type));
    set(
        &mut draft.item_mut(id::BIRTH_DATE).map,
        "elementValue",
        Value::date(Date::parse(born).expect("a date")),
    );
    draft.digest_items();
    draft.set_device_key(signing_key(document.doc_type).into());
    draft
}

/// Two documents that prove an age.
fn ages() -> Vec<Hostile> {
    let with =
        |born| together(&[&identity(abroad::pid(), "1971-09-01"), &identity(abroad::photo_id(), born)]);
    let age = Purpose::AgeOnly;
    let mut differ = refused(
        "documents-ages-differ",
        "",
        "age-below",
        "A PID of an adult, and a photo ID of a child: the worse counts.",
        &with("2012-05-10"),
    )
    .also(&["age-documents-differ"])
    .outcome(Verdict::Fail);
    differ.expect.step = None;
    let accepted = accepted(
        "documents-ages-agree",
        "A PID and a photo ID of an adult who was born on one day.",
        &with("1971-09-01"),
    );
    let births = doubt(
        "documents-births-differ",
        "age-documents-differ",
        "A PID and a photo ID of adults who were born on different days.",
        &with("1980-05-10"),
    );
    vec![accepted.for_purpose(age), differ.for_purpose(age), births.for_purpose(age)]
}

fn none() -> Vec<Hostile> {
    let right = || together(&[&licence()]);
    let proofs = || Value::array([Value::map([("proof", Value::bytes([0; 8]))])]);
    vec![
        doubt("wallet-error-10", "wallet-error-10", "No document, and status 10.", &empty(10)),
        doubt("wallet-error-11", "wallet-error-11", "No document, and status 11.", &empty(11)),
        doubt(
            "wallet-error-12",
            "wallet-error-12",
            "An empty list of documents, and status 12.",
            &with(empty(12), "documents", Value::array([])),
        ),
        doubt("wallet-error-other", "wallet-error", "No document, and status 99.", &empty(99)),
        doubt(
            "proof-zero-knowledge",
            "proof-not-read",
            "A zero-knowledge proof in the place of documents.",
            &with(empty(0), "zkDocuments", proofs()),
        ),
        doubt(
            "proof-encrypted",
            "proof-not-read",
            "Encrypted documents alone.",
            &with(empty(0), "encryptedDocuments", proofs()),
        ),
        accepted(
            "proof-beside-document",
            "A zero-knowledge proof beside a right licence, of which only the licence is judged.",
            &with(right(), "zkDocuments", proofs()),
        ),
        accepted(
            "errors-of-documents-none",
            "An empty list of documents that were not returned.",
            &with(right(), "documentErrors", Value::array([])),
        ),
        accepted(
            "response-version-1-1",
            "Version 1.1, with a key that is not known.",
            &with(with(right(), "version", Value::text("1.1")), "org.example.more", Value::Null),
        ),
    ]
}

impl Hostile {
    /// Sets the default terms of a purpose.
    fn for_purpose(self, purpose: Purpose) -> Self {
        file(self, Some(purpose))
    }
}
