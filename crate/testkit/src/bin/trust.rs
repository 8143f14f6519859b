//! Writes trust lists, certificates and a presentation for the tests of the verifier's page.
//!
//! ```text
//! trust --now SECONDS --out FOLDER [--also CERTIFICATE.der]
//! ```

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use cbor::{Timestamp, Value};
use lexopt::{Arg, ValueExt as _};
use liangzheng_testkit::holder::TestHolder;
use liangzheng_testkit::issuer::{TestIssuer, TestIssuerOptions};
use liangzheng_testkit::sample::{ROADSIDE, licence_elements};
use liangzheng_testkit::vical::TestVicalProvider;
use x509::Certificate;
use x509::hazmat::CrlTemplate;

const USAGE: &str = "trust --now SECONDS --out FOLDER [--also CERTIFICATE.der]";
const DAY: i64 = 86_400;

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("trust: {error}");
            ExitCode::FAILURE
        }
    }
}

struct Options {
    now: Timestamp,
    out: PathBuf,
    also: Option<PathBuf>,
}

fn options() -> Result<Options, Box<dyn Error>> {
    let (mut now, mut out, mut also) = (None, None, None);
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Long("now") => now = Some(Timestamp::from_unix(arguments.value()?.parse()?)),
            Arg::Long("out") => out = Some(PathBuf::from(arguments.value()?)),
            Arg::Long("also") => also = Some(PathBuf::from(arguments.value()?)),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Options { now: now.ok_or(USAGE)?, out: out.ok_or(USAGE)?, also })
}

fn run(options: &Options) -> Result<serde_json::Value, Box<dyn Error>> {
    let now = options.now;
    let write = |name: &str, bytes: &[u8]| std::fs::write(options.out.join(name), bytes);

    let issuer = TestIssuer::default();
    let other =
        TestIssuerOptions { seed: "other".into(), iaca_name: "Other IACA".into(), ..Default::default() };
    let other = TestIssuer::new(&other);
    let (provider, stranger) = (TestVicalProvider::new("Test lists"), TestVicalProvider::new("A stranger"));
    let both = [issuer.iaca(), other.iaca()];
    let list = |days: i64, number: u64, iacas: &[&Certificate]| {
        provider.list("Test lists", now.plus_seconds(-days * DAY), number, iacas)
    };
    write("current.vical", &list(1, 5, &both))?;
    write("newer.vical", &list(0, 6, &[issuer.iaca()]))?;
    write("older.vical", &list(2, 4, &both))?;
    write("stranger.vical", &stranger.list("Test lists", now, 9, &both))?;
    let late = TestVicalProvider::new("Late lists");
    write("late.vical", &late.list("Late lists", now.plus_seconds(-60 * DAY), 1, &[issuer.iaca()]))?;
    let ahead = TestVicalProvider::new("Early lists");
    write("ahead.vical", &ahead.list("Early lists", now.plus_seconds(DAY), 1, &[issuer.iaca()]))?;
    write("false-aamva.vical", &stranger.list("AAMVA", now, 999_999, &both))?;
    let mut forged = list(0, 7, &both);
    if let Some(last) = forged.last_mut() {
        *last ^= 1;
    }
    write("forged.vical", &forged)?;
    write("iaca.der", issuer.iaca().as_der())?;
    write("ds.der", issuer.ds_der())?;
    // the default DS certificate, revoked: by an earlier list, by one that is out of date, by another authority
    let crl = |of: &TestIssuer, number: u64, days: i64| {
        let made = now.plus_seconds(-days * DAY);
        CrlTemplate::new(of.iaca(), number, made, made.plus_seconds(7 * DAY))
    };
    let sign = |template: &CrlTemplate, by: &TestIssuer| template.sign(by.iaca_key());
    write("clear.crl", &sign(&crl(&issuer, 6, 2), &issuer))?;
    write("revoked.crl", &sign(&crl(&issuer, 7, 1).revoke(issuer.ds(), now.plus_seconds(-DAY)), &issuer))?;
    write("late.crl", &sign(&crl(&issuer, 5, 30), &issuer))?;
    write("ahead.crl", &sign(&crl(&issuer, 8, -1), &issuer))?;
    write("forged.crl", &sign(&crl(&issuer, 9, 0), &other))?;
    write("stranger.crl", &sign(&crl(&other, 1, 0), &other))?;
    if let Some(file) = &options.also {
        let also = Certificate::decode(&std::fs::read(file)?)?;
        let demo = TestVicalProvider::new("Borrowed lists");
        write("borrowed.vical", &demo.list("Borrowed lists", now, 1, &[&also]))?;
    }

    // the facts of this moment, so that no status is too old
    let elements =
        licence_elements().into_iter().map(|(namespace, identifier, value)| match (identifier, value) {
            ("status_letters" | "points", Value::Map(pairs)) => {
                let fresh = |(key, value): (Value, Value)| match key.as_text() {
                    Some("as_of") => (key, Value::tdate(now)),
                    _ => (key, value),
                };
                (namespace, identifier, Value::Map(pairs.into_iter().map(fresh).collect()))
            }
            (_, value) => (namespace, identifier, value),
        });
    let holder = TestHolder::with_elements(&issuer, now, elements.collect());
    for (name, later) in [("shown", 0), ("shown-again", 4), ("shown-once-more", 8)] {
        write(name, holder.present(ROADSIDE, now.plus_seconds(later), name).payload())?;
    }
    let hex = |bytes: [u8; 32]| base16ct::upper::encode_string(&bytes);
    Ok(serde_json::json!({
        "root": hex(provider.root().fingerprint()),
        "iaca": hex(issuer.iaca().fingerprint()),
    }))
}
