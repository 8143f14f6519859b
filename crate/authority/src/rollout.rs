//! The roll-out of the electronic licence: from which day a licence of which office could be claimed.
//!
//! The issuing office decides, not the place where the licence is shown. The table names only cities that a
//! public source names \[S\]; the nationwide date covers all others.

use cbor::Date;
use licence::Source;
use serde::{Deserialize, Serialize};

use crate::error::{ClaimError, RolloutError};

/// The batches of the roll-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Batch {
    /// Three cities.
    Pilot,
    /// 28 cities, not named by any source found.
    First,
    /// 110 cities, of which nine are named.
    Second,
    /// Every city.
    All,
}

/// One batch: its first day and the cities that are known to be in it.
#[derive(Debug, Clone, Copy)]
pub struct BatchRow {
    /// The batch.
    pub batch: Batch,
    /// Year, month and day from which its licences can be claimed.
    pub from: (i32, u8, u8),
    /// The number of its cities; `None` for all.
    pub cities: Option<u16>,
    /// The cities that a source names, without 市.
    pub named: &'static [&'static str],
    /// Where the line comes from.
    pub source: Source,
}

/// The batches, earliest first \[S\].
pub const TABLE: [BatchRow; 4] = [
    BatchRow {
        batch: Batch::Pilot,
        from: (2021, 6, 1),
        cities: Some(3),
        named: &["天津", "成都", "苏州"],
        source: Source::Public,
    },
    BatchRow {
        batch: Batch::First,
        from: (2021, 9, 1),
        cities: Some(28),
        named: &[],
        source: Source::Public,
    },
    BatchRow {
        batch: Batch::Second,
        from: (2021, 10, 20),
        cities: Some(110),
        named: &["廊坊", "太原", "呼和浩特", "沈阳", "南京", "郑州", "武汉", "珠海", "兰州"],
        source: Source::Public,
    },
    BatchRow { batch: Batch::All, from: (2021, 12, 10), cities: None, named: &[], source: Source::Public },
];

/// The office that issued a driver's licence (发证机关).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuingOffice {
    /// Its city as the roll-out names it, without 市.
    pub city: String,
    /// Its batch, where the office knows it better than the table, which names only some cities.
    #[serde(default)]
    pub batch: Option<Batch>,
    /// Its name as the licence prints it.
    pub name: String,
    /// Its name in Latin letters.
    pub name_latin: String,
}

impl BatchRow {
    /// The first day of this batch.
    pub fn first_day(&self) -> Date {
        let (year, month, day) = self.from;
        // Every day in the table exists; a test checks it.
        Date::new(year, month, day).unwrap_or_else(|| Date::from_days(i32::MAX))
    }
}

/// One batch of a table that an authority gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RolloutRow {
    /// The batch.
    pub batch: Batch,
    /// The day from which its licences can be claimed.
    pub from: Date,
    /// Its cities, without 市. The row of [`Batch::All`] has none: it covers all others.
    #[serde(default)]
    pub cities: Vec<String>,
}

/// A table of the roll-out as data: issuing office to batch to day. [`Rollout::built_in`] is the default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rollout {
    rows: Vec<RolloutRow>,
}

/// Most bytes of a table as JSON: ten times what every prefecture of the country would need.
const JSON_MAX: usize = 64 * 1024;

impl Default for Rollout {
    fn default() -> Self {
        Self::built_in()
    }
}

impl Rollout {
    /// Returns [`TABLE`].
    pub fn built_in() -> Self {
        let rows = TABLE.iter().map(|row| RolloutRow {
            batch: row.batch,
            from: row.first_day(),
            cities: row.named.iter().map(|city| (*city).into()).collect(),
        });
        Self { rows: rows.collect() }
    }

    /// Reads a table: `{"rows": [{"batch": "pilot", "from": "2021-06-01", "cities": ["天津"]}, …, {"batch": "all", "from": …}]}`.
    ///
    /// # Errors
    /// Fails if it is too long, no JSON of this form, not in order of days, or without a last row `all`, or if it has a batch or a
    /// city twice.
    pub fn from_json(json: &[u8]) -> Result<Self, RolloutError> {
        if json.len() > JSON_MAX {
            return Err(RolloutError::Form);
        }
        let mut table: Self = serde_json::from_slice(json).map_err(|_| RolloutError::Form)?;
        for city in table.rows.iter_mut().flat_map(|row| &mut row.cities) {
            *city = plain(city).to_owned();
        }
        let mut batches = std::collections::BTreeSet::new();
        let mut cities = std::collections::BTreeSet::new();
        let once = table.rows.iter().all(|row| batches.insert(row.batch))
            && table
                .rows
                .iter()
                .flat_map(|row| &row.cities)
                .all(|city| !city.is_empty() && cities.insert(city));
        let last = table.rows.last().is_some_and(|row| row.batch == Batch::All && row.cities.is_empty());
        let ordered = table.rows.is_sorted_by_key(|row| row.from);
        if once && last && ordered { Ok(table) } else { Err(RolloutError::Rows) }
    }

    /// Returns the rows, earliest first.
    pub fn rows(&self) -> &[RolloutRow] {
        &self.rows
    }

    /// Returns the row of an office: that of its batch if it knows it and the table has it, else that which names its city, else
    /// the last one.
    pub fn row_of(&self, office: &IssuingOffice) -> Option<&RolloutRow> {
        let city = plain(&office.city);
        let by_batch = office.batch.and_then(|batch| self.rows.iter().find(|row| row.batch == batch));
        by_batch
            .or_else(|| self.rows.iter().find(|row| row.cities.iter().any(|named| named == city)))
            .or_else(|| self.rows.last())
    }

