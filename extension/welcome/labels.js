// What the labels mean, for readers. Its examples are marked as in a page.

import { mark } from "../pages/example.js";
import { say, sayAll } from "../pages/say.js";

sayAll();
mark(document.body);
document.title = say("labelsTitle");
document.documentElement.dataset["ready"] = "true";
