import { z } from 'zod';
import { AgentActionsError } from '../agent-actions-error.js';

/**
 * One session attribute that becomes a PostgreSQL setting of the transaction, for row-level security to read with
 * `current_setting('app.tenant_id')`. The setting must be of two parts, so that no server setting (`role`,
 * `search_path`, `statement_timeout`) can ever be declared.
 */
export const tenantSettingSchema = z.strictObject({
  attribute: z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/),
  setting: z.string().regex(/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)+$/),
  required: z.boolean().default(true),
  /** A regular expression that the whole value has to match. */
  pattern: z.string().default('[A-Za-z0-9_.:@-]{1,128}'),
});

/** How a tenant setting is written by people; see {@link TenantPolicy}. */
export type TenantSettingInput = z.input<typeof tenantSettingSchema>;

/** What a caller's attributes come to. */
export type TenantResolution =
  | { readonly ok: true; readonly tenant: Readonly<Record<string, string>>; readonly settings: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly attribute: string; readonly reason: string };

/** Which attributes of a session reach the database. */
export interface TenantPolicy {
  readonly attributes: readonly string[];
  resolve(attributes: Readonly<Record<string, string>>): TenantResolution;
}

/**
 * Compiles the declared tenant settings.
 * @throws AgentActionsError `invalid-configuration` when a declaration is malformed or a name is declared twice.
 */
export function createTenantPolicy(declarations: readonly TenantSettingInput[]): TenantPolicy {
  const parsed = z.array(tenantSettingSchema).safeParse(declarations);
  if (!parsed.success) throw new AgentActionsError('invalid-configuration', `The tenant settings are malformed: ${z.prettifyError(parsed.error)}`);
  const settings = parsed.data.map((declaration) => {
    try {
      return { ...declaration, expression: new RegExp(`^(?:${declaration.pattern})$`, 'u') };
    } catch (cause) {
      throw new AgentActionsError('invalid-configuration', `The pattern of the tenant attribute "${declaration.attribute}" is not a regular expression.`, { cause });
    }
  });
  for (const key of ['attribute', 'setting'] as const) {
    if (new Set(settings.map((setting) => setting[key])).size !== settings.length) {
      throw new AgentActionsError('invalid-configuration', `The tenant settings declare the same ${key} twice.`);
    }
  }
  return Object.freeze({
    attributes: settings.map((setting) => setting.attribute),
    resolve(attributes: Readonly<Record<string, string>>): TenantResolution {
      const tenant: Record<string, string> = {};
      const bound: Record<string, string> = {};
      for (const { attribute, setting, required, expression } of settings) {
        const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
        if (value === undefined || value === '') {
          if (required) return { ok: false, attribute, reason: `The session has no "${attribute}", which this data requires.` };
          // An optional setting is still bound, so that a value left over in the connection can never apply.
          bound[setting] = '';
          continue;
        }
        if (!expression.test(value)) return { ok: false, attribute, reason: `The session's "${attribute}" is not of the form this data requires.` };
        tenant[attribute] = value;
        bound[setting] = value;
      }
      return { ok: true, tenant, settings: bound };
    },
  });
}
