// read.mjs FOLDER FILE...: what pdf.js, from a folder, reads in each file, a line of JSON each: of
// every page the texts in drawing order, each with the marked content it stands in, and the tree.
import { readFileSync } from "node:fs";

const [folder, ...paths] = process.argv.slice(2);
for (const name of ["log", "info", "warn"])
  console[name] = (...words) => process.stderr.write(words.join(" ") + "\n");
const pdfjs = await import(folder + "/pdf.mjs");

async function readPage(page) {
  const options = { includeMarkedContent: true, disableNormalization: true };
  const { items } = await page.getTextContent(options);
  const open = [], texts = [];
  for (const item of items) {
    if (item.type?.startsWith("begin")) open.push(item.id ?? null);
    else if (item.type === "endMarkedContent") open.pop();
    else texts.push({ text: item.str, id: open.at(-1) ?? null });
  }
  return { texts, tree: await page.getStructTree() };
}

for (const path of paths) {
  const data = new Uint8Array(readFileSync(path));
  const file = await pdfjs.getDocument({ data, verbosity: 1 }).promise;
  const pages = [];
  for (let i = 1; i <= file.numPages; i++) pages.push(await readPage(await file.getPage(i)));
  process.stdout.write(JSON.stringify({ path, pages }) + "\n");
  await file.destroy();
}
