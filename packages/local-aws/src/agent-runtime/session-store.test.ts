import type { ModelMessage } from '@ask-aurora/nl2sql';
import { describe, expect, it } from 'vitest';
import { createSessionStore } from './session-store.js';

const said = (role: 'user' | 'assistant', text: string): ModelMessage => ({ role, content: [{ type: 'text', text }] });

describe('the sessions of an agent', () => {
  it('begin anew after so much silence', () => {
    let at = 0;
    const store = createSessionStore(1_000, () => at);
    store.open('a').messages = [said('user', 'x')];
    at = 1_000;
    expect(store.open('a').messages).toHaveLength(1);
    at = 2_001;
    expect(store.open('a').messages).toHaveLength(0);
  });

  it('are forgotten when idle, and never more than there is room for', () => {
    let at = 0;
    const store = createSessionStore(1_000, () => at, 3);
    for (const id of ['a', 'b', 'c', 'd']) store.open(id);
    expect(store.size).toBe(3);
    at = 5_000;
    store.open('e');
    expect(store.size).toBe(1);
  });

  it('keep the newest turns whole', () => {
    const store = createSessionStore(1_000, () => 0);
    const use: ModelMessage = { role: 'assistant', content: [{ type: 'tool-use', id: '1', name: 't', input: {} }] };
    const result: ModelMessage = { role: 'user', content: [{ type: 'tool-result', toolUseId: '1', text: 'r' }] };
    store.open('a').messages = Array.from({ length: 20 }, (_, turn) => [said('user', `question ${turn}`), use, result, said('assistant', 'answer')]).flat();
    const kept = store.open('a').messages;
    expect(kept.length).toBeLessThanOrEqual(40);
    expect(kept[0]).toMatchObject({ role: 'user', content: [{ type: 'text' }] });
    expect(kept.at(-1)).toEqual(said('assistant', 'answer'));
  });
});
