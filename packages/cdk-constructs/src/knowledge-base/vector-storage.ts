import type { CfnKnowledgeBase } from 'aws-cdk-lib/aws-bedrock';
import type { IDependable } from 'constructs';

/** A store of vectors that a knowledge base can be made with. */
export interface VectorStorage {
  readonly configuration: CfnKnowledgeBase.StorageConfigurationProperty;
  /** What must exist before the knowledge base. */
  readonly ready: readonly IDependable[];
}
