// Runs one contender in its own Node process: node node.mjs NAME CASES RUNS. Prints the figures as JSON.
const began = performance.now();
const [name, file, runs] = process.argv.slice(2);
const { readFileSync } = await import("node:fs");
const cases = JSON.parse(readFileSync(file));
const contender = await import(process.env.LIANGZHENG_BENCH_BUNDLE);
const { measure } = await import("./measure.mjs");
const { until, warm } = await measure(contender, cases, Number(runs));
console.log(JSON.stringify({ first: until - began, warm }));
