import type { Template } from '../synthesize.js';

/** Where each type that keeps something names the key that encrypts it. */
const keyed: Readonly<Record<string, RegExp>> = {
  'AWS::RDS::DBCluster': /"KmsKeyId"/,
  'AWS::RDS::DBInstance': /"PerformanceInsightsKMSKeyId"/,
  'AWS::SecretsManager::Secret': /"KmsKeyId"/,
  'AWS::Logs::LogGroup': /"KmsKeyId"/,
  'AWS::S3::Bucket': /"KMSMasterKeyID"/,
  'AWS::S3Vectors::VectorBucket': /"KmsKeyArn"/,
  'AWS::DynamoDB::Table': /"KMSMasterKeyId"/,
  'AWS::CloudTrail::Trail': /"KMSKeyId"/,
  'AWS::Bedrock::Agent': /"CustomerEncryptionKeyArn"/,
  'AWS::Bedrock::Guardrail': /"KmsKeyArn"/,
  'AWS::BedrockAgentCore::Gateway': /"KmsKeyArn"/,
};

/** Resources that keep something without a key of the company's, by logical id. */
export function withoutOwnKey(template: Template): readonly string[] {
  return Object.entries(template.Resources).filter(([, { Type, Properties }]) => keyed[Type] !== undefined && !keyed[Type].test(JSON.stringify(Properties ?? {}))).map(([id]) => id);
}

/** Functions outside of every VPC, by logical id. */
export function outsideOfVpc(template: Template): readonly string[] {
  return Object.entries(template.Resources).filter(([, { Type, Properties }]) => Type === 'AWS::Lambda::Function' && Properties?.['VpcConfig'] === undefined).map(([id]) => id);
}
