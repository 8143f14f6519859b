//! What a person does in the panel.

use web_sys::Blob;

/// An action on the panel.
pub(super) enum Act {
    /// Opens it.
    Open,
    /// Closed it.
    Closed,
    /// Chose files.
    Files(Vec<Blob>),
    /// Ticked one of several that are asked about, by index, or took its tick away.
    Tick(usize, bool),
    /// Ticked all of them, or took all ticks away.
    TickAll(bool),
    /// Trusts what was asked about and is ticked.
    Accept,
    /// Trusts none of it.
    Decline,
    /// Brings the removed list back.
    Undo,
    /// Removes the list of this key.
    Remove(String),
}
