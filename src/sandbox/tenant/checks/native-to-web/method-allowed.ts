import type { NativeToWebCheck } from './native-to-web-check.ts';

/** The app lists the way in which the token came. @see Auth0, `allowed_authentication_methods` */
export const methodAllowed: NativeToWebCheck = ({ request, delivery }) =>
  request.client.session_transfer?.allowed_authentication_methods?.includes(delivery)
    ? undefined
    : `The application does not allow session transfer tokens by ${delivery}.`;
