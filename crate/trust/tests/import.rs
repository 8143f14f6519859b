//! What may be imported beside what: floors, names, the future, and who replaces whom.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use base64ct::{Base64, Encoding as _};
use cbor::Timestamp;
use liangzheng_trust::{
    Admission, Candidate, Currency, ImportError, KNOWN_PROVIDERS, KnownProvider, ListKind, MAX_LISTS,
    ReceivedList, TrustLists, VicalFloor,
};
use mdoc::TrustAnchors;
use mdoc::vical::{UnverifiedVical, VerifiedVical, VicalError, VicalTrust};
use signature::RustCrypto;
use testkit::draft::NOW;
use testkit::issuer::{TestIssuer, TestIssuerOptions};
use testkit::vical::TestVicalProvider;
use x509::Certificate;
use x509::hazmat::CrlTemplate;

const DAY: i64 = 86_400;

fn provider() -> TestVicalProvider {
    TestVicalProvider::new("Test lists")
}

fn stranger() -> TestVicalProvider {
    TestVicalProvider::new("A stranger")
}

fn issuer(name: &str) -> TestIssuer {
    TestIssuer::new(&TestIssuerOptions {
        seed: name.to_owned(),
        iaca_name: name.to_owned(),
        ..TestIssuerOptions::default()
    })
}

fn verify(bytes: &[u8], trust: &VicalTrust) -> VerifiedVical {
    UnverifiedVical::decode(bytes).unwrap().verify(trust, &RustCrypto).unwrap()
}

fn list_of(of: &TestVicalProvider, name: &str, date: Timestamp, number: u64) -> Vec<u8> {
    of.list(name, date, number, &[TestIssuer::default().iaca()])
}

/// The lists of a verifier who agreed to all of these files, in this order.
fn kept(files: &[&[u8]]) -> TrustLists {
    let (mut stored, mut floors) = (Vec::new(), Vec::new());
    for file in files {
        let lists = TrustLists::load(TrustAnchors::new(), stored.clone(), floors.clone(), NOW, &RustCrypto);
        for candidate in lists.offer(file, NOW, &RustCrypto).unwrap().candidates {
            if let Some(floor) = candidate.floor() {
                VicalFloor::raise_in(&mut floors, &floor).unwrap();
            }
            stored.retain(|(key, _)| *key != candidate.key());
            stored.push((candidate.key(), candidate.received));
        }
    }
    TrustLists::load(TrustAnchors::new(), stored, floors, NOW, &RustCrypto)
}

fn offered(lists: &TrustLists, file: &[u8]) -> Result<Candidate, ImportError> {
    lists.offer(file, NOW, &RustCrypto).map(|offer| offer.candidates.into_iter().next().unwrap())
}

#[test]
fn versions_only_rise() {
    let make = |date: Timestamp, number: u64| {
        verify(&list_of(&provider(), "Test lists", date, number), &provider().trust())
    };
    let seen = make(NOW, 7);
    let floors = [VicalFloor::of(&seen)];
    let check = |list: &VerifiedVical| VicalFloor::check(list, &floors).map_or_else(|e| e.code(), |_| "fine");
    assert_eq!(check(&seen), "fine", "the same version");
    assert_eq!(check(&make(NOW.plus_seconds(1), 8)), "fine");
    assert_eq!(check(&make(NOW.plus_seconds(-1), 7)), "vical-rollback");
    assert_eq!(check(&make(NOW.plus_seconds(1), 6)), "vical-rollback", "a later date with an earlier number");
    let of_stranger = list_of(&stranger(), "Test lists", NOW.plus_seconds(-DAY), 1);
    let of_stranger = verify(&of_stranger, &stranger().trust());
    assert_eq!(check(&of_stranger), "fine", "another provider of the same name has a floor of its own");
    let stored = serde_json::to_string(&floors[0]).unwrap();
    assert_eq!(serde_json::from_str::<VicalFloor>(&stored).unwrap(), floors[0]);
}

#[test]
fn a_provider_is_known_by_its_name_and_its_root() {
    let [known] = &KNOWN_PROVIDERS;
    let found = |name, root| KnownProvider::find(name, root).map(|known| known.provider);
    assert_eq!(found(known.provider, &known.root_sha256), Some(known.provider));
    assert_eq!(found("another", &known.root_sha256), None);
    assert_eq!(found(known.provider, &[7; 32]), None);
}

