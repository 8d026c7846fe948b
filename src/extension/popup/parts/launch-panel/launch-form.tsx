import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CustomerDetails } from '../../../../contract/customer.ts';
import type { TargetAppId } from '../../../../contract/ids.ts';
import { inBackground } from '../../../in-background.ts';
import type { Snapshot } from '../../../messages/snapshot.ts';
import { message } from '../../../messages/texts/text.ts';
import { chosenHere } from '../../state/choose.ts';
import {
  focusChosenApp,
  focusFirstLacking,
  keepFieldInView,
} from '../../state/keyboard/focus-field.ts';
import { actionProblem } from '../../state/launch/launch-action.ts';
import { checkDraft } from '../../state/launch-panel/draft-check.ts';
import { launchDraft, launchSent } from '../../state/launch-panel/launch-draft.ts';
import {
  forgetOutlook,
  knownSessions,
  lookAhead,
  outlook,
  sessionsInTheWay,
} from '../../state/launch-panel/outlook.ts';
import { preselectApp, preselectOrganization } from '../../state/launch-panel/preselection.ts';
import { requirementsFor } from '../../state/launch-panel/requirements.ts';
import { changeDraft, chosenOpenIn, draft } from '../../state/state.ts';
import { ProblemCard } from '../problem-card.tsx';
import { AppChoice } from './app-choice.tsx';
import { LaunchOutlook } from './launch-outlook.tsx';
import { OpenInChoice } from './open-in-choice.tsx';
import { OrganizationChoice } from './organization-choice.tsx';
import { RecordFields } from './record-fields.tsx';

type Profile = NonNullable<Snapshot['profile']>;

/** The Enter that chose the customer must not launch too, however long it is held down. */
const ignoreHeldEnter = (event: KeyboardEvent): void => {
  if (event.key === 'Enter' && event.repeat) {
    event.preventDefault();
  }
};

/** The button that launches; where the customer is open in this app already, it is the second choice. */
const LaunchFoot = ({ isRefused }: { isRefused: boolean }) => {
  const isAgain = sessionsInTheWay().sameApp !== undefined;
  return (
    <footer class="panel-foot">
      <button
        id="act"
        type="submit"
        class={isAgain ? 'button act again' : 'button act'}
        aria-disabled={launchSent.value || isRefused}
      >
        {message(isAgain ? 'startAgain' : 'actAsCustomer')}
        {!isAgain && (
          <span class="key" aria-hidden="true">
            ↵
          </span>
        )}
      </button>
      <p class="hint">{message('onRecord')}</p>
    </footer>
  );
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
  const body = useRef<HTMLDivElement>(null);
  const { targetApps: apps, me } = profile;
  const app = apps.find(({ id }) => id === draft.value.targetAppId);
  const requirements = requirementsFor(me.policy, outlook.value);
  const lacking = checkDraft(draft.value, app, customer.organizations, requirements);
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
    if (!isLacking && chosenHere.value === customer.id) {
      focusChosenApp();
    }
    const growth = new ResizeObserver(keepFieldInView);
    if (body.current) {
      growth.observe(body.current);
    }
    return () => growth.disconnect();
  }, []);

  const openIn = chosenOpenIn(draft.value);
  const { targetAppId, organizationId } = draft.value;
  const canLookAhead = app !== undefined && lacking.organization === undefined;
  const described = [customer.id, targetAppId, organizationId, openIn, canLookAhead];
  // Before anything is drawn or pressed: the outlook of another launch is not this one's.
  useLayoutEffect(() => forgetOutlook, described);
  useEffect(() => {
    if (!canLookAhead) {
      return;
    }
    const looked = lookAhead({
      customerId: customer.id,
      targetAppId: app.id,
      openIn,
      ...(organizationId !== undefined && { organizationId }),
    });
    inBackground(looked, 'asking what a launch would meet');
  }, [...described, knownSessions()]);

  const isRefused = outlook.value?.preview?.refusal !== undefined;
  const submit = (): void => {
    setTried(true);
    if (Object.keys(lacking).length > 0) {
      focusFirstLacking(lacking);
    } else if (!isRefused) {
      inBackground(launchDraft(draft.value, outlook.value?.preview), 'launching');
    }
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
      <div ref={body} class="panel-body">
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
        {app && <LaunchOutlook app={app} customerId={customer.id} />}
        <RecordFields
          requirements={requirements}
          reasonError={shown.reason}
          ticketError={shown.ticket}
        />
        <OpenInChoice app={app} />
      </div>
      <LaunchFoot isRefused={isRefused} />
    </form>
  );
};
