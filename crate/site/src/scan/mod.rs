//! A camera picture to frames to a payload, for every page that scans: the camera, the way of its pictures to the worker,
//! that worker's watchdog, and the messages meanwhile.

pub(crate) mod camera;
pub(crate) mod feed;
pub(crate) mod outline;
pub(crate) mod pace;
pub(crate) mod place;
pub(crate) mod progress;
pub(crate) mod queue;
pub(crate) mod reader;
mod wishes;
