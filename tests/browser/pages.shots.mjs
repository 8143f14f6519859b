// Screenshots of every page and state; run by `cargo xtask shots`.
import { test } from "./support/fixtures.mjs";

test.fixme("screenshots", async () => {});
