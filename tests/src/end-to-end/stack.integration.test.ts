import { adminSecretArn, createReadOnlyRole, defaultResourceArn, readOnlySecretArn, sampleSchemas, startLocalDataApi, startLocalPostgres, type LocalDataApi, type LocalPostgres } from '@ask-aurora/local-aurora';
import { startLocalBedrock, startLocalLambda, type LocalBedrock, type LocalLambda } from '@ask-aurora/local-aws';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createResolver } from '../stack/deployed-values.js';
import { startLocalControlPlane, type LocalControlPlane } from '../stack/local-control-plane.js';
import { bundleFunctions, synthesizeDemos, type SynthesizedDemo } from '../stack/synthesize-demo.js';
import { freshEnvironment, runCli, startCli } from './run-cli.js';

/** The demonstration as CloudFormation would have made it: its own templates, outputs, functions and environments; the rest on loopback. */
const fronts = ['classic', 'agentcore', 'none'] as const;
const question = 'How many students are enrolled in each department?';
const reader = { role: 'reader', password: 'reader-Password-0123456789' };
const schema = readFileSync(fileURLToPath(new URL('../../../apps/demo-stack/schema/university.json', import.meta.url)), 'utf8');

vi.setConfig({ testTimeout: 120_000 });

let postgres: LocalPostgres;
let dataApi: LocalDataApi;
let plane: LocalControlPlane;
let bedrock: LocalBedrock;
const lambdas: LocalLambda[] = [];
const directories: string[] = [];
const environment = freshEnvironment();

beforeAll(async () => {
  bundleFunctions();
  postgres = await startLocalPostgres();
  for (const database of ['university', 'other', 'half']) await postgres.createDatabase(database);
  await sql('other', 'CREATE TABLE invoices (id int)');
  await sql('half', 'CREATE SCHEMA research; CREATE TYPE research.projects AS (a int)');
  dataApi = await startLocalDataApi({ postgres, secrets: [{ arn: adminSecretArn, user: postgres.adminUser, password: postgres.adminPassword }, { arn: readOnlySecretArn, user: reader.role, password: reader.password }] });
  plane = await startLocalControlPlane(schema);
  Object.assign(environment, {
    AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_CLOUDFORMATION: plane.endpoint, AWS_ENDPOINT_URL_LAMBDA: plane.endpoint, AWS_ENDPOINT_URL_RDS_DATA: dataApi.endpoint,
  });
  const identities = { clusterId: defaultResourceArn.split(':').at(-1) ?? '', adminSecretArn, readOnlySecretArn, gatewayUrl: plane.gatewayUrl, agentId: 'ASKAURORA1', agentAliasId: 'TSTALIASID' };
  const demos = synthesizeDemos(fronts);
  for (const [index, front] of fronts.entries()) {
    const demo = demos[index];
    if (demo === undefined) throw new Error(`There is no template for ${front}.`);
    const resolve = createResolver(demo.templates, identities);
    for (const [stack, template] of Object.entries(demo.templates)) {
      plane.stacks.set(`${stack}-${front}`, { status: 'CREATE_COMPLETE', outputs: Object.fromEntries(Object.entries(template.Outputs).filter(([, output]) => output.Export === undefined).map(([key, output]) => [key, String(resolve(stack, output.Value))])) });
    }
    if (front === 'classic') await deployFunctions(demo, resolve);
    directories.push(demo.directory);
  }
  const [generate, execute] = ['GenerateQuery', 'ExecuteQuery'].map((name) => [...plane.functions].find(([id]) => id.includes(name))?.[1]);
  const handler = (lambda: LocalLambda | undefined) => async (event: unknown) => {
    const outcome = await lambda?.invoke(event);
    if (outcome?.ok !== true) throw new Error('The function failed.');
    return outcome.payload as never;
  };
  bedrock = await startLocalBedrock({ agent: { handlers: { generateQuery: handler(generate), executeQuery: handler(execute) } } });
  environment['AWS_ENDPOINT_URL_BEDROCK_AGENT_RUNTIME'] = bedrock.endpoint;
}, 400_000);

