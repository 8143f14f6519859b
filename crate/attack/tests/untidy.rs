//! A departure from the standard lets no forgery through: everything that is dangerous in a certificate, and everything
//! that can be forged in a licence, made from certificates that are right but untidy.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::cell::RefCell;

use cbor::{Timestamp, Value};
use mdoc::{Anchor, TrustAnchors};
use sha1::{Digest as _, Sha1};
use signature::{RustCrypto, Signer as _, to_der};
use testkit::draft::{Draft, get_mut, set};
use testkit::hostile::{self, deflate};
use testkit::issuer::{TestIssuer, TestIssuerOptions};
use testkit::random::{TestKey, signing_key};
use testkit::sample::NOW;
use testkit::untidy::{self, Untidy};
use verdict::{CheckState, Colour, Purpose, Terms, VerifierContext, shanghai_day, verify_one_way};
use x509::hazmat::{CertificateTemplate, CrlTemplate};
use x509::{Certificate, Extension, Name, ObjectIdentifier, UnverifiedCrl, ids};

const DAY: i64 = 86_400;

/// What a verifier trusts, and what it is shown.
struct Scene {
    trust: Result<TrustAnchors, &'static str>,
    payload: Vec<u8>,
    at: Timestamp,
}

impl Scene {
    fn new(issuer: &TestIssuer) -> Self {
        Self::anchored(issuer.iaca().as_der(), &Draft::new(issuer))
    }

    /// A licence, and a root as an imported file has it.
    fn anchored(root: &[u8], draft: &Draft) -> Self {
        let anchor = Certificate::decode(root).map_err(|error| error.code()).and_then(|root| {
            Anchor::iaca(root, "Test authority", "test list", &RustCrypto).map_err(|error| error.code())
        });
        let trust = anchor.map(|anchor| {
            let mut trust = TrustAnchors::new();
            trust.add(anchor);
            trust
        });
        Self { trust, payload: deflate(&draft.inflated()), at: NOW }
    }

    /// Returns the colour and the codes of what is not a pass; an anchor that is not imported is red.
    fn judge(&self, strict: bool) -> (Colour, Vec<&'static str>) {
        let trust = match &self.trust {
            Ok(trust) => trust,
            Err(code) => return (Colour::Red, vec![*code]),
        };
        let terms = Terms::default_for(Purpose::None, shanghai_day(self.at));
        let context = VerifierContext { strict, ..VerifierContext::new(self.at, trust, &terms) };
        let verdict = verify_one_way(&self.payload, &context);
        let wrong =
            verdict.checks().filter(|c| matches!(c.state, CheckState::Fail | CheckState::Undetermined));
        (verdict.colour, wrong.map(|check| check.code.text()).collect())
    }
}

/// One thing that is dangerous: its name, the code of the refusal, and how it is made from an untidy authority.
struct Danger {
    name: &'static str,
    code: &'static str,
    scene: Box<dyn Fn(&Untidy) -> Scene>,
}

fn danger(name: &'static str, code: &'static str, scene: impl Fn(&Untidy) -> Scene + 'static) -> Danger {
    Danger { name, code, scene: Box::new(scene) }
}

/// The root is changed further.
fn root(
    name: &'static str,
    code: &'static str,
    change: impl Fn(CertificateTemplate) -> CertificateTemplate + 'static,
) -> Danger {
    danger(name, code, move |of| {
        let change = |template| change((of.iaca)(template));
        Scene::new(&TestIssuer::with_certificates(&of.options, &change, &of.ds))
    })
}

/// The document signer is changed further.
fn signer(
    name: &'static str,
    code: &'static str,
    change: impl Fn(CertificateTemplate) -> CertificateTemplate + 'static,
) -> Danger {
    danger(name, code, move |of| {
        let change = |template| change((of.ds)(template));
        Scene::new(&TestIssuer::with_certificates(&of.options, &of.iaca, &change))
    })
}

