//! WebCrypto's ECDSA, in pages and workers.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::SubtleCrypto;

/// The browser's WebCrypto; `None` outside of a secure context, where `crypto.subtle` is undefined whatever its type says.
pub(crate) fn subtle() -> Option<SubtleCrypto> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
    Reflect::get(&crypto, &"subtle".into()).ok()?.dyn_into().ok()
}

/// `{name: "ECDSA", [parameter]: value}`: of keys the parameter is `namedCurve`, of signatures `hash`.
pub(crate) fn ecdsa(parameter: &str, value: &str) -> Object {
    let algorithm = Object::new();
    let _ = Reflect::set(&algorithm, &"name".into(), &"ECDSA".into());
    let _ = Reflect::set(&algorithm, &parameter.into(), &value.into());
    algorithm
}
