// What the tests share: a browser, a build of the fixtures, a published site, a host that serves a folder under a path,
// and pages that remember what they asked for and complained of.
import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const PROGRAM = process.env.QUORATE ?? join(ROOT, "target/release/quorate");
const AXE = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** Runs the program, which must succeed. */
export function quorate(...args) {
  const done = spawnSync(PROGRAM, args, { encoding: "utf8", cwd: ROOT });
  if (done.status !== 0) throw new Error(`quorate ${args.join(" ")}: ${done.stderr}`);
  return done.stdout;
}

/** A build of the fixtures and its site, in a folder that `close` removes. */
export function built() {
  const folder = mkdtempSync(join(tmpdir(), "quorate-browser-"));
  const [build, site] = [join(folder, "build"), join(folder, "site")];
  quorate("build", "fixtures/minutes", "-o", build, "--quiet");
  quorate("publish", site, "--graph", build);
  return { build, site, close: () => rmSync(folder, { recursive: true, force: true }) };
}

const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json" };

/** A host that serves a folder under `/some/where/`, with a strict policy, as any web host may. */
export async function hosted(folder) {
  const prefix = "/some/where/";
  const server = createServer((request, reply) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    try {
      if (!path.startsWith(prefix)) throw new Error("outside");
      const file = join(folder, normalize(path.slice(prefix.length) || "index.html"));
      const bytes = readFileSync(file);
      reply.writeHead(200, {
        "content-type": TYPES[extname(file)] ?? "application/octet-stream",
        "content-security-policy":
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
          "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      });
      reply.end(bytes);
    } catch {
      reply.writeHead(404);
      reply.end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}${prefix}`, close: () => server.close() };
}

/** A browser that asks no host of its own for anything. */
export function browser() {
  const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
  const network = ["--disable-background-networking", "--disable-component-update"];
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...quiet, ...network] });
}

/** A page, with what it complained of and what it asked other hosts for. */
export async function opened(browser, url, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  page.faults = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) page.faults.push(message.text());
  });
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("request", (request) => {
    const asked = request.url();
    if (!asked.startsWith("data:") && new URL(asked).origin !== new URL(url).origin) page.faults.push(`asked ${asked}`);
  });
  await page.goto(url);
  return page;
}

/** What axe-core finds on a page that is serious or critical. */
export async function serious(page) {
  // By the debugger, which the policy of the page does not bind.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }));
  return violations
    .filter((found) => ["serious", "critical"].includes(found.impact))
    .map((found) => `${found.id}: ${found.nodes.map((node) => `${node.target} ${node.failureSummary}`).slice(0, 3).join(" | ")}`);
}
