//! The arguments of Python as the context of verdicts.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use batch::{CLOCK_FLOOR, Judge, Partner};
use cbor::Timestamp;
use mdoc::status_list::UnverifiedStatusList;
use native::Ring;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use strings::Language;
use verdict::{Case, Policy, Purpose, Terms};

use crate::anchors;
use crate::error::{Failure, WheelCode};

/// The offset of Shanghai, as the command line has it.
const UTC_OFFSET: i32 = 8 * 3600;

/// The content of a file: bytes, or text.
#[derive(FromPyObject)]
pub(crate) enum Data {
    Bytes(PyBackedBytes),
    Text(PyBackedStr),
}

impl Data {
    pub(crate) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Text(text) => text.as_bytes(),
        }
    }
}

/// The contents of one file or of several.
#[derive(FromPyObject)]
pub(crate) enum Files {
    One(Data),
    Many(Vec<Data>),
}

impl Files {
    pub(crate) fn bytes(self) -> Vec<Vec<u8>> {
        match self {
            Self::One(data) => vec![data.as_bytes().to_vec()],
            Self::Many(all) => all.iter().map(|data| data.as_bytes().to_vec()).collect(),
        }
    }
}

/// Returns the time of an argument: a datetime with a zone, or a text by RFC 3339.
pub(crate) fn moment(value: &Bound<'_, PyAny>, language: Language) -> PyResult<Timestamp> {
    let text: String = if value.hasattr("isoformat")? {
        value.call_method0("isoformat")?.extract()?
    } else {
        value.extract()?
    };
    Timestamp::parse_rfc3339(&text)
        .ok_or_else(|| Failure::with(WheelCode::Time, "argument", "now").raised(language))
}

/// The arguments, without objects of Python.
pub(crate) struct Options<'a> {
    pub(crate) trust: Vec<Vec<u8>>,
    pub(crate) status: Vec<Vec<u8>>,
    pub(crate) crl: Vec<Vec<u8>>,
    pub(crate) list_roots: Vec<Vec<u8>>,
    pub(crate) revoked: Vec<String>,
    pub(crate) policy: Option<&'a [u8]>,
    pub(crate) case: Option<&'a [u8]>,
    pub(crate) now: Option<Timestamp>,
    pub(crate) utc_offset: Option<&'a str>,
    pub(crate) audience: Option<String>,
    pub(crate) strict: bool,
}

impl Options<'_> {
    /// Returns the context of verdicts. Fails if an argument is wrong: none is passed over.
    pub(crate) fn judge(self, signatures: Arc<Ring>) -> Result<Judge, Failure> {
        let now = self.now.unwrap_or_else(clock);
        let utc_offset = self.utc_offset.map_or(Ok(UTC_OFFSET), offset)?;
        let partner = self.partner(utc_offset)?;
        let mut trust = anchors::of(&self.trust, &self.list_roots, now, &signatures)?;
        anchors::revoke(&mut trust, &self.crl, &self.revoked, &signatures)?;
        let lists = self.status.iter().map(|token| UnverifiedStatusList::decode(token));
        let lists: Vec<_> = lists.collect::<Result<_, _>>().map_err(|error| Failure::new(error.code()))?;
        let terms = || {
            let terms = Terms::default_for(Purpose::None, now.date_at(utc_offset));
            Terms { utc_offset_seconds: utc_offset, ..terms }
        };
        Ok(Judge {
            now,
            clock_floor: if self.now.is_some() { Timestamp::from_unix(0) } else { CLOCK_FLOOR },
            given_floor: Timestamp::from_unix(0),
            status_lists: trust::status::at_hand(&lists, &trust, now, &*signatures),
            trust,
            audience: self.audience,
            terms: partner.as_ref().map_or_else(terms, |partner| partner.terms(now)),
            partner,
            strict: self.strict,
            signatures,
        })
    }

    fn partner(&self, utc_offset: i32) -> Result<Option<Partner>, Failure> {
        let case = self.case.map(Case::from_json).transpose().map_err(|error| Failure::new(error.code()))?;
        match (self.policy, case) {
            (None, Some(_)) => Err(Failure::with(WheelCode::NoPolicy, "argument", "case")),
            (None, None) => Ok(None),
            (Some(policy), case) => {
                let policy = Policy::from_json(policy).map_err(Failure::Policy)?;
                Ok(Some(Partner::new(policy, case.unwrap_or_default(), utc_offset)))
            }
        }
    }
}

/// The one place that reads the machine's clock.
fn clock() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

fn offset(text: &str) -> Result<i32, Failure> {
    batch::utc_offset(text).ok_or_else(|| Failure::with(WheelCode::Offset, "argument", "utc_offset"))
}
