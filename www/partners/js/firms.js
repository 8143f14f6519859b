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

/** Returns a ready policy as a firm uses it: with its contact. */
export function branded(policy, firm) {
  return { ...policy, contact: FIRMS[firm].contact };
}
