// The table of data in the model of a piece.

/**
 * The numbers of a table that Python sent as 32-bit floats.
 *
 * @param {DataView<ArrayBuffer>} view
 */
export function readTable(view) {
  const bytes = view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
  return new Float32Array(bytes);
}
