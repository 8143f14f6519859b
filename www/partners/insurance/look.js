// The insurer's sign.
import { svg } from '../js/dom.js';

export const logo = () =>
  svg(
    'svg',
    { viewBox: '0 0 40 40', width: 36, height: 36, 'aria-hidden': 'true' },
    svg('path', { class: 'shield', d: 'M20 3l14 5v11c0 9-6 15-14 18C12 34 6 28 6 19V8z' }),
    svg('path', { class: 'ridge', d: 'M12 24l6-9 4 5 3-4 4 8' }),
  );

export const SECTIONS = [
  ['/insurance/#/', 'nav.proposals'],
  ['/insurance/online/', 'nav.online'],
  ['/insurance/#/records', 'nav.records'],
  ['/insurance/settings/', 'nav.settings'],
];
