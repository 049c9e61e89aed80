// Long work in short tasks: the page has its turn between two slices.

/** A task of 50 ms is one that a reader notices; a slice stays well under it. */
const SLICE_MS = 12;

/**
 * Runs a generator to its end.
 * @template T
 * @param {Generator<void, T, void>} work
 * @param {AbortSignal} signal
 * @returns {Promise<T>}
 */
export async function inSlices(work, signal) {
    let until = performance.now() + SLICE_MS;
    for (;;) {
        const step = work.next();
        if (step.done) return step.value;
        if (performance.now() >= until) {
            await turn(signal);
            until = performance.now() + SLICE_MS;
        }
    }
}

/**
 * Resolves in a task of its own, after input and painting that wait.
 * @param {AbortSignal} signal
 * @throws what the signal says, where meanwhile nobody wants the rest
 */
export async function turn(signal) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal.throwIfAborted();
}

/** A tab that nobody sees is not painted; nothing waits for it longer than this, in milliseconds. */
const UNSEEN_MS = 100;

/**
 * Resolves when the page has been painted as it is now: what a new style sheet means for each element is then worked out in a
 * task of the browser's own, and not at the next question about an element in the middle of one of ours.
 * @param {AbortSignal} signal
 * @throws what the signal says, where meanwhile nobody wants the rest
 */
export async function painted(signal) {
    await new Promise((resolve) => {
        requestAnimationFrame(resolve);
        setTimeout(resolve, UNSEEN_MS);
    });
    await turn(signal);
}
