// Brings what has just come into view, and moves the keyboard to it; once for each event.
export default function (component) {
  const { data } = component;
  if (!data.event || window.selaAttention === data.event) return;
  window.selaAttention = data.event;
  bring(data.target, data.focus, Date.now() + 3000);
}

function bring(target, focus, until) {
  const element = document.querySelector(target);
  if (!element) {
    if (Date.now() < until) setTimeout(() => bring(target, focus, until), 50);
    return;
  }
  for (const delay of [0, 150, 400]) setTimeout(() => element.scrollIntoView({ block: "start" }), delay);
  const focused = focus && element.querySelector(focus);
  if (focused) {
    focused.setAttribute("tabindex", "-1");
    focused.focus({ preventScroll: true });
  }
}
