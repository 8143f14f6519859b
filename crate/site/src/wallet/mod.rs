//! The wallet page: claims, keeps, draws and shows licences, one of them on top.
//!
//! ```text
//! start -> guard -> load -> { welcome | lost | home | problem }
//! home  -> { purpose -> present | question -> consent -> answer | details | history | photo }
//! ```
//! A screen is built from a template and ends with everything that it started. It knows the [`app`] and where it can
//! go ([`route`]), and no other screen; [`router`] knows them all. What is stored is read and verified anew at every
//! start and whenever another tab says that it changed.

mod answer;
mod answering;
mod app;
mod application;
mod back;
mod barcode;
mod calendar;
mod card;
mod changes;
mod claim;
mod clock;
mod coming;
mod consent;
mod deleting;
mod details;
mod fields;
mod full_screen;
mod groups;
mod guard;
mod history;
mod holder;
mod home;
pub(crate) mod issuer;
mod issuing;
mod large_card;
mod load;
mod media;
mod notices;
mod present;
mod presentation;
pub(crate) mod problem;
mod purpose;
mod question;
mod refresh;
mod route;
mod router;
mod screen;
mod stack;
mod start;
mod strips;
mod trouble;

pub(crate) use start::start;
