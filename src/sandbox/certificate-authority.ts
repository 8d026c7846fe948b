import { generate } from 'selfsigned';

export type LocalCertificates = {
  /** Certificate of the authority, for `NODE_EXTRA_CA_CERTS`. */
  caCertificate: string;
  key: string;
  certificate: string;
};

const ONE_DAY_IN_MILLISECONDS = 86_400_000;

/**
 * A certificate authority for this start only, and a server certificate of it for `localhost` and whatever
 * further names are given.
 */
export const createLocalCertificates = async (
  now: Date,
  ...names: readonly string[]
): Promise<LocalCertificates> => {
  const validity = {
    notBeforeDate: new Date(now.getTime() - ONE_DAY_IN_MILLISECONDS),
    notAfterDate: new Date(now.getTime() + 30 * ONE_DAY_IN_MILLISECONDS),
    algorithm: 'sha256',
    keyType: 'ec',
    curve: 'P-256',
  } as const;
  const authority = await generate(
    [{ name: 'commonName', value: 'Understudy sandbox authority' }],
    {
      ...validity,
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      ],
    },
  );
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...validity,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          ...names.map((value) => ({ type: 2 as const, value })),
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { caCertificate: authority.cert, key: server.private, certificate: server.cert };
};
