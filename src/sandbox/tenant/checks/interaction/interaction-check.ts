import type { TenantContext } from '../../context.ts';
import type { AuthenticationMethod } from '../../memory.ts';
import type { TenantClient, TenantUser } from '../../model.ts';
import type { Interaction } from './interaction.ts';

/** Somebody who is known, at a client, having proven themselves in some ways. */
export type SignOn = {
  context: TenantContext;
  client: TenantClient;
  user: TenantUser;
  methods: readonly AuthenticationMethod[];
};

/** One reason to ask the person for something. */
export type InteractionCheck = (signOn: SignOn) => Interaction | undefined;
