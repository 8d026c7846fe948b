import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Customer, CustomerDetails } from '../../../contract/customer.ts';
import type { CustomerId } from '../../../contract/ids.ts';
import { inBackground } from '../../in-background.ts';
import type { getCustomer } from '../../messages/customers/get-customer.ts';
import type { reloadProfile } from '../../messages/sign-in/reload-profile.ts';
import { message } from '../../messages/texts/text.ts';
import { ask } from '../../messages/wire/ask.ts';
import type { Outcome } from '../../messages/wire/outcome.ts';
import { CustomerLines } from '../parts/customers/customer-lines.tsx';
import { BackIcon, LockIcon } from '../parts/icons.tsx';
import { LaunchForm } from '../parts/launch-panel/launch-form.tsx';
import { ProblemCard } from '../parts/problem-card.tsx';
import { unchoose } from '../state/choose.ts';
import { search } from '../state/search.ts';
import { snapshot } from '../state/state.ts';

const ProtectedNotice = () => (
  <section class="problem protected" role="alert">
    <h2>
      <LockIcon />
      {message('protectedTitle')}
    </h2>
    <p>{message('protectedText')}</p>
    <p>
      <strong>{message('whatToDo')}: </strong>
      {message('protectedAction')}
    </p>
  </section>
);

/** What is known about a customer before the backend told more. */
const knownCustomer = (id: CustomerId): Customer | undefined =>
  [
    ...(search.value.found?.customers ?? []),
    ...(snapshot.value?.draftCustomer ? [snapshot.value.draftCustomer] : []),
    ...(snapshot.value?.recents ?? []).flatMap(({ customer }) => (customer ? [customer] : [])),
  ].find((customer) => customer.id === id);

const PanelContent = ({
  details,
  isProtected,
  onRetry,
}: {
  details: Outcome<CustomerDetails> | undefined;
  isProtected: boolean;
  onRetry: () => void;
}) => {
  const profile = snapshot.value?.profile;
  const profileProblem = snapshot.value?.profileProblem;
  if (isProtected) {
    return <ProtectedNotice />;
  }
  if (details && !details.ok) {
    return <ProblemCard problem={details.problem} onRetry={onRetry} />;
  }
  if (!profile && profileProblem) {
    return (
      <ProblemCard
        problem={profileProblem}
        onRetry={() => void ask<typeof reloadProfile>('reload_profile', {})}
      />
    );
  }
  if (!details || !profile) {
    return (
      <div class="skeleton panel-body" aria-hidden="true">
        <div class="skeleton-row" />
        <div class="skeleton-row" />
      </div>
    );
  }
  const remembered = (snapshot.value?.recents ?? [])
    .filter(({ customerId }) => customerId === details.value.id)
    .map(({ targetAppId }) => targetAppId);
  return <LaunchForm customer={details.value} profile={profile} rememberedApps={remembered} />;
};

/** A chosen customer, as the backend resolved them, and what is needed to act as them. */
export const LaunchPanel = ({ customerId }: { customerId: CustomerId }) => {
  const [details, setDetails] = useState<Outcome<CustomerDetails> | undefined>(undefined);
  const top = useRef<HTMLHeadingElement>(null);
  const loadDetails = async (): Promise<void> => {
    setDetails(undefined);
    setDetails(await ask<typeof getCustomer>('get_customer', { customerId }));
  };
  useLayoutEffect(() => {
    top.current?.focus();
    inBackground(loadDetails(), 'reading a customer');
  }, [customerId]);

  const customer = details?.ok ? details.value : knownCustomer(customerId);
  return (
    <article class="panel">
      <div class="panel-head">
        <button
          type="button"
          class="icon-button"
          aria-label={message('backToSearch')}
          title={message('backToSearch')}
          onClick={unchoose}
        >
          <BackIcon />
        </button>
        <h2 ref={top} tabIndex={-1} class="panel-customer">
          {customer ? (
            <CustomerLines
              customer={customer}
              organizations={details?.ok ? details.value.organizations : []}
            />
          ) : (
            message('loading')
          )}
        </h2>
      </div>
      <PanelContent
        details={details}
        isProtected={customer?.protected === true}
        onRetry={() => void loadDetails()}
      />
    </article>
  );
};
