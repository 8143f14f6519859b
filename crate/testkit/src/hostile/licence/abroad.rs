//! Documents of other countries and kinds: accepted, judged by what they say, and never better than that.

use ::licence::Vehicle;
use ::licence::elements::id;
use ::verdict::Purpose;
use cbor::{Timestamp, Value};

use super::facts::{Shown, day};
use crate::abroad::{
    AADHAAR, Document, aadhaar, american, category, eu_age, eu_photo_id, german, id_pass, korean, photo_id,
    pid,
};
use crate::draft::NOW;
use crate::hostile::{Hostile, Threat, Verdict};
use crate::sample::ISO;

/// Six hours later it is the next day in Shanghai, and the same day in the United States.
fn evening() -> Timestamp {
    NOW.plus_seconds(6 * 3600)
}

fn rental(document: Document) -> Shown {
    Shown::abroad(Purpose::Rental, document)
}

fn age(document: Document) -> Shown {
    Shown::abroad(Purpose::AgeOnly, document)
}

fn vehicle(code: &str) -> Vehicle {
    Vehicle::from_code(code).expect("a vehicle")
}

/// Returns Aadhaar with a name, a portrait and a date of birth.
fn resident(born: &'static str, over_18: &'static str) -> Document {
    let mut document = aadhaar();
    document.elements.retain(|(_, id, _)| *id != id::AGE_ABOVE_18);
    let picture = german().elements.into_iter().find(|(_, id, _)| *id == id::PORTRAIT);
    document.elements.extend([
        (AADHAAR, id::AGE_ABOVE_18, Value::text(over_18)),
        (AADHAAR, "dob", Value::text(born)),
        (AADHAAR, "resident_image", picture.expect("a portrait").2),
    ]);
    document
}

/// Returns the German licence with other lines.
fn lines(lines: Vec<Value>) -> Shown {
    rental(german()).set(id::DRIVING_PRIVILEGES, Value::array(lines))
}

/// Returns a licence of the United States with ISO categories only.
fn western() -> Shown {
    let mut document = korean();
    document.country = "US";
    Shown::abroad(Purpose::Roadside, document).set(id::ISSUING_COUNTRY, Value::text("US")).at(evening())
}

/// Returns a suspended Chinese licence of which only ISO elements are shown.
fn withheld(purpose: Purpose) -> Shown {
    let mut shown = Shown::new(purpose).letters("D");
    shown.shown = shown.elements.iter().map(|(namespace, id, _)| (*namespace, *id)).collect();
    shown.shown.retain(|(namespace, _)| *namespace == ISO);
    shown
}

pub(super) fn all() -> Vec<Hostile> {
    let mut all = accepted();
    all.extend(driving());
    all.extend(states());
    all.extend(transport());
    all.extend(identity());
    all.extend(days());
    all.extend(evasions());
    all.extend(times());
    all.push(other_country());
    all
}

/// Times in elements that depart from the standard: read and named, and refused by a strict verification.
fn times() -> Vec<Hostile> {
    let timed = |id: &str, text: &str| {
        let time = Value::Tag(0, Box::new(Value::text(text)));
        Shown::abroad(Purpose::Roadside, german()).set(id, time)
    };
    let end = || timed(id::EXPIRY_DATE, "2031-12-31T00:00:00.000+01:00");
    let born = || timed(id::BIRTH_DATE, "1971-09-01T00:00:00Z");
    let strictly = |rule, description, shown: Shown| {
        let threat = Threat::DocumentConfusion;
        let payload = shown.payload();
        Hostile::refused(rule, threat, "profile", "profile-time", description, payload).strictly()
    };
    vec![
        end()
            .passes("abroad-time-untidy", "An end with a fraction and an offset, which RFC 3339 allows.")
            .also(&["deviation-element-time"]),
        strictly("abroad-time-strictly", "An end with a fraction and an offset, verified strictly.", end()),
        born()
            .passes("abroad-birth-time", "A birth date with a time, which the standard has without.")
            .also(&["deviation-element-time"]),
        strictly("abroad-birth-time-strictly", "A birth date with a time, verified strictly.", born()),
    ]
}

/// A photo ID whose place of issue is not its certificate's, in the namespace that the European Union's reference issuer uses.
fn other_country() -> Hostile {
    let payload =
        Shown::abroad(Purpose::AgeOnly, eu_photo_id()).set(id::ISSUING_COUNTRY, Value::text("FR")).payload();
    Hostile::refused(
        "abroad-eu-photo-id-country",
        Threat::IssuerNamesake,
        "issuer-trusted",
        "issuing-country",
        "A photo ID of another country than its certificate's, in a namespace of its own.",
        payload,
    )
}

