//! A driver who was sent to the counter is there: the clerk takes a photo or chooses a file, crops it like a wallet does, ticks what
//! was shown, and the licence is issued in one go.
//!
//! ```text
//! none -> live (camera) -> cut -> approved: the answer is shown
//!    └──────── file ────────┘
//! ```

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use authority::desk::{Action, ApplicationId, ReceivedPhoto};
use authority::journal::Shown;
use authority::photo::{PhotoSource, Portraits};
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlCanvasElement, HtmlInputElement};

use super::app::App;
use super::problem::Problem;
use super::route::Route;
use super::view::View;
use super::words::{shown_text, who};
use super::{carriers, measures, trouble};
use crate::browser::dom;
use crate::photograph::crop::{Crop, Tools};
use crate::photograph::{PhotoProblem, camera, picture};
use crate::ui::format;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::Missing;
use crate::ui::markup::authority::{Photograph as Markup, ShownField};
use crate::ui::scope::Scope;
use crate::ui::words::isolate;

/// The view.
pub(super) fn view(app: &Rc<App>, reference: &str) -> Result<View, Missing> {
    let waiting = app.desk().at_counter(reference).map(|queued| (queued.id, queued.made_at));
    let Some((id, made_at)) = waiting else {
        return trouble::view(&Problem::from(authority::error::DeskError::NotAtCounter));
    };
    let page = Markup::new()?;
    let view = View::new(&page.root);
    let _ = page.back.set_attribute("href", &Route::driver_link(reference));
    let (written, there, of) = (page.clone(), app.clone(), reference.to_owned());
    view.scope.text(move || {
        let (name, _) = who(&there, &of);
        dom::set(&written.title, &fill("desk.photograph.title", &[("name", &isolate(&name))]));
        let number = id.spoken();
        let args = [("number", &*number), ("time", &*format::moment(made_at))];
        dom::set(&written.phone, &fill("desk.photograph.phone", &args));
    });
    let shoot = Rc::new(Shoot {
        app: app.clone(),
        page,
        reference: reference.to_owned(),
        id,
        from: Cell::new(PhotoSource::Camera),
        at: RefCell::default(),
        crop: RefCell::default(),
        papers: RefCell::default(),
    });
    shoot.offer(&view)?;
    let ended = shoot.clone();
    view.scope.leave(move || {
        ended.at.take();
        ended.crop.take();
    });
    Ok(view)
}

/// The photo, as far as it is taken.
struct Shoot {
    app: Rc<App>,
    page: Markup,
    reference: String,
    id: ApplicationId,
    /// Where the picture that is cropped comes from.
    from: Cell<PhotoSource>,
    /// What the camera or the cropping started.
    at: RefCell<Scope>,
    crop: RefCell<Option<Rc<Crop>>>,
    papers: RefCell<Vec<(Shown, HtmlInputElement)>>,
}

impl Shoot {
    fn offer(self: &Rc<Self>, view: &View) -> Result<(), Missing> {
        let page = &self.page;
        let scope = &view.scope;
        for one in Shown::ALL {
            let field = ShownField::new()?;
            let _ = page.shown.append_child(&field.root);
            let (name, there) = (field.name.clone(), self.clone());
            scope.text(move || dom::set(&name, &shown_text(one)));
            scope.on(&field.shown, "change", move |_| there.write());
            self.papers.borrow_mut().push((one, field.shown));
        }
        self.none();
        let there = self.clone();
        scope.text(move || there.write());
        let there = self.clone();
        scope.act(&page.camera, move || {
            let shoot = there.clone();
            async move {
                match camera::open(false).await {
                    Ok(stream) => shoot.live(stream),
                    Err(problem) => shoot.app.tell_problem(&problem.into()),
                }
            }
        });
        let there = self.clone();
        scope.on(&page.file, "change", move |_| there.chosen());
        let take = page.take.clone();
        scope.on(&page.video, "loadeddata", move |_| take.set_disabled(false));
        let there = self.clone();
        scope.click(&page.take, move || there.cut(picture::of_video(&there.page.video), PhotoSource::Camera));
        for again in [&page.cancel, &page.again] {
            let there = self.clone();
            scope.click(again, move || {
                there.none();
                dom::focus(&there.page.camera);
            });
        }
        let there = self.clone();
        scope.act(&page.approve, move || {
            let shoot = there.clone();
            async move {
                match shoot.approve().await {
                    Ok(()) => {
                        let _ = dom::window().location().set_hash(&Route::answer_link(shoot.id));
                    }
                    Err(problem) => shoot.app.tell_problem(&problem),
                }
                // It stays off while something lacks, whatever came of it.
                let shoot = shoot.clone();
                spawn_local(async move { shoot.write() });
            }
        });
        Ok(())
    }

