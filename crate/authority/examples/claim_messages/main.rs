//! Vectors of a claim's messages, and a desk that opens what another program sealed.
//!
//! ```text
//! cargo run -p liangzheng-authority --example claim_messages -- vectors > docs/claim-messages.json
//! cargo run -p liangzheng-authority --example claim_messages -- open < message.json
//! cargo run -p liangzheng-authority --example claim_messages -- offer own 1795348800 > desk.hex
//! cargo run -p liangzheng-authority --example claim_messages -- answer issued 1795348800 < application.hex
//! ```
//! `offer` and `answer` are a desk for the tests of the wallet, at a time in Unix seconds; payloads are hexadecimal.
//! `open` reads `{"key", "enc", "info", "ct"}` in hexadecimal and prints `{"plaintext"}`, or `{"code"}` of the refusal.

mod desk;
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
        Some("offer") => println!("{}", hex(&desk::offer(&argument(2)?, now()?)?)),
        Some("answer") => println!("{}", hex(&desk::answer(&argument(2)?, &payload()?, now()?)?)),
        _ => return Err("usage: claim_messages vectors | open | offer WHICH NOW | answer OUTCOME NOW".into()),
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

fn argument(place: usize) -> Result<String, Failure> {
    std::env::args().nth(place).ok_or_else(|| "an argument is missing".into())
}

fn now() -> Result<cbor::Timestamp, Failure> {
    Ok(cbor::Timestamp::from_unix(argument(3)?.parse()?))
}

/// The payload on the standard input.
fn payload() -> Result<Vec<u8>, Failure> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    Ok(base16ct::lower::decode_vec(text.trim())?)
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
