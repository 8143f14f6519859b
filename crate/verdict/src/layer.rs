//! The five rows of a verdict.

use serde::{Deserialize, Serialize};

/// Which row of a verdict a code belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LayerId {
    /// 1: real, and signed by whom.
    Issuer,
    /// 2: shown now by its holder.
    Presenter,
    /// 3: valid.
    Validity,
    /// 4: its status, and how old that is.
    Status,
    /// 5: the verifier's purpose.
    Policy,
}

impl LayerId {
    /// All five, in order.
    pub const ALL: [LayerId; 5] =
        [LayerId::Issuer, LayerId::Presenter, LayerId::Validity, LayerId::Status, LayerId::Policy];

    /// The key of the row's name in the catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            LayerId::Issuer => "layer.issuer",
            LayerId::Presenter => "layer.presenter",
            LayerId::Validity => "layer.validity",
            LayerId::Status => "layer.status",
            LayerId::Policy => "layer.policy",
        }
    }
}
