// The scanning worker with another decoder: messages and capture are those of www/js/scan-worker.js, so that only the
// decoders differ.

const says = new BroadcastChannel("bench");

/** `decoder` has `prepare()`, `reset()`, and `look(luma, width, height)`, which returns `{ ms, read, payload }`. */
export function serve(decoder) {
  let reader, paused = false;
  let room = new Uint8Array(0);
  let started;
  const ready = new Promise((resolve) => { started = resolve; });

  async function look(frame) {
    const { width, height } = frame.visibleRect;
    const size = frame.allocationSize();
    if (room.length < size) room = new Uint8Array(size);
    const [{ offset, stride }] = await frame.copyTo(room);
    if (stride !== width) throw new Error("rows with gaps");
    const { payload, ...figures } = await decoder.look(room.subarray(offset, offset + width * height), width, height);
    says.postMessage(figures);
    if (paused || !payload) return;
    paused = true;
    postMessage({ kind: "payload", payload: payload.buffer }, [payload.buffer]);
  }

  async function follow(readable) {
    const mine = readable.getReader();
    reader = mine;
    for (;;) {
      const { done, value } = await mine.read();
      if (done) return;
      try {
        if (!paused && reader === mine) await look(value);
      } finally {
        value.close();
      }
    }
  }

  addEventListener("message", async ({ data }) => {
    if (data.kind === "init") {
      await decoder.prepare();
      started();
      const [section] = WebAssembly.Module.customSections(data.module, "liangzheng-build");
      const build = new TextDecoder().decode(section);
      postMessage({ kind: "ready", builds: [build, build, build] });
      return;
    }
    await ready;
    if (data.kind === "ping") postMessage({ kind: "pong", n: data.n });
    if (data.kind === "pause") paused = true;
    if (data.kind === "resume") {
      if (!data.keep) decoder.reset();
      paused = false;
    }
    if (data.kind === "stop") reader?.cancel().catch(() => {});
    if (data.kind === "stream") await follow(data.readable);
  });
}