    /// Shows one of the parts; what the one before started ends.
    fn stage(&self, name: &str) -> Scope {
        self.crop.take();
        self.at.take();
        let page = &self.page;
        let _ = page.root.set_attribute("data-photo", name);
        dom::show(&page.choose, name == "none");
        dom::show(&page.live, name == "live");
        dom::show(&page.cut, name == "cut");
        Scope::new()
    }

    /// There is no photo.
    fn none(&self) {
        drop(self.stage("none"));
        self.page.take.set_disabled(true);
        self.write();
    }

    /// The camera shows the driver.
    fn live(&self, stream: camera::Stream) {
        let scope = self.stage("live");
        let page = &self.page;
        camera::show(&scope, stream, &page.video, &page.live_hint, "desk.photograph.wish");
        self.at.replace(scope);
        self.write();
        dom::focus(&page.take);
    }

    /// A file was chosen.
    fn chosen(self: &Rc<Self>) {
        let input = &self.page.file;
        let Some(file) = input.files().and_then(|files| files.get(0)) else {
            return;
        };
        // The same file may be chosen again after a failure.
        input.set_value("");
        let shoot = self.clone();
        spawn_local(async move { shoot.cut(picture::of_file(&file).await, PhotoSource::File) });
    }

    /// A picture is cropped.
    fn cut(&self, source: Result<HtmlCanvasElement, PhotoProblem>, from: PhotoSource) {
        let begun = source.and_then(|source| {
            let scope = self.stage("cut");
            let page = &self.page;
            page.measures.set_text_content(None);
            let tools = Tools {
                stage: page.crop.clone(),
                hint: page.hint.clone(),
                zoom: page.zoom.clone(),
                tilt: page.tilt.clone(),
                degrees: page.degrees.clone(),
                turn_left: page.turn_left.clone(),
                turn_right: page.turn_right.clone(),
                reset: page.reset.clone(),
            };
            let place = page.measures.clone();
            let crop = Crop::start(&scope, tools, source, move |report| measures::draw(&place, report))?;
            Ok((scope, crop))
        });
        match begun {
            Ok((scope, crop)) => {
                self.at.replace(scope);
                self.crop.replace(Some(crop));
                self.from.set(from);
                self.write();
                dom::focus(&self.page.crop);
            }
            Err(problem) => {
                self.none();
                self.app.tell_problem(&problem.into());
            }
        }
    }

    fn shown(&self) -> Vec<Shown> {
        let papers = self.papers.borrow();
        papers.iter().filter(|(_, input)| input.checked()).map(|(one, _)| *one).collect()
    }

    /// Says what lacks.
    fn write(&self) {
        let identity = self.shown().iter().any(|one| matches!(one, Shown::IdentityCard | Shown::Passport));
        let lacks = match (self.crop.borrow().is_some(), identity) {
            (false, _) => Some("desk.photograph.lacks-photo"),
            (true, false) => Some("desk.photograph.lacks-identity"),
            (true, true) => None,
        };
        dom::set(&self.page.lacks, &lacks.map(tr).unwrap_or_default());
        dom::mark(&self.page.approve, "disabled", lacks.is_some());
    }

    /// The photo is stored and approved, and the answer is made, in one transaction.
    async fn approve(&self) -> Result<(), Problem> {
        let Some(crop) = self.crop.borrow().clone() else {
            return Ok(());
        };
        let files = crop.portraits().await?;
        let note = Some(self.page.note.value()).filter(|note| !note.trim().is_empty());
        let photo =
            ReceivedPhoto { source: self.from.get(), large: files.large.clone(), small: files.small.clone() };
        let portraits = Portraits { large: &files.large, small: &files.small };
        let (reference, shown, id) = (self.reference.clone(), self.shown(), self.id);
        let steps = vec![
            Action::Photograph { reference, shown, photo, note },
            Action::Answer { id, portraits: Some(portraits) },
        ];
        self.app.act_all(steps, |_| {}).await?;
        self.app.tell(&tr("desk.photograph.done"));
        // The wallet may be in this browser. Without a post box the answer is shown all the same.
        let _ = carriers::deliver(&self.app, id).await;
        Ok(())
    }
}
