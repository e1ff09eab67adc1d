import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Template } from '../synthesize.js';

type Database = ReturnType<typeof loadAwsServiceSpecSync>;
interface PropertyType {
  readonly type: string;
  readonly element?: PropertyType;
  readonly reference?: { readonly $ref: string };
  readonly allowedValues?: readonly unknown[];
  readonly types?: readonly PropertyType[];
}
type Properties = Readonly<Record<string, { readonly type: PropertyType; readonly required?: boolean }>>;

let database: Database | undefined;

/**
 * Holds each resource against CloudFormation's own specification: unknown and missing properties, values outside of an
 * enumeration, attributes that the resource doesn't have, references to nothing.
 */
export function serviceSpecProblems(template: Template): readonly string[] {
  database ??= loadAwsServiceSpecSync();
  const problems: string[] = [];
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (resource.Type.startsWith('Custom::') || resource.Type === 'AWS::CDK::Metadata') continue;
    const [known] = database.lookup('resource', 'cloudFormationType', 'equals', resource.Type);
    if (known === undefined) problems.push(`${id}: there is no resource type ${resource.Type}`);
    else checkProperties(database, `${id} (${resource.Type})`, resource.Properties ?? {}, known.properties as unknown as Properties, problems);
  }
  checkReferences(database, template, problems);
  return problems;
}

function checkProperties(db: Database, path: string, value: Readonly<Record<string, unknown>>, known: Properties, problems: string[]): void {
  for (const [name, each] of Object.entries(value)) {
    const property = known[name];
    if (property === undefined) problems.push(`${path}: unknown property ${name}`);
    else checkValue(db, `${path}.${name}`, each, property.type, problems);
  }
  for (const [name, property] of Object.entries(known)) {
    if (property.required === true && value[name] === undefined) problems.push(`${path}: missing property ${name}`);
  }
}

function checkValue(db: Database, path: string, value: unknown, type: PropertyType, problems: string[]): void {
  if (isIntrinsic(value)) return;
  if (type.type === 'array' && type.element !== undefined) {
    if (!Array.isArray(value)) problems.push(`${path}: not a list`);
    else for (const [index, each] of value.entries()) checkValue(db, `${path}[${index}]`, each, type.element, problems);
  } else if (type.type === 'ref' && type.reference !== undefined) {
    const definition = db.get('typeDefinition', type.reference.$ref);
    if (typeof value !== 'object' || value === null) problems.push(`${path}: not an object`);
    else checkProperties(db, path, value as Record<string, unknown>, definition.properties as unknown as Properties, problems);
  } else if (type.type === 'string' && type.allowedValues !== undefined && !type.allowedValues.includes(value)) {
    problems.push(`${path}: ${JSON.stringify(value)} is none of ${type.allowedValues.join(', ')}`);
  }
}

function checkReferences(db: Database, template: Template, problems: string[]): void {
  const known = new Set([...Object.keys(template.Resources), ...Object.keys(template.Parameters ?? {})]);
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (typeof value !== 'object' || value === null) return;
    const { Ref: ref, 'Fn::GetAtt': attribute } = value as { Ref?: unknown; 'Fn::GetAtt'?: unknown };
    if (typeof ref === 'string' && !ref.startsWith('AWS::') && !known.has(ref)) problems.push(`a reference to ${ref}, which does not exist`);
    if (Array.isArray(attribute)) checkAttribute(db, template, String(attribute[0]), String(attribute[1]), problems);
    Object.values(value).forEach(visit);
  };
  visit(template.Resources);
  visit(template.Outputs ?? {});
}

function checkAttribute(db: Database, template: Template, id: string, name: string, problems: string[]): void {
  const type = template.Resources[id]?.Type;
  if (type === undefined) problems.push(`an attribute of ${id}, which does not exist`);
  else if (!type.startsWith('Custom::')) {
    const [known] = db.lookup('resource', 'cloudFormationType', 'equals', type);
    if (known?.attributes[name] === undefined) problems.push(`${id} (${type}) has no attribute ${name}`);
  }
}

function isIntrinsic(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && /^(Ref|Fn::.+)$/.test(keys[0] ?? '');
}
