//! Tells the bytes that only a demo build of the site may hold, a line each: a name, and the bytes in hexadecimal.
//!
//! `cargo xtask test --only bytes` looks for them in both builds.

use authority::demo::{DemoAuthority, SEED};
use liangzheng_authority as authority;
use x509::Certificate;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let demo = DemoAuthority::new();
    let anchor = demo.anchor_certificate()?;
    let key = Certificate::decode(&anchor)?.public_key().to_sec1().ok_or("no point")?;
    // Every private key is derived from this text: whoever holds it holds them.
    line("seed-text", SEED.as_bytes());
    line("anchor-certificate", &anchor);
    line("anchor-public-key", &key);
    let readers = demo.reader_authority_certificate();
    let key = Certificate::decode(readers)?.public_key().to_sec1().ok_or("no point")?;
    line("reader-authority-certificate", readers);
    line("reader-authority-public-key", &key);
    let desks = demo.desk_authority_certificate();
    let key = Certificate::decode(desks)?.public_key().to_sec1().ok_or("no point")?;
    line("desk-authority-certificate", desks);
    line("desk-authority-public-key", &key);
    for person in demo.people() {
        if let Some(portrait) = demo.small_portrait(person.id) {
            line(&format!("portrait-{}", person.id), portrait);
        }
    }
    Ok(())
}

fn line(name: &str, bytes: &[u8]) {
    let digits = base16ct::lower::encode_string(bytes);
    println!("{name} {digits}");
}