afterAll(async () => {
  for (const lambda of lambdas) await lambda.stop();
  await bedrock?.stop();
  await plane?.stop();
  await dataApi?.stop();
  await postgres?.stop();
  for (const directory of [environment['HOME'] ?? '', ...directories]) rmSync(directory, { recursive: true, force: true });
});

async function deployFunctions(demo: SynthesizedDemo, resolve: ReturnType<typeof createResolver>): Promise<void> {
  for (const [id, { Type, Properties }] of Object.entries(demo.templates['BedrockAgentStack']?.Resources ?? {})) {
    if (Type !== 'AWS::Lambda::Function' || !/^Actions(Generate|Execute)Query/.test(id)) continue;
    const { Variables } = resolve('BedrockAgentStack', Properties?.['Environment']) as { readonly Variables: Readonly<Record<string, string>> };
    const { S3Key } = Properties?.['Code'] as { readonly S3Key: string };
    const code = join(demo.directory, readdirSync(demo.directory).find((name) => name === `asset.${S3Key.replace('.zip', '')}`) ?? '');
    // All but the model, which is not to be had here.
    const variables = { ...Variables, ...('ASK_AURORA_MODEL_ID' in Variables ? { ASK_AURORA_MODEL_ID: 'offline' } : {}), AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_ENDPOINT_URL_S3: plane.endpoint, AWS_ENDPOINT_URL_RDS_DATA: dataApi.endpoint };
    const lambda = await startLocalLambda({ code, name: id, environment: variables, startTimeoutMs: 60_000 });
    lambdas.push(lambda);
    plane.functions.set(id, lambda);
  }
}

async function sql(database: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: postgres.connectionString({ database }) });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

const tables = async (database: string) => (await sql(database, "SELECT count(*)::int AS n FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"))[0]?.['n'];
const without = (...names: readonly string[]): NodeJS.ProcessEnv => Object.fromEntries(Object.entries(environment).filter(([name]) => !names.includes(name)));

describe.sequential('a stack, by its name', () => {
  it.each<[string, string, readonly string[], () => NodeJS.ProcessEnv, RegExp]>([
    ['is not there', 'Nowhere', [], () => environment, /There is no stack Nowhere in us-east-1\. Check its name, --region and --profile/],
    ['is elsewhere', 'Nowhere', ['--region', 'eu-west-1'], () => environment, /There is no stack Nowhere in eu-west-1/],
    ['is still being made', 'Creating', [], () => environment, /still being made or changed: CREATE_IN_PROGRESS.*Wait/],
    ['was rolled back', 'RolledBack', [], () => environment, /was rolled back when it was made: ROLLBACK_COMPLETE \(no quota\)\. Delete it/],
    ['is somebody else\'s', 'Foreign', [], () => environment, /has no output DatabaseName, GenerateQueryFunctionName, ExecuteQueryFunctionName\. It was not made with @ask-aurora\/cdk-constructs/],
    ['is of a later version', 'Later', [], () => environment, /outputs version 7, and this command reads 1/],
    ['is the one with the database alone', 'RDSAuroraStack-none', [], () => environment, /another stack is probably meant: the one with the agent/],
    ['may not be described', 'Denied', [], () => environment, /may not describe the stack Denied \(cloudformation:DescribeStacks\)/],
    ['cannot be looked for without credentials', 'Creating', [], () => without('AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'), /No AWS credentials were found\. Sign in/],
    ['cannot be looked for without a region', 'Creating', [], () => without('AWS_REGION'), /No AWS region is set\. Give --region/],
    ['cannot be reached', 'Creating', [], () => ({ ...environment, AWS_ENDPOINT_URL_CLOUDFORMATION: 'http://127.0.0.1:9' }), /AWS was not reached/],
  ])('that %s is an error that says what to do', async (_what, stack, flags, environmentOf, message) => {
    plane.stacks.set('Creating', { status: 'CREATE_IN_PROGRESS' });
    plane.stacks.set('RolledBack', { status: 'ROLLBACK_COMPLETE', reason: 'no quota' });
    plane.stacks.set('Foreign', { status: 'CREATE_COMPLETE', outputs: { BucketName: 'x' } });
    plane.stacks.set('Later', { status: 'CREATE_COMPLETE', outputs: { OutputsVersion: '7' } });
    plane.stacks.set('Denied', { code: 'AccessDenied', message: 'User: x is not authorized' });
    const { exitCode, stdout, stderr } = await runCli(['ask', question, '--stack', stack, ...flags], environmentOf());
    expect(stderr).toMatch(message);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  });

  it('takes no flags that only make sense for a database of this machine', async () => {
    const { exitCode, stderr } = await runCli(['ask', question, '--stack', 'BedrockAgentStack-none', '--database', 'sales'], environment);
    expect(stderr).toMatch(/cannot be used with/);
    expect(exitCode).toBe(1);
  });

  it('ends at a deadline and at Ctrl-C while AWS says nothing', async () => {
    plane.stacks.set('Silent', { status: 'SILENT' });
    const late = await runCli(['ask', question, '--stack', 'Silent', '--timeout', '1'], environment);
    expect(late).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringMatching(/timeout/i) as string });
    const child = startCli(['seed', '--stack', 'Silent', '--yes'], environment);
    await expect.poll(() => plane.waiting, { timeout: 30_000 }).toBeGreaterThan(1);
    child.kill('SIGINT');
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(130);
  });
});

