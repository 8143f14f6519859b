//! A small HTTP/1.1 server for one finished site: GET and HEAD, nothing written, nothing read from disk.
//!
//! Answers come out of the site's own list of files, so that no request can reach anything else.

use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};

use crate::headers::{self, NO_CACHE};
use crate::site::{Output, Site};

/// Longest head of a request.
const MAX_HEAD: u64 = 16 * 1024;
/// Idle time after which a connection is closed.
const IDLE: Duration = Duration::from_secs(30);

/// Both addresses of `localhost`, bound.
pub(crate) struct Listeners {
    sockets: Vec<TcpListener>,
    /// The requested port, or a free one for 0.
    pub port: u16,
}

/// Binds 127.0.0.1 and ::1 (browsers take either for `localhost`).
///
/// # Errors
/// The port is in use: the message says what to type instead.
pub(crate) fn listen(port: u16) -> anyhow::Result<Listeners> {
    let four = bind((Ipv4Addr::LOCALHOST, port).into())?;
    let port = four.local_addr()?.port();
    let mut sockets = vec![four];
    match bind((Ipv6Addr::LOCALHOST, port).into()) {
        Ok(six) => sockets.push(six),
        // A machine without IPv6 is served on IPv4 only.
        Err(error) if in_use(&error) => return Err(error),
        Err(_) => {}
    }
    Ok(Listeners { sockets, port })
}

fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let port = address.port();
    TcpListener::bind(address).with_context(|| match port.checked_add(1) {
        Some(next) if port != 0 => {
            format!("cannot listen on port {port}; fix: cargo xtask serve --port {next}")
        }
        _ => format!("cannot listen on port {port}"),
    })
}

fn in_use(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::AddrInUse)
}

/// Serves until the process ends, each connection in a thread.
pub(crate) fn answer(listeners: Listeners, site: Site) {
    let site = Arc::new(site);
    let threads: Vec<_> = listeners
        .sockets
        .into_iter()
        .map(|socket| {
            let site = Arc::clone(&site);
            std::thread::spawn(move || {
                for stream in socket.incoming().flatten() {
                    let site = Arc::clone(&site);
                    // A browser that disconnects is not an error.
                    std::thread::spawn(move || drop(connection(&stream, &site)));
                }
            })
        })
        .collect();
    for thread in threads {
        let _ = thread.join();
    }
}

fn connection(stream: &TcpStream, site: &Site) -> anyhow::Result<()> {
    stream.set_read_timeout(Some(IDLE))?;
    stream.set_write_timeout(Some(IDLE))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let Some(request) = read_request(&mut reader)? else { return Ok(()) };
        let response = respond(site, &request.method, &request.target);
        let close = request.close || response.status == 400 || response.status == 405;
        let mut writer = stream;
        writer.write_all(&response.head(close))?;
        if request.method != "HEAD" {
            writer.write_all(response.body)?;
        }
        if close {
            return Ok(());
        }
    }
}

struct Request {
    method: String,
    target: String,
    close: bool,
}

fn read_request(reader: &mut BufReader<&TcpStream>) -> anyhow::Result<Option<Request>> {
    let mut head = reader.take(MAX_HEAD);
    let mut line = String::new();
    if head.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_ascii_whitespace();
    let (Some(method), Some(target), Some(version)) = (words.next(), words.next(), words.next()) else {
        bail!("not a request");
    };
    let (method, target) = (method.to_owned(), target.to_owned());
    let mut close = version != "HTTP/1.1";
    loop {
        line = String::new();
        if head.read_line(&mut line)? == 0 {
            bail!("the head of the request is too long or cut off");
        }
        let header = line.trim_end().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        close |= header == "connection: close";
        // A body is never read, so a following request could not be distinguished from it.
        close |= header.starts_with("content-length:") || header.starts_with("transfer-encoding:");
    }
    Ok(Some(Request { method, target, close }))
}

struct Response<'a> {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: &'a [u8],
}

impl Response<'_> {
    fn head(&self, close: bool) -> Vec<u8> {
        let reason = match self.status {
            200 => "OK",
            308 => "Permanent Redirect",
            400 => "Bad Request",
            404 => "Not Found",
            _ => "Method Not Allowed",
        };
        let mut head =
            format!("HTTP/1.1 {} {reason}\r\nContent-Length: {}\r\n", self.status, self.body.len());
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(if close { "Connection: close\r\n\r\n" } else { "\r\n" });
        head.into_bytes()
    }
}

