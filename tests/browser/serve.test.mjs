// What the server adds to the pages, in a real browser: its own policy, search as one types, and the page of queries,
// with a script and without.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { createInterface } from "node:readline";
import { PROGRAM, browser, built, opened, serious } from "./site.mjs";

let chromium, site, server, url;
before(async () => {
  site = built();
  server = spawn(PROGRAM, ["serve", site.build, "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
  [url] = await once(createInterface({ input: server.stdout }), "line");
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.kill("SIGTERM");
  const [code] = await once(server, "exit");
  site?.close();
  assert.equal(code, 0);
});

test("from a misspelt name to the person, the meeting and the words", async () => {
  const page = await opened(chromium, url);
  await page.getByLabel("Search people").last().fill("Tobais Wrenfeld");
  await page.getByRole("option", { name: /Tobias Wrenfield/ }).first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Tobias Wrenfield" }).waitFor();
  await page.locator("#attendance table").getByRole("link", { name: "14 November 2013" }).click();
  const row = page.locator("#attendance tr", { hasText: "Tobias Wrenfield" });
  await row.getByRole("link", { name: "words" }).click();
  assert.match(await page.locator("mark:target").textContent(), /Tobias Wrenfield/);
  assert.deepEqual(page.faults, []);
  await page.close();
});

test("a question of the cookbook is asked, answered and downloaded", async () => {
  const page = await opened(chromium, url);
  await page.getByRole("link", { name: "SPARQL" }).click();
  await page.getByRole("link", { name: /^Who represented an organisation/ }).click();
  await page.getByLabel("organisation", { exact: true }).fill("Probation");
  await page.getByRole("button", { name: "Ask" }).first().click();
  const rows = page.locator("#answer tbody tr");
  await rows.first().waitFor();
  const text = (await rows.allTextContents()).join("\n");
  for (const name of ["Hilary Stannage", "Tobias Wrenfield", "Anjali Deshmukh", "Beatrix Colley"]) assert.ok(text.includes(name), name);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV", exact: true }).click()]);
  assert.equal(download.suggestedFilename(), "answer.csv");
  let csv = "";
  for await (const piece of await download.createReadStream()) csv += piece;
  assert.equal(csv.trim().split("\n").length, (await rows.count()) + 1);
  assert.deepEqual(page.faults, []);
  await page.close();
});

test("a query is coloured, asked with a key, and what is wrong is told", async () => {
  const page = await opened(chromium, `${url}sparql`);
  const field = page.getByLabel("Query");
  await field.fill('# people\nSELECT ?p ("a" AS ?x) { ?p a foaf:Person }');
  assert.equal(await page.locator(".editor .keyword").first().textContent(), "SELECT");
  assert.equal(await page.locator(".editor .comment").textContent(), "# people");
  await field.press("Control+Enter");
  await page.locator("#answer tbody tr").first().waitFor();
  await page.locator("#answer a[href^='/person/']").first().click();
  assert.match(page.url(), /\/person\//);
  assert.deepEqual(page.faults, []);
  await page.goto(`${url}sparql?query=SELECT`);
  assert.match(await page.getByRole("alert").textContent(), /no SPARQL query/);
  await page.close();
});

test("without a script the page of queries works all the same", async () => {
  const page = await opened(chromium, `${url}sparql`, { javaScriptEnabled: false });
  await page.getByLabel("Query").fill("ASK { ?p a foaf:Person }");
  await page.getByRole("button", { name: "Ask" }).click();
  assert.equal(await page.locator("#answer .flag").textContent(), "Yes");
  await page.close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 400]) {
    test(`no serious fault of accessibility, ${colorScheme}, ${width} wide`, async () => {
      for (const path of ["sparql", "sparql/representation?organisation=Probation", "sparql?query=DESCRIBE%20%3Cx%3Ay%3E", "sparql?query=SELECT"]) {
        const page = await opened(chromium, url + path, { colorScheme, viewport: { width, height: 900 } });
        assert.deepEqual(await serious(page), [], path);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is too wide`);
        await page.close();
      }
    });
  }
}
