import { Aws, Lazy, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnGuardrail, CfnGuardrailVersion } from 'aws-cdk-lib/aws-bedrock';
import type { CfnGuardrailProps } from 'aws-cdk-lib/aws-bedrock';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { contentHash } from '../content/content-hash.js';
import { PropsCheck } from '../props/props-check.js';

/** Something the agent must not talk about. */
export interface DeniedTopic {
  /** Up to 100 characters. */
  readonly name: string;
  /** What the topic is, in up to 200 characters (1,000 in the standard tier). */
  readonly definition: string;
  /** Up to five, of up to 100 characters each. @default none */
  readonly examples?: readonly string[];
}

export type FilterStrength = 'NONE' | 'LOW' | 'MEDIUM' | 'HIGH';

/** What Bedrock does with personal data of one kind, for example `EMAIL` or `US_SOCIAL_SECURITY_NUMBER`. */
export interface PersonalData {
  readonly type: string;
  readonly action: 'BLOCK' | 'ANONYMIZE';
}

export interface GuardrailMessages {
  /** Up to 500 characters. */
  readonly blockedInput?: string;
  /** Up to 500 characters. */
  readonly blockedOutput?: string;
}

export interface SqlGuardrailProps {
  /** @default a topic that covers requests to change data, schema or rights */
  readonly deniedTopics?: readonly DeniedTopic[];
  /** Up to 10,000 exact words or phrases of up to 100 characters each. @default none */
  readonly blockedWords?: readonly string[];
  /** Prompt attacks in the question. @default HIGH */
  readonly promptAttack?: FilterStrength;
  /** @default none, because a denial by kind would also hit the names that questions are about */
  readonly personalData?: readonly PersonalData[];
  /** The id of a guardrail profile that spreads the checks over regions, for example `us.guardrail.v1:0`, with its regions. @default none */
  readonly crossRegion?: { readonly profileId: string; readonly regions: readonly string[] };
  readonly messages?: GuardrailMessages;
  /** @default a key of AWS */
  readonly encryptionKey?: IKey;
}

/** Requests to change something. Written for the words people use, not for SQL: SQL is what the parser decides about. */
const changeTopic: DeniedTopic = {
  name: 'Changing-the-database',
  definition: 'Requests to add, change, delete, restore or import records, to alter tables, users, passwords or permissions, or to run administrative commands on a database.',
  examples: [
    'Delete every order of last year.',
    'Set the salary of employee 12 to 90000.',
    'Add a new student to the physics course.',
    'Drop the customers table.',
    'Give me write access to the database.',
  ],
};

const defaultMessages = {
  blockedInput: 'I can only read and report data. I cannot help with this request.',
  blockedOutput: 'I cannot show this answer.',
};

/**
 * A Bedrock guardrail for an agent that only reads, with a version that follows its content: the version is replaced
 * when a filter changes, the old one is kept for who still uses it, and nothing moves when nothing changed.
 *
 * It is the outermost and weakest wall, made of a model's judgement. What holds is the SQL guard and the role.
 */
export class SqlGuardrail extends Construct {
  readonly guardrailId: string;
  readonly guardrailArn: string;
  readonly guardrailVersion: string;
  readonly #guardrail: CfnGuardrail;
  readonly #crossRegion: SqlGuardrailProps['crossRegion'];
  readonly #key: IKey | undefined;

