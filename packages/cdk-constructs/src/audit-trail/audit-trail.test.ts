import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { expect, test } from 'vitest';
import { ArtifactSource, AuditTrail, BedrockModel, QueryActions, ReadOnlyAurora, existingQueryAccess } from '../index.js';
import type { AuditTrailProps, ModelPrices } from '../index.js';

function build(props: Omit<AuditTrailProps, 'actions'> = {}, prices?: ModelPrices): { readonly audit: AuditTrail; readonly template: Template } {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack');
  const secret = Secret.fromSecretCompleteArn(stack, 'Secret', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf');
  const database = ReadOnlyAurora.fromCluster(stack, 'Aurora', {
    cluster: DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Cluster', { clusterIdentifier: 'orders', dataApiEnabled: true }), adminSecret: secret, databaseName: 'orders', engine: { dialect: 'postgresql', majorVersion: 17 },
  });
  const actions = new QueryActions(stack, 'Actions', { access: existingQueryAccess({ database, secret }), model: BedrockModel.foundationModel('amazon.nova-lite-v1:0', prices === undefined ? {} : { prices }), schema: ArtifactSource.inline({}) });
  const audit = new AuditTrail(stack, 'Audit', { actions, ...props });
  return { audit, template: Template.fromStack(stack) };
}

test('records the data events of the one cluster, and nothing else', () => {
  build().template.hasResourceProperties('AWS::CloudTrail::Trail', {
    EnableLogFileValidation: true,
    AdvancedEventSelectors: [{
      FieldSelectors: [
        { Field: 'eventCategory', Equals: ['Data'] },
        { Field: 'resources.type', Equals: ['AWS::RDS::DBCluster'] },
        { Field: 'resources.ARN', Equals: [{ 'Fn::Join': ['', Match.arrayWith([':cluster:orders'])] }] },
      ],
    }],
  });
  build({ dataEvents: false }).template.resourceCountIs('AWS::CloudTrail::Trail', 0);
});

test('without prices of the model there is neither a cost nor an alarm on it, as nobody could compute one', () => {
  const { audit, template } = build();
  expect(audit.alarms).toHaveLength(5);
  expect(() => audit.metricCost()).toThrow(/needs the prices/);
  expect(JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'))).not.toContain('Cost');
  expect(() => build({ alarms: { costPerHour: 5 } })).toThrow(/costPerHour needs the prices/);
});

test('with prices the functions are told them, and what they say it cost is shown and alarmed on', () => {
  const { audit, template } = build({ alarms: { costPerHour: 5 } }, { inputPerMillion: 3, outputPerMillion: 15, cacheReadPerMillion: 0.3, currency: 'EUR' });
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: Match.objectLike({ ASK_AURORA_MODEL_PRICES: '{"inputPerMillion":3,"outputPerMillion":15,"cacheReadPerMillion":0.3,"currency":"EUR"}' }) } });
  expect(audit.alarms).toHaveLength(6);
  expect(audit.metricCost({ period: Duration.hours(1) })).toMatchObject({ metricName: 'Cost', statistic: 'Sum' });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { Threshold: 5, MetricName: 'Cost', Period: 3600, Statistic: 'Sum' });
  expect(JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'))).toContain('Cost, EUR');
});

test('measures the functions of these actions under a namespace of its own', () => {
  const { audit, template } = build();
  expect(audit.metricRefusals().namespace).toBe('AskAurora/Audit/Stack-Audit');
  template.resourceCountIs('AWS::Logs::MetricFilter', 24);
  template.hasResourceProperties('AWS::Logs::MetricFilter', { FilterPattern: '{ $.audit.outcome = "refusal" }', MetricTransformations: [Match.objectLike({ MetricName: 'Refusals', MetricNamespace: 'AskAurora/Audit/Stack-Audit' })] });
});
