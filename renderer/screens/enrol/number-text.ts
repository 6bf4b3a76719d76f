/** An identity number in its three parts — division, birth date, rest — for reading aloud and comparing. */
export function numberParts(number: string): readonly string[] {
  return number.length === 18 ? [number.slice(0, 6), number.slice(6, 14), number.slice(14)] : [number];
}
