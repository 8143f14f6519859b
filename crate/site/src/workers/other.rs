//! The code of what is no presentation, in the messages between a page and its workers.

use protocol::received::OtherCode;
use serde::{Deserialize, Serialize};

/// A code, by its text in kebab case.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Other(pub OtherCode);

impl TryFrom<String> for Other {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        OtherCode::from_code(&text).map(Self).ok_or("no such code")
    }
}

impl From<Other> for String {
    fn from(Other(code): Other) -> Self {
        code.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_travels_by_its_text() {
        for code in OtherCode::OWN {
            let text = serde_json::to_string(&Other(*code)).unwrap();
            assert_eq!(text, format!("\"{code}\""));
            assert_eq!(serde_json::from_str::<Other>(&text).unwrap(), Other(*code));
        }
        assert!(serde_json::from_str::<Other>("\"no-code\"").is_err());
    }
}
