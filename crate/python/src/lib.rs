//! `liangzheng` for Python: driving licences verified in Arrow batches. A binding: what is judged and what is written is in
//! `liangzheng-batch`, which the command line calls too.
//!
//! Here are the arguments of Python as values (`options`, `anchors`), the columns (`table`), and the one thing of the
//! machine that is read: its clock, if the caller gives no time.

mod anchors;
mod error;
mod options;
mod table;

use std::sync::{Arc, OnceLock};

use ::batch::{How, Judge, Session};
use native::Ring;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;
use pyo3_arrow::{PyRecordBatch, PyTable};

use crate::error::{Error, Failure};
use crate::options::{Files, Options};

/// Verifies many presentations by the same trust, status and policy.
#[pyclass(frozen, module = "liangzheng")]
struct Verifier {
    judge: Judge,
    language: strings::Language,
    jobs: usize,
}

#[pymethods]
impl Verifier {
    #[new]
    #[pyo3(signature = (*, trust, status=None, crl=None, list_roots=None, revoked=None, policy=None, case=None, now=None,
        utc_offset=None, audience=None, strict=false, language="en", jobs=1))]
    #[expect(clippy::too_many_arguments, reason = "the keywords of Python")]
    fn new(
        py: Python<'_>,
        trust: Files,
        status: Option<Files>,
        crl: Option<Files>,
        list_roots: Option<Files>,
        revoked: Option<Vec<String>>,
        policy: Option<options::Data>,
        case: Option<options::Data>,
        now: Option<Bound<'_, PyAny>>,
        utc_offset: Option<&str>,
        audience: Option<String>,
        strict: bool,
        language: &str,
        jobs: usize,
    ) -> PyResult<Self> {
        let language = strings::Language::of_tag(language);
        let now = now.map(|now| options::moment(&now, language)).transpose()?;
        let options = Options {
            trust: trust.bytes(),
            status: status.map(Files::bytes).unwrap_or_default(),
            crl: crl.map(Files::bytes).unwrap_or_default(),
            list_roots: list_roots.map(Files::bytes).unwrap_or_default(),
            revoked: revoked.unwrap_or_default(),
            policy: policy.as_ref().map(options::Data::as_bytes),
            case: case.as_ref().map(options::Data::as_bytes),
            now,
            utc_offset,
            audience,
            strict,
        };
        let judge = py.detach(|| options.judge(signatures())).map_err(|failure| failure.raised(language))?;
        Ok(Self { judge, language, jobs: jobs.max(1) })
    }

    /// Verifies a batch, or each batch of a table.
    fn verify<'py>(&self, py: Python<'py>, batch: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let of_pyarrow = batch.get_type().module()?.to_str()?.starts_with("pyarrow");
        let how = How { session: Session::NotGiven, reader_key: None, issuer_only: false };
        let judged = |batch| table::judged(&batch, &self.judge, &how, self.language, self.jobs);
        match batch.extract::<AnyRecordBatch>()? {
            AnyRecordBatch::RecordBatch(batch) => {
                let batch = batch.into_inner();
                let found = py.detach(|| judged(batch)).map_err(|failure| failure.raised(self.language))?;
                let found = PyRecordBatch::new(found);
                if of_pyarrow { found.into_pyarrow(py) } else { Ok(Bound::new(py, found)?.into_any()) }
            }
            AnyRecordBatch::Stream(stream) => {
                let reader = stream.into_reader()?;
                let all = || reader.map(|batch| judged(batch.map_err(Failure::arrow)?)).collect();
                let found: Result<Vec<_>, Failure> = py.detach(all);
                let found = found.map_err(|failure| failure.raised(self.language))?;
                let found = PyTable::try_new(found, table::schema())?;
                if of_pyarrow { found.into_pyarrow(py) } else { Ok(Bound::new(py, found)?.into_any()) }
            }
        }
    }
}

/// Returns the one cache of certificate signatures of this process. What it holds does not depend on trust or time.
fn signatures() -> Arc<Ring> {
    static SIGNATURES: OnceLock<Arc<Ring>> = OnceLock::new();
    Arc::clone(SIGNATURES.get_or_init(Arc::default))
}

/// Verifies a batch, or each batch of a table.
#[pyfunction]
#[pyo3(
    signature = (batch, **options),
    text_signature = "(batch, *, trust, status=None, crl=None, list_roots=None, revoked=None, policy=None, case=None, \
                      now=None, utc_offset=None, audience=None, strict=False, language='en', jobs=1)"
)]
fn verify<'py>(
    py: Python<'py>,
    batch: &Bound<'py, PyAny>,
    options: Option<&Bound<'py, pyo3::types::PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let verifier = py.get_type::<Verifier>().call((), options)?;
    verifier.cast::<Verifier>()?.get().verify(py, batch)
}

/// Driving licences verified in Arrow batches.
#[pymodule]
#[pyo3(name = "liangzheng")]
fn liangzheng_python(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("SPARK_SCHEMA", table::SPARK_SCHEMA)?;
    module.add("Error", module.py().get_type::<Error>())?;
    module.add_class::<Verifier>()?;
    module.add_function(wrap_pyfunction!(verify, module)?)
}
