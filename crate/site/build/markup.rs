//! Reads the pages of `www/` and writes one struct for each `<template>`, and one for the fixed parts of a page.
//!
//! An element is a field when it has one of [`MARKS`]; the first that it has names it: `data-slot="back-name"` is
//! `back_name`. Elements of one name are an array. An element with an `id` that contains marks of its own is a struct
//! of its own, so that each panel of a page has names of its own. The type is that of the tag. So a part that is
//! renamed or removed no longer compiles, and one that nobody uses is a warning.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use html5gum::{Token, Tokenizer};

/// Attributes by which code finds an element, the one that names it first.
const MARKS: [&str; 4] = ["data-slot", "data-action", "data-go", "id"];
/// Attributes by which markup itself names an element by its id.
const NAMING: [&str; 4] = ["for", "aria-labelledby", "aria-describedby", "aria-controls"];
/// Ids by which `crate::scan` finds its parts on either page.
const SCAN: [&str; 10] = [
    "camera-start",
    "invite",
    "outline",
    "scan",
    "segments",
    "stage",
    "status",
    "status-icon",
    "status-text",
    "video",
];
/// Elements without an end tag.
const VOID: [&str; 6] = ["br", "hr", "img", "input", "link", "meta"];

/// An element with what is inside it.
#[derive(Default)]
struct Element {
    tag: String,
    svg: bool,
    attributes: BTreeMap<String, String>,
    children: Vec<Element>,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    fn id(&self) -> Option<&str> {
        self.attribute("id")
    }

    /// The name by which code knows it.
    fn mark(&self) -> Option<&str> {
        MARKS.iter().find_map(|mark| self.attribute(mark))
    }

    /// Every element below it, in document order.
    fn below(&self) -> Vec<&Element> {
        self.children.iter().flat_map(|child| [vec![child], child.below()].concat()).collect()
    }

    fn rust_type(&self) -> &'static str {
        match self.tag.as_str() {
            _ if self.svg => "Element",
            "button" => "HtmlButtonElement",
            "canvas" => "HtmlCanvasElement",
            "details" => "HtmlDetailsElement",
            "dialog" => "HtmlDialogElement",
            "img" => "HtmlImageElement",
            "input" => "HtmlInputElement",
            "select" => "HtmlSelectElement",
            "textarea" => "HtmlTextAreaElement",
            "video" => "HtmlVideoElement",
            _ => "HtmlElement",
        }
    }
}

/// Writes `markup/<page>.rs` to the build's output for each of these pages of `www/`. Of parts that stand in one kind
/// of build only, those of this one count.
pub(crate) fn write(www: &Path, pages: &[&str], demo: bool) -> Result<(), String> {
    let folder = Path::new(&env::var("OUT_DIR").map_err(|e| e.to_string())?).join("markup");
    fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
    let mut named: BTreeSet<_> = SCAN.map(str::to_owned).into();
    for part in strings::uses::files(&www.join("parts"), "html")? {
        let text = fs::read_to_string(&part).map_err(|e| format!("{}: {e}", part.display()))?;
        named.extend(named_in(&parse(&text, demo).map_err(|e| format!("{}: {e}", part.display()))?));
    }
    for page in pages {
        let file = www.join(page).join("index.html");
        let said = |problem: String| format!("{}: {problem}", file.display());
        let text = fs::read_to_string(&file).map_err(|e| said(e.to_string()))?;
        let tree = parse(&text, demo).map_err(said)?;
        let named: BTreeSet<_> = named.iter().cloned().chain(named_in(&tree)).collect();
        let code = structs(page, &tree, &named).map_err(said)?;
        fs::write(folder.join(format!("{page}.rs")), code).map_err(|e| e.to_string())?;
    }
    Ok(())
}

/// The elements of a page. Every element but a void one has its end tag, and none overlaps another: a browser then
/// sees the same tree.
fn parse(text: &str, demo: bool) -> Result<Element, String> {
    let mut open = vec![Element::default()];
    let mut skipped = false;
    for Ok(token) in Tokenizer::new(text) {
        match token {
            Token::Comment(comment) => match (&*comment.value.to_vec(), demo) {
                (b"demo", false) | (b"production", true) => skipped = true,
                (b"/demo", false) | (b"/production", true) => skipped = false,
                _ => {}
            },
            _ if skipped => {}
            Token::StartTag(start) => {
                let utf8 = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                let tag = utf8(&start.name);
                let svg = tag == "svg" || open.last().is_some_and(|parent| parent.svg);
                let attributes = start.attributes.iter().map(|(name, value)| (utf8(name), utf8(value)));
                let closed = VOID.contains(&tag.as_str()) || (svg && start.self_closing);
                let element = Element { tag, svg, attributes: attributes.collect(), children: Vec::new() };
                if closed {
                    open.last_mut().ok_or("no page")?.children.push(element);
                } else {
                    open.push(element);
                }
            }
            Token::EndTag(end) => {
                let element = open.pop().ok_or("an end tag too many")?;
                if element.tag.as_bytes() != &**end.name {
                    return Err(format!("</{}> ends <{}>", String::from_utf8_lossy(&end.name), element.tag));
                }
                open.last_mut().ok_or("an end tag too many")?.children.push(element);
            }
            _ => {}
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(page), true) => Ok(page),
        (Some(element), false) => Err(format!("<{}> never ends", element.tag)),
        (None, _) => Err("no page".to_owned()),
    }
}

