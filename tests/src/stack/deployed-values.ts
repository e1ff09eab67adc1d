import type { DemoTemplate } from './synthesize-demo.js';

/** What stands here for what AWS would have made. */
export interface LocalIdentities {
  readonly clusterId: string;
  readonly adminSecretArn: string;
  readonly readOnlySecretArn: string;
  readonly agentId: string;
  readonly agentAliasId: string;
  readonly gatewayUrl: string;
}

const pseudo: Readonly<Record<string, string>> = {
  'AWS::Region': 'us-east-1', 'AWS::AccountId': '000000000000', 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com', 'AWS::StackId': 'arn:aws:cloudformation:us-east-1:000000000000:stack/demo/0a1b2c',
};

/** Fills in the intrinsic functions of a template, by the type of what they refer to: an output that named another resource would get another value. */
export function createResolver(templates: Readonly<Record<string, DemoTemplate>>, local: LocalIdentities): (stack: string, value: unknown) => unknown {
  const identities: Readonly<Record<string, string>> = {
    'AWS::RDS::DBCluster': local.clusterId, 'AWS::Bedrock::Agent': local.agentId, 'AWS::Bedrock::AgentAlias': local.agentAliasId, 'AWS::BedrockAgentCore::Gateway': local.gatewayUrl,
  };
  const reference = (stack: string, id: string): string => {
    const type = templates[stack]?.Resources[id]?.Type ?? '';
    if (/Secret/.test(type)) return /ReadOnlyRole/.test(id) ? local.readOnlySecretArn : local.adminSecretArn;
    return pseudo[id] ?? identities[type] ?? id;
  };
  const imported = (name: unknown): unknown => {
    for (const [stack, template] of Object.entries(templates)) {
      const output = Object.values(template.Outputs).find((each) => each.Export?.Name === name);
      if (output !== undefined) return resolve(stack, output.Value);
    }
    throw new Error(`No stack exports ${JSON.stringify(name)}.`);
  };
  const resolve = (stack: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((each) => resolve(stack, each));
    if (typeof value !== 'object' || value === null) return value;
    const [[name = '', argument] = []] = Object.entries(value);
    if (name === 'Ref') return reference(stack, String(argument));
    if (name === 'Fn::GetAtt') return reference(stack, String((argument as readonly unknown[])[0]));
    if (name === 'Fn::ImportValue') return imported(argument);
    if (name === 'Fn::GetStackOutput') {
      const { StackName: from, OutputName: output } = argument as { readonly StackName: string; readonly OutputName: string };
      return resolve(from, templates[from]?.Outputs[output]?.Value);
    }
    if (name === 'Fn::Join') return (argument as [string, readonly unknown[]])[1].map((each) => String(resolve(stack, each))).join((argument as [string])[0]);
    if (name === 'Fn::Sub') return String(argument).replaceAll(/\$\{([^}]+)\}/g, (_match, id: string) => reference(stack, id));
    if (name === 'Fn::Split') return String(resolve(stack, (argument as [string, unknown])[1])).split((argument as [string])[0]);
    if (name === 'Fn::Select') return (resolve(stack, (argument as [number, unknown])[1]) as readonly unknown[])[Number((argument as [number])[0])];
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolve(stack, each)]));
  };
  return resolve;
}
