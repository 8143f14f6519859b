//! The five rows of a verdict.

use serde::{Deserialize, Serialize};

/// One of the five layers of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LayerId {
    /// 1: integrity and issuer.
    Issuer,
    /// 2: presenter and freshness.
    Presenter,
    /// 3: validity.
    Validity,
    /// 4: status and its age.
    Status,
    /// 5: the rules of the purpose.
    Policy,
}

impl LayerId {
    /// All five, in order.
    pub const ALL: [LayerId; 5] =
        [LayerId::Issuer, LayerId::Presenter, LayerId::Validity, LayerId::Status, LayerId::Policy];

    /// Returns the stable text, in kebab case: `issuer`, `presenter`, `validity`, `status`, `policy`.
    pub const fn text(self) -> &'static str {
        match self {
            LayerId::Issuer => "issuer",
            LayerId::Presenter => "presenter",
            LayerId::Validity => "validity",
            LayerId::Status => "status",
            LayerId::Policy => "policy",
        }
    }

    /// Returns the key of the layer's name in the catalogue.
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
