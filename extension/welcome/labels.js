// What the labels mean, for readers. The page is text alone.

import { say, sayAll } from "../pages/say.js";

sayAll();
document.title = say("labelsTitle");
document.documentElement.dataset["ready"] = "true";
