// The encoder in WebAssembly beside onnxruntime-web, on one core: `node benches/onnx.mjs [ROUNDS]`, after
// `python -m training.onnx` (which writes the same model as ONNX, and the windows), `make extension`, and
// `npm ci --prefix benches`.
//
//   rounds of: each of our modules that this Node runs, from text to labels ─ the same without its model
//              ─ the float graph ─ the integer graph
//
// The rival is given its word pieces ready made; ours, the first less the second, finds them too. In turns, so that a busy
// machine is busy for all; the middle of the rounds, and of each round's ratio.
import { readFile } from "node:fs/promises";
import * as ort from "onnxruntime-web/wasm";

const rounds = Number(process.argv[2] ?? 9);
const root = new URL("../", import.meta.url);
const at = (path) => new URL(path, root);

ort.env.wasm.numThreads = 1;
ort.env.wasm.wasmBinary = await readFile(
    at("benches/node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm"),
);

const { products, windows } = JSON.parse(await readFile(at("target/onnx/windows.json"), "utf8"));
const feeds = windows.map(({ ids, owner, sentences }) => {
    const inside = new Float32Array(sentences * ids.length);
    for (const [piece, sentence] of owner.entries()) {
        if (sentence >= 0) inside[sentence * ids.length + piece] = 1;
    }
    return {
        ids: new ort.Tensor("int64", BigInt64Array.from(ids, BigInt), [ids.length]),
        inside: new ort.Tensor("float32", inside, [sentences, ids.length]),
    };
});

const text = await readFile(at("benches/article.txt"), "utf8");
const model = new Uint8Array(await readFile(at("model/sayswho.bin")));
const runners = {};
const ours = [];
for (const name of ["sayswho_bg.wasm", "sayswho_relaxed.wasm"]) {
    const wasm = await readFile(at(`extension/pkg/${name}`));
    if (!WebAssembly.validate(wasm)) continue;
    // The glue again for each: it keeps the first module that it was given.
    const glue = await import(at(`extension/pkg/sayswho.js?${name}`).href);
    await glue.default({ module_or_path: wasm });
    const [engine, rules] = [new glue.Engine(model.slice()), new glue.Engine()];
    ours.push(name);
    runners[name] = async () => void engine.analyze(text);
    runners[`${name} without its model`] = async () => void rules.analyze(text);
}
const rivals = [];
for (const graph of ["float", "integer"]) {
    const bytes = new Uint8Array(await readFile(at(`target/onnx/${graph}.onnx`)));
    const session = await ort.InferenceSession.create(bytes, { executionProviders: ["wasm"] });
    const name = `onnxruntime-web, ${graph}`;
    rivals.push(name);
    runners[name] = async () => {
        for (const feed of feeds) await session.run(feed);
    };
}

const times = Object.fromEntries(Object.keys(runners).map((name) => [name, []]));
for (let round = -1; round < rounds; round++) {
    for (const [name, run] of Object.entries(runners)) {
        const start = performance.now();
        await run();
        // The first round compiles and warms up.
        if (round >= 0) times[name].push(performance.now() - start);
    }
}

const encoders = ours.map((name) =>
    times[name].map((time, round) => time - times[`${name} without its model`][round]),
);

const middle = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const pieces = windows.reduce((sum, { ids }) => sum + ids.length, 0);
console.log(
    `${windows.length} windows, ${pieces} pieces, ${(products / 1e9).toFixed(2)} G multiply-accumulates`,
);
const rows = [
    ...ours.map((name, index) => [`${name}, pieces and encoder`, encoders[index]]),
    ...rivals.map((name) => [name, times[name]]),
];
for (const [name, all] of rows) {
    const speed = (time) => `${(products / 1e6 / time).toFixed(1)} G`;
    console.log(
        `${name}: ${middle(all).toFixed(0)} ms, ${speed(middle(all))} a second (at best ${speed(Math.min(...all))})`,
    );
}
for (const [index, name] of ours.entries()) {
    for (const rival of rivals) {
        const ratio = middle(times[rival].map((time, round) => time / encoders[index][round]));
        console.log(`${name} is ${ratio.toFixed(2)} times as fast as ${rival}`);
    }
}
