import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { storedValue } from '../../../../../src/extension/background/storage/stored-value.ts';
import { memoryArea } from '../fakes.ts';

const schema = z.object({ name: z.string() });

test('a stored value is what was written last', async () => {
  const stored = storedValue(memoryArea(), 'who', schema);
  expect(await stored.read()).toBeUndefined();
  await stored.write({ name: 'Mara' });
  expect(await stored.read()).toEqual({ name: 'Mara' });
  await stored.write({ name: 'Nora' });
  expect(await stored.read()).toEqual({ name: 'Nora' });
  await stored.forget();
  expect(await stored.read()).toBeUndefined();
});

test('a stored value that another version wrote counts as none, whatever was read before', async () => {
  const area = memoryArea();
  const stored = storedValue(area, 'who', schema);
  await stored.write({ name: 'Mara' });
  await stored.read();
  await area.set('who', { title: 'Mara' });
  expect(await stored.read()).toBeUndefined();
});

test('a stored value is checked once as long as the area gives the same one', async () => {
  let checks = 0;
  const counting = z.string().check(
    z.refine(() => {
      checks += 1;
      return true;
    }),
  );
  const area = memoryArea();
  const stored = storedValue(area, 'who', counting);
  await stored.write('Mara');
  await stored.read();
  await stored.read();
  expect(checks).toBe(1);
  await stored.write('Nora');
  await stored.read();
  expect(checks).toBe(2);
});
