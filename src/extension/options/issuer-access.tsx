import { useEffect, useState } from 'preact/hooks';
import { hasAccess, needsHostPermissionForCalls, requestAccess } from '../browser/permissions.ts';
import { inBackground } from '../in-background.ts';
import { message } from '../messages/texts/text.ts';

/** Asks for access to the issuer where the browser needs that to exchange codes; nothing elsewhere. */
export const IssuerAccess = ({ issuer }: { issuer: string }) => {
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    if (!needsHostPermissionForCalls()) {
      return;
    }
    const seen = hasAccess({ origins: [issuer] }).then((granted) => setMissing(!granted));
    inBackground(seen, 'looking what is allowed');
  }, [issuer]);
  if (!missing) {
    return null;
  }
  return (
    <div class="issuer">
      <button
        type="button"
        class="button primary"
        onClick={() => {
          const asked = requestAccess({ origins: [issuer] }).then((granted) =>
            setMissing(!granted),
          );
          inBackground(asked, 'asking for access');
        }}
      >
        {message('allowIssuer', [new URL(issuer).host])}
      </button>
      <p class="hint">{message('allowIssuerWhy')}</p>
    </div>
  );
};
