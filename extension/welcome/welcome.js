// The first-run page: what the extension does, in three pictures, and a text to try it on.

import { at, say, sayAll } from "../pages/say.js";
import { tryOut } from "./try.js";

const text = at("text", HTMLTextAreaElement);
const button = at("try", HTMLButtonElement);

button.addEventListener("click", async () => {
    button.disabled = true;
    await tryOut(text.value, at("example", HTMLElement), at("about", HTMLElement));
    button.textContent = say("tryAgain");
    button.disabled = false;
    button.focus();
});

sayAll();
document.title = say("welcomeTitle");
text.value = say("tryText");
document.documentElement.dataset["ready"] = "true";
