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
            await nextTask();
            signal.throwIfAborted();
            until = performance.now() + SLICE_MS;
        }
    }
}

/** Resolves in a task of its own, after input and painting that wait. */
export function nextTask() {
    return new Promise((resolve) => {
        setTimeout(resolve, 0);
    });
}
