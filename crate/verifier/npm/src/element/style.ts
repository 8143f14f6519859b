/** The style, as a constructible style sheet: a strict CSP allows no other. */

const CSS = `
:host {
  --_accent: var(--licence-accent, #1f44b8); --_accent-ink: var(--licence-accent-ink, #fff);
  --_surface: var(--licence-surface, #fff); --_ground: var(--licence-ground, #f2f3f5); --_ink: var(--licence-ink, #13171d);
  --_muted: var(--licence-muted, #565e6b); --_line: var(--licence-line, #d5d9df); --_edge: var(--licence-edge, #7d8590);
  --_trouble: #fdf1d6;
  --_accept: var(--licence-accept, #0b7a3b); --_accept-ink: var(--licence-accept-ink, #fff);
  --_review: var(--licence-review, #f2c14e); --_review-ink: var(--licence-review-ink, #1d1600);
  --_refuse: var(--licence-refuse, #b3151c); --_refuse-ink: var(--licence-refuse-ink, #fff);
  --_radius: var(--licence-radius, 12px);
  display: block; min-inline-size: min(100%, 280px);
  font: 400 1rem/1.5 var(--licence-font, system-ui, "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif);
  font-variant-numeric: tabular-nums; text-align: start; overflow-wrap: anywhere; color: var(--_ink);
}
@supports (color: light-dark(#000, #fff)) {
  :host {
    --_accent: var(--licence-accent, light-dark(#1f44b8, #93a7ff)); --_accent-ink: var(--licence-accent-ink, light-dark(#fff, #0a1130));
    --_surface: var(--licence-surface, light-dark(#fff, #191d20)); --_ground: var(--licence-ground, light-dark(#f2f3f5, #23282c));
    --_ink: var(--licence-ink, light-dark(#13171d, #f1f3f5)); --_muted: var(--licence-muted, light-dark(#565e6b, #a9b1bb));
    --_line: var(--licence-line, light-dark(#d5d9df, #343b41)); --_edge: var(--licence-edge, light-dark(#7d8590, #7b8590));
    --_trouble: light-dark(#fdf1d6, #3a2c0b);
  }
}
:host([hidden]) { display: none; }
*, *::before, *::after { box-sizing: border-box; }
h2, h3, p, ul, dl, dd { margin: 0; padding: 0; }
ul { list-style: none; }
h2 { font-size: 1.25rem; line-height: 1.35; font-weight: 700; text-wrap: balance; }
h3 { font-size: 1rem; font-weight: 650; margin-block-end: 8px; }
p { max-width: 68ch; }
[hidden] { display: none !important; }
:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
:is(h2, p, .trouble)[tabindex]:focus { outline: none; }
.live { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.base { position: relative; background: var(--_surface); border: 1px solid var(--_line); border-radius: var(--_radius); overflow: clip; }
.body { padding: 16px; }
.base.over { outline: 3px dashed var(--_accent); outline-offset: -6px; }
.base[inert] { opacity: 0.55; }
.sign { inline-size: 24px; block-size: 24px; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.ways, .decided, .camera, .column { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); align-content: start; }
.lead, .about, .local, .foot, .quiet, .advice { color: var(--_muted); }
.about, .local, .foot { font-size: 0.875rem; }
.row { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; }
.row.others { align-items: stretch; }
.row.others > .button { flex: 1 1 auto; padding-inline: 12px; }
:is(.ways, .camera) { max-inline-size: 36rem; margin-inline: auto; }
.row.foot { justify-content: space-between; }
.row.foot .local { flex: 1 1 12rem; }
.row.end { justify-content: flex-end; }
.button {
  display: inline-flex; align-items: center; justify-content: center; gap: 8px; min-block-size: 48px; min-inline-size: 48px; padding: 8px 16px;
  border: 1px solid var(--_edge); border-radius: min(var(--_radius), 24px); background: var(--_surface); color: inherit; font: inherit; font-weight: 600;
  cursor: pointer; touch-action: manipulation; transition: background-color 120ms;
}
.button.primary { background: var(--_accent); border-color: var(--_accent); color: var(--_accent-ink); }
.button.quiet { padding-inline: 0; border-color: transparent; background: none; font-weight: 500; text-decoration: underline; text-underline-offset: 3px; }
.button[aria-pressed="true"] { border-color: var(--_accent); box-shadow: inset 0 0 0 2px var(--_accent); }
.button[aria-pressed="true"]::before { content: "✓"; content: "✓" / ""; }
@media (hover: hover) { .button:not(.primary):hover { background: var(--_ground); } .button.primary:hover { filter: brightness(1.08); } }
#camera { min-block-size: 64px; font-size: 1.125rem; }
.chip { display: inline-grid; place-items: center; flex: none; inline-size: 28px; block-size: 28px; border-radius: 50%; }
.chip .sign { inline-size: 18px; block-size: 18px; stroke-width: 3; }
.trouble { display: flex; gap: 12px; padding: 12px 16px; border-radius: calc(var(--_radius) * 0.75); background: var(--_trouble); border: 1px solid var(--_review); }
.trouble > div { display: grid; gap: 4px; justify-items: start; }
.trouble .what { font-weight: 650; }
.trouble .button { margin-block-start: 8px; }
.trouble .chip, .review > .chip, .undetermined > .chip { background: var(--_review); color: var(--_review-ink); }
.refuse > .chip, .fail > .chip { background: var(--_refuse); color: var(--_refuse-ink); }
.pass > .chip { background: var(--_accept); color: var(--_accept-ink); }
.not-applicable > .chip, .note > .chip { background: var(--_ground); color: var(--_muted); }
.code { font: 0.8125rem/1.4 ui-monospace, "SF Mono", "Noto Sans Mono", Menlo, Consolas, monospace; color: var(--_muted); user-select: all; }
.progress { font-weight: 600; }
.busy { display: grid; place-items: center; min-block-size: 200px; }
.stage { position: relative; overflow: hidden; border-radius: calc(var(--_radius) * 0.75); background: #000; color: #fff; aspect-ratio: 4 / 3; min-block-size: min(100vw, 360px); max-block-size: 80vh; inline-size: 100%; }
.video { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; object-fit: cover; }
.frame { position: absolute; inset-block: 16px 88px; left: 50%; translate: -50% 0; aspect-ratio: 1; pointer-events: none;
  --c: #7dffae; --l: 32px; --w: 4px;
  background: linear-gradient(var(--c) 0 0) 0 0 / var(--l) var(--w), linear-gradient(var(--c) 0 0) 0 0 / var(--w) var(--l), linear-gradient(var(--c) 0 0) 100% 0 / var(--l) var(--w), linear-gradient(var(--c) 0 0) 100% 0 / var(--w) var(--l), linear-gradient(var(--c) 0 0) 0 100% / var(--l) var(--w), linear-gradient(var(--c) 0 0) 0 100% / var(--w) var(--l), linear-gradient(var(--c) 0 0) 100% 100% / var(--l) var(--w), linear-gradient(var(--c) 0 0) 100% 100% / var(--w) var(--l);
  background-repeat: no-repeat; }
.told { position: absolute; inset-inline: 0; inset-block-end: 0; display: flex; align-items: center; gap: 12px; padding: 12px 16px; background: rgb(0 0 0 / 78%); }
.rings { position: relative; flex: none; inline-size: 48px; block-size: 48px; display: grid; place-items: center; }
.ring { position: absolute; inset: 0; fill: none; stroke-width: 4; transform: rotate(-90deg); }
.ring .ground { stroke: rgb(255 255 255 / 30%); }
.ring .done { stroke: #7dffae; transition: stroke-dasharray 120ms; }
.count { font-size: 0.8125rem; font-weight: 650; }
.hint { flex: 1; }
.verdict { display: flex; align-items: center; gap: 16px; margin: -16px -16px 0; padding: 16px; }
.verdict.accept { background: var(--_accept); color: var(--_accept-ink); }
.verdict.review { background: var(--_review); color: var(--_review-ink); }
.verdict.refuse { background: var(--_refuse); color: var(--_refuse-ink); }
.mark { flex: none; display: grid; place-items: center; inline-size: 48px; block-size: 48px; border: 3px solid currentColor; border-radius: 50%; }
.mark .sign { inline-size: 28px; block-size: 28px; stroke-width: 3; }
.verdict h2 { flex: 1; min-inline-size: 0; display: block; }
.outcome { display: block; font-size: 1rem; font-weight: 600; }
.apart { position: absolute; clip-path: inset(50%); inline-size: 1px; overflow: hidden; white-space: nowrap; }
.sentence { display: block; }
.demo { flex: none; align-self: start; padding: 4px 8px; border: 2px solid currentColor; border-radius: 6px; font-size: 0.875rem; font-weight: 700; line-height: 1.2; }
.columns { display: grid; gap: 24px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 288px), 1fr)); align-items: start; }
.who { display: flex; gap: 16px; align-items: start; }
.portrait { inline-size: 112px; block-size: auto; aspect-ratio: 3 / 4; object-fit: cover; border-radius: 8px; border: 1px solid var(--_line); background: var(--_ground); flex: none; }
.portrait.none { display: grid; place-items: center; padding: 8px; text-align: center; font-size: 0.875rem; color: var(--_muted); }
.named { display: grid; gap: 8px; min-inline-size: 0; }
.national { font-size: 1.5rem; line-height: 1.3; font-weight: 700; }
.latin, .issuer { color: var(--_muted); }
.issuer { font-size: 0.875rem; }
.face { display: grid; gap: 12px; padding: 16px; border-radius: calc(var(--_radius) * 0.75); background: var(--_ground); }
.face > p { font-weight: 650; }
.answers { gap: 8px; }
.answers > .button { flex: 1 1 5.25rem; padding-inline: 4px; }
.reasons, .checks ul { display: grid; gap: 12px; }
.reason, .line { display: flex; gap: 12px; align-items: start; }
.reason > div, .line > div { min-inline-size: 0; }
.reason .advice + p { margin-block-start: 8px; }
.rule { font-weight: 650; }
.rule .quiet { font-weight: 400; font-size: 0.875rem; }
.facts { display: grid; gap: 8px; }
.facts > div { display: grid; grid-template-columns: minmax(6rem, 2fr) 3fr; gap: 0 12px; border-block-start: 1px solid var(--_line); padding-block-start: 8px; }
.facts dt { color: var(--_muted); grid-row: span 8; }
.facts dd { grid-column: 2; font-weight: 550; }
.checks { border-block: 1px solid var(--_line); }
.checks summary { display: flex; align-items: center; gap: 8px; min-block-size: 48px; font-weight: 600; cursor: pointer; }
.checks summary::before { content: ""; inline-size: 8px; block-size: 8px; border: solid currentColor; border-width: 0 2px 2px 0; transform: rotate(-45deg); transition: transform 120ms; }
.checks[open] summary::before { transform: rotate(45deg); }
.checks ul { padding-block: 4px 16px; }
#next { flex: 1 1 12rem; max-inline-size: 24rem; min-block-size: 56px; font-size: 1.125rem; }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media (forced-colors: active) {
  .verdict { border-block-end: 3px solid CanvasText; }
  .button[aria-pressed="true"] { border: 3px solid Highlight; }
  .chip { border: 1px solid currentColor; }
  .ring .done { stroke: Highlight; }
}
`;

let sheet: CSSStyleSheet | undefined;

/** Returns the style sheet, one for all elements. */
export function style(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
