// What axe-core finds on a page: serious and critical findings, and headings out of order.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { settle } from "./app.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// The policy of the server forbids inline scripts, so axe is brought in by the browser's own hand.
export async function serious_findings(page) {
  await settle(page);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, {
    resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
  return violations.filter((one) => one.impact === "serious" || one.impact === "critical" || one.id === "heading-order")
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.html).slice(0, 3).join(" ")}`);
}
