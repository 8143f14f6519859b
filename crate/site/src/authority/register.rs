//! The demo people, and drivers that are invented for practice, as one register.
//!
//! Practice drivers are calculated from their number and never stored: their face is a demo drawing, and their 证号 has an area
//! that GB/T 2260 never assigned.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use authority::demo::DemoRegister;
use authority::desk::{OnFile, Register};
use authority::driver::DriverFacts;
use authority::error::IssueError;
use authority::photo::Sha256Digest;
use cbor::cose::CoseKey;
use cbor::{Date, Timestamp};
use licence::{LicenceFacts, Sex, StatusLetters};
use mdoc::status_list::Status;

/// What the reference of a practice driver begins with.
const PRACTICE: &str = "practice-";
/// 姓 with their pinyin.
const FAMILY: [(&str, &str); 20] = [
    ("王", "Wang"),
    ("李", "Li"),
    ("张", "Zhang"),
    ("刘", "Liu"),
    ("陈", "Chen"),
    ("杨", "Yang"),
    ("黄", "Huang"),
    ("吴", "Wu"),
    ("周", "Zhou"),
    ("孙", "Sun"),
    ("马", "Ma"),
    ("朱", "Zhu"),
    ("胡", "Hu"),
    ("郭", "Guo"),
    ("罗", "Luo"),
    ("梁", "Liang"),
    ("宋", "Song"),
    ("郑", "Zheng"),
    ("谢", "Xie"),
    ("韩", "Han"),
];
/// 名 with their pinyin. Together with [`FAMILY`] each practice driver of 400 has a name of his or her own.
const GIVEN: [(&str, &str); 20] = [
    ("练一", "Lianyi"),
    ("习之", "Xizhi"),
    ("试新", "Shixin"),
    ("演文", "Yanwen"),
    ("景行", "Jingxing"),
    ("若水", "Ruoshui"),
    ("清和", "Qinghe"),
    ("明远", "Mingyuan"),
    ("思齐", "Siqi"),
    ("以宁", "Yining"),
    ("望舒", "Wangshu"),
    ("怀谷", "Huaigu"),
    ("言午", "Yanwu"),
    ("子衿", "Zijin"),
    ("立夏", "Lixia"),
    ("听雨", "Tingyu"),
    ("知行", "Zhixing"),
    ("南星", "Nanxing"),
    ("嘉木", "Jiamu"),
    ("云起", "Yunqi"),
];

/// Demo people of the three offices.
const OFFICES: [&str; 3] = ["lin", "zhao", "xu"];

/// Returns the reference of a practice driver.
pub(super) fn reference(index: u32) -> String {
    format!("{PRACTICE}{index}")
}

/// Returns the number of a practice driver; `None` for everybody else.
pub(super) fn practice_index(reference: &str) -> Option<u32> {
    reference.strip_prefix(PRACTICE)?.parse().ok()
}

/// The register of the desk.
pub(super) struct DeskRegister {
    demo: DemoRegister,
    /// The demo people.
    people: Vec<String>,
    /// Those of them whose photo is on file: practice drivers have their faces.
    models: Vec<String>,
    /// How many practice drivers there are.
    practice: Rc<Cell<u32>>,
}

impl DeskRegister {
    /// A register with as many practice drivers as `practice` says at any time.
    pub(super) fn new(practice: Rc<Cell<u32>>) -> Self {
        let demo = DemoRegister::new();
        let models = models(&demo);
        Self { demo, people: demo.references(), models, practice }
    }

    fn model(&self, index: u32) -> &str {
        let count = self.models.len().max(1);
        self.models.get(index as usize % count).map_or("", String::as_str)
    }

    fn practice(&self, reference: &str) -> Option<u32> {
        practice_index(reference).filter(|index| *index < self.practice.get())
    }
}

/// Whether a practice driver has a photo on file, and so applies for its replacement.
pub(super) fn is_on_file(index: u32) -> bool {
    index % 3 == 2
}

/// The demo people whose photo is on file, as their references.
pub(super) fn models(demo: &DemoRegister) -> Vec<String> {
    demo.references().into_iter().filter(|reference| demo.photo_on_file(reference).is_some()).collect()
}

impl Register for DeskRegister {
    fn origin(&self) -> &str {
        self.demo.origin()
    }

    fn references(&self) -> Vec<String> {
        let practice = (0..self.practice.get()).map(reference);
        self.people.iter().cloned().chain(practice).collect()
    }

