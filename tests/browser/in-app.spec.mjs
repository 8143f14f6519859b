// The wallet inside another app, and in a browser that promises nothing: what is said before a claim, and after it.
import { expect, START, test } from "./support/fixtures.mjs";
import { claim, openWallet, screen } from "./support/wallet.mjs";

const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const ANDROID = "Mozilla/5.0 (Linux; Android 14; V2254A Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.188 Mobile Safari/537.36";
const APPS = {
  微信: `${ANDROID} XWEB/1260183 MMWEBSDK/20240802 MMWEBID/1234 MicroMessenger/8.0.53.2740(0x28003533) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64`,
  企业微信: `${IPHONE} Mobile/15E148 wxwork/4.1.28 MicroMessenger/7.0.1 Language/zh`,
  支付宝: `${IPHONE} Mobile/21F90 NebulaSDK/1.8.100112 Nebula AlipayDefined(nt:WIFI) AliApp(AP/10.6.0.6000) AlipayClient/10.6.0.6000 Language/zh-Hans`,
  钉钉: `${ANDROID} AliApp(DingTalk/7.6.0) com.alibaba.android.rimet`,
  QQ: `${IPHONE} Mobile/15E148 QQ/9.0.80.613 V1_IPH_SQ_9.0.80_1_APP_A`,
  Facebook: `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/470.0.0.36.102;FBDV/iPhone15,2]`,
  Instagram: `${IPHONE} Mobile/15E148 Instagram 340.0.0.22.109`,
  另一个应用: ANDROID,
};
const BROWSERS = {
  Safari: [`${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`, "分享"],
  "Chrome for Android": ["Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36", "安装应用"],
  "QQ Browser": ["Mozilla/5.0 (Linux; Android 14; zh-cn) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.5414.86 MQQBrowser/15.2 Mobile Safari/537.36", "添加到桌面"],
  Firefox: ["Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "收藏本页"],
};

const told = (page) => page.locator('[data-slot="in-app"]');

for (const [app, userAgent] of Object.entries(APPS)) {
  test(`inside of an app: ${app}`, async ({ world }) => {
    const { page } = await world.open({ at: START, userAgent, viewport: { width: 390, height: 844 } });
    await page.addInitScript(() => addEventListener("copy", () => {
      const { value, selectionStart, selectionEnd } = document.activeElement;
      globalThis.copied = value.slice(selectionStart, selectionEnd);
    }));
    await openWallet(page);
    await expect(told(page)).toBeVisible();
    await expect(told(page).locator("h2")).toContainText(`${app}里的网页`);
    await expect(told(page)).toContainText("驾驶证会一起消失");
    await expect(told(page)).toContainText("地址栏");
    await expect(told(page).getByRole("textbox", { name: "网址" })).toHaveValue(page.url());
    await told(page).getByRole("button", { name: "复制网址" }).click();
    await expect(told(page).getByRole("status")).toHaveText("已复制。");
    expect(await page.evaluate(() => globalThis.copied)).toBe(page.url());
    await expect(told(page).getByRole("button", { name: "复制网址" })).toBeFocused();
    await page.getByRole("button", { name: "仍在这里领取" }).click();
    await expect(screen(page, "people")).toBeVisible();
  });
}

for (const [name, [userAgent, words]] of Object.entries(BROWSERS)) {
  test(`a browser is no app, and has steps to the home screen: ${name}`, async ({ world }) => {
    const { page } = await world.open({ at: START, userAgent });
    await page.addInitScript(() => {
      navigator.storage.persist = async () => false;
      navigator.storage.persisted = async () => false;
    });
    await openWallet(page);
    await expect(told(page)).toBeHidden();
    await claim(page, "lin");
    const strip = page.getByText("浏览器没有答应长期保存").locator("..");
    await expect(strip).toContainText(words);
    await expect(page.locator("#show"), "it is not in the way").toBeInViewport();
    // Once, and calm.
    await strip.getByRole("button", { name: "知道了" }).click();
    await expect(strip).toHaveCount(0);
    await page.reload();
    await expect(screen(page, "home")).toBeVisible();
    await expect(strip).toHaveCount(0);
  });
}

test("a view without a clipboard says how to copy by hand", async ({ world }) => {
  const { page } = await world.open({ at: START, userAgent: APPS.微信 });
  await page.addInitScript(() => {
    document.execCommand = () => false;
  });
  await openWallet(page);
  await told(page).getByRole("button", { name: "复制网址" }).click();
  await expect(told(page).getByRole("status")).toContainText("长按网址");
});
