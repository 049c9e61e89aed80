/** esbuild's `text` loader: the file's content. */
declare module "*.txt" {
    const text: string;
    export default text;
}

/** esbuild collects it into `dist/main.css`. */
declare module "*.css";
