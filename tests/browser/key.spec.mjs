// The wallet's device key: no script gets it out. And the policy that a page carries itself.
import { test } from "./support/fixtures.mjs";

test.fixme("the device key cannot be exported", async () => {});
