import type { TenantContext } from '../../context.ts';
import type { AuthenticationMethod } from '../../memory.ts';
import type { TenantClient, TenantUser } from '../../model.ts';

/** Something that a person has to do on a page of the tenant before a client gets its answer. */
export type Interaction = 'multifactor' | 'consent';

/** Somebody who is known, at a client, having proven themselves in some ways. */
export type SignOn = {
  context: TenantContext;
  client: TenantClient;
  user: TenantUser;
  methods: readonly AuthenticationMethod[];
};

/** One reason to ask the person for something. */
export type InteractionCheck = (signOn: SignOn) => Interaction | undefined;
