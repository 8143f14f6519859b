//! Days and moments in words, by the browser's own `Intl`, in the language that is shown.
//!
//! Days are those of Asia/Shanghai, wherever the device is.

use cbor::{Date, Timestamp};
use js_sys::{Array, Date as JsDate, Function, Intl, Object, Reflect};
use licence::{SHANGHAI_OFFSET_SECONDS, shanghai_day};
use wasm_bindgen::{JsCast, JsValue};

use crate::ui::i18n::{self, Language};

const ZONE: &str = "Asia/Shanghai";

/// The moment now, in whole seconds.
pub(crate) fn now() -> Timestamp {
    of_ms(crate::browser::host::now_ms())
}

/// A moment of the page's clock, in whole seconds.
#[allow(clippy::cast_possible_truncation, reason = "a float of milliseconds fits by far, and saturates")]
pub(crate) fn of_ms(milliseconds: f64) -> Timestamp {
    Timestamp::from_unix((milliseconds / 1000.0).floor() as i64)
}

/// A day in full: 2026年11月22日, 22 November 2026.
pub(crate) fn day(date: Date) -> String {
    let options = [("year", "numeric"), ("month", "long"), ("day", "numeric")];
    write(date.start_at(0), "UTC", &options)
}

/// A day and month without the year: 11月22日, 22 November.
pub(crate) fn short_day(date: Date) -> String {
    write(date.start_at(0), "UTC", &[("month", "long"), ("day", "numeric")])
}

/// A moment with its day, to the minute.
pub(crate) fn moment(at: Timestamp) -> String {
    let options = [
        ("year", "numeric"),
        ("month", "long"),
        ("day", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("hourCycle", "h23"),
    ];
    write(at, ZONE, &options)
}

/// The time of a moment, to the minute: 09:12.
pub(crate) fn time(at: Timestamp) -> String {
    write(at, ZONE, &[("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")])
}

/// A moment as people say it: today 09:12, yesterday 18:20, else with its day.
pub(crate) fn recently(at: Timestamp, now: Timestamp) -> String {
    let (then, today) = (shanghai_day(at), shanghai_day(now));
    let clock = time(at);
    let args = [("time", clock.as_str())];
    match today.days() - then.days() {
        0 => i18n::fill("when.today", &args),
        1 => i18n::fill("when.yesterday", &args),
        _ => moment(at),
    }
}

/// A day as the licence prints it, in any language: 2026-11-22.
pub(crate) fn printed_day(date: Date) -> String {
    date.to_string()
}

/// A moment as the licence prints it, in any language: 2026-11-22 16:48:07, in Shanghai.
pub(crate) fn printed_moment(at: Timestamp) -> String {
    let seconds = at.plus_seconds(i64::from(SHANGHAI_OFFSET_SECONDS)).unix().rem_euclid(86_400);
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{} {hours:02}:{minutes:02}:{:02}", shanghai_day(at), seconds % 60)
}

/// A list in words: a、b和c; a, b and c.
pub(crate) fn list(parts: &[String]) -> String {
    strings::list(parts, i18n::language())
}

/// A number with most of it hidden: 9901 •••• •••• ••2X.
pub(crate) fn masked(number: &str) -> String {
    let characters: Vec<char> = number.chars().collect();
    let hidden = characters.len().saturating_sub(6);
    let shown = |index: usize| index < 4 || index >= 4 + hidden;
    let all: Vec<char> =
        characters.iter().enumerate().map(|(index, c)| if shown(index) { *c } else { '•' }).collect();
    all.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// A number in full, in groups of four.
pub(crate) fn grouped(number: &str) -> String {
    number.chars().collect::<Vec<_>>().chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// A country by its two letters of ISO 3166-1, named in the language that is shown and in the other one: Germany 德国.
/// `None` for letters that the browser has no name for.
pub(crate) fn country(code: &str) -> Option<String> {
    let (one, other) = match i18n::language() {
        Language::Chinese => ("zh-CN", "en"),
        Language::English => ("en", "zh-CN"),
    };
    Some(format!("{} {}", region(one, code)?, region(other, code)?))
}

/// The name of a region by `Intl.DisplayNames`, whose tables the browser has anyway.
fn region(language: &str, code: &str) -> Option<String> {
    let options = Object::new();
    for (name, value) in [("type", "region"), ("fallback", "none")] {
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor = Reflect::get(&intl, &"DisplayNames".into()).ok()?.dyn_into::<Function>().ok()?;
    let names = Reflect::construct(&constructor, &Array::of2(&language.into(), &options)).ok()?;
    let of = Reflect::get(&names, &"of".into()).ok()?.dyn_into::<Function>().ok()?;
    of.call1(&names, &code.into()).ok()?.as_string()
}

/// The tag of the language for `Intl`: English dates as 22 November 2026.
fn tag() -> &'static str {
    match i18n::language() {
        Language::Chinese => "zh-CN",
        Language::English => "en-GB",
    }
}

#[allow(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
fn write(at: Timestamp, zone: &str, parts: &[(&str, &str)]) -> String {
    let options = Object::new();
    let _ = Reflect::set(&options, &"timeZone".into(), &zone.into());
    for (name, value) in parts {
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    let format = Intl::DateTimeFormat::new(&Array::of1(&tag().into()), &options);
    let date = JsDate::new(&JsValue::from_f64(at.unix() as f64 * 1000.0));
    format.format().call1(&JsValue::UNDEFINED, &date).ok().and_then(|t| t.as_string()).unwrap_or_default()
}
