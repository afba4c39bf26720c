import type { Browser, BrowserContextOptions, CDPSession, Page } from 'playwright-core';

/** A page of a browser of its own, with an authenticator in software that does what the test says. */
export interface PageWithPasskeys {
  readonly page: Page;
  /** Whether the owner proves themselves by PIN, finger or face when asked. */
  verifies(yes: boolean): Promise<void>;
  /** Counters of the passkeys that it holds. */
  counters(): Promise<readonly number[]>;
}

/** `synced`: the authenticator copies its passkeys to other devices, as those of phones do. */
export async function pageWithPasskeys(
  browser: Browser,
  synced = false,
  options: BrowserContextOptions = {},
): Promise<PageWithPasskeys> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const cdp: CDPSession = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      defaultBackupEligibility: synced,
      defaultBackupState: synced,
    },
  });
  return {
    page,
    verifies: async (isUserVerified) => {
      await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    counters: async () => {
      const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
      return credentials.map(({ signCount }) => signCount);
    },
  };
}
