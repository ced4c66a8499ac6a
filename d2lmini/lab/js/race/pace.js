// The pace: how the seconds of the race follow from those of the reader.

const FIRST = 2.5; // seconds in which the reader sees the first one arrive

/**
 * The clock of the race is slowed so that the first one arrives after some seconds. From then on
 * it goes faster and faster, in proportion to what it shows: the last one may take a thousand
 * times as long.
 *
 * @param {number} seconds - The reader's.
 * @param {number} first - When the first one arrives.
 */
export const raceTime = (seconds, first) =>
  seconds <= FIRST ? (first * seconds) / FIRST : first * Math.exp(seconds / FIRST - 1);

/**
 * The reader's seconds at which the clock of the race shows a time.
 *
 * @param {number} time
 * @param {number} first
 */
export const readerTime = (time, first) =>
  time <= first ? (FIRST * time) / first : FIRST * (1 + Math.log(time / first));

/**
 * How much time passes in the race in one of the reader's seconds.
 *
 * @param {number} seconds
 * @param {number} first
 */
export const speed = (seconds, first) => Math.max(first, raceTime(seconds, first)) / FIRST;