fn accepted() -> Vec<Hostile> {
    let from = Some("2018-08-09");
    vec![
        rental(german()).passes("abroad-rental", "A licence of Europe for a rented car.").also(&[
            "category-covers",
            "category-held",
            "restrictions",
            "age-reached",
            "term-covered",
            "licence-current",
            "status-not-published",
            "holder-not-compared",
        ]),
        Shown::abroad(Purpose::Roadside, korean())
            .passes("abroad-roadside", "A licence of Korea at the roadside: nothing Chinese is missing.")
            .also(&["category-until", "status-not-published"]),
        Shown::abroad(Purpose::Roadside, german())
            .any_vehicle()
            .passes("abroad-may-drive", "A licence of Europe, and no vehicle chosen: its categories.")
            .also(&["may-drive-categories", "status-not-published"]),
        Shown::abroad(Purpose::Insurance, german())
            .passes("abroad-insurance", "A licence of Europe for a proposal.")
            .also(&["birth-year", "category-held"]),
        lines(vec![category("B", from, &["78"])])
            .vehicle(vehicle("car-automatic"))
            .passes("abroad-automatic", "Automatic gearboxes only, and that is what is rented.")
            .also(&["automatic-said"]),
        age(pid()).passes("abroad-pid-age", "A European PID proves an age by the date of birth."),
        age(photo_id()).passes("abroad-photo-id-age", "A photo ID proves an age."),
        age(eu_photo_id()).passes(
            "abroad-eu-photo-id-age",
            "A photo ID as the reference issuer of the European Union issues it proves an age.",
        ),
        Shown::abroad(Purpose::None, eu_photo_id())
            .passes("abroad-eu-photo-id", "A photo ID of the type that the European Union uses, where any document was asked for: genuine.")
            .also(&["status-not-published", "licence-current"]),
        age(id_pass()).passes("abroad-id-pass-age", "Who is over 21 is over 18."),
        age(eu_age())
            .passes("abroad-eu-age", "The European age attestation has no portrait: none is missing."),
        age(aadhaar()).passes("abroad-aadhaar", "Aadhaar's answer in words."),
        age(resident("31-01-1990", "Yes"))
            .passes("abroad-aadhaar-born", "Aadhaar with a portrait and a date of birth as text."),
        Shown::abroad(Purpose::None, pid())
            .passes("abroad-pid", "A PID where any document was asked for: genuine.")
            .also(&["status-not-published", "licence-current"]),
    ]
}

fn driving() -> Vec<Hostile> {
    let from = Some("2018-08-09");
    let class =
        |class: Value, rule, verdict, code, description: &str| {
            rental(american())
                .without(id::DRIVING_PRIVILEGES)
                .set(id::DOMESTIC_DRIVING_PRIVILEGES, class)
                .gives(rule, verdict, code, description)
        };
    let ended = Value::map([
        ("domestic_vehicle_class_code", Value::text("D")),
        ("domestic_vehicle_class_description", Value::text("Operator")),
        ("expiry_date", day("2026-11-23")),
    ]);
    vec![
        lines(vec![category("B", from, &["78"])]).gives(
            "abroad-automatic-only",
            Verdict::Fail,
            "automatic-only",
            "Automatic gearboxes only, for a car that is shifted by hand.",
        ),
        lines(vec![category("AM", from, &[])]).gives(
            "abroad-category-not-covered",
            Verdict::Fail,
            "class-not-covered",
            "A moped's category for a car.",
        ),
        Shown::abroad(Purpose::Roadside, german())
            .set(id::DRIVING_PRIVILEGES, Value::array(vec![category("B", Some("2027-01-01"), &[])]))
            .any_vehicle()
            .gives(
                "categories-not-now",
                Verdict::Fail,
                "categories-not-now",
                "No vehicle chosen, and the only category begins next year.",
            ),
        lines(vec![category("C1", from, &[])]).vehicle(vehicle("lorry")).gives(
            "abroad-letters-collide",
            Verdict::Fail,
            "class-not-covered",
            "C1 is a car in China and a light lorry in ISO: the vehicle is a lorry.",
        ),
        lines(vec![category("B", Some("2026-11-23"), &[])]).gives(
            "abroad-category-not-yet",
            Verdict::Fail,
            "class-not-yet",
            "The category begins tomorrow.",
        ),
        rental(korean())
            .set(
                id::DRIVING_PRIVILEGES,
                Value::array([Value::map([
                    ("vehicle_category_code", Value::text("B")),
                    ("issue_date", day("2015-03-02")),
                    ("expiry_date", day("2026-11-23")),
                ])]),
            )
            .gives(
                "abroad-category-ended",
                Verdict::Fail,
                "category-ended",
                "The category ends before the car comes back; the licence does not.",
            ),
        lines(vec![category("B", from, &["96"])]).vehicle(vehicle("car-heavy-trailer")).gives(
            "abroad-category-review",
            Verdict::Undetermined,
            "category-review",
            "Whether B with code 96 is enough depends on the mass of the trailer.",
        ),
        lines(vec![category("B", from, &["61", "01.06"])])
            .gives("abroad-limited-use", Verdict::Undetermined, "limited-use", "By day only.")
            .also(&["restrictions"]),
        lines(vec![category("B", None, &[])]).gives(
            "abroad-held-unknown",
            Verdict::Undetermined,
            "held-unknown",
            "The category has no first day, and a year is required.",
        ),
        lines(vec![category("B", Some("2026-03-01"), &[])]).gives(
            "abroad-held-too-short",
            Verdict::Fail,
            "held-too-short",
            "A category of nine months.",
        ),
        lines(vec![category("K9", from, &[])]).gives(
            "abroad-category-unknown",
            Verdict::Undetermined,
            "class-unreadable",
            "A category that ISO does not have.",
        ),
        rental(german())
            .without(id::DRIVING_PRIVILEGES)
            .gives(
                "abroad-category-not-shown",
                Verdict::Undetermined,
                "class-unreadable",
                "What may be driven is not shown: the profile has it.",
            )
            .also(&["element-missing"]),
        rental(american())
            .gives(
                "abroad-state-class",
                Verdict::Undetermined,
                "state-class",
                "A class of a state: for a person to judge, whatever its ISO category says.",
            )
            .also(&["restrictions", "endorsements"]),
        class(
            Value::array([Value::map([("domestic_vehicle_class", ended)])]),
            "abroad-state-class-ended",
            Verdict::Fail,
            "state-class-ended",
            "The class of the state ends before the car comes back.",
        ),
        class(
            Value::array([]),
            "abroad-state-class-none",
            Verdict::Fail,
            "state-class-none",
            "A card of a state that allows no vehicle.",
        ),
    ]
}

