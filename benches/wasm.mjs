// How fast the engine is in WebAssembly, on one core: `node benches/wasm.mjs [PKG] [MODEL] [TEXT]`.
//
// PKG is a build for the web (`extension/pkg`). Prints the start, the time to the first labels and to the last, and
// what the encoder alone makes of it in multiply-accumulates a second. The best of several runs: the machine has other
// work.
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const [pkg = "extension/pkg", modelFile = "model/sayswho.bin", textFile = "benches/article.txt"] =
    process.argv.slice(2);
const { default: init, Engine } = await import(pathToFileURL(resolve(pkg, "sayswho.js")));
const [wasm, model, text] = await Promise.all([
    readFile(resolve(pkg, "sayswho_bg.wasm")),
    readFile(modelFile),
    readFile(textFile, "utf8"),
]);

const best = (runs, work) => {
    let least = Infinity;
    for (let run = 0; run < runs; run++) {
        const start = performance.now();
        work();
        least = Math.min(least, performance.now() - start);
    }
    return least;
};

let start = performance.now();
const { memory } = await init({ module_or_path: wasm });
const compiled = performance.now() - start;
start = performance.now();
const engine = new Engine(new Uint8Array(model));
console.log(`module ${compiled.toFixed(0)} ms, model ${(performance.now() - start).toFixed(0)} ms`);

start = performance.now();
engine.begin(text).step();
console.log(`the very first window, code still cold: ${(performance.now() - start).toFixed(0)} ms`);
engine.analyze(text);

const first = best(5, () => {
    const job = engine.begin(text);
    job.step();
    job.free();
});
const whole = best(5, () => engine.analyze(text));
const rules = new Engine();
const without = best(5, () => rules.analyze(text));
// As benches/encoder.rs prints for the same text: windows times layers times products a piece.
const products = Number(process.env.PRODUCTS ?? 0);
console.log(
    `${text.split(/\s+/).length} words: first window ${first.toFixed(0)} ms, whole ${whole.toFixed(0)} ms` +
        ` (without the model ${without.toFixed(1)} ms)` +
        (products ? `, ${(products / 1e6 / whole).toFixed(1)} G products a second` : ""),
);
console.log(`memory ${(memory.buffer.byteLength / 2 ** 20).toFixed(0)} MB`);
