//! The application that was sealed for a desk, with the keys that its answer needs; stored, so that a reload loses nothing.

use authority::application::Occasion;
use authority::desk::ApplicationId;
use authority::post::{
    AnswerBinding, ApplicationBody, Asks, Awaited, PreparedApplication, SentPhoto, VerifiedDesk,
};
use js_sys::{Object, Reflect, Uint8Array};
use sha2::{Digest, Sha256};
use wasm_bindgen::prelude::*;

use crate::browser::agreement::OpeningKey;
use crate::browser::host;
use crate::browser::key::{self, DeviceKey};
use crate::post::file;
use crate::post::kind::Kind;
use crate::post::mailbox::Mailbox;
use crate::storage::settings::ANSWERED;
use crate::ui::format;
use crate::wallet::app::App;
use crate::wallet::application::Pending;
use crate::wallet::issuer::Issuer;
use crate::wallet::problem::{Own, Problem};

/// Most identifiers of answered applications that are remembered.
const ANSWERED_MAX: usize = 50;

/// A sealed application that waits for its answer.
#[derive(Clone)]
pub(super) struct Sent {
    /// The device key, which signed it.
    pub(super) key: DeviceKey,
    answer: OpeningKey,
    binding: AnswerBinding,
    /// The desk's own name.
    pub(super) desk: String,
    /// The name of the authority that issued its certificate.
    pub(super) authority: String,
    /// The payload of the link.
    pub(super) payload: Vec<u8>,
    /// Milliseconds since 1970.
    pub(super) made_at: f64,
    number: String,
    name: String,
}

impl Sent {
    /// Reads what is stored, if there is anything of this version.
    pub(super) async fn read(app: &App) -> Result<Option<Self>, Problem> {
        Ok(Self::from_js(&app.store.sealing().await?))
    }

    /// Seals the application that waits for a desk, and stores it. Another desk gets a new application of the same device key.
    pub(super) async fn prepare(
        app: &App,
        issuer: &impl Issuer,
        waiting: &Pending,
        desk: &VerifiedDesk,
    ) -> Result<Self, Problem> {
        let claim = waiting.application.claim();
        let found = issuer.on_record(claim.reference()).ok_or(Problem::Unexpected)?;
        let held = app.store.licence(waiting.slot).await?;
        let before = Self::read(app).await?;
        let key = match (&held, before) {
            (Some(held), _) => held.key.clone(),
            (None, Some(before)) => before.key,
            (None, None) => DeviceKey::generate().await?,
        };
        let answer = OpeningKey::generate().await?;
        let mut id = [0; 16];
        if !key::random(&mut id) {
            return Err(Problem::Own(Own::NoRandom));
        }
        let held = held.filter(|_| claim.occasion() != Occasion::FirstClaim);
        let photo = waiting.own_photo().map(|photo| SentPhoto {
            source: waiting.source(),
            large: photo.large.clone(),
            small: photo.small.clone(),
        });
        let body = ApplicationBody {
            id,
            made_at: format::now(),
            asks: Asks::from(claim.occasion()),
            number: found.number.clone(),
            name: found.person.name.clone(),
            device_key: *key.public(),
            answer_key: *answer.public().to_sec1(),
            photo,
            held: held.as_ref().map(|held| Sha256::digest(&held.credential).into()),
            record: held.map(|held| held.record),
        };
        let refused =
            |error: authority::post::ApplicationError| Problem::Coded(error.kind().info(), error.args());
        let prepared = PreparedApplication::new(&body, desk).map_err(refused)?;
        let signature = key.sign(prepared.to_be_signed()).await?;
        let mut lacking = false;
        let mut random = |buffer: &mut [u8]| lacking |= !key::random(buffer);
        let sealed = prepared.seal(&signature, &mut random).map_err(refused)?;
        if lacking {
            return Err(Problem::Own(Own::NoRandom));
        }
        let sent = Self {
            key,
            answer,
            binding: sealed.binding,
            desk: desk.name().to_owned(),
            authority: desk.authority().to_owned(),
            payload: sealed.payload,
            made_at: host::now_ms(),
            number: body.number,
            name: body.name,
        };
        app.store.put_sealing(&sent.to_js()).await?;
        app.tabs.announce();
        Ok(sent)
    }

