/** Something that a person has to do on a page of the tenant before a client gets its answer. */
export type Interaction = 'multifactor' | 'consent';
