// Days of this place as YYYY-MM-DD.

const iso = (at) => `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;

/** Returns a day from today. */
export function inDays(days, months = 0) {
  const at = new Date();
  at.setHours(12, 0, 0, 0);
  at.setMonth(at.getMonth() + months, at.getDate() + days);
  return iso(at);
}

export const today = () => inDays(0);