/// Classes of a state, and what the verifier knows of them.
fn states() -> Vec<Hostile> {
    const SAID: [&str; 2] = ["restrictions", "endorsements"];
    let iso_only = |code| {
        let line = category(code, Some("2020-01-01"), &[]);
        rental(american())
            .set(id::DRIVING_PRIVILEGES, Value::array([line]))
            .without(id::DOMESTIC_DRIVING_PRIVILEGES)
    };
    vec![
        rental(american())
            .knowing("US-UT:D=car")
            .passes("abroad-state-class-known", "The verifier knows that this class of this state covers a car.")
            .also(&["state-class-covers", "category-held", SAID[0], SAID[1]]),
        rental(american())
            .knowing("US-NY:D=car")
            .gives(
                "abroad-state-class-other-state",
                Verdict::Undetermined,
                "state-class",
                "The same letter, known of another state only.",
            )
            .also(&SAID),
        rental(american())
            .knowing("US-UT:D=car")
            .vehicle(vehicle("motorcycle"))
            .gives(
                "abroad-state-class-other-vehicle",
                Verdict::Undetermined,
                "state-class",
                "The class is known to cover a car, and the vehicle is a motorcycle.",
            )
            .also(&SAID),
        rental(american())
            .knowing("US-UT:D=car")
            .without(id::ISSUING_JURISDICTION)
            .gives(
                "abroad-state-class-no-state",
                Verdict::Undetermined,
                "state-class",
                "Neither the licence nor its certificate says which state it is.",
            )
            .also(&SAID),
        iso_only("C").knowing("US-UT:C=car").gives(
            "abroad-state-class-of-iso",
            Verdict::Undetermined,
            "state-class",
            "Class C of the state is known to cover a car; the C that is shown is an ISO category, a lorry's.",
        ),
        iso_only("B")
            .iso_state("US-UT")
            .passes("abroad-state-iso", "The verifier takes the ISO categories of this state.")
            .also(&["category-covers", "category-held"]),
        iso_only("C").iso_state("US-UT").gives(
            "abroad-state-iso-not-covered",
            Verdict::Fail,
            "class-not-covered",
            "The verifier takes the ISO categories of this state, and C alone is no car's.",
        ),
        rental(german()).status_needed().gives(
            "abroad-status-needed",
            Verdict::Undetermined,
            "status-needed",
            "The issuer publishes no status, and the verifier needs one.",
        ),
    ]
}

