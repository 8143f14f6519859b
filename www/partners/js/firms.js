// The two firms: what they are called, and whose contact their policies give to a holder.

export const FIRMS = {
  rental: {
    name: { 'zh-CN': '云程租车', en: 'Yuncheng Car Rental' },
    contact: {
      'zh-CN': '云程租车（演示），隐私联系：privacy@yuncheng.example',
      en: 'Yuncheng Car Rental (demo), privacy contact: privacy@yuncheng.example',
    },
    operator: { 'zh-CN': '门店 01 · 周岚', en: 'Branch 01 · Zhou Lan' },
  },
  insurance: {
    name: { 'zh-CN': '安岚保险', en: 'Anlan Insurance' },
    contact: {
      'zh-CN': '安岚保险（演示），隐私联系：privacy@anlan.example',
      en: 'Anlan Insurance (demo), privacy contact: privacy@anlan.example',
    },
    operator: { 'zh-CN': '坐席 12 · 何静', en: 'Desk 12 · He Jing' },
  },
};

/**
 * Returns a ready policy as a firm uses it: with its contact. The issuing country may be left out, because a code of the wallet for
 * rental or insurance does not show it, and a Chinese class says enough.
 */
export function branded(policy, firm) {
  const facts = policy.facts.map((asked) => (asked.fact === 'issuing-country' ? { ...asked, optional: true } : asked));
  return { ...policy, contact: FIRMS[firm].contact, facts };
}
