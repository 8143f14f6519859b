//! What is said of a picture while it is taken or cropped: one thing, and what to do about it.

use cbor::CodeInfo;
use photo::{PreflightCode, Report};

use crate::ui::i18n::{fill, tr};

/// Two sentences beside each other.
pub(crate) fn fill_both(what: &str, next: &str) -> String {
    fill("photo.both", &[("what", what), ("next", next)])
}

/// What is said of a live picture: one thing, in the words of somebody before a camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hint {
    /// Nothing is wrong.
    Good,
    /// The first fault.
    Fault(CodeInfo),
}

impl Hint {
    /// The hint of a report.
    pub(crate) fn of(report: &Report) -> Self {
        report.first().and_then(|finding| finding.code).map_or(Self::Good, |code| Self::Fault(code.info()))
    }

    /// Its code, for what looks at the page from outside.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Fault(info) => info.code,
        }
    }

    /// The sentence while the camera runs: what to do moves the person and not the picture.
    pub(crate) fn live(self) -> String {
        let Self::Fault(info) = self else {
            return tr("photo.good.live");
        };
        let what = tr(&format!("code.{}", info.code));
        let next = match PreflightCode::from_code(info.code) {
            Some(PreflightCode::HeadLeft | PreflightCode::HeadRight) => tr("photo.live.middle"),
            Some(PreflightCode::HeadCut) => tr("photo.live.cut"),
            Some(PreflightCode::HeadLow) => tr("photo.live.low"),
            Some(PreflightCode::HeadSmall) => tr("photo.live.nearer"),
            Some(PreflightCode::HeadLarge) => tr("photo.live.back"),
            Some(PreflightCode::Turned) => tr("photo.live.turned"),
            _ => tr(&format!("code.{}.next", info.code)),
        };
        fill_both(&what, &next)
    }

    /// The sentence while the picture is cropped.
    pub(crate) fn cropping(self) -> String {
        match self {
            Self::Good => tr("photo.good"),
            Self::Fault(info) => {
                fill_both(&tr(&format!("code.{}", info.code)), &tr(&format!("code.{}.next", info.code)))
            }
        }
    }
}
