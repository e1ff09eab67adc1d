import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { ArtifactSource, AuditTrail, QueryActions, SqlAgent, SqlGateway, SqlGuardrail, accessOutputs, actionOutputs, agentOutputs, gatewayOutputs } from '@ask-aurora/cdk-constructs';
import type { QueryAccess } from '@ask-aurora/cdk-constructs';
import type { Construct } from 'constructs';
import type { AgentFront } from './agent-front.js';
import { bedrockModel } from './bedrock-model.js';

export interface BedrockAgentStackProps extends StackProps {
  readonly access: QueryAccess;
  readonly front: AgentFront;
  /** An inference profile, or a foundation model of the stack's region. */
  readonly modelId: string;
  /** The schema artifact that `ask-aurora introspect` wrote. */
  readonly schemaPath: string;
}

/** The agent: two functions over the database of another stack, and the front that calls them. */
export class BedrockAgentStack extends Stack {
  readonly actions: QueryActions;

  constructor(scope: Construct, id: string, props: BedrockAgentStackProps) {
    const { access, front, modelId, schemaPath, ...stackProps } = props;
    super(scope, id, { description: 'Ask Aurora: the actions and the agent', ...stackProps });
    const model = bedrockModel(modelId);
    this.actions = new QueryActions(this, 'Actions', { access, model, schema: ArtifactSource.fromFile(schemaPath) });
    this.#emit({ ...accessOutputs(access), ...actionOutputs(this.actions), Front: front });
    new AuditTrail(this, 'Audit', { actions: this.actions, dataEvents: { retention: Duration.days(30), removalPolicy: RemovalPolicy.DESTROY } });
    if (front === 'classic') {
      const agent = new SqlAgent(this, 'Agent', { actions: this.actions, model, guardrail: new SqlGuardrail(this, 'Guardrail') });
      this.#emit(agentOutputs(agent));
    }
    if (front === 'agentcore') this.#emit(gatewayOutputs(new SqlGateway(this, 'Gateway', { actions: this.actions, harness: { model } })));
  }

  #emit(outputs: Readonly<Record<string, string>>): void {
    for (const [key, value] of Object.entries(outputs)) new CfnOutput(this, key, { value });
  }
}