/// The authority has other options.
fn options(
    name: &'static str,
    code: &'static str,
    change: impl Fn(&mut TestIssuerOptions) + 'static,
) -> Danger {
    danger(name, code, move |of| {
        let mut options = of.options.clone();
        change(&mut options);
        Scene::new(&Untidy { options, ..of.clone() }.issuer())
    })
}

/// The licence is changed before it is signed.
fn licence(name: &'static str, code: &'static str, change: impl Fn(&mut Draft) + 'static) -> Danger {
    danger(name, code, move |of| {
        let issuer = of.issuer();
        let mut draft = Draft::new(&issuer);
        change(&mut draft);
        Scene::anchored(issuer.iaca().as_der(), &draft)
    })
}

/// Other certificates are shown in the place of the document signer's.
fn chain(
    name: &'static str,
    code: &'static str,
    chain: impl Fn(&TestIssuer, CertificateTemplate) -> Vec<Vec<u8>> + 'static,
) -> Danger {
    danger(name, code, move |of| {
        let template = RefCell::new(None);
        let issuer = TestIssuer::with_certificates(&of.options, &of.iaca, &|t| {
            let changed = (of.ds)(t);
            template.replace(Some(changed.clone()));
            changed
        });
        let mut draft = Draft::new(&issuer);
        let mut shown = chain(&issuer, template.take().expect("a template"));
        let shown = match shown.len() {
            1 => Value::Bytes(shown.remove(0)),
            _ => Value::array(shown.into_iter().map(Value::Bytes)),
        };
        draft.issuer_auth.unprotected = Value::integer_map([(33, shown)]);
        Scene::anchored(issuer.iaca().as_der(), &draft)
    })
}

fn oid(dotted: &str) -> ObjectIdentifier {
    dotted.parse().expect("an identifier")
}

fn purposes(dotted: &[&str]) -> Extension {
    Extension::extended_key_usage(&dotted.iter().map(|d| oid(d)).collect::<Vec<_>>())
}

fn empty(id: ObjectIdentifier, critical: bool) -> Extension {
    Extension::new(id, critical, [0x30, 0])
}

fn unknown() -> Extension {
    Extension::new(oid("1.2.3.4"), true, [5, 0])
}

fn roots() -> Vec<Danger> {
    let (usage, constraints) = ("cert-profile-key-usage", "cert-profile-basic-constraints");
    let forbidden = "cert-profile-forbidden-extension";
    vec![
        root("a root without basic constraints", constraints, |t| {
            t.without_extension(ids::BASIC_CONSTRAINTS)
        }),
        root("a root with CA:FALSE", constraints, |t| t.with_extension(empty(ids::BASIC_CONSTRAINTS, true))),
        root("a root without keyCertSign", usage, |t| t.with_extension(Extension::key_usage(&[6]))),
        root("a root for signatures", usage, |t| t.with_extension(Extension::key_usage(&[0]))),
        root("name constraints on a root", forbidden, |t| {
            t.with_extension(empty(ids::NAME_CONSTRAINTS, false))
        }),
        root("critical name constraints on a root", forbidden, |t| {
            t.with_extension(empty(ids::NAME_CONSTRAINTS, true))
        }),
        root("policy constraints on a root", forbidden, |t| {
            t.with_extension(empty(ids::POLICY_CONSTRAINTS, false))
        }),
        root("critical policy constraints on a root", forbidden, |t| {
            t.with_extension(empty(ids::POLICY_CONSTRAINTS, true))
        }),
        root("a critical extension on a root that is not known", "cert-profile-critical-extension", |t| {
            t.with_extension(unknown())
        }),
        danger("a root whose own signature is wrong", "anchor-signature", |of| {
            let issuer = of.issuer();
            let mut der = issuer.iaca().as_der().to_vec();
            *der.last_mut().expect("a signature") ^= 1;
            Scene::anchored(&der, &Draft::new(&issuer))
        }),
        options("a root that expired a second ago", "iaca-expired", |o| {
            o.iaca_validity.1 = NOW.plus_seconds(-1)
        }),
        options("a root that begins in a second", "iaca-not-yet", |o| {
            o.iaca_validity.0 = NOW.plus_seconds(1)
        }),
        danger("another root of the same name", "issuer-key-unknown", |of| {
            let mut options = of.options.clone();
            options.seed.push_str(" renewed");
            let renewed = Untidy { options, ..of.clone() }.issuer();
            Scene::anchored(of.issuer().iaca().as_der(), &Draft::new(&renewed))
        }),
    ]
}

