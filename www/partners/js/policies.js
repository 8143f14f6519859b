// The policies of a firm: the ready ones of the package, or what was made of them in the settings.
import { branded } from './firms.js';
import { get, put, remove } from './store.js';

/** Which ready policies a firm uses. */
export const OF_FIRM = {
  rental: ['rental-car', 'rental-trailer', 'rental-motorhome', 'freight', 'passenger'],
  insurance: ['insurance-proposal'],
};

/** Returns the policy as it is in the package, with the firm's contact. */
export async function ready(firm, name) {
  const response = await fetch(`/vendor/liangzheng/policies/${name}.json`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return branded(await response.json(), firm);
}

/** Returns the policy that decides. */
export async function policy(firm, name) {
  const kept = await get('policies', `${firm}/${name}`);
  return kept?.policy ?? ready(firm, name);
}

export const keep = (firm, name, changed) => put('policies', { id: `${firm}/${name}`, policy: changed });
export const forget = (firm, name) => remove('policies', `${firm}/${name}`);
export const isChanged = async (firm, name) => (await get('policies', `${firm}/${name}`)) !== undefined;
