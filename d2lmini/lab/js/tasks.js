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
      "With b = 1500 every step uses the exact gradient. Raise the learning rate slowly from " +
      "0.8. At which rate does the loss begin to grow? Guess first, or find it to two digits " +
      "and check. Until then the lab does not show the limit.",
    presets: [
      ["b = 1500, lr = 0.8", "b=1500&lr=0.8&epochs=20"],
      ["lr = 1", "b=1500&lr=1&epochs=20"],
    ],
    explanation:
      "At 2/λmax, the limit that the ruler shows. A step multiplies the distance to the " +
      "minimum along the steepest direction by 1 − lr · λmax. At lr = 1 that is −1.10: the " +
      "distance grows by a tenth each step and changes its side, while along all other " +
      "directions it shrinks. So the loss first falls, and turns upwards after some steps. " +
      "Just above the limit the factor is barely larger than 1 in size, and the growth takes " +
      "many steps to show.",
  },
  {
    title: "Make b = 1 and b = 100 equally fast",
    question:
      "Find a rate for b = 1 and one for b = 100 with which both reach 0.245 at about the " +
      "same time on your clock. Pin the first run, then turn the knobs of the second and " +
      "compare in the second picture. Which of the two needs fewer examples?",
    presets: [
      ["b = 1, lr = 0.005", "b=1&lr=0.005"],
      ["b = 100, lr = 0.4", "b=100&lr=0.4"],
    ],
    explanation:
      "In this program the fixed cost of a step is that of a few examples, so b = 1 is not " +
      "far behind in time. In Python each step has a fixed cost that is many times its " +
      "arithmetic, and there b = 1 loses by far. The best batch size depends on the program " +
      "as much as on the data.",
  },
  {
    title: "The genie",
    question:
      "A genie doubles every row of the data set and does not say so. What changes for " +
      "gradient descent? For b = 1? For b = 100? Pin a run, let the genie in, and compare by " +
      "examples seen and by steps.",
    presets: [
      ["GD", "b=1500&lr=0.9&epochs=5"],
      ["GD, doubled", "b=1500&lr=0.9&epochs=5&genie=1"],
      ["b = 1", "b=1&lr=0.005"],
      ["b = 1, doubled", "b=1&lr=0.005&epochs=1&genie=1"],
    ],
    explanation:
      "The gradient of the doubled set is that of the plain one. An epoch has twice the " +
      "steps, so one doubled epoch does what two plain ones did. With b = 1500 a step now " +
      "sees half of the 3,000 rows, so a little noise comes back: it would take b = 3000 to " +
      "be gradient descent again.",
  },
  {
    title: "When does a larger batch gain nothing?",
    question:
      "Start with b = 1 at lr = 0.005 and multiply both by the same factor, again and again. " +
      "The curve against examples stays much the same. At which batch size does it begin to " +
      "get worse, however you choose the rate?",
    presets: [
      ["b = 10, lr = 0.05", "b=10&lr=0.05"],
      ["b = 40, lr = 0.2", "b=40&lr=0.2"],
      ["b = 160, lr = 0.8", "b=160&lr=0.8"],
    ],
    explanation:
      "Two limits meet. The rate has to stay below its stability limit, which for large b no " +
      "longer grows with b, so from some batch size on it cannot follow. And once the noise " +
      "in the fourth picture is small against 1, the full gradient itself, averaging more " +
      "rows makes a step hardly better: that batch size is of the order of the noise scale.",
  },
];
