// Globals of Node that some packages need.
import { Buffer } from "buffer";

globalThis.Buffer = Buffer;
globalThis.process ??= { env: {}, browser: true };
