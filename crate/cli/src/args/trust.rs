//! The arguments about trust.

use std::path::PathBuf;

use clap::Args;

/// The files that a verdict rests on.
#[derive(Debug, Args)]
pub(crate) struct TrustArgs {
    /// Whom to trust: IACA certificates as PEM or DER, trust lists (VICAL), or a folder of them, in which revocation lists count
    /// too; repeatable.
    #[arg(long, value_name = "FILE")]
    pub(crate) trust: Vec<PathBuf>,
    /// Trust the authority of the demo, whose documents are of invented people.
    #[arg(long)]
    pub(crate) demo: bool,
    /// The root of a trust list's provider, PEM or DER, where this program does not know it; repeatable.
    #[arg(long, value_name = "FILE")]
    pub(crate) list_root: Vec<PathBuf>,
    /// A status list (Token Status List as CWT) at hand; repeatable.
    #[arg(long, value_name = "FILE")]
    pub(crate) status: Vec<PathBuf>,
    /// An authority's list of revoked document signers (CRL, DER or PEM); repeatable.
    #[arg(long, value_name = "FILE")]
    pub(crate) crl: Vec<PathBuf>,
    /// A revoked document signer, by SHA-256 of its certificate; repeatable.
    #[arg(long, value_name = "SHA256")]
    pub(crate) revoked: Vec<String>,
    /// Pin a document signer's certificate whose root is not at hand; repeatable.
    #[arg(long, value_name = "FILE")]
    pub(crate) pin_signer: Vec<PathBuf>,
}
