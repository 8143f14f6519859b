//! How messages of a claim travel, for the wallet and for the desk: as codes on a screen, as files, and through the post box of
//! this browser. What is in them is the crate `authority`'s (`authority::post`); all that is here is sealed or public.
//!
//! | | |
//! |---|---|
//! | [`kind`] | what a payload is |
//! | [`file`] | saving a payload as a file |
//! | [`mailbox`] | the post box: letters between two pages of one browser |
//! | [`showing`] | a payload as codes on a canvas |
//! | `crate::scan::reader` | reading payloads by camera, from pictures and from files |

pub(crate) mod file;
pub(crate) mod kind;
pub(crate) mod mailbox;
pub(crate) mod showing;
