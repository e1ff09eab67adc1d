/** What CloudFormation would fill in. */
export interface Deployment {
  readonly account: string;
  readonly region: string;
  /** Of `Ref`: a resource's or parameter's logical id. */
  readonly ref: (logicalId: string) => string;
  /** Of `Fn::GetAtt`. */
  readonly attribute: (logicalId: string, name: string) => string;
  /** Of `Fn::ImportValue`, and of the CDK's weak references. */
  readonly imported?: (name: string) => string;
}

/** Replaces a template's intrinsic functions by what they come to in a deployment. */
export function resolveIntrinsics(value: unknown, deployment: Deployment): unknown {
  if (Array.isArray(value)) return value.map((each) => resolveIntrinsics(each, deployment));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, unknown>);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const resolved = resolveFunction(only[0], only[1], deployment);
    if (resolved !== undefined) return resolved;
  }
  return Object.fromEntries(entries.map(([key, each]) => [key, resolveIntrinsics(each, deployment)]));
}

function resolveFunction(name: string, argument: unknown, deployment: Deployment): unknown {
  switch (name) {
    case 'Ref':
      return pseudoParameter(String(argument), deployment) ?? deployment.ref(String(argument));
    case 'Fn::GetAtt': {
      const [logicalId = '', attribute = ''] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
      return deployment.attribute(logicalId, attribute);
    }
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, readonly unknown[]];
      return parts.map((part) => String(resolveIntrinsics(part, deployment))).join(separator);
    }
    case 'Fn::Select': {
      const [index, list] = argument as [number | string, unknown];
      return (resolveIntrinsics(list, deployment) as readonly unknown[])[Number(index)];
    }
    case 'Fn::Split': {
      const [separator, text] = argument as [string, unknown];
      return String(resolveIntrinsics(text, deployment)).split(separator);
    }
    case 'Fn::Sub':
      return String(Array.isArray(argument) ? argument[0] : argument).replaceAll(/\$\{([^}]+)\}/g, (_match, reference: string) => {
        const [logicalId = '', attribute] = reference.split('.');
        return attribute === undefined ? (pseudoParameter(logicalId, deployment) ?? deployment.ref(logicalId)) : deployment.attribute(logicalId, attribute);
      });
    case 'Fn::ImportValue':
      return importOf(String(resolveIntrinsics(argument, deployment)), deployment);
    case 'Fn::GetStackOutput':
      return importOf(JSON.stringify(resolveIntrinsics(argument, deployment)), deployment);
    default:
      return undefined;
  }
}

function importOf(name: string, deployment: Deployment): string {
  if (deployment.imported === undefined) throw new Error(`The value ${name} of another stack is not known here.`);
  return deployment.imported(name);
}

function pseudoParameter(name: string, deployment: Deployment): string | undefined {
  const values: Readonly<Record<string, string>> = {
    'AWS::AccountId': deployment.account,
    'AWS::Region': deployment.region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': 'stack',
    'AWS::StackId': `arn:aws:cloudformation:${deployment.region}:${deployment.account}:stack/stack/1`,
  };
  return values[name];
}
