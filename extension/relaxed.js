// Which build of the module this browser runs: the one with relaxed SIMD where it can. Both give the same answers.

/** A module of one function, whose last instruction is `i32x4.relaxed_dot_i8x16_i7x16_add_s`. */
// prettier-ignore
const PROBE = new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, // magic and version
    1, 5, 1, 96, 0, 1, 123, // a type: nothing in, a vector out
    3, 2, 1, 0, // a function of it
    10, 19, 1, 17, 0, 65, 0, 253, 15, 65, 0, 253, 15, 65, 0, 253, 15, 253, 147, 2, 11, // three vectors, the product
]);

export const MODULE = WebAssembly.validate(PROBE) ? "sayswho_relaxed.wasm" : "sayswho_bg.wasm";
