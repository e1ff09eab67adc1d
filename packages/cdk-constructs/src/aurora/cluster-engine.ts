import { AuroraMysqlEngineVersion, AuroraPostgresEngineVersion, DatabaseClusterEngine } from 'aws-cdk-lib/aws-rds';
import type { IClusterEngine } from 'aws-cdk-lib/aws-rds';
import type { AuroraEngine } from './aurora-database.js';

/** Minor versions whose Data API runs on Serverless v2. */
const defaultVersions = { 16: '16.13', 17: '17.9', 18: '18.6' } as const;
const defaultMysqlVersion = '8.0.mysql_aurora.3.10.4';

/** Versions are free strings, so that a release of Aurora needs no release of the CDK. */
export function clusterEngine(engine: AuroraEngine, version?: string): IClusterEngine {
  if (engine.dialect === 'mysql') {
    return DatabaseClusterEngine.auroraMysql({ version: AuroraMysqlEngineVersion.of(version ?? defaultMysqlVersion, '8.0') });
  }
  return DatabaseClusterEngine.auroraPostgres({
    version: AuroraPostgresEngineVersion.of(version ?? defaultVersions[engine.majorVersion], String(engine.majorVersion)),
  });
}
