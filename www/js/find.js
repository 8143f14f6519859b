// The search of the page of codes: shows the codes whose name or words contain what is typed, and the chosen group.
import "/js/plain.js";

const form = document.getElementById("find");
const field = document.getElementById("find-text");
const found = document.getElementById("found");
const groups = [...form.querySelectorAll('input[name="group"]')];
const kinds = [...document.querySelectorAll("section.kind")].map((section) => ({
  section,
  group: section.dataset.group,
  entries: [...section.querySelectorAll(".entry")].map((entry) => ({ entry, words: plain(entry.textContent) })),
}));

/** Letters without their case and accents, so that what is typed in any form is found. */
function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function show() {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  const group = groups.find(({ checked }) => checked)?.value ?? "all";
  let count = 0;
  for (const { section, group: of, entries } of kinds) {
    let any = false;
    for (const { entry, words: content } of entries) {
      const fits = (group === "all" || group === of) && words.every((word) => content.includes(word));
      entry.hidden = !fits;
      any ||= fits;
      count += fits;
    }
    section.hidden = !any;
    const link = document.querySelector(`.kinds a[href="#${section.id}"]`);
    if (link) link.parentElement.hidden = !any;
  }
  const narrowed = words.length > 0 || group !== "all";
  for (const line of found.children) {
    line.hidden = !narrowed || (line.dataset.when === "none") !== (count === 0);
    for (const number of line.querySelectorAll("[data-count]")) number.textContent = count;
  }
}

/** A link to a code that the search hides shows everything again. */
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target?.closest("[hidden]")) return;
  form.reset();
  show();
  target.scrollIntoView();
}

field.addEventListener("input", show);
form.addEventListener("change", show);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(show));
addEventListener("hashchange", reveal);
form.hidden = false;
show();
