//! What went wrong, in words, with the way out.

use authority::photo::RejectReason;
use cbor::CodeInfo;
use mdoc::VerifyError;
use verdict::{Arg, Message};

use super::clock::ClockProblem;
use crate::browser::key::KeyError;
use crate::photograph::PhotoProblem;
use crate::storage::StoreError;
use crate::ui::i18n::{has, tr};
use crate::ui::markup::Missing;
use crate::ui::painter::{NotDrawn, Stopped};
use crate::ui::words;

/// A problem that is shown to the holder.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(crate) enum Problem {
    /// The store refused.
    Store(StoreError),
    /// The device key could not be made or used.
    Key(KeyError),
    /// The stored licence does not verify.
    NotVerified(VerifyError),
    /// The device's clock contradicts the stored licence.
    Clock(ClockProblem),
    /// A code cannot be drawn.
    NotDrawn(NotDrawn),
    /// A refusal of one of the crates, by its code (`code.<code>` in the catalogue) with its placeholders.
    Coded(CodeInfo, Vec<(&'static str, Arg)>),
    /// There is no photo.
    Photo(PhotoProblem),
    /// The reviewer rejected the photo.
    Rejected(RejectReason),
    /// One of the wallet's own.
    Own(Own),
    /// A state that should not occur.
    Unexpected,
}

/// Declares the wallet's own problems, each with its name: `problem.<name>` in the catalogue.
macro_rules! own {
    ($($(#[$about:meta])* $variant:ident => $name:literal;)*) => {
        /// A problem of the wallet's own.
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        pub(crate) enum Own {
            $($(#[$about])* $variant,)*
        }

        impl Own {
            /// The stable name in kebab case.
            const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

own! {
    /// The question ended before its answer was shown.
    AnswerEnded => "answer-ended";
    /// The stored application cannot be read.
    Application => "application";
    /// The code's life ended before it was signed anew.
    CodeEnded => "code-ended";
    /// The desk refused the application for a reason that this build does not know.
    DeskRefused => "desk-refused";
    /// The page is inside another page.
    Framed => "framed";
    /// The page was hidden while it showed a code.
    Hidden => "hidden";
    /// A licence was stored here, and is no longer.
    Lost => "lost";
    /// The device has no random bytes.
    NoRandom => "no-random";
    /// A code that was scanned is no desk's offer.
    NotADesk => "not-a-desk";
    /// A code that was scanned is no answer of a desk.
    NotAnAnswer => "not-an-answer";
    /// A code that was scanned is no question.
    NotAQuestion => "not-a-question";
    /// The address is not a secure one.
    NotSecure => "not-secure";
    /// An application for another licence of this wallet waits.
    OtherWaits => "other-waits";
    /// The licence is bound to another key than the stored one.
    OtherKey => "other-key";
    /// A newer version of this page upgraded the store.
    Outdated => "outdated";
    /// The photo on file did not load.
    #[allow(dead_code, reason = "only an issuer inside of the page loads it: composition/demo.rs")]
    PhotoFetch => "photo-fetch";
    /// The wallet has no room for another licence.
    WalletFull => "wallet-full";
    /// The page was hidden while it showed an answer.
    QuestionHidden => "question-hidden";
    /// Other pages share this address, and could use the key.
    SharedOrigin => "shared-origin";
}

impl From<PhotoProblem> for Problem {
    fn from(problem: PhotoProblem) -> Self {
        match problem {
            PhotoProblem::Coded(info) => Self::coded(info),
            PhotoProblem::Unexpected => Self::Unexpected,
            other => Self::Photo(other),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<KeyError> for Problem {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

impl From<VerifyError> for Problem {
    fn from(error: VerifyError) -> Self {
        ClockProblem::of(&error).map_or(Self::NotVerified(error), Self::Clock)
    }
}

impl From<ClockProblem> for Problem {
    fn from(problem: ClockProblem) -> Self {
        Self::Clock(problem)
    }
}

impl From<Own> for Problem {
    fn from(problem: Own) -> Self {
        Self::Own(problem)
    }
}

impl From<Missing> for Problem {
    fn from(_: Missing) -> Self {
        Self::Unexpected
    }
}

impl From<Stopped> for Problem {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Ended => Self::Own(Own::CodeEnded),
            Stopped::NotDrawn(why) => Self::NotDrawn(why),
            Stopped::NoCanvas => Self::Unexpected,
        }
    }
}

impl Problem {
    /// A refusal without placeholders.
    pub(crate) const fn coded(code: CodeInfo) -> Self {
        Self::Coded(code, Vec::new())
    }

    /// The stable code.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Key(KeyError::Unavailable) => "key-unavailable",
            Self::Key(KeyError::Refused) => "key-refused",
            Self::NotVerified(error) => error.code(),
            Self::Clock(clock) => clock.code(),
            Self::NotDrawn(why) => why.code(),
            Self::Coded(code, _) => code.code,
            Self::Photo(photo) => photo.code(),
            Self::Rejected(reason) => reason.code(),
            Self::Own(own) => own.name(),
            Self::Unexpected => "unexpected",
        }
    }

    /// What happened.
    pub(crate) fn title(&self) -> String {
        if let Self::Clock(clock) = self {
            return clock.title();
        }
        match self.message() {
            Some(message) => words::say(&message),
            None => self.find("").unwrap_or_else(|| tr("problem.unexpected")),
        }
    }

    /// What to do about it.
    pub(crate) fn next(&self) -> String {
        if let Self::Clock(clock) = self {
            return clock.next();
        }
        let next = match self.message() {
            Some(message) => words::next_step(&message),
            None => self.find(".next"),
        };
        next.unwrap_or_else(|| tr("common.unexpected"))
    }

    /// The sentence of a refusal whose code belongs to a stage.
    fn message(&self) -> Option<Message> {
        match self {
            Self::NotVerified(error) => Some(Message::of_code(error.kind().info(), Vec::new())),
            Self::Coded(code, args) => Some(Message::of_code(*code, args.clone())),
            _ => None,
        }
    }

    /// The sentence of any other, with this end of its key.
    fn find(&self, end: &str) -> Option<String> {
        let stage = if matches!(self, Self::NotDrawn(_) | Self::Rejected(_)) { "code" } else { "problem" };
        let key = format!("{stage}.{}{end}", self.code());
        has(&key).then(|| tr(&key))
    }
}
