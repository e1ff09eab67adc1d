import { CfnOutput, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { ReadOnlyAurora, accessOutputs, adminOutputs } from '@ask-aurora/cdk-constructs';
import type { ReadOnlyRole } from '@ask-aurora/cdk-constructs';
import type { Construct } from 'constructs';

/** The schemas of the university sample. */
const schemas = ['academics', 'staff', 'facilities', 'research'];

/** The database: a cluster that sleeps when nobody asks, and the role that the agent logs in with. */
export class RDSAuroraStack extends Stack {
  readonly aurora: ReadOnlyAurora;
  readonly role: ReadOnlyRole;

  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, { description: 'Ask Aurora: the sample database and its read-only role', ...props });
    this.aurora = new ReadOnlyAurora(this, 'Database', {
      databaseName: 'university',
      capacity: { min: 0, max: 2, pauseAfter: Duration.minutes(10) },
      // A demonstration is thrown away whole: its data can be seeded again at any time.
      protection: { removalPolicy: RemovalPolicy.DESTROY, backupRetention: Duration.days(1) },
    });
    Validations.of(this.aurora.cluster).acknowledge({ id: 'AwsSolutions-RDS10', reason: 'The demonstration is destroyed with one command; its data is a sample.' });
    this.role = this.aurora.addReadOnlyRole('ReadOnlyRole', { schemas, lifecycle: { removalPolicy: RemovalPolicy.DESTROY } });
    for (const [key, value] of Object.entries({ ...accessOutputs(this.role), ...adminOutputs(this.aurora) })) new CfnOutput(this, key, { value });
  }
}
