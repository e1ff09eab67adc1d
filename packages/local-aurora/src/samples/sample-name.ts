export type SampleName = 'university' | 'sales';

/** Each sample is a database of the same name. */
export const sampleNames: readonly SampleName[] = ['university', 'sales'];

/** The schemas each sample consists of. */
export const sampleSchemas: Readonly<Record<SampleName, readonly string[]>> = {
  university: ['academics', 'staff', 'facilities', 'research'],
  sales: ['sales'],
};
