//! Elements of one document that cannot all be true.

use super::{Facts, Privilege};
use crate::elements::{id, privileges::privileges};
use crate::profile::Profile;

/// Two elements that contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contradiction {
    /// The first element.
    pub element: &'static str,
    /// The second element.
    pub other: &'static str,
}

impl Facts {
    /// Returns the first two elements that contradict each other, if there are any.
    ///
    /// A Chinese licence has its classes twice, in the domestic namespace and as ISO categories: a category that no class
    /// gives, or without the restriction of its class, is a contradiction. An absent category is none: it allows less.
    pub fn contradiction(&self) -> Option<Contradiction> {
        let of = |element, other| Some(Contradiction { element, other });
        if let (Some(birth_date), Some(year)) = (self.birth_date, self.birth_year)
            && birth_date.year() != year
        {
            return of(id::BIRTH_DATE, id::AGE_BIRTH_YEAR);
        }
        if self.profile != Profile::Cn {
            return None;
        }
        if let (Some(number), Some(last4)) = (&self.document_number, &self.number_last4)
            && !number.as_str().ends_with(last4.as_str())
        {
            return of(id::DOCUMENT_NUMBER, id::NUMBER_LAST4);
        }
        if let (Some(classes), Some(lines)) = (&self.classes, &self.driving_privileges) {
            let due = privileges(&classes.known);
            let given = |line: &Privilege| {
                due.iter().any(|due| {
                    due.category == line.code.as_str()
                        && due.codes.iter().all(|code| line.has_code(code.code()))
                })
            };
            if classes.unknown.is_empty() && !lines.iter().all(given) {
                return of(id::CLASSES, id::DRIVING_PRIVILEGES);
            }
        }
        None
    }
}
