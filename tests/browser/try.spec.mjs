// Wallet and verifier side by side on one page: the verifier reads the wallet's code from its pixels, without a camera.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/fixtures.mjs";
import { claimBeside, openTry, panes, showBeside, step } from "./support/try.mjs";
import { submitPhoto } from "./support/wallet.mjs";

const verdictOf = ({ verifier }) => verifier.locator("article.verdict");

test("the tour: claim, choose a purpose, show, read the verdict, change something", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "一块屏幕试全程" }).click();
  const both = await panes(page);
  await expect(step(page)).toHaveText(/领取/);
  await claimBeside(both, "lin");
  await expect(step(page)).toHaveText(/选用途/);
  await showBeside(both, "roadside");
  await expect(verdictOf(both)).toHaveAttribute("data-colour", "green");
  await expect(verdictOf(both)).toContainText("林知夏");
  await expect(step(page)).toHaveText(/看结论/);
  await both.verifier.getByRole("button", { name: "下一位" }).click();
  await expect(step(page)).toHaveText(/换一换/);
  await page.getByRole("button", { name: "换一位驾驶人" }).click();
  await claimBeside(both, "gao");
  await showBeside(both, "roadside");
  await expect(verdictOf(both)).toHaveAttribute("data-colour", "red");
  await page.getByRole("button", { name: "从头再来" }).click();
  await expect(step(page)).toHaveText(/领取/);
  await expect(both.wallet.locator('[data-screen="people"]')).toBeVisible();
});

test("no camera is asked for", async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.askedForCamera = 0;
    navigator.mediaDevices.getUserMedia = async () => {
      globalThis.askedForCamera += 1;
      throw new DOMException("none", "NotAllowedError");
    };
  });
  const both = await openTry(page);
  await claimBeside(both, "xu");
  await showBeside(both, "roadside");
  await expect(verdictOf(both)).toHaveAttribute("data-colour", "green");
  for (const frame of page.frames()) expect(await frame.evaluate(() => globalThis.askedForCamera)).toBe(0);
});