/// Goods and passenger transport by a licence of another country.
fn transport() -> Vec<Hostile> {
    let lorry = |code: Value| {
        let line = Value::map([
            ("vehicle_category_code", Value::text("C")),
            ("issue_date", day("2018-08-09")),
            ("codes", Value::array([code])),
        ]);
        Shown::abroad(Purpose::Freight, german()).set(id::DRIVING_PRIVILEGES, Value::array([line]))
    };
    let code = |value: &str| Value::map([("code", Value::text("95")), ("value", Value::text(value))]);
    vec![
        lorry(code("2028-03-31"))
            .passes("abroad-freight-competence", "A lorry, with code 95 and its last day.")
            .also(&["professional-competence", "professional-certificate"]),
        lorry(code("01.03.2024"))
            .passes("abroad-freight-competence-ended", "Code 95 has ended; a card of its own may say more.")
            .also(&["professional-competence-ended", "professional-certificate"]),
        lorry(Value::map([("code", Value::text("95"))]))
            .passes("abroad-freight-competence-undated", "Code 95 without a day.")
            .also(&["professional-competence-undated", "professional-certificate"]),
    ]
}

fn identity() -> Vec<Hostile> {
    vec![
        rental(pid()).gives(
            "abroad-pid-rental",
            Verdict::Fail,
            "genuine-not-licence",
            "A genuine PID for a rented car.",
        ),
        Shown::abroad(Purpose::Roadside, eu_age()).gives(
            "abroad-eu-age-roadside",
            Verdict::Fail,
            "genuine-not-licence",
            "A genuine proof of age at the roadside.",
        ),
        age(aadhaar()).set(id::AGE_ABOVE_18, Value::text("No")).gives(
            "abroad-aadhaar-below",
            Verdict::Fail,
            "age-below",
            "Aadhaar's answer is no.",
        ),
        age(aadhaar())
            .set(id::AGE_ABOVE_18, Value::text("yes"))
            .gives(
                "abroad-aadhaar-malformed",
                Verdict::Undetermined,
                "age-unknown",
                "An answer in other words.",
            )
            .also(&["element-malformed"]),
        age(german()).set(id::AGE_OVER_18, Value::Bool(false)).gives(
            "abroad-age-disputed",
            Verdict::Undetermined,
            "age-disputed",
            "Born in 1971 and not over 18.",
        ),
        age(resident("31-01-2012", "Yes"))
            .gives(
                "abroad-aadhaar-disputed",
                Verdict::Fail,
                "age-below",
                "Born in 2012, and the answer about 18 is yes: the worse counts.",
            )
            .also(&["age-disputed"]),
        age(german())
            .set(id::BIRTH_DATE, day("2012-09-01"))
            .gives(
                "abroad-age-below-disputed",
                Verdict::Fail,
                "age-below",
                "Born in 2012 and over 18: the worse counts, and the other is named.",
            )
            .also(&["age-disputed"]),
        age(german()).set(id::PORTRAIT, Value::bytes(*b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 ")).gives(
            "portrait-jpeg-2000",
            Verdict::Undetermined,
            "portrait-not-drawn",
            "A kind of picture that the standard allows and browsers cannot draw.",
        ),
    ]
}

fn days() -> Vec<Hostile> {
    vec![
        western()
            .set(id::EXPIRY_DATE, day("2026-11-22"))
            .passes("abroad-expires-today", "The last day is over in Shanghai, and not where it was issued.")
            .also(&["licence-expires-today"]),
        western().set(id::EXPIRY_DATE, day("2026-11-21")).gives(
            "abroad-expired",
            Verdict::Fail,
            "licence-expired",
            "The last day is over everywhere.",
        ),
        western().set(id::ISSUE_DATE, day("2026-11-23")).gives(
            "abroad-begins-today",
            Verdict::Undetermined,
            "licence-begins-today",
            "The first day has begun in Shanghai, and not where it was issued.",
        ),
        Shown { terms: age(german()).terms, ..western() }
            .without(id::AGE_OVER_18)
            .set(id::BIRTH_DATE, day("2008-11-23"))
            .gives(
                "abroad-birthday-today",
                Verdict::Undetermined,
                "day-undecided",
                "18 today in Shanghai, and not yet where it was issued.",
            ),
    ]
}

fn evasions() -> Vec<Hostile> {
    vec![
        withheld(Purpose::None).gives(
            "withheld",
            Verdict::Undetermined,
            "status-withheld",
            "A suspended Chinese licence that shows ISO elements only.",
        ),
        withheld(Purpose::AgeOnly).gives(
            "withheld-age-only",
            Verdict::Undetermined,
            "status-withheld",
            "The same for an age: it is never green.",
        ),
        withheld(Purpose::Rental)
            .gives("withheld-rental", Verdict::Undetermined, "status-withheld", "The same for a rented car.")
            .also(&["status-missing", "class-unreadable", "element-missing"]),
        Shown::roadside()
            .set(id::DRIVING_PRIVILEGES, Value::array([category("CE", Some("2021-05-10"), &[])]))
            .showing(id::DRIVING_PRIVILEGES)
            .gives(
                "elements-contradict",
                Verdict::Undetermined,
                "elements-contradict",
                "A car's class, and the category of a lorry with a trailer.",
            ),
    ]
}
