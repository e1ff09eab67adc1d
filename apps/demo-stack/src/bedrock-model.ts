import { BedrockModel } from '@ask-aurora/cdk-constructs';

/** An id that begins with a geography is an inference profile's, any other a foundation model's of the stack's region. */
export function bedrockModel(id: string): BedrockModel {
  return /^(us|us-gov|eu|apac|jp|au|ca|global)\./.test(id) ? BedrockModel.inferenceProfile(id) : BedrockModel.foundationModel(id);
}
