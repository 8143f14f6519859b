//! What a value, a key of the device, an issuer's data and a list say of themselves.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

use cbor::{Date, Timestamp};
use cbor::{Value, encode};
use der::asn1::ObjectIdentifier;
use envelope::Envelope;
use liangzheng_mdoc as mdoc;
use mdoc::Elements;
use mdoc::TrustAnchors;
use mdoc::holder::Disclosure;
use mdoc::holder::{UnverifiedCredential, VerifiedCredential, verify_credential};
use mdoc::issuer::IssueRequest;
use mdoc::vical::UnverifiedVical;
use mdoc::{IssuerContext, IssuerVerified, UnverifiedIssuerData, verify_issuer_data};
use mdoc::{KeyAuthorizations, ValidityInfo};
use testkit::draft::{Draft, NOW};
use testkit::holder::TestHolder;
use testkit::issuer::TestIssuer;
use testkit::random::{TestRandom, cose_key, signing_key};
use testkit::sample::{DOC_TYPE, ISO, ROADSIDE, licence_elements};
use testkit::vical::TestVicalProvider;
use x509::hazmat::{CertificateTemplate, CrlTemplate};
use x509::{Name, UnverifiedCrl, ids};

#[test]
fn a_value_is_of_one_kind_and_of_no_other() {
    let day = Date::parse("2026-11-22").unwrap();
    let values = [
        Value::Unsigned(5),
        Value::integer(-7),
        Value::bytes([1]),
        Value::text("x"),
        Value::Bool(true),
        Value::Null,
        Value::array([Value::Null]),
        Value::integer_map([(-2, Value::text("y"))]),
        Value::encoded_cbor([9]),
        Value::date(day),
        Value::tdate(NOW),
    ];
    let only = |at: &[usize], is: &dyn Fn(&Value) -> bool| {
        for (index, value) in values.iter().enumerate() {
            assert_eq!(is(value), at.contains(&index), "{value:?}");
        }
    };
    only(&[0], &|v| v.as_integer() == Some(5) && v.as_unsigned() == Some(5));
    only(&[1], &|v| v.as_integer() == Some(-7));
    only(&[0, 1], &|v| v.as_integer().is_some());
    only(&[2], &|v| v.as_bytes() == Some(&[1]));
    only(&[3], &|v| v.as_text() == Some("x"));
    only(&[4], &|v| v.as_bool() == Some(true));
    only(&[4], &|v| v.as_bool().is_some());
    only(&[5], &Value::is_null);
    only(&[6], &|v| v.as_array() == Some(&[Value::Null]));
    only(&[7], &|v| v.get_integer(-2) == Some(&Value::text("y")));
    only(&[], &|v| v.get_integer(2).is_some());
    only(&[8], &|v| v.as_encoded_cbor() == Some(&[9]));
    only(&[9], &|v| v.as_date() == Some(day));
    only(&[10], &|v| v.as_tdate() == Some(NOW));
    only(&[8, 9, 10], &|v| v.as_tag().is_some());
    assert_eq!(Value::Bool(false).as_bool(), Some(false));
    assert_eq!(Value::tagged(24, Value::text("x")).as_encoded_cbor(), None);
    assert_eq!(Value::Unsigned(u64::MAX).as_integer(), None);
}

fn issued(authorised: &KeyAuthorizations) -> VerifiedCredential {
    let issuer = TestIssuer::default();
    let validity_info = ValidityInfo {
        signed: NOW.floor_to_day(),
        valid_from: NOW.floor_to_day(),
        valid_until: NOW.plus_seconds(86_400),
        expected_update: None,
    };
    let request = IssueRequest {
        doc_type: DOC_TYPE,
        elements: licence_elements(),
        device_key: cose_key(&signing_key("device")),
        validity_info,
        key_authorizations: authorised.clone(),
        status: None,
    };
    let mut random = TestRandom::new("issue");
    let bytes = issuer.signer().issue(&request, &mut |buffer| random.fill(buffer)).expect("a credential");
    let unverified = UnverifiedCredential::decode(&bytes).expect("its own credential");
    verify_credential(&unverified, &issuer.trust(), NOW, &signature::RustCrypto).expect("a right credential")
}

#[test]
fn an_issuer_says_what_the_device_may_sign_and_nothing_where_it_may_not() {
    let none = KeyAuthorizations::default();
    let namespace = none.clone().with_namespace("org.example");
    let element = none.clone().with_element(ISO, "weight");
    let both = namespace.clone().with_element(ISO, "weight");
    for (authorised, spaces, elements) in
        [(none, false, false), (namespace, true, false), (element, false, true), (both, true, true)]
    {
        let credential = issued(&authorised);
        let mso = credential.issued().mso();
        assert_eq!(mso.key_authorizations, authorised);
        assert_eq!(mso.key_authorizations.allows("org.example", "x"), spaces);
        assert_eq!(mso.key_authorizations.allows(ISO, "weight"), elements);
        assert!(!mso.key_authorizations.allows(ISO, "height"));
        let says = |word: &str| mso.raw().windows(word.len()).any(|bytes| bytes == word.as_bytes());
        let said = [says("keyAuthorizations"), says("nameSpaces"), says("dataElements")];
        assert_eq!(said, [spaces || elements, spaces, elements]);
    }
}

