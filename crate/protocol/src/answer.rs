//! The plaintext of an answer: `{"vp_token": {"<query>": ["<DeviceResponse in base64url>"]}}` (OpenID4VP 1.0, 8.1, B.2).

use crate::base64url;
use crate::error::AnswerError;
use crate::json::Json;

/// Encodes an answer to the query with this id.
pub(crate) fn encode(query: &str, device_response: &[u8]) -> String {
    let presentations = Json::Array(vec![Json::Text(base64url::encode(device_response))]);
    Json::object([("vp_token", Json::object([(query, presentations)]))]).encode()
}

/// Returns the DeviceResponse of an answer to one of the queries with these ids; the Envelope bounds its length.
pub(crate) fn decode<'a>(
    content: &[u8],
    queries: impl Iterator<Item = &'a str>,
) -> Result<Vec<u8>, AnswerError> {
    let content = Json::parse(content).ok_or(AnswerError::Content)?;
    let token = content.get("vp_token").and_then(Json::as_object).ok_or(AnswerError::Content)?;
    let answered = queries.filter_map(|query| token.get(query)).next();
    let presentations = match answered {
        Some(presentations) if token.len() == 1 => presentations.as_array().ok_or(AnswerError::Content)?,
        _ => return Err(AnswerError::Query),
    };
    match presentations {
        [presentation] => presentation.as_text().and_then(base64url::decode).ok_or(AnswerError::Content),
        [] => Err(AnswerError::Content),
        _ => Err(AnswerError::Several),
    }
}
