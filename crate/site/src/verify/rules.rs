//! What holds for every purpose of a verifier: the time zone, whether a status is needed, the known classes of states. It is
//! remembered.

use licence::{SHANGHAI_OFFSET_SECONDS, Vehicle};
use verdict::{StateClass, Terms};
use web_sys::HtmlOptionElement;

use crate::browser::dom;
use crate::storage::settings;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::verify::{KnownClass, Page as Markup};
use crate::ui::words;

/// The most classes that are kept.
const MAX_CLASSES: usize = 64;

/// The offsets from UTC that are in use, in minutes.
const OFFSETS: [i32; 38] = [
    -720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -150, -120, -60, 0, 60, 120, 180,
    210, 240, 270, 300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 780, 840,
];

/// The rules of this verifier.
pub(super) struct Rules {
    utc_offset_seconds: i32,
    status_needed: bool,
    state_classes: Vec<StateClass>,
}

impl Rules {
    /// What is remembered; Shanghai's time, and nothing else, where nothing is.
    pub(super) fn remembered() -> Self {
        let offset = settings::VERIFY_OFFSET.read().filter(|offset| is_in_use(*offset));
        let classes = settings::VERIFY_STATE_CLASSES.read().unwrap_or_default();
        Self {
            utc_offset_seconds: offset.unwrap_or(SHANGHAI_OFFSET_SECONDS),
            status_needed: settings::VERIFY_STATUS_NEEDED.is_set(),
            state_classes: classes.lines().filter_map(|line| line.parse().ok()).take(MAX_CLASSES).collect(),
        }
    }

    /// Seconds by which the verifier's place is ahead of UTC.
    pub(super) const fn utc_offset_seconds(&self) -> i32 {
        self.utc_offset_seconds
    }

    /// Adds the rules to the terms of a purpose.
    pub(super) fn add_to(&self, terms: Terms) -> Terms {
        Terms {
            utc_offset_seconds: self.utc_offset_seconds,
            status_needed: self.status_needed,
            state_classes: self.state_classes.clone(),
            ..terms
        }
    }

    /// Reads the time zone, and whether a status is needed.
    pub(super) fn read(&mut self, markup: &Markup) {
        let offset = markup.zone.value().parse().ok().filter(|offset| is_in_use(*offset));
        self.utc_offset_seconds = offset.unwrap_or(self.utc_offset_seconds);
        self.status_needed = markup.status_needed.checked();
        self.remember();
    }

    /// Resets the time zone and the status. Known classes stay: each can be removed.
    pub(super) fn reset(&mut self) {
        (self.utc_offset_seconds, self.status_needed) = (SHANGHAI_OFFSET_SECONDS, false);
        self.remember();
    }

    /// Adds the class that is written in the fields, for this vehicle, and says so, or what is wrong.
    pub(super) fn add(&mut self, markup: &Markup, vehicle: Vehicle) {
        let (state, class) = (markup.class_state.value(), markup.class_code.value());
        let text = format!("{}:{}={}", state.trim().to_uppercase(), class.trim(), vehicle.code());
        let Some(known) = text.parse::<StateClass>().ok().filter(|_| self.state_classes.len() < MAX_CLASSES)
        else {
            dom::set(&markup.class_said, &tr("verify.terms.class.wrong"));
            dom::mark(&markup.class_said, "data-wrong", true);
            return dom::focus(&markup.class_state);
        };
        let added = fill("verify.terms.class.added", &[("class", &in_words(&known))]);
        if !self.state_classes.contains(&known) {
            self.state_classes.push(known);
        }
        self.remember();
        [&markup.class_state, &markup.class_code].iter().for_each(|field| field.set_value(""));
        dom::set(&markup.class_said, &added);
        dom::mark(&markup.class_said, "data-wrong", false);
        dom::focus(&markup.class_state);
    }

    /// Removes the class at this place in the list.
    pub(super) fn remove(&mut self, markup: &Markup, index: usize) {
        if index < self.state_classes.len() {
            let known = self.state_classes.remove(index);
            dom::set(&markup.class_said, &fill("trust.removed", &[("name", &in_words(&known))]));
            dom::mark(&markup.class_said, "data-wrong", false);
        }
        self.remember();
        dom::focus(&markup.class_state);
    }

    fn remember(&self) {
        settings::VERIFY_OFFSET.write(self.utc_offset_seconds);
        settings::VERIFY_STATUS_NEEDED.set(self.status_needed);
        let lines: Vec<String> = self.state_classes.iter().cloned().map(String::from).collect();
        settings::VERIFY_STATE_CLASSES.write(lines.join("\n"));
    }

    /// Writes the fields; `vehicle` is what a class is added for.
    pub(super) fn draw(&self, markup: &Markup, vehicle: Option<Vehicle>) {
        markup.zone.set_text_content(None);
        for minutes in OFFSETS {
            let value = (minutes * 60).to_string();
            if let Ok(option) = HtmlOptionElement::new_with_text_and_value(&zone(minutes), &value) {
                let _ = markup.zone.append_child(&option);
            }
        }
        markup.zone.set_value(&self.utc_offset_seconds.to_string());
        markup.status_needed.set_checked(self.status_needed);
        let vehicle = vehicle.map(words::vehicle).unwrap_or_default();
        dom::set(&markup.class_add, &fill("verify.terms.class.add", &[("vehicle", &vehicle)]));
        markup.known_classes.set_text_content(None);
        for (index, known) in self.state_classes.iter().enumerate() {
            if let Ok(row) = KnownClass::new() {
                let name = in_words(known);
                dom::set(&row.name, &name);
                let _ = row.remove.set_attribute("data-index", &index.to_string());
                let label = fill("trust.remove.named", &[("name", &name)]);
                let _ = row.remove.set_attribute("aria-label", &label);
                let _ = markup.known_classes.append_child(&row.root);
            }
        }
    }
}

fn is_in_use(offset: i32) -> bool {
    OFFSETS.iter().any(|minutes| minutes * 60 == offset)
}

/// An offset as `UTC+08:00`.
fn zone(minutes: i32) -> String {
    let sign = if minutes < 0 { '−' } else { '+' };
    format!("UTC{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

fn in_words(known: &StateClass) -> String {
    let (state, vehicle) = (known.state.code(), words::vehicle(known.vehicle));
    let class = words::isolate(&known.class);
    fill("verify.terms.class", &[("state", state), ("class", &class), ("vehicle", &vehicle)])
}
