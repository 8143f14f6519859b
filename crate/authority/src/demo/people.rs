//! The demo people: invented, drawn, with numbers that are not assigned.
//!
//! Their dates are relative to the day of the claim, so that the novice is a novice and the 71-year-old is 71 whenever the
//! demo is opened.

use cbor::Date;
use licence::{Class, Sex};

use crate::rollout::{Batch, IssuingOffice};

/// The special property of a demo person's licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Story {
    /// None: status 正常.
    Plain,
    /// A violation waits to be dealt with (H): may drive.
    Violation,
    /// Suspended (D) from the day after the claim.
    Suspended,
    /// 12 points (B) from the day after the claim.
    PointsFull,
    /// The claim was on the last valid day; overdue (M) from the day after.
    Expired,
    /// The medical certificate is put off (P) until 60 days after the claim.
    MedicalExtended,
    /// Locked (L): cannot be claimed.
    Locked,
}

/// A day counted back from the day of the claim.
#[derive(Debug, Clone, Copy)]
pub enum Before {
    /// This many years before the most recent occurrence of a month and day.
    Anniversary {
        /// Completed years on the day of the claim.
        years: i32,
        /// Month; never 29 February.
        month: u8,
        /// Day of the month.
        day: u8,
    },
    /// This many months before.
    Months(i32),
    /// This many years before.
    Years(i32),
}

impl Before {
    /// The day, counted back from `claimed_on`.
    pub fn of(self, claimed_on: Date) -> Date {
        match self {
            Before::Anniversary { years, month, day } => {
                let passed = (month, day) <= (claimed_on.month(), claimed_on.day());
                let year = claimed_on.year() - years - i32::from(!passed);
                Date::new(year, month, day).unwrap_or_else(|| claimed_on.plus_years(-years))
            }
            Before::Months(months) => claimed_on.plus_months(-months),
            Before::Years(years) => claimed_on.plus_years(-years),
        }
    }
}

/// One demo person.
#[derive(Debug)]
pub struct DemoPerson {
    /// Stable, in lower case: names the portrait's files too.
    pub id: &'static str,
    /// 姓.
    pub family_zh: &'static str,
    /// 名.
    pub given_zh: &'static str,
    /// Family name in pinyin.
    pub family: &'static str,
    /// Given name in pinyin.
    pub given: &'static str,
    /// 性别.
    pub sex: Sex,
    /// Whether the authority has a photo on file.
    pub photo_on_file: bool,
    /// The special property of the licence.
    pub story: Story,
    /// Days by which the claim is backdated, so that later events show at once.
    pub claimed_days_ago: i32,
    pub(super) born: Before,
    pub(super) classes: &'static [(Class, Before)],
    /// The date of the first licence, if earlier than the classes held now.
    pub(super) first: Option<Before>,
    pub(super) points: u64,
    pub(super) office: Office,
    /// Street in Chinese and in Latin letters.
    pub(super) street: (&'static str, &'static str),
    pub(super) note_zh: Option<&'static str>,
}

/// The demo's issuing offices: a province and cities that do not exist.
#[derive(Debug, Clone, Copy)]
pub(super) enum Office {
    Liangzheng,
    Yunxi,
    Qinghe,
}

impl Office {
    /// City in Chinese (with 市) and in Latin letters.
    pub(super) fn city(self) -> (&'static str, &'static str) {
        match self {
            Office::Liangzheng => ("亮证市", "Liangzheng"),
            Office::Yunxi => ("云溪市", "Yunxi"),
            Office::Qinghe => ("青禾市", "Qinghe"),
        }
    }

    /// Two of the cities open before the rest of the country, so that the roll-out shows.
    fn batch(self) -> Batch {
        match self {
            Office::Yunxi => Batch::Pilot,
            Office::Qinghe => Batch::First,
            Office::Liangzheng => Batch::All,
        }
    }