test("what the verifier gets is what the wallet's canvas shows", async ({ page }) => {
  const both = await openTry(page);
  await claimBeside(both, "lin");
  // The code is there and cannot be seen: nothing is read.
  const wallet = page.frame({ url: /\/try\/wallet\// });
  await wallet.evaluate(() => {
    const draw = CanvasRenderingContext2D.prototype.putImageData;
    CanvasRenderingContext2D.prototype.putImageData = function (image, ...place) {
      image.data.fill(255);
      return draw.call(this, image, ...place);
    };
  });
  await showBeside(both, "roadside");
  await expect(both.wallet.locator('[data-screen="present"]')).toBeVisible();
  // The verifier looks at many pictures of it.
  const verifier = page.frame({ url: /\/try\/verify\// });
  await verifier.evaluate(() => {
    globalThis.looked = 0;
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (...words) {
      globalThis.looked++;
      return post.apply(this, words);
    };
  });
  await expect.poll(() => verifier.evaluate(() => looked)).toBeGreaterThan(20);
  await expect(verdictOf(both)).toHaveCount(0);
});

test("a driver without a photo is given a drawn one, without a camera or a file", async ({ page }) => {
  const both = await openTry(page);
  await both.wallet.locator('[data-person="he"]').click();
  await both.wallet.getByRole("button", { name: "用一张画的照片" }).click();
  await submitPhoto(both.wallet);
  await both.wallet.getByRole("button", { name: "通过", exact: true }).click();
  await expect(both.wallet.locator('[data-screen="home"]')).toContainText("何沐阳");
  await showBeside(both, "roadside");
  await expect(verdictOf(both)).toHaveAttribute("data-colour", "green");
  // The wallet's own page takes photographs and files only.
  await page.goto("/wallet/");
  await page.getByRole("button", { name: "开始领取" }).click();
  await page.locator('[data-person="he"]').click();
  await page.getByRole("button", { name: "下一步" }).click();
  await expect(page.locator('[data-screen="photo"]')).toBeVisible();
  await expect(page.getByRole("button", { name: "用一张画的照片" })).toBeHidden();
});

test("by the keyboard alone", async ({ page }) => {
  const both = await openTry(page);
  const press = async (keys) => { for (const key of keys) await page.keyboard.press(key); };
  const to = async (target) => {
    for (let tries = 0; tries < 160; tries++) {
      if (await target.evaluate((element) => element.ownerDocument.hasFocus() && element === element.ownerDocument.activeElement)) return;
      await press(["Tab"]);
    }
    throw new Error("not reached by Tab");
  };
  await to(page.getByRole("button", { name: "到证件夹" }));
  await press(["Enter"]);
  await to(both.wallet.locator('[data-person="lin"]'));
  await press(["Enter"]);
  await to(both.wallet.getByRole("button", { name: "确认并领取" }));
  await press(["Enter"]);
  await to(both.wallet.locator("#show"));
  await press(["Enter"]);
  await to(both.wallet.getByRole("button", { name: "出示二维码" }));
  await press(["Enter"]);
  await expect(verdictOf(both)).toHaveAttribute("data-colour", "green");
  // From the verdict by Tab to the page around it, which says what to do next.
  await to(page.getByRole("button", { name: "下一步" }));
  await press(["Enter"]);
  await expect(step(page)).toHaveText(/换一换/);
  await to(page.getByRole("button", { name: "跳过导览" }));
  await press(["Enter"]);
  await expect(page.locator("#tour")).toBeHidden();
  await press(["Enter"]);
  await expect(page.locator("#tour")).toBeVisible();
});

test("another purpose on each side is amber, and says what to ask for", async ({ page }) => {
  const both = await openTry(page);
  await claimBeside(both, "lin");
  await showBeside(both, "rental");
  await expect(verdictOf(both)).toHaveAttribute("data-colour", "amber");
});

// Of each group that can be claimed from a photo on file: the first driver, the purpose that shows it, and the colour.
for (const [group, person, purpose, colour] of [
  ["green", "lin", "roadside", "green"],
  ["amber", "bai", "rental", "amber"],
  ["red", "gao", "roadside", "red"],
]) test(`drivers stand in groups by what they show: ${group}`, async ({ page }) => {
  const both = await openTry(page);
  await expect(both.wallet.locator(`[data-group="${group}"] [data-person="${person}"]`)).toBeVisible();
  await both.verifier.locator(`input[name="purpose"][value="${purpose}"]`).locator("xpath=..").click();
  await claimBeside(both, person);
  await showBeside(both, purpose);
  await expect(verdictOf(both)).toHaveAttribute("data-colour", colour);
});

test("drivers without a photo, or who cannot claim, stand in groups of their own", async ({ page }) => {
  const { wallet } = await openTry(page);
  const groups = () => wallet.locator("[data-group]").evaluateAll((all) => all.map((one) =>
    [one.dataset.group, ...[...one.querySelectorAll("[data-person]")].map((row) => row.dataset.person)].join(" ")));
  expect(await groups()).toEqual(["green lin zhao xu shen tang shangguan", "amber bai", "red gao wei cheng", "photo he", "refused qin"]);
  await wallet.locator('[data-person="he"]').click();
  await expect(wallet.locator('[data-screen="photo"]')).toBeVisible();
  await wallet.getByRole("button", { name: "返回" }).click();
  await wallet.getByRole("button", { name: "返回" }).click();
  await wallet.locator('[data-person="qin"]').click();
  await expect(wallet.locator('[data-screen="found"] .notice.refuse')).toContainText("L");
});

test("the calendar: the roll-out by city, and the six months of a photo", async ({ page }) => {
  const both = await openTry(page);
  const set = async (date) => {
    await page.locator(`input[name="calendar"][value="${date}"]`).check();
    await panes(page);
  };
  const notOpen = both.wallet.locator('[data-group="not-open"]');
  await set("2021-06-01");
  await expect(page.locator("#calendar-says")).toContainText("2021年6月1日");
  await expect(notOpen.locator('[data-person="lin"]')).toContainText("2021年12月10日");
  await expect(notOpen.locator('[data-person="xu"]')).toContainText("2021年9月1日");
  await notOpen.locator('[data-person="lin"]').click();
  await expect(both.wallet.locator('[data-screen="found"] .notice.refuse')).toContainText("2021年12月10日");
  await expect(both.wallet.locator('[data-screen="found"] .notice.refuse')).toContainText("在哪里出示从来没有限制");
  await both.wallet.getByRole("button", { name: "返回" }).click();
  // The pilot's city: claimed, shown and verified on that day.
  await both.wallet.locator('[data-person="he"]').click();
  await both.wallet.locator('input[type="file"]').setInputFiles(new URL("../../www/demo/portraits/he.jpg", import.meta.url).pathname);
  await submitPhoto(both.wallet);
  await both.wallet.getByRole("button", { name: "通过", exact: true }).click();
  await expect(both.wallet.locator('[data-screen="home"]')).toBeVisible();
  await showBeside(both, "roadside");
  await expect(verdictOf(both)).toHaveAttribute("data-colour", "green");
  await expect(verdictOf(both)).toContainText("2021-06-01");
  // Five months later the photo may not be replaced, after six it may.
  const photo = async () => {
    await both.wallet.getByRole("button", { name: "详情" }).click();
    return both.wallet.locator('[data-slot="photo-state"]').textContent();
  };
  await set("2021-10-20");
  expect(await photo()).toContain("2021年12月1日");
  await set("2021-12-10");
  expect(await photo()).not.toContain("2021年12月1日");
  // Today its term of 2016 to 2022 is long over, and it was never renewed; before its claim there is none.
  await set("");
  await expect(both.wallet.locator('[data-screen="home"] .no-card')).toBeVisible();
  await expect(page.locator("#calendar-says .notice:visible")).toHaveCount(0);
  await page.locator("#another-driver").click();
  await claimBeside(both, "lin");
  await set("2021-06-01");
  await expect(both.wallet.locator('[data-screen="people"]')).toBeVisible();
});

test("in two years a novice is none", async ({ page }) => {
  const both = await openTry(page);
  await claimBeside(both, "xu");
  await page.locator('input[name="calendar"][value="2y"]').check();
  await panes(page);
  await showBeside(both, "roadside");
  await expect(verdictOf(both)).toHaveAttribute("data-colour", "green");
  await expect(verdictOf(both).locator(".band")).not.toContainText("实习期");
  await expect(verdictOf(both)).toContainText("2028-11-22");
});

test("a licence of the trial is kept apart from the wallet's own", async ({ page }) => {
  const both = await openTry(page);
  await claimBeside(both, "lin");
  await page.goto("/wallet/");
  await expect(page.locator('[data-screen="welcome"]')).toBeVisible();
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key !== "liangzheng.language"))).toEqual([]);
  await openTry(page);
  await expect(both.wallet.locator('[data-screen="home"]')).toContainText("林知夏");
});

test("an error in one pane leaves the other as it is", async ({ page, guarded }) => {
  guarded.expect(/page error: broken by the test|ERR_FAILED|Failed to load resource/);
  const both = await openTry(page);
  await claimBeside(both, "lin");
  await showBeside(both, "roadside");
  await expect(verdictOf(both)).toHaveAttribute("data-colour", "green");
  const wallet = page.frame({ url: /\/try\/wallet\// });
  await wallet.evaluate(() => { document.body.textContent = ""; setTimeout(() => { throw new Error("broken by the test"); }); });
  await both.verifier.getByRole("button", { name: "下一位" }).click();
  await expect(verdictOf(both)).toHaveCount(0);
  await both.verifier.locator('input[name="purpose"][value="rental"]').locator("xpath=..").click();
  await expect(both.verifier.locator("#ask-for")).toContainText("租车");
});

test("a wallet in a frame is the trial's own, and on no other page", { tag: "@T-framed" }, async ({ page, guarded }) => {
  guarded.expect(/frame-ancestors|Refused to frame|Framing|violates|ERR_BLOCKED_BY_RESPONSE|policy violation/i);
  await page.goto("/try/wallet/");
  await expect(page.locator('[data-screen="problem"]')).toBeVisible();
  await openTry(page);
  // The page may show frames of its own origin; the wallet refuses to be one.
  await page.evaluate(() => document.getElementById("wallet").setAttribute("src", "/wallet/"));
  await expect(page.frameLocator("#wallet").locator("[data-screen]")).toHaveCount(0);
});

test("language, widths and axe", async ({ page }) => {
  const both = await openTry(page);
  const look = async (name) => {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary.split("\n")[1]}`));
      expect.soft(found, `${name}, ${colorScheme}`).toEqual([]);
    }
  };
  const narrow = async () => {
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      for (const frame of page.frames()) {
        const beyond = () => frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        await expect.poll(beyond, `${frame.url()} at ${width}`).toBeLessThanOrEqual(0);
      }
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  await look("people, zh");
  await page.locator("header [data-language]").click();
  for (const pane of [both.wallet, both.verifier]) await expect(pane.locator("html")).toHaveAttribute("lang", "en");
  await look("people, en");
  await narrow();
  await claimBeside(both, "lin");
  await showBeside(both, "roadside");
  await expect(verdictOf(both)).toHaveAttribute("data-colour", "green");
  await look("verdict, en");
  await narrow();
  await page.locator("header [data-language]").click();
  await expect(verdictOf(both)).toContainText("可以驾驶");
  await look("verdict, zh");
});

test("at 390 pixels one above the other, and read there too", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const both = await openTry(page);
  await claimBeside(both, "lin");
  await showBeside(both, "rental");
  await expect(verdictOf(both)).toHaveAttribute("data-colour", "amber");
  await expect(page.locator("#verify")).toBeInViewport();
});

test("without a network", async ({ page, context, guarded }) => {
  await page.goto("/");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await context.setOffline(true);
  guarded.expect(/ERR_INTERNET_DISCONNECTED/);
  const both = await openTry(page);
  await claimBeside(both, "zhao");
  await showBeside(both, "roadside");
  await expect(verdictOf(both)).toHaveAttribute("data-colour", "green");
});
