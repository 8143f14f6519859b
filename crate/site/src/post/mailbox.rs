//! The post box of this browser: letters between the wallet and a desk that are two pages of it. Each letter is the payload that
//! would have been a code or a file: sealed, or public.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::browser::trial;
use crate::storage::StoreError;
use crate::storage::idb::{Database, Layout};

const NAME: &str = "liangzheng-post";
const CHANNEL: &str = "liangzheng.post";
const OFFER: &str = "offer";
const TO_DESK: &str = "to-desk";
const TO_WALLET: &str = "to-wallet";
const LAYOUT: Layout = &[(OFFER, false), (TO_DESK, false), (TO_WALLET, false)];
/// The key of the one offer.
const CURRENT: &str = "current";
/// Most letters that wait in a direction: the oldest leave.
const LETTERS_MAX: usize = 500;

/// The post box.
#[derive(Clone)]
pub(crate) struct Mailbox {
    database: Database,
    channel: Option<BroadcastChannel>,
}

#[allow(dead_code, reason = "the desk writes what the wallet reads, and the other way round")]
impl Mailbox {
    /// Opens the post box.
    pub(crate) async fn open() -> Result<Self, StoreError> {
        let database = Database::open(NAME, LAYOUT, |_| ()).await?;
        Ok(Self { database, channel: BroadcastChannel::new(&trial::named(CHANNEL)).ok() })
    }

    /// Calls `changed` whenever another page put something into the post box, until the guard is dropped.
    pub(crate) fn listen(mut changed: impl FnMut() + 'static) -> Option<Listening> {
        let channel = BroadcastChannel::new(&trial::named(CHANNEL)).ok()?;
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |_: MessageEvent| changed());
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Some(Listening { channel, _heard: heard })
    }

    /// The offer of the desk in this browser.
    pub(crate) async fn offer(&self) -> Result<Option<Vec<u8>>, StoreError> {
        let value = self.database.read(&[OFFER], async |t| t.value(OFFER, CURRENT).await).await?;
        Ok(value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec))
    }

    /// Puts the offer of the desk in this browser in place of the one before.
    pub(crate) async fn put_offer(&self, payload: &[u8]) -> Result<(), StoreError> {
        let value = Uint8Array::from(payload).into();
        self.database.write(&[OFFER], async |t| t.put(OFFER, CURRENT, &value)).await?;
        self.announce();
        Ok(())
    }

    /// Puts an application for the desk into the box; `id` is a name of the wallet's, so that it lies there once.
    pub(crate) async fn put_application(&self, id: &str, payload: &[u8]) -> Result<(), StoreError> {
        self.put(TO_DESK, id, payload).await
    }

    /// Puts an answer for the wallet into the box, by the identifier of its application.
    pub(crate) async fn put_answer(&self, id: &str, payload: &[u8]) -> Result<(), StoreError> {
        self.put(TO_WALLET, id, payload).await
    }

    /// The applications that wait for the desk, each with its name in the box.
    pub(crate) async fn applications(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        self.letters(TO_DESK).await
    }

    /// The answer to an application.
    pub(crate) async fn answer(&self, id: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let value = self.database.read(&[TO_WALLET], async |t| t.value(TO_WALLET, id).await).await?;
        Ok(letter(&value).map(|(_, payload)| payload))
    }

    /// Takes an application out of the box, once it is stored at the desk.
    pub(crate) async fn remove_application(&self, id: &str) -> Result<(), StoreError> {
        self.database.write(&[TO_DESK], async |t| t.remove(TO_DESK, id)).await
    }

    /// Takes an answer out of the box, once it is applied.
    pub(crate) async fn remove_answer(&self, id: &str) -> Result<(), StoreError> {
        self.database.write(&[TO_WALLET], async |t| t.remove(TO_WALLET, id)).await
    }

    async fn put(&self, store: &'static str, id: &str, payload: &[u8]) -> Result<(), StoreError> {
        let letter = Object::new();
        let _ = Reflect::set(&letter, &"id".into(), &id.into());
        let _ = Reflect::set(&letter, &"payload".into(), &Uint8Array::from(payload));
        self.database
            .write(&[store], async |t| {
                let keys = t.keys(store).await?;
                let over = keys.len().saturating_sub(LETTERS_MAX - 1);
                for key in keys.iter().take(over).filter_map(JsValue::as_string) {
                    t.remove(store, &key)?;
                }
                t.put(store, id, &letter)
            })
            .await?;
        self.announce();
        Ok(())
    }

    async fn letters(&self, store: &'static str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let values = self.database.read(&[store], async |t| t.values(store).await).await?;
        Ok(values.iter().filter_map(letter).collect())
    }

    /// Says that the box changed; the message contains nothing of it.
    fn announce(&self) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&Array::new());
        }
    }
}

fn letter(value: &JsValue) -> Option<(String, Vec<u8>)> {
    let id = Reflect::get(value, &"id".into()).ok()?.as_string()?;
    let payload = Reflect::get(value, &"payload".into()).ok()?;
    Some((id, payload.dyn_ref::<Uint8Array>()?.to_vec()))
}

/// Hears of letters until it is dropped.
pub(crate) struct Listening {
    channel: BroadcastChannel,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}