  constructor(scope: Construct, id: string, props: SqlGuardrailProps = {}) {
    super(scope, id);
    checkProps(this, props);
    this.#crossRegion = props.crossRegion;
    this.#key = props.encryptionKey;
    this.#guardrail = new CfnGuardrail(this, 'Guardrail', {
      name: Names.uniqueResourceName(this, { maxLength: 50, separator: '-' }),
      description: 'Keeps a read-only database agent to reading',
      blockedInputMessaging: props.messages?.blockedInput ?? defaultMessages.blockedInput,
      blockedOutputsMessaging: props.messages?.blockedOutput ?? defaultMessages.blockedOutput,
      ...filters(props),
      ...(props.crossRegion === undefined ? {} : { crossRegionConfig: { guardrailProfileArn: profileArn(this, props.crossRegion.profileId, Aws.REGION) } }),
      ...(props.encryptionKey === undefined ? {} : { kmsKeyArn: props.encryptionKey.keyArn }),
    });
    const version = new CfnGuardrailVersion(this, 'Version', {
      guardrailIdentifier: this.#guardrail.attrGuardrailId,
      description: Lazy.string({ produce: () => `content ${this.contentHash}` }),
    });
    // A changed description replaces the version; an agent that is rolled back still finds the one it names. Deleting
    // the guardrail itself deletes its versions, so that nothing is left behind by the stack.
    version.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.guardrailId = this.#guardrail.attrGuardrailId;
    this.guardrailArn = this.#guardrail.attrGuardrailArn;
    this.guardrailVersion = version.attrVersion;
  }

  /** Changes with whatever the guardrail does, and with nothing else. Known at synthesis, not before. */
  get contentHash(): string {
    return contentHash(Stack.of(this).resolve((this.#guardrail as unknown as { cfnProperties: unknown }).cfnProperties));
  }

  /** Leave to have this guardrail checked, in the regions it may be sent to. */
  grantApply(grantee: IGrantable): Grant {
    const profiles = this.#crossRegion === undefined ? [] : [this.#crossRegion].flatMap(({ profileId, regions }) => regions.map((region) => profileArn(this, profileId, region)));
    const grant = Grant.addToPrincipal({ grantee, actions: ['bedrock:ApplyGuardrail'], resourceArns: [this.guardrailArn, ...profiles] });
    return this.#key === undefined ? grant : grant.combine(this.#key.grantDecrypt(grantee));
  }

  /** Checks that ended in an intervention. */
  metricInterventions(options?: MetricOptions): Metric {
    return this.#metric('InvocationsIntervened', options);
  }

  metricInvocations(options?: MetricOptions): Metric {
    return this.#metric('Invocations', options);
  }

  #metric(metricName: string, options?: MetricOptions): Metric {
    return new Metric({
      namespace: 'AWS/Bedrock/Guardrails', metricName, statistic: 'Sum',
      dimensionsMap: { Operation: 'ApplyGuardrail', GuardrailArn: this.guardrailArn, GuardrailVersion: this.guardrailVersion },
      ...options,
    }).attachTo(this);
  }
}

function filters(props: SqlGuardrailProps): Pick<CfnGuardrailProps, 'topicPolicyConfig' | 'wordPolicyConfig' | 'contentPolicyConfig' | 'sensitiveInformationPolicyConfig'> {
  const topics = props.deniedTopics ?? [changeTopic];
  const words = props.blockedWords ?? [];
  const personal = props.personalData ?? [];
  const promptAttack = props.promptAttack ?? 'HIGH';
  return {
    ...(topics.length === 0 ? {} : { topicPolicyConfig: { topicsConfig: topics.map((topic) => ({ name: topic.name, definition: topic.definition, examples: [...(topic.examples ?? [])], type: 'DENY' })) } }),
    ...(words.length === 0 ? {} : { wordPolicyConfig: { wordsConfig: words.map((text) => ({ text })) } }),
    // A prompt attack can only be in what is asked, so Bedrock takes no other output strength.
    ...(promptAttack === 'NONE' ? {} : { contentPolicyConfig: { filtersConfig: [{ type: 'PROMPT_ATTACK', inputStrength: promptAttack, outputStrength: 'NONE' }] } }),
    ...(personal.length === 0 ? {} : { sensitiveInformationPolicyConfig: { piiEntitiesConfig: personal.map(({ type, action }) => ({ type, action })) } }),
  };
}

function profileArn(scope: Construct, profileId: string, region: string): string {
  return Stack.of(scope).formatArn({ service: 'bedrock', region, resource: 'guardrail-profile', resourceName: profileId });
}

function checkProps(scope: Construct, props: SqlGuardrailProps): void {
  const check = new PropsCheck(scope)
    .count('deniedTopics', props.deniedTopics, { min: 0, max: 30 })
    .count('blockedWords', props.blockedWords, { min: 0, max: 10_000 })
    .count('crossRegion.regions', props.crossRegion?.regions, { min: 1, max: 30 })
    .text('messages.blockedInput', props.messages?.blockedInput, { min: 1, max: 500 })
    .text('messages.blockedOutput', props.messages?.blockedOutput, { min: 1, max: 500 });
  for (const topic of props.deniedTopics ?? []) {
    check
      .text('deniedTopics[].name', topic.name, { min: 1, max: 100, pattern: /^[0-9a-zA-Z\-_ !?.]+$/, form: 'letters, digits and -_ !?.' })
      .text('deniedTopics[].definition', topic.definition, { min: 1, max: 200 })
      .count('deniedTopics[].examples', topic.examples, { min: 0, max: 5 });
    for (const example of topic.examples ?? []) check.text('deniedTopics[].examples[]', example, { min: 1, max: 100 });
  }
  for (const word of props.blockedWords ?? []) check.text('blockedWords[]', word, { min: 1, max: 100 });
  const nothing = [props.deniedTopics?.length, props.blockedWords?.length ?? 0, props.personalData?.length ?? 0].every((count) => count === 0) && props.promptAttack === 'NONE';
  check.require(!nothing, 'a guardrail needs at least one filter').done();
}
