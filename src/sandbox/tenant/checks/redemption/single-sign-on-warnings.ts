const failed = (reason: string): string => `Single Sign-On failed: ${reason}`;

/**
 * What the warnings (`w`) in the tenant's log say of a session transfer token that was refused.
 *
 * @see Auth0 documentation, "Configure and Implement Native to Web SSO", monitoring
 */
export const singleSignOnWarnings = {
  notFoundOrExpired: failed(
    'Session Transfer Token not found or expired. This may indicate token reuse or expiration.',
  ),
  deviceBinding: failed(
    'Session Transfer Token device binding validation failed due to IP/ASN mismatch.',
  ),
  organizationMismatch: failed('Session Transfer Token organization mismatch detected.'),
  userMismatch: failed('Session Transfer Token user mismatch detected.'),
  parentNotFound: failed(
    "Parent refresh token not found. Session Transfer Token won't be used for session establishment.",
  ),
} as const;
