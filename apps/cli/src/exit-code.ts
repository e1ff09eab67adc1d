/** What a process ends with: 0 answered, 1 a fault, 2 refused or abstained, 130 interrupted. */
export const exitCode = { answered: 0, fault: 1, refused: 2, interrupted: 130 } as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
