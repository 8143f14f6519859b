// The rental firm's sign, and outlines of its cars.
import { svg } from '../js/dom.js';

export const logo = () =>
  svg(
    'svg',
    { viewBox: '0 0 40 40', width: 36, height: 36, 'aria-hidden': 'true' },
    svg('path', { class: 'cloud', d: 'M11 28a8 8 0 1 1 1.4-15.9A10 10 0 0 1 31.6 16 6.3 6.3 0 0 1 31 28z' }),
    svg('path', { class: 'road', d: 'M9 34c7-5 15-5 22 0' }),
  );

const CABIN = {
  car: 'M3 27c0-4 2-6 6-7l7-6c2-1.500 3-2 6-2h12c4 0 6 1 9 4l4 4 7 2c4 1 5 3 5 5v3h-5',
  pickup: 'M3 29v-8h20l5-9h12c2 0 3 1 5 3l4 6 6 2c3 1 4 2 4 6h-4',
  van: 'M3 30V12c0-2 1-3 3-3h34c3 0 4 1 6 3l6 8c4 1 6 2 6 6v4h-4',
  bus: 'M3 30V10c0-2 1-3 3-3h48c2 0 4 1 4 4v19h-5',
};

const SHAPE = { pickup: 'pickup', camper: 'van', lorry: 'van', coach: 'bus' };

/** Returns the outline of a car of a booking. */
export const outline = (car) =>
  svg(
    'svg',
    { viewBox: '0 0 62 40', class: 'outline', 'aria-hidden': 'true' },
    svg('path', { d: `${CABIN[SHAPE[car] ?? 'car']}M9 30H3M41 30H21` }),
    svg('circle', { cx: 15, cy: 30, r: 5 }),
    svg('circle', { cx: 47, cy: 30, r: 5 }),
  );
