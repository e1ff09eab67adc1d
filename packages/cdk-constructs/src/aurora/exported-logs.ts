import { Names } from 'aws-cdk-lib';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { retainedLogGroup } from '../logging/retained-log-group.js';
import type { LogSettings } from '../logging/retained-log-group.js';
import type { AuroraEngine } from './aurora-database.js';

/**
 * The log groups that RDS writes a cluster's logs to. RDS makes them by itself where they are missing, without an end
 * and without your key, so they have to be there first; their names hold the cluster's, which therefore has to be known.
 */
export class ExportedLogs extends Construct {
  readonly clusterIdentifier: string;
  /** What the cluster is told to export. */
  readonly types: readonly string[];
  readonly groups: readonly LogGroup[];

  constructor(scope: Construct, id: string, engine: AuroraEngine, settings?: LogSettings) {
    super(scope, id);
    this.clusterIdentifier = Names.uniqueResourceName(scope, { maxLength: 60, separator: '-' }).toLowerCase();
    this.types = engine.dialect === 'postgresql' ? ['postgresql'] : ['error', 'audit', 'slowquery'];
    this.groups = this.types.map((type) => retainedLogGroup(this, type, settings, `/aws/rds/cluster/${this.clusterIdentifier}/${type}`));
  }
}
