import js from "@eslint/js";
import globals from "globals";

export default [
    {
        ignores: [
            "target/",
            "extension/pkg/",
            "extension/dist/",
            "www/pkg/",
            "www/dist/",
            "tests/out/",
            "training/",
        ],
    },
    js.configs.recommended,
    {
        languageOptions: { ecmaVersion: 2024, sourceType: "module" },
        rules: {
            eqeqeq: "error",
            "no-var": "error",
            "prefer-const": "error",
            "no-implied-eval": "error",
            "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
            "no-restricted-properties": [
                "error",
                { property: "innerHTML", message: "A page's text is hostile: use textContent." },
                { property: "outerHTML", message: "A page's text is hostile: use textContent." },
                { property: "insertAdjacentHTML", message: "A page's text is hostile: use textContent." },
            ],
        },
    },
    { files: ["extension/**"], languageOptions: { globals: { ...globals.browser, chrome: "readonly" } } },
    { files: ["www/**"], languageOptions: { globals: { ...globals.browser, ...globals.worker } } },
    {
        files: ["tests/**", "benches/**", "store/**", "*.js"],
        languageOptions: { globals: { ...globals.node, ...globals.browser, chrome: "readonly" } },
    },
];
