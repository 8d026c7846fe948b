import { targetAppIdSchema } from '../../../../src/contract/ids.ts';
import type { TargetApp } from '../../../../src/contract/target-app.ts';

/** An app whose login is on another domain than itself. */
export const SHOP: TargetApp = {
  id: targetAppIdSchema.parse('shop'),
  name: 'Shop',
  loginUrl: 'https://shop.example.com/login',
  loginDomain: 'login.example.com',
  origins: ['https://shop.example.com'],
  organizationUsage: 'deny',
  ways: ['delegation'],
};
