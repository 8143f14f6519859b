// A library in another language, as a process that answers each line with a line.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Returns a function that sends a request to the program; the first request starts it. */
export function asked(program, words) {
  const waiting = [];
  let child;

  function started() {
    if (child) return child;
    child = spawn(program, words, { stdio: ["pipe", "pipe", "inherit"] });
    createInterface({ input: child.stdout }).on("line", (line) => {
      waiting.shift().resolve(JSON.parse(line));
      // No answer is pending: Node may exit.
      if (waiting.length === 0) child.stdout.unref();
    });
    child.on("exit", (status) => waiting.splice(0).forEach(({ reject }) => reject(new Error(`${program} ended with ${status}`))));
    child.on("error", (error) => waiting.splice(0).forEach(({ reject }) => reject(error)));
    child.unref();
    child.stdin.unref();
    return child;
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      started().stdout.ref();
      child.stdin.write(`${JSON.stringify(question)}\n`);
    });
}

const hex = (bytes) => Buffer.from(bytes).toString("hex");

/** Returns a presentation in the form that such a process reads. */
export const inHex = ({ deviceResponse, transcript, iaca }) => ({
  deviceResponse: hex(deviceResponse),
  transcript: hex(transcript),
  iaca: hex(iaca),
});
