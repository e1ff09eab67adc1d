/** The value of a named parameter of a statement. Dates are ISO strings. */
export type ParameterValue = string | number | boolean | null;
