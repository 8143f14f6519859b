// One crash of the browser in the middle of each step that stores something; `cargo xtask kill` does a hundred of each.
import { expect, test } from "./support/fixtures.mjs";
import { killed, STEPS } from "./support/kill.mjs";

for (const step of STEPS) {
  test(`a browser that is killed in the middle of "${step.name}" leaves the state before or after it`, { tag: "@T-torn-write" }, async () => {
    expect(await killed(step, 1)).toMatchObject({ fault: null });
  });
}
