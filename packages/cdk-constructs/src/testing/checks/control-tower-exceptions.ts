import type { ControlFinding } from './control-tower-check.js';

/** A finding that stands, and why. */
interface Exception {
  readonly rule: string;
  /** Of `stack/logicalId`. */
  readonly resources: RegExp;
  readonly reason: string;
}

const byDefault = /^(Database|Agents|Mysql)\//;

/**
 * What is left of Control Tower's rules. These are no acknowledgements of the constructs' own: a company that enforces
 * a control has it refuse the deployment, so a silence at synthesis would only hide it until then.
 */
export const controlTowerExceptions: readonly Exception[] = [
  { rule: 'cloudwatch_log_group_encrypted_check', resources: byDefault, reason: 'Encrypted with the key of CloudWatch Logs; every LogSettings takes a key.' },
  { rule: 'lambda_inside_vpc_check', resources: byDefault, reason: 'The functions call public endpoints that IAM authorizes; every one of ours takes a network.' },
  { rule: 'cloudwatch_alarm_action_check', resources: /^Agents\/Audit/, reason: 'Nobody knows where alarms go; alarms.actions says it.' },
  { rule: 'cloudwatch_log_group_retention_period_check', resources: /^Agents\/AuditDataApiLogs/, reason: 'The records are in S3 for a year; dataEvents.logs keeps them here as long.' },
  { rule: 'dynamodb_table_pitr_enabled_check', resources: /^Agents\/ActionsCacheTable/, reason: 'A cache; cache.pointInTimeRecovery is there.' },
  { rule: 's3_bucket_default_encryption_kms_check', resources: /^Agents\/IntrospectionArtifacts/, reason: 'Encrypted with the key of S3; storage.encryptionKey is there.' },
  { rule: 's3_bucket_logging_enabled_check', resources: /(IntrospectionArtifacts|AuditDataApiRecords)/, reason: 'A log bucket is a company\'s; storage.bucket and dataEvents.bucket take one that has it.' },
  { rule: 's3_event_notifications_enabled_check', resources: /(IntrospectionArtifacts|AuditDataApiRecords)/, reason: 'The change of the artifact is an event of its own; nobody waits for the trail\'s objects.' },
  { rule: 's3_bucket_object_lock_enabled_check', resources: /(IntrospectionArtifacts|AuditDataApiRecords)/, reason: 'A locked bucket outlives every stack; storage.bucket and dataEvents.bucket take one.' },
  { rule: 'sqs_dlq_check', resources: /IntrospectionDeadLetters/, reason: 'It is the dead-letter queue.' },
  { rule: 'lambda_function_public_access_prohibited_check', resources: /Rotation/, reason: 'The source account is a pseudo parameter, which the rule takes for nothing.' },
  { rule: 'kms_create_grant_aws_service_check', resources: /^Agents\/(Key|$)/, reason: 'A key of the app, not of a construct.' },
  { rule: 'rds_cluster_logging_enabled_check', resources: /^Mysql\/$/, reason: 'All logs of MySQL but the general one, which holds every statement with its literals.' },
];

/** What no exception covers, and which exceptions cover nothing any more. */
export function judgeControlTower(findings: readonly ControlFinding[]): { readonly unaccepted: readonly ControlFinding[]; readonly stale: readonly string[] } {
  const covers = (exception: Exception, finding: ControlFinding): boolean => exception.rule === finding.rule && exception.resources.test(finding.resource);
  return {
    unaccepted: findings.filter((finding) => !controlTowerExceptions.some((exception) => covers(exception, finding))),
    stale: controlTowerExceptions.filter((exception) => !findings.some((finding) => covers(exception, finding))).map((exception) => exception.rule),
  };
}
