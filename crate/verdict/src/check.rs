//! One check and what it found.

use std::borrow::Cow;

use licence::elements::name_key;
use serde::{Deserialize, Serialize};

use crate::codes;
use crate::message::{Arg, Message};

/// The result of a check or of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Not asked, or nothing to compare with: grey, does not count.
    NotAsked,
    /// The check passed.
    Pass,
    /// Inconclusive, or a person should look: never green, never a refusal.
    Undetermined,
    /// The check failed.
    Fail,
}

impl State {
    /// Combines states: fail if any fails, otherwise undetermined if any is.
    pub fn worst(states: impl IntoIterator<Item = State>) -> State {
        states.into_iter().max().unwrap_or(State::NotAsked)
    }
}

/// One check with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What it found.
    pub state: State,
    /// Stable, in kebab case.
    pub code: Cow<'static, str>,
    /// The plain reason.
    pub message: Message,
    /// Whether the catalogue says what to do next, under `code.<code>.next`.
    pub next: bool,
    /// The clause of the standard or the section of the domain that asks for it.
    pub clause: Option<Cow<'static, str>>,
}

impl Check {
    /// A check of this crate's table of codes.
    pub fn new(
        state: State,
        code: &'static str,
        args: impl IntoIterator<Item = (&'static str, Arg)>,
    ) -> Check {
        let info = codes::find(code);
        debug_assert!(info.is_some(), "{code} is not in the table of codes");
        Check {
            state,
            code: Cow::Borrowed(code),
            message: Message::new(info.map_or("code.interrupted", |info| info.key), args),
            next: info.is_some_and(|info| info.next),
            clause: info.map(|info| Cow::Borrowed(info.clause)),
        }
    }

    /// A check about one element, by its name.
    pub fn of_element(state: State, code: &'static str, element: &str) -> Check {
        Check::new(state, code, [("element", Arg::Key(name_key(element).into()))])
    }

    /// A failure or a doubt that another crate found, by its code.
    pub fn foreign(state: State, code: &'static str, clause: &'static str, seconds: Option<i64>) -> Check {
        Check {
            state,
            code: Cow::Borrowed(code),
            message: Message::of_foreign_code(code, seconds),
            next: true,
            clause: Some(Cow::Borrowed(clause)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_state_decides() {
        use State::{Fail, NotAsked, Pass, Undetermined};
        assert_eq!(State::worst([]), NotAsked);
        assert_eq!(State::worst([NotAsked, NotAsked]), NotAsked);
        assert_eq!(State::worst([NotAsked, Pass]), Pass);
        assert_eq!(State::worst([Pass, Undetermined, Pass]), Undetermined);
        assert_eq!(State::worst([Undetermined, Fail, Pass]), Fail);
    }
}
