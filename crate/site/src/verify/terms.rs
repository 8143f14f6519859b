//! What is asked: the purpose on top, and its terms in a panel that folds away. The purpose is remembered, and the rules that
//! hold for every purpose.

use cbor::Date;
use licence::{Vehicle, VehicleKind};
use verdict::{Purpose, Terms};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlOptionElement};

use super::rules::Rules;
use crate::browser::dom;
use crate::storage::settings;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::verify::Page as Markup;
use crate::ui::{format, words};

/// The terms as they were last set, with the day for which their dates were meant.
pub(crate) struct Asked {
    terms: Terms,
    /// Whether the user changed the dates; otherwise they follow the day.
    dated: bool,
    rules: Rules,
}

impl Asked {
    /// The remembered purpose with its default terms.
    pub(crate) fn remembered() -> Self {
        let code = settings::VERIFY_PURPOSE.read();
        let purpose = code.and_then(|code| Purpose::from_code(&code)).unwrap_or(Purpose::Roadside);
        let rules = Rules::remembered();
        Self { terms: Terms::default_for(purpose, today(&rules)), dated: false, rules }
    }

    /// What is asked now.
    pub(crate) fn terms(&mut self) -> Terms {
        if !self.dated {
            let fresh = Terms::default_for(self.terms.purpose, today(&self.rules));
            (self.terms.from, self.terms.until) = (fresh.from, fresh.until);
        }
        self.rules.add_to(self.terms.clone())
    }

    /// Asks for another purpose. A vehicle that was chosen stays; otherwise it is the purpose's own.
    pub(crate) fn choose(&mut self, purpose: Purpose) {
        let today = today(&self.rules);
        let (before, fresh) = (self.terms.purpose, Terms::default_for(purpose, today));
        let chosen = self.terms.vehicle != Terms::default_for(before, today).vehicle;
        let vehicle = if chosen { self.terms.vehicle.or(fresh.vehicle) } else { fresh.vehicle };
        self.terms = Terms { vehicle, ..fresh };
        self.dated = false;
        settings::VERIFY_PURPOSE.write(purpose.code().to_owned());
    }

    /// Resets the terms to the defaults of the purpose.
    pub(crate) fn reset(&mut self) {
        self.rules.reset();
        self.terms = Terms::default_for(self.terms.purpose, today(&self.rules));
        self.dated = false;
    }

    /// Adds the class of a state that is written in the panel, for the vehicle that is asked about.
    pub(crate) fn add_class(&mut self, markup: &Markup) {
        if let Some(vehicle) = self.terms.vehicle {
            self.rules.add(markup, vehicle);
        }
    }

    /// Removes a class of a state by its place in the list.
    pub(crate) fn remove_class(&mut self, markup: &Markup, index: usize) {
        self.rules.remove(markup, index);
    }

    /// Reads the panel; an invalid date, or an end before its beginning, is corrected.
    pub(crate) fn read(&mut self, markup: &Markup) {
        self.rules.read(markup);
        let terms = &mut self.terms;
        let vehicle = Vehicle::from_code(&markup.vehicle.value());
        // No vehicle asks what may be driven, which only the roadside check answers.
        if vehicle.is_some() || terms.purpose == Purpose::Roadside {
            terms.vehicle = vehicle.map(|vehicle| vehicle.with_automatic(markup.automatic.checked()));
        }
        if let Some(age) = markup.age.value().parse().ok().filter(|age| [18, 21, 25].contains(age)) {
            terms.age_at_least = age;
        }
        let day = |field: &HtmlInputElement| Date::parse(&field.value());
        let (from, until) = match terms.purpose {
            Purpose::Roadside
            | Purpose::AgeOnly
            | Purpose::Freight
            | Purpose::Passenger
            | Purpose::Counter
            | Purpose::None => return,
            Purpose::Rental => {
                let from = day(&markup.from).unwrap_or(terms.from);
                (from, day(&markup.until).unwrap_or(terms.until).max(from))
            }
            Purpose::Insurance => {
                let from = day(&markup.from).unwrap_or(terms.from);
                (from, from.plus_years(1))
            }
        };
        self.dated |= (from, until) != (terms.from, terms.until);
        (terms.from, terms.until) = (from, until);
    }

