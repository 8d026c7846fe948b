import { it } from 'vitest';
import { expectDiagnosis, OTHER_CAUSES } from './diagnosed-launches.ts';

it.each(OTHER_CAUSES)(
  'a launch that does not land for another cause is diagnosed in the popup as $cause when $what',
  expectDiagnosis,
);