describe.sequential('seed --stack', () => {
  it('writes nothing unless told so', async () => {
    const { exitCode, stderr } = await runCli(['seed', '--stack', 'RDSAuroraStack-classic'], environment);
    expect(stderr).toMatch(/Give --yes/);
    expect(exitCode).toBe(1);
    expect(await tables('university')).toBe(0);
  });

  it('needs the stack with the administrator', async () => {
    const { exitCode, stderr } = await runCli(['seed', '--stack', 'BedrockAgentStack-classic', '--yes'], environment);
    expect(stderr).toMatch(/has no output AdminSecretArn.*the one with the database/);
    expect(exitCode).toBe(1);
  });

  it('fills the database with the sample, and leaves it alone the next time', async () => {
    const first = await runCli(['seed', '--stack', 'RDSAuroraStack-classic', '--yes'], environment);
    expect(first).toMatchObject({ exitCode: 0, stdout: 'The database university holds the sample university now.\n' });
    expect(await tables('university')).toBe(9);
    const again = await runCli(['seed', '--stack', 'RDSAuroraStack-classic', '--yes'], environment);
    expect(again).toMatchObject({ exitCode: 0, stdout: 'The database university holds the sample university already.\n' });
  });

  it('refuses a database that holds other tables', async () => {
    plane.stacks.set('Other', { status: 'UPDATE_COMPLETE', outputs: { OutputsVersion: '1', ClusterArn: defaultResourceArn, DatabaseName: 'other', AdminSecretArn: adminSecretArn } });
    const { exitCode, stderr } = await runCli(['seed', '--stack', 'Other', '--yes'], environment);
    expect(stderr).toMatch(/holds other tables \(public\.invoices\); nothing was written/);
    expect(exitCode).toBe(1);
    expect(await tables('other')).toBe(1);
  });

  it('leaves nothing behind when it fails on its way', async () => {
    plane.stacks.set('Half', { status: 'CREATE_COMPLETE', outputs: { OutputsVersion: '1', ClusterArn: defaultResourceArn, DatabaseName: 'half', AdminSecretArn: adminSecretArn } });
    const { exitCode, stderr } = await runCli(['seed', '--stack', 'Half', '--yes'], environment);
    expect(stderr).toMatch(/already exists/);
    expect(exitCode).toBe(1);
    expect(await sql('half', "SELECT nspname FROM pg_namespace WHERE nspname IN ('academics', 'staff', 'facilities')")).toEqual([]);
  });
});

