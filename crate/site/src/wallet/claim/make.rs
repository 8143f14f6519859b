//! The licence is made: device key, issuing, one transaction. Any failure leaves what was there before.

use std::rc::Rc;

use authority::application::{Approved, Record};
use authority::photo::Portraits;
use cbor::cose::CoseKey;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

use super::{AUTHORITY, App, resume_after};
use crate::browser::key::{self, DeviceKey};
use crate::browser::{dom, host};
use crate::storage::{self, Sentinel, StoredLicence};
use crate::ui::{format, i18n};
use crate::wallet::holder::Wallet;
use crate::wallet::problem::Problem;
use crate::wallet::screen::Screen;
use crate::wallet::{say, start};

/// Makes the licence and shows how far it is; goes home when it is stored.
pub(super) fn screen(
    app: &Rc<App>,
    approved: Approved,
    portraits: (Vec<u8>, Vec<u8>),
) -> Result<Screen, Problem> {
    let screen = Screen::new("making")?;
    let (app, root) = (app.clone(), screen.root.clone());
    spawn_local(async move {
        let worker = app.clone();
        let made =
            storage::exclusive(async move { make(&worker, &root, &approved.record(), portraits).await })
                .await;
        match made {
            Ok(()) => {
                // The browser may ask the holder, so nothing waits for the answer.
                spawn_local(async {
                    storage::ask_persistence().await;
                });
                app.go(|app| async move {
                    start::load(&app).await?;
                    say(&i18n::tr("making.done"));
                    start::first_screen(&app).await
                });
            }
            Err(problem) => app.go(|app| async move { resume_after(&app, Some(problem)).await }),
        }
    });
    Ok(screen)
}

async fn make(
    app: &Rc<App>,
    root: &Element,
    record: &Record,
    portraits: (Vec<u8>, Vec<u8>),
) -> Result<(), Problem> {
    let held = app.store.licence().await?;
    let expected = app.wallet().map_or(0, |wallet| wallet.stored.generation);
    if held.as_ref().map_or(0, |held| held.generation) != expected {
        return Err(Problem::Store(storage::StoreError::Changed));
    }
    reached(root, "key");
    // A replaced photo keeps the device key; a claim makes one.
    let device = match &held {
        Some(held) => held.key.clone(),
        None => DeviceKey::generate().await?,
    };
    reached(root, "issue");
    let mut stored = issue(record, portraits, device, expected + 1)?;
    stored.settles_application = true;
    Wallet::verify(stored.clone(), format::now())?;
    reached(root, "save");
    app.store.put_licence(&stored, expected).await?;
    Sentinel::set(stored.generation);
    app.tabs.announce();
    Ok(())
}

/// Asks the demo authority for a licence with the facts of now.
pub(crate) fn issue(
    record: &Record,
    (large, small): (Vec<u8>, Vec<u8>),
    key: DeviceKey,
    generation: u32,
) -> Result<StoredLicence, Problem> {
    let device = CoseKey::from_sec1(key.public()).map_err(|error| Problem::coded(error.code()))?;
    let mut lacking = false;
    let mut random = |buffer: &mut [u8]| lacking |= !key::random(buffer);
    let issued = AUTHORITY
        .refresh(record, Portraits { large: &large, small: &small }, device, format::now(), &mut random)
        .map_err(|error| Problem::coded(error.code()))?;
    if lacking {
        return Err(Problem::Named("no-random"));
    }
    let record = serde_json::to_string(&issued.record).map_err(|_| Problem::Unexpected)?;
    Ok(StoredLicence {
        generation,
        key,
        credential: issued.credential,
        record,
        large,
        small,
        checked_at: host::now_ms(),
        settles_application: false,
    })
}

/// Marks a step as the one that is being done.
fn reached(root: &Element, step: &str) {
    let mut done = true;
    let mut count = 0;
    for line in dom::all_in(root, "[data-step]") {
        let this = line.get_attribute("data-step").as_deref() == Some(step);
        done &= !this;
        count += i32::from(done);
        let state = if this {
            "now"
        } else if done {
            "done"
        } else {
            "later"
        };
        let _ = line.set_attribute("data-state", state);
    }
    if let Some(bar) = dom::slot(root, "bar") {
        let _ = bar.set_attribute("aria-valuenow", &(count + 1).to_string());
    }
}