/// A struct that is being written.
struct Struct {
    name: String,
    about: String,
    /// How its function is called and what that makes of the markup.
    constructor: String,
    fields: Fields,
}

/// Fields by name: each with its type, the code that finds it, and whether markup names it too.
#[derive(Default)]
struct Fields(BTreeMap<String, Vec<(String, String, bool)>>);

impl Fields {
    fn add(&mut self, name: &str, of_type: &str, found: String, named: bool) {
        self.0.entry(snake(name)).or_default().push((of_type.to_owned(), found, named));
    }
}

/// The ids that markup itself names.
fn named_in(tree: &Element) -> BTreeSet<String> {
    let values = tree.below().into_iter().flat_map(|element| {
        let link = element.attribute("href").and_then(|target| target.strip_prefix('#'));
        NAMING.iter().filter_map(|name| element.attribute(name)).chain(link)
    });
    values.flat_map(str::split_whitespace).map(str::to_owned).collect()
}

/// The code for a page: its templates, its fixed parts, and the panels in both.
fn structs(page: &str, tree: &Element, named: &BTreeSet<String>) -> Result<String, String> {
    let mut structs = Vec::new();
    let mut fixed = Fields::default();
    let mut present = String::new();
    in_page(tree, &mut |element| {
        let Some(id) = element.id() else { return Ok(()) };
        if element.tag == "template" {
            return template(page, id, element, named, &mut structs);
        }
        let owned = owned(element);
        let count = element.below().iter().filter(|below| below.mark().is_some()).count();
        if owned.is_empty() {
            let _ = write!(present, "({id:?}, None), ");
            fixed.add(id, element.rust_type(), format!("fixed({id:?})"), named.contains(id));
            return Ok(());
        }
        let name = camel(id);
        let _ = write!(present, "({id:?}, Some({count})), ");
        fixed.add(id, &name, format!("{name}::of(&Parts::of_page({id:?}))"), false);
        structs.push(panel(name, &format!("`#{id}`"), element, "parts.root()", &owned));
        Ok(())
    })?;
    structs.push(Struct {
        name: "Page".to_owned(),
        about: format!("The fixed parts of `www/{page}/index.html`."),
        // Checked first and in a loop: to return from between two fields costs the code that drops all before them.
        constructor: format!(
            "/// Finds them on the page.\npub(crate) fn find() -> Result<Self, Missing> {{\npresent(&[{present}])?;"
        ),
        fields: fixed,
    });
    render(structs)
}

/// What is on the page itself: what is inside a template is not.
fn in_page(element: &Element, act: &mut impl FnMut(&Element) -> Result<(), String>) -> Result<(), String> {
    for child in &element.children {
        act(child)?;
        if child.tag != "template" {
            in_page(child, act)?;
        }
    }
    Ok(())
}

