//! Notes, which change no colour: how a document was read, more elements than needed, an unusual number.

use licence::{Facts, Profile, check_licence_number};

use crate::message::Message;
use crate::purpose::Purpose;
use crate::words::Note;

/// Returns the notes on the fields that were shown for a purpose.
pub(crate) fn notes(fields: &Facts, purpose: Purpose) -> Vec<Message> {
    let mut notes = Vec::new();
    // What a holder of another kind of document shows is what it was asked for.
    let profile = match fields.profile {
        Profile::Cn => None,
        Profile::Iso => Some(Note::ProfileIso),
        Profile::Us => Some(Note::ProfileUs),
        Profile::Id => Some(Note::ProfileId),
        Profile::Age => Some(Note::ProfileAge),
    };
    if let Some(profile) = profile {
        return vec![profile.into()];
    }
    let asked = |shown: &&String| !purpose.all_elements().iter().any(|(_, id)| id == shown);
    let more = fields.shown.iter().filter(asked).count() + fields.foreign;
    // *None* needs no elements, so that none is too many.
    if more > 0 && purpose != Purpose::None {
        let count = i64::try_from(more).unwrap_or(i64::MAX);
        notes.push(Note::OverDisclosure { count }.into());
    }
    if let Some(number) = &fields.document_number {
        let warnings = check_licence_number(number.as_str(), fields.birth_date, fields.sex);
        notes.extend(warnings.into_iter().map(|warning| Message::of_code(warning.kind().info(), Vec::new())));
    }
    notes
}
