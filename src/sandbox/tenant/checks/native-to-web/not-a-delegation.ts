import { singleSignOnWarnings } from '../redemption/single-sign-on-warnings.ts';
import type { NativeToWebCheck } from './native-to-web-check.ts';

/** A delegation comes in the query only; by cookie it would lose its actor. @see Auth0, "Session Delegation" */
export const notADelegation: NativeToWebCheck = ({ token }) =>
  token.actor === undefined ? undefined : singleSignOnWarnings.notFoundOrExpired;
