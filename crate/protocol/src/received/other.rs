//! What was received that is no presentation.

use cbor::coded;

coded!(
    /// What is no presentation: what it is instead.
    pub enum OtherCode {
        Empty => "other-empty", "received", "project limit: 1 byte at least";
        Size => "other-size", "received", "project limit: 1 MiB";
        Layers => "other-layers", "received", "project limit: 6 encodings";
        Several => "other-several", "received", "OpenID4VP 1.0, 8.1";
        MdocEngagement => "other-mdoc", "received", "ISO/IEC 18013-5, 8.2.2.3";
        OpenId4Vp => "other-openid4vp", "received", "OpenID4VP 1.0, 13.1.2";
        CredentialOffer => "other-credential-offer", "received", "OpenID4VCI 1.0, 4.1";
        EncryptedAnswer => "other-encrypted", "received", "OpenID4VP 1.0, 8.3";
        DeviceRequest => "other-request", "received", "ISO/IEC 18013-5, 8.3.2.1.2.1";
        Signed => "other-signed", "received", "RFC 9052, 4.2";
        Jwt => "other-jwt", "received", "RFC 7519, 3";
        SdJwt => "other-sd-jwt", "received", "RFC 9901, 4";
        HealthCertificate => "other-health", "received", "EU Digital COVID Certificate, HCERT";
        Payment => "other-payment", "received", "EMV QR Code Specification";
        Web => "other-web", "received", "RFC 9110, 4.2";
        Certificate => "other-certificate", "received", "RFC 7468, 5";
        Picture => "other-picture", "received", "RFC 6838, 4.2.2";
        Document => "other-pdf", "received", "RFC 8118";
        Archive => "other-archive", "received", "APPNOTE.TXT, 4.3.7";
        Json => "other-json", "received", "RFC 8259, 2";
        Cbor => "other-cbor", "received", "RFC 8949, 3.1";
        Text => "other-text", "received", "RFC 3629, 3";
    }
);

impl OtherCode {
    /// Whether a word that has nothing to do with a presentation may give this code: any word may be base64.
    pub(super) const fn is_by_chance(self) -> bool {
        matches!(self, Self::Text | Self::Json | Self::Cbor | Self::Empty)
    }
}
