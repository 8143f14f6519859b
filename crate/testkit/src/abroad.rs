//! Documents of other countries and of other kinds, of people who do not exist.

use cbor::{Date, Timestamp, Value};

use crate::random::TestRandom;
use crate::sample::{DOC_TYPE, ISO, jpeg};

/// The namespace of licences of the United States and Canada.
pub const AAMVA: &str = "org.iso.18013.5.1.aamva";
/// The namespace that photo ID shares with other documents of ISO/IEC TS 23220-2.
pub const ISO_23220: &str = "org.iso.23220.1";
/// Document type and namespace of the European PID.
pub const PID: &str = "eu.europa.ec.eudi.pid.1";
/// Document type and namespace of the European age attestation.
pub const EU_AGE: &str = "eu.europa.ec.av.1";
/// Document type and namespace of Aadhaar.
pub const AADHAAR: &str = "in.gov.uidai.aadhaar.1";

/// A document: its type, its elements, and the country of its issuer.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its type.
    pub doc_type: &'static str,
    /// Two letters of ISO 3166-1.
    pub country: &'static str,
    /// Its elements as (namespace, identifier, value).
    pub elements: Vec<(&'static str, &'static str, Value)>,
}

fn day(text: &str) -> Value {
    Value::date(Date::parse(text).expect("a date"))
}

fn picture() -> Value {
    Value::bytes(jpeg(240, 320, 1_500, &mut TestRandom::new("portrait abroad")))
}

/// Returns a line of `driving_privileges`, held from a day, with codes.
pub fn category(code: &str, from: Option<&str>, codes: &[&str]) -> Value {
    let mut line = vec![("vehicle_category_code", Value::text(code))];
    line.extend(from.map(|from| ("issue_date", day(from))));
    if !codes.is_empty() {
        let codes = codes.iter().map(|code| Value::map([("code", Value::text(*code))]));
        line.push(("codes", Value::array(codes)));
    }
    Value::map(line)
}

fn licence(country: &'static str, sign: &str, lines: Vec<Value>) -> Document {
    let elements = vec![
        (ISO, "family_name", Value::text("Mustermann")),
        (ISO, "given_name", Value::text("Erika")),
        (ISO, "birth_date", day("1971-09-01")),
        (ISO, "issue_date", day("2022-06-01")),
        (ISO, "expiry_date", day("2031-12-31")),
        (ISO, "issuing_country", Value::text(country)),
        (ISO, "issuing_authority", Value::text("Test Authority")),
        (ISO, "document_number", Value::text("T22000129")),
        (ISO, "portrait", picture()),
        (ISO, "driving_privileges", Value::array(lines)),
        (ISO, "un_distinguishing_sign", Value::text(sign)),
        (ISO, "age_over_18", Value::Bool(true)),
        (ISO, "age_over_65", Value::Bool(false)),
    ];
    Document { doc_type: DOC_TYPE, country, elements }
}

/// A licence like those of Europe, for cars, mopeds and light lorries, with glasses.
pub fn german() -> Document {
    let from = Some("2010-08-09");
    let lines = vec![category("AM", from, &[]), category("B", from, &["01"]), category("C1", from, &[])];
    licence("DE", "D", lines)
}

/// A licence like those of Korea: names in two scripts, and a category with its own end.
pub fn korean() -> Document {
    let line = Value::map([
        ("vehicle_category_code", Value::text("B")),
        ("issue_date", day("2015-03-02")),
        ("expiry_date", day("2031-12-31")),
    ]);
    let mut document = licence("KR", "ROK", vec![line]);
    document.elements.push((ISO, "family_name_national_character", Value::text("김")));
    document.elements.push((ISO, "given_name_national_character", Value::text("테스트")));
    document
}

