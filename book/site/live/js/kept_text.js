// What the reader wrote in a cell, kept in the browser until it is reset.

const PREFIX = "d2l-live ";

/**
 * What was kept for a cell; nothing if its code has changed since, in a new edition of the page.
 *
 * @param {string} key
 * @param {string} code - That of the page.
 * @returns {string | undefined}
 */
export function keptText(key, code) {
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + key) ?? "{}");
    return kept.code === code ? kept.text : undefined;
  } catch {
    return undefined; // the browser keeps nothing, or another program wrote there
  }
}

/**
 * Keep what the reader wrote; the code of the page itself need not be kept.
 *
 * @param {string} key
 * @param {string} code - That of the page.
 * @param {string} text
 */
export function keepText(key, code, text) {
  try {
    if (text === code) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, JSON.stringify({ code, text }));
  } catch {
    // A browser that keeps nothing, or has no room: the text lasts as long as the page.
  }
}
