//! The application that is shown: the new photo large, beside its measurements and the photo that is there already.

use std::rc::Rc;

use authority::application::{Application, Occasion};
use authority::desk::{PhotoWanted, Queued, Stage};
use authority::photo::{PhotoSource, Sha256Digest};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlImageElement;

use super::state::{Review, dim};
use crate::authority::measures;
use crate::authority::register::practice_index;
use crate::authority::route::Route;
use crate::authority::words::{age_text, occasion, reason, who};
use crate::browser::dom;
use crate::storage::StoreError;
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::portrait::Picture;
use crate::ui::preflight;
use crate::ui::scope::Scope;

/// Draws the application that is shown.
pub(super) fn draw(review: &Rc<Review>) {
    // The pictures before end, and what is still loading for them.
    let scope = Scope::new();
    review.ready.set(false);
    let page = &review.page;
    let queued = review.application();
    dom::show(&page.case, queued.is_some());
    let _ = page.case.set_attribute("data-state", "loading");
    let to_review = queued.as_ref().is_some_and(|queued| queued.stage() == Stage::ToReview);
    for button in [&page.approve, &page.reject] {
        dim(button, true);
    }
    let listed = review.listed.borrow();
    let at = listed.iter().position(|id| Some(*id) == review.chosen.get());
    dim(&page.previous, at.is_none_or(|at| at == 0));
    dim(&page.next, at.is_none_or(|at| at + 1 >= listed.len()));
    drop(listed);
    let Some(queued) = queued else {
        review.case.replace(scope);
        return;
    };
    let _ = page.case.set_attribute("data-id", &queued.id.to_hex());
    facts(review, &queued);
    page.measures.set_text_content(None);
    review.case.replace(scope);
    photos(review, &queued, to_review);
}

/// Who it is, what for, since when, and what was before.
fn facts(review: &Review, queued: &Queued) {
    let page = &review.page;
    let now = review.app.clock.now();
    let (name, office) = who(&review.app, &queued.reference);
    let driver = review.app.desk().driver(&queued.reference, now);
    dom::set(&page.name, &name);
    let facts = driver.as_ref().map(|driver| &driver.facts);
    dom::set(&page.pinyin, &facts.map(|facts| facts.name_latin()).unwrap_or_default());
    dom::set(&page.number, &facts.map(|facts| format::grouped(&facts.number)).unwrap_or_default());
    dom::set(&page.born, &facts.map(|facts| format::day(facts.born)).unwrap_or_default());
    dom::set(&page.case_office, &office);
    dom::set(&page.what, &occasion(queued.occasion));
    dom::set(&page.received, &format::moment(queued.received_at));
    dom::set(&page.age, &age_text(queued, now));
    dom::mark(&page.age, "data-late", queued.is_overdue(now));
    dom::set(&page.due, &format::moment(queued.due().plus_seconds(-60)));
    dom::show(&page.is_practice, practice_index(&queued.reference).is_some());
    let _ = page.driver.set_attribute("href", &Route::driver_link(&queued.reference));
    let rejections = queued.state.rejections();
    dom::show(&page.before, !rejections.is_empty());
    let before: Vec<String> = rejections
        .iter()
        .map(|rejection| match &rejection.note {
            Some(note) => format!("{} {note}", reason(rejection.reason)),
            None => reason(rejection.reason),
        })
        .collect();
    let args = [("count", &*rejections.len().to_string()), ("reasons", &*before.join(" "))];
    dom::set(&page.before, &fill("desk.review.before", &args));
}

/// Loads the photos. Nothing can be decided before the new one is on the screen.
fn photos(review: &Rc<Review>, queued: &Queued, to_review: bool) {
    let page = &review.page;
    for image in [&page.photo, &page.file_photo] {
        let _ = image.remove_attribute("src");
    }
    let old = before(review, queued);
    dom::show(&page.file_figure, old.is_some());
    dom::show(&page.no_file, old.is_none());
    dom::set(
        &page.file_caption,
        &tr(match queued.occasion {
            Occasion::Replacement => "desk.review.in-use",
            _ => "desk.review.on-file",
        }),
    );
    let own = queued.photo();
    dom::show(&page.submitted, own.is_some());
    dom::show(&page.measured, own.is_some());
    let stays = own.is_none() && queued.stage() != Stage::Done;
    dom::show(&page.nothing_new, own.is_none());
    dom::set(
        &page.nothing_new,
        &tr(if stays { "desk.review.photo-stays" } else { "desk.review.photo-erased" }),
    );
    let review = review.clone();
    let id = queued.id;
    spawn_local(async move {
        match old {
            Some(Old::Address(address)) => review.page.file_photo.set_src(&address),
            Some(Old::Stored(digest)) => {
                if let Ok([Some(bytes)]) = review.app.store.photos([digest]).await
                    && review.chosen.get() == Some(id)
                {
                    Picture::show_in(&review.case.borrow(), &review.page.file_photo, &bytes);
                }
            }
            None => {}
        }
        let Some((large, _)) = own else {
            return;
        };
        let found = review.app.store.photos([large]).await;
        if review.chosen.get() != Some(id) {
            return;
        }
        match found {
            Ok([Some(large)]) => {
                Picture::show_in(&review.case.borrow(), &review.page.photo, &large);
                if !is_drawn(&review.page.photo).await || review.chosen.get() != Some(id) {
                    return failed(&review);
                }
                review.ready.set(true);
                let _ = review.page.case.set_attribute("data-state", "ready");
                for button in [&review.page.approve, &review.page.reject] {
                    dim(button, !to_review);
                }
                // The clerk sees the photo and need not wait for what is measured.
                if let Some(report) = preflight::of_jpeg(&large).await
                    && review.chosen.get() == Some(id)
                {
                    measures::draw(&review.page.measures, &report);
                }
            }
            Ok(_) => failed(&review),
            Err(error) => {
                failed(&review);
                review.app.tell_problem(&error.into());
            }
        }
    });
}

/// Says that the photo cannot be shown, and so cannot be reviewed.
fn failed(review: &Review) {
    let _ = review.page.case.set_attribute("data-state", "failed");
    review.app.tell_problem(&crate::authority::problem::Problem::Store(StoreError::Unreadable));
}

/// Whether the browser has decoded an image.
async fn is_drawn(image: &HtmlImageElement) -> bool {
    JsFuture::from(image.decode()).await.is_ok()
}

/// A photo that is there already.
enum Old {
    /// A file of this site.
    Address(String),
    /// One that a desk approved.
    Stored(Sha256Digest),
}

/// The photo with which the new one is compared: the one in use, else the one on file.
fn before(review: &Review, queued: &Queued) -> Option<Old> {
    let desk = review.app.desk();
    let held = desk.driver(&queued.reference, review.app.clock.now()).and_then(|driver| driver.licence);
    let in_use = held.filter(|held| held.record.photo().source != PhotoSource::OnFile);
    if let Some(held) = in_use.filter(|_| !matches!(queued.state, Application::PhotoOnFile(_))) {
        return Some(Old::Stored(held.record.photo().large_sha256));
    }
    match desk.photo_wanted(queued.id) {
        Some(PhotoWanted::OnFile(file)) => Some(Old::Address(file.address)),
        _ => desk.photo_on_file(&queued.reference).map(|file| Old::Address(file.address)),
    }
}
