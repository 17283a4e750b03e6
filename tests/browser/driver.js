// SPDX-License-Identifier: Apache-2.0
// Runs the phone in headless Chromium and talks with the test by lines of JSON: it reads
// {"id", "command", …}, and writes {"id", "value"} or {"id", "error"}, and {"event", …} of its own.
// When its input ends, so do the browser and itself.
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { openLink } from './link.js';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
];

const write = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function bundle() {
  const built = await build({
    entryPoints: [fileURLToPath(new URL('phone.js', import.meta.url))],
    bundle: true,
    write: false,
    logLevel: 'silent',
  });
  return built.outputFiles[0].text;
}

/** Puts the phone into the web origin's own page, whose policy then holds for it. */
async function openPage(browser, origin, script) {
  const context = await browser.newContext();
  await context.grantPermissions(['microphone'], { origin });
  const page = await context.newPage();
  page.on('pageerror', (fault) => write({ event: 'fault', text: String(fault) }));
  await page.exposeFunction('tell', write);
  await page.goto(origin);
  await page.evaluate(script);
  return page;
}

let browser;
let link;
let page;

const commands = {
  async start({ executable, port, phone, toneHz }) {
    link = await openLink({ host: '127.0.0.1', port });
    browser = await chromium.launch({ executablePath: executable, args: FLAGS });
    page = await openPage(browser, `http://localhost:${link.port}`, await bundle());
    const webSocket = `ws://localhost:${link.port}${phone.webSocket}`;
    await page.evaluate((given) => window.phone.start(given), { phone, webSocket, toneHz });
  },
  cut: () => link.cut(),
};

/** What is no command of the driver's is one of the phone's. */
function run({ command, id, ...given }) {
  return commands[command]
    ? commands[command](given)
    : page.evaluate(([name, more]) => window.phone[name](more), [command, given]);
}

async function obey(line) {
  const order = JSON.parse(line);
  try {
    write({ id: order.id, value: (await run(order)) ?? null });
  } catch (fault) {
    write({ id: order.id, error: String(fault) });
  }
}

const lines = createInterface({ input: process.stdin });
lines.on('line', obey);
lines.on('close', async () => {
  await browser?.close();
  link?.close();
  process.exit(0);
});
