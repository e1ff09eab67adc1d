import { createGuard, parsePolicy, policyFromSchema, type Guard, type GuardPolicyInput } from '@ask-aurora/sql-guard';
import type { SchemaArtifact } from '@ask-aurora/nl2sql';
import type { DocumentSource } from './s3-document.js';

/** A guard that follows its policy. */
export interface GuardSource {
  /** The guard for the newest policy; the same object as long as that stays the same. */
  load(): Promise<Guard>;
}

/** Where the policy comes from: itself, or made from the schema. */
export interface PolicyPlaces {
  readonly inline: unknown;
  readonly document: DocumentSource<GuardPolicyInput> | undefined;
  readonly schema: DocumentSource<SchemaArtifact> | undefined;
}

/** Makes guards, one for each version of the policy. */
export function createGuardSource(places: PolicyPlaces, version: 16 | 17 | 18): GuardSource {
  const inline = places.inline === undefined ? undefined : parsePolicy(places.inline);
  let made: { readonly from: unknown; readonly guard: Promise<Guard> } | undefined;
  return {
    async load() {
      const from = inline ?? (await places.document?.load()) ?? (await places.schema?.load());
      if (made?.from !== from || made === undefined) {
        const policy = from !== undefined && 'relations' in from ? policyFromSchema(from) : (from as GuardPolicyInput);
        const guard = createGuard({ version, policy });
        made = { from, guard };
        guard.catch(() => (made = undefined));
      }
      return made.guard;
    },
  };
}
