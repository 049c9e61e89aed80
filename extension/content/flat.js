// The page's tree as it is rendered: open shadow roots in the place of their host's children, slotted nodes in their slot.

/** @param {Node} node @returns {Node | null} */
export function firstIn(node) {
    if (!(node instanceof Element)) return node.firstChild;
    if (node.shadowRoot) return node.shadowRoot.firstChild;
    if (node instanceof HTMLSlotElement) return node.assignedNodes()[0] ?? node.firstChild;
    return node.firstChild;
}

/** @param {Node} node @returns {Node | null} */
export function nextTo(node) {
    const slot = slotOf(node);
    if (!slot) return node.nextSibling;
    const all = slot.assignedNodes();
    return all[all.indexOf(/** @type {Element} */ (node)) + 1] ?? null;
}

/** @param {Node} node @returns {Node | null} */
export function parentOf(node) {
    const slot = slotOf(node);
    if (slot) return slot;
    return node.parentNode instanceof ShadowRoot ? node.parentNode.host : node.parentNode;
}

/** @param {Node} node */
function slotOf(node) {
    return node instanceof Element || node instanceof Text ? node.assignedSlot : null;
}

/**
 * The open shadow roots below a node.
 * @param {ParentNode} root
 * @returns {Generator<ShadowRoot, void, void>}
 */
export function* shadowRootsIn(root) {
    if (root instanceof Element && root.shadowRoot) {
        yield root.shadowRoot;
        yield* shadowRootsIn(root.shadowRoot);
    }
    for (const element of root.querySelectorAll("*")) {
        // Only names with a hyphen and a few old ones can have a root, but asking costs less than telling them apart.
        if (!element.shadowRoot) continue;
        yield element.shadowRoot;
        yield* shadowRootsIn(element.shadowRoot);
    }
}
