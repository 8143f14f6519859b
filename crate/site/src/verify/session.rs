//! The panel of session values: in which session a document was shown that another system received.
//!
//! The values are the operator's own and are kept in the fields alone.

use std::cell::RefCell;
use std::rc::Rc;

use mdoc::{SessionTranscript, TranscriptError};
use protocol::received::{base64, hex};

use crate::browser::dom;
use crate::ui::i18n::{fill, tr};
use crate::ui::markup::verify::Page as Markup;
use crate::ui::scope::Scope;
use crate::ui::words::Reason;

/// What the fields make.
#[derive(Default, PartialEq)]
enum Made {
    /// No session.
    #[default]
    None,
    /// A value is not filled in yet.
    Incomplete,
    /// A value is not written as it should be.
    Wrong(TranscriptError),
    /// The text for a whole transcript is none.
    Unreadable,
    /// The session.
    Transcript(SessionTranscript),
}

/// The session values.
#[derive(Clone)]
pub(super) struct Session(Rc<Inner>);

struct Inner {
    markup: Rc<Markup>,
    made: RefCell<Made>,
}

impl Session {
    /// Without values.
    pub(super) fn new(markup: &Rc<Markup>) -> Self {
        Self(Rc::new(Inner { markup: markup.clone(), made: RefCell::default() }))
    }

    /// Listens to the fields; `changed` is called when the session is another one.
    pub(super) fn start(&self, scope: &Scope, changed: impl Fn() + 'static) {
        let changed = Rc::new(changed);
        let (there, told) = (self.clone(), changed.clone());
        scope.on(&self.0.markup.session.root, "input", move |_| there.read(&*told));
        let there = self.clone();
        scope.click(&self.0.markup.session_clear, move || {
            let markup = &there.0.markup;
            markup.session_kind.set_value("");
            for field in there.fields() {
                field.set_value("");
            }
            markup.session_transcript.set_value("");
            there.read(&*changed);
            dom::focus(&markup.session_kind);
        });
        self.draw();
    }

    /// The transcript of the session, encoded; empty without one.
    pub(super) fn transcript(&self) -> Rc<[u8]> {
        match &*self.0.made.borrow() {
            Made::Transcript(transcript) => transcript.bytes().into(),
            _ => Rc::default(),
        }
    }

    fn fields(&self) -> [&web_sys::HtmlInputElement; 6] {
        let markup = &self.0.markup;
        [
            &markup.session_client_id,
            &markup.session_nonce,
            &markup.session_response_uri,
            &markup.session_origin,
            &markup.session_encryption_info,
            &markup.session_thumbprint,
        ]
    }

    fn read(&self, changed: &dyn Fn()) {
        let made = self.made();
        let before = std::mem::replace(&mut *self.0.made.borrow_mut(), made);
        self.draw();
        let is_session = |made: &Made| matches!(made, Made::Transcript(_));
        let now_session = is_session(&self.0.made.borrow());
        if (is_session(&before) || now_session) && before != *self.0.made.borrow() {
            changed();
        }
    }

    fn made(&self) -> Made {
        let markup = &self.0.markup;
        let [client_id, nonce, response_uri, origin, encryption_info, thumbprint] =
            self.fields().map(|field| field.value().trim().to_owned());
        let filled = |values: &[&str]| values.iter().all(|value| !value.is_empty());
        // What is no bytes at all has the wrong length.
        let bytes = |text: &str| hex(text).or_else(|| base64(text)).unwrap_or_default();
        let thumbprint = (!thumbprint.is_empty()).then(|| bytes(&thumbprint));
        let thumbprint = thumbprint.as_deref();
        let made = match markup.session_kind.value().as_str() {
            "openid4vp" if filled(&[&client_id, &nonce, &response_uri]) => {
                SessionTranscript::openid4vp_redirect(&client_id, &nonce, thumbprint, &response_uri)
            }
            "dc-api" if filled(&[&origin, &nonce]) => {
                SessionTranscript::openid4vp_dc_api(&origin, &nonce, thumbprint)
            }
            "org-iso-mdoc" if filled(&[&encryption_info, &origin]) => {
                SessionTranscript::org_iso_mdoc(&encryption_info, &origin)
            }
            "transcript" => {
                let text: String = markup.session_transcript.value().split_whitespace().collect();
                return if text.is_empty() { Made::Incomplete } else { of_text(&bytes(&text)) };
            }
            "" => return Made::None,
            _ => return Made::Incomplete,
        };
        made.map_or_else(Made::Wrong, Made::Transcript)
    }

    /// Shows the fields of the kind that is chosen, and says what they make.
    pub(super) fn draw(&self) {
        let markup = &self.0.markup;
        let kind = markup.session_kind.value();
        for field in dom::all_in(&markup.session.root, "[data-for]") {
            let of = field.get_attribute("data-for").unwrap_or_default();
            dom::show(&field, of.split(' ').any(|of| of == kind));
        }
        dom::show(&markup.session_clear, !kind.is_empty());
        let made = self.0.made.borrow();
        let (state, sign, text) = match &*made {
            Made::None => ("none", "", String::new()),
            Made::Incomplete => ("none", "…", tr("session.incomplete")),
            Made::Unreadable => ("fail", "✕", tr("session.transcript-unreadable")),
            Made::Transcript(_) => ("pass", "✓", tr("session.set")),
            Made::Wrong(error) => {
                let Reason { what, next } = Reason::of_code(error.kind().info());
                let next = next.unwrap_or_default();
                ("fail", "✕", fill("lists.told.next", &[("what", &what), ("next", &next)]))
            }
        };
        dom::show(&markup.session.told, !text.is_empty());
        let _ = markup.session.told.set_attribute("data-state", state);
        dom::set(&markup.session.sign, sign);
        dom::set(&markup.session.text, &text);
    }
}

/// A transcript by its bytes, with or without tag 24.
fn of_text(bytes: &[u8]) -> Made {
    let item = cbor::decode_foreign(bytes).ok();
    let inner = item.as_ref().and_then(|item| item.as_encoded_cbor()).unwrap_or(bytes);
    SessionTranscript::from_bytes(inner).map_or(Made::Unreadable, Made::Transcript)
}
