// Builds static/ from src/ and node_modules. Run by hand: npm ci && npm run build; the result is committed.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { compile } from "sass";

const out = new URL("../../../../static/", import.meta.url).pathname;
for (const folder of ["css", "js", "licences"]) mkdirSync(out + folder, { recursive: true });

const govuk = JSON.parse(readFileSync("node_modules/govuk-frontend/package.json")).version;
const htmx = JSON.parse(readFileSync("node_modules/htmx.org/package.json")).version;
const notice = `/*! includes govuk-frontend ${govuk}, MIT, (c) Crown copyright: licences/govuk-frontend.txt */\n`;

const css = compile("src/cpc.scss", { style: "compressed" }).css.replace(/^\uFEFF/, "");
if (/Transport|crown|crest|@font-face/i.test(css)) throw new Error("the crown or the font of GOV.UK has crept in");
writeFileSync(out + "css/cpc.css", notice + css + "\n");

await build({
  entryPoints: ["src/govuk.js"], bundle: true, minify: true, format: "iife", target: "es2020",
  outfile: out + "js/govuk.js", banner: { js: notice.trim() }, legalComments: "none",
});
writeFileSync(
  out + "js/htmx.js",
  `/*! htmx ${htmx}, Zero-Clause BSD: licences/htmx.txt */\n` + readFileSync("node_modules/htmx.org/dist/htmx.min.js"),
);
copyFileSync("node_modules/htmx.org/LICENSE", out + "licences/htmx.txt");
