//! Running the binary, and holding its JSON against the published schema.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use boon::{Compiler, Schemas};
use licence::{Facts, Profile};
use serde_json::Value;
use verdict::{CheckState, LayerId, Purpose};

/// A folder of one test, removed when it ends well.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.file(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Runs in this folder; English unless told otherwise.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, args: &[A]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_liangzheng"));
        command.args(args).current_dir(&self.0).env("LC_ALL", "C");
        command.output().unwrap()
    }

    /// Runs what must succeed, and gives what it says.
    pub(crate) fn done<A: AsRef<OsStr>>(&self, args: &[A]) -> String {
        let output = self.run(args);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        said
    }

    /// Runs a command with `--json`: its verdict, its codes, its exit status, all of them in accord.
    pub(crate) fn judge<A: AsRef<OsStr>>(&self, args: &[A]) -> Judged {
        let mut args: Vec<&OsStr> = args.iter().map(AsRef::as_ref).collect();
        args.push(OsStr::new("--json"));
        let output = self.run(&args);
        let json: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
        check_schema(&json);
        let verdict = json["verdict"].as_str().unwrap().to_owned();
        let expected = ["verified", "refused", "undetermined"].iter().position(|word| *word == verdict);
        let exit = output.status.code().unwrap();
        assert_eq!(usize::try_from(exit).ok(), expected, "{verdict}");
        let reasons = json["reasons"].as_array().unwrap();
        let codes = reasons.iter().map(|reason| reason["code"].as_str().unwrap().to_owned()).collect();
        Judged { verdict, codes, json }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

/// What the command said.
pub(crate) struct Judged {
    pub(crate) verdict: String,
    pub(crate) codes: Vec<String>,
    pub(crate) json: Value,
}

impl Judged {
    pub(crate) fn is(&self, verdict: &str, code: Option<&str>) -> bool {
        let right = match code {
            Some(code) => self.codes.iter().any(|have| have == code),
            None => self.codes.is_empty(),
        };
        self.verdict == verdict && right
    }
}

/// Holds the output of `--json` against docs/verify.schema.json.
pub(crate) fn check_schema(json: &Value) {
    validate(json, "verify.schema.json");
}

/// Holds a line of an archive's results against docs/batch.schema.json.
pub(crate) fn check_line(json: &Value) {
    validate(json, "batch.schema.json");
}

fn schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

pub(crate) fn validate(json: &Value, name: &str) {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let url = format!("https://schema.test/{name}");
    let (file, _) = name.split_once('#').unwrap_or((name, ""));
    compiler.add_resource(&format!("https://schema.test/{file}"), schema(file)).unwrap();
    let index = compiler.compile(&url, &mut schemas).unwrap();
    if let Err(error) = schemas.validate(json, index) {
        panic!("{error}\n{json:#}");
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

/// A PEM block with the line ends of another system.
pub(crate) fn pem(label: &str, der: &[u8]) -> String {
    x509::to_pem(label, der).replace('\n', "\r\n")
}

#[test]
fn the_schemas_can_fail() {
    let fails = |check: fn(&Value), json: Value| std::panic::catch_unwind(|| check(&json)).is_err();
    assert!(fails(check_schema, serde_json::json!({ "verdict": "verified" })));
    assert!(fails(check_line, serde_json::json!({ "id": "a", "verdict": "verified" })));
    assert!(fails(check_line, serde_json::json!({ "id": "a", "other": "nonsense", "text": "x" })));
    assert!(fails(check_line, serde_json::json!({ "id": "a", "error": "too long", "text": "x" })));
    assert!(!fails(check_line, serde_json::json!({ "id": "a", "error": "line-long", "text": "x" })));
}

#[test]
fn the_schema_has_the_words_of_the_code() {
    let schema = schema("verify.schema.json");
    let words = |place: &str| -> Vec<&str> {
        let words = schema.pointer(place).and_then(Value::as_array).unwrap();
        words.iter().map(|word| word.as_str().unwrap()).collect()
    };
    let purposes = Purpose::ALL.into_iter().chain([Purpose::None]).map(Purpose::code);
    assert_eq!(words("/properties/policy/enum"), purposes.collect::<Vec<_>>());
    assert_eq!(words("/$defs/layerName/enum"), LayerId::ALL.map(LayerId::text));
    assert_eq!(words("/$defs/state/enum"), CheckState::ALL.map(CheckState::text));
    assert_eq!(words("/$defs/facts/properties/profile/enum"), Profile::ALL.map(Profile::code));
    let facts = serde_json::to_value(Facts::default()).unwrap();
    let described = schema.pointer("/$defs/facts/properties").and_then(Value::as_object).unwrap();
    assert!(described.keys().all(|fact| facts.get(fact).is_some()), "{:?}", described.keys());
}
