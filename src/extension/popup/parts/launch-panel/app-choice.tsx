import type { CustomerDetails } from '../../../../contract/customer.ts';
import type { TargetAppId } from '../../../../contract/ids.ts';
import type { TargetApp } from '../../../../contract/target-app.ts';
import { message } from '../../../messages/texts/text.ts';
import type { FieldError } from '../../state/launch-panel/draft-check.ts';
import { isReachable } from '../../state/launch-panel/preselection.ts';
import { AppTile } from '../app-tile.tsx';
import { IsolatedText } from '../isolated-text.tsx';
import { Notice } from '../notice.tsx';
import { ChoiceGroup } from './choice-group.tsx';

/** Which app to open as the customer; those that they cannot reach are shown with the reason. */
export const AppChoice = ({
  apps,
  customer,
  chosen,
  error,
  onChoose,
}: {
  apps: readonly TargetApp[];
  customer: CustomerDetails;
  chosen: string | undefined;
  error: FieldError | undefined;
  onChoose: (id: TargetAppId) => void;
}) => {
  const open = apps.filter(({ ways }) => ways.includes('delegation'));
  if (open.length === 0) {
    return <Notice text={message('noApps')} />;
  }
  const reachable = open.filter((app) => isReachable(app, customer));
  return (
    <>
      {reachable.length === 0 && <Notice text={message('noReachableApp')} />}
      <ChoiceGroup
        field="target-app"
        legend={message('targetApp')}
        chosen={chosen}
        error={error}
        onChoose={(value) => {
          const app = reachable.find(({ id }) => id === value);
          if (app) {
            onChoose(app.id);
          }
        }}
        choices={open.map((app) => ({
          value: app.id,
          label: (
            <>
              <AppTile name={app.name} />
              <IsolatedText text={app.name} />
            </>
          ),
          disabled: !reachable.includes(app),
          note: reachable.includes(app) ? undefined : message('appUnreachable'),
        }))}
      />
    </>
  );
};
