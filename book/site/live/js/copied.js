// The page's copy button, which knows only the static code, copies what the reader wrote.

/**
 * Return an unseen copy of the text, which the button takes from now on.
 *
 * @param {HTMLElement} cell
 * @param {string} id
 */
export function offerCopy(cell, id) {
  const copied = document.createElement("pre");
  Object.assign(copied, { id, hidden: true });
  copied.textContent = cell.querySelector(".cell_input pre")?.textContent ?? "";
  cell.append(copied);
  cell.querySelector(".copybtn")?.setAttribute("data-clipboard-target", `#${id}`);
  return copied;
}
