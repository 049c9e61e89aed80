// The first-run page, opened once and never again, whatever updates and reloads come.

export async function welcome() {
    const { welcomed } = await chrome.storage.local.get("welcomed");
    if (welcomed === true) return;
    await chrome.storage.local.set({ welcomed: true });
    await chrome.tabs.create({ url: chrome.runtime.getURL("welcome/welcome.html") });
}
