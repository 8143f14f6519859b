// What packages made for Node take for granted.
import { Buffer } from "buffer";

globalThis.Buffer = Buffer;
globalThis.process ??= { env: {}, browser: true };
