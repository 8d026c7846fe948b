/** Customers whose names and addresses break naive code, and an ordinary one first. */
export const CUSTOMERS = [
  {
    id: 'auth0|6531a0b1c2d3e4f5a6b7c8d9',
    name: 'Mara Lindqvist',
    email: 'mara.lindqvist@globex.example',
    emailVerified: true,
    connection: 'Username-Password-Authentication',
  },
  {
    id: 'google-oauth2|104859302847562910475',
    name: 'Marcus Oyelaran',
    email: 'marcus@initech.example',
    emailVerified: false,
    connection: 'google-oauth2',
  },
  {
    id: 'auth0|staff',
    name: 'Margarethe Staff',
    email: 'margarethe@acme.example',
    emailVerified: true,
    connection: 'Username-Password-Authentication',
    protected: true,
  },
  {
    id: 'auth0|rtl',
    name: 'مريم الحسيني',
    email: 'maryam@globex.example',
    emailVerified: true,
    connection: 'Username-Password-Authentication',
  },
  {
    id: 'auth0|markup',
    name: '<b onmouseover=alert(1)>Mar\u202Etxet</b> "O\'Neil" 👩‍👩‍👧‍👦',
    email: 'mar+"<script>@evil.example',
    emailVerified: false,
    connection: 'sms',
  },
  {
    id: `auth0|${'x'.repeat(200)}`,
    name: `Maximilian${' von und zu Hohenstein'.repeat(13)}`,
    email: `${'a'.repeat(200)}@example.com`,
    emailVerified: false,
    connection: 'a-very-long-connection-name-for-enterprise-federation',
  },
] as const;
