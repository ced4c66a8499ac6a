// What to try: a question to answer first, settings to try it with, and the explanation after.

/**
 * @typedef {object} Task
 * @property {string} title
 * @property {"limit"} [guess] - The quantity that is to be guessed, if there is one.
 * @property {string} question
 * @property {[string, string][]} presets - Labels of buttons, and the settings they choose.
 * @property {string} explanation
 */

/** @type {Task[]} */
export const TASKS = [
  {
    title: "Where does gradient descent break?",
    guess: "limit",
    question:
      "With b = 1500 every step uses the exact gradient. Give all runs many steps, go up to the " +
      "first row of the map and to the right. At which rate does the loss begin to grow? Guess " +
      "first, or find it to two digits, typing rates that the map does not have, and check. " +
      "Until then the lab hides the limit.",
    presets: [["b = 1500, many steps", "b=1500&lr=0.5&budget=steps&epochs=10"]],
    explanation:
      "At 2/λmax. A step multiplies the distance to the minimum along the steepest direction by " +
      "1 − lr · λmax. At lr = 1 that is −1.10: the distance grows by a tenth each step and " +
      "changes its side, while along all other directions it shrinks. So the loss first falls, " +
      "and turns upwards after some steps. Just above the limit the factor is barely larger than " +
      "1 in size, and the growth takes many steps to show.",
  },
  {
    title: "Make b = 1 and b = 100 equally fast",
    question:
      "Draw the curve against time. Find a rate for b = 1 and one for b = 100 with which both " +
      "are 0.003 above the floor at about the same time. Pin the first run, then choose the " +
      "second and point at the pin, or tap it. Which of the two needs fewer examples?",
    presets: [
      ["b = 1, lr = 0.005", "b=1&lr=0.005&axis=time"],
      ["b = 100, lr = 0.4", "b=100&lr=0.4&axis=time"],
    ],
    explanation:
      "In this program the fixed cost of a step is that of a few examples, so b = 1 is not far " +
      "behind in time. In Python each step has a fixed cost that is many times its arithmetic, " +
      "and there b = 1 loses by far. The best batch size depends on the program as much as on " +
      "the data.",
  },
  {
    title: "The genie",
    question:
      "A genie copies every row of the data set and does not say so. What changes for b = 1500? " +
      "For b = 1? For b = 100? Raise the copies, and compare the dashed lines and the areas: a " +
      "single run has another order of rows with every number of copies.",
    presets: [
      ["b = 1500", "b=1500&lr=0.9&epochs=10"],
      ["b = 1500, 2 copies", "b=1500&lr=0.9&epochs=10&copies=2"],
      ["b = 1", "b=1&lr=0.005"],
      ["b = 1, 2 copies", "b=1&lr=0.005&copies=2"],
    ],
    explanation:
      "On average nearly nothing changes for small minibatches: a random row of the copied set " +
      "is a random row of the plain one. With b = 1500 a step now sees only a part of the rows, " +
      "so the seeds differ: the area is no longer a line. It takes b = 3000 to have the exact " +
      "gradient of two copies: twice the work for the same step.",
  },
  {
    title: "When does a larger batch gain nothing?",
    question:
      "Start with b = 1 at lr = 0.005 and multiply both by the same factor, again and again. The " +
      "loss after the same examples stays much the same. From which batch size on is it worse, " +
      "however you choose the rate?",
    presets: [
      ["b = 1, lr = 0.005", "b=1&lr=0.005"],
      ["b = 10, lr = 0.05", "b=10&lr=0.05"],
      ["b = 160, lr = 0.8", "b=160&lr=0.8"],
    ],
    explanation:
      "Two limits meet. The rate has to stay below the solid line of the map, which for large b " +
      "no longer moves to the right, so from some batch size on it cannot follow. And once the " +
      "minibatch gradient is close to the full one, averaging more rows makes a step hardly " +
      "better: that batch size is of the order of the noise scale.",
  },
];