fn signers() -> Vec<Danger> {
    let (usage, constraints) = ("cert-profile-key-usage", "cert-profile-basic-constraints");
    let (forbidden, purpose) = ("cert-profile-forbidden-extension", "cert-profile-extended-key-usage");
    let purpose_of = |name, dotted: &'static [&'static str]| {
        signer(name, purpose, move |t| t.with_extension(purposes(dotted)))
    };
    let purpose_not_critical = |name, dotted: &'static [&'static str]| {
        signer(name, purpose, move |t| {
            let extension = purposes(dotted);
            t.with_extension(Extension { critical: false, ..extension })
        })
    };
    vec![
        signer("a signer with CA:TRUE", constraints, |t| t.with_extension(Extension::ca_without_sub_ca())),
        signer("a signer with CA:TRUE and no path length", constraints, |t| {
            t.with_extension(Extension::new(ids::BASIC_CONSTRAINTS, false, [0x30, 3, 1, 1, 0xff]))
        }),
        signer("a signer for certificates", usage, |t| t.with_extension(Extension::key_usage(&[5, 6]))),
        signer("a signer for key agreement", usage, |t| t.with_extension(Extension::key_usage(&[4]))),
        signer("a signer for key agreement, not critical", usage, |t| {
            t.with_extension(Extension { critical: false, ..Extension::key_usage(&[4]) })
        }),
        signer("a signer with neither key usage nor purpose", usage, |t| {
            t.without_extension(ids::KEY_USAGE).without_extension(ids::EXTENDED_KEY_USAGE)
        }),
        purpose_of("a reader's certificate", &["1.0.18013.5.1.6"]),
        purpose_of("a trust list's signer", &["1.0.18013.5.1.8"]),
        purpose_of("a status list's signer", &["1.3.6.1.5.5.7.3.30"]),
        purpose_of("a web server's certificate", &["1.3.6.1.5.5.7.3.1"]),
        purpose_of("any purpose", &["2.5.29.37.0"]),
        purpose_of("no purpose at all", &[]),
        purpose_not_critical("a reader's certificate, not critical", &["1.0.18013.5.1.6"]),
        purpose_not_critical("a web server's certificate, not critical", &["1.3.6.1.5.5.7.3.1"]),
        signer("name constraints on a signer", forbidden, |t| {
            t.with_extension(empty(ids::NAME_CONSTRAINTS, false))
        }),
        signer("policy constraints on a signer", forbidden, |t| {
            t.with_extension(empty(ids::POLICY_CONSTRAINTS, true))
        }),
        signer(
            "a critical extension on a signer that is not known",
            "cert-profile-critical-extension",
            |t| t.with_extension(unknown()),
        ),
        signer("a signer of another country", "cert-profile-country-mismatch", |mut t| {
            t.subject = Name::new("FR", None, "Test DS");
            t
        }),
        options("a signer that expired a second ago", "ds-expired", |o| {
            o.ds_validity.1 = NOW.plus_seconds(-1)
        }),
        options("a signer that begins in a second", "ds-not-yet", |o| o.ds_validity.0 = NOW.plus_seconds(1)),
        chain("a certificate signed by another key", "chain-signature", |issuer, template| {
            let (curve, own) =
                (issuer.iaca().public_key().curve(), issuer.iaca().ski().expect("a key identifier"));
            let template = template.with_extension(Extension::authority_key_identifier(own));
            vec![template.sign(&TestKey::new("forger", curve))]
        }),
        chain("a certificate by an issuer of another name", "issuer-unknown", |issuer, mut template| {
            template.issuer = Name::new("CN", None, "Another authority");
            vec![template.sign(issuer.iaca_key())]
        }),
        chain(
            "a certificate that names another key of its issuer",
            "issuer-key-unknown",
            |issuer, template| {
                let other = Extension::authority_key_identifier(&[7; 20]);
                vec![template.with_extension(other).sign(issuer.iaca_key())]
            },
        ),
        chain("a certificate that a document signer signed", "issuer-unknown", |issuer, mut template| {
            template.issuer = issuer.ds().subject().clone();
            template = template.without_extension(ids::AUTHORITY_KEY_IDENTIFIER);
            vec![template.sign(issuer.ds_key()), issuer.ds_der().to_vec()]
        }),
        chain("a certificate below an authority below the root", "issuer-unknown", |issuer, template| {
            let mut between = template.clone().with_extension(Extension::key_usage(&[5, 6]));
            between.subject = Name::new("CN", None, "Authority between");
            between = between.without_extension(ids::EXTENDED_KEY_USAGE).with_extension(Extension::new(
                ids::BASIC_CONSTRAINTS,
                true,
                [0x30, 3, 1, 1, 0xff],
            ));
            let mut below = template.without_extension(ids::AUTHORITY_KEY_IDENTIFIER);
            below.issuer = between.subject.clone();
            vec![below.sign(issuer.ds_key()), between.sign(issuer.iaca_key())]
        }),
        danger("a revoked signer", "ds-revoked", |of| {
            let issuer = of.issuer();
            let mut scene = Scene::new(&issuer);
            let trust = scene.trust.as_mut().expect("an anchor");
            trust.revoke(issuer.ds().fingerprint());
            scene
        }),
        danger("a signer on the list of revoked ones", "ds-revoked", |of| {
            let issuer = of.issuer();
            let mut scene = Scene::new(&issuer);
            let list = CrlTemplate::new(issuer.iaca(), 1, NOW.plus_seconds(-DAY), NOW.plus_seconds(DAY));
            let list = UnverifiedCrl::decode(&list.revoke(issuer.ds(), NOW).sign(issuer.iaca_key()));
            let list =
                list.expect("a list").verify(issuer.iaca(), &RustCrypto).expect("its authority's list");
            scene.trust.as_mut().expect("an anchor").revoke(list);
            scene
        }),
    ]
}

