import { describe, expect, test } from 'vitest';
import type { LaunchState } from '../../../src/contract/launch-state.ts';
import {
  ACTIVE_STATES,
  addsNothing,
  CONFIRMABLE_STATES,
  ENDABLE_STATES,
  LAUNCH_TRANSITIONS,
  type LaunchTransitionEvent,
  sourcesOf,
  stateAfter,
  transitionsOf,
} from '../../../src/contract/launch-transitions.ts';

describe('the states of a launch', () => {
  test('a launch that goes well is requested, issued, opened, landed, confirmed and ended', () => {
    const events: LaunchTransitionEvent[] = ['issued', 'opened', 'landed', 'confirmed', 'ended'];
    const seen: (LaunchState | undefined)[] = [];
    let state: LaunchState | undefined = 'requested';
    for (const event of events) {
      state = state && stateAfter(state, event);
      seen.push(state);
    }
    expect(seen).toEqual(['issued', 'opened', 'landed', 'confirmed', 'ended']);
  });

  test('nothing but a found session happens to a launch that ended or failed, and it stays over', () => {
    expect(LAUNCH_TRANSITIONS.ended).toEqual({ session_found: 'ended' });
    expect(LAUNCH_TRANSITIONS.failed).toEqual({ session_found: 'failed' });
    expect(LAUNCH_TRANSITIONS.refused).toEqual({});
  });

  test('the active states are those between the token and the end', () => {
    expect(ACTIVE_STATES).toEqual(['issued', 'opened', 'landed', 'unconfirmed', 'confirmed']);
  });

  test('a session can be ended wherever one may exist', () => {
    expect(ENDABLE_STATES.toSorted()).toEqual([
      'confirmed',
      'interrupted',
      'issued',
      'landed',
      'not_landed',
      'opened',
      'unconfirmed',
    ]);
  });

  test('the tenant can confirm whatever had a token and is not over', () => {
    expect(CONFIRMABLE_STATES.toSorted()).toEqual([
      'interrupted',
      'issued',
      'landed',
      'not_landed',
      'opened',
      'unconfirmed',
    ]);
  });

  test('a found session is recorded wherever there was an intent', () => {
    expect(sourcesOf('session_found')).toHaveLength(10);
    expect(sourcesOf('session_found')).not.toContain('refused');
  });

  test('an agent who says that it worked does not undo that the tenant showed nothing', () => {
    expect(transitionsOf('landed')).toEqual({
      issued: 'landed',
      opened: 'landed',
      not_landed: 'landed',
      interrupted: 'landed',
      unconfirmed: 'unconfirmed',
    });
  });
});

describe('what an event adds nothing to', () => {
  test.each<[LaunchTransitionEvent, LaunchState[]]>([
    ['opened', ['opened', 'landed', 'unconfirmed', 'confirmed']],
    ['landed', ['landed', 'confirmed']],
    ['not_landed', ['not_landed']],
    ['ended', ['ended']],
    ['confirmed', ['confirmed']],
  ])('%s adds nothing to a launch that is %s', (event, states) => {
    const all = Object.keys(LAUNCH_TRANSITIONS) as LaunchState[];
    expect(all.filter((state) => addsNothing(state, event)).toSorted()).toEqual(states.toSorted());
  });
});
