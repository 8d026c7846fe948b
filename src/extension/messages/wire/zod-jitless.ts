import * as z from 'zod/mini';

// Compiled validators need `eval`, which the extension's content security policy forbids. Entry
// points import this module before any that makes a schema.
z.config({ jitless: true });
