// The page with a wallet and a verifier side by side: follows what happens in its two panes, and says the next step.
const find = (selector) => document.querySelector(selector);
const panes = { wallet: find("#wallet"), verify: find("#verify") };
const tour = find("#tour");
const narrow = matchMedia("(max-width: 899px)");
const SKIPPED = "liangzheng.try.skipped";
const LAST = 5;
const CALENDAR = "liangzheng.try.calendar";
const AHEAD = "liangzheng.try.ahead";
const TWO_YEARS_MS = 2 * 365.25 * 86_400_000;

let step = 0;
// Once the last step was reached, the tour stays there until it begins again.
let done = false;

// What is on the screen in the panes decides.
function reached() {
  if (done) return LAST;
  const wallet = panes.wallet.contentDocument, verifier = panes.verify.contentDocument;
  if (verifier?.querySelector("article.verdict")) return 4;
  // A verdict was read, and closed.
  if (step === 4) return LAST;
  const screen = wallet?.querySelector("#app > [data-screen]")?.dataset.screen;
  if (screen === "purpose" || screen === "present") return 3;
  return ["home", "details", "history", "question", "consent"].includes(screen) ? 2 : 1;
}

function look() {
  const now = reached();
  done = now === LAST;
  if (now === step) return;
  step = now;
  tour.dataset.step = String(step);
  for (const line of tour.querySelectorAll("[data-step]")) {
    const place = Number(line.dataset.step);
    if (place === step) line.setAttribute("aria-current", "step");
    else line.removeAttribute("aria-current");
    line.toggleAttribute("data-done", place < step);
  }
  for (const line of tour.querySelectorAll("[data-says]")) line.hidden = Number(line.dataset.says) !== step;
  for (const button of tour.querySelectorAll("[data-at]")) {
    const had = document.activeElement === button;
    button.hidden = !button.dataset.at.split(" ").includes(String(step));
    if (had && button.hidden) tour.querySelector("[data-at]:not([hidden])")?.focus();
  }
  // On a phone the verdict may be below what is in view.
  if (step === 4 && narrow.matches) panes.verify.scrollIntoView({ block: "nearest" });
  if (step === LAST && narrow.matches) tour.scrollIntoView({ block: "nearest" });
}

function skip(skipped) {
  tour.hidden = skipped;
  find("#tour-show").hidden = !skipped;
  try {
    sessionStorage.setItem(SKIPPED, skipped ? "1" : "");
  } catch {
    // A browser that keeps nothing shows the tour again.
  }
}

function goto(name) {
  panes[name].scrollIntoView({ block: "nearest" });
  panes[name].focus();
}

for (const pane of Object.values(panes)) {
  const follow = () => {
    const inside = pane.contentDocument;
    if (!inside?.documentElement) return;
    new MutationObserver(look).observe(inside, {
      subtree: true, childList: true, attributes: true, attributeFilter: ["data-screen", "data-start"],
    });
    speak();
    look();
  };
  pane.addEventListener("load", follow);
  follow();
}

// The panes speak the language of this page.
function speak() {
  for (const pane of Object.values(panes)) {
    const root = pane.contentDocument?.documentElement;
    if (root?.dataset.start !== "started" || root.lang === document.documentElement.lang) continue;
    pane.contentDocument.querySelector("[data-language]")?.click();
  }
}
new MutationObserver(speak).observe(document.documentElement, { attributeFilter: ["lang"] });

for (const button of tour.querySelectorAll("[data-goto]")) button.addEventListener("click", () => goto(button.dataset.goto));
find("#tour-next").addEventListener("click", () => {
  done = true;
  look();
});
find("#tour-again").addEventListener("click", () => {
  done = false;
  step = 0;
  panes.verify.contentDocument?.querySelector("#next-bar:not([hidden]) #next")?.click();
  another();
  goto("wallet");
  look();
});
find("#tour-skip").addEventListener("click", () => {
  skip(true);
  find("#tour-show").focus();
});
find("#tour-show").addEventListener("click", () => {
  skip(false);
  tour.querySelector("[data-at]:not([hidden])")?.focus();
});
find("#another-driver").addEventListener("click", () => {
  another();
  goto("wallet");
});

// The wallet deletes what it has, and shows the drivers.
function another() {
  panes.wallet.contentWindow.dispatchEvent(new Event("liangzheng:another-driver"));
}

// Both panes get the same calendar, which then goes on as the clock does.
const dates = [...document.querySelectorAll('[name="calendar"]')];
function sayDate(date) {
  for (const line of document.querySelectorAll("#calendar-says [data-date]")) line.hidden = line.dataset.date !== date;
  for (const choice of dates) choice.checked = choice.value === date;
}
function setDate(date) {
  let ahead = 0;
  if (date === "2y") ahead = TWO_YEARS_MS;
  // Ten in the morning in Shanghai.
  else if (date) ahead = Date.parse(`${date}T10:00:00+08:00`) - Date.now();
  try {
    sessionStorage.setItem(CALENDAR, date);
    sessionStorage.setItem(AHEAD, String(ahead));
  } catch {
    // Without a place to remember it the panes stay on today.
    return sayDate("");
  }
  sayDate(date);
  for (const pane of Object.values(panes)) pane.contentWindow.location.reload();
}
for (const choice of dates) choice.addEventListener("change", () => setDate(choice.value));
try {
  sayDate(sessionStorage.getItem(CALENDAR) ?? "");
} catch {
  sayDate("");
}

try {
  skip(sessionStorage.getItem(SKIPPED) === "1");
} catch {
  skip(false);
}
look();
