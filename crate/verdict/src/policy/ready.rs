//! Policies that are ready to be used, or to be copied and changed.

/// A ready policy: its id and its document.
pub type Ready = (&'static str, &'static str);

/// The ready policies, as JSON documents: `policies/<id>.json` of this crate.
pub const READY_POLICIES: [Ready; 7] = [
    ("rental-car", include_str!("../../policies/rental-car.json")),
    ("rental-trailer", include_str!("../../policies/rental-trailer.json")),
    ("rental-motorhome", include_str!("../../policies/rental-motorhome.json")),
    ("insurance-proposal", include_str!("../../policies/insurance-proposal.json")),
    ("freight", include_str!("../../policies/freight.json")),
    ("passenger", include_str!("../../policies/passenger.json")),
    ("age-only", include_str!("../../policies/age-only.json")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;

    #[test]
    fn every_ready_policy_is_right() {
        for (id, json) in READY_POLICIES {
            let policy = Policy::from_json(json.as_bytes()).unwrap_or_else(|error| panic!("{id}: {error:?}"));
            assert_eq!(policy.document().id, id);
            // The same document, written by a program, is the same policy.
            let again = serde_json::to_vec(policy.document()).unwrap();
            assert_eq!(Policy::from_json(&again).unwrap().document(), policy.document(), "{id}");
        }
    }

    #[test]
    fn the_hash_is_that_of_the_canonical_form() {
        let [(_, json), ..] = READY_POLICIES;
        let policy = Policy::from_json(json.as_bytes()).unwrap();
        let value: serde_json::Value = serde_json::from_str(json).unwrap();
        let turned: serde_json::Map<String, serde_json::Value> =
            value.as_object().unwrap().clone().into_iter().rev().collect();
        let spaced = serde_json::to_string_pretty(&turned).unwrap();
        assert_eq!(Policy::from_json(spaced.as_bytes()).unwrap().sha256(), policy.sha256());
        let changed = json.replace("\"version\": \"1\"", "\"version\": \"2\"");
        assert_ne!(Policy::from_json(changed.as_bytes()).unwrap().sha256(), policy.sha256());
    }
}
