// Says in the console what a page's policy has refused, with words that tests look for.
addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) => {
  console.error(`policy violated, ${effectiveDirective}: ${blockedURI} ${sample}`);
});
