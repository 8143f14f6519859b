//! Object identifiers of the profile.

/// The identifiers, under the names of the standards that define them.
pub mod ids {
    use der::asn1::ObjectIdentifier;

    macro_rules! oids {
        ($($name:ident = $dotted:literal;)*) => {
            $(
                #[doc = concat!("`", $dotted, "`")]
                pub const $name: ObjectIdentifier = ObjectIdentifier::new_unwrap($dotted);
            )*
        };
    }

    oids! {
        COMMON_NAME = "2.5.4.3";
        COUNTRY = "2.5.4.6";
        STATE_OR_PROVINCE = "2.5.4.8";
        ORGANIZATION = "2.5.4.10";

        SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
        KEY_USAGE = "2.5.29.15";
        ISSUER_ALT_NAME = "2.5.29.18";
        BASIC_CONSTRAINTS = "2.5.29.19";
        NAME_CONSTRAINTS = "2.5.29.30";
        CRL_DISTRIBUTION_POINTS = "2.5.29.31";
        POLICY_MAPPINGS = "2.5.29.33";
        AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
        POLICY_CONSTRAINTS = "2.5.29.36";
        EXTENDED_KEY_USAGE = "2.5.29.37";
        FRESHEST_CRL = "2.5.29.46";
        INHIBIT_ANY_POLICY = "2.5.29.54";

        AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";
        CRL_NUMBER = "2.5.29.20";
        REASON_CODE = "2.5.29.21";
        DELTA_CRL_INDICATOR = "2.5.29.27";
        ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
        CERTIFICATE_ISSUER = "2.5.29.29";

        MDL_DOCUMENT_SIGNER = "1.0.18013.5.1.2";
        MDL_READER_AUTH = "1.0.18013.5.1.6";
        VICAL_SIGNER = "1.0.18013.5.1.8";
        MDOC_DOCUMENT_SIGNER = "1.0.23220.4.1.2";
        PID_DOCUMENT_SIGNER = "1.3.130.2.0.0.1.2";

        // An authority's desk. Under the number for documentation (RFC 5612), since this project has no number of its own.
        CLAIM_DESK = "1.3.6.1.4.1.32473.1.16.6";

        EC_PUBLIC_KEY = "1.2.840.10045.2.1";
        P256 = "1.2.840.10045.3.1.7";
        P384 = "1.3.132.0.34";
        P521 = "1.3.132.0.35";
        BRAINPOOL_P256R1 = "1.3.36.3.3.2.8.1.1.7";
        BRAINPOOL_P320R1 = "1.3.36.3.3.2.8.1.1.9";
        BRAINPOOL_P384R1 = "1.3.36.3.3.2.8.1.1.11";
        BRAINPOOL_P512R1 = "1.3.36.3.3.2.8.1.1.13";
        ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
        ECDSA_WITH_SHA384 = "1.2.840.10045.4.3.3";
        ECDSA_WITH_SHA512 = "1.2.840.10045.4.3.4";
    }
}
