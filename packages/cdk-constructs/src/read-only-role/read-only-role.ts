import { CustomResource, Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { IDependable } from 'constructs';
import type { AuroraDatabase } from '../aurora/aurora-database.js';
import { AdminSqlProvider } from '../database-access/admin-sql-provider.js';
import { grantDataApi } from '../database-access/grant-data-api.js';
import type { FunctionNetwork } from '../functions/function-network.js';
import type { LogSettings } from '../logging/retained-log-group.js';
import { PropsCheck } from '../props/props-check.js';
import { SecretRotation } from '../secret-rotation/secret-rotation.js';
import { acknowledge } from '../validation/acknowledge.js';
import type { QueryAccess } from './query-access.js';
import type { RoleSpecification, Tenancy, TenantPolicy } from './role-specification.js';

/** Which relations the role may read. */
export interface RoleGrants {
  /** Database users, besides the admin, whose future tables are granted; the admin must be a member of each. @default the admin user only */
  readonly tableOwners?: readonly string[];
  /** `schema.relation`, never granted. @default none */
  readonly exclude?: readonly string[];
  /** Whether tables that are made later can be read at once. @default true, but false with `exclude` or `tenancy`, which could not hold for them */
  readonly futureTables?: boolean;
  /** @default create: a fresh cluster has none of them */
  readonly missingSchemas?: 'create' | 'fail';
  /**
   * What to do when PUBLIC, hence the role too, may write to a table, create in a schema or execute a SECURITY DEFINER
   * function. `revoke` also takes EXECUTE on all functions of the schemas, present and future, from PUBLIC, which other
   * users of the database may miss.
   *
   * @default refuse: the deployment fails and says what it found
   */
  readonly publicPrivileges?: 'refuse' | 'revoke';
}

/** Row-level security: the role sees the rows of the tenant that execute-query names for each transaction. PostgreSQL only. */
export interface RoleTenancy {
  /** @default app.tenant_id */
  readonly setting?: string;
  readonly policies: readonly TenantPolicy[];
  /** `schema.relation` of data that all tenants share. Every other relation is left out. @default none */
  readonly shared?: readonly string[];
}

export interface RoleLifecycle {
  /** RETAIN leaves the role in the database, DESTROY drops it with the stack. @default RETAIN */
  readonly removalPolicy?: RemovalPolicy.RETAIN | RemovalPolicy.DESTROY;
  /** How often the password changes; `false` never. @default 30 days */
  readonly rotate?: Duration | false;
  /** Any text; a changed one grants again, for example after tables were added by users who aren't listed as owners. @default none */
  readonly grantsVersion?: string;
  /** Encrypts the secret. @default the key of Secrets Manager */
  readonly encryptionKey?: IKey;
  readonly logs?: LogSettings;
  /** Where the functions run that make the role and change its password. @default none: they need no VPC */
  readonly network?: FunctionNetwork;
}

export interface ReadOnlyRoleOptions {
  /** The login's name. @default ask_read_only */
  readonly roleName?: string;
  /** At least one. In MySQL these are databases. */
  readonly schemas: readonly string[];
  readonly grants?: RoleGrants;
  readonly tenancy?: RoleTenancy;
  /** Ends a statement that runs longer, unless its transaction set another limit. @default 30 seconds */
  readonly statementTimeout?: Duration;
  readonly lifecycle?: RoleLifecycle;
}

export interface ReadOnlyRoleProps extends ReadOnlyRoleOptions {
  readonly database: AuroraDatabase;
}

/**
 * A login that can read the given schemas and nothing more, with its secret.
 *
 * A custom resource makes it through the Data API in one transaction, and before committing asks the database itself
 * whether the role could write, create or execute with other rights, by grants of its own or of PUBLIC. It runs again
 * on each change of these props and of this package.
 */
export class ReadOnlyRole extends Construct implements QueryAccess {
  readonly database: AuroraDatabase;
  readonly roleName: string;
  readonly secret: ISecret;
  readonly ready: readonly IDependable[];
  /** The setting that names the tenant, or null without row-level security. */
  readonly tenantSetting: string | null;
  /** Undefined when `lifecycle.rotate` is false. */
  readonly rotation: SecretRotation | undefined;

  constructor(scope: Construct, id: string, props: ReadOnlyRoleProps) {
    super(scope, id);
    checkProps(this, props);
    this.database = props.database;
    this.roleName = props.roleName ?? 'ask_read_only';
    this.tenantSetting = props.tenancy === undefined ? null : (props.tenancy.setting ?? 'app.tenant_id');
    const lifecycle = props.lifecycle ?? {};

    this.secret = new Secret(this, 'Secret', {
      description: `Login of the read-only role ${this.roleName}`,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: this.roleName }),
        generateStringKey: 'password',
        passwordLength: 40,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.DESTROY,
      ...(lifecycle.encryptionKey === undefined ? {} : { encryptionKey: lifecycle.encryptionKey }),
    }) as ISecret;
    const role = this.#createRole(props, lifecycle);
    this.ready = [role];
    if (lifecycle.rotate === false) {
      acknowledge(this.secret, 'AwsSolutions-SMG4', 'Rotation was turned off by the props.');
    } else {
      this.rotation = new SecretRotation(this, 'Rotation', {
        database: this.database, secret: this.secret, every: lifecycle.rotate ?? Duration.days(30),
        // A rotation that began before the role exists would have nobody to change.
        ready: [role],
        ...(lifecycle.logs === undefined ? {} : { logs: lifecycle.logs }),
        ...(lifecycle.network === undefined ? {} : { network: lifecycle.network }),
      });
    }
  }

  /** Leave to run statements as this role: the Data API without commits, and this role's secret. */
  grantQuery(grantee: IGrantable): Grant {
    return grantDataApi(grantee, this.database.clusterArn, 'read').combine(this.secret.grantRead(grantee));
  }

  #createRole(props: ReadOnlyRoleProps, lifecycle: RoleLifecycle): CustomResource {
    const provider = new AdminSqlProvider(this, 'Provider', {
      database: this.database, secret: this.secret, asset: 'read-only-role', description: 'Creates, updates and drops a read-only database role',
      ...(lifecycle.logs === undefined ? {} : { logs: lifecycle.logs }),
      ...(lifecycle.network === undefined ? {} : { network: lifecycle.network }),
    });
    const role = new CustomResource(this, 'Role', {
      resourceType: 'Custom::AskAuroraReadOnlyRole',
      serviceToken: provider.serviceToken,
      properties: {
        ClusterArn: this.database.clusterArn,
        AdminSecretArn: this.database.adminSecret.secretArn,
        SecretArn: this.secret.secretArn,
        OnDelete: (lifecycle.removalPolicy ?? RemovalPolicy.RETAIN) === RemovalPolicy.DESTROY ? 'drop' : 'retain',
        Specification: Stack.of(this).toJsonString(this.#specification(props)),
        CodeVersion: provider.codeVersion,
        ...(lifecycle.grantsVersion === undefined ? {} : { GrantsVersion: lifecycle.grantsVersion }),
      },
    });
    for (const dependency of this.database.ready) role.node.addDependency(dependency);
    role.node.addDependency(provider);
    return role;
  }

  #specification(props: ReadOnlyRoleProps): RoleSpecification {
    const { grants = {} } = props;
    const exclude = grants.exclude ?? [];
    return {
      dialect: this.database.engine.dialect,
      role: this.roleName,
      database: this.database.databaseName,
      schemas: props.schemas,
      tableOwners: grants.tableOwners ?? [],
      excludedRelations: exclude,
      futureTables: grants.futureTables ?? (exclude.length === 0 && props.tenancy === undefined),
      publicPrivileges: grants.publicPrivileges ?? 'refuse',
      missingSchemas: grants.missingSchemas ?? 'create',
      tenancy: this.#tenancy(props.tenancy),
      statementTimeoutMs: (props.statementTimeout ?? Duration.seconds(30)).toMilliseconds(),
      connectionLimit: 50,
    };
  }

  #tenancy(tenancy: RoleTenancy | undefined): Tenancy | null {
    if (tenancy === undefined || this.tenantSetting === null) return null;
    return { setting: this.tenantSetting, policies: tenancy.policies, shared: tenancy.shared ?? [] };
  }
}

