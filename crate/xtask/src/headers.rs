//! The response headers of every page, script and worker, and their second layer in each page.
//!
//! Hosts that support a `_headers` file read them there, `serve` sends the same, the service worker adds them again,
//! and each page has the policy in a `<meta>`. A `<meta>` does not apply to workers; headers do.

/// The policy of a page's `<meta>`, where `frame-ancestors` is ignored, of every page but [`TRY`].
const META_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
    img-src 'self' blob:; style-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self' blob:; \
    base-uri 'none'; form-action 'none'; object-src 'none'; require-trusted-types-for 'script'; \
    trusted-types app-url";

/// The page of the demo that shows a wallet and a verifier side by side, each in a frame.
const TRY: &str = "/try/";
/// What it shows. Another origin shows neither, nor does any page show the wallet itself.
const TRY_FRAMES: [&str; 2] = ["/try/wallet/", "/try/verify/"];

/// Returns the policy of a page's `<meta>`.
pub(crate) fn meta_policy(path: &str) -> String {
    if path == TRY { format!("{META_POLICY}; frame-src 'self'") } else { META_POLICY.to_owned() }
}

/// Browser features that no page uses. Only names that Chromium knows: it logs an error for others.
const UNUSED: [&str; 19] = [
    "accelerometer",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
];
/// The page that reads clipboard and screen, and that holds no holder's key.
const VERIFIER: &str = "/verify/";
const VERIFIERS_OWN: [&str; 3] = ["clipboard-read", "clipboard-write", "display-capture"];
/// The page that holds the holder's key.
const WALLET: &str = "/wallet/";
const WALLETS_OWN: [&str; 2] = ["publickey-credentials-create", "publickey-credentials-get"];

/// Returns the Permissions-Policy of a path: camera and wake lock on every page, clipboard and screen on the verifier
/// only, passkeys on the wallet only. The browser still asks the user.
fn permissions(path: &str) -> String {
    let own = |names: &[&str], page| {
        let allowed = if path == page { "(self)" } else { "()" };
        names.iter().map(|name| format!("{name}={allowed}")).collect::<Vec<_>>()
    };
    let everywhere = ["camera", "screen-wake-lock"].map(|name| format!("{name}=(self)"));
    let unused = UNUSED.map(|name| format!("{name}=()"));
    let parts =
        [everywhere.to_vec(), own(&VERIFIERS_OWN, VERIFIER), own(&WALLETS_OWN, WALLET), unused.to_vec()];
    parts.concat().join(", ")
}

/// Every file is revalidated each time. A hashed name does not make a bad answer a good one: what a host once answered
/// wrongly would otherwise stay in the HTTP cache. The service worker is what makes later visits fast.
pub(crate) const NO_CACHE: &str = "no-cache";

/// Returns name and value of every security header of a path.
pub(crate) fn security(path: &str) -> Vec<(&'static str, String)> {
    let mut all = everywhere();
    all.extend(own(path));
    all
}

/// Returns the paths whose headers differ, with the different headers.
pub(crate) fn exceptions() -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    let [wallet, verifier] = TRY_FRAMES;
    [VERIFIER, WALLET, TRY, wallet, verifier].map(|page| (page, own(page))).to_vec()
}

/// The headers that differ between paths.
fn own(path: &str) -> Vec<(&'static str, String)> {
    let ancestors = if TRY_FRAMES.contains(&path) { "'self'" } else { "'none'" };
    let policy = format!("{}; frame-ancestors {ancestors}", meta_policy(path));
    vec![("Content-Security-Policy", policy), ("Permissions-Policy", permissions(path))]
}

/// The headers that are the same for every path.
fn everywhere() -> Vec<(&'static str, String)> {
    vec![
        ("Cross-Origin-Embedder-Policy", "require-corp".into()),
        ("Cross-Origin-Opener-Policy", "same-origin".into()),
        ("Cross-Origin-Resource-Policy", "same-origin".into()),
        ("Referrer-Policy", "no-referrer".into()),
        ("X-Content-Type-Options", "nosniff".into()),
    ]
}

