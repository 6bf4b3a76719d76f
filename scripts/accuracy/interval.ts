/** The range that a share lies in with 95 % confidence, 0..1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What is left out on either side of a 95 % range. */
const tail = 0.025;
const bisections = 60;

/**
 * Clopper and Pearson's exact range of a share of which `count` in `trials` were seen; both may be parts of whole
 * numbers where dependent trials weigh less than one. Where none or all were seen it
 * is the rule of three: nothing in n trials shows no more than that the share is under 3/n.
 */
export function exactInterval(count: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const three = Math.min(1, 3 / trials);
  if (count === 0) return { low: 0, high: three };
  if (count === trials) return { low: 1 - three, high: 1 };
  return {
    low: betaQuantile(tail, count, trials - count + 1),
    high: betaQuantile(1 - tail, count + 1, trials - count),
  };
}

function betaQuantile(probability: number, a: number, b: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < bisections; step++) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The regularised incomplete beta function; its continued fraction runs on the side where it converges fast. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * continuedFraction(x, a, b)) / a
    : 1 - (front * continuedFraction(1 - x, b, a)) / b;
}

/** Lentz's method; the number of steps grows with the root of the larger parameter. */
function continuedFraction(x: number, a: number, b: number): number {
  const nonZero = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-12) break;
  }
  return fraction;
}

/** Stirling's series, carried to arguments where its terms are exact to 1e-12. */
function logGamma(x: number): number {
  if (x < 15) return logGamma(x + 1) - Math.log(x);
  const square = x * x;
  const series = 1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series / x;
}
