// Run by `cargo xtask test --only browser` and `cargo xtask shots`, which build the sites, serve them and tell where:
// LIANGZHENG_URL (the demo), LIANGZHENG_PRODUCTION_URL, CHROMIUM (the browser), LIANGZHENG_FILM (writes films).
// Alone: start `cargo xtask serve`, then `npx playwright test --project pages`.
import { defineConfig } from "@playwright/test";

const ci = Boolean(process.env.CI);

export default defineConfig({
  testDir: "browser",
  outputDir: "test-results/browser",
  // Two cores: more workers would only make cameras stutter.
  workers: 2,
  fullyParallel: false,
  forbidOnly: ci,
  // A test that passes only when repeated is a failed test.
  retries: 0,
  // Limits for what hangs, and no measure of speed: a busy machine takes many times as long as an idle one.
  timeout: 600_000,
  expect: { timeout: 120_000 },
  reporter: process.env.LIANGZHENG_REPORT
    ? [["list"], ["json", { outputFile: process.env.LIANGZHENG_REPORT }]]
    : [["list"]],
  use: {
    baseURL: process.env.LIANGZHENG_URL ?? "http://localhost:8080",
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    trace: "off",
    launchOptions: {
      executablePath: process.env.CHROMIUM || undefined,
      // A camera is there, and is opened only where a test allows it.
      args: ["--use-fake-device-for-media-stream"],
    },
  },
  projects: [
    { name: "pages", testMatch: /\.spec\.m?[jt]s$/ },
    // The partner sites, which these tests serve themselves: `cargo xtask test --only partners`.
    { name: "partners", testDir: "partners", testMatch: /\.spec\.m?[jt]s$/ },
    { name: "shots", testMatch: /\.shots\.m?[jt]s$/ },
    // Run by `cargo xtask test --only package`, which tells where the installed package is: LIANGZHENG_PACK.
    { name: "package", testDir: "package", testMatch: /\.spec\.m?[jt]s$/ },
    { name: "package-shots", testDir: "package", testMatch: /\.shots\.m?[jt]s$/ },
  ],
});