describe.sequential('ask --stack', () => {
  beforeAll(async () => {
    await createReadOnlyRole({ connectionString: postgres.connectionString({ database: 'university' }), ...reader, schemas: sampleSchemas.university });
  });

  it.each(fronts)('answers by the front %s, in the form of a local answer', async (front) => {
    const { exitCode, stdout } = await runCli(['ask', question, '--stack', `BedrockAgentStack-${front}`, '--format', 'json'], environment);
    expect(exitCode).toBe(0);
    const answer = JSON.parse(stdout) as Record<string, unknown>;
    expect(answer).toMatchObject({ question, outcome: 'answered', database: 'university', refused: false, truncated: false, sql: expect.stringMatching(/^SELECT/) as string, answer: expect.stringMatching(/\w/) as string, verdict: { accepted: true } });
    const byHand = await sql('university', 'SELECT name FROM academics.departments');
    expect((answer['rows'] as readonly unknown[]).length).toBe(byHand.length);
    expect(Object.keys(answer)).toEqual(expect.arrayContaining(['question', 'sql', 'parameters', 'columns', 'rows', 'truncated', 'answer', 'refused', 'reason', 'trace', 'chart']));
    expect((answer['trace'] as readonly { readonly name: string }[])[0]?.name).toBe('describe stack');
    if (front === 'agentcore') expect(plane.gatewayCalls).toEqual(['bedrock-agentcore generate-query___generate_query', 'bedrock-agentcore execute-query___execute_query']);
  });

  it.each(fronts)('refuses and abstains by the front %s with exit code 2 and a reason', async (front) => {
    const refused = await runCli(['ask', 'Delete all students', '--stack', `BedrockAgentStack-${front}`, '--format', 'json'], environment);
    expect(JSON.parse(refused.stdout)).toMatchObject({ outcome: 'refused', refused: true, rows: [], reason: expect.stringMatching(/\w{4,}/) as string });
    const abstained = await runCli(['ask', 'What is the weather on the moon?', '--stack', `BedrockAgentStack-${front}`, '--format', 'json'], environment);
    expect(JSON.parse(abstained.stdout)).toMatchObject({ outcome: 'abstained', refused: true, rows: [], reason: expect.stringMatching(/\w{4,}/) as string });
    expect([refused.exitCode, abstained.exitCode]).toEqual([2, 2]);
  });

  it('prints what it prints of a local answer', async () => {
    const { exitCode, stdout } = await runCli(['ask', question, '--stack', 'BedrockAgentStack-none', '--trace'], environment);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^SQL on university\n {2}SELECT /);
    expect(stdout).toMatch(/Guard accepted: one SELECT, reads .*academics\.departments/);
    expect(stdout).toMatch(/Trace\n {2}describe stack +\d+\.\d ms[\s\S]*generate_query[\s\S]*execute_query/);
  });

  it('does not take a tenant that the front could not pass on', async () => {
    const { exitCode, stderr } = await runCli(['ask', question, '--stack', 'BedrockAgentStack-agentcore', '--tenant', 'tenantId=1'], environment);
    expect(stderr).toMatch(/one fixed tenant/);
    expect(exitCode).toBe(1);
  });

  it('tells of a function that ends without an answer', async () => {
    plane.stacks.set('Gone', { status: 'CREATE_COMPLETE', outputs: { OutputsVersion: '1', DatabaseName: 'university', GenerateQueryFunctionName: 'Nobody', ExecuteQueryFunctionName: 'Nobody' } });
    const { exitCode, stderr } = await runCli(['ask', question, '--stack', 'Gone'], environment);
    expect(stderr).toMatch(/Function not found/);
    expect(exitCode).toBe(1);
  });
});

describe.sequential('test --stack', () => {
  it.each(['classic', 'none'])('asks the sample questions by the front %s, and finds them answered as by hand', async (front) => {
    const { exitCode, stdout } = await runCli(['test', '--stack', `BedrockAgentStack-${front}`], environment);
    expect(stdout).toMatch(/\n\d+ passed, 0 failed\n$/);
    expect(exitCode).toBe(0);
  });

  it('fails when an answer is not what it should be', async () => {
    await sql('university', 'REVOKE SELECT ON ALL TABLES IN SCHEMA academics FROM reader');
    try {
      const { exitCode, stdout } = await runCli(['test', '--stack', 'BedrockAgentStack-none', 'enrolled-per-department'], environment);
      expect(stdout).toMatch(/FAIL|failed/);
      expect(exitCode).toBe(1);
    } finally {
      await sql('university', 'GRANT SELECT ON ALL TABLES IN SCHEMA academics TO reader');
    }
  });
});
