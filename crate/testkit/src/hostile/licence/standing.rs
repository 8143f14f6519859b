//! The signed status letters (状态), without a status list.

use ::licence::elements::id;
use ::verdict::Purpose;

use super::facts::Shown;
use crate::draft::NOW;
use crate::hostile::{Hostile, Verdict};

pub(super) fn all() -> Vec<Hostile> {
    let letters = |rule, verdict, code, letters: &str, description| {
        Shown::roadside().letters(letters).gives(rule, verdict, code, description)
    };
    let morning = NOW.floor_to_day();
    let aged = |seconds| Shown::roadside().status_letters("A", NOW.plus_seconds(seconds), None);
    vec![
        letters("status-red", Verdict::Fail, "status-red", "D", "Suspended (D 暂扣)."),
        letters("status-abnormal", Verdict::Fail, "status-abnormal", "L", "Locked (L 锁定)."),
        letters("status-gone", Verdict::Fail, "status-gone", "G", "Cancelled (G 注销)."),
        letters(
            "status-worst-letter",
            Verdict::Fail,
            "status-gone",
            "ADG",
            "Of normal, suspended and cancelled the worst decides.",
        ),
        letters(
            "status-bad-and-unknown",
            Verdict::Fail,
            "status-red",
            "DQ",
            "A letter that is bad is not made doubtful by one that nobody knows.",
        ),
        letters(
            "status-unknown",
            Verdict::Undetermined,
            "status-unknown",
            "AQ",
            "A letter that nobody knows beside normal.",
        ),
        letters("status-empty", Verdict::Undetermined, "status-empty", "", "No letter at all."),
        Shown::roadside().status_letters("P", morning, Some("2026-11-21")).gives(
            "status-extension-over",
            Verdict::Fail,
            "status-extension-over",
            "An extension (P 延期体检) that ended yesterday.",
        ),
        letters(
            "status-extension-undated",
            Verdict::Undetermined,
            "status-extension-undated",
            "P",
            "An extension that does not say until when.",
        ),
        Shown::roadside().without(id::STATUS_LETTERS).gives(
            "status-missing",
            Verdict::Undetermined,
            "status-missing",
            "The letters are not shown, and no list is named.",
        ),
        aged(-86_400 - 1).gives(
            "status-old",
            Verdict::Undetermined,
            "status-old",
            "Letters of 24 hours and a second ago, at the roadside.",
        ),
        aged(-86_400).passes("status-just-recent", "Letters of 24 hours ago, at the roadside."),
        aged(61).gives(
            "status-ahead",
            Verdict::Undetermined,
            "status-ahead",
            "Letters of 61 seconds in the future.",
        ),
        Shown::new(Purpose::Rental)
            .letters("D")
            .gives("status-refused", Verdict::Fail, "status-refused", "A suspended driver rents a car.")
            .also(&["status-red"]),
        Shown::new(Purpose::Rental).status_letters("P", morning, Some("2027-01-01")).gives(
            "status-review",
            Verdict::Undetermined,
            "status-review",
            "Within an extension a person looks before a car is rented.",
        ),
    ]
}
