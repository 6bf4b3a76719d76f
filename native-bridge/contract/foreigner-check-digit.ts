const weights = [7, 3, 1] as const;

/**
 * The check digit over letters and digits of a foreigner's residence card number of the 2017 edition: weights 7, 3, 1
 * repeating, A = 10 to Z = 35, the sum modulo 10 (the rule of machine-readable travel documents, ICAO 9303).
 */
export function foreignerCheckDigit(text: string): string {
  const sum = [...text].reduce(
    (total, character, index) => total + Number.parseInt(character, 36) * (weights[index % weights.length] ?? 0),
    0,
  );
  return String(sum % 10);
}
