//! A camera, or a screen or window in its place, whose pictures go to the worker.

use std::cell::RefCell;
use std::rc::Rc;

use crate::scan::camera::Camera;
use crate::scan::feed::Feed;
use crate::scan::place::Place;
use crate::scan::progress::{Line, Progress};
use crate::workers::link::{Link, Scan};

/// The live picture.
pub(super) struct Live {
    /// The camera.
    pub(super) camera: Camera,
    place: Rc<Place>,
    progress: Progress,
    feed: RefCell<Option<Feed>>,
}

impl Live {
    /// Creates it closed.
    pub(super) fn new(place: &Rc<Place>, progress: &Progress) -> Self {
        Self {
            camera: Camera::new(place),
            place: place.clone(),
            progress: progress.clone(),
            feed: RefCell::default(),
        }
    }

    /// Sends the pictures to the worker, if it is open.
    pub(super) fn feed(&self, link: &Link<Scan>) {
        if let Some(track) = self.camera.track() {
            self.stop();
            *self.feed.borrow_mut() = Some(Feed::of_track(&track, &self.place, link));
        }
    }

    /// Sends no more pictures.
    pub(super) fn stop(&self) {
        self.feed.take();
    }

    /// The worker is done with the last picture.
    pub(super) fn next(&self) {
        if let Some(feed) = self.feed.borrow().as_ref() {
            feed.next();
        }
    }

    /// Closes it.
    pub(super) fn close(&self) {
        self.stop();
        if self.camera.is_open() {
            self.camera.close();
        }
        self.progress.live(false);
        self.progress.rest();
    }

    /// Says that the camera, or the screen, looks for a code.
    pub(super) fn look(&self) {
        // A screen is not held: no hint about holding it.
        self.progress.live(!self.camera.is_screen());
        if self.camera.is_screen() {
            self.progress.rest();
            self.progress.say(Line::Plain("verify.screen.looking"));
        } else {
            self.progress.looking();
        }
    }
}