    /// 演示 stands in the name, so that it is seen wherever the authority is shown.
    pub(super) fn issuing_office(self) -> IssuingOffice {
        let (city, latin) = self.city();
        IssuingOffice {
            city: city.trim_end_matches('市').into(),
            batch: Some(self.batch()),
            name: format!("演示省{city}公安局交通警察支队（演示）"),
            name_latin: format!("Traffic Police of {latin}, Demo Province (DEMO)"),
        }
    }
}

const fn anniversary(years: i32, month: u8, day: u8) -> Before {
    Before::Anniversary { years, month, day }
}

/// The common values; the table below has the differences.
const PLAIN: DemoPerson = DemoPerson {
    id: "",
    family_zh: "",
    given_zh: "",
    family: "",
    given: "",
    sex: Sex::Female,
    photo_on_file: true,
    story: Story::Plain,
    claimed_days_ago: 0,
    born: Before::Years(30),
    classes: &[],
    first: None,
    points: 0,
    office: Office::Liangzheng,
    street: ("", ""),
    note_zh: None,
};

/// All demo people.
pub(super) const PEOPLE: [DemoPerson; 12] = [
    DemoPerson {
        id: "lin",
        family_zh: "林",
        given_zh: "知夏",
        family: "Lin",
        given: "Zhixia",
        born: anniversary(32, 8, 3),
        classes: &[(Class::C1, anniversary(10, 5, 12))],
        points: 3,
        street: ("观澜路18号", "18 Guanlan Road"),
        ..PLAIN
    },
    DemoPerson {
        id: "zhao",
        family_zh: "赵",
        given_zh: "远舟",
        family: "Zhao",
        given: "Yuanzhou",
        sex: Sex::Male,
        born: anniversary(45, 2, 17),
        classes: &[(Class::A2, anniversary(12, 9, 1))],
        first: Some(anniversary(21, 6, 20)),
        points: 1,
        office: Office::Yunxi,
        street: ("货运站东街6号", "6 Freight Station East Street"),
        note_zh: Some("增驾A2，最高准驾车型A2。"),
        ..PLAIN
    },
    DemoPerson {
        id: "xu",
        family_zh: "许",
        given_zh: "念安",
        family: "Xu",
        given: "Nian'an",
        born: anniversary(20, 4, 26),
        classes: &[(Class::C2, Before::Months(5))],
        office: Office::Qinghe,
        street: ("大学城南路1号3栋", "Building 3, 1 University Town South Road"),
        ..PLAIN
    },
    DemoPerson {
        id: "gao",
        family_zh: "高",
        given_zh: "岩",
        family: "Gao",
        given: "Yan",
        sex: Sex::Male,
        story: Story::Suspended,
        claimed_days_ago: 21,
        born: anniversary(38, 9, 9),
        classes: &[(Class::C1, anniversary(13, 3, 28))],
        points: 6,
        street: ("石桥巷44号", "44 Shiqiao Lane"),
        ..PLAIN
    },
    DemoPerson {
        id: "wei",
        family_zh: "韦",
        given_zh: "一鸣",
        family: "Wei",
        given: "Yiming",
        sex: Sex::Male,
        story: Story::PointsFull,
        claimed_days_ago: 9,
        born: anniversary(29, 12, 1),
        classes: &[(Class::C1, anniversary(8, 7, 15))],
        points: 9,
        office: Office::Yunxi,
        street: ("青年路120号", "120 Qingnian Road"),
        ..PLAIN
    },
    DemoPerson {
        id: "cheng",
        family_zh: "程",
        given_zh: "晚晴",
        family: "Cheng",
        given: "Wanqing",
        story: Story::Expired,
        claimed_days_ago: 14,
        born: anniversary(51, 6, 18),
        // 6 and 10 years: the second term ends on the day of the claim.
        classes: &[(Class::C1, Before::Years(16))],
        office: Office::Qinghe,
        street: ("晚亭路9号", "9 Wanting Road"),
        ..PLAIN
    },
    DemoPerson {
        id: "shen",
        family_zh: "沈",
        given_zh: "德茂",
        family: "Shen",
        given: "Demao",
        sex: Sex::Male,
        born: anniversary(71, 3, 8),
        classes: &[(Class::C1, anniversary(38, 10, 5))],
        street: ("老槐树胡同2号", "2 Laohuaishu Lane"),
        note_zh: Some("年满70周岁，每年提交身体条件证明。"),
        ..PLAIN
    },
    DemoPerson {
        id: "he",
        family_zh: "何",
        given_zh: "沐阳",
        family: "He",
        given: "Muyang",
        sex: Sex::Male,
        photo_on_file: false,
        born: anniversary(26, 10, 30),
        classes: &[(Class::C1, anniversary(4, 8, 22))],
        points: 2,
        office: Office::Yunxi,
        street: ("滨河路77号", "77 Binhe Road"),
        ..PLAIN
    },
    DemoPerson {
        id: "tang",
        family_zh: "唐",
        given_zh: "小满",
        family: "Tang",
        given: "Xiaoman",
        story: Story::Violation,
        born: anniversary(34, 5, 21),
        classes: &[(Class::C1, anniversary(9, 11, 11)), (Class::D, Before::Months(7))],
        points: 5,
        office: Office::Qinghe,
        street: ("麦田路5号", "5 Maitian Road"),
        note_zh: Some("增驾D。"),
        ..PLAIN
    },
    DemoPerson {
        id: "shangguan",
        family_zh: "上官皇甫",
        given_zh: "霜𬀩",
        family: "Shangguanhuangfu",
        given: "Shuangwei",
        born: anniversary(36, 1, 12),
        classes: &[(Class::C1, anniversary(14, 4, 2)), (Class::E, anniversary(6, 4, 19))],
        points: 0,
        office: Office::Liangzheng,
        street: (
            "开发区长虹北大道二段1288号望江花园云杉苑21栋3单元2702室",
            "Room 2702, Unit 3, Building 21, Yunshan Court, Wangjiang Garden, 1288 Changhong North Avenue",
        ),
        ..PLAIN
    },
    DemoPerson {
        id: "bai",
        family_zh: "白",
        given_zh: "若松",
        family: "Bai",
        given: "Ruosong",
        story: Story::MedicalExtended,
        born: anniversary(57, 11, 5),
        classes: &[(Class::B2, anniversary(19, 1, 30))],
        office: Office::Yunxi,
        street: ("云岭大道303号", "303 Yunling Avenue"),
        note_zh: Some("延期提交身体条件证明。"),
        ..PLAIN
    },
    DemoPerson {
        id: "qin",
        family_zh: "秦",
        given_zh: "朗",
        family: "Qin",
        given: "Lang",
        sex: Sex::Male,
        story: Story::Locked,
        born: anniversary(41, 7, 7),
        classes: &[(Class::C1, anniversary(17, 2, 9))],
        office: Office::Qinghe,
        street: ("南门街31号", "31 Nanmen Street"),
        ..PLAIN
    },
];

impl DemoPerson {
    /// Name in Chinese characters, family name first.
    pub fn name_zh(&self) -> String {
        format!("{}{}", self.family_zh, self.given_zh)
    }

    /// Name in pinyin, family name first.
    pub fn name_latin(&self) -> String {
        format!("{} {}", self.family, self.given)
    }

    /// The name of the office that issued the licence.
    pub fn office_name(&self) -> String {
        self.office.issuing_office().name
    }

    /// The classes as the licence prints them, such as "C1D".
    pub fn classes(&self) -> String {
        licence::format_classes(self.classes.iter().map(|(class, _)| *class))
    }

    /// City of the issuing office, in Chinese and in Latin letters.
    pub fn city(&self) -> (&'static str, &'static str) {
        self.office.city()
    }

    /// The key of the line that says what this person shows (`authority.json`).
    pub fn story_key(&self) -> String {
        format!("demo.person.{}", self.id)
    }

    /// Returns the site's address of the large portrait: the photo on file, or a picture to submit.
    pub fn portrait_path(&self) -> String {
        format!("/demo/portraits/{}.jpg", self.id)
    }
}