const relation = /^[^.]+\.[^.]+$/;

function checkProps(scope: Construct, props: ReadOnlyRoleProps): void {
  const { grants = {}, tenancy } = props;
  const mysql = props.database.engine.dialect === 'mysql';
  const check = new PropsCheck(scope)
    .text('roleName', props.roleName, { min: 1, max: mysql ? 32 : 40, pattern: /^[a-z_][a-z0-9_]*$/, form: 'lower-case letters, digits and underscores' })
    .require(props.roleName === undefined || !/^(pg_|rds|public$|none$|current_|session_)/.test(props.roleName), 'roleName must not be one that PostgreSQL or Aurora keeps for itself')
    .count('schemas', props.schemas, { min: 1, max: 100 })
    .seconds('statementTimeout', props.statementTimeout, { min: 1, max: 45 })
    .require(!mysql || tenancy === undefined, 'tenancy needs row-level security, which MySQL does not have')
    .require(!mysql || grants.publicPrivileges !== 'revoke', 'grants.publicPrivileges is about PUBLIC, which MySQL does not have');
  for (const schema of props.schemas) {
    check.text('schemas[]', schema, { min: 1, max: 63, pattern: /^[^.\0]+$/, form: 'a name without a dot' });
    check.require(Token.isUnresolved(schema) || !/^(pg_.*|information_schema|mysql|sys|performance_schema)$/.test(schema), `schemas must not hold the system schema ${schema}`);
  }
  const relations = [...(grants.exclude ?? []), ...(tenancy?.shared ?? []), ...(tenancy?.policies.map((policy) => policy.relation) ?? [])];
  for (const name of relations) {
    check.text('relations', name, { min: 3, max: 127, pattern: relation, form: 'schema.relation' });
    const [schema] = name.split('.');
    check.require(Token.isUnresolved(name) || schema === undefined || props.schemas.some((each) => Token.isUnresolved(each) || each === schema), `${name} lies in none of the schemas`);
  }
  if (tenancy !== undefined) {
    check
      .text('tenancy.setting', tenancy.setting, { min: 3, max: 63, pattern: /^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/, form: 'prefix.name' })
      .count('tenancy.policies', tenancy.policies, { min: 1, max: 1000 })
      .require(grants.futureTables !== true, 'grants.futureTables would show tables that no tenant policy covers');
  }
  check.done();
}
