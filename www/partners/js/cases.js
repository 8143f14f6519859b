// Bookings and proposals of the demo: for its people, relative to today. What is changed stays on this device.
import { all, put, remove, replace } from './store.js';
import { inDays } from './days.js';

const DEMO = {
  bookings: [
    { number: 'YC-2041', person: 'lin', name: '林知夏', number_end: '002X', vehicle: 'car', car: 'suv', from: 0, until: 3 },
    { number: 'YC-2042', person: 'bai', name: '白若松', number_end: '0227', vehicle: 'car', car: 'sedan', from: 0, until: 2 },
    { number: 'YC-2043', person: 'gao', name: '高岩', number_end: '0096', vehicle: 'car', car: 'electric', from: 0, until: 1 },
    { number: 'YC-2044', person: 'xu', name: '许念安', number_end: '0063', vehicle: 'car-automatic', car: 'mini', from: 0, until: 2 },
    { number: 'YC-2045', person: 'zhao', name: '赵远舟', number_end: '005X', vehicle: 'car', trailer: 'heavy', car: 'pickup', from: 1, until: 5 },
    { number: 'YC-2046', person: 'shen', name: '沈德茂', number_end: '0158', vehicle: 'motorhome', car: 'camper', from: 2, until: 9 },
    { number: 'YC-2047', person: 'zhao', name: '赵远舟', number_end: '005X', vehicle: 'lorry', car: 'lorry', from: 0, until: 0 },
    { number: 'YC-2048', person: 'wei', name: '韦一鸣', number_end: '0114', vehicle: 'bus', car: 'coach', from: 0, until: 0 },
    { number: 'YC-2049', person: 'erika-de', name: 'Erika Mustermann', vehicle: 'car', car: 'sedan', from: 0, until: 4 },
    { number: 'YC-2050', person: 'erika-us', name: 'Erika Mustermann', vehicle: 'car', car: 'suv', from: 1, until: 8 },
  ],
  proposals: [
    { number: 'AL-7701', person: 'zhao', name: '赵远舟', number_end: '005X', vehicle: 'car' },
    { number: 'AL-7702', person: 'lin', name: '林知夏', number_end: '002X', vehicle: 'car' },
    { number: 'AL-7703', person: 'gao', name: '高岩', number_end: '0096', vehicle: 'car' },
    { number: 'AL-7704', person: 'xu', name: '许念安', number_end: '0063', vehicle: 'car-automatic' },
    { number: 'AL-7705', person: 'wei', name: '韦一鸣', number_end: '0114', vehicle: 'car' },
    { number: 'AL-7706', person: 'shen', name: '沈德茂', number_end: '0158', vehicle: 'car' },
    { number: 'AL-7707', person: 'erika-de', name: 'Erika Mustermann', vehicle: 'car' },
  ],
};

function fresh(store) {
  return DEMO[store].map((one) => {
    const [from, until] = store === 'bookings' ? [inDays(one.from), inDays(one.until)] : [inDays(1), inDays(0, 12)];
    return { ...one, id: one.number, from, until };
  });
}

/** Returns all, those of the demo at the first time. */
export async function cases(store) {
  const made = `demo-${store}`;
  if (!localStorage.getItem(made)) {
    await replace(store, fresh(store));
    localStorage.setItem(made, inDays(0));
  }
  return (await all(store)).sort((one, other) => `${one.from} ${one.number}`.localeCompare(`${other.from} ${other.number}`));
}

/** Puts the demo's back, relative to today. */
export const renew = (store) => replace(store, fresh(store));

export const save = put;
export const drop = remove;

/** Returns what a policy is asked about. */
export function caseOf({ vehicle, trailer, from, until, name, number_end }) {
  return Object.fromEntries(Object.entries({ vehicle, trailer, from, until, name, number_end }).filter(([, value]) => value));
}
