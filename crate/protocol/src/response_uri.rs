//! The address that an answer is bound to. Nothing is ever sent there: the answer goes by the link.

use licence::ShownText;

/// Longest address, in characters.
pub(crate) const MAX_RESPONSE_URI: usize = 512;

/// Longest host name in DNS, in characters.
const MAX_HOST: usize = 253;

/// The verifier's page: `https`, or `http` on `localhost` for a demo; no user information, no fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseUri {
    text: String,
    host: String,
}

impl ResponseUri {
    /// Parses an address; `None` if it is not of this form.
    ///
    /// Checked: visible ASCII without quotes, brackets and backslashes, at most 512 characters; the scheme in small
    /// letters; a host of letters, digits, dots and hyphens; a port of digits below 65,536.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let visible = |byte: u8| byte.is_ascii_graphic() && !b"\"'<>\\^`{|}#".contains(&byte);
        if text.len() > MAX_RESPONSE_URI || !text.bytes().all(visible) {
            return None;
        }
        let (scheme, rest) = text.split_once("://")?;
        let authority = rest.split(['/', '?']).next()?;
        // an authority with '@' is refused: the part before it could pretend to be the host
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        if port.is_some_and(|port| port.len() > 5 || port.parse::<u16>().is_err() || port.starts_with('+')) {
            return None;
        }
        match scheme {
            "https" => {}
            "http" if host == "localhost" => {}
            _ => return None,
        }
        is_host(host).then(|| Self { text: text.to_owned(), host: host.to_owned() })
    }

    /// Returns the address as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the host, which an unverified requester claims about itself.
    #[must_use]
    pub fn host(&self) -> ShownText {
        ShownText::new(&self.host, MAX_HOST)
    }
}

fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        let inner = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        inner && !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
    };
    host.len() <= MAX_HOST && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_the_own_machine() {
        for good in [
            "https://verifier.example",
            "https://verifier.example/verify/",
            "https://verifier.example:8443/v?x=1",
            "http://localhost:8080/verify/",
            "http://localhost",
        ] {
            assert_eq!(ResponseUri::parse(good).map(|uri| uri.as_str().to_owned()).as_deref(), Some(good));
        }
        for bad in [
            "",
            "https://",
            "https:///path",
            "http://verifier.example/",
            "http://localhost.example/",
            "http://localhost@evil.example/",
            "https://user@verifier.example/",
            "https://user:pass@verifier.example/",
            "https://verifier.example:8443@evil.example/",
            "https://verifier.example\\@evil.example/",
            "https://verifier.example/#fragment",
            "https://verifier.example:+443/",
            "https://verifier.example:/",
            "https://verifier.example:65536/",
            "https://[::1]/",
            "https://ver ifier.example/",
            "https://-a.example/",
            "https://a..example/",
            "https://驾驶证.example/",
            "HTTPS://verifier.example/",
            "javascript://verifier.example/%0aalert(1)",
            "javascript:alert(1)",
            "data:text/html,x",
            "//verifier.example/",
            "verifier.example",
        ] {
            assert_eq!(ResponseUri::parse(bad), None, "{bad}");
        }
        assert_eq!(ResponseUri::parse(&format!("https://a.example/{}", "x".repeat(600))), None);
    }
}
