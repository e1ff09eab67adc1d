import { Duration } from 'aws-cdk-lib';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import type { ScheduledIntrospection } from '../introspection/scheduled-introspection.js';
import { retainedLogGroup } from '../logging/retained-log-group.js';
import type { LogSettings } from '../logging/retained-log-group.js';
import { acknowledge } from '../validation/acknowledge.js';

export interface KnowledgeSyncProps {
  readonly knowledgeBaseId: string;
  readonly knowledgeBaseArn: string;
  readonly dataSourceId: string;
  readonly introspection: ScheduledIntrospection;
  readonly logs: LogSettings | undefined;
}

/**
 * Reads the documents into the knowledge base when the schema changed. A state machine and not a function: it has no
 * code to keep, and waits by itself while an earlier reading is under way, of which Bedrock takes one at a time.
 */
export class KnowledgeSync extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: KnowledgeSyncProps) {
    super(scope, id);
    const start = new CallAwsService(this, 'StartIngestion', {
      service: 'bedrockagent',
      action: 'startIngestionJob',
      iamAction: 'bedrock:StartIngestionJob',
      iamResources: [props.knowledgeBaseArn],
      parameters: { KnowledgeBaseId: props.knowledgeBaseId, DataSourceId: props.dataSourceId },
    });
    start.addRetry({ errors: ['BedrockAgent.ConflictException', 'BedrockAgent.ThrottlingException'], interval: Duration.seconds(60), maxAttempts: 5, backoffRate: 1.5 });
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      definitionBody: DefinitionBody.fromChainable(start),
      stateMachineType: StateMachineType.STANDARD,
      timeout: Duration.minutes(30),
      tracingEnabled: true,
      logs: { destination: retainedLogGroup(this, 'Logs', props.logs), level: LogLevel.ALL, includeExecutionData: false },
    });
    acknowledge(this.stateMachine, 'AwsSolutions-IAM5[Resource::*]', 'The delivery of logs and of X-Ray segments takes no resource.');
    props.introspection.onChange(`Sync${this.node.addr.slice(-8)}`, new SfnStateMachine(this.stateMachine, { retryAttempts: 3, deadLetterQueue: props.introspection.deadLetters }));
  }
}
