// Who is trusted here: the demo authority alone, whose keys are public. A real partner serves the certificates of real authorities.
import { Verifier } from '/vendor/liangzheng/index.js';
import { DemoHolder } from '/vendor/liangzheng/testing.js';

let made;

/** Returns the people of the demo. */
export function holder() {
  made ??= DemoHolder.create().catch((error) => {
    made = undefined;
    throw error;
  });
  return made;
}

const verifiers = new Map();

/**
 * Returns a verifier that decides by a policy.
 *
 * @throws LiangzhengError if the policy is refused.
 */
export async function verifierFor(policy) {
  const demo = await holder();
  const now = new Date();
  // The demo authority signs a status list for each day.
  const key = `${now.toISOString().slice(0, 10)} ${JSON.stringify(policy)}`;
  if (!verifiers.has(key)) verifiers.set(key, await Verifier.create({ trust: demo.trust(), status: demo.status(now), policy }));
  return verifiers.get(key);
}
