/* Comfort only: every page works without this file. It stores nothing and talks to nobody but the page's own address. */
(function () {
  "use strict";
  var root = document.documentElement;
  var live = document.createElement("p");
  var dots = document.createElement("span");
  var presses = 0, alone = false, forgetting = 0, hushing = 0, asking = null, pressed = null;

  live.className = "unseen";
  live.setAttribute("role", "status");
  dots.className = "dots";
  dots.setAttribute("aria-hidden", "true");

  function furnish() {
    var exit = document.querySelector(".exit");
    document.body.appendChild(live);
    if (exit) { exit.parentNode.insertBefore(dots, exit.nextSibling); }
  }

  /* --- leaving: cover at once, then go, leaving no entry to come back to */

  function leave(href) {
    root.classList.add("covered");
    try {
      window.top.location.replace(href);
    } catch (refused) { /* a frame that may not leave its page: at least this part of it goes */
      window.location.replace(href);
    }
  }

  function countPresses(count) {
    var exit = document.querySelector(".exit");
    window.clearTimeout(forgetting);
    presses = count;
    dots.textContent = count ? "●●●".slice(0, count) + "○○○".slice(count) : "";
    if (!exit || !count) { live.textContent = ""; return; }
    live.textContent = exit.getAttribute(count === 1 ? "data-two" : count === 2 ? "data-one" : "data-now") || "";
    if (count === 3) { leave(exit.href); return; }
    forgetting = window.setTimeout(function () { countPresses(0); }, 5000);
  }

  document.addEventListener("keydown", function (event) {
    alone = event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.key !== "Shift" && presses) { countPresses(0); }
  });
  document.addEventListener("keyup", function (event) {
    if (event.key === "Shift" && alone) { alone = false; countPresses(presses + 1); }
  });
  document.addEventListener("click", function (event) {
    var target = event.target.closest ? event.target.closest("a, button") : null;
    pressed = target && target.tagName === "BUTTON" ? target : null;
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    if (target.classList.contains("exit") || target.classList.contains("exit-again")) {
      event.preventDefault();
      leave(target.href);
    }
  });

  /* --- a turn: the same form, sent in the background, so that the history gains no entry */

  function written(form, button) {
    var pairs = [], index, field;
    for (index = 0; index < form.elements.length; index += 1) {
      field = form.elements[index];
      if (field.name && (field.tagName !== "BUTTON" || field === button)) {
        pairs.push(encodeURIComponent(field.name) + "=" + encodeURIComponent(field.value));
      }
    }
    return pairs.join("&");
  }

  function sendPlainly(form, button) {
    var field;
    root.removeAttribute("aria-busy");
    if (button && button.name) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = button.name;
      field.value = button.value;
      form.appendChild(field);
    }
    form.submit();
  }

  function show(page) {
    var said, heading;
    root.lang = page.documentElement.lang;
    root.dir = page.documentElement.dir;
    while (document.body.firstChild) { document.body.removeChild(document.body.firstChild); }
    while (page.body.firstChild) { document.body.appendChild(document.adoptNode(page.body.firstChild)); }
    furnish();
    countPresses(0);
    window.scrollTo(0, 0);
    heading = document.querySelector("h1");
    if (heading) {
      heading.setAttribute("tabindex", "-1");
      heading.focus({ preventScroll: true });
    }
    said = document.querySelector(".said");
    live.textContent = said ? said.textContent : "";
    window.clearTimeout(hushing); /* once spoken, it would only be met a second time */
    hushing = window.setTimeout(function () { live.textContent = ""; }, 4000);
  }

  document.addEventListener("submit", function (event) {
    var form = event.target, button = event.submitter || pressed, exit = document.querySelector(".exit"), request;
    if (form.getAttribute("action") !== "/chat" || !window.XMLHttpRequest) { return; }
    event.preventDefault();
    if (asking) { asking.abort(); }
    asking = request = new XMLHttpRequest();
    request.open("POST", form.getAttribute("action"));
    request.responseType = "document";
    request.timeout = 15000;
    request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.onload = function () {
      asking = null;
      root.removeAttribute("aria-busy");
      if (request.response && request.response.querySelector("main")) {
        show(request.response);
      } else {
        sendPlainly(form, button);
      }
    };
    request.onerror = request.ontimeout = function () { asking = null; sendPlainly(form, button); };
    root.setAttribute("aria-busy", "true");
    live.textContent = exit ? exit.getAttribute("data-wait") || "" : "";
    request.send(written(form, button));
  });

  /* --- coming and going: whatever the browser keeps of a page that was left, it keeps empty */

  window.addEventListener("pagehide", function () {
    while (document.body.firstChild) { document.body.removeChild(document.body.firstChild); }
  });
  window.addEventListener("pageshow", function (event) {
    root.classList.remove("covered");
    if (event.persisted) { window.location.replace(window.location.pathname); }
  });

  furnish();
}());
