//! Presentations whose proofs hold and whose facts decide: the rules of the crates `licence` and `verdict`.

mod abroad;
mod driving;
mod facts;
mod listed;
mod passes;
mod portrait;
mod purpose;
mod shown;
mod standing;
mod validity;

use super::Hostile;

pub(super) fn all() -> Vec<Hostile> {
    let mut all = passes::all();
    all.extend(validity::all());
    all.extend(standing::all());
    all.extend(listed::all());
    all.extend(driving::all());
    all.extend(purpose::all());
    all.extend(shown::all());
    all.extend(portrait::all());
    all.extend(abroad::all());
    all
}
