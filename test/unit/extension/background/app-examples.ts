import { targetAppIdSchema } from '../../../../src/contract/ids.ts';
import type { TargetApp } from '../../../../src/contract/target-app.ts';

/** An app whose login is on another domain than itself. */
export const appExample = (id: string, loginDomain: string): TargetApp => ({
  id: targetAppIdSchema.parse(id),
  name: id,
  loginUrl: `https://${id}.example.com/login`,
  loginDomain,
  origins: [`https://${id}.example.com`],
  organizationUsage: 'deny',
  ways: ['delegation'],
});

export const SHOP: TargetApp = { ...appExample('shop', 'login.example.com'), name: 'Shop' };
