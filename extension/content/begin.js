// Runs after the content script where the reader has automatic labelling on; a click on the icon does without it.
// Its promise is what the background gets for having put it there.
globalThis.saysWho?.begin();
