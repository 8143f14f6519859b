//! Reads CBOR from hexadecimal digits, by both sets of rules.
//!
//! ```text
//! cargo run --example read -- 9f0102ff
//! ```

use liangzheng_cbor::{decode_foreign, decode_own, encode};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let digits = std::env::args().nth(1).unwrap_or_else(|| "9f0102ff".to_owned());
    let bytes = base16ct::mixed::decode_vec(&digits)?;

    let item = decode_foreign(&bytes)?;
    let value = item.to_value();
    println!("received       {:02x?}", item.raw());
    println!("value          {value:?}");
    println!("deterministic  {:02x?}", encode(&value));
    match decode_own(&bytes) {
        Ok(_) => println!("allowed in formats of this project"),
        Err(error) => println!("refused in formats of this project: {}", error.code()),
    }
    Ok(())
}
