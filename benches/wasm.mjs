// How fast the engine is in WebAssembly, on one core: `node benches/wasm.mjs [PKG]`, after `make extension`
// and `cargo bench --bench encoder`, which counts the multiply-accumulates.
//
// PKG is a build for the web (`extension/pkg`). For each of its modules that this Node runs (the one with relaxed SIMD
// needs 21 or newer, or `--experimental-wasm-relaxed-simd`): the start, the time to the first labels and to the last, and
// what the encoder makes of it in multiply-accumulates a second. Its time is the whole less the same text without the
// model. In turns; the best of the rounds: the machine has other work.
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const ROUNDS = 15;
const [pkg = "extension/pkg"] = process.argv.slice(2);
const [model, text, products] = await Promise.all([
    readFile("model/sayswho.bin"),
    readFile("benches/article.txt", "utf8"),
    readFile("target/products", "utf8").then(Number),
]);

const timed = (work) => {
    const start = performance.now();
    work();
    return performance.now() - start;
};

const modules = [];
for (const name of ["sayswho_bg.wasm", "sayswho_relaxed.wasm"]) {
    const wasm = await readFile(resolve(pkg, name));
    if (!WebAssembly.validate(wasm)) {
        console.log(`${name}: this Node does not run it`);
        continue;
    }
    // The glue again for each: it keeps the first module that it was given.
    const glue = await import(`${pathToFileURL(resolve(pkg, "sayswho.js"))}?${name}`);
    const start = performance.now();
    const { memory } = await glue.default({ module_or_path: wasm });
    const compiled = performance.now() - start;
    let engine;
    const loaded = timed(() => (engine = new glue.Engine(new Uint8Array(model))));
    const cold = timed(() => engine.begin(text).step());
    engine.analyze(text);
    console.log(
        `${name}: module ${compiled.toFixed(0)} ms, model ${loaded.toFixed(0)} ms;` +
            ` the very first window, code still cold: ${cold.toFixed(0)} ms`,
    );
    const first = () => {
        const job = engine.begin(text);
        job.step();
        job.free();
    };
    const rules = new glue.Engine();
    const works = { first, whole: () => engine.analyze(text), without: () => rules.analyze(text) };
    modules.push({ name, memory, works, best: {} });
}
for (let round = 0; round < ROUNDS; round++) {
    for (const { works, best } of modules) {
        for (const [what, work] of Object.entries(works))
            best[what] = Math.min(best[what] ?? Infinity, timed(work));
    }
}
for (const { name, memory, best } of modules) {
    const speed = products / 1e6 / (best.whole - best.without);
    console.log(
        `${name}: ${text.split(/\s+/).length} words: first window ${best.first.toFixed(0)} ms,` +
            ` whole ${best.whole.toFixed(0)} ms (without the model ${best.without.toFixed(1)} ms),` +
            ` ${speed.toFixed(1)} G multiply-accumulates a second;` +
            ` memory ${(memory.buffer.byteLength / 2 ** 20).toFixed(0)} MB`,
    );
}
