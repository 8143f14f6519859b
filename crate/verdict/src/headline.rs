//! The headline of a verdict, and the sentence below it.

use cbor::Timestamp;
use mdoc::status_list::Status;

use crate::catalogue;
use crate::check::{Check, State};
use crate::codes::LayerId;
use crate::message::{Arg, Message};
use crate::policy::letters_agree;
use crate::purpose::{Purpose, Terms};
use crate::verdict::Layer;
use licence::calendar::shanghai_day;
use licence::elements::LicenceFields;

/// The sentence for a failed proof or a code that is not fresh, by its code.
pub(crate) fn of_code(code: &str) -> &'static str {
    match code {
        "issuer-unknown" | "issuer-doc-type" => "headline.issuer-unknown",
        "trust-list-old" | "trust-list-signer-expired" => "headline.trust-list-old",
        "trust-list-ahead" => "headline.clock",
        "digest-mismatch" | "digest-missing" | "duplicate-element" | "issuer-signature" => "headline.altered",
        "device-signature" | "device-mac" | "device-mac-unexpected" | "device-elements" | "device-key" => {
            "headline.not-its-holder"
        }
        "signature-not-checked" => "headline.signature-not-checked",
        "stale" => "headline.old-code",
        "answer-other-request" | "answer-decryption" | "answer-query" | "answer-late" | "answer-seen" => {
            "headline.other-answer"
        }
        "audience" => "headline.audience",
        "mso-expired" => "headline.copy-expired",
        "mso-not-yet" => "headline.copy-not-yet",
        "clock-ahead" | "clock-floor" => "headline.clock",
        "freshness-unproven" => "headline.freshness-unproven",
        "device-unchecked" => "headline.device-unchecked",
        "size" => "headline.not-a-licence",
        "chain" | "mso-signed-outside-ds" | "issuing-country" | "issuing-jurisdiction" => {
            "headline.issuer-invalid"
        }
        code if code.starts_with("envelope-") => "headline.not-a-licence",
        code if ["cert", "ds-", "iaca-", "x509", "chain"].iter().any(|part| code.starts_with(part)) => {
            "headline.issuer-invalid"
        }
        _ => "headline.malformed",
    }
}

/// The sentence of a judged licence and the one below it: the first row that fails, else the
/// first that leaves a doubt, else what the purpose says.
pub(crate) fn of(
    layers: &[Layer; 5],
    fields: Option<&LicenceFields>,
    terms: &Terms,
) -> (Message, Option<Message>) {
    for state in [State::Fail, State::Undetermined] {
        let Some(layer) = layers.iter().find(|layer| layer.state == state) else {
            continue;
        };
        let Some(check) = layer.checks.iter().find(|check| check.state == state) else {
            continue;
        };
        return match state {
            State::Fail => (refusal(layer.id, check, fields, terms), None),
            _ => doubt(layer, check, fields, terms),
        };
    }
    (passed(layers, terms), restriction(layers))
}

fn date_of(moment: Timestamp) -> Arg {
    Arg::Date(shanghai_day(moment))
}

fn refusal(id: LayerId, check: &Check, fields: Option<&LicenceFields>, terms: &Terms) -> Message {
    match (id, check.code.as_ref()) {
        (LayerId::Validity, "licence-expired") => with_args_of(check, "headline.expired"),
        (LayerId::Validity, "licence-not-yet") => with_args_of(check, "headline.not-yet"),
        (LayerId::Status, _) => status(check, fields),
        (LayerId::Policy, code) => policy(code, check, terms),
        (_, code) => Message::plain(of_code(code)),
    }
}

/// The licence's letter in a sentence: of several, the first of the worst group. Where a list refuses and the letters
/// do not tell why, the list's own sentence.
fn status(check: &Check, fields: Option<&LicenceFields>) -> Message {
    let signed = fields.and_then(|fields| fields.status.as_ref());
    let tells = |listed| signed.is_some_and(|signed| letters_agree(listed, signed));
    let date = || match check.message.arg("moment") {
        Some(Arg::Moment(moment)) => Some(("date", date_of(*moment))),
        _ => None,
    };
    match check.code.as_ref() {
        "status-list-suspended" if !tells(Status::Suspended) => {
            return Message::new("headline.status.listed-suspended", date());
        }
        "status-list-invalid" if !tells(Status::Invalid) => {
            return Message::new("headline.status.listed-invalid", date());
        }
        _ => {}
    }
    let letter = fields.and_then(|fields| fields.status.as_ref()?.letters.worst());
    let key = letter.map(|letter| format!("headline.status.{}", letter.sign()));
    match key.and_then(|key| catalogue::sentence(&key)) {
        Some((key, args)) if args.iter().all(|name| check.message.arg(name).is_some()) => {
            with_args_of(check, key)
        }
        _ => Message::plain("headline.status.other"),
    }
}

