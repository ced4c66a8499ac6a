// The entry of the script that is loaded when a reader first touches a live cell.

/** @import { CellData } from "./cell_types.js" */
import { Cell } from "./cell.js";

/**
 * Put an editor in the place of the code of a cell.
 *
 * @param {HTMLElement} element
 * @param {HTMLElement} code
 * @param {CellData} data
 * @param {string} label
 */
export const openCell = (element, code, data, label) => new Cell(element, code, data, label);
