// The page of the authority's desk, in a demo build.
import * as page from "/pkg/page-authority.js";
import { boot } from "/js/boot.js";
import { moduleOf } from "/js/module.js";

await boot(page, moduleOf("/pkg/page-authority_bg.wasm", "{{integrity:/pkg/page-authority_bg.wasm}}"));
