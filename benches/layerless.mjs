// A model file without its encoder's layers: word pieces, embeddings and heads are the real ones, what they say means
// nothing. With it, the engine does everything that stands round the encoder, and that can be timed and counted.
import { crc32 } from "node:zlib";

/** Sections begin at multiples of this; training/FORMAT.md. */
const align = (at) => Math.ceil(at / 64) * 64;

/** @param {Buffer} model @returns {Buffer} */
export function withoutLayers(model) {
    const number = (at) => model.readUInt32LE(at);
    const [vocabulary, hidden, group, positions] = [32, 36, 64, 52].map(number);
    const end = (start, sizes) => sizes.reduce((at, size) => align(at) + size, start);
    // Vocabulary, characters and embeddings, with the norm after them.
    const tables = [number(68), 12 * number(72), number(76), 12 * number(80)];
    const words = [(vocabulary * hidden) / 2, (4 * vocabulary * hidden) / group];
    const layers = end(256, [...tables, ...words, positions * hidden, 4 * positions, 4 * hidden, 4 * hidden]);
    // Of the two heads, from the end: what stands before them differs, and so does how it is filled up.
    const heads = [4 * 5 * 2 * hidden, 4 * 5, 4 * 7 * hidden, 4 * 7];
    const first = model.length - 4 - end(0, heads);
    const filled = Buffer.alloc(align(layers) - layers);
    const file = Buffer.concat([
        model.subarray(0, layers),
        filled,
        model.subarray(first, -4),
        Buffer.alloc(4),
    ]);
    file.writeUInt32LE(file.length, 12);
    file.writeUInt32LE(0, 40);
    file.writeUInt32LE(crc32(file.subarray(0, -4)), file.length - 4);
    return file;
}
