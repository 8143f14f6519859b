//! Judges the payload of a QR code for a roadside check.
//!
//! ```text
//! cargo run -p liangzheng-verdict --example verify -- \
//!     tests/vectors/valid/presentation.bin tests/vectors/trust/test-authority.der 1795348800
//! ```

use liangzheng_verdict::{
    Anchor, Certificate, Purpose, RustCrypto, Terms, Timestamp, TrustAnchors, VerifierContext, shanghai_day,
    verify_one_way,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(payload), Some(iaca), Some(seconds)) = (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("usage: verify PAYLOAD IACA.der UNIX_SECONDS".into());
    };
    let now = Timestamp::from_unix(seconds.parse()?);
    let mut trust = TrustAnchors::new();
    trust.add(Anchor::iaca(
        Certificate::decode(&std::fs::read(iaca)?)?,
        "Authority",
        "my list",
        &RustCrypto,
    )?);
    let terms = Terms::default_for(Purpose::Roadside, shanghai_day(now));
    let verdict = verify_one_way(&std::fs::read(payload)?, &VerifierContext::new(now, &trust, &terms));
    println!("{:?}: {}", verdict.colour, verdict.headline.code);
    for layer in &verdict.layers {
        println!("  {:?}: {:?}", layer.id, layer.state);
        layer.checks.iter().for_each(|check| println!("    {:?} {}", check.state, check.code));
    }
    Ok(())
}