    /// Returns the first day on which a licence of this office can be claimed.
    pub fn claimable_from(&self, office: &IssuingOffice) -> Date {
        self.row_of(office).map_or_else(|| Date::from_days(i32::MAX), |row| row.from)
    }

    /// Checks that a licence of this office can be claimed on `day`.
    ///
    /// # Errors
    /// [`ClaimError::NotRolledOut`] with the first day on which it can.
    pub fn check(&self, office: &IssuingOffice, day: Date) -> Result<RolledOut, ClaimError> {
        let from = self.claimable_from(office);
        if day < from { Err(ClaimError::NotRolledOut { from }) } else { Ok(RolledOut(())) }
    }
}

/// A city as the tables name it.
fn plain(city: &str) -> &str {
    city.strip_suffix('市').unwrap_or(city)
}

/// The first day on which a licence of this office could be claimed, by the built-in table.
pub fn claimable_from(office: &IssuingOffice) -> Date {
    Rollout::built_in().claimable_from(office)
}

/// Proof that the roll-out had reached an office on the day of a claim.
#[derive(Debug, Clone, Copy)]
pub struct RolledOut(());

/// As [`Rollout::check`], by the built-in table.
///
/// # Errors
/// [`ClaimError::NotRolledOut`] with the first day on which it can.
pub fn check(office: &IssuingOffice, day: Date) -> Result<RolledOut, ClaimError> {
    Rollout::built_in().check(office, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office(city: &str) -> IssuingOffice {
        IssuingOffice { city: city.into(), batch: None, name: String::new(), name_latin: String::new() }
    }

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn first_days_of_the_domain() {
        for (city, from) in [
            ("天津", "2021-06-01"),
            ("成都市", "2021-06-01"),
            ("苏州", "2021-06-01"),
            ("廊坊", "2021-10-20"),
            ("呼和浩特", "2021-10-20"),
            ("兰州市", "2021-10-20"),
            ("北京", "2021-12-10"),
            ("演示", "2021-12-10"),
            ("", "2021-12-10"),
        ] {
            assert_eq!(claimable_from(&office(city)), date(from), "{city}");
        }
    }

    #[test]
    fn an_office_that_knows_its_batch_does_not_ask_the_table() {
        for row in &TABLE {
            let office = IssuingOffice { batch: Some(row.batch), ..office("演示") };
            assert_eq!(claimable_from(&office), row.first_day());
        }
    }

    #[test]
    fn the_day_before_is_too_early() {
        assert!(matches!(
            check(&office("武汉"), date("2021-10-19")),
            Err(ClaimError::NotRolledOut { from }) if from == date("2021-10-20")
        ));
        assert!(check(&office("武汉"), date("2021-10-20")).is_ok());
        assert!(check(&office("武汉"), date("2026-11-22")).is_ok());
    }

    #[test]
    fn table_is_ordered_and_names_no_city_twice() {
        assert!(TABLE.is_sorted_by_key(BatchRow::first_day));
        let named: Vec<_> = TABLE.iter().flat_map(|row| row.named).collect();
        for (index, city) in named.iter().enumerate() {
            assert!(!named[..index].contains(city), "{city}");
            assert!(!city.ends_with('市'));
        }
        for row in &TABLE {
            assert!(row.cities.is_none_or(|count| usize::from(count) >= row.named.len()));
            assert!(row.first_day() < date("2022-01-01"));
        }
    }

    #[test]
    fn table_of_a_file_takes_the_place_of_the_built_in_one() {
        let json = r#"{"rows": [
            {"batch": "pilot", "from": "2030-01-01", "cities": ["武汉市"]},
            {"batch": "second", "from": "2030-02-01"},
            {"batch": "all", "from": "2030-03-01"}]}"#;
        let table = Rollout::from_json(json.as_bytes()).unwrap();
        assert_eq!(table.claimable_from(&office("武汉")), date("2030-01-01"));
        assert_eq!(table.claimable_from(&office("天津")), date("2030-03-01"));
        let by_batch = |batch| IssuingOffice { batch: Some(batch), ..office("演示") };
        assert_eq!(table.claimable_from(&by_batch(Batch::Second)), date("2030-02-01"));
        assert_eq!(table.claimable_from(&by_batch(Batch::First)), date("2030-03-01"), "not in this table");
        let again = serde_json::to_string(&Rollout::built_in()).unwrap();
        assert_eq!(Rollout::from_json(again.as_bytes()).unwrap(), Rollout::built_in());
    }

    #[test]
    fn tables_that_are_refused() {
        let code = |json: &str| Rollout::from_json(json.as_bytes()).unwrap_err().code();
        let all = r#"{"batch": "all", "from": "2030-03-01"}"#;
        for form in ["", "[]", r#"{"rows": 1}"#, r#"{"rows": [{"batch": "x", "from": "2030-01-01"}]}"#] {
            assert_eq!(code(form), "rollout-form", "{form}");
        }
        assert_eq!(code(&format!(r#"{{"rows": [{all}], "more": 1}}"#)), "rollout-form");
        assert_eq!(code(&" ".repeat(70_000)), "rollout-form");
        let pilot = |from: &str, cities: &str| {
            format!(r#"{{"batch": "pilot", "from": "{from}", "cities": [{cities}]}}"#)
        };
        for rows in [
            String::new(),
            pilot("2030-01-01", ""),
            format!("{all},{all}"),
            format!("{},{all}", pilot("2031-01-01", "")),
            format!("{},{all}", pilot("2030-01-01", "\"武汉\",\"武汉市\"")),
            format!("{},{all}", pilot("2030-01-01", "\"\"")),
            r#"{"batch": "all", "from": "2030-03-01", "cities": ["武汉"]}"#.to_owned(),
        ] {
            assert_eq!(code(&format!(r#"{{"rows": [{rows}]}}"#)), "rollout-rows", "{rows}");
        }
    }
}
