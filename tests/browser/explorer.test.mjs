// The explorer's pages in a real browser: as a published site on a host, under a path, with a strict policy; and as
// files. The same steps on each.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { browser, built, hosted, opened, serious } from "./site.mjs";

let chromium, site, host;
before(async () => {
  site = built();
  host = await hosted(site.site);
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  host?.close();
  site?.close();
});

const WAYS = [
  ["on a host", () => host.url],
  ["as files", () => `${pathToFileURL(site.site).href}/`],
];

/** Pages of every kind. */
const KINDS = {
  home: "index.html",
  person: "person/tobias-wrenfield.html",
  organisation: "organisation/marlshire-probation-trust.html",
  body: "organisation/marlshire-safer-partnership.html",
  meeting: "meeting/marlshire-safer-partnership/2013-11-14.html",
  document: "document/marlshire-safer-partnership/2013-11-14-txt.html",
  function: "function/probation.html",
  list: "list/decisions.html",
  narrowed: "list/meetings/body/marlshire-safer-partnership.html",
  search: "search.html",
};

for (const [way, base] of WAYS) {
  describe(way, () => {
    test("from a misspelt name to the person, the meeting, the fact and its words", async () => {
      const page = await opened(chromium, `${base()}index.html`);
      await page.getByLabel("Search people").last().fill("Tobais Wrenfeld");
      const option = page.getByRole("option").first();
      await option.waitFor();
      assert.match(await option.textContent(), /Tobias Wrenfield/);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name: "Tobias Wrenfield" }).waitFor();
      await page.locator("#attendance table").getByRole("link", { name: "14 November 2013" }).click();
      await page.getByRole("heading", { level: 1, name: /Marlshire Safer Partnership, 14 November 2013/ }).waitFor();
      const row = page.locator("#attendance tr", { hasText: "Tobias Wrenfield" });
      await row.getByRole("link", { name: "words" }).click();
      const lit = page.locator("mark:target");
      assert.match(await lit.textContent(), /Tobias Wrenfield, .*Marlshire Probation Trust.*substitute for/);
      await assertInView(lit);
      assert.deepEqual(page.faults, []);
      await page.close();
    });

    test("the Probation timeline names who stood for it under each name, drawn and as rows", async () => {
      const page = await opened(chromium, `${base()}index.html`);
      await page.getByRole("link", { name: "Probation", exact: true }).click();
      const rows = await page.locator("#representation tbody tr").allTextContents();
      const said = (...words) => rows.some((row) => words.every((word) => row.includes(word)));
      assert.ok(said("17 October 2012", "Hilary Stannage", "present", "Marlshire Probation Trust"));
      assert.ok(said("14 November 2013", "Tobias Wrenfield", "present", "Hilary Stannage"));
      assert.ok(said("13 October 2016", "Tobias Wrenfield", "apologies", "National Probation Service"));
      assert.ok(said("1 July 2021", "Beatrix Colley"));
      assert.ok(said("10 November 2022", "Anjali Deshmukh", "Probation Service"));
      const drawn = await page.locator("#representation svg text").allTextContents();
      assert.ok(["Hilary Stannage", "Owain Trevanion", "Anjali Deshmukh"].every((name) => drawn.includes(name)), String(drawn));
      await page.locator("#representation tr", { hasText: "1 July 2021" }).getByRole("link", { name: "words" }).click();
      assert.match(await page.locator("mark:target").textContent(), /Beatrix Colley|Probation Service/);
      assert.deepEqual(page.faults, []);
      await page.close();
    });

    test("a list is narrowed by body and year, and gives its data", async () => {
      const page = await opened(chromium, `${base()}list/decisions.html`);
      await page.locator("summary", { hasText: "Body" }).click();
      await page.locator(".facets").getByRole("link", { name: "Marlshire Safer Partnership" }).click();
      await page.locator("summary", { hasText: "Year" }).click();
      await page.locator(".facets").getByRole("link", { name: "2013" }).click();
      await page.getByRole("heading", { level: 1, name: "Decisions: Marlshire Safer Partnership, 2013" }).waitFor();
      assert.equal(await page.locator("tbody tr").count(), 4);
      const json = await page.getByRole("link", { name: "JSON" }).getAttribute("href");
      const file = join(site.site, "list/decisions/body/marlshire-safer-partnership/year", json.split("/").at(-1));
      assert.equal(JSON.parse(readFileSync(file, "utf8")).decisions.length, 4);
      assert.ok(existsSync(file.replace(".json", ".ttl")) && existsSync(file.replace(".json", ".csv")));
      await page.close();
    });

    test("no page complains, asks another host, or is wider than a telephone", async () => {
      for (const [kind, path] of Object.entries(KINDS)) {
        const page = await opened(chromium, base() + path, { viewport: { width: 375, height: 800 } });
        const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(wide <= room, `${kind}: ${wide} of ${room}`);
        assert.deepEqual(page.faults, [], kind);
        await page.close();
      }
    });
  });
}

for (const colorScheme of ["light", "dark"]) {
  test(`axe-core finds nothing serious, ${colorScheme}`, async () => {
    for (const [kind, path] of Object.entries(KINDS)) {
      const page = await opened(chromium, host.url + path, { colorScheme });
      assert.deepEqual(await serious(page), [], kind);
      await page.close();
    }
  });
}

test("without a script everything but suggestions works", async () => {
  const page = await opened(chromium, `${host.url}person/tobias-wrenfield.html`, { javaScriptEnabled: false });
  await page.locator("#attendance").getByRole("link", { name: "words" }).first().click();
  assert.match(await page.locator("mark:target").textContent(), /Tobias Wrenfield/);
  await page.close();
});

test("the keyboard alone reaches the content and the search", async () => {
  const page = await opened(chromium, host.url);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.close();
});

test("each page has one main heading, landmarks, and JSON-LD that parses", async () => {
  for (const [kind, path] of Object.entries(KINDS)) {
    const page = await opened(chromium, host.url + path);
    assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1, kind);
    assert.equal(await page.getByRole("main").count(), 1, kind);
    const data = await page.locator('script[type="application/ld+json"]').allTextContents();
    if (kind !== "search") assert.equal(JSON.parse(data[0])["@context"], "https://schema.org", kind);
    await page.close();
  }
});

async function assertInView(locator) {
  await locator.page().waitForTimeout(600);
  const box = await locator.boundingBox();
  const { height } = locator.page().viewportSize();
  assert.ok(box && box.y >= 0 && box.y + box.height <= height, JSON.stringify(box));
}
