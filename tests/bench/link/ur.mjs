// BC-UR's frames as QR codes: the largest parts that fit the same symbol version, in alphanumeric mode as BC-UR intends.
import { UR, UREncoder } from "@ngraveio/bc-ur";
import encodeQR from "qr";

const VERSION = 25;
/** Capacity of that version at level L, in characters. */
const ROOM = 1853;
/** Distinct parts in a film: more than a film can show. */
const PARTS = 45;

function parts(payload, fragment) {
  const encoder = new UREncoder(UR.fromBuffer(payload), fragment, 0, 10);
  return Array.from({ length: PARTS }, () => encoder.nextPart().toUpperCase());
}

/** Returns the codes of a payload, for the film maker. */
export function symbols(payload) {
  let fragment = ROOM / 2;
  let texts;
  do {
    fragment -= 4;
    texts = parts(payload, Math.floor(fragment));
  } while (texts.some((text) => text.length > ROOM));
  return texts.map((text) => {
    const rows = encodeQR(text, "raw", { ecc: "low", encoding: "alphanumeric", version: VERSION, border: 2 });
    const inner = rows.slice(2, -2).map((row) => row.slice(2, -2));
    return { size: inner.length, dark: inner.flat().map((dark) => (dark ? "1" : "0")).join("") };
  });
}
