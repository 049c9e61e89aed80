// The page's tree as it is rendered: open shadow roots in the place of their host's children, slotted nodes in their slot.
//
// A form answers for its own properties with its field of that name, in Chromium to an extension too:
// <input name="nextSibling">. Whatever may be a form is therefore asked through the class, here and with `of`. A script
// may nest elements and shadow roots by the thousand, so nothing here calls itself.

/**
 * A property of a node as its class has it.
 * @template {Node} N
 * @template {keyof N & string} K
 * @param {{ prototype: N }} type
 * @param {K} name
 * @returns {(node: Node) => N[K]}
 */
function property({ prototype }, name) {
    const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
    return (node) => get?.call(node);
}

const firstChild = property(Node, "firstChild");
const nextSibling = property(Node, "nextSibling");
const parentNode = property(Node, "parentNode");
const shadowRoot = property(Element, "shadowRoot");
const slotOfElement = property(Element, "assignedSlot");

/** What else is asked of an element that may be a form. */
export const of = {
    nodeType: property(Node, "nodeType"),
    textContent: property(Node, "textContent"),
    localName: property(Element, "localName"),
    attributes: property(Element, "attributes"),
    /** @param {Element} element @param {string} name */
    attribute: (element, name) => Element.prototype.getAttribute.call(element, name),
    /** @param {Element} element @param {string} selector */
    matches: (element, selector) => Element.prototype.matches.call(element, selector),
};

/** @param {Node} node @returns {Node | null} */
export function firstIn(node) {
    if (!(node instanceof Element)) return node.firstChild;
    const root = shadowRoot(node);
    if (root) return root.firstChild;
    if (node instanceof HTMLSlotElement) return enter(node).nodes[0] ?? node.firstChild;
    return firstChild(node);
}

/** @param {Node} node @returns {Node | null} */
export function nextTo(node) {
    const slot = slotOf(node);
    if (!slot) return nextSibling(node);
    let place = places.get(slot);
    if (place?.nodes[place.at] !== node) {
        // A walk that began in the middle, or another walk has come by.
        place = enter(slot);
        place.at = place.nodes.indexOf(/** @type {Element} */ (node));
    }
    place.at += 1;
    const next = place.nodes[place.at];
    return next && slotOf(next) === slot ? next : null;
}

/**
 * How far a walk has come among the nodes of a slot. To ask the slot for all of them at each would take the square of their
 * number.
 * @type {WeakMap<HTMLSlotElement, { nodes: Node[], at: number }>}
 */
const places = new WeakMap();

/** @param {HTMLSlotElement} slot */
function enter(slot) {
    const place = { nodes: slot.assignedNodes(), at: 0 };
    places.set(slot, place);
    return place;
}

/** @param {Node} node @returns {Node | null} */
export function parentOf(node) {
    const slot = slotOf(node);
    if (slot) return slot;
    const parent = parentNode(node);
    return parent instanceof ShadowRoot ? parent.host : parent;
}

/** @param {Node} node */
function slotOf(node) {
    if (node instanceof Element) return slotOfElement(node);
    return node instanceof Text ? node.assignedSlot : null;
}

/** The text nodes of the rendered tree. @param {Node} root @returns {Generator<Text, void, void>} */
export function* textsIn(root) {
    /** @type {Node | null} */
    let node = root;
    while (node) {
        if (of.nodeType(node) === Node.TEXT_NODE) yield /** @type {Text} */ (node);
        const first = firstIn(node);
        if (first) {
            node = first;
            continue;
        }
        /** @type {Node | null} */
        let next = null;
        while (node && node !== root && !(next = nextTo(node))) node = parentOf(node);
        node = next;
    }
}

/**
 * The open shadow roots below a node.
 * @param {ParentNode} root
 * @returns {Generator<ShadowRoot, void, void>}
 */
export function* shadowRootsIn(root) {
    const trees = [root];
    const own = root instanceof Element && shadowRoot(root);
    if (own) {
        yield own;
        trees.push(own);
    }
    for (const tree of trees) {
        for (const element of allIn(tree, "*")) {
            // Only names with a hyphen and a few old ones can have a root, but asking costs less than telling them apart.
            const inner = shadowRoot(element);
            if (!inner) continue;
            yield inner;
            trees.push(inner);
        }
    }
}

/**
 * The shadow roots that the nodes are in, one within the other.
 * @param {Iterable<Node>} nodes
 * @returns {Set<ShadowRoot>}
 */
export function shadowRootsAround(nodes) {
    /** @type {Set<ShadowRoot>} */
    const roots = new Set();
    for (const node of nodes) {
        let root = node.getRootNode();
        while (root instanceof ShadowRoot && !roots.has(root)) {
            roots.add(root);
            root = root.host.getRootNode();
        }
    }
    return roots;
}

/** Elements whose script may come yet, and give them a shadow root. @param {ParentNode} root @returns {Element[]} */
export function undefinedIn(root) {
    const selector = ":not(:defined)";
    const below = [...allIn(root, selector)];
    return root instanceof Element && of.matches(root, selector) ? [root, ...below] : below;
}

/** @param {ParentNode} tree @param {string} selector */
function allIn(tree, selector) {
    return tree instanceof Element
        ? Element.prototype.querySelectorAll.call(tree, selector)
        : tree.querySelectorAll(selector);
}
