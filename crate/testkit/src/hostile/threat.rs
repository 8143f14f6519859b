//! Ids of the threats in `docs/threats.md`, to which files and tests refer.

use serde::{Deserialize, Serialize};

macro_rules! threats {
    ($($name:ident = $id:literal),+ $(,)?) => {
        /// A threat of `docs/threats.md`, in the order of that document.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Threat {
            $(
                #[doc = concat!("`", $id, "`")]
                #[serde(rename = $id)]
                $name,
            )+
        }

        impl Threat {
            /// Every threat.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Returns the id, such as `T-replay`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)+
                }
            }
        }
    };
}

threats! {
    ElementForged = "T-element-forged",
    PortraitSwapped = "T-portrait-swapped",
    DigestMap = "T-digest-map",
    IssuerUnknown = "T-issuer-unknown",
    Dates = "T-dates",
    IssuerNamesake = "T-issuer-namesake",
    CertificateProfile = "T-certificate-profile",
    Cose = "T-cose",
    SignatureEdges = "T-signature-edges",
    SignerRevoked = "T-signer-revoked",
    TrustList = "T-trust-list",
    ListRollback = "T-list-rollback",
    StatusList = "T-status-list",
    Suspended = "T-suspended",
    DeviceKey = "T-device-key",
    DocumentConfusion = "T-document-confusion",
    DeviceSignedShadow = "T-device-signed-shadow",
    Tampering = "T-tampering",
    Stale = "T-stale",
    ClockSkew = "T-clock-skew",
    Replay = "T-replay",
    OldAnswer = "T-old-answer",
    CrossProtocol = "T-cross-protocol",
    VerifierClock = "T-verifier-clock",
    Relay = "T-relay",
    OverAsking = "T-over-asking",
    ImpostorClaim = "T-impostor-claim",
    FramesMixed = "T-frames-mixed",
    FrameBomb = "T-frame-bomb",
    FrameFlood = "T-frame-flood",
    FramePoisoned = "T-frame-poisoned",
    QrPhishing = "T-qr-phishing",
    InflateBomb = "T-inflate-bomb",
    CborDepth = "T-cbor-depth",
    CborLength = "T-cbor-length",
    CborPreallocation = "T-cbor-preallocation",
    Encoding = "T-encoding",
    StatusBomb = "T-status-bomb",
    JpegBomb = "T-jpeg-bomb",
    Polyglot = "T-polyglot",
    JpegDecoder = "T-jpeg-decoder",
    TextSpoofing = "T-text-spoofing",
    PrototypePollution = "T-prototype-pollution",
    PostMessage = "T-post-message",
    OpenRedirect = "T-open-redirect",
    Framed = "T-framed",
    SharedOrigin = "T-shared-origin",
    PartnerScript = "T-partner-script",
    ForgedPreview = "T-forged-preview",
    ReleaseAltered = "T-release-altered",
    WorkerOutsideCsp = "T-worker-outside-csp",
    DemoInProduction = "T-demo-in-production",
    MixedVersions = "T-mixed-versions",
    StuckRelease = "T-stuck-release",
    Trap = "T-trap",
    CameraDenied = "T-camera-denied",
    TornWrite = "T-torn-write",
    WriteNotDurable = "T-write-not-durable",
    TwoTabs = "T-two-tabs",
    Quota = "T-quota",
    KeyLost = "T-key-lost",
    Corruption = "T-corruption",
    Upgrade = "T-upgrade",
    Eviction = "T-eviction",
    ProfileTheft = "T-profile-theft",
    DeletedRemains = "T-deleted-remains",
    LocalLeak = "T-local-leak",
    RecordRewritten = "T-record-rewritten",
    RecordIdentifies = "T-record-identifies",
    RecordFormula = "T-record-formula",
    RecordOverruled = "T-record-overruled",
    DeskRewritten = "T-desk-rewritten",
    OldLicence = "T-old-licence",
    ClaimCounted = "T-claim-counted",
}
