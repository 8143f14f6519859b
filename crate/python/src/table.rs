//! The columns: presentations in, one row for each out, in the same order.

use std::sync::{Arc, LazyLock};

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::cast::AsArray as _;
use arrow_array::types::TimestampSecondType;
use arrow_array::{Array, ArrayRef, LargeBinaryArray, RecordBatch, StringArray, TimestampSecondArray};
use arrow_cast::cast;
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use batch::{How, Item, Judge, LineCode, Row, Unread};
use cbor::Timestamp;
use strings::Language;

use crate::error::{Failure, WheelCode};

/// The columns that are returned, as Spark writes a schema.
pub(crate) const SPARK_SCHEMA: &str =
    "id string, verdict string, decision string, codes array<string>, json string";

/// Returns the columns that are returned.
pub(crate) fn schema() -> SchemaRef {
    static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
        let codes = DataType::new_list(DataType::Utf8, true);
        Arc::new(Schema::new(vec![
            Field::new("id", DataType::Utf8, true),
            Field::new("verdict", DataType::Utf8, true),
            Field::new("decision", DataType::Utf8, true),
            Field::new("codes", codes, true),
            Field::new("json", DataType::Utf8, true),
        ]))
    });
    Arc::clone(&SCHEMA)
}

/// Judges every row of a batch, on so many threads.
pub(crate) fn judged(
    batch: &RecordBatch,
    judge: &Judge,
    how: &How,
    language: Language,
    jobs: usize,
) -> Result<RecordBatch, Failure> {
    let columns = Columns::of(batch)?;
    let rows = batch.num_rows();
    let share = rows.div_ceil(jobs).max(1);
    let of = |start: usize| -> Vec<(Row, String)> {
        let rows = (start..rows.min(start + share)).map(|index| {
            let row = judge.row(columns.item(index), how);
            let json = row.to_json(language);
            (row, json)
        });
        rows.collect()
    };
    if share >= rows {
        return written(&of(0));
    }
    let shares = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..rows).step_by(share).map(|start| scope.spawn(move || of(start))).collect();
        threads.into_iter().map(|thread| thread.join().ok()).collect::<Option<Vec<_>>>()
    });
    written(&shares.ok_or(Failure::new(WheelCode::Worker.code()))?.concat())
}

/// The columns of a batch that are read.
struct Columns {
    id: Option<StringArray>,
    presentation: LargeBinaryArray,
    at: Option<Moments>,
    case: Option<StringArray>,
}

/// Times of receipt.
enum Moments {
    Seconds(TimestampSecondArray),
    /// By RFC 3339.
    Texts(StringArray),
}

impl Columns {
    fn of(batch: &RecordBatch) -> Result<Self, Failure> {
        const PRESENTATION: &str = "presentation";
        let column = |name: &str| batch.column_by_name(name);
        let missing = || Failure::with(WheelCode::ColumnMissing, "column", PRESENTATION);
        let presentation = column(PRESENTATION).ok_or_else(missing)?;
        if !is_bytes(presentation.data_type()) {
            return Err(wrong_type(PRESENTATION, presentation));
        }
        let texts = |name: &'static str| column(name).map(|column| as_texts(name, column)).transpose();
        Ok(Self {
            id: texts("id")?,
            presentation: as_type(PRESENTATION, presentation, &DataType::LargeBinary)?.as_binary().clone(),
            at: column("at").map(Moments::of).transpose()?,
            case: texts("case")?,
        })
    }

    fn item(&self, index: usize) -> Item {
        let text = |column: &Option<StringArray>| {
            column
                .as_ref()
                .filter(|column| column.is_valid(index))
                .map(|column| column.value(index).to_owned())
        };
        let number = u64::try_from(index).unwrap_or(u64::MAX).saturating_add(1);
        let id = text(&self.id).unwrap_or_else(|| Item::name_of(number));
        if self.presentation.is_null(index) {
            return Item::unread(id, Unread::Line(LineCode::Null));
        }
        let Ok(at) = self.at.as_ref().map_or(Ok(None), |at| at.at(index)) else {
            return Item::unread(id, Unread::Line(LineCode::Time));
        };
        let case = text(&self.case);
        Item::new(id, self.presentation.value(index), at, case.as_deref().map(str::as_bytes))
    }
}

impl Moments {
    fn of(column: &ArrayRef) -> Result<Self, Failure> {
        match column.data_type() {
            DataType::Timestamp(_, None) => Err(Failure::with(WheelCode::ColumnZone, "column", "at")),
            DataType::Timestamp(_, zone) => {
                let seconds = as_type("at", column, &DataType::Timestamp(TimeUnit::Second, zone.clone()))?;
                Ok(Self::Seconds(seconds.as_primitive::<TimestampSecondType>().clone()))
            }
            _ => Ok(Self::Texts(as_texts("at", column)?)),
        }
    }

    /// Returns the time of a row, if it has one; fails if it is none.
    fn at(&self, index: usize) -> Result<Option<Timestamp>, ()> {
        match self {
            Self::Seconds(column) => {
                Ok(column.is_valid(index).then(|| Timestamp::from_unix(column.value(index))))
            }
            Self::Texts(column) if column.is_null(index) => Ok(None),
            Self::Texts(column) => Timestamp::parse_rfc3339(column.value(index)).map(Some).ok_or(()),
        }
    }
}

fn is_text(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

fn is_bytes(data_type: &DataType) -> bool {
    let binary = matches!(data_type, DataType::Binary | DataType::LargeBinary | DataType::BinaryView);
    binary || is_text(data_type)
}

fn wrong_type(name: &str, column: &ArrayRef) -> Failure {
    let values = vec![("column", name.to_owned()), ("type", column.data_type().to_string())];
    Failure::Coded(WheelCode::ColumnType.code(), values)
}

/// Returns a column of texts, or of integers in digits. A column without any value has no type.
fn as_texts(name: &str, column: &ArrayRef) -> Result<StringArray, Failure> {
    let data_type = column.data_type();
    if !(is_text(data_type) || data_type.is_integer() || *data_type == DataType::Null) {
        return Err(wrong_type(name, column));
    }
    Ok(as_type(name, column, &DataType::Utf8)?.as_string().clone())
}

fn as_type(name: &str, column: &ArrayRef, data_type: &DataType) -> Result<ArrayRef, Failure> {
    cast(column, data_type).map_err(|_| wrong_type(name, column))
}

/// Returns the rows as columns.
fn written(rows: &[(Row, String)]) -> Result<RecordBatch, Failure> {
    let (mut ids, mut verdicts, mut decisions) =
        (StringBuilder::new(), StringBuilder::new(), StringBuilder::new());
    let (mut codes, mut lines) = (ListBuilder::new(StringBuilder::new()), StringBuilder::new());
    for (row, json) in rows {
        ids.append_value(row.id());
        verdicts.append_option(row.verdict());
        decisions.append_option(row.decision().map(batch::RowDecision::word));
        for code in row.codes() {
            codes.values().append_value(code);
        }
        codes.append(true);
        lines.append_value(json);
    }
    let columns: Vec<ArrayRef> = vec![
        Arc::new(ids.finish()),
        Arc::new(verdicts.finish()),
        Arc::new(decisions.finish()),
        Arc::new(codes.finish()),
        Arc::new(lines.finish()),
    ];
    RecordBatch::try_new(schema(), columns).map_err(Failure::arrow)
}