    fn facts(&self, reference: &str, claimed_on: Option<Date>, now: Timestamp) -> Option<DriverFacts> {
        let Some(index) = self.practice(reference) else {
            return self.demo.facts(reference, claimed_on, now);
        };
        let facts = self.demo.facts("lin", claimed_on, now)?;
        let office = OFFICES.get(index as usize % OFFICES.len())?;
        let office = self.demo.facts(office, claimed_on, now)?.office;
        let (family, given) = (FAMILY.get(index as usize % 20)?, GIVEN.get(index as usize / 20 % 20)?);
        let number = number(index, facts.born);
        Some(DriverFacts {
            file_number: format!("9901{index:08}"),
            core_number: format!("99{index:011}"),
            number,
            family_zh: family.0.to_owned(),
            given_zh: given.0.to_owned(),
            family: family.1.to_owned(),
            given: given.1.to_owned(),
            sex: if sequence(index) % 2 == 1 { Sex::Male } else { Sex::Female },
            letters: StatusLetters::parse("A"),
            points: 0,
            office,
            ..facts
        })
    }

    fn claim_day(&self, reference: &str, now: Timestamp) -> Date {
        self.demo.claim_day(reference, now)
    }

    fn photo_on_file(&self, reference: &str) -> Option<OnFile> {
        match self.practice(reference) {
            Some(index) if is_on_file(index) => self.demo.photo_on_file(self.model(index)),
            Some(_) => None,
            None => self.demo.photo_on_file(reference),
        }
    }

    fn accepts_records(&self) -> bool {
        self.demo.accepts_records()
    }

    fn entry_elsewhere(&self, reference: &str, claimed_on: Date) -> Option<u64> {
        if self.practice(reference).is_none() {
            return self.demo.entry_elsewhere(reference, claimed_on);
        }
        let digest = Sha256Digest::of(reference.as_bytes());
        let mut fill = |buffer: &mut [u8]| {
            let from = digest.as_bytes().iter().cycle();
            buffer.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
        };
        self.demo.take_entry(reference, claimed_on, &|_| false, &mut fill)
    }

    fn entries_elsewhere(&self, reference: &str, until: Date) -> Vec<u64> {
        self.demo.entries_elsewhere(reference, until)
    }

    fn take_entry(
        &self,
        reference: &str,
        claimed_on: Date,
        taken: &dyn Fn(u64) -> bool,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Option<u64> {
        self.demo.take_entry(reference, claimed_on, taken, random)
    }

    fn issue(
        &self,
        facts: &LicenceFacts,
        entry: u64,
        device_key: CoseKey,
        now: Timestamp,
        random: &mut dyn FnMut(&mut [u8]),
    ) -> Result<Vec<u8>, IssueError> {
        self.demo.issue(facts, entry, device_key, now, random)
    }

    fn sign_list(&self, set: &BTreeMap<u64, Status>, now: Timestamp) -> Result<Vec<u8>, IssueError> {
        self.demo.sign_list(set, now)
    }
}

/// The three digits of the sequence in a number: odd for men.
fn sequence(index: u32) -> u32 {
    100 + index % 900
}

/// A 证号 of an area that is not assigned, with its check character (GB 11643).
fn number(index: u32, born: Date) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECK: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    let area = 990_100 + index / 900;
    let digits =
        format!("{area:06}{:04}{:02}{:02}{:03}", born.year(), born.month(), born.day(), sequence(index));
    let sum: u32 = digits.chars().filter_map(|c| c.to_digit(10)).zip(WEIGHTS).map(|(d, w)| d * w).sum();
    let check = CHECK.get(sum as usize % 11).copied().unwrap_or('X');
    format!("{digits}{check}")
}

#[cfg(test)]
mod tests {
    use licence::check_licence_number;

    use super::*;

    fn register(count: u32) -> DeskRegister {
        DeskRegister::new(Rc::new(Cell::new(count)))
    }

    #[test]
    fn practice_drivers_have_right_numbers_and_differ_from_each_other() {
        let (register, now) = (register(400), Timestamp::from_unix(1_795_337_287));
        let mut numbers = std::collections::BTreeSet::new();
        let mut names = std::collections::BTreeSet::new();
        for index in 0..400 {
            let facts = register.facts(&reference(index), None, now).unwrap();
            assert_eq!(
                check_licence_number(&facts.number, Some(facts.born), Some(facts.sex)),
                Vec::new(),
                "{index}"
            );
            assert!(numbers.insert(facts.number.clone()) && names.insert(facts.name_zh()), "{index}");
        }
        assert!(register.facts(&reference(400), None, now).is_none());
        assert!(register.facts("lin", None, now).is_some());
    }
}
