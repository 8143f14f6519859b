//! The response headers of every page, script and worker, and their second layer in each page.
//!
//! Hosts that support a `_headers` file read them there, `serve` sends the same, the service worker adds them again,
//! and each page has the policy in a `<meta>`. A `<meta>` does not apply to workers; headers do.

/// The policy of a page's `<meta>`, where `frame-ancestors` is ignored.
pub(crate) const META_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
    img-src 'self' blob:; style-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self' blob:; \
    base-uri 'none'; form-action 'none'; object-src 'none'; require-trusted-types-for 'script'; \
    trusted-types app-url";

/// Browser features that no page uses. Only names that Chromium knows: it logs an error for others.
const UNUSED: [&str; 21] = [
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
    "publickey-credentials-create",
    "publickey-credentials-get",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
];
/// The page that reads clipboard and screen, and that holds no holder's key.
const VERIFIER: &str = "/verify/";
const VERIFIERS_OWN: [&str; 3] = ["clipboard-read", "clipboard-write", "display-capture"];

/// Returns the Permissions-Policy of a path: camera and wake lock on every page, clipboard and screen on the verifier
/// only. The browser still asks the user.
fn permissions(path: &str) -> String {
    let own = if path == VERIFIER { "(self)" } else { "()" };
    let allowed = ["camera", "screen-wake-lock"].map(|name| format!("{name}=(self)"));
    let own = VERIFIERS_OWN.map(|name| format!("{name}={own}"));
    let unused = UNUSED.map(|name| format!("{name}=()"));
    allowed.into_iter().chain(own).chain(unused).collect::<Vec<_>>().join(", ")
}

/// For files with hashed names, whose content never changes.
pub(crate) const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// For files with lasting names, which are revalidated each time.
pub(crate) const NO_CACHE: &str = "no-cache";

/// Returns name and value of every security header of a path.
pub(crate) fn security(path: &str) -> Vec<(&'static str, String)> {
    let mut all = everywhere();
    all.push((PERMISSIONS, permissions(path)));
    all
}

/// Returns the paths whose headers differ, with the different headers.
pub(crate) fn exceptions() -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    vec![(VERIFIER, vec![(PERMISSIONS, permissions(VERIFIER))])]
}

const PERMISSIONS: &str = "Permissions-Policy";

/// The headers that are the same for every path.
fn everywhere() -> Vec<(&'static str, String)> {
    vec![
        ("Content-Security-Policy", format!("{META_POLICY}; frame-ancestors 'none'")),
        ("Cross-Origin-Embedder-Policy", "require-corp".into()),
        ("Cross-Origin-Opener-Policy", "same-origin".into()),
        ("Cross-Origin-Resource-Policy", "same-origin".into()),
        ("Referrer-Policy", "no-referrer".into()),
        ("X-Content-Type-Options", "nosniff".into()),
    ]
}

/// Returns the `_headers` file that Cloudflare Pages, Netlify and others read.
///
/// `immutable` are the URLs of files with hashed names. Hosts combine all rules that match, so no URL may match two
/// rules that set the same header: each file is listed with the headers that differ.
pub(crate) fn headers_file<'a>(files: impl Iterator<Item = (&'a str, bool)>) -> String {
    let mut text = String::from("/*\n");
    for (name, value) in everywhere() {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    for (url, immutable) in files {
        let value = if immutable { IMMUTABLE } else { NO_CACHE };
        text.push_str(&format!("{url}\n  Cache-Control: {value}\n  {PERMISSIONS}: {}\n", permissions(url)));
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
            "microphone=(), midi=(), otp-credentials=(), payment=(), \
            picture-in-picture=(), publickey-credentials-create=(), publickey-credentials-get=(), serial=(), \
            storage-access=(), usb=(), window-management=(), xr-spatial-tracking=()"
        ));
    }

    #[test]
    fn headers_file_names_every_file_once() {
        let files = [("/", false), ("/verify/", false), ("/js/boot.0123456789abcdef.js", true)];
        let text = headers_file(files.into_iter());
        assert!(text.starts_with("/*\n  Content-Security-Policy: default-src 'none'; "));
        assert!(text.contains("\n/\n  Cache-Control: no-cache\n  Permissions-Policy: camera=(self), "));
        assert!(text.contains(
            "\n/js/boot.0123456789abcdef.js\n  Cache-Control: public, max-age=31536000, immutable\n"
        ));
        // Hosts combine the rules that match: each file has this header once, and no common rule has it.
        assert_eq!(text.matches("Permissions-Policy").count(), files.len());
        assert_eq!(text.matches("display-capture=(self)").count(), 1);
    }
}
