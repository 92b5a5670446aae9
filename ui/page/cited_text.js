// Shows an answer: words are put in as text, never as mark-up; each number is a button that names its source.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".answer");
  root.setAttribute("lang", data.language);
  root.replaceChildren(...data.paragraphs.map((paragraph) => shown(paragraph, data, setTriggerValue)));
}

function shown(paragraph, data, setTriggerValue) {
  const element = document.createElement("div");
  element.className = `paragraph ${paragraph.kind} ${paragraph.grave ? "grave" : ""}`;
  if (paragraph.label) {
    const label = document.createElement("strong");
    label.className = "label";
    label.lang = data.interface;
    label.textContent = paragraph.label;
    element.append(label);
  }
  for (const part of paragraph.parts) {
    element.append(part.number ? marker(part.number, data, setTriggerValue) : document.createTextNode(part.words));
  }
  return element;
}

function marker(number, data, setTriggerValue) {
  const button = document.createElement("button");
  button.type = "button";
  button.lang = data.interface;
  button.textContent = String(number);
  button.title = data.sources[number] || "";
  button.setAttribute("aria-label", data.sources[number] || String(number));
  button.setAttribute("aria-pressed", String(number === data.chosen));
  button.onclick = () => setTriggerValue("chosen", number);
  return button;
}
