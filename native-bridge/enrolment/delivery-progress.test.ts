import { expect, test } from 'vitest';
import { deliveryStateOf, DeliveryProgress } from './delivery-progress.ts';

test('says nothing at rest', () => {
  const progress = new DeliveryProgress();
  expect(progress.figures(0)).toBeUndefined();
  progress.begin(5, 0);
  progress.end(5);
  progress.rest();
  expect(progress.figures(1)).toBeUndefined();
});

test('counts what is on the wire and what is done, and gives a rate once there is something to go by', () => {
  const progress = new DeliveryProgress();
  progress.begin(5, 0);
  expect(progress.figures(1000)).toEqual({ sending: 5, done: 0 });
  progress.end(5);
  progress.confirmed(5, 2000);
  expect(progress.figures(2000)).toEqual({ sending: 0, done: 5 });
  progress.confirmed(5, 10_000);
  expect(progress.figures(10_000)).toEqual({ sending: 0, done: 10, perMinute: 60 });
});

test('the rate is that of the last minute', () => {
  const progress = new DeliveryProgress();
  progress.confirmed(1000, 0);
  progress.confirmed(30, 100_000);
  expect(progress.figures(100_000)).toMatchObject({ done: 1030, perMinute: 30 });
});

test('tells the screen how many there are in all and how long they will take', () => {
  expect(deliveryStateOf({ sending: 5, done: 3, perMinute: 40 }, 117)).toEqual({
    done: 3,
    total: 120,
    sending: 5,
    perMinute: 40,
    secondsLeft: 176,
  });
  expect(deliveryStateOf({ sending: 1, done: 0 }, 2)).toEqual({ done: 0, total: 2, sending: 1 });
  expect(deliveryStateOf({ sending: 0, done: 9, perMinute: 40 }, 0)).toBeUndefined();
});
