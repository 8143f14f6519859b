//! Elements that say one thing together, under one name: seventeen names are more than anybody reads before a code is shown.

use licence::elements::{id, name_key};

use crate::ui::format;
use crate::ui::i18n::tr;

/// The key of the common name, and the elements that it stands for.
const GROUPS: [(&str, &[&str]); 7] = [
    ("group.name", &[id::FAMILY_NAME, id::GIVEN_NAME, id::FAMILY_NAME_NATIONAL, id::GIVEN_NAME_NATIONAL]),
    ("group.person", &[id::SEX, id::BIRTH_DATE]),
    ("group.ages", &[id::AGE_OVER_18, id::AGE_OVER_21, id::AGE_OVER_25, id::AGE_OVER_60, id::AGE_OVER_70]),
    ("group.classes", &[id::CLASSES, id::DRIVING_PRIVILEGES]),
    ("group.status", &[id::STATUS_LETTERS, id::POINTS]),
    ("group.term", &[id::ISSUE_DATE, id::EXPIRY_DATE, id::LONG_TERM, id::EXTENDED_UNTIL, id::NOVICE_UNTIL]),
    (
        "group.issuer",
        &[id::ISSUING_COUNTRY, id::ISSUING_AUTHORITY, id::ISSUING_AUTHORITY_ZH, id::UN_DISTINGUISHING_SIGN],
    ),
];

/// The keys of the names under which these elements are shown, in their order: the common name where at least two of a
/// group are there, else the name of the element.
pub(super) fn name_keys(ids: &[String]) -> Vec<String> {
    name_keys_without(ids, &[])
}

/// As [`name_keys`], of elements that are left out: where others of a group are `kept`, each has its own name.
pub(super) fn name_keys_without(ids: &[String], kept: &[String]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for id in ids {
        let group = GROUPS.iter().find(|(_, members)| members.contains(&id.as_str()));
        let of =
            |ids: &[String], members: &[&str]| ids.iter().filter(|id| members.contains(&id.as_str())).count();
        let key = match group {
            Some((key, members)) if of(ids, members) > 1 && of(kept, members) == 0 => (*key).to_owned(),
            // That a portrait is small matters to nobody who looks at it.
            _ if id == id::PORTRAIT_SMALL => name_key(id::PORTRAIT),
            _ => name_key(id),
        };
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// Those names as a list, in the language that is shown.
pub(super) fn named(keys: &[String]) -> String {
    format::list(&keys.iter().map(|key| tr(key)).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use verdict::Purpose;

    use super::*;

    #[test]
    fn a_roadside_check_shows_eight_things_in_place_of_seventeen() {
        let elements = Purpose::Roadside.elements(true);
        let ids: Vec<String> = elements.iter().map(|(_, id)| (*id).to_owned()).collect();
        let keys = name_keys(&ids);
        let groups = ["group.name", "group.person", "group.issuer", "group.status", "group.term"];
        assert_eq!((elements.len(), keys.len()), (17, 8));
        for group in groups {
            assert!(keys.iter().any(|key| key == group), "{group}");
        }
    }

    #[test]
    fn an_element_that_is_alone_keeps_its_own_name() {
        let ids = [id::POINTS, id::FAMILY_NAME].map(str::to_owned);
        assert_eq!(name_keys(&ids), ids.map(|id| name_key(&id)));
    }

    #[test]
    fn a_name_of_which_a_part_is_kept_is_not_left_out() {
        let [left, kept] =
            [[id::FAMILY_NAME, id::GIVEN_NAME], [id::FAMILY_NAME_NATIONAL, id::GIVEN_NAME_NATIONAL]]
                .map(|ids| ids.map(str::to_owned));
        assert_eq!(name_keys_without(&left, &kept), left.clone().map(|id| name_key(&id)));
        assert_eq!(name_keys_without(&left, &[]), ["group.name"]);
    }

    #[test]
    fn no_element_is_in_two_groups() {
        let all: Vec<&str> = GROUPS.iter().flat_map(|(_, members)| members.iter().copied()).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    }
}