/// A licence like those of the United States: class D of a state, with a restriction and an endorsement.
pub fn american() -> Document {
    let described = |kind: &str, code: &str, description: &str| {
        Value::map([
            (format!("domestic_vehicle_{kind}_code"), Value::text(code)),
            (format!("domestic_vehicle_{kind}_description"), Value::text(description)),
        ])
    };
    let class = Value::map([
        ("domestic_vehicle_class_code", Value::text("D")),
        ("domestic_vehicle_class_description", Value::text("Operator")),
        ("issue_date", day("2020-01-01")),
        ("expiry_date", day("2031-12-31")),
    ]);
    let line = Value::map([
        ("domestic_vehicle_class", class),
        ("domestic_vehicle_restrictions", Value::array([described("restriction", "A", "Corrective lenses")])),
        ("domestic_vehicle_endorsements", Value::array([described("endorsement", "M", "Motorcycle")])),
    ]);
    let mut document = licence("US", "USA", vec![category("C", Some("2020-01-01"), &[])]);
    document.elements.push((ISO, "issuing_jurisdiction", Value::text("US-UT")));
    document.elements.push((AAMVA, "domestic_driving_privileges", Value::array([line])));
    document.elements.push((AAMVA, "DHS_compliance", Value::text("F")));
    document
}

/// A photo ID.
pub fn photo_id() -> Document {
    let elements = vec![
        (ISO_23220, "family_name_unicode", Value::text("Mustermann")),
        (ISO_23220, "given_name_unicode", Value::text("Erika")),
        (ISO_23220, "birth_date", Value::map([("birth_date", day("1971-09-01"))])),
        (ISO_23220, "portrait", picture()),
        (ISO_23220, "issue_date", day("2022-06-01")),
        (ISO_23220, "expiry_date", day("2031-12-31")),
        (ISO_23220, "issuing_country", Value::text("DE")),
        (ISO_23220, "age_over_18", Value::Bool(true)),
        ("org.iso.23220.photoid.1", "person_id", Value::text("00000001")),
    ];
    Document { doc_type: "org.iso.23220.photoid.1", country: "DE", elements }
}

/// A photo ID as the reference issuer of the European Union issues it: another type, and no shared namespace.
pub fn eu_photo_id() -> Document {
    const NAMESPACE: &str = "org.iso.23220.photoid.1";
    let elements = vec![
        (NAMESPACE, "family_name", Value::text("Mustermann")),
        (NAMESPACE, "given_name", Value::text("Erika")),
        (NAMESPACE, "birth_date", day("1971-09-01")),
        (NAMESPACE, "portrait", picture()),
        (NAMESPACE, "issuance_date", day("2022-06-01")),
        (NAMESPACE, "expiry_date", day("2031-12-31")),
        (NAMESPACE, "issuing_country", Value::text("DE")),
        (NAMESPACE, "age_over_18", Value::Bool(true)),
    ];
    Document { doc_type: "org.iso.23220.2.photoid.1", country: "DE", elements }
}

/// A European PID, whose end is a time.
pub fn pid() -> Document {
    let end = Timestamp::parse_tdate("2027-01-08T11:35:34Z").expect("a time");
    let elements = vec![
        (PID, "family_name", Value::text("Mustermann")),
        (PID, "given_name", Value::text("Erika")),
        (PID, "birth_date", day("1971-09-01")),
        (PID, "portrait", picture()),
        (PID, "expiry_date", Value::tdate(end)),
        (PID, "issuing_country", Value::text("DE")),
        (PID, "nationality", Value::array([Value::text("DE")])),
    ];
    Document { doc_type: PID, country: "DE", elements }
}

/// Google's ID pass, with elements of ISO/IEC 18013-5.
pub fn id_pass() -> Document {
    let elements = vec![
        (ISO, "family_name", Value::text("Mustermann")),
        (ISO, "given_name", Value::text("Erika")),
        (ISO, "birth_date", day("1971-09-01")),
        (ISO, "portrait", picture()),
        (ISO, "expiry_date", day("2031-12-31")),
        (ISO, "issuing_country", Value::text("US")),
        (ISO, "age_over_21", Value::Bool(true)),
    ];
    Document { doc_type: "com.google.wallet.idcard.1", country: "US", elements }
}

/// The European age attestation.
pub fn eu_age() -> Document {
    let elements =
        vec![(EU_AGE, "age_over_18", Value::Bool(true)), (EU_AGE, "age_over_65", Value::Bool(false))];
    Document { doc_type: EU_AGE, country: "DE", elements }
}

/// Aadhaar, of which only the answer about the age is asked.
pub fn aadhaar() -> Document {
    let elements = vec![
        (AADHAAR, "resident_name", Value::text("Test Resident")),
        (AADHAAR, "age_above18", Value::text("Yes")),
    ];
    Document { doc_type: AADHAAR, country: "IN", elements }
}
