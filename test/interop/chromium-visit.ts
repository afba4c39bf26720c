import { accessSync, constants, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { haveTool } from './tool.ts';

const BROWSER = '/usr/bin/chromium';
/** Where Chromium reads policies on this machine. */
const POLICIES = '/etc/chromium/policies/managed';

/** Whether Chromium can be told what to trust and by what policy; says loudly what is not tested where it cannot. */
export function haveChromium(tested: string): boolean {
  return haveTool('certutil', 'apt-get install libnss3-tools') && haveBrowser(tested) && mayWritePolicies(tested);
}

/** Sets policies for every Chromium of this machine until the returned function is called. */
export function setPolicies(name: string, policies: object): () => void {
  const file = join(POLICIES, `see-${name}-${process.pid}.json`);
  writeFileSync(file, JSON.stringify(policies));
  return () => rmSync(file, { force: true });
}

/** Opens a page in a fresh browser whose certificate store is that of a home folder. Returns its text, or the browser's error. */
export async function visit(
  url: string,
  home: string,
): Promise<{ readonly text: string } | { readonly error: string }> {
  const browser = await chromium.launch({
    executablePath: BROWSER,
    env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', HOME: home },
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
  });
  try {
    const page = await browser.newPage();
    const response = await page.goto(url).catch((error: Error) => error);
    if (response instanceof Error) return { error: response.message };
    return { text: (await response?.text()) ?? '' };
  } finally {
    await browser.close();
  }
}

function haveBrowser(tested: string): boolean {
  if (existsSync(BROWSER)) return true;
  console.warn(`SKIPPED: ${tested} with ${BROWSER} is not tested (apt-get install chromium)`);
  return false;
}

function mayWritePolicies(tested: string): boolean {
  try {
    mkdirSync(POLICIES, { recursive: true });
    accessSync(POLICIES, constants.W_OK);
    return true;
  } catch {
    console.warn(`SKIPPED: ${tested} with Chromium is not tested, ${POLICIES} cannot be written (run as root)`);
    return false;
  }
}
