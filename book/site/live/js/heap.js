// The interpreter's memory, in which arrays have their numbers: the interpreter frees them.

/**
 * Where numbers are: the first one's place in doubles, and strides.
 * @typedef {{start: number, m: number, n: number, sm: number, sn: number}} Layout
 */

export class Heap {
  /** @param {WebAssembly.Memory} memory */
  constructor(memory) {
    this.memory = memory;
    this.view = new Float64Array(memory.buffer);
  }

  /** The memory as doubles; a view is void once the memory has grown. */
  get doubles() {
    if (this.view.length === 0) this.view = new Float64Array(this.memory.buffer);
    return this.view;
  }
}