fn licences() -> Vec<Danger> {
    let signed = |d: &mut Draft, at: Timestamp| {
        set(get_mut(&mut d.mso, "validityInfo"), "signed", Value::tdate(at));
    };
    let from = |d: &mut Draft, at: Timestamp| {
        set(get_mut(&mut d.mso, "validityInfo"), "validFrom", Value::tdate(at));
    };
    vec![
        licence("an MSO signed before its signer began", "mso-signed-outside-ds", move |d| {
            signed(d, NOW.floor_to_day().plus_seconds(-31 * DAY));
        }),
        licence("an MSO signed after its signer ended", "mso-signed-outside-ds", move |d| {
            signed(d, NOW.floor_to_day().plus_seconds(1_897 * DAY));
            from(d, NOW.floor_to_day().plus_seconds(-DAY));
        }),
        licence("a licence of another country", "issuing-country", |d| {
            set(&mut d.item_mut("issuing_country").map, "elementValue", Value::text("FR"));
            d.digest_items();
        }),
        licence("an MSO signed by another key", "issuer-signature", |d| {
            d.issuer_auth.key = signing_key("forger").into();
        }),
    ]
}

/// Returns `tag`, length and content in DER.
fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let head = match u8::try_from(length) {
        Ok(short @ 0..0x80) => vec![tag, short],
        Ok(length) => vec![tag, 0x81, length],
        Err(_) => vec![tag, 0x82, (length >> 8) as u8, (length & 0xff) as u8],
    };
    [head.as_slice(), content].concat()
}

