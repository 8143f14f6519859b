//! The page `/errors/`: complete in both languages, so that it works without scripts; the style sheet shows one of
//! them.

use std::fmt::Write as _;

use super::{Entry, Section, Text, layer_name};

const DESCRIPTION: &str = "浏览器里的电子驾驶证 · A driving licence in any browser";

/// Returns the guide as a page, with head and foot of the given home page.
///
/// # Panics
/// Panics if the home page has another structure, which is an error in this project.
pub fn page(sections: &[Section], home: &str) -> String {
    let (head, _) = home.split_once("<div class=\"home\"").expect("the home page's content");
    let (_, foot) = home.split_once("</main>").expect("the home page's end");
    assert!(head.contains(DESCRIPTION), "the home page describes itself in other words");
    let head = head
        .replace("data-page=\"home\"", "data-page=\"errors\"")
        .replace("data-t=\"page.home\"", "data-t=\"page.codes\"")
        .replace(DESCRIPTION, "核验代码的含义和办法 · What each code means, and what to do")
        .replace("/styles/home.css", "/styles/errors.css")
        .replace("/js/plain.js", "/js/find.js");
    let mut out = head.replacen("<html", "<!-- Generated: cargo xtask docs -->\n<html", 1);
    out.push_str("<div class=\"errors\">\n");
    both(&mut out, "h1", &text("每个代码的含义和办法", "What each code means, and what to do"));
    both(
        &mut out,
        "p",
        &text(
            "按核验的先后排列。代码不会改变，可以报给客服或写进程序；说明文字可能会改进。",
            "In the order of a check. Codes stay the same: name them to support, or rely on them in a program.",
        ),
    );
    find(&mut out);
    out.push_str("<nav class=\"kinds\">\n<ul role=\"list\">\n");
    for Section { name, kind, .. } in sections {
        let _ = writeln!(
            out,
            "<li><a href=\"#{name}\"><span lang=\"zh-CN\">{}</span><span lang=\"en\">{}</span></a></li>",
            escape(&kind.title.zh),
            escape(&kind.title.en)
        );
    }
    out.push_str("</ul>\n</nav>\n");
    for Section { name, kind, entries } in sections {
        let group = if is_for_programs(name) { "programs" } else { "people" };
        let _ = writeln!(out, "<section class=\"kind\" id=\"{name}\" data-group=\"{group}\">");
        both(&mut out, "h2", &kind.title);
        both(&mut out, "p", &kind.about);
        out.push_str("<dl class=\"sides\">\n");
        side(&mut out, &text("持证人", "Holder"), &kind.holder);
        side(&mut out, &text("发证机关", "Issuer"), &kind.issuer);
        out.push_str("</dl>\n<div class=\"list\">\n");
        for entry in entries {
            write(&mut out, entry);
        }
        out.push_str("</div>\n</section>\n");
    }
    out.push_str("</div>\n</main>");
    out + foot
}

fn write(out: &mut String, entry: &Entry) {
    let _ = writeln!(out, "<article class=\"entry\" id=\"{0}\">\n<h3><code>{0}</code></h3>", entry.code);
    both(out, "p", &entry.meaning);
    if let Some(next) = &entry.next {
        out.push_str("<div class=\"next\">\n");
        both(out, "p", &Text { zh: format!("怎么办：{}", next.zh), en: format!("What to do: {}", next.en) });
        out.push_str("</div>\n");
    }
    out.push_str("<p class=\"trace\">");
    if let Some((zh, en)) = layer_name(entry.layer) {
        let _ = write!(out, "<span lang=\"zh-CN\">第 {zh}</span><span lang=\"en\">Row {en}</span>");
    }
    let _ = write!(out, "<span class=\"clause\">{}</span></p>", escape(&entry.clause));
    if let Some((rule, description)) = entry.examples.first() {
        let _ = write!(
            out,
            "\n<p class=\"example\"><span lang=\"zh-CN\">例：</span><span lang=\"en\">Example: </span>\
             <code>{}</code> <span class=\"described\">{}</span></p>",
            escape(rule),
            escape(description)
        );
    }
    out.push_str("\n</article>\n");
}

fn side(out: &mut String, who: &Text, what: &Text) {
    out.push_str("<dt>");
    spans(out, who);
    out.push_str("</dt><dd>");
    spans(out, what);
    out.push_str("</dd>\n");
}

fn spans(out: &mut String, text: &Text) {
    let (zh, en) = (escape(&text.zh), escape(&text.en));
    let _ = write!(out, "<span lang=\"zh-CN\">{zh}</span><span lang=\"en\">{en}</span>");
}

fn both(out: &mut String, element: &str, text: &Text) {
    let (zh, en) = (escape(&text.zh), escape(&text.en));
    let _ =
        writeln!(out, "<{element} lang=\"zh-CN\">{zh}</{element}><{element} lang=\"en\">{en}</{element}>");
}

fn text(zh: &str, en: &str) -> Text {
    Text { zh: zh.to_owned(), en: en.to_owned() }
}

/// Whether the codes of this section tell the maker of a wallet or an issuer what to mend; the others tell a person what
/// to do.
fn is_for_programs(section: &str) -> bool {
    matches!(
        section,
        "envelope" | "encoding" | "profile" | "certificate" | "reader" | "session" | "facts" | "make"
    )
}

/// Writes the search, which is hidden where no script runs.
fn find(out: &mut String) {
    out.push_str("<form class=\"find\" id=\"find\" role=\"search\" hidden>\n<label for=\"find-text\">");
    spans(out, &text("查找代码或文字", "Find a code or words"));
    out.push_str(
        "</label>\n<input type=\"search\" id=\"find-text\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" \
         enterkeyhint=\"search\">\n<fieldset class=\"groups\"><legend class=\"visually-hidden\">",
    );
    spans(out, &text("给谁看", "Written for"));
    out.push_str("</legend>\n");
    let groups = [
        ("all", text("全部", "All")),
        ("people", text("给持证人和核验人员", "For holders and verifiers")),
        ("programs", text("给开发人员", "For developers")),
    ];
    for (value, words) in groups {
        let checked = if value == "all" { " checked" } else { "" };
        let _ = write!(out, "<label><input type=\"radio\" name=\"group\" value=\"{value}\"{checked}><span>");
        spans(out, &words);
        out.push_str("</span></label>\n");
    }
    out.push_str("</fieldset>\n<div id=\"found\" role=\"status\">\n<p hidden>");
    let count = "<span data-count></span>";
    let _ = writeln!(
        out,
        "<span lang=\"zh-CN\">找到 {count} 个代码</span><span lang=\"en\">Codes found: {count}</span></p>"
    );
    out.push_str("<p data-when=\"none\" hidden>");
    spans(
        out,
        &text("没有找到。请换一个词，或选择“全部”。", "Nothing found. Try another word, or choose “All”."),
    );
    out.push_str(" <button class=\"button plain\" type=\"reset\">");
    spans(out, &text("清除", "Clear"));
    out.push_str("</button></p>\n</div>\n</form>\n");
}

/// Text for markup.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
