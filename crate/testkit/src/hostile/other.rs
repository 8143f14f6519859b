//! Files of other kinds than the one-way presentation.

mod answers;
mod frames;
mod list_provider;
mod questions;
mod received;
mod requests;
mod responses;
mod revocation_lists;
mod sessions;
mod several;
mod status_lists;
mod trust_lists;

pub use list_provider::{authorities_list, list_provider};
pub use requests::authority as reader_authority;
pub use sessions::Session;

use super::Hostile;

pub(super) fn all() -> Vec<Hostile> {
    let mut all = responses::all();
    all.extend(several::all());
    all.extend(trust_lists::all());
    all.extend(status_lists::all());
    all.extend(revocation_lists::all());
    all.extend(requests::all());
    all.extend(questions::all());
    all.extend(answers::all());
    all.extend(sessions::all());
    all.extend(frames::all());
    all.extend(received::all());
    all
}
