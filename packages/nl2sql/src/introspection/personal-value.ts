const patterns: readonly RegExp[] = [
  /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i,
  /^\+\d[\d\s().-]{7,}$/,
  /^\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}$/,
  /^\d{3}-\d{2}-\d{4}$/,
  /^[A-Z]{2}\d{2}(\s?[A-Z0-9]{4}){3,7}(\s?[A-Z0-9]{1,4})?$/,
  /^(\d{1,3}\.){3}\d{1,3}(\/\d{1,2})?$/,
  /^(([0-9a-f]{2})[:-]){5}[0-9a-f]{2}$/i,
  /^\$2[aby]\$\d{2}\$.{53}$/,
];

/** Whether a value looks like an e-mail address, phone or social security number, IBAN, payment card, IP or MAC address, or password hash. */
export function isPersonalValue(value: string): boolean {
  const trimmed = value.trim();
  return patterns.some((pattern) => pattern.test(trimmed)) || isCardNumber(trimmed);
}

function isCardNumber(value: string): boolean {
  const digits = value.replace(/[\s-]/g, '');
  if (!/^[3-6]\d{14,15}$/.test(digits)) return false;
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) {
    const doubled = index % 2 === 1 ? Number(digit) * 2 : Number(digit);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