#[test]
fn the_built_in_floor_is_a_version_of_aamvas() {
    let Some(folder) = std::env::var_os("LIANGZHENG_VECTORS").map(std::path::PathBuf::from) else {
        println!(
            "skipped: import::the_built_in_floor_is_a_version_of_aamvas (LIANGZHENG_VECTORS names no folder)"
        );
        return;
    };
    let bytes = std::fs::read(folder.join("vical/aamva-vical-2025-11-18-1763491092481.cbor")).unwrap();
    let [known] = &KNOWN_PROVIDERS;
    let list = verify(&bytes, &VicalTrust::new().with_sha256(known.root_sha256));
    assert_eq!(list.root_sha256(), known.root_sha256, "the pinned root");
    assert!(VicalFloor::check(&list, [&known.floor()]).is_ok());
    assert_eq!(VicalFloor::of(&list), known.floor());
}

#[test]
fn a_floor_outlives_its_list() {
    let newer = verify(&list_of(&provider(), "Test lists", NOW, 7), &provider().trust());
    let older = list_of(&provider(), "Test lists", NOW.plus_seconds(-DAY), 6);
    let lists =
        TrustLists::load(TrustAnchors::new(), Vec::new(), vec![VicalFloor::of(&newer)], NOW, &RustCrypto);
    assert_eq!(offered(&lists, &older).unwrap_err(), ImportError::List(VicalError::Rollback));
    // and an older list that was stored all the same does not count
    let [received] = ReceivedList::read(&older).unwrap().try_into().unwrap();
    let stored = vec![("key".to_owned(), received)];
    let lists = TrustLists::load(TrustAnchors::new(), stored, vec![VicalFloor::of(&newer)], NOW, &RustCrypto);
    assert_eq!(lists.entries()[0].verified.as_ref().unwrap_err().code(), Some("vical-rollback"));
    assert!(lists.anchors(NOW).is_empty());
}

#[test]
fn nobody_takes_the_name_of_a_provider() {
    let own = list_of(&provider(), "Test lists", NOW, 7);
    let lists = kept(&[&own]);
    let false_list = list_of(&stranger(), "Test lists", NOW, 9);
    assert_eq!(offered(&lists, &false_list).unwrap_err(), ImportError::NameTaken);
    assert_eq!(ImportError::NameTaken.code(), Some("vical-signer-unknown"));
    assert!(offered(&kept(&[]), &false_list).is_ok(), "the name is free once the list is removed");
    assert!(offered(&lists, &list_of(&provider(), "Test lists", NOW, 8)).unwrap().replaces);
    // a known provider's name is never free, nor in the command line, which holds one list against the others
    let known = list_of(&stranger(), KNOWN_PROVIDERS[0].provider, NOW, 999_999);
    assert_eq!(offered(&kept(&[]), &known).unwrap_err(), ImportError::NameTaken);
    let known = verify(&known, &stranger().trust());
    assert_eq!(Admission::default().check(&known), Err(ImportError::NameTaken));
    let mut admission = Admission::default();
    admission.hold("Test lists", provider().root().fingerprint());
    let false_list = verify(&false_list, &stranger().trust());
    assert_eq!(admission.check(&false_list), Err(ImportError::NameTaken));
    assert!(Admission::default().check(&false_list).is_ok());
    assert!(admission.check(&verify(&own, &provider().trust())).is_ok());
}

#[test]
fn a_removed_list_comes_back_by_the_same_rules() {
    let own = list_of(&provider(), "Test lists", NOW, 7);
    let removed = kept(&[&own]).entries()[0].received.clone();
    assert!(kept(&[]).offer_again(removed.clone(), NOW, &RustCrypto).is_ok());
    let meanwhile = kept(&[&list_of(&stranger(), "Test lists", NOW, 1)]);
    assert_eq!(meanwhile.offer_again(removed, NOW, &RustCrypto).unwrap_err(), ImportError::NameTaken);
}

#[test]
fn nothing_from_the_future_is_imported() {
    let ahead = list_of(&provider(), "Test lists", NOW.plus_seconds(DAY), 7);
    assert_eq!(offered(&kept(&[]), &ahead).unwrap_err(), ImportError::ListAhead);
    let ahead = verify(&ahead, &provider().trust());
    assert_eq!(Admission::default().check_import(&ahead, NOW), Err(ImportError::ListAhead));
    assert!(Admission::default().check(&ahead).is_ok(), "its age is told where it is used");

    let issuer = TestIssuer::default();
    let lists = kept(&[issuer.iaca().as_der()]);
    let crl = |at: Timestamp| {
        CrlTemplate::new(issuer.iaca(), 1, at, at.plus_seconds(7 * DAY)).sign(issuer.iaca_key())
    };
    assert_eq!(offered(&lists, &crl(NOW.plus_seconds(1))).unwrap_err(), ImportError::CrlAhead);
    assert!(offered(&lists, &crl(NOW)).is_ok());
}

