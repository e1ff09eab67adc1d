import { createDataApiClient, type DataApiClient } from '@ask-aurora/data-api-client';
import { sampleAnchor, sampleOverlay, startLocalAurora, type LocalAurora, type SampleName } from '@ask-aurora/local-aurora';
import { applyOverlay, introspect, type SchemaArtifact } from '@ask-aurora/nl2sql';
import { createGuard, policyFromSchema, type Guard } from '@ask-aurora/sql-guard';
