//! The fields in which a fact is changed.

use std::rc::Rc;

use authority::desk::Driver;
use authority::driver::{Change, Letters, Validity};
use authority::rollout::IssuingOffice;
use cbor::Date;
use licence::{Class, HeldClass, LETTER_TABLE, StatusLetters};
use web_sys::HtmlInputElement;

use crate::authority::app::App;
use crate::authority::words::{choices, city};
use crate::browser::dom;
use crate::ui::format;
use crate::ui::i18n::tr;
use crate::ui::markup::Missing;
use crate::ui::markup::authority::{ClassField, Driver as Markup, LetterField};
use crate::ui::scope::Scope;
use crate::ui::words::{class, letters};

/// What can be changed; the first is nothing.
const FACTS: [&str; 6] = ["none", "classes", "validity", "letters", "points", "office"];

/// The fields, with what they hold.
pub(super) struct Editor {
    page: Markup,
    classes: Vec<(Class, HtmlInputElement, HtmlInputElement)>,
    letters: Vec<(char, HtmlInputElement)>,
    offices: Vec<IssuingOffice>,
}

impl Editor {
    /// Fills the fields with the facts of a driver; `changed` is called with each input.
    pub(super) fn new(
        app: &App,
        scope: &Scope,
        page: &Markup,
        driver: &Driver,
        changed: impl Fn() + 'static,
    ) -> Result<Self, Missing> {
        let facts = &driver.facts;
        choices(scope, &page.fact, FACTS.map(str::to_owned).to_vec(), |fact| match fact {
            "none" => tr("desk.change.nothing"),
            fact => tr(&format!("desk.label.{fact}")),
        });
        let mut classes = Vec::new();
        for one in Class::ALL {
            let field = ClassField::new()?;
            let _ = page.classes.append_child(&field.root);
            let held = facts.classes.iter().find(|held| held.class == one);
            field.held.set_checked(held.is_some());
            field.from.set_value(&format::printed_day(held.map_or(app.clock.today(), |held| held.from)));
            let (name, from) = (field.name.clone(), field.from.clone());
            scope.text(move || {
                dom::set(&name, &class(one));
                let _ =
                    from.set_attribute("aria-label", &format!("{} {}", one.code(), tr("desk.change.from")));
            });
            classes.push((one, field.held, field.from));
        }
        let mut signs = Vec::new();
        for row in &LETTER_TABLE {
            let field = LetterField::new()?;
            let _ = page.letters.append_child(&field.root);
            let sign = row.letter.sign();
            field.set.set_checked(facts.letters.text().contains(sign));
            let name = field.name.clone();
            scope.text(move || dom::set(&name, &letters(&sign.to_string())));
            signs.push((sign, field.set));
        }
        let day = |day: Option<Date>| day.map(format::printed_day).unwrap_or_default();
        page.letters_until.set_value(&day(facts.extension_until));
        page.from.set_value(&day(Some(facts.validity.from)));
        page.until.set_value(&day(facts.validity.until));
        page.long_term.set_checked(facts.validity.until.is_none());
        page.points.set_value(&facts.points.to_string());
        let mut offices: Vec<IssuingOffice> = Vec::new();
        for driver in app.desk().search("", app.clock.now()) {
            if !offices.contains(&driver.facts.office) {
                offices.push(driver.facts.office);
            }
        }
        let names = offices.iter().map(|office| office.city.clone()).collect();
        choices(scope, &page.office, names, city);
        page.office.set_value(&facts.office.city);
        let changed = Rc::new(changed);
        let shown = page.clone();
        scope.on(&page.form, "input", move |_| {
            show_fields(&shown);
            changed();
        });
        show_fields(page);
        Ok(Self { page: page.clone(), classes, letters: signs, offices })
    }

    /// Returns the change that the fields say; nothing where nothing is chosen.
    ///
    /// # Errors
    /// Returns the key of the sentence that says which field is missing.
    pub(super) fn change(&self) -> Result<Option<Change>, &'static str> {
        let page = &self.page;
        let day = |input: &HtmlInputElement| Date::parse(&input.value());
        Ok(Some(match &*page.fact.value() {
            "classes" => {
                let held = self.classes.iter().filter(|(_, held, _)| held.checked());
                let classes: Option<Vec<_>> = held
                    .map(|(class, _, from)| Some(HeldClass { class: *class, from: day(from)? }))
                    .collect();
                Change::Classes { classes: classes.ok_or("desk.change.lacks-day")? }
            }
            "validity" => {
                let until = if page.long_term.checked() { None } else { Some(day(&page.until)) };
                let until = match until {
                    Some(None) => return Err("desk.change.lacks-day"),
                    Some(until) => until,
                    None => None,
                };
                Change::Validity(Validity { from: day(&page.from).ok_or("desk.change.lacks-day")?, until })
            }
            "letters" => {
                let text: String =
                    self.letters.iter().filter(|(_, set)| set.checked()).map(|(sign, _)| *sign).collect();
                Change::Letters(Letters {
                    letters: StatusLetters::parse(&text),
                    until: day(&page.letters_until),
                })
            }
            "points" => Change::Points {
                incurred: page.points.value().trim().parse().map_err(|_| "desk.change.lacks-points")?,
            },
            "office" => {
                let city = page.office.value();
                let office = self.offices.iter().find(|office| office.city == city).cloned();
                Change::Office(office.ok_or("desk.change.lacks-office")?)
            }
            _ => return Ok(None),
        }))
    }
}

/// Shows the fields of the chosen fact alone.
fn show_fields(page: &Markup) {
    let fact = page.fact.value();
    for field in dom::all_in(&page.form, "[data-fact]") {
        dom::show(&field, field.get_attribute("data-fact").as_deref() == Some(&fact));
    }
    page.until.set_disabled(page.long_term.checked());
    dom::show(&page.counter_fields, page.at_counter.checked());
}
