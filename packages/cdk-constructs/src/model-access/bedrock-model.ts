import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { CdkConstructsError } from '../errors/cdk-constructs-error.js';
import { checkPrices } from './model-prices.js';
import type { ModelOptions, ModelPrices } from './model-prices.js';

/** Where the system-defined inference profiles of each geography may send a request. Pass `regions` where this is behind AWS. */
const destinations: Readonly<Record<string, readonly string[]>> = {
  us: ['us-east-1', 'us-east-2', 'us-west-2'],
  'us-gov': ['us-gov-east-1', 'us-gov-west-1'],
  eu: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'],
  apac: ['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1', 'ap-southeast-2'],
  jp: ['ap-northeast-1', 'ap-northeast-3'],
  au: ['ap-southeast-2', 'ap-southeast-4'],
  ca: ['ca-central-1', 'ca-west-1'],
};

export interface InferenceProfileOptions extends ModelOptions {
  /** Regions to which the profile may send a request. @default those of the geography that the id begins with */
  readonly regions?: readonly string[];
}

export interface ApplicationInferenceProfileOptions extends ModelOptions {
  /** Id of the foundation model that the profile was made for. */
  readonly modelId: string;
  /** Regions to which the profile may send a request. */
  readonly regions: readonly string[];
}

/**
 * A model on Bedrock and the narrowest rights that invoke it. Ids are free strings: models come faster than releases.
 */
export abstract class BedrockModel {
  /** A model invoked in the stack's own region, for example `amazon.nova-lite-v1:0`. */
  static foundationModel(modelId: string, options: ModelOptions = {}): BedrockModel {
    requireId(modelId);
    return new FoundationModel(modelId, options.prices);
  }

  /**
   * A system-defined profile that spreads requests over regions, for example `us.anthropic.claude-sonnet-4-6` or
   * `global.anthropic.claude-sonnet-4-6`.
   *
   * @throws CdkConstructsError `invalid-props` when the geography is unknown and no regions are given
   */
  static inferenceProfile(profileId: string, options: InferenceProfileOptions = {}): BedrockModel {
    requireId(profileId);
    const [geography = '', ...rest] = profileId.split('.');
    const modelId = rest.join('.');
    if (geography === 'global') return new GlobalInferenceProfile(profileId, modelId, options.prices);
    const regions = options.regions ?? destinations[geography];
    if (regions === undefined || regions.length === 0 || modelId === '') {
      throw new CdkConstructsError('invalid-props', `The regions of the inference profile ${profileId} are not known; pass regions.`);
    }
    return new InferenceProfile({ invocationId: profileId, modelId, regions, profileArn: null, prices: options.prices });
  }

  /** A profile of your own account, for cost allocation. */
  static applicationInferenceProfile(profileArn: string, options: ApplicationInferenceProfileOptions): BedrockModel {
    return new InferenceProfile({ invocationId: profileArn, modelId: options.modelId, regions: options.regions, profileArn, prices: options.prices });
  }

  /** What its tokens cost; null when nobody said. */
  readonly prices: ModelPrices | null;
  /** What the Bedrock API takes as `modelId`, and an agent as its foundation model. */
  readonly invocationId: string;

  constructor(invocationId: string, prices: ModelPrices | undefined) {
    checkPrices(invocationId, prices);
    this.invocationId = invocationId;
    this.prices = prices ?? null;
  }

  /** Leave to invoke this model, and nothing else. */
  abstract invokeStatements(scope: Construct): readonly PolicyStatement[];
}

const invoke = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

class FoundationModel extends BedrockModel {
  invokeStatements(scope: Construct): readonly PolicyStatement[] {
    return [new PolicyStatement({ actions: invoke, resources: [modelArn(scope, this.invocationId, Stack.of(scope).region)] })];
  }
}

/** The models behind a profile may be invoked through that profile only: the condition is what keeps the other ways shut. */
class InferenceProfile extends BedrockModel {
  readonly #modelId: string;
  readonly #regions: readonly string[];
  readonly #profileArn: string | null;

  constructor(profile: { readonly invocationId: string; readonly modelId: string; readonly regions: readonly string[]; readonly profileArn: string | null; readonly prices: ModelPrices | undefined }) {
    super(profile.invocationId, profile.prices);
    this.#modelId = profile.modelId;
    this.#regions = profile.regions;
    this.#profileArn = profile.profileArn;
  }

  invokeStatements(scope: Construct): readonly PolicyStatement[] {
    const profileArn = this.#profileArn ?? systemProfileArn(scope, this.invocationId);
    return [
      profileStatement(profileArn),
      new PolicyStatement({
        actions: invoke,
        resources: this.#regions.map((region) => modelArn(scope, this.#modelId, region)),
        conditions: { StringEquals: { 'bedrock:InferenceProfileArn': profileArn } },
      }),
    ];
  }
}

/** A global profile reaches the model under an ARN without a region as well as under the source region's. */
class GlobalInferenceProfile extends BedrockModel {
  readonly #modelId: string;

  constructor(profileId: string, modelId: string, prices: ModelPrices | undefined) {
    super(profileId, prices);
    this.#modelId = modelId;
  }

  invokeStatements(scope: Construct): readonly PolicyStatement[] {
    const profileArn = systemProfileArn(scope, this.invocationId);
    return [
      profileStatement(profileArn),
      new PolicyStatement({
        actions: invoke,
        resources: [modelArn(scope, this.#modelId, Stack.of(scope).region), modelArn(scope, this.#modelId, '')],
        conditions: { StringEquals: { 'bedrock:InferenceProfileArn': profileArn } },
      }),
    ];
  }
}

function profileStatement(profileArn: string): PolicyStatement {
  return new PolicyStatement({ actions: [...invoke, 'bedrock:GetInferenceProfile'], resources: [profileArn] });
}

function systemProfileArn(scope: Construct, profileId: string): string {
  return Stack.of(scope).formatArn({ service: 'bedrock', resource: 'inference-profile', resourceName: profileId, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
}

function modelArn(scope: Construct, modelId: string, region: string): string {
  return Stack.of(scope).formatArn({ service: 'bedrock', region, account: '', resource: 'foundation-model', resourceName: modelId, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
}

function requireId(id: string): void {
  if (Token.isUnresolved(id) || /^[a-zA-Z0-9.:_-]+$/.test(id)) return;
  throw new CdkConstructsError('invalid-props', `${JSON.stringify(id)} is not a model or profile id; for an application inference profile, pass its ARN to applicationInferenceProfile.`);
}
