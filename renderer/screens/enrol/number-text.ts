/** Ends of the parts: 18 digits of a resident or of a foreigner since 2023, 15 of a foreigner before. */
const ends: Readonly<Record<number, readonly [number, number]>> = { 18: [6, 14], 15: [7, 13] };

/** An identity number in its three parts — where from, birth date, rest — for reading aloud and comparing. */
export function numberParts(number: string): readonly string[] {
  const [first, second] = ends[number.length] ?? [];
  if (first === undefined) return [number];
  return [number.slice(0, first), number.slice(first, second), number.slice(second)];
}

/** First six and last four characters; enough for the holder of a paper to know it is theirs. */
export function maskedNumber(number: string): string {
  if (number.length < 12) return '*'.repeat(number.length);
  return number.slice(0, 6) + '*'.repeat(number.length - 10) + number.slice(-4);
}
