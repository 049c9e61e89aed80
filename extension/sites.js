// Sites as the browser's permissions know them: `example.org` ◀─▶ match patterns.

/** Every page of the web, as the manifest's optional_host_permissions have it. */
export const EVERYWHERE = ["http://*/*", "https://*/*"];

/**
 * The patterns for a site and what lies under it. Two and not one: the manifest has the two schemes apart, and a browser
 * grants only what is contained in one of its patterns.
 * @param {string} host as `hostOf` gives it
 */
export function patternsFor(host) {
    // Neither an address in numbers nor a name without a dot has anything under it.
    const whole = /^[\d.]+$|^\[|^[^.]+$/.test(host) ? host : `*.${host}`;
    return [`http://${whole}/*`, `https://${whole}/*`];
}

/** The site that a pattern is for; null for a pattern of many. @param {string} pattern */
export function hostOfPattern(pattern) {
    const [, host] = /^(?:https?|\*):\/\/(?:\*\.)?([^*/]+)\/\*$/.exec(pattern) ?? [];
    return host?.replace(/^www\./, "").replace(/:.*$/, "") ?? null;
}

/** Whether a host is one of these sites, or lies under one. @param {string} host @param {string[]} sites */
export function isAmong(host, sites) {
    return sites.some((site) => host === site || host.endsWith(`.${site}`));
}

/**
 * Gives permissions back, those that can be: what the manifest asks for at once stays.
 * @param {string[]} origins
 */
export async function giveBack(origins) {
    const { origins: held = [] } = await chrome.permissions.getAll();
    // Only what is held as it stands: in Chromium `every host` would take all that lies under it, too.
    for (const origin of origins.filter((each) => held.includes(each))) {
        await chrome.permissions.remove({ origins: [origin] }).catch(() => false);
    }
}

/** Whether the reader has granted a site. @param {string} host */
export async function isGranted(host) {
    // Over one scheme is enough: hardly a site is served over both.
    const has = await Promise.all(
        patternsFor(host).map((origin) => chrome.permissions.contains({ origins: [origin] })),
    );
    return has.includes(true);
}
