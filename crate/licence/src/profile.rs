//! The document type and the namespaces of the licence profile.

/// The document type of a mobile driving licence (ISO/IEC 18013-5, 7.1).
pub const DOC_TYPE: &str = "org.iso.18013.5.1.mDL";
/// The namespace of ISO/IEC 18013-5, 7.2.
pub const ISO_NAMESPACE: &str = "org.iso.18013.5.1";
/// This project's namespace for what has no ISO element.
pub const DOMESTIC_NAMESPACE: &str = "org.liangzheng.edl.1.CN";