fn template(
    page: &str,
    id: &str,
    element: &Element,
    named: &BTreeSet<String>,
    structs: &mut Vec<Struct>,
) -> Result<(), String> {
    let [root] = &element.children[..] else {
        return Err(format!("<template id=\"{id}\"> holds {} elements, not one", element.children.len()));
    };
    let name = camel(id.trim_start_matches("t-").trim_end_matches("-template"));
    let below: Vec<_> = root.below().into_iter().filter(|below| below.mark().is_some()).collect();
    let index = |of: &Element| below.iter().position(|below| std::ptr::eq(*below, of)).unwrap_or_default();
    let mut fields = Fields::default();
    fields.add("root", root.rust_type(), "parts.root()".to_owned(), true);
    let mut panels = Vec::new();
    for element in &below {
        let inside_panel = below.iter().any(|panel| {
            panel.id().is_some() && owned(panel).iter().any(|owned| std::ptr::eq(*owned, *element))
        });
        let (Some(mark), false) = (element.mark(), inside_panel) else { continue };
        let (at, owned) = (index(element), owned(element));
        let is_named = element.id().is_some_and(|id| named.contains(id));
        if element.id().is_none() || owned.is_empty() {
            fields.add(mark, element.rust_type(), format!("parts.at({at})"), is_named);
            continue;
        }
        let inner = format!("{name}{}", camel(mark));
        fields.add(mark, &inner, format!("{inner}::of(&parts)"), is_named);
        let mut panel = panel(inner, &format!("`#{mark}` of it"), element, &format!("parts.at({at})"), &[]);
        for owned in owned {
            let found = format!("parts.at({})", index(owned));
            panel.fields.add(owned.mark().unwrap_or_default(), owned.rust_type(), found, is_named);
        }
        panels.push(panel);
    }
    structs.push(Struct {
        name,
        about: format!("`<template id=\"{id}\">` of `www/{page}/index.html`."),
        constructor: format!(
            "/// A translated copy.\npub(crate) fn new() -> Result<Self, Missing> {{\n\
             let parts = Parts::copy({id:?}, {})?;",
            below.len()
        ),
        fields,
    });
    structs.extend(panels);
    Ok(())
}

/// The marked elements without an id that are nearest to this one of all that have an id.
fn owned(element: &Element) -> Vec<&Element> {
    let inside = |child| {
        let child: &Element = child;
        if child.id().is_some() {
            return Vec::new();
        }
        let own = child.mark().map(|_| child);
        own.into_iter().chain(owned(child)).collect()
    };
    element.children.iter().flat_map(inside).collect()
}

/// A panel of a page or of a template: found in the same parts as what is around it.
fn panel(name: String, about: &str, element: &Element, root: &str, owned: &[&Element]) -> Struct {
    let mut fields = Fields::default();
    fields.add("root", element.rust_type(), root.to_owned(), true);
    let below: Vec<_> = element.below().into_iter().filter(|below| below.mark().is_some()).collect();
    for part in owned {
        let at = below.iter().position(|below| std::ptr::eq(*below, *part)).unwrap_or_default();
        let mark = part.mark().unwrap_or_default();
        fields.add(mark, part.rust_type(), format!("parts.at({at})"), false);
    }
    let constructor = "fn of(parts: &Parts) -> Self".to_owned();
    Struct { name, about: about.to_owned(), constructor, fields }
}

fn render(structs: Vec<Struct>) -> Result<String, String> {
    let mut code = String::from("// Made by build/markup.rs.\n");
    let mut names = BTreeSet::new();
    for Struct { name, about, constructor, fields } in structs {
        if !names.insert(name.clone()) {
            return Err(format!("two parts would both be {name}"));
        }
        let mut made = String::new();
        let _ = writeln!(code, "/// {about}\n#[derive(Clone)]\npub(crate) struct {name} {{");
        for (field, elements) in &fields.0 {
            let same =
                elements.iter().all(|(of_type, ..)| Some(of_type) == elements.first().map(|(t, ..)| t));
            let of_type = elements.first().filter(|_| same).map_or("HtmlElement", |(of_type, ..)| of_type);
            if elements.iter().any(|(.., named)| *named) {
                let reason = if field == "root" { "found with the rest" } else { "found by its id" };
                let _ = writeln!(code, "#[allow(dead_code, reason = {reason:?})]");
            }
            let found: Vec<_> = elements.iter().map(|(_, found, _)| found.as_str()).collect();
            let (of_type, found) = match found[..] {
                [one] => (of_type.to_owned(), one.to_owned()),
                _ => (format!("[{of_type}; {}]", found.len()), format!("[{}]", found.join(", "))),
            };
            let _ = writeln!(code, "pub(crate) {field}: {of_type},");
            let _ = write!(made, "{field}: {found}, ");
        }
        let (open, made) = match constructor.split_once(" {\n") {
            Some((head, first)) => (format!("{head} {{\n{first}"), format!("Ok(Self {{ {made}}})")),
            None => (format!("{constructor} {{"), format!("Self {{ {made}}}")),
        };
        let _ = writeln!(code, "}}\nimpl {name} {{\n{open}\n{made}\n}}\n}}");
    }
    Ok(code)
}

/// `back-name` as the name of a field.
fn snake(name: &str) -> String {
    match name.replace('-', "_").as_str() {
        keyword @ ("use" | "type" | "where" | "move" | "match" | "loop" | "in") => format!("r#{keyword}"),
        name => name.to_owned(),
    }
}

/// `back-name` as the name of a struct.
fn camel(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    name.split('-').map(word).collect()
}
