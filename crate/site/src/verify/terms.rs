//! What is asked: the purpose on top, and its terms in a panel that folds away. The purpose is remembered.

use cbor::Date;
use licence::calendar::shanghai_day;
use licence::class::Class;
use verdict::purpose::{Purpose, Terms};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDetailsElement, HtmlInputElement, HtmlOptionElement, HtmlSelectElement};

use crate::browser::dom;
use crate::ui::i18n::{fill, tr};
use crate::ui::{format, words};

const STORED: &str = "liangzheng.verify.purpose";

/// The terms as they were last set, with the day for which their dates were meant.
pub(crate) struct Asked {
    terms: Terms,
    /// Whether somebody changed the dates: else they move on with the day.
    dated: bool,
}

impl Asked {
    /// The remembered purpose with its default terms.
    pub(crate) fn remembered() -> Self {
        let storage = dom::window().local_storage().ok().flatten();
        let code = storage.and_then(|storage| storage.get_item(STORED).ok().flatten());
        let purpose = code.and_then(|code| Purpose::from_code(&code)).unwrap_or(Purpose::Roadside);
        Self { terms: Terms::default_for(purpose, today()), dated: false }
    }

    /// What is asked now.
    pub(crate) fn terms(&mut self) -> Terms {
        if !self.dated {
            let fresh = Terms::default_for(self.terms.purpose, today());
            (self.terms.from, self.terms.until) = (fresh.from, fresh.until);
        }
        self.terms.clone()
    }

    /// Asks for another purpose. The vehicle stays.
    pub(crate) fn choose(&mut self, purpose: Purpose) {
        let fresh = Terms::default_for(purpose, today());
        self.terms = Terms { vehicle: self.terms.vehicle, trailer: self.terms.trailer, ..fresh };
        self.dated = false;
        if let Ok(Some(storage)) = dom::window().local_storage() {
            let _ = storage.set_item(STORED, purpose.code());
        }
    }

    /// The terms as this purpose has them before anybody changes them.
    pub(crate) fn reset(&mut self) {
        self.terms = Terms::default_for(self.terms.purpose, today());
        self.dated = false;
    }

    /// Takes what the panel says; a date that is none, or an end before its beginning, is put right.
    pub(crate) fn read(&mut self) {
        let terms = &mut self.terms;
        if let Some(class) = Class::from_code(&select("vehicle").map(|s| s.value()).unwrap_or_default()) {
            terms.vehicle = class;
        }
        terms.trailer = input("trailer").is_some_and(|box_| box_.checked());
        if let Some(age) =
            select("age").and_then(|s| s.value().parse().ok()).filter(|age| [18, 21, 25].contains(age))
        {
            terms.age_at_least = age;
        }
        let day = |id: &str| input(id).and_then(|field| Date::parse(&field.value()));
        let (from, until) = match terms.purpose {
            Purpose::Roadside | Purpose::AgeOnly | Purpose::None => return,
            Purpose::Rental => {
                let from = day("from").unwrap_or(terms.from);
                (from, day("until").unwrap_or(terms.until).max(from))
            }
            Purpose::Insurance => {
                let from = day("from").unwrap_or(terms.from);
                (from, from.plus_years(1))
            }
        };
        self.dated |= (from, until) != (terms.from, terms.until);
        (terms.from, terms.until) = (from, until);
    }

    /// Writes the tabs, the line below them and the panel.
    pub(crate) fn draw(&mut self, root: &Element) {
        let terms = self.terms();
        for tab in dom::all_in(root, "input[name=\"purpose\"]") {
            if let Ok(tab) = tab.dyn_into::<HtmlInputElement>() {
                tab.set_checked(tab.value() == terms.purpose.code());
            }
        }
        dom::write(root, "terms", &sentence(&terms));
        let shown: &[&str] = match terms.purpose {
            Purpose::Roadside => &["vehicle", "trailer"],
            Purpose::Rental => &["vehicle", "trailer", "from", "until", "age"],
            Purpose::Insurance => &["vehicle", "trailer", "from"],
            Purpose::AgeOnly | Purpose::None => &[],
        };
        for field in dom::all_in(root, "[data-asks]") {
            let name = field.get_attribute("data-asks").unwrap_or_default();
            dom::show(&field, shown.contains(&name.as_str()));
        }
        let from = if terms.purpose == Purpose::Insurance { "insurance" } else { "rental" };
        dom::write(root, "from-label", &tr(&format!("verify.terms.from.{from}")));
        if let Some(panel) = dom::by_id("terms") {
            let fixed = shown.is_empty();
            let _ = if fixed {
                panel.set_attribute("data-fixed", "")
            } else {
                panel.remove_attribute("data-fixed")
            };
            if fixed {
                fold();
            }
        }
        self.fields(&terms);
    }

    fn fields(&self, terms: &Terms) {
        if let Some(vehicle) = select("vehicle") {
            vehicle.set_text_content(None);
            for class in Class::ALL {
                let option = HtmlOptionElement::new_with_text_and_value(&words::vehicle(class), class.code());
                if let Ok(option) = option {
                    let _ = vehicle.append_child(&option);
                }
            }
            vehicle.set_value(terms.vehicle.code());
        }
        if let Some(trailer) = input("trailer") {
            trailer.set_checked(terms.trailer);
            trailer.set_disabled(terms.vehicle.with_trailer().is_none() && !terms.trailer);
        }
        for (id, day) in [("from", terms.from), ("until", terms.until)] {
            if let Some(field) = input(id) {
                field.set_value(&day.to_string());
            }
        }
        if let Some(age) = select("age") {
            age.set_value(&terms.age_at_least.to_string());
        }
    }
}

/// Closes the panel.
pub(crate) fn fold() {
    if let Some(panel) = dom::by_id("terms").and_then(|panel| panel.dyn_into::<HtmlDetailsElement>().ok()) {
        panel.set_open(false);
    }
}

/// What is asked, in one line.
fn sentence(terms: &Terms) -> String {
    let trailer = if terms.trailer && terms.purpose != Purpose::AgeOnly { ".trailer" } else { "" };
    let key = format!("verify.terms.{}{trailer}", terms.purpose.code());
    let (from, until) = (format::short_day(terms.from), format::short_day(terms.until));
    let (vehicle, age) = (words::vehicle(terms.vehicle), terms.age_at_least.to_string());
    fill(&key, &[("vehicle", &vehicle), ("from", &from), ("until", &until), ("age", &age)])
}

fn today() -> Date {
    shanghai_day(format::now())
}

fn input(id: &str) -> Option<HtmlInputElement> {
    dom::by_id(id)?.dyn_into().ok()
}

fn select(id: &str) -> Option<HtmlSelectElement> {
    dom::by_id(id)?.dyn_into().ok()
}
