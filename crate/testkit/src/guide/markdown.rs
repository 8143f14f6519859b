//! `docs/errors.md`.

use std::fmt::Write as _;

use super::{Section, layer_name};

/// Returns the guide as Markdown, links relative to `docs/`.
pub fn markdown(sections: &[Section]) -> String {
    let count: usize = sections.iter().map(|section| section.entries.len()).sum();
    let mut out = String::from(
        "# Every code, what it means, and what to do\n\n\
         <!-- Generated: cargo xtask docs -->\n\n",
    );
    let _ = writeln!(
        out,
        "{count} codes, in the order of the way that a presentation goes. The same as a page of the site: `/errors/`. \
         Codes are stable: a program may rely on them; the sentences may change. An example is a file under \
         `tests/vectors/` that gives the code.\n"
    );
    for Section { kind, name, .. } in sections {
        let _ = writeln!(out, "- [{} · {}](#{name})", kind.title.en, kind.title.zh);
    }
    for Section { name, kind, entries } in sections {
        let _ = writeln!(out, "\n<a id=\"{name}\"></a>\n\n## {} · {}\n", kind.title.en, kind.title.zh);
        let _ = writeln!(out, "{} {}\n", kind.about.en, kind.about.zh);
        let _ = writeln!(out, "- **Holder** · 持证人: {} {}", kind.holder.en, kind.holder.zh);
        let _ = writeln!(out, "- **Issuer** · 发证机关: {} {}\n", kind.issuer.en, kind.issuer.zh);
        out.push_str(
            "| code | means | the verifier | layer | clause | example |\n|---|---|---|---|---|---|\n",
        );
        for entry in entries {
            let next = entry.next.as_ref().map(|next| format!("{}<br>{}", cell(&next.en), cell(&next.zh)));
            let examples: Vec<_> =
                entry.examples.iter().map(|(rule, _)| format!("[{rule}](../tests/vectors/{rule})")).collect();
            let layer = layer_name(entry.layer).map_or("", |(_, en)| en);
            let _ = writeln!(
                out,
                "| <a id=\"{code}\"></a>`{code}` | {}<br>{} | {} | {layer} | {} | {} |",
                cell(&entry.meaning.en),
                cell(&entry.meaning.zh),
                next.unwrap_or_else(|| "no fault".to_owned()),
                cell(&entry.clause),
                examples.join("<br>"),
                code = entry.code,
            );
        }
    }
    out
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
