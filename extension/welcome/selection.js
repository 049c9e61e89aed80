// The words that the reader selected and asked about, labelled. They are kept nowhere: this page takes them out of the
// session's memory and shows them, and they go with it.

import { at, say, sayAll } from "../pages/say.js";
import { tryOut } from "./try.js";

sayAll();
document.title = say("selectionTitle");
const { selection } = await chrome.storage.session.get("selection");
await chrome.storage.session.remove("selection");
await tryOut(String(selection ?? ""), at("example", HTMLElement), at("about", HTMLElement));
document.documentElement.dataset["ready"] = "true";
