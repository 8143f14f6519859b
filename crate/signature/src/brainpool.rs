//! The brainpool curves of the crates `bp256` and `bp384`, with the items that `p256` has.

/// brainpoolP256r1 (RFC 5639, 3.4).
pub(crate) mod p256r1 {
    pub(crate) mod ecdsa {
        pub(crate) use ::bp256::r1::ecdsa::Signature;
        pub(crate) use ::ecdsa::signature;

        pub(crate) type SigningKey = ::ecdsa::SigningKey<bp256::BrainpoolP256r1>;
        pub(crate) type VerifyingKey = ::ecdsa::VerifyingKey<bp256::BrainpoolP256r1>;
    }
}

/// brainpoolP384r1 (RFC 5639, 3.6).
pub(crate) mod p384r1 {
    pub(crate) mod ecdsa {
        pub(crate) use ::bp384::r1::ecdsa::Signature;
        pub(crate) use ::ecdsa::signature;

        pub(crate) type SigningKey = ::ecdsa::SigningKey<bp384::BrainpoolP384r1>;
        pub(crate) type VerifyingKey = ::ecdsa::VerifyingKey<bp384::BrainpoolP384r1>;
    }
}
