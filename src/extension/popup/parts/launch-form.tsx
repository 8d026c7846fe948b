import { useLayoutEffect, useState } from 'preact/hooks';
import type { CustomerDetails } from '../../../contract/customer.ts';
import type { TargetAppId } from '../../../contract/ids.ts';
import type { Snapshot } from '../../messages/snapshot.ts';
import { message } from '../../messages/text.ts';
import { chosenHere } from '../state/choose.ts';
import { checkDraft } from '../state/draft-check.ts';
import { focusChosenApp, focusFirstLacking } from '../state/focus-field.ts';
import { actionProblem, launchDraft, launchSent } from '../state/launch-action.ts';
import { preselectApp, preselectOrganization } from '../state/preselection.ts';
import { changeDraft, draft } from '../state/state.ts';
import { AppChoice } from './app-choice.tsx';
import { EarlierSession } from './earlier-session.tsx';
import { OpenInChoice } from './open-in-choice.tsx';
import { OrganizationChoice } from './organization-choice.tsx';
import { ProblemCard } from './problem-card.tsx';
import { RecordFields } from './record-fields.tsx';

type Profile = NonNullable<Snapshot['profile']>;

/** The Enter that chose the customer must not launch too, however long it is held down. */
const ignoreHeldEnter = (event: KeyboardEvent): void => {
  if (event.key === 'Enter' && event.repeat) event.preventDefault();
};

/** What must be known before a launch; Enter anywhere in it launches. */
export const LaunchForm = ({
  customer,
  profile,
  rememberedApps,
}: {
  customer: CustomerDetails;
  profile: Profile;
  rememberedApps: readonly TargetAppId[];
}) => {
  const [tried, setTried] = useState(false);
  const { targetApps: apps, me } = profile;
  const app = apps.find(({ id }) => id === draft.value.targetAppId);
  const lacking = checkDraft(draft.value, app, customer.organizations, me.policy);
  const shown = tried ? lacking : {};

  const chooseApp = (id: TargetAppId | undefined): void => {
    const next = apps.find((other) => other.id === id);
    const organizationId = preselectOrganization(next, customer, draft.value.organizationId);
    changeDraft({ targetAppId: id, organizationId });
  };

  useLayoutEffect(() => {
    chooseApp(preselectApp(apps, customer, draft.value.targetAppId, rememberedApps));
    const chosen = apps.find(({ id }) => id === draft.value.targetAppId);
    const isLacking = focusFirstLacking(
      checkDraft(draft.value, chosen, customer.organizations, me.policy),
    );
    if (!isLacking && chosenHere.value === customer.id) focusChosenApp();
  }, []);

  const submit = (): void => {
    setTried(true);
    if (Object.keys(lacking).length > 0) focusFirstLacking(lacking);
    else void launchDraft();
  };

  return (
    <form
      noValidate
      onKeyDown={ignoreHeldEnter}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div class="panel-body">
        {actionProblem.value && (
          <div ref={(element) => element?.scrollIntoView({ block: 'nearest' })}>
            <ProblemCard problem={actionProblem.value} />
          </div>
        )}
        <AppChoice
          apps={apps}
          customer={customer}
          chosen={draft.value.targetAppId}
          error={shown['target-app']}
          onChoose={chooseApp}
        />
        <OrganizationChoice
          app={app}
          organizations={customer.organizations}
          chosen={draft.value.organizationId}
          error={shown.organization}
          onChoose={(organizationId) => changeDraft({ organizationId })}
        />
        <EarlierSession app={app} />
        <RecordFields
          requirements={me.policy}
          reasonError={shown.reason}
          ticketError={shown.ticket}
        />
        <OpenInChoice app={app} />
      </div>
      <footer class="panel-foot">
        <button id="act" type="submit" class="button act" aria-disabled={launchSent.value}>
          {message('actAsCustomer')}
          <span class="key" aria-hidden="true">
            ↵
          </span>
        </button>
        <p class="hint">{message('onRecord')}</p>
      </footer>
    </form>
  );
};
