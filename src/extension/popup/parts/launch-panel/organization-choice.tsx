import type { Organization } from '../../../../contract/customer.ts';
import type { OrganizationId } from '../../../../contract/ids.ts';
import type { TargetApp } from '../../../../contract/target-app.ts';
import { message } from '../../../messages/texts/text.ts';
import type { FieldError } from '../../state/launch-panel/draft-check.ts';
import { IsolatedText } from '../isolated-text.tsx';
import { ChoiceGroup } from './choice-group.tsx';

const NONE = '';

/** Which of the customer's own organizations, where the app uses them. */
export const OrganizationChoice = ({
  app,
  organizations,
  chosen,
  error,
  onChoose,
}: {
  app: TargetApp | undefined;
  organizations: readonly Organization[];
  chosen: string | undefined;
  error: FieldError | undefined;
  onChoose: (id: OrganizationId | undefined) => void;
}) => {
  if (!app || app.organizationUsage === 'deny') {
    return null;
  }
  if (app.organizationUsage === 'allow' && organizations.length === 0) {
    return null;
  }
  const none = { value: NONE, label: message('noOrganization') };
  return (
    <ChoiceGroup
      field="organization"
      legend={message('organization')}
      chosen={chosen ?? (app.organizationUsage === 'allow' ? NONE : undefined)}
      error={error}
      onChoose={(value) => onChoose(organizations.find(({ id }) => id === value)?.id)}
      choices={[
        ...(app.organizationUsage === 'allow' ? [none] : []),
        ...organizations.map(({ id, name, displayName }) => ({
          value: id,
          label: <IsolatedText text={displayName || name} />,
        })),
      ]}
    />
  );
};
