import type { Description } from '../description/describe.ts';

const secretsText = ({ clients, managementKeys }: Description): string =>
  managementKeys
    ? `Auth0 shows the secret of ${clients.requesting.name} in the dashboard (Applications → … → Settings). Put it into
\`understudy.secrets.env\` as \`UNDERSTUDY_CLIENT_SECRET\`. ${clients.management.name} has no secret, but a key, whose
private half is in that file already.`
    : `Auth0 shows the secrets of ${clients.requesting.name} and ${clients.management.name} in the dashboard
(Applications → … → Settings). Put them into \`understudy.secrets.env\` as \`UNDERSTUDY_CLIENT_SECRET\` and
\`UNDERSTUDY_MANAGEMENT_CLIENT_SECRET\`.`;

const common = (description: Description): string => `
Then, once:

\`\`\`sh
npm run setup -- --adopt
\`\`\`

It finds what was made here by these very names, shows their ids, and asks. What is left is done by it: connections
and organizations where the files leave them out, the backend's \`understudy.json\`, and a place for the secrets. What
it adopted, \`--remove\` leaves alone: it is this folder's.

${secretsText(description)} Nothing secret is in this folder: a key in it is a public one.
`;

/** What the folder for auth0-deploy-cli says about itself. */
export const deployCliReadme = (
  description: Description,
): string => `# Understudy's tenant, for auth0-deploy-cli

Written by \`npm run setup -- --out deploy-cli\`; write it again before each import. It was merged with the bindings and
the apps' settings that the tenant had then, because the tool replaces them as a whole: what somebody adds in between is
taken away by an old file.

\`\`\`sh
a0deploy import -c config.json -i 1-applications.yaml
REQUESTING_CLIENT_ID=… EXTENSION_CLIENT_ID=… a0deploy import -c config.json -i 2-actions.yaml
\`\`\`

The two ids are those of the applications "${description.clients.requesting.name}" and
"${description.clients.extension.name}", which the first import makes; the Actions need them as secrets. Give the tool
\`AUTH0_CLIENT_ID\` and \`AUTH0_CLIENT_SECRET\`, or \`AUTH0_ACCESS_TOKEN\`, in the environment.

Clients of connections and connections of organizations are not in it: the tool takes away whatever it does not list.
${common(description)}`;

/** What the Terraform module says about itself. */
export const terraformReadme = (
  description: Description,
): string => `# Understudy's tenant, as a Terraform module

Written by \`npm run setup -- --out terraform\`, for the provider auth0/auth0 from 1.55 on.

\`\`\`sh
terraform init && terraform plan
\`\`\`

Bindings and connections are additive resources: applying and destroying the module leaves everybody else's alone.
\`targets.tf\` imports each app and sets its \`session_transfer\` only: everything else of it is in \`ignore_changes\`, and
\`prevent_destroy\` keeps it. An app that is in a Terraform state already goes out of \`targets.tf\`; its own resource gets
the block. Before you destroy the module, let the apps go: \`terraform state rm\` for each \`auth0_client.target_…\`.

The provider does not know the throttling of token exchanges; \`npm run doctor\` says whether it is on.
${common(description)}`;
