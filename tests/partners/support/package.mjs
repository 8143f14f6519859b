// The package as it is installed for the partner sites.

/** The folder of the partner sites. */
export const SITE = new URL('../../../www/partners/', import.meta.url);
/** What is installed. */
export const DIST = new URL('node_modules/@liangzheng/verifier/dist/', SITE);

export const testing = () => import(new URL('testing.js', DIST));

/** A day of this place from today. */
export function inDays(days) {
  const at = new Date();
  at.setHours(12, 0, 0, 0);
  at.setDate(at.getDate() + days);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}
