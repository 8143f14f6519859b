// The verifier's page.
import * as page from "/pkg/page-verify.js";
import { boot } from "/js/boot.js";
import { moduleOf } from "/js/module.js";

await boot(page, moduleOf("/pkg/page-verify_bg.wasm", "{{integrity:/pkg/page-verify_bg.wasm}}"));
