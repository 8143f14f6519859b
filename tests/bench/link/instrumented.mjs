/** A script that imports the shipped scanning worker `file` after the times of its looks are taken, by the site's own `script`; `extra` is a slow device's time on top, in milliseconds. */
export const instrumented = (script, file, extra) =>
  `import { ScanWorker } from "${script}"; import { instrument } from "/bench/ours.js"; instrument(ScanWorker, ${extra}); import "${file}?shipped";`;
