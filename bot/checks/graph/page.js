"use strict";
(() => {
  const root = document.documentElement;
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const figures = all(".figure");
  const articles = all("#the-list > article");
  const CARD = 300;
  const NEAR = 3;

  root.classList.add("scripted");
  root.dataset.view = "picture";

  // --- one picture, moved and zoomed by its viewBox

  class View {
    constructor(figure) {
      this.figure = figure;
      this.svg = find("svg", figure);
      const box = this.svg.viewBox.baseVal;
      this.whole = { x: box.x, y: box.y, width: box.width, height: box.height };
      this.box = null;
    }

    size() {
      const rectangle = this.figure.getBoundingClientRect();
      return { width: Math.max(1, rectangle.width), height: Math.max(1, rectangle.height) };
    }

    scale() {
      return this.size().width / this.box.width;
    }

    set(box) {
      this.box = box;
      this.svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
    }

    open() {
      if (this.figure.offsetParent === null) return; // behind the list: opened when it is looked at
      if (this.box === null) {
        const start = find(".node", this.svg);
        this.fit();
        if (start && this.scale() < 0.6) this.show(start, 0.75, { jump: true, left: true });
      } else {
        this.resized();
      }
    }

    resized() {
      if (this.box === null) return;
      const { width, height } = this.size();
      this.set({ ...this.box, height: (this.box.width * height) / width });
    }

    fit() {
      const { width, height } = this.size();
      const scale = Math.min(width / this.whole.width, height / this.whole.height, 1);
      const box = { width: width / scale, height: height / scale };
      box.x = this.whole.x - (box.width - this.whole.width) / 2;
      box.y = this.whole.y - (box.height - this.whole.height) / 2;
      this.set(box);
    }

    zoom(factor, x = 0.5, y = 0.5) {
      const { width, height } = this.size();
      const scale = Math.min(NEAR, Math.max(0.04, this.scale() * factor));
      const box = { width: width / scale, height: height / scale };
      box.x = this.box.x + (this.box.width - box.width) * x;
      box.y = this.box.y + (this.box.height - box.height) * y;
      this.set(box);
    }

    move(x, y) {
      const scale = this.scale();
      this.set({ ...this.box, x: this.box.x - x / scale, y: this.box.y - y / scale });
    }

    sees(node) {
      const { x, y, height } = this.place(node);
      const inside = x >= this.box.x && x + CARD <= this.box.x + this.box.width;
      return inside && y >= this.box.y && y + Math.min(height, 160) <= this.box.y + this.box.height;
    }

    place(node) {
      return { x: Number(node.dataset.x), y: Number(node.dataset.y), height: Number(node.dataset.height) };
    }

    show(node, scale, { jump = false, left = false } = {}) {
      const { width, height } = this.size();
      const at = this.place(node);
      const box = { width: width / scale, height: height / scale };
      box.x = left ? Math.min(at.x - 40, at.x + CARD / 2 - box.width / 6) : at.x + CARD / 2 - box.width / 2;
      box.y = at.y + at.height / 2 - box.height / 2;
      if (at.height + 60 > box.height) box.y = at.y - 30;
      if (jump || calm.matches) this.set(box);
      else this.glide(box);
    }

    glide(goal) {
      const from = this.box;
      const began = performance.now();
      const tick = (now) => {
        const done = Math.min(1, (now - began) / 280);
        const ease = done * (2 - done);
        const box = {};
        for (const key of ["x", "y", "width", "height"]) box[key] = from[key] + (goal[key] - from[key]) * ease;
        this.set(box);
        if (done < 1) this.frame = requestAnimationFrame(tick);
      };
      cancelAnimationFrame(this.frame);
      this.frame = requestAnimationFrame(tick);
    }
  }

  const views = new Map(figures.map((figure) => [figure.dataset.flow, new View(figure)]));
  let current = null;

  // --- mouse and touch

  function pointers(view) {
    const down = new Map();
    let moved = 0;
    const middle = () => {
      const points = [...down.values()];
      const x = points.reduce((sum, point) => sum + point.x, 0) / points.length;
      const y = points.reduce((sum, point) => sum + point.y, 0) / points.length;
      const apart = points.length > 1 ? Math.hypot(points[0].x - points[1].x, points[0].y - points[1].y) : 0;
      return { x, y, apart };
    };
    const within = (point) => {
      const rectangle = view.figure.getBoundingClientRect();
      return [(point.x - rectangle.left) / rectangle.width, (point.y - rectangle.top) / rectangle.height];
    };
    view.figure.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      if (down.size === 0) moved = 0;
      down.set(event.pointerId, { x: event.clientX, y: event.clientY });
      cancelAnimationFrame(view.frame);
    });
    view.figure.addEventListener("pointermove", (event) => {
      if (!down.has(event.pointerId)) return;
      const before = middle();
      down.set(event.pointerId, { x: event.clientX, y: event.clientY });
      const after = middle();
      moved += Math.hypot(after.x - before.x, after.y - before.y) + Math.abs(after.apart - before.apart);
      if (moved < 6) return;
      if (!view.figure.hasPointerCapture(event.pointerId)) view.figure.setPointerCapture(event.pointerId);
      view.figure.classList.add("dragged");
      view.move(after.x - before.x, after.y - before.y);
      if (before.apart > 0 && after.apart > 0) view.zoom(after.apart / before.apart, ...within(after));
    });
    const up = (event) => {
      down.delete(event.pointerId);
      if (down.size === 0) view.figure.classList.remove("dragged");
    };
    view.figure.addEventListener("pointerup", up);
    view.figure.addEventListener("pointercancel", up);
    view.figure.addEventListener("click", (event) => { if (moved >= 6) event.preventDefault(); }, true);
    view.figure.addEventListener("dragstart", (event) => event.preventDefault());
    view.figure.addEventListener("wheel", (event) => {
      event.preventDefault();
      if (event.shiftKey || (event.deltaX !== 0 && !event.ctrlKey)) view.move(-event.deltaX || -event.deltaY, -event.deltaY * (event.deltaX !== 0));
      else view.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), ...within({ x: event.clientX, y: event.clientY }));
    }, { passive: false });
  }

  // --- keys

  const KEYS = {
    ArrowLeft: (view) => view.move(90, 0),
    ArrowRight: (view) => view.move(-90, 0),
    ArrowUp: (view) => view.move(0, 90),
    ArrowDown: (view) => view.move(0, -90),
    "+": (view) => view.zoom(1.25),
    "=": (view) => view.zoom(1.25),
    "-": (view) => view.zoom(0.8),
    0: (view) => view.fit(),
    1: (view) => view.zoom(1 / view.scale()),
  };

  for (const view of views.values()) {
    pointers(view);
    view.figure.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
      event.preventDefault();
      KEYS[event.key](view);
    });
    view.figure.addEventListener("focusin", (event) => {
      const node = event.target.closest(".node");
      if (node && event.target.matches(":focus-visible") && !view.sees(node)) view.show(node, Math.max(view.scale(), 0.5));
    });
  }

  const press = (id, act) => find(id).addEventListener("click", () => current && act(current));
  press("#zoom-in", (view) => view.zoom(1.3));
  press("#zoom-out", (view) => view.zoom(1 / 1.3));
  press("#zoom-whole", (view) => view.fit());
  press("#zoom-full", (view) => view.zoom(1 / view.scale()));

  // --- which flow, which step: the address after # decides

  function nodeOf(key, view = current) {
    return view && all(".node", view.svg).find((node) => node.dataset.node === key);
  }

  function choose(view, key) {
    view.figure.classList.toggle("chosen", Boolean(key));
    for (const node of all(".node", view.svg)) node.classList.toggle("here", node.dataset.node === key);
    for (const part of all(".line, .tip, .dot", view.svg)) {
      const sources = (part.dataset.sources || "").split(" ");
      part.classList.toggle("lit", part.dataset.target === key || sources.includes(key));
    }
    const targets = new Set(all(".dot.lit", view.svg).map((dot) => dot.dataset.target));
    for (const tip of all(".tip", view.svg)) if (targets.has(tip.dataset.target)) tip.classList.add("lit");
  }

  // Boxes of these steps, and of the flows they are in, stand out in all pictures.
  function spot(ids) {
    const keys = new Set(ids.flatMap((id) => [id, id.split(".")[0]]));
    for (const node of all(".node")) node.classList.toggle("found", keys.has(node.dataset.node));
  }

  function show(flow) {
    for (const article of articles) article.hidden = article.id !== flow;
    const pictured = views.has(flow) ? flow : current ? current.figure.dataset.flow : figures[0].dataset.flow;
    for (const figure of figures) figure.hidden = figure.dataset.flow !== pictured;
    current = views.get(pictured);
    find("#flow-choice").value = flow;
    current.open();
  }

  function look(view) {
    root.dataset.view = view;
    find("#view-picture").setAttribute("aria-pressed", String(view === "picture"));
    find("#view-list").setAttribute("aria-pressed", String(view === "list"));
    if (view === "picture" && current) current.open();
  }

  let fromPicture = false;

  function route({ first = false } = {}) {
    const id = decodeURIComponent(location.hash.slice(1));
    if (id === "the-list") {
      look("list");
      find("#the-list").focus();
      return;
    }
    const place = document.getElementById(id) || articles[0];
    const article = place.closest("article");
    if (!article) return;
    const inPicture = fromPicture;
    fromPicture = false;
    const section = place.classList.contains("step") ? place : null;
    show(article.id);
    for (const step of all(".step.here")) step.classList.remove("here");
    const node = section && nodeOf(place.id);
    choose(current, node ? place.id : "");
    if (section) section.classList.add("here");
    if (section && section.classList.contains("service")) spot(all("a", section).map((link) => link.hash.slice(1)));
    if (node) {
      const near = Math.max(current.scale(), 0.6);
      if (first || !current.sees(node) || near !== current.scale()) current.show(node, near, { jump: first });
    }
    if (section && !node) look("list");
    (section || article).scrollIntoView({ block: "start" });
    if (first) return;
    if (inPicture && node) find("a.name", node).focus({ preventScroll: true });
    else if (inPicture) current.figure.focus({ preventScroll: true });
    else (section || find("h2", article)).focus({ preventScroll: true });
  }

  find("#flow-choice").addEventListener("change", (event) => { location.hash = event.target.value; });
  find("#view-picture").addEventListener("click", () => look("picture"));
  find("#view-list").addEventListener("click", () => look("list"));
  addEventListener("hashchange", () => route());
  const resizing = new ResizeObserver(() => current && current.figure.clientHeight && current.resized());
  for (const figure of figures) resizing.observe(figure);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented) return;
    fromPicture = link.closest(".figure") !== null;
    if (link.getAttribute("href") === location.hash) route();
  });

  // --- search

  const box = find("#search-box");
  const panel = find("#search-panel");
  const results = find("#search-results");
  const count = find("#search-count");
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[‘’]/g, "'").toLowerCase();
  const entries = all("#the-list .step, #the-list > article").map((place) => {
    const own = place.classList.contains("step");
    const title = find(own ? "h3" : "h2", place).firstChild.textContent;
    const parts = own ? all(":scope > :not(h3, .risk), li", place).filter((part) => part.tagName !== "UL") : [];
    const text = parts.map((part) => part.textContent).join(" ");
    const flow = own ? find("h2", place.closest("article")).textContent : "";
    return { id: place.id, title, text, flow, key: plain(`${title} ${place.id} ${text}`), name: plain(title) };
  });

  function excerpt(entry, words) {
    const text = plain(entry.text);
    const whole = text.indexOf(words.join(" "));
    const found = whole >= 0 ? whole : Math.max(0, text.indexOf(words[0]));
    const from = found < 40 ? 0 : entry.text.indexOf(" ", found - 40) + 1;
    const part = entry.text.slice(from, from + 120).trim();
    return `${from > 0 ? "…" : ""}${part}${from + 120 < entry.text.length ? "…" : ""}`;
  }

  function search() {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    const found = words.length ? entries.filter((entry) => words.every((word) => entry.key.includes(word))) : [];
    const query = words.join(" ");
    const rank = ({ name }) => (name === query ? 0 : name.startsWith(query) ? 1 : name.includes(query) ? 2 : 3);
    found.sort((one, other) => rank(one) - rank(other));
    spot(found.map((entry) => entry.id));
    results.replaceChildren(...found.slice(0, 60).map((entry) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const where = document.createElement("span");
      link.href = `#${entry.id}`;
      link.textContent = entry.flow ? `${entry.flow}: ${entry.title}` : entry.title;
      where.textContent = excerpt(entry, words);
      link.append(" ", where);
      item.append(link);
      return item;
    }));
    panel.classList.remove("closed");
    count.textContent = !words.length ? "" : found.length === 0 ? "Nothing found" : found.length === 1 ? "1 place" : `${found.length} places`;
  }

  const close = () => panel.classList.add("closed");
  box.addEventListener("input", search);
  box.addEventListener("focus", search);
  box.addEventListener("keydown", (event) => {
    const first = find("a", results);
    if ((event.key === "Enter" || event.key === "ArrowDown") && first && !panel.classList.contains("closed")) {
      event.preventDefault();
      first.focus();
    }
    if (event.key === "Escape") { box.value = ""; search(); }
  });
  results.addEventListener("keydown", (event) => {
    const links = all("a", results);
    const index = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && index < links.length - 1) { event.preventDefault(); links[index + 1].focus(); }
    if (event.key === "ArrowUp") { event.preventDefault(); (links[index - 1] || box).focus(); }
    if (event.key === "Escape") { close(); box.focus(); }
  });
  results.addEventListener("click", (event) => { if (event.target.closest("a")) { close(); box.blur(); } });
  document.addEventListener("click", (event) => { if (!event.target.closest("[role=search]")) close(); });
  document.addEventListener("focusin", (event) => { if (!event.target.closest("[role=search]")) close(); });

  route({ first: true });
  if (matchMedia("(max-width: 51.99rem)").matches) {
    look("list"); // where only one of both has room, whoever is new to it reads, and looks at pictures later
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }
})();
