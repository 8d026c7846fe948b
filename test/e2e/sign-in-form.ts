import type { Page } from 'playwright';

/** Signs somebody in on the tenant's login page. */
export const submitSignIn = async (
  login: Page,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> => {
  await login.locator('[name=username]').fill(email);
  const field = login.locator('[name=password]');
  await field.fill(password);
  // A sign-in window closes as soon as the sign-in is through, which may be before the key press is reported.
  await field.press('Enter').catch(() => undefined);
};
