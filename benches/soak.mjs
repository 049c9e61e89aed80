// Many documents through one module: `make soak`, or `node --expose-gc benches/soak.mjs [DOCUMENTS] [--model]`.
//
// Documents of 1 word to 2,000, in another order each time, some read to the end and some dropped in the middle, as when
// a reader leaves the page. WebAssembly's memory never shrinks: if it stands still in the second half, nothing leaks.
// Exits with 1 where it grew. By rules, unless --model asks for the model, which takes a hundred times longer.
import { readFile } from "node:fs/promises";

const args = process.argv.slice(2);
const count = Number(args.find((argument) => /^\d+$/.test(argument)) ?? 10_000);
const root = new URL("../", import.meta.url);
const { default: init, Engine } = await import(new URL("extension/pkg/sayswho.js", root).href);
const { memory } = await init({
    module_or_path: await readFile(new URL("extension/pkg/sayswho_bg.wasm", root)),
});
const model = args.includes("--model") ? await readFile(new URL("model/sayswho.bin", root)) : undefined;
const engine = new Engine(model && new Uint8Array(model));
const words = (await readFile(new URL("benches/article.txt", root), "utf8")).split(/(?<= )/);

let seed = 1;
/** A number from 0 up to `below`, the same in every run. */
const random = (below) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
};
const MB = 2 ** 20;
const start = performance.now();
let half = 0;
let sentences = 0;
console.log("documents   module     heap   resident");
for (let done = 0; done <= count; done++) {
    if (done === Math.floor(count / 2)) half = memory.buffer.byteLength;
    if (done % Math.ceil(count / 10) === 0) {
        globalThis.gc?.();
        const { heapUsed, rss } = process.memoryUsage();
        const figures = [memory.buffer.byteLength, heapUsed, rss].map(
            (bytes) => `${(bytes / MB).toFixed(1)} MB`,
        );
        console.log(String(done).padStart(9), ...figures.map((figure) => figure.padStart(9)));
    }
    const from = random(words.length);
    const text = [...words.slice(from), ...words, ...words].slice(0, 1 + random(2000)).join("");
    if (done % 5 === 0) {
        const job = engine.begin(text);
        job.step();
        job.free();
    } else {
        sentences += engine.analyze(text).sentences.length;
    }
}
const seconds = (performance.now() - start) / 1000;
console.log(`${count} documents, ${sentences} sentences, ${seconds.toFixed(0)} s`);
const grown = memory.buffer.byteLength - half;
if (grown > 0) {
    console.error(`the module's memory grew by ${(grown / MB).toFixed(1)} MB in the second half`);
    process.exitCode = 1;
}
