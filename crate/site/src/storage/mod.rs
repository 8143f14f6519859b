//! What the wallet keeps on this device: its licences, each with its key, an application that waits, and the list of
//! what was shown. Never the values that were shown. What the verifier keeps: status lists.
//!
//! Written by own code over web-sys and not by the crate `idb`: that opens no transaction with strict
//! durability, and the rule of [`idb`] (complete, not success) is the point of this layer.

mod earlier;
mod error;
pub(crate) mod idb;
mod lists;
mod persistence;
mod record;
mod sentinel;
pub(crate) mod settings;
mod slot;
mod tabs;
mod wallet;

pub(crate) use error::StoreError;
pub(crate) use idb::Ended;
pub(crate) use lists::{KeptList, ListStore};
pub(crate) use persistence::{Persistence, ask_persistence, persistence};
pub(crate) use record::{Asker, Draft, PendingApplication, Said, Shown, StoredLicence};
pub(crate) use sentinel::Sentinel;
pub(crate) use slot::Slot;
pub(crate) use tabs::{Tabs, exclusive};
pub(crate) use wallet::Store;
