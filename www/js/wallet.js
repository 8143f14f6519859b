// The wallet's page.
import * as page from "/pkg/page-wallet.js";
import { boot } from "/js/boot.js";
import { moduleOf } from "/js/module.js";

await boot(page, moduleOf("/pkg/page-wallet_bg.wasm", "{{integrity:/pkg/page-wallet_bg.wasm}}"));
