// How long the page is blocked while something happens, in a text of 5,000 words.
//
// A task that takes 12 ms of the processor can stand for 160 ms on a machine with other work. Chromium's trace tells both
// times, so that a test can hold the page to the first; of Firefox only the clock is to be had.

import { readFileSync, readdirSync } from "node:fs";

/** @import { Page } from "puppeteer-core" */

const SAMPLES = new URL("../../www/samples/", import.meta.url);

/** The samples one after the other, up to so many words. @param {number} words */
export function longText(words = 5000) {
    const all = readdirSync(SAMPLES).map((name) => readFileSync(new URL(name, SAMPLES), "utf8").trim());
    let text = "";
    for (let round = 0; text.split(/\s+/).length < words; round += 1) {
        text += `${all[round % all.length]}\n\nThis was part ${round}.\n\n`;
    }
    return text;
}

/**
 * The longest time during `work` in which the page heard no message, in milliseconds by the clock.
 *
 * @param {Page} page
 * @param {() => Promise<void>} work
 */
export async function longestSilence(page, work) {
    await page.evaluate(() => {
        const { port1, port2 } = new MessageChannel();
        let last = performance.now();
        let longest = 0;
        port1.onmessage = () => {
            const now = performance.now();
            longest = Math.max(longest, now - last);
            last = now;
            port2.postMessage(null);
        };
        port2.postMessage(null);
        Object.assign(window, {
            silence: () => {
                port1.close();
                return longest;
            },
        });
    });
    await work();
    return page.evaluate(() => Number(Reflect.get(window, "silence")()));
}

/**
 * The most of the processor that one task of the page took during `work`, in milliseconds. Chromium only.
 *
 * @param {Page} page
 * @param {() => Promise<void>} work
 */
export async function longestTask(page, work) {
    return (await longestTasks(page, work)).whole;
}

/**
 * The same, and the longest less what the browser took in it to work out the style of every element anew, which it does once
 * after a style sheet has been added, whatever is in the sheet.
 *
 * @param {Page} page
 * @param {() => Promise<void>} work
 */
export async function longestTasks(page, work) {
    await page.tracing.start({ categories: ["toplevel", "blink.user_timing", "devtools.timeline"] });
    // Chromium has pages of its own in other processes; this tells which one is ours.
    await page.evaluate(() => performance.mark("ours"));
    await work();
    const trace = await page.tracing.stop();
    /** @type {{ traceEvents: { name: string, ph: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number }[] }} */
    const { traceEvents } = JSON.parse(new TextDecoder().decode(trace));
    const ours = traceEvents.find(({ name }) => name === "ours");
    const done = traceEvents.filter(
        ({ ph, pid, tid }) => ph === "X" && pid === ours?.pid && tid === ours.tid,
    );
    const tasks = done.filter(({ name }) => name.endsWith("RunTask"));
    if (tasks.length === 0) throw new Error("the trace holds no task of the page");
    const styles = done.filter(({ name }) => name === "UpdateLayoutTree");
    let [whole, own] = [0, 0];
    for (const { ts, dur = 0, tdur = 0 } of tasks) {
        const within = styles.filter((style) => style.ts >= ts && style.ts < ts + dur);
        whole = Math.max(whole, tdur / 1000);
        own = Math.max(own, (tdur - within.reduce((sum, style) => sum + (style.tdur ?? 0), 0)) / 1000);
    }
    return { whole, own };
}
