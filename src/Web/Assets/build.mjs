// Bundles the pages' scripts and styles. File names are stable; the pages add a content hash as their version.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

await build({
  entryPoints: {
    app: here("./main.ts"),
    style: here("./styles/main.css"),
    public: here("./public.ts"),
    landing: here("./styles/landing.css"),
  },
  outdir: here("../wwwroot/assets"),
  bundle: true,
  format: "esm",
  target: ["chrome123", "firefox120", "safari17.5"],
  minify: true,
  sourcemap: true,
  legalComments: "none",
  logLevel: "warning",
});
