//! The name of the browser, for advice to people: which app a page stands in, and where its menu is. This is the one place that
//! reads it; what a page can do is found by trying.

/// In what a page is shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Browser {
    /// Whether it belongs to an app that is no browser, and whose stored data go with the app.
    pub(crate) in_app: bool,
    /// The key of the app's name; a browser has none.
    pub(crate) app: &'static str,
    /// The key of the steps that open a page in a browser, or that put one on the home screen.
    pub(crate) steps: &'static str,
}

/// A part of `navigator.userAgent`, and what it says. Of several the first counts.
struct Mark(&'static [&'static str], Browser);

const fn app(name: &'static str, steps: &'static str) -> Browser {
    Browser { in_app: true, app: name, steps }
}

const fn browser(steps: &'static str) -> Browser {
    Browser { in_app: false, app: "", steps }
}

/// The menu of the app has "open in browser".
const MENU: &str = "in-app.steps.menu";
/// It may have none: the link is copied.
const COPY: &str = "in-app.steps.copy";

/// The marks that vendors put into the user agent. WeCom has WeChat's as well, apps have those of Android's WebView, and every
/// browser for Android has Chrome's.
const MARKS: &[Mark] = &[
    Mark(&["wxwork"], app("in-app.wecom", MENU)),
    Mark(&["MicroMessenger"], app("in-app.wechat", MENU)),
    Mark(&["AlipayClient"], app("in-app.alipay", COPY)),
    Mark(&["DingTalk"], app("in-app.dingtalk", MENU)),
    Mark(&["Lark/"], app("in-app.lark", MENU)),
    Mark(&["__weibo__"], app("in-app.weibo", MENU)),
    Mark(&["aweme"], app("in-app.douyin", MENU)),
    Mark(&["BytedanceWebview"], app("in-app.other", COPY)),
    Mark(&["NewsArticle"], app("in-app.other", COPY)),
    Mark(&["musical_ly"], app("in-app.other", COPY)),
    Mark(&["xhsdiscover"], app("in-app.other", COPY)),
    Mark(&["baiduboxapp"], app("in-app.other", COPY)),
    Mark(&["MiniProgramEnv"], app("in-app.other", COPY)),
    Mark(&[" QQ/"], app("in-app.qq", MENU)),
    Mark(&["FBAN/"], app("in-app.facebook", MENU)),
    Mark(&["FBAV/"], app("in-app.facebook", MENU)),
    Mark(&["Instagram"], app("in-app.instagram", MENU)),
    Mark(&[" Line/"], app("in-app.line", MENU)),
    Mark(&["KAKAOTALK"], app("in-app.other", MENU)),
    Mark(&["LinkedInApp"], app("in-app.other", MENU)),
    Mark(&["Snapchat"], app("in-app.other", MENU)),
    Mark(&["Twitter for"], app("in-app.other", MENU)),
    Mark(&["; wv)"], app("in-app.other", COPY)),
    Mark(&["MQQBrowser"], browser("install.menu")),
    Mark(&["UCBrowser"], browser("install.menu")),
    Mark(&["HuaweiBrowser"], browser("install.menu")),
    Mark(&["MiuiBrowser"], browser("install.menu")),
    Mark(&["SamsungBrowser"], browser("install.samsung")),
    Mark(&["Firefox", "Android"], browser("install.android")),
    Mark(&["Android", "Chrome"], browser("install.android")),
    Mark(&["CriOS"], browser("install.share")),
    Mark(&["FxiOS"], browser("install.share")),
    Mark(&["EdgiOS"], browser("install.share")),
    Mark(&["iPhone", "Safari/"], browser("install.share")),
    Mark(&["iPad", "Safari/"], browser("install.share")),
    // Without Safari's mark it is another app's view.
    Mark(&["iPhone"], app("in-app.other", COPY)),
    Mark(&["iPad"], app("in-app.other", COPY)),
    Mark(&["Firefox"], browser("install.firefox")),
    Mark(&["Chrome"], browser("install.address-bar")),
    Mark(&["Macintosh", "Safari/"], browser("install.dock")),
];

/// Returns what the user agent names; an unknown one is a browser with a menu.
fn named(user_agent: &str) -> Browser {
    let has = |Mark(parts, _): &&Mark| parts.iter().all(|part| user_agent.contains(part));
    MARKS.iter().find(has).map_or(browser("install.menu"), |Mark(_, found)| *found)
}

/// Whether the page was started from the home screen, in a window of its own.
pub(crate) fn is_installed() -> bool {
    let query = super::dom::window().match_media("(display-mode: standalone)").ok().flatten();
    query.is_some_and(|query| query.matches())
}

/// Returns the app whose browser this is, if it is one; what was started from the home screen is none.
pub(crate) fn in_app() -> Option<Browser> {
    Some(here()).filter(|browser| browser.in_app && !is_installed())
}

/// Returns the browser that the page is in.
pub(crate) fn here() -> Browser {
    named(&super::dom::window().navigator().user_agent().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WECHAT: &str = "Mozilla/5.0 (Linux; Android 14; V2254A Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) \
        Version/4.0 Chrome/126.0.6478.188 Mobile Safari/537.36 XWEB/1260183 MMWEBSDK/20240802 MicroMessenger/8.0.53";
    const IPHONE: &str =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";

    #[test]
    fn apps_are_told_from_browsers() {
        let of = |mark: &str| named(&format!("{IPHONE} Mobile/15E148 {mark}")).app;
        assert_eq!(named(WECHAT).app, "in-app.wechat");
        assert_eq!(named(&format!("{WECHAT} wxwork/4.1.28")).app, "in-app.wecom");
        assert_eq!(of("NebulaSDK/1.8 AlipayDefined AlipayClient/10.6.0"), "in-app.alipay");
        assert_eq!(of("QQ/9.0.80 V1_IPH_SQ"), "in-app.qq");
        assert_eq!(of("[FBAN/FBIOS;FBAV/470.0.0]"), "in-app.facebook");
        assert_eq!(of(""), "in-app.other");
        assert_eq!(of("Version/17.5 Safari/604.1"), "");
        let android = |tail: &str| named(&format!("Mozilla/5.0 (Linux; Android 14; Pixel 8{tail}"));
        let chrome = ") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36";
        assert_eq!(android(chrome), browser("install.android"));
        assert_eq!(
            android("; wv) AppleWebKit/537.36 Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36").app,
            "in-app.other"
        );
        assert_eq!(android(&format!("{chrome} MQQBrowser/15.2")), browser("install.menu"));
        assert_eq!(
            named("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0").steps,
            "install.firefox"
        );
    }

    #[test]
    fn every_text_is_there() {
        for Mark(_, found) in MARKS {
            for key in [found.app, found.steps].into_iter().filter(|key| !key.is_empty()) {
                assert!(strings::find(key, strings::Language::English).is_some(), "{key}");
            }
        }
    }
}
