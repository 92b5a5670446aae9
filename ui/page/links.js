// Follows links between the pages without loading the page anew; without it, or in a new tab, they work as any link.
export default function ({ data }) {
  window.selaPages = new Set(data);
  if (window.selaFollows) return;
  window.selaFollows = true;
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || !link.closest(".stHtml") || link.target === "_blank" || link.hasAttribute("download")) return;
    const to = new URL(link.href, document.baseURI);
    if (to.origin !== location.origin || to.hash || !window.selaPages.has(to.pathname)) return;
    event.preventDefault();
    const moves = !link.closest("thead");
    history.pushState({}, "", to.pathname + to.search);
    window.dispatchEvent(new PopStateEvent("popstate"));
    if (moves) document.querySelectorAll(".stMain, section.main").forEach((part) => part.scrollTo(0, 0));
  });
}
