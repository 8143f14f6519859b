//! The browser binding of the wallet and verifier pages.