/// Public keys that are too weak, or of another kind: `SubjectPublicKeyInfo` in DER.
fn weak_keys() -> [(&'static str, Vec<u8>); 3] {
    const EC: &[u8] = &[0x06, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
    let on = |curve: &[u8], octets: usize| {
        let algorithm = tlv(0x30, &[EC, curve].concat());
        let point = tlv(0x03, &[[0, 4].as_slice(), &vec![1; 2 * octets]].concat());
        tlv(0x30, &[algorithm, point].concat())
    };
    let rsa = {
        let id = [0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0];
        let modulus = tlv(0x02, &[[0].as_slice(), &[0xc5; 256]].concat());
        let key = tlv(0x30, &[modulus.as_slice(), &[2, 3, 1, 0, 1]].concat());
        tlv(0x30, &[tlv(0x30, &id), tlv(0x03, &[[0].as_slice(), &key].concat())].concat())
    };
    [
        ("P-192", on(&[0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 1], 24)),
        ("P-224", on(&[0x06, 5, 0x2b, 0x81, 4, 0, 0x21], 28)),
        ("RSA", rsa),
    ]
}

/// Returns a certificate that names ECDSA with SHA-1, signed as such by `key`.
fn signed_with_sha1(template: &CertificateTemplate, key: &TestKey) -> Vec<u8> {
    const SHA1: [u8; 11] = [0x30, 9, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1];
    let whole = CertificateTemplate { algorithm: key.algorithm(), ..template.clone() }.tbs();
    // The content of the outer sequence, whose length has two octets.
    let content = &whole[4..];
    let at = content.windows(3).position(|w| w == [0x30, 0x0a, 0x06]).expect("an algorithm");
    let tbs = tlv(0x30, &[&content[..at], &SHA1, &content[at + 12..]].concat());
    let raw = key.sign_prehash(&Sha1::digest(&tbs));
    let signature = to_der(key.algorithm(), &raw).expect("a signature");
    let bits = tlv(0x03, &[[0].as_slice(), &signature].concat());
    tlv(0x30, &[tbs.as_slice(), &SHA1, &bits].concat())
}

#[test]
fn no_weak_key_or_hash_is_trusted_in_an_untidy_certificate() {
    let templates = |of: &Untidy| {
        let (root, signer) = (RefCell::new(None), RefCell::new(None));
        let keep = |kept: &RefCell<_>, template: CertificateTemplate| {
            kept.replace(Some(template.clone()));
            template
        };
        let issuer = TestIssuer::with_certificates(&of.options, &|t| keep(&root, (of.iaca)(t)), &|t| {
            keep(&signer, (of.ds)(t))
        });
        (issuer, root.take().expect("a root"), signer.take().expect("a signer"))
    };
    for untidy in untidy::all() {
        let (issuer, root, signer) = templates(&untidy);
        let shown = |root: &[u8], signer: Vec<u8>| {
            let mut draft = Draft::new(&issuer);
            draft.issuer_auth.unprotected = Value::integer_map([(33, Value::Bytes(signer))]);
            Scene::anchored(root, &draft)
        };
        let own = |template: &CertificateTemplate| template.sign(issuer.iaca_key());
        let mut scenes = Vec::new();
        for (key, spki) in weak_keys() {
            let weak = |template: &CertificateTemplate| CertificateTemplate {
                spki: spki.clone(),
                ..template.clone()
            };
            scenes.push((format!("a root on {key}"), shown(&own(&weak(&root)), own(&signer))));
            scenes.push((format!("a signer on {key}"), shown(&own(&root), own(&weak(&signer)))));
        }
        let sha1 = |template: &CertificateTemplate| signed_with_sha1(template, issuer.iaca_key());
        scenes.push(("a root signed with SHA-1".to_owned(), shown(&sha1(&root), own(&signer))));
        scenes.push(("a signer signed with SHA-1".to_owned(), shown(&own(&root), sha1(&signer))));
        for (name, scene) in scenes {
            let (colour, codes) = scene.judge(false);
            println!("{name} of {}: {codes:?}", untidy.name);
            assert_eq!(colour, Colour::Red, "{name} of {}: {codes:?}", untidy.name);
        }
    }
}

#[test]
fn each_untidy_authority_is_genuine_and_refused_where_the_standard_is_held_to_the_letter() {
    for untidy in untidy::all() {
        let scene = Scene::new(&untidy.issuer());
        assert_eq!(scene.judge(false), (Colour::Green, Vec::new()), "{}", untidy.name);
        let (colour, codes) = scene.judge(true);
        assert!(colour == Colour::Red && codes.len() == 1, "{}: {colour:?} {codes:?}", untidy.name);
    }
}

#[test]
fn whatever_is_dangerous_in_a_certificate_is_refused_from_an_untidy_authority_too() {
    let (mut wrong, untidy) = (Vec::new(), untidy::all());
    let dangers: Vec<_> = [roots(), signers(), licences()].into_iter().flatten().collect();
    for (danger, untidy) in dangers.iter().flat_map(|danger| untidy.iter().map(move |of| (danger, of))) {
        let scene = (danger.scene)(untidy);
        let (colour, codes) = scene.judge(false);
        // Held to the letter, the departures may be found first.
        let (strictly, _) = scene.judge(true);
        if (colour, strictly) != (Colour::Red, Colour::Red) || !codes.contains(&danger.code) {
            let (danger, untidy) = (danger.name, untidy.name);
            wrong.push(format!("{danger} of {untidy}: {colour:?} {codes:?}, strictly {strictly:?}"));
        }
    }
    println!("{} dangers of {} authorities, each refused", dangers.len(), untidy.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_leaves_something_open_is_never_green_from_an_untidy_authority() {
    let doubts = [
        signer("no purpose named", "deviation-extended-key-usage-missing", |t| {
            t.without_extension(ids::EXTENDED_KEY_USAGE)
        }),
        signer("no key usage", "deviation-key-usage-missing", |t| t.without_extension(ids::KEY_USAGE)),
    ];
    for (doubt, untidy) in
        doubts.iter().flat_map(|doubt| untidy::all().into_iter().map(move |of| (doubt, of)))
    {
        let scene = (doubt.scene)(&untidy);
        let (colour, codes) = scene.judge(false);
        let open = colour == Colour::Amber && codes.contains(&doubt.code);
        assert!(open, "{} of {}: {colour:?} {codes:?}", doubt.name, untidy.name);
        assert_eq!(scene.judge(true).0, Colour::Red, "{} of {}", doubt.name, untidy.name);
    }
}

#[test]
fn whatever_can_be_forged_in_a_licence_is_refused_under_an_untidy_authority_too() {
    let mut wrong = Vec::new();
    for untidy in untidy::all() {
        let issuer = untidy.issuer();
        let (trust, forged) = (issuer.trust(), hostile::forged_from(&issuer));
        // What is refused under `strict` alone departs from the standard and is no forgery.
        for file in forged.iter().filter(|file| !file.expect.given.strict) {
            let expect = &file.expect;
            let (verdict, code, _) =
                hostile::run_trusting(&trust, &file.payload, expect.at, expect.clock_floor);
            if verdict != expect.verdict || code != expect.code.as_deref() {
                wrong.push(format!("{} of {}: {verdict:?} {code:?}", file.rule, untidy.name));
            }
        }
        assert!(forged.len() > 80, "{} files", forged.len());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
