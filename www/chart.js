// Charts as plain SVG: a row of parts, each in its label's pattern. A chart's text equivalent is its name.

/** @import { Label } from "./shared.js" */

/**
 * @param {string} name  What the chart says, in words.
 * @param {{ label: Label, share: number }[]} parts  Shares of the whole width, each 0 to 1.
 * @returns {SVGSVGElement}
 */
export function bar(name, parts) {
    const svg = shape("svg", { role: "img", "aria-label": name, class: "chart" });
    let x = 0;
    for (const { label, share } of parts) {
        const width = 100 * share;
        if (width > 0) {
            const part = shape("rect", {
                x: `${x.toFixed(2)}%`,
                width: `${width.toFixed(2)}%`,
                height: "100%",
            });
            part.dataset["label"] = label;
            svg.append(part);
        }
        x += width;
    }
    return svg;
}

/**
 * The patterns that charts are filled with, once a page: dots for claims, stripes for opinions. style.css names them.
 *
 * @returns {SVGSVGElement}
 */
export function patterns() {
    const svg = shape("svg", { class: "patterns", "aria-hidden": "true" });
    const defs = shape("defs", {});
    const dots = shape("pattern", { id: "dots", patternUnits: "userSpaceOnUse", width: "6", height: "6" });
    dots.append(
        shape("rect", { width: "6", height: "6", class: "ground" }),
        shape("circle", { cx: "3", cy: "3", r: "1.4", class: "mark" }),
    );
    const stripes = shape("pattern", {
        id: "stripes",
        patternUnits: "userSpaceOnUse",
        patternTransform: "rotate(45)",
        width: "6",
        height: "6",
    });
    stripes.append(
        shape("rect", { width: "6", height: "6", class: "ground" }),
        shape("rect", { width: "3", height: "6", class: "mark" }),
    );
    defs.append(dots, stripes);
    svg.append(defs);
    return svg;
}

/**
 * @template {"svg" | "rect" | "circle" | "defs" | "pattern"} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 */
function shape(tag, attributes) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
}