    /// Writes the tabs, the line below them and the panel.
    pub(crate) fn draw(&mut self, markup: &Markup) {
        let terms = self.terms();
        for tab in dom::all_in(&markup.purposes, "input") {
            if let Ok(tab) = tab.dyn_into::<HtmlInputElement>() {
                tab.set_checked(tab.value() == terms.purpose.code());
            }
        }
        dom::set(&markup.terms.terms, &sentence(&terms));
        let shown: &[&str] = match terms.purpose {
            Purpose::Roadside | Purpose::Freight | Purpose::Passenger => {
                &["vehicle", "automatic", "zone", "status", "classes"]
            }
            Purpose::Rental => &["vehicle", "automatic", "from", "until", "age", "zone", "status", "classes"],
            Purpose::Insurance => &["vehicle", "automatic", "from", "zone", "status", "classes"],
            Purpose::Counter => &["zone", "status"],
            Purpose::AgeOnly => &["zone"],
            Purpose::None => &[],
        };
        for field in dom::all_in(&markup.terms.root, "[data-asks]") {
            let name = field.get_attribute("data-asks").unwrap_or_default();
            // A class of a state is added for a vehicle.
            let is_asked = name != "classes" || terms.vehicle.is_some();
            dom::show(&field, is_asked && shown.contains(&name.as_str()));
        }
        let from = if terms.purpose == Purpose::Insurance { "insurance" } else { "rental" };
        dom::set(&markup.terms.from_label, &tr(&format!("verify.terms.from.{from}")));
        self.rules.draw(markup, terms.vehicle);
        let fixed = shown.is_empty();
        dom::mark(&markup.terms.root, "data-fixed", fixed);
        if fixed {
            markup.terms.root.set_open(false);
        }
        fields(markup, &terms);
    }
}

fn fields(markup: &Markup, terms: &Terms) {
    markup.vehicle.set_text_content(None);
    let any = (terms.purpose == Purpose::Roadside).then(|| (tr("verify.terms.any"), ""));
    let kinds = VehicleKind::ALL.into_iter().map(|kind| (words::vehicle(kind.into()), kind.code()));
    for (words, code) in any.into_iter().chain(kinds) {
        if let Ok(option) = HtmlOptionElement::new_with_text_and_value(&words, code) {
            let _ = markup.vehicle.append_child(&option);
        }
    }
    markup.vehicle.set_value(terms.vehicle.map_or("", |vehicle| vehicle.kind.code()));
    markup.automatic.set_checked(terms.vehicle.is_some_and(|vehicle| vehicle.automatic));
    markup.automatic.set_disabled(!terms.vehicle.is_some_and(|vehicle| vehicle.kind.has_gearboxes()));
    for (field, day) in [(&markup.from, terms.from), (&markup.until, terms.until)] {
        field.set_value(&day.to_string());
    }
    markup.age.set_value(&terms.age_at_least.to_string());
}

/// What is asked, in one line.
fn sentence(terms: &Terms) -> String {
    let open = terms.purpose == Purpose::Roadside && terms.vehicle.is_none();
    let key = if open {
        "verify.terms.roadside-open".to_owned()
    } else {
        format!("verify.terms.{}", terms.purpose.code())
    };
    let (from, until) = (format::short_day(terms.from), format::short_day(terms.until));
    let (vehicle, age) = (words::vehicle(terms.judged_vehicle()), terms.age_at_least.to_string());
    fill(&key, &[("vehicle", &vehicle), ("from", &from), ("until", &until), ("age", &age)])
}

/// The day at the verifier's place.
fn today(rules: &Rules) -> Date {
    format::now().date_at(rules.utc_offset_seconds())
}