    /// What its answer is held against.
    pub(super) fn awaited(&self) -> Awaited {
        Awaited {
            binding: self.binding,
            answer_key: self.answer.public().clone(),
            device_key: *self.key.public(),
            number: self.number.clone(),
            name: self.name.clone(),
        }
    }

    /// The key that opens its answer.
    pub(super) fn answer_key(&self) -> &OpeningKey {
        &self.answer
    }

    /// Its identifier, by which answers lie in the post box.
    pub(super) fn id(&self) -> String {
        base16ct::lower::encode_string(&self.binding.application_id)
    }

    /// Its number, as a driver and a clerk say it.
    pub(super) fn spoken(&self) -> String {
        ApplicationId::new(self.binding.application_id).spoken()
    }

    /// Saves it as a file. Returns false if the browser cannot.
    pub(super) fn save(&self) -> bool {
        file::save(
            Kind::Application,
            &format!("application-{}", self.id().get(..8).unwrap_or_default()),
            &self.payload,
        )
    }

    /// Puts it into the post box of this browser.
    pub(super) async fn post(&self) -> Result<(), Problem> {
        Ok(Mailbox::open().await?.put_application(&self.id(), &self.payload).await?)
    }

    fn to_js(&self) -> JsValue {
        let object = Object::new();
        let set = |name: &str, value: &JsValue| {
            let _ = Reflect::set(&object, &name.into(), value);
        };
        let bytes = |bytes: &[u8]| JsValue::from(Uint8Array::from(bytes));
        set("schema", &1.into());
        set("key", self.key.handle());
        set("publicKey", &bytes(self.key.public()));
        set("answerKey", self.answer.handle());
        set("answerPublicKey", &bytes(self.answer.public().to_sec1()));
        set("id", &bytes(&self.binding.application_id));
        set("desk", &bytes(&self.binding.desk_spki_sha256));
        set("deskName", &self.desk.as_str().into());
        set("deskAuthority", &self.authority.as_str().into());
        set("payload", &bytes(&self.payload));
        set("madeAt", &self.made_at.into());
        set("number", &self.number.as_str().into());
        set("name", &self.name.as_str().into());
        object.into()
    }

    fn from_js(value: &JsValue) -> Option<Self> {
        let field = |name: &str| Reflect::get(value, &name.into()).ok();
        let bytes = |name: &str| Some(field(name)?.dyn_ref::<Uint8Array>()?.to_vec());
        let text = |name: &str| field(name)?.as_string();
        let key = DeviceKey::from_stored(field("key")?, &bytes("publicKey")?)?;
        let binding = AnswerBinding {
            application_id: bytes("id")?.try_into().ok()?,
            desk_spki_sha256: bytes("desk")?.try_into().ok()?,
            device_key_sha256: Sha256::digest(key.public()).into(),
        };
        Some(Self {
            key,
            answer: OpeningKey::from_stored(field("answerKey")?, &bytes("answerPublicKey")?)?,
            binding,
            desk: text("deskName")?,
            authority: text("deskAuthority")?,
            payload: bytes("payload")?,
            made_at: field("madeAt")?.as_f64()?,
            number: text("number")?,
            name: text("name")?,
        })
    }
}

/// Whether an answer to this application was applied here before.
pub(super) fn is_answered(id: &[u8; 16]) -> bool {
    let digits = base16ct::lower::encode_string(id);
    ANSWERED.read().is_some_and(|ids| ids.split(' ').any(|known| known == digits))
}

/// Remembers that the answer to an application was applied.
pub(super) fn remember_answered(id: &str) {
    let known = ANSWERED.read().unwrap_or_default();
    let mut ids: Vec<&str> = known.split(' ').filter(|known| !known.is_empty() && *known != id).collect();
    ids.push(id);
    let from = ids.len().saturating_sub(ANSWERED_MAX);
    ANSWERED.write(ids.get(from..).unwrap_or_default().join(" "));
}
