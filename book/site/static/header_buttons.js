// The buttons above a page that do something in it.
{
  /** @type {Record<string, () => void>} */
  const actions = {
    print: () => print(),
    "full-screen": () => {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen();
    },
  };
  for (const button of document.querySelectorAll("[data-action]")) {
    const action = /** @type {HTMLElement} */ (button).dataset.action ?? "";
    button.addEventListener("click", actions[action]);
  }
}
