// Runs after the content script where the reader has automatic labelling on; a click on the icon does without it.
globalThis.saysWho?.begin();