#[test]
fn a_revocation_list_is_its_authoritys_and_replaces_no_newer_one() {
    let (issuer, other) = (TestIssuer::default(), issuer("other"));
    let crl = |of: &TestIssuer, number: u64, days: i64| {
        let at = NOW.plus_seconds(-days * DAY);
        CrlTemplate::new(of.iaca(), number, at, at.plus_seconds(7 * DAY)).sign(of.iaca_key())
    };
    let lists = kept(&[issuer.iaca().as_der(), &crl(&issuer, 7, 1)]);
    assert_eq!(offered(&lists, &crl(&other, 1, 0)).unwrap_err().code(), Some("crl-issuer"));
    let held = &lists.entries().last().unwrap().received;
    assert_eq!(held.kind, ListKind::Crl);
    let replaces = |file: &[u8]| {
        let candidate = offered(&lists, file).unwrap();
        assert!(candidate.replaces && !candidate.needs_consent());
        candidate.check_replaces(held, &lists.anchors(NOW), &RustCrypto)
    };
    assert_eq!(replaces(&crl(&issuer, 8, 0)), Ok(()));
    assert_eq!(replaces(&crl(&issuer, 7, 1)), Ok(()), "the same again");
    assert_eq!(replaces(&crl(&issuer, 6, 0)), Err(ImportError::CrlOlder), "by number");
    assert_eq!(replaces(&crl(&issuer, 8, 2)), Err(ImportError::CrlOlder), "by date");
    // where the authority is trusted no more, the held list has no say
    let candidate = offered(&lists, &crl(&issuer, 6, 0)).unwrap();
    assert_eq!(candidate.check_replaces(held, &TrustAnchors::new(), &RustCrypto), Ok(()));
}

#[test]
fn of_one_text_each_certificate_is_offered_or_named_with_its_reason() {
    let (one, two) = (issuer("one"), issuer("two"));
    let pem = |certificate: &Certificate| {
        let body = Base64::encode_string(certificate.as_der());
        format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
    };
    let both = pem(one.iaca()) + &pem(two.iaca());
    let candidates = kept(&[]).offer(both.as_bytes(), NOW, &RustCrypto).unwrap().candidates;
    assert_eq!(candidates.len(), 2);
    assert!(candidates.iter().all(|candidate| candidate.needs_consent() && !candidate.replaces));
    let lists = kept(&[both.as_bytes()]);
    assert_eq!(lists.anchors(NOW).iter().count(), 2);
    let labels: Vec<_> =
        lists.entries().iter().map(|entry| entry.verified.as_ref().unwrap().name.clone()).collect();
    assert!(labels[0].starts_with("one · ") && labels[1].starts_with("two · "), "{labels:?}");
    let with_signer = pem(one.iaca()) + &pem(two.ds());
    let with_signer = with_signer + "-----BEGIN CERTIFICATE-----\n@\n-----END CERTIFICATE-----\n";
    let offer = kept(&[]).offer(with_signer.as_bytes(), NOW, &RustCrypto).unwrap();
    assert_eq!(offer.candidates.len(), 1);
    let refused: Vec<_> = offer.refused.iter().map(|part| (part.number, part.error.code())).collect();
    assert_eq!(refused, [(2, Some("cert-profile-self-issued")), (3, Some("cert-malformed"))]);
    assert!(offer.refused[0].label.is_some() && offer.refused[1].label.is_none());
    // nothing of the file can be imported
    let refused = kept(&[]).offer(pem(two.ds()).as_bytes(), NOW, &RustCrypto).unwrap_err();
    assert!(matches!(refused, ImportError::Certificate(_)), "a document signer is no root: {refused}");
}

#[test]
fn what_is_kept_is_as_current_as_its_dates_say() {
    let current = |file: &[u8], at: Timestamp| {
        let lists = kept(&[TestIssuer::default().iaca().as_der(), file]);
        lists.entries().last().unwrap().verified.as_ref().unwrap().currency(at)
    };
    let list = list_of(&provider(), "Test lists", NOW, 7);
    assert_eq!(current(&list, NOW), Currency::Current);
    assert_eq!(current(&list, NOW.plus_seconds(60 * DAY)), Currency::Old);
    assert_eq!(current(&list, NOW.plus_seconds(-DAY)), Currency::Ahead);
    let issuer = TestIssuer::default();
    let crl = CrlTemplate::new(issuer.iaca(), 1, NOW, NOW.plus_seconds(DAY)).sign(issuer.iaca_key());
    assert_eq!(current(&crl, NOW.plus_seconds(DAY)), Currency::Current);
    assert_eq!(current(&crl, NOW.plus_seconds(DAY + 1)), Currency::Old);
    assert_eq!(current(&crl, NOW.plus_seconds(-1)), Currency::Ahead);
    let root = issuer.iaca();
    let of_root = |at| kept(&[root.as_der()]).entries()[0].verified.as_ref().unwrap().currency(at);
    assert_eq!(of_root(root.not_after()), Currency::Current);
    assert_eq!(of_root(root.not_after().plus_seconds(1)), Currency::NotValid);
    assert_eq!(of_root(root.not_before().plus_seconds(-1)), Currency::NotValid);
}

