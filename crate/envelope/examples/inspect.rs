//! Shows what the payload of a QR code says about its time and audience. Nothing is verified.
//!
//! ```text
//! cargo run -p liangzheng-envelope --example inspect -- tests/vectors/valid/presentation.bin
//! ```

use liangzheng_envelope::{Envelope, Info};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let payload = match std::env::args().nth(1) {
        Some(file) => std::fs::read(file)?,
        None => made()?,
    };
    let envelope = Envelope::decode(&payload)?;
    let info = envelope.info();
    println!("signed at   {}", info.iat.format_tdate());
    println!("valid until {}", info.exp.format_tdate());
    println!("audience    {}", info.aud.as_deref().unwrap_or("anybody"));
    println!("purpose     {}", info.purpose.as_deref().unwrap_or("not said (version 1)"));
    println!("DeviceResponse of {} bytes", envelope.device_response().len());
    Ok(())
}

/// A payload with an empty DeviceResponse, for want of a file.
fn made() -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let iat = cbor::Timestamp::from_unix(1_795_348_800);
    let info = Info { iat, exp: iat.plus_seconds(60), nonce: [7; 16], aud: None, purpose: None };
    Ok(Envelope::new(info, vec![0xa0])?.encode()?)
}
