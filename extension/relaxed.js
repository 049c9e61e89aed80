// Which build of the module this browser runs: the one with relaxed SIMD where it computes right. Both give the same
// answers. That the instruction is known is not enough: V8 11.3's baseline compiler gets its sum wrong.

/** A module of one function: `i32x4.relaxed_dot_i8x16_i7x16_add_s` of −100s and 63s, added to 7s; the first lane. */
// prettier-ignore
const PROBE = new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, // magic and version
    1, 5, 1, 96, 0, 1, 127, // a type: nothing in, a number out
    3, 2, 1, 0, // a function of it
    7, 7, 1, 3, 100, 111, 116, 0, 0, // exported as "dot"
    10, 23, 1, 21, 0, 65, 156, 127, 253, 15, 65, 63, 253, 15, 65, 7, 253, 17, 253, 147, 2, 253, 27, 0, 11,
]);

function relaxed() {
    if (!WebAssembly.validate(PROBE)) {
        return false;
    }
    const { dot } = new WebAssembly.Instance(new WebAssembly.Module(PROBE)).exports;
    return typeof dot === "function" && dot() === 4 * -100 * 63 + 7;
}

export const MODULE = relaxed() ? "sayswho_relaxed.wasm" : "sayswho_bg.wasm";