/// One year, from each answer on. Browsers ignore it over plain HTTP, so that `serve` needs none.
const TRANSPORT: (&str, &str) = ("Strict-Transport-Security", "max-age=31536000");

/// Returns the `_headers` file that Cloudflare Pages, Netlify and others read, for files at `urls`.
///
/// Hosts combine all rules that match, so no URL may match two rules that set the same header: each file is listed with
/// the headers that differ between files.
pub(crate) fn headers_file<'a>(urls: impl Iterator<Item = &'a str>) -> String {
    let mut text = format!("/*\n  Cache-Control: {NO_CACHE}\n  {}: {}\n", TRANSPORT.0, TRANSPORT.1);
    for (name, value) in everywhere() {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    for url in urls {
        text.push_str(&format!("{url}\n"));
        for (name, value) in own(url) {
            text.push_str(&format!("  {name}: {value}\n"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policy_forbids_inline_eval_and_framing() {
        let all = security("/");
        let policy = &all.iter().find(|(name, _)| *name == "Content-Security-Policy").unwrap().1;
        assert!(policy.contains("frame-ancestors 'none'"));
        assert!(policy.contains("require-trusted-types-for 'script'; trusted-types app-url"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        assert!(!policy.contains("http") && !policy.contains('*'), "no other origin: {policy}");
        assert!(!policy.contains("  "), "{policy}");
        assert!(all.iter().all(|(_, value)| !value.contains('\n')));
    }

    #[test]
    fn clipboard_and_screen_are_the_verifiers_alone() {
        for name in VERIFIERS_OWN {
            let (own, others) = (permissions("/verify/"), permissions("/wallet/"));
            assert!(own.contains(&format!("{name}=(self)")), "{own}");
            assert!(others.contains(&format!("{name}=()")), "{others}");
        }
        assert!(permissions("/verify/").ends_with(
            "microphone=(), midi=(), otp-credentials=(), payment=(), picture-in-picture=(), serial=(), \
            storage-access=(), usb=(), window-management=(), xr-spatial-tracking=()"
        ));
    }

    #[test]
    fn only_the_demos_frames_are_shown_by_a_page_of_their_own_origin() {
        let policy =
            |path| security(path).into_iter().find(|(name, _)| *name == "Content-Security-Policy").unwrap().1;
        for path in ["/", "/wallet/", "/verify/", "/try/", "/js/boot.js"] {
            assert!(policy(path).ends_with("; frame-ancestors 'none'"), "{path}");
            assert_eq!(policy(path).contains("frame-src 'self'"), path == TRY, "{path}");
        }
        for path in TRY_FRAMES {
            assert!(policy(path).ends_with("; frame-ancestors 'self'"), "{path}");
        }
    }

    #[test]
    fn passkeys_are_the_wallets_alone() {
        for name in WALLETS_OWN {
            assert!(permissions("/wallet/").contains(&format!("{name}=(self)")));
            assert!(permissions("/verify/").contains(&format!("{name}=()")));
        }
    }

    #[test]
    fn headers_file_names_every_file_once() {
        let files = ["/", "/verify/", "/js/boot.0123456789abcdef.js"];
        let text = headers_file(files.into_iter());
        assert!(text.starts_with(
            "/*\n  Cache-Control: no-cache\n  Strict-Transport-Security: max-age=31536000\n  Cross-Origin-Embedder-Policy: "
        ));
        assert!(text.contains("\n/\n  Content-Security-Policy: default-src 'none'; "));
        assert!(text.contains("\n  Permissions-Policy: camera=(self), "));
        // Hosts combine the rules that match: each file has these headers once, and no common rule has them.
        assert_eq!(text.matches("Permissions-Policy").count(), files.len());
        assert_eq!(text.matches("Content-Security-Policy").count(), files.len());
        assert_eq!(text.matches("Cache-Control").count(), 1);
        assert_eq!(text.matches("display-capture=(self)").count(), 1);
    }
}
