import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AgentActionsError } from '../agent-actions-error.js';
import { createTenantPolicy } from './tenant-policy.js';

const policy = createTenantPolicy([
  { attribute: 'tenantId', setting: 'app.tenant_id' },
  { attribute: 'region', setting: 'app.region', required: false, pattern: '[a-z]{2}' },
]);

describe('a tenant policy', () => {
  it('binds declared attributes and nothing else', () => {
    expect(policy.resolve({ tenantId: 't-1', region: 'eu', role: 'postgres', search_path: 'evil' })).toEqual({
      ok: true,
      tenant: { tenantId: 't-1', region: 'eu' },
      settings: { 'app.tenant_id': 't-1', 'app.region': 'eu' },
    });
  });

  it('clears an optional setting that the session does not have', () => {
    expect(policy.resolve({ tenantId: 't-1' })).toMatchObject({ ok: true, settings: { 'app.region': '' } });
  });

  it.each([
    ['missing', {}],
    ['empty', { tenantId: '' }],
    ['malformed', { tenantId: "1' OR true --" }],
    ['ending in a line break', { tenantId: 't-1\n' }],
    ['inherited only', Object.create({ tenantId: 't-1' }) as Record<string, string>],
  ])('refuses a session whose required attribute is %s', (_, attributes) => {
    expect(policy.resolve(attributes)).toMatchObject({ ok: false, attribute: 'tenantId' });
  });

  it.each(['role', 'search_path', 'statement_timeout', 'session_authorization', 'app.tenant id', 'APP.x', 'app.'])('cannot declare the setting %s', (setting) => {
    expect(() => createTenantPolicy([{ attribute: 'a', setting }])).toThrow(AgentActionsError);
  });

  it('refuses two declarations of one setting', () => {
    expect(() => createTenantPolicy([{ attribute: 'a', setting: 'app.x' }, { attribute: 'b', setting: 'app.x' }])).toThrow(/setting twice/);
  });

  it('never lets through a value with a quote, a space or a control character by default', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const resolved = policy.resolve({ tenantId: value });
        if (resolved.ok) expect(value).toMatch(/^[\w.:@-]{1,128}$/);
      }),
    );
  });
});
