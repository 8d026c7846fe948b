import type { TenantUser } from '../tenant/model.ts';
import { makeUser } from './make-user.ts';

const member = (name: string, email: string): TenantUser =>
  makeUser({ name, email, connection: 'staff', provider: 'auth0' });

/** Who works here: an agent, a supervisor, and a trainee who may sign in and nothing else. */
export const seedStaff = () => ({
  agent: member('Sam Rivera', 'sam.rivera@understudy.example'),
  supervisor: member('Priya Raman', 'priya.raman@understudy.example'),
  trainee: member('Theo Blanchard', 'theo.blanchard@understudy.example'),
});