fn context(trust: &TrustAnchors, now: Timestamp) -> IssuerContext<'_> {
    IssuerContext { trust, now, clock_floor: NOW, signatures: &signature::RustCrypto, strict: false }
}

fn issuer_data(draft: &Draft, trust: &TrustAnchors) -> Result<IssuerVerified, &'static str> {
    let documents = UnverifiedIssuerData::from_device_response(&draft.device_response()).expect("a response");
    let unverified = documents.first().expect("a document");
    verify_issuer_data(unverified, &context(trust, NOW)).map_err(|error| error.code())
}

#[test]
fn an_issuers_data_is_of_the_type_that_the_issuer_signed() {
    let issuer = TestIssuer::default();
    let mut draft = Draft::new(&issuer);
    let data = issuer_data(&draft, &issuer.trust()).expect("right data");
    assert_eq!((data.doc_type(), data.elements().len()), (DOC_TYPE, ROADSIDE.len()));
    assert_eq!(data.ds_revocation(), None);
    assert!(!data.elements().is_empty() && Elements::default().is_empty());

    let list = CrlTemplate::new(issuer.iaca(), 1, NOW, NOW).sign(issuer.iaca_key());
    let list = UnverifiedCrl::decode(&list)
        .and_then(|list| list.verify(issuer.iaca(), &signature::RustCrypto))
        .expect("a list");
    let mut trust = issuer.trust();
    trust.revoke(list);
    let data = issuer_data(&draft, &trust).expect("right data");
    assert!(data.ds_revocation().is_some_and(|outcome| outcome.is_pass()));

    draft.doc_type = "org.example.other".to_owned();
    assert_eq!(issuer_data(&draft, &issuer.trust()).err(), Some("doc-type"));
}

#[test]
fn the_reason_of_an_outcome_names_its_clause() {
    let issuer = TestIssuer::default();
    let later = NOW.plus_seconds(100 * 86_400);
    let data = UnverifiedIssuerData::decode(&Draft::new(&issuer).issuer_signed()).expect("issuer data");
    let data = verify_issuer_data(&data, &context(&issuer.trust(), later)).expect("right data");
    let reason = data.mso_validity().reason().expect("it is over");
    let info = mdoc::codes::all().find(|info| info.code == reason.code()).expect("a code of the table");
    assert_eq!((reason.code(), reason.step(), reason.clause()), ("mso-expired", info.step, info.clause));
}

#[test]
fn a_presentation_says_what_it_shows() {
    let holder = TestHolder::new(&TestIssuer::default(), NOW);
    let shown = Disclosure::select(holder.credential(), ROADSIDE);
    let names = shown.shown().iter().map(|name| (name.namespace.as_str(), name.identifier.as_str()));
    let mut names: Vec<_> = names.collect();
    let mut due = ROADSIDE.to_vec();
    names.sort_unstable();
    due.sort_unstable();
    assert_eq!(names, due);
    let presentation = holder.present(ROADSIDE, NOW, "said");
    let envelope = Envelope::decode(presentation.payload()).expect("an Envelope");
    assert_eq!(presentation.device_response(), envelope.device_response());
}

/// What the pinned root of a list is called that has this name.
fn root_label(attributes: &[(ObjectIdentifier, &str)]) -> String {
    let change = |mut template: CertificateTemplate| {
        template.subject = Name::from_attributes(attributes);
        template.issuer = template.subject.clone();
        template
    };
    let provider = TestVicalProvider::with("named", [&|t| t, &|t| t, &change]);
    let list = provider.list("Test lists", NOW, 7, &[TestIssuer::default().iaca()]);
    UnverifiedVical::decode(&list)
        .unwrap()
        .verify(&provider.trust(), &signature::RustCrypto)
        .unwrap()
        .root_label()
}

#[test]
fn a_root_is_called_by_organisation_and_common_name() {
    let (country, office) = ((ids::COUNTRY, "CN"), (ids::ORGANIZATION, "Office"));
    let common = (ids::COMMON_NAME, "Root");
    assert_eq!(root_label(&[country, office, common]), "Office (Root)");
    assert_eq!(root_label(&[country, common]), "Root");
    assert_eq!(root_label(&[country, office]), "Office");
    assert_eq!(root_label(&[country]), "CN");
}

#[test]
fn a_trust_list_says_whose_it_is() {
    let (provider, issuer) = (TestVicalProvider::new("Test lists"), TestIssuer::default());
    let list = UnverifiedVical::decode(&provider.list("Test lists", NOW, 7, &[issuer.iaca()])).unwrap();
    assert_eq!(list.top_sha256(), Some(provider.root().fingerprint()));
    let list = list.verify(&provider.trust(), &signature::RustCrypto).unwrap();
    assert_eq!(list.root_label(), "Test lists root");
    let labels: Vec<_> = list.entries("x", &signature::RustCrypto).map(|entry| entry.label()).collect();
    assert_eq!(labels, ["Test IACA"]);
}

#[test]
fn a_moment_is_written_as_it_is_read() {
    assert_eq!(encode(&Value::tdate(Timestamp::from_unix(0))), b"\xc0\x741970-01-01T00:00:00Z");
}
