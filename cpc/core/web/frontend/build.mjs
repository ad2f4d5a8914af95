// Builds static/ from src/ and node_modules; the result is committed: npm ci && npm run build.
// With --check it builds aside and says what differs from what is committed.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compile } from "sass";

const STATIC = fileURLToPath(new URL("../../../../static/", import.meta.url));
const STYLES = ["cpc", "meet", "families", "redact"];
const SCRIPTS = ["body", "govuk", "page", "live", "room", "redact", "progress", "autosave"];

const check = process.argv.includes("--check");
const out = check ? mkdtempSync(join(tmpdir(), "cpc-build-")) : STATIC;
for (const folder of ["css", "js"]) mkdirSync(join(out, folder), { recursive: true });

const govuk = JSON.parse(readFileSync("node_modules/govuk-frontend/package.json")).version;
const notice = `/*! includes govuk-frontend ${govuk}, MIT, (c) Crown copyright: licences/govuk-frontend.txt */`;

for (const name of STYLES) {
  const css = compile(`src/${name}.scss`, { style: "compressed" }).css.replace(/^\uFEFF/, "");
  if (/Transport|crown|crest|@font-face/i.test(css)) throw new Error("the crown or the font of GOV.UK has crept in");
  writeFileSync(join(out, "css", `${name}.css`), `${name === "cpc" ? `${notice}\n` : ""}${css}\n`);
}
for (const name of SCRIPTS) {
  await build({
    entryPoints: [`src/${name}.js`],
    outfile: join(out, "js", `${name}.js`),
    banner: name === "govuk" ? { js: notice } : {},
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
  });
}

if (check) {
  const files = [...STYLES.map((name) => `css/${name}.css`), ...SCRIPTS.map((name) => `js/${name}.js`)];
  const differ = files.filter(
    (file) => readFileSync(join(out, file), "utf8") !== readFileSync(join(STATIC, file), "utf8"),
  );
  rmSync(out, { recursive: true });
  if (differ.length) {
    console.error(`Not what src/ gives: static/${differ.join(", static/")}. Run: npm run build`);
    process.exit(1);
  }
}