fn policy(code: &str, check: &Check, terms: &Terms) -> Message {
    let purpose = terms.purpose.code();
    match catalogue::sentence(&format!("headline.{purpose}.{code}")) {
        Some((key, _)) => with_args_of(check, key),
        None => match terms.purpose {
            Purpose::Roadside => {
                Message::new("headline.roadside.refused", [("vehicle", Arg::Class(terms.vehicle))])
            }
            Purpose::Rental => Message::plain("headline.rental.refused"),
            Purpose::Insurance => Message::plain("headline.insurance.refused"),
            // What asks for nothing refuses nothing.
            Purpose::AgeOnly | Purpose::None => Message::plain("headline.age-only.refused"),
        },
    }
}

/// A headline with those arguments of the check's reason that it has a place for.
fn with_args_of(check: &Check, key: &'static str) -> Message {
    let wanted = catalogue::sentence(key).map(|(_, args)| *args).unwrap_or_default();
    let args = wanted.iter().filter_map(|name| Some((*name, check.message.arg(name)?.clone())));
    Message::new(key, args.collect::<Vec<_>>())
}

fn doubt(
    layer: &Layer,
    check: &Check,
    fields: Option<&LicenceFields>,
    terms: &Terms,
) -> (Message, Option<Message>) {
    let age = ("age", Arg::Number(terms.age_at_least.into()));
    let headline = match (layer.id, check.code.as_ref()) {
        (LayerId::Presenter, "seen") if check.message.arg("seconds") == Some(&Arg::Number(0)) => {
            Message::plain("headline.seen-now")
        }
        (LayerId::Presenter, "seen") => with_args_of(check, "headline.seen"),
        (LayerId::Validity, "clock-floor" | "mso-not-yet") => Message::plain("headline.clock"),
        (LayerId::Validity, _) => Message::plain("headline.validity-unknown"),
        (LayerId::Status, "status-old") => match fields.and_then(|fields| fields.status.as_ref()) {
            Some(status) => Message::new("headline.status-unverified", [("date", date_of(status.as_of))]),
            None => Message::plain("headline.status-unverified-undated"),
        },
        (LayerId::Status, "status-list-old" | "status-list-expired") => match check.message.arg("moment") {
            Some(Arg::Moment(as_of)) => {
                Message::new("headline.status-unverified", [("date", date_of(*as_of))])
            }
            _ => Message::plain("headline.status-unverified-undated"),
        },
        // the list is not at hand: what is known is as of the signed letters
        (LayerId::Status, "status-list-missing" | "status-identifier-list") => {
            match fields.and_then(|fields| fields.status.as_ref()) {
                Some(status) => Message::new("headline.status-unverified", [("date", date_of(status.as_of))]),
                None => Message::plain("headline.status-unverified-undated"),
            }
        }
        (LayerId::Status, "status-unknown") => with_args_of(check, "headline.status-unknown"),
        (LayerId::Status, _) => Message::plain("headline.status-unverified-undated"),
        (LayerId::Policy, code) => match terms.purpose {
            Purpose::Roadside => {
                Message::new("headline.roadside.review", [("vehicle", Arg::Class(terms.vehicle))])
            }
            Purpose::Rental => Message::plain("headline.rental.review"),
            Purpose::Insurance => Message::plain("headline.insurance.review"),
            Purpose::AgeOnly if code.starts_with("portrait-") => {
                Message::new("headline.age-only.no-portrait", [age])
            }
            Purpose::AgeOnly | Purpose::None => Message::new("headline.age-only.review", [age]),
        },
        (_, code) => Message::plain(of_code(code)),
    };
    let tells_all = matches!(check.code.as_ref(), "seen" | "status-old" | "status-list-old");
    (headline, (!tells_all).then(|| check.message.clone()))
}

fn passed(layers: &[Layer; 5], terms: &Terms) -> Message {
    let vehicle = ("vehicle", Arg::Class(terms.vehicle));
    let years = || {
        let mut checks = layers.iter().flat_map(|layer| &layer.checks);
        let held = checks.find(|check| check.code == "held-years");
        let years = held.and_then(|check| check.message.arg("years").cloned());
        ("years", years.unwrap_or(Arg::Number(0)))
    };
    match terms.purpose {
        Purpose::Roadside if terms.trailer => Message::new("headline.roadside.pass-trailer", [vehicle]),
        Purpose::Roadside => Message::new("headline.roadside.pass", [vehicle]),
        Purpose::Rental => Message::new("headline.rental.pass", [vehicle, years()]),
        Purpose::Insurance => Message::new("headline.insurance.pass", [vehicle, years()]),
        Purpose::AgeOnly => {
            Message::new("headline.age-only.pass", [("age", Arg::Number(terms.age_at_least.into()))])
        }
        Purpose::None => Message::plain("headline.none.pass"),
    }
}

/// A restriction that a green verdict must not hide: the novice year.
fn restriction(layers: &[Layer; 5]) -> Option<Message> {
    let mut checks = layers.iter().flat_map(|layer| &layer.checks);
    let novice = checks.find(|check| check.code == "novice")?;
    Some(with_args_of(novice, "subline.novice"))
}
