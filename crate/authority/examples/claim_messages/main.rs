//! Vectors of a claim's messages, and a desk that opens what another program sealed.
//!
//! ```text
//! cargo run -p liangzheng-authority --example claim_messages -- vectors > docs/claim-messages.json
//! cargo run -p liangzheng-authority --example claim_messages -- open < message.json
//! ```
//! `open` reads `{"key", "enc", "info", "ct"}` in hexadecimal and prints `{"plaintext"}`, or `{"code"}` of the refusal.

mod vectors;

use std::io::Read as _;

use liangzheng_authority as authority;

use authority::post::AgreementSecret;
use envelope::sealed::Hpke;
use serde_json::{Value, json};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    match std::env::args().nth(1).as_deref() {
        Some("vectors") => println!("{:#}", vectors::vectors()?),
        Some("open") => println!("{}", open()?),
        _ => return Err("usage: claim_messages vectors | open".into()),
    }
    Ok(())
}

fn open() -> Result<Value, Failure> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let message: Value = serde_json::from_str(&text)?;
    let part = |name: &str| -> Result<Vec<u8>, Failure> {
        let digits = message.get(name).and_then(Value::as_str).ok_or("a part is missing")?;
        Ok(base16ct::lower::decode_vec(digits)?)
    };
    let scalar: [u8; 32] = part("key")?.try_into().map_err(|_| "a key has 32 bytes")?;
    let key = AgreementSecret::from_scalar(&scalar)?;
    let info = part("info")?;
    let opened = Hpke::from_parts(&part("enc")?, &part("ct")?)
        .and_then(|sealed| sealed.pending(key.public(), info).open(&key));
    Ok(match opened {
        Ok(plaintext) => json!({ "plaintext": base16ct::lower::encode_string(&plaintext) }),
        Err(error) => json!({ "code": error.code() }),
    })
}