/// The answer to one request; every answer carries the security headers.
fn respond<'a>(site: &'a Site, method: &str, target: &str) -> Response<'a> {
    let plain = |status, body: &'static str| Response {
        status,
        headers: with_security(
            "",
            [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")],
        ),
        body: body.as_bytes(),
    };
    if method != "GET" && method != "HEAD" {
        let mut response = plain(405, "only GET and HEAD\n");
        response.headers.push(("Allow", "GET, HEAD".into()));
        return response;
    }
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let Some(path) = path.strip_prefix('/') else { return plain(400, "not a path of this site\n") };
    let page =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    if let Some(file) = site.files.get(&page) {
        return answered(200, file, NO_CACHE);
    }
    if site.files.contains_key(&format!("{path}/index.html")) {
        let mut response = plain(308, "");
        response.headers.push(("Location", format!("/{path}/")));
        return response;
    }
    match site.files.get("404.html") {
        Some(page) => answered(404, page, "no-store"),
        None => plain(404, "no such page\n"),
    }
}

fn answered<'a>(status: u16, file: &'a Output, cache: &str) -> Response<'a> {
    let headers = with_security(&file.url, [("Content-Type", file.media_type), ("Cache-Control", cache)]);
    Response { status, headers, body: &file.bytes }
}

fn with_security<const N: usize>(path: &str, own: [(&'static str, &str); N]) -> Vec<(&'static str, String)> {
    let own = own.into_iter().map(|(name, value)| (name, value.to_owned()));
    own.chain(headers::security(path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::tests::small;

    #[test]
    fn pages_and_files_have_type_cache_and_security_headers() {
        let site = small();
        let header = |response: &Response<'_>, wanted: &str| {
            response.headers.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.clone()).unwrap()
        };
        let page = respond(&site, "GET", "/wallet/?lang=en");
        assert_eq!(page.status, 200);
        assert_eq!(header(&page, "Cache-Control"), "no-cache");
        let wasm = site.files.keys().find(|path| path.ends_with(".wasm")).unwrap();
        let wasm = respond(&site, "GET", &format!("/{wasm}"));
        assert_eq!(header(&wasm, "Content-Type"), "application/wasm");
        assert_eq!(header(&wasm, "Cache-Control"), "no-cache");
        let others = [wasm, respond(&site, "GET", "/none"), respond(&site, "POST", "/")];
        for (path, response) in std::iter::once(("/wallet/", page)).chain(others.map(|other| ("/", other))) {
            for (name, value) in headers::security(path) {
                assert_eq!(header(&response, name), value, "{} on {}", name, response.status);
            }
        }
    }

    #[test]
    fn nothing_outside_of_the_site_is_reached() {
        let site = small();
        for target in [
            "/../Cargo.toml",
            "/wallet/../../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/..%2fCargo.toml",
            "//etc/passwd",
            "/etc/passwd",
            "/\\..\\Cargo.toml",
            "/index.html/",
            "/js/",
        ] {
            assert_eq!(respond(&site, "GET", target).status, 404, "{target}");
        }
        assert_eq!(respond(&site, "GET", "http://elsewhere/").status, 400);
        assert_eq!(respond(&site, "GET", "").status, 400);
    }

    #[test]
    fn other_methods_are_refused_and_folders_redirect() {
        let site = small();
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "get"] {
            assert_eq!(respond(&site, method, "/").status, 405);
        }
        let redirect = respond(&site, "GET", "/wallet");
        assert_eq!(redirect.status, 308);
        assert!(redirect.headers.contains(&("Location", "/wallet/".into())));
    }

    #[test]
    fn a_port_in_use_says_what_to_type() {
        let first = listen(0).unwrap();
        let Err(error) = listen(first.port) else { panic!("both listened on one port") };
        let message = format!("{error:#}");
        assert!(message.contains(&format!("fix: cargo xtask serve --port {}", first.port + 1)), "{message}");
    }

    #[test]
    fn answers_over_the_wire_keep_the_connection_and_head_has_no_body() {
        let listeners = listen(0).unwrap();
        let port = listeners.port;
        std::thread::spawn(move || answer(listeners, small()));
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        stream.write_all(b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        stream.write_all(b"GET /none HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut all = String::new();
        stream.read_to_string(&mut all).unwrap();
        let (head, rest) = all.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
        assert!(rest.starts_with("HTTP/1.1 404 Not Found\r\n"), "{rest}");
    }
}