#[test]
fn a_bundle_has_what_verifies_and_no_more_than_fits() {
    let own = list_of(&provider(), "Test lists", NOW, 7);
    let [received] = ReceivedList::read(&own).unwrap().try_into().unwrap();
    let forged = ReceivedList { pin: [9; 32], ..received.clone() };
    let stored = vec![("a".to_owned(), received.clone()), ("b".to_owned(), forged)];
    let lists = TrustLists::load(TrustAnchors::new(), stored, Vec::new(), NOW, &RustCrypto);
    let decoded = liangzheng_trust::bundle::decode(&lists.bundle()).unwrap();
    assert_eq!(
        (decoded.lists.as_slice(), decoded.missing.as_slice()),
        (std::slice::from_ref(&received), [].as_slice())
    );
    let many = vec![received; MAX_LISTS + 1];
    let decoded = liangzheng_trust::bundle::decode(&liangzheng_trust::bundle::encode(&many, [])).unwrap();
    assert_eq!(decoded.lists.len(), MAX_LISTS);
    let (mut trust, mut verified) = (TrustAnchors::new(), liangzheng_trust::bundle::VerifiedLists::new());
    assert_eq!(verified.add_bundle(&lists.bundle(), &mut trust, NOW, &RustCrypto), Some(()));
    assert_eq!(trust, lists.anchors(NOW), "page and worker trust the same");
}

#[test]
fn a_list_that_is_damaged_or_gone_is_missed_and_its_authority_in_doubt() {
    let issuer = TestIssuer::default();
    let crl = |number, days: i64| {
        let from = NOW.plus_seconds(-days * DAY);
        CrlTemplate::new(issuer.iaca(), number, from, NOW.plus_seconds(DAY)).sign(issuer.iaca_key())
    };
    let lists = kept(&[issuer.iaca().as_der(), &crl(7, 1)]);
    let remembered: Vec<_> = lists.to_remember().collect();
    let stored: Vec<_> = lists.entries().iter().map(|e| (e.key.clone(), e.received.clone())).collect();
    let load = |stored: &[(String, ReceivedList)]| {
        TrustLists::load(TrustAnchors::new(), stored.to_vec(), Vec::new(), NOW, &RustCrypto)
    };
    let in_doubt = |lists: &TrustLists| {
        let trust = lists.anchors(NOW);
        let (mut other, mut verified) = (TrustAnchors::new(), liangzheng_trust::bundle::VerifiedLists::new());
        assert_eq!(verified.add_bundle(&lists.bundle(), &mut other, NOW, &RustCrypto), Some(()));
        assert_eq!(trust, other, "page and worker trust the same");
        let mut without = TrustAnchors::new();
        without.add(trust.iter().next().unwrap().clone());
        without.revoke(mdoc::Revocation::Missing(issuer.iaca().spki_sha256()));
        trust == without
    };
    let keys = |lists: &TrustLists| lists.missing().iter().map(|list| list.key.clone()).collect::<Vec<_>>();

    let whole = load(&stored).expecting(remembered.clone());
    assert!(whole.missing().is_empty() && !in_doubt(&whole));
    let newer = kept(&[issuer.iaca().as_der(), &crl(8, 0)]).expecting(remembered.clone());
    assert!(newer.missing().is_empty(), "a newer one in its place");

    let [certificate, list] = stored.as_slice() else { panic!("two lists") };
    let gone = load(std::slice::from_ref(certificate)).expecting(remembered.clone());
    assert_eq!(keys(&gone), std::slice::from_ref(&list.0));
    assert!(gone.missing()[0].is_crl() && gone.missing()[0].name == remembered[1].name && in_doubt(&gone));

    for place in [0, list.1.bytes.len() / 2, list.1.bytes.len() - 1] {
        let mut damaged = list.clone();
        damaged.1.bytes[place] ^= 1;
        let damaged = [certificate.clone(), damaged];
        assert!(in_doubt(&load(&damaged)), "a list that an earlier build stored, which remembered none");
        let damaged = load(&damaged).expecting(remembered.clone());
        assert_eq!(keys(&damaged), std::slice::from_ref(&list.0), "{place}");
        assert!(in_doubt(&damaged));
    }
    let older = kept(&[issuer.iaca().as_der(), &crl(6, 2)]).expecting(remembered.clone());
    assert_eq!(keys(&older), std::slice::from_ref(&list.0), "an older one came back");

    // Its authority was removed: nothing of it is verified by that list.
    let alone = load(std::slice::from_ref(list));
    assert!(alone.missing().is_empty());
    let nothing = TrustLists::new(TrustAnchors::new()).expecting(remembered);
    assert_eq!(nothing.missing().len(), 2, "the whole store is gone");
}
